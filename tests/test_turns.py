"""Turns at their edges: stopped early or late, failing in odd ways, merged, deleted under way, damaged on disk."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from assistant.drafts import Draft
from assistant.errors import DamagedStore, InvalidScript, NotFound, PalimpsestError, SessionBusy
from assistant.events import Event
from assistant.history import History, Version
from assistant.loading import Loader
from assistant.pictures import Picture, encode_png
from assistant.plan import Context, Plan, Revision, Shift, Switch, Wish
from assistant.planner import LlmPlanner
from assistant.planning.dialects import JsonDialect
from assistant.script_files import step_from_data
from assistant.session import Session
from assistant.sessions import Sessions
from assistant.steps import AnyStep
from assistant.store import Store
from assistant.transfer import export_session, import_session
from tests.doubles import ScriptedPainter, ScriptedPlanner
from tests.models import ScriptedGate

A, B = {"box": [10, 10, 40, 30]}, {"box": [24, 10, 60, 30]}


def step(op: str, **fields: Any) -> AnyStep:
    return step_from_data({"op": op, **fields})


def paint(what: str, where: object = None, **more: Any) -> AnyStep:
    return step("edit", modify=what, where=where or A, **more)


def noise(seed: int = 5) -> Picture:
    return Picture(np.random.default_rng(seed).integers(0, 256, (60, 80, 3)).astype(np.uint8))


def do(session: Session, plan: Plan, **wish: Any) -> list[Event]:
    return list(session.run_plan(plan, Wish(message="please", **wish)))


def edit(session: Session, *steps: AnyStep, **wish: Any) -> list[Event]:
    return do(session, Plan(act="edit", steps=steps), **wish)


def now(session: Session) -> Version:
    current = session.history.current
    assert current is not None
    return current


def kinds(events: list[Event]) -> list[str]:
    return [event.kind for event in events if event.kind != "step_progress"]


def test_a_number_means_the_offer_of_the_turn_before(session: Session) -> None:
    planner = ScriptedPlanner(Plan(act="ask", text="Which?", options=("crop it", "blur it")), Plan(act="undo"))
    for message in ("do it", "the second one"):
        list(session.run_turn(Wish(message=message), planner))
    assert [wish.message for wish in planner.wishes] == ["do it", "blur it"]
    assert [turn.message for turn in session.turns] == ["do it", "the second one"]


# -- a second root -----------------------------------------------------------------------------------------------------


def test_undo_behind_a_new_drawing_or_upload_leads_back(session: Session, sessions: Sessions) -> None:
    edit(session, step("sepia"))
    before = now(session).id
    do(session, Plan(act="generate", steps=(step("generate", prompt="a cat", width=64, height=48),)), variants=2)
    drawn = now(session).id
    session.add_picture(noise(6))
    assert kinds(do(session, Plan(act="undo"))) == ["moved"]
    assert now(session).id == drawn
    copy = import_session(sessions, "ann", export_session(session))
    for each in (session, copy, sessions.reopen("ann", session.id)):
        assert each.history.undo().current == each.history.numbered(2)
    assert session.history.undo().pointer == before


# -- stop --------------------------------------------------------------------------------------------------------------


def test_stop_before_the_first_event_counts(session: Session) -> None:
    ticket = session.ticket()
    turning = session.run_plan(Plan(act="edit", steps=(step("sepia"),)), ticket=ticket)
    session.stop()
    assert kinds(list(turning)) == ["turn_stopped"]
    assert len(session.history.versions) == 1
    assert kinds(edit(session, step("sepia")))[-1] == "saved"


def test_stop_while_the_planner_thinks(session: Session) -> None:
    edit(session, step("sepia"))

    class Slow(ScriptedPlanner):
        def plan(
            self, wish: Wish, history: History, picture: Picture | None, stop: Callable[[], bool],
            context: Context = Context(),  # noqa: B008 - immutable
        ) -> Plan:  # fmt: skip
            session.stop()
            assert stop()
            return Plan(act="undo")

    before = session.history
    assert kinds(list(session.run_turn(Wish(message="undo"), Slow()))) == ["turn_stopped"]
    assert session.history == before


def test_a_turn_says_that_it_waits_for_the_models_and_can_be_stopped_meanwhile(session: Session) -> None:
    go_on = threading.Event()
    planner = LlmPlanner(ScriptedGate(Draft(act="undo")), JsonDialect(), loader=Loader(lambda: go_on.wait(10)))
    turning = session.run_turn(Wish(message="undo"), planner)
    assert next(turning).kind == "loading"
    session.stop()
    assert kinds(list(turning)) == ["turn_stopped"]
    go_on.set()
    assert kinds(list(session.run_turn(Wish(message="undo"), planner)))[-1] == "moved"
    assert planner.is_ready
    assert kinds(list(session.run_turn(Wish(message=""), planner))) == ["asked"]


def test_stop_of_the_waiting_message(session: Session, sessions: Sessions, painter: ScriptedPainter) -> None:
    started, go_on = threading.Event(), threading.Event()

    def during(_step: int) -> None:
        started.set()
        assert go_on.wait(10)

    painter.during = during
    first = sessions.start_plan(session, Plan(act="edit", steps=(paint("one"),)))
    assert started.wait(10)
    second = sessions.start_plan(session, Plan(act="edit", steps=(paint("two"),)))
    with pytest.raises(SessionBusy):
        sessions.start_plan(session, Plan(act="edit", steps=(paint("three"),)))
    assert sessions.latest_run(session) is first
    session.stop(waiting=True)
    go_on.set()
    assert kinds(list(first.follow()))[-1] == "turn_stopped"
    assert kinds(list(second.follow()))[-1] == "turn_stopped"
    assert [turn.status for turn in session.turns] == ["stopped", "stopped"]


def test_messages_are_served_in_order(session: Session, sessions: Sessions, painter: ScriptedPainter) -> None:
    for number in range(0, 20, 2):
        gate = threading.Event()
        painter.during = lambda _step, gate=gate: gate.wait(10)  # type: ignore[misc]
        runs = [
            sessions.start_plan(
                session, Plan(act="edit", steps=(paint(str(number + more)),)), Wish(message=f"{number + more}")
            )
            for more in range(2)
        ]
        gate.set()
        for run in runs:
            list(run.follow())
    assert [turn.message for turn in session.turns] == [str(number) for number in range(20)]


def test_stop_in_the_second_variant_keeps_the_first(session: Session, painter: ScriptedPainter) -> None:
    """The variants' second painted step is a call of its own: stop in variant 2's."""
    calls = 0

    def during(number: int) -> None:
        nonlocal calls
        calls += number == 1
        if calls == 3:
            session.stop()

    painter.during = during
    events = edit(session, paint("a"), step("sepia"), paint("b"), variants=3)
    assert kinds(events)[-1] == "turn_stopped"
    kept = session.keep_finished(session.turns[-1].id)
    assert [item.op for item in kept.script.steps] == ["edit", "sepia", "edit"]


def test_kept_steps_of_a_drawing_are_a_new_root(session: Session, painter: ScriptedPainter) -> None:
    def during(_step: int) -> None:
        if painter.requests:
            session.stop()

    painter.during = during
    do(session, Plan(act="generate", steps=(step("generate", prompt="a cat", width=64, height=48), paint("a hat"))))
    kept = session.keep_finished(session.turns[-1].id)
    assert kept.parent is None
    assert session.picture().size == (64, 48)


# -- failure -----------------------------------------------------------------------------------------------------------


def test_what_a_library_throws_is_a_sentence_and_keeps_the_steps_before(
    session: Session, painter: ScriptedPainter
) -> None:
    def during(_step: int) -> None:
        raise RuntimeError("CUDA out of memory")

    painter.during = during
    events = edit(session, step("sepia"), paint("a hat"))
    assert kinds(events)[-2:] == ["step_failed", "saved"]
    failed = events[-2]
    assert failed.kind == "step_failed"
    assert "CUDA out of memory" in failed.message
    assert [item.op for item in now(session).script.steps] == ["sepia"]


def test_a_fault_of_ours_does_not_take_the_session_along(session: Session, caplog: pytest.LogCaptureFixture) -> None:
    def broken(_history: History) -> Plan:
        raise ZeroDivisionError("a secret detail")

    events = list(session.run_turn(Wish(message="x"), ScriptedPlanner(broken)))
    (failed,) = events
    assert failed.kind == "turn_failed"
    assert "secret" not in failed.message
    assert "ZeroDivisionError" in caplog.text
    assert session.turns[-1].status == "failed"
    assert kinds(edit(session, step("sepia")))[-1] == "saved"


def test_a_turn_that_is_broken_off_is_recorded(session: Session, sessions: Sessions) -> None:
    turning = session.run_plan(Plan(act="edit", steps=(paint("a hat"), step("flip"))))
    next(turning)
    turning.close()
    assert session.turns[-1].status == "failed"
    assert sessions.reopen("ann", session.id).turns[-1].status == "failed"
    assert kinds(edit(session, step("sepia")))[-1] == "saved"


def test_a_revision_that_fails_says_again_what_it_said(session: Session, painter: ScriptedPainter) -> None:
    edit(session, step("exposure", stops=0.2, id="light"), paint("a red hat", id="hat"))
    painter.fail_on = "impossible"
    plan = Plan(
        act="revise",
        revisions=(
            Revision(step_id="light", step=step("exposure", stops=0.4)),
            Revision(step_id="hat", step=paint("an impossible hat")),
        ),
    )
    events = do(session, plan)
    painter.fail_on = None
    assert "step_failed" in kinds(events)
    wishes = [item.wish() for item in now(session).script.steps]
    assert wishes[0]["stops"] == 0.4
    assert wishes[1]["modify"] == "a red hat"
    assert now(session).partial


def test_deleting_waits_for_what_runs_and_leaves_nothing(
    session: Session, sessions: Sessions, painter: ScriptedPainter
) -> None:
    started = threading.Event()

    def during(_step: int) -> None:
        started.set()

    painter.during = during
    session.add_mask(np.zeros((60, 80), np.uint8))
    run = sessions.start_plan(session, Plan(act="edit", steps=tuple(paint(str(number)) for number in range(5))))
    assert started.wait(10)
    sessions.delete("ann", session.id)
    list(run.follow())
    assert [path for path in (sessions.store.folder / "blobs").rglob("*") if path.is_file()] == []
    with pytest.raises(NotFound):
        edit(session, step("sepia"))


# -- merged steps ------------------------------------------------------------------------------------------------------


def test_variants_of_a_step_that_merges_differ(session: Session) -> None:
    edit(session, paint("a hat"))
    edit(session, paint("a feather"), variants=3)
    assert len({version.picture_id for version in session.history.variants(now(session).id)}) == 3
    before = session.picture()
    do(session, Plan(act="revise", reseeds=(now(session).script.at(2).id,)))
    assert session.picture() != before


def test_one_of_two_merged_wishes_can_be_dropped(session: Session, painter: ScriptedPainter) -> None:
    edit(session, paint("a hat", A, id="hat"), paint("a feather", B, id="feather"))
    assert painter.calls == 1
    do(session, Plan(act="drop", drops=("hat",)))
    assert now(session).script.ids == ("feather",)


def test_what_joins_a_painted_step_is_announced(session: Session) -> None:
    edit(session, paint("a hat"))
    events = edit(session, paint("a feather"))
    assert events[0].kind == "planned"
    assert events[0].repaints == 1


def test_exact_steps_behind_painted_ones_say_that_they_ran(session: Session) -> None:
    edit(session, paint("a hat"))
    assert kinds(edit(session, step("exposure", stops=0.5))) == ["planned", "step_started", "step_done", "saved"]


def test_keep_as_painted_lasts(session: Session, painter: ScriptedPainter) -> None:
    edit(session, paint("a hat", id="hat"), step("rotate", degrees=7, id="turn"))
    do(session, Plan(act="edit", shifts=(Shift(step_id="turn", position=1),)), keep_painted=True)
    kept = session.picture()
    edit(session, step("exposure", stops=0.1, id="light"))
    assert painter.calls == 1
    do(session, Plan(act="drop", drops=("light",)))
    assert session.picture() == kept


def test_a_crop_to_what_is_out_of_the_frame_waits(session: Session) -> None:
    edit(session, step("crop", box=[40, 30, 60, 50], id="one"))
    do(session, Plan(act="edit", switches=(Switch(step_id="one", on=False),)))
    edit(session, step("crop", box=[0, 0, 20, 20], id="two"))
    do(session, Plan(act="edit", switches=(Switch(step_id="one", on=True),)))
    # The first crop shows nothing of what the second keeps: both are played, and neither shows another place.
    shown = session.picture()
    original = session.picture(session.history.versions[0].id)
    assert shown in (Picture(original.pixels[:20, :20].copy()), Picture(original.pixels[30:50, 40:60].copy()))


# -- damage ------------------------------------------------------------------------------------------------------------


def test_an_altered_file_is_mended_by_the_same_picture(session: Session, sessions: Sessions) -> None:
    data = export_session(session)
    original = now(session).script.original or ""
    path = sessions.store.blobs("ann").path(original)
    path.write_bytes(path.read_bytes()[:-30])
    fresh = Sessions(Store(sessions.store.folder))
    with pytest.raises(DamagedStore):
        fresh.open("ann", session.id).picture()
    import_session(fresh, "ann", data)
    assert Sessions(Store(sessions.store.folder)).open("ann", session.id).picture() == noise()


def test_a_version_that_claims_anothers_pixels_is_not_believed(session: Session, sessions: Sessions) -> None:
    """A hostile file cannot put its pixels in the place of somebody else's."""
    edit(session, step("sepia"))
    edit(session, step("flip"))
    victim = sessions.create("bob")
    victim.add_picture(noise(77))
    claimed, own = noise(77).id, session.history.versions[1].picture_id
    hostile = changed(export_session(session), lambda text: text.replace(own, claimed))
    imported = import_session(sessions, "cem", hostile)
    with pytest.raises(DamagedStore):
        imported.picture(imported.history.versions[1].id)
    assert sessions.open("bob", victim.id).picture() == noise(77)


