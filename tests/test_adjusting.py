"""“A bit less”, “too bright”, “the other way”, “again”: the step that is there is revised, without any model."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from assistant.drafts import Spoken
from assistant.history import History, Version
from assistant.pictures import Picture
from assistant.plan import Context, Wish
from assistant.planner import LlmPlanner
from assistant.planning.adjusting import adjusted
from assistant.planning.amounts import scaled, sign_of, turned
from assistant.planning.dialects import JsonDialect
from assistant.script import Script, new_id
from assistant.script_files import step_from_data
from assistant.steps import AnyStep
from assistant.where import PointWhere
from tests.models import ScriptedGate
from tests.test_planner import said

Wishes = list[dict[str, Any]]
BRIGHTER: Wishes = [{"op": "exposure", "direction": "up"}]
STOP: Wishes = [{"op": "exposure", "stops": 1}]
BLURRED: Wishes = [{"op": "blur", "where": {"phrase": "background"}}]
TWO: Wishes = [{"op": "exposure", "stops": 1}, {"op": "temperature", "direction": "warmer"}]
HAT: Wishes = [{"op": "edit", "modify": "put a hat on"}]


def steps(wishes: Wishes) -> tuple[AnyStep, ...]:
    return tuple(step_from_data(wish) for wish in wishes)


def history(*turns: Wishes) -> History:
    """A version behind each turn, which added these steps."""
    script = Script(original="0" * 64)
    version = Version(id=new_id(), script=script, picture_id="x", created=0)
    tree = History().add(version)
    for wishes in turns:
        script = script.append(*steps(wishes))
        version = Version(id=new_id(), parent=version.id, script=script, picture_id="x", created=0)
        tree = tree.grown((version,), follow=True)
    return tree


def becomes(message: str, *turns: Wishes) -> tuple[str, tuple[int, ...], Wishes] | None:
    draft = adjusted(message, history(*turns))
    return (draft.act, draft.targets, [step.wish() for step in draft.steps]) if draft else None


@pytest.mark.parametrize(
    ("message", "stops"),
    [
        ("more", 0.8), ("even brighter", 0.8), ("a bit less", 0.4), ("too much", 0.31), ("not so bright", 0.31),
        ("Too bright, half of that!", 0.25), ("a little brighter still", 0.62), ("too dark", 0.8), ("not enough", 0.8),
        ("much more", 1.25), ("way too bright!", 0.2), ("that was too much", 0.31), ("not bright enough", 0.8),
        ("make it less bright please", 0.31), ("twice as much", 1), ("tone it down a bit", 0.4),
        ("no, darker instead", None),
    ],
)  # fmt: skip
def test_the_amount_that_is_there_changes(message: str, stops: float | None) -> None:
    wish = {"op": "exposure", "stops": stops} if stops else {"op": "exposure", "direction": "down"}
    assert becomes(message, BRIGHTER) == ("revise", (1,), [wish])


@pytest.mark.parametrize(
    "message",
    [
        "undo", "brighter", "a bit brighter", "more contrast", "i like it more", "cool", "more or less", "less is more",
        "take it", "take that",
        "more hats", "brighter instead", "make the sky less bright", "thanks, that is enough", "", "?", "plus fort",
    ],
)  # fmt: skip
def test_anything_else_is_left_to_the_model(message: str) -> None:
    assert becomes(message, BRIGHTER) is None


def test_a_step_is_meant_by_its_quality_or_for_being_the_last() -> None:
    assert becomes("too warm", TWO) == ("revise", (2,), [{"op": "temperature", "percent": 16}])
    assert becomes("a bit less", TWO) == (
        "revise", (1, 2), [{"op": "exposure", "stops": 0.8}, {"op": "temperature", "percent": 20}],
    )  # fmt: skip
    assert becomes("a bit less", STOP, BLURRED) == (
        "revise", (2,), [{"op": "blur", "percent": 16, "where": {"phrase": "background"}}],
    )  # fmt: skip
    assert becomes("a bit less bright", STOP, HAT) == ("revise", (1,), [{"op": "exposure", "stops": 0.8}])
    assert becomes("more", STOP, HAT) is None
    assert becomes("more", [{"op": "crop", "aspect": "4:5"}]) is None
    assert becomes("more", [{"op": "sepia"}]) is None  # there is no more than all of it
    assert becomes("more") is None
    assert adjusted("more", History()) is None


@pytest.mark.parametrize("message", ["the other way", "No, the other way round!", "turn it in the opposite direction"])
@pytest.mark.parametrize(
    ("wish", "other"),
    [
        ({"op": "rotate", "degrees": 90}, {"op": "rotate", "degrees": 90, "direction": "counterclockwise"}),
        ({"op": "crop", "aspect": "4:5"}, {"op": "crop", "aspect": "5:4"}),
        ({"op": "flip"}, {"op": "flip", "direction": "vertical"}),
        ({"op": "temperature", "kelvin": 7000}, {"op": "temperature", "kelvin": 6000}),
        ({"op": "contrast", "percent": 20}, {"op": "contrast", "percent": -20}),
        ({"op": "tint", "direction": "green"}, {"op": "tint", "direction": "magenta"}),
        ({"op": "sepia"}, None), ({"op": "crop", "aspect": "1:1"}, None), ({"op": "straighten"}, None),
    ],
    ids=str,
)  # fmt: skip
def test_the_other_way(message: str, wish: dict[str, Any], other: dict[str, Any] | None) -> None:
    assert becomes(message, [wish]) == (("revise", (1,), [other]) if other else None)


def test_again_is_once_more_and_behind_an_undo_the_models_affair() -> None:
    assert becomes("again", STOP) == ("edit", (), STOP)
    assert becomes("do that once more, please", [{"op": "rotate", "degrees": 90}]) == (
        "edit", (), [{"op": "rotate", "degrees": 90}],
    )  # fmt: skip
    assert becomes("again", HAT) is None
    assert becomes("again", [{"op": "text", "text": "Hello"}]) is None
    assert adjusted("again", history(STOP, BLURRED).undo()) is None


@pytest.mark.parametrize("message", ["remove it", "no, take that off again", "Get rid of it, please.", "drop that"])
def test_it_is_what_was_done_last(message: str) -> None:
    assert becomes(message, STOP, HAT) == ("drop", (2,), [])
    assert becomes(message, STOP, TWO) == ("drop", (2, 3), [])
    assert becomes(message) is None
    drawing = Script().append(step_from_data({"op": "generate", "prompt": "a woman"}))
    drawn = Version(id=new_id(), script=drawing, picture_id="x", created=0)
    assert adjusted(message, History().add(drawn)) is None


def test_what_was_revised_last_is_what_was_done_last() -> None:
    tree = history(STOP, BLURRED)
    current = tree.current
    assert current is not None
    revised = current.script.revise(current.script.at(1).id, step_from_data({"op": "exposure", "stops": 2}))
    version = Version(id=new_id(), parent=current.id, script=revised, picture_id="x", created=0)
    draft = adjusted("a bit less", tree.grown((version,), follow=True))
    assert draft is not None
    assert (draft.targets, draft.steps[0].wish()) == ((1,), {"op": "exposure", "stops": 1.6})


@pytest.mark.parametrize(
    ("wish", "times", "wanted"),
    [
        ({"op": "exposure", "stops": 4}, 2, {"op": "exposure", "stops": 5}),
        ({"op": "exposure", "percent": 40}, 0.5, {"op": "exposure", "percent": 20}),
        ({"op": "temperature", "kelvin": 7500}, 0.5, {"op": "temperature", "kelvin": 7000}),
        ({"op": "blur", "radius": 4}, 1.6, {"op": "blur", "radius": 6.4}),
        ({"op": "text", "text": "Hi", "percent": 120}, 2, {"op": "text", "text": "Hi", "percent": 140}),
        ({"op": "border", "px": 3}, 1.6, {"op": "border", "px": 5}),
        ({"op": "vignette"}, 0.5, {"op": "vignette", "percent": 18}),
        ({"op": "heal", "where": "cup"}, 2, None), ({"op": "border", "px": 1}, 0.1, None),
    ],
    ids=str,
)  # fmt: skip
def test_amounts_stay_within_what_is_allowed(wish: dict[str, Any], times: float, wanted: dict[str, Any] | None) -> None:
    made = scaled(step_from_data(wish), times)
    assert (made and step_from_data(made.wish()).wish()) == wanted


def test_signs() -> None:
    less: Wishes = [{"op": "contrast", "percent": -5}]
    assert [sign_of(step) for step in steps(STOP + less + HAT)] == [1, -1, 1]
    assert turned(step_from_data({"op": "exposure", "stops": 1})) == step_from_data({"op": "exposure", "stops": -1})


def test_no_model_is_asked_and_a_place_is_something_new() -> None:

    picture = Picture(np.zeros((8, 8, 3), np.uint8))
    gate = ScriptedGate(said(act="undo"))
    planner = LlmPlanner(gate, JsonDialect())
    plan = planner.plan(Wish(message="a bit less"), history(STOP), picture, lambda: False)
    assert gate.asked == []
    assert (plan.act, [item.step.wish() for item in plan.revisions]) == ("revise", [{"op": "exposure", "stops": 0.8}])
    asked = Context(spoken=(Spoken(role="assistant", text="How much shall I cut off?"),))
    assert planner.plan(Wish(message="half"), history(STOP), picture, lambda: False, asked).act == "undo"
    gate.asked.clear()
    gate.answers.append(said(act="undo"))
    here = Wish(message="a bit less", where=PointWhere(point=(1, 1)))
    assert planner.plan(here, history(STOP), picture, lambda: False).act == "undo"
    assert len(gate.asked) == 1
