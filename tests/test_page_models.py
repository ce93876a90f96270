"""The page's picker: the same words as on the command line, and a change that sessions follow."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from assistant.errors import CheckpointError, NotInstalled
from assistant.loading import Loader
from assistant.models.crew import Models
from assistant.models.switching import Workshop
from assistant.pictures import Picture
from assistant.plan import Plan, Wish
from assistant.profiles import PROFILES, Profile
from assistant.sessions import Sessions
from assistant.store import Store
from assistant.ui.asking import Desk
from assistant.ui.door import Door
from assistant.ui.serving import routes_of
from tests.doubles import ScriptedPainter, ScriptedPlanner

KLEIN = PROFILES["klein"]


class Locator:
    def locate(self, *_: object) -> None:
        return None


def models_of(profile: Profile) -> Models:
    planner = ScriptedPlanner(Plan(act="answer", text=f"I am {profile.name}."))
    anything: object = object()
    return Models(profile, anything, planner, ScriptedPainter(), Locator(), anything, Loader(lambda: None))  # pyright: ignore[reportArgumentType]


@pytest.fixture
def workshop() -> Workshop:
    def load(profile: Profile) -> Models:
        if profile.name == "qwen":
            raise NotInstalled("The weights of qwen are not installed.", remedy="palimpsest models fetch qwen")
        return models_of(profile)

    return Workshop(models_of(PROFILES["sketchbook"]), load)


@pytest.fixture
def sessions(workshop: Workshop, tmp_path: Path) -> Sessions:
    return Sessions(Store(tmp_path), workshop.planner, workshop.editor, workshop.locator)


def client_of(sessions: Sessions, workshop: Workshop | None) -> TestClient:
    ours = routes_of(Desk(sessions, workshop or models_of(KLEIN), workshop=workshop))
    client = TestClient(Door(Starlette(routes=[Mount("/palimpsest", ours)]), {}))
    client.base_url = client.base_url.join("/palimpsest/")
    return client


def test_every_profile_is_listed_with_what_to_do(sessions: Sessions, workshop: Workshop) -> None:
    said = client_of(sessions, workshop).get("profiles").json()
    rows = {row["name"]: row for row in said["profiles"]}
    assert list(rows) == list(PROFILES)
    assert rows["sketchbook"]["current"]
    assert rows["sketchbook"]["usable"]
    assert rows["klein"]["command"] == "palimpsest models fetch klein"
    assert not rows["klein"]["usable"]
    assert "non-commercial" in rows["kontext"]["note"].lower()
    assert said["may_choose"]


def test_choosing_changes_what_answers_in_every_session(sessions: Sessions, workshop: Workshop) -> None:
    session = sessions.create("ann")
    session.add_picture(Picture(np.zeros((40, 40, 3), np.uint8)), "a.png")
    for name in ("sketchbook", "klein"):
        workshop.use(PROFILES[name])
        list(session.run_turn(Wish(message="who are you?"), workshop.planner))
        assert f"I am {name}." in str(session.turns[-1].events)
    assert workshop.profile == KLEIN


def test_a_choice_that_fails_leaves_all_as_it_was(sessions: Sessions, workshop: Workshop) -> None:
    with pytest.raises(CheckpointError, match="fetch qwen"):
        workshop.use(PROFILES["qwen"])
    assert workshop.profile.name == "sketchbook"
    answer = client_of(sessions, workshop).post("profiles/banana")
    assert answer.status_code == 422
    assert "There is no profile" in answer.json()["error"]


def test_where_several_people_use_the_page_nobody_chooses(sessions: Sessions) -> None:
    client = client_of(sessions, None)
    assert not client.get("profiles").json()["may_choose"]
    answer = client.post("profiles/sketchbook")
    assert answer.status_code == 422
    assert "Who started the program" in answer.json()["error"]


def test_a_profile_that_does_not_fit_is_refused_before_anything_is_loaded(
    sessions: Sessions, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = replace(KLEIN, name="klein", parts=replace(KLEIN.parts, transformer=9000.0))
    monkeypatch.setitem(PROFILES, "klein", large)
    answer = client_of(sessions, workshop).post("profiles/klein")
    assert answer.status_code == 422
    assert "GB" in answer.json()["error"]
    assert workshop.profile.name == "sketchbook"