def changed(data: bytes, change: Callable[[str], str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body.decode()).encode() if name == "session.json" else body)
    return out.getvalue()


def _set(path: list[Any], value: Any) -> Callable[[str], str]:
    def change(text: str) -> str:
        data = json.loads(text)
        place = data
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value
        return json.dumps(data)

    return change


REGION = ["history", "versions", 1, "records", "measurements", 0, "region"]
HOSTILE: dict[str, Callable[[str], str]] = {
    "unknown parent": _set(["history", "versions", 1, "parent"], "nobody"),
    "its own parent": lambda text: text.replace(
        '"parent":null', '"parent":"' + json.loads(text)["history"]["pointer"] + '"'
    ),
    "unknown pointer": _set(["history", "pointer"], "nobody"),
    "unknown visited": _set(["history", "visited"], {"a": "b"}),
    "a path for a picture": _set(["history", "versions", 1, "picture_id"], "../../x"),
    "a huge frame": _set([*REGION, "frame", "moved"], [1, 0, 0, 1, 0, 0, 10**6, 10**6]),
    "a flat frame": _set([*REGION, "frame", "affine"], [0, 0, 0, 0, 0, 0]),
    "no frame": _set([*REGION, "frame"], {}),
    "three sides": _set([*REGION, "box"], [1, 2, 3]),
    "not JSON": lambda text: text[:-5],
    "a list": lambda text: "[]",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_a_sentence(session: Session, sessions: Sessions, name: str) -> None:
    edit(session, step("blur", where=A), paint("a hat"))
    with pytest.raises((InvalidScript, DamagedStore)) as caught:
        import_session(sessions, "cem", changed(export_session(session), HOSTILE[name]))
    assert isinstance(caught.value, PalimpsestError)
    assert sessions.list("cem") == []


def test_what_a_file_holds_besides_is_left_in_it(session: Session, sessions: Sessions) -> None:
    data = export_session(session)
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(f"blobs/{'a' * 64}.png", encode_png(noise(9).pixels))
        archive.writestr("../evil.txt", "x")
    imported = import_session(sessions, "cem", out.getvalue())
    assert imported.picture() == session.picture()
    kept = list(sessions.store.blobs("cem").folder.rglob("*.png"))
    assert len(kept) == 1
