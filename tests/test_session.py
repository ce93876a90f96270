"""Turns: planned, carried out, recorded; stopped, failed, waiting; variants, branches, export."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.errors import DamagedStore, InvalidScript, NotFound, PlanError, SessionBusy
from assistant.events import EVENTS, Event, Saved
from assistant.history import Version
from assistant.pictures import Picture
from assistant.plan import Plan, Revision, Shift, Switch, Wish
from assistant.records import Records
from assistant.render import Renderer
from assistant.script_files import step_from_data
from assistant.session import Session
from assistant.sessions import Sessions
from assistant.steps import AnyStep
from assistant.store import Store
from assistant.transfer import export_session, import_session
from tests.doubles import ScriptedPainter, ScriptedPlanner

BOX = {"box": [10, 10, 40, 30]}


def step(op: str, **fields: Any) -> AnyStep:
    return step_from_data({"op": op, **fields})


def hat(what: str = "a red hat", **more: Any) -> AnyStep:
    return step("edit", modify=what, where=BOX, **more)


def say(session: Session, plan: Any, message: str = "please", **wish: Any) -> list[Event]:
    return list(session.run_turn(Wish(message=message, **wish), ScriptedPlanner(plan)))


def edit(session: Session, *steps: AnyStep, message: str = "please", **wish: Any) -> list[Event]:
    return say(session, Plan(act="edit", steps=steps), message, **wish)


def kinds(events: Iterable[Event]) -> list[str]:
    return [event.kind for event in events if event.kind != "step_progress"]


def now(session: Session) -> Version:
    current = session.history.current
    assert current is not None
    return current


def afresh(session: Session, version: Version | None = None) -> Picture:
    """The version's script rendered by somebody who remembers where things are, and nothing that was painted."""
    version = version or now(session)
    places = Records(measurements=version.records.measurements)
    return Renderer(session.renderer.blobs, ScriptedPainter()).render(version.script, places).picture


# -- a conversation ----------------------------------------------------------------------------------------------------


def test_a_whole_conversation(session: Session, painter: ScriptedPainter) -> None:
    original = session.picture()
    events = edit(session, step("exposure", stops=0.5), hat(), message="brighter, and a red hat")
    assert kinds(events) == ["planned", "step_started", "step_done", "step_started", "step_done", "saved"]
    red = session.picture()

    revision = Revision(step_id=now(session).script.at(2).id, step=hat("a green hat"))
    say(session, Plan(act="revise", revisions=(revision,)), "no, make it green")
    green = session.picture()
    assert len(now(session).script.steps) == 2
    assert green == afresh(session)
    assert green != red

    say(session, Plan(act="drop", drops=(now(session).script.at(1).id,)), "undo the brightening")
    assert session.picture() == afresh(session)
    calls = painter.calls
    undo, redo = Plan(act="undo"), Plan(act="redo")
    for plan, expected in ((undo, green), (undo, red), (undo, original), (redo, red), (redo, green)):
        (moved,) = say(session, plan, plan.act)
        assert moved.kind == "moved"
        assert session.picture() == expected
    assert painter.calls == calls

    first = session.history.numbered(1)
    say(session, Plan(act="goto", target=first.id, steps=(hat("a beard"),)), "from the first one, a beard")
    assert now(session).parent == first.id
    assert len(session.history.versions) == 5
    assert [turn.number for turn in session.turns] == list(range(1, 10))
    assert all(turn.status == "done" for turn in session.turns)


def test_what_was_painted_before_fits_again(session: Session, painter: ScriptedPainter) -> None:
    edit(session, hat("a red hat", seed=4, id="hat"))
    red = session.picture()
    for words in ("a green hat", "a red hat"):
        revision = Revision(step_id="hat", step=hat(words))
        say(session, Plan(act="revise", revisions=(revision,)))
    assert session.picture() == red
    assert painter.calls == 2


def test_dropping_says_what_goes_along(session: Session) -> None:
    edit(session, hat(id="hat"), step("blur", where={"box": [12, 12, 30, 28]}, id="blur"), step("sepia", id="sepia"))
    events = say(session, Plan(act="drop", drops=("hat",)))
    assert events[0].kind == "planned"
    assert events[0].dropped_ids == ("hat", "blur")
    assert now(session).script.ids == ("sepia",)
    say(session, Plan(act="undo"))
    assert now(session).script.ids == ("hat", "blur", "sepia")


def test_by_hand_from_the_script_list(session: Session, painter: ScriptedPainter) -> None:
    edit(session, hat(id="hat"), step("sepia", id="sepia"), step("flip", id="flip"))
    whole = session.picture()
    list(session.run_plan(Plan(act="edit", switches=(Switch(step_id="hat", on=False),))))
    assert session.picture() != whole
    list(session.run_plan(Plan(act="edit", switches=(Switch(step_id="hat", on=True),))))
    assert session.picture() == whole
    plan = Plan(act="edit", shifts=(Shift(step_id="flip", position=1),))
    assert session.repaints(plan) == []
    list(session.run_plan(plan))
    # The region moves along with the frame: flipping first and last are one picture.
    assert session.picture() == whole
    plan = Plan(act="edit", shifts=(Shift(step_id="sepia", position=1),))
    assert session.repaints(plan) == [("hat",)]
    events = list(session.run_plan(plan))
    assert events[0].kind == "planned"
    assert events[0].repaints == 1
    assert painter.calls == 2
    assert session.picture() == afresh(session)


def test_what_was_painted_may_be_kept(session: Session, painter: ScriptedPainter, sessions: Sessions) -> None:
    edit(session, hat(id="hat"), step("resize", percent=150, id="larger"))
    plan = Plan(act="edit", shifts=(Shift(step_id="larger", position=1),))
    assert session.repaints(plan) == [("hat",)]
    list(session.run_plan(plan, Wish(message="larger first", keep_painted=True)))
    assert painter.calls == 1
    kept = session.picture()
    assert sessions.reopen("ann", session.id).picture() == kept
    list(session.run_plan(Plan(act="undo")))
    list(session.run_plan(plan))
    assert painter.calls == 2
    assert session.picture() != kept


def test_another_one(session: Session) -> None:
    edit(session, hat(id="hat"))
    before, seed = session.picture(), now(session).script.at(1).seed
    say(session, Plan(act="revise", reseeds=("hat",)), "another one")
    assert now(session).script.at(1).seed != seed
    assert session.picture() != before


def test_after_step_one_is_a_branch(session: Session) -> None:
    edit(session, step("sepia", id="one"), step("flip", id="two"))
    here = now(session).id
    say(session, Plan(act="goto", target=here, first=1, steps=(step("grain"),)))
    assert now(session).parent == here
    assert [item.op for item in now(session).script.steps] == ["sepia", "grain"]


def test_a_drawing_is_a_new_root(session: Session, painter: ScriptedPainter) -> None:
    say(session, Plan(act="generate", steps=(step("generate", prompt="a cat", width=64, height=48), hat())))
    assert now(session).parent is None
    assert session.picture().size == (64, 48)
    assert painter.drawings == ["a cat"]
    assert session.picture() == afresh(session)
    say(session, Plan(act="generate", steps=(step("generate", prompt="a dog", width=64, height=48),)))
    assert len(session.history.children(None)) == 3


def test_references_keep_their_numbers(session: Session) -> None:
    logo = Picture(np.full((10, 20, 3), 9, np.uint8))
    other = Picture(np.full((10, 20, 3), 200, np.uint8))
    assert [session.add_reference(item) for item in (logo, other, logo)] == [2, 3, 2]
    edit(session, step("paste", reference=2, position="top left", percent=25))
    assert (session.picture().pixels == 9).all(axis=2).sum() == 20 * 10
    failed = edit(session, step("paste", reference=4))[-1]
    assert failed.kind == "step_failed"
    assert "2 references" in failed.message


def test_a_brushed_mask_is_kept_with_the_session(session: Session, sessions: Sessions) -> None:
    mask = np.zeros((60, 80), np.uint8)
    mask[20:30, 20:40] = 255
    edit(session, step("heal", where={"mask": session.add_mask(mask)}))
    assert now(session).script.at(1).op == "heal"
    again = sessions.reopen("ann", session.id)
    assert again.picture() == session.picture()
    small = np.zeros((6, 8), np.uint8)
    events = edit(again, step("heal", where={"mask": again.add_mask(small)}))
    assert kinds(events) == ["planned", "step_failed"]


# -- talk --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "kind", "status"),
    [
        (Plan(act="ask", text="Which hat?", options=("the left one", "the right one")), "asked", "asked"),
        (Plan(act="answer", text="Her hair is red."), "answered", "done"),
        (Plan(act="refuse", text="I cannot send mail.", options=("Save it",)), "answered", "done"),
    ],
)
def test_talk_changes_nothing(session: Session, plan: Plan, kind: str, status: str) -> None:
    before = session.history
    assert kinds(say(session, plan)) == [kind]
    assert session.history == before
    assert session.turns[-1].status == status
    assert EVENTS.validate_json(EVENTS.dump_json(session.turns[-1].events)) == session.turns[-1].events


@pytest.mark.parametrize(
    ("message", "expected"),
    [("", "asked"), ("   \n", "asked"), ("x" * 10_000, "turn_failed")],
    ids=["empty", "blank", "10,000 characters"],
)
def test_odd_messages_get_a_sentence(session: Session, message: str, expected: str) -> None:
    assert kinds(say(session, Plan(act="answer", text="never"), message)) == [expected]
    assert kinds(edit(session, step("sepia")))[-1] == "saved"


@pytest.mark.parametrize(
    "plan",
    [
        Plan(act="drop", drops=("nobody",)),
        Plan(act="goto", target="nowhere"),
        Plan(act="edit", shifts=(Shift(step_id="nobody", position=1),)),
        Plan(act="generate", steps=(step("generate", prompt="x"), step("generate", prompt="y"))),
    ],
    ids=["drop", "goto", "shift", "two-drawings"],
)
def test_a_plan_that_does_not_fit_ends_in_a_sentence(session: Session, plan: Plan) -> None:
    before = session.history
    events = say(session, plan)
    assert events[-1].kind == "turn_failed"
    assert session.turns[-1].status == "failed"
    assert session.history == before
    assert kinds(edit(session, step("sepia")))[-1] == "saved"


def test_an_edit_without_a_picture(sessions: Sessions) -> None:
    empty = sessions.create("ann")
    events = edit(empty, step("sepia"))
    assert events[-1].kind == "turn_failed"
    assert "Upload a picture" in events[-1].message


def test_a_planner_that_fails(session: Session) -> None:
    def broken(_history: object) -> Plan:
        raise PlanError("I did not understand that.", remedy="Say it differently.")

    events = say(session, broken)
    assert kinds(events) == ["turn_failed"]
    assert kinds(edit(session, step("sepia")))[-1] == "saved"


# -- variants, stop, failure -------------------------------------------------------------------------------------------


def test_variants_are_siblings_from_one_call(session: Session, painter: ScriptedPainter) -> None:
    events = edit(session, step("sepia"), hat(), variants=5)
    saved = [event for event in events if isinstance(event, Saved)]
    assert [event.version_number for event in saved] == [2, 3, 4, 5, 6]
    assert now(session).id == saved[0].version_id
    assert painter.calls == 1
    assert len({version.picture_id for version in session.history.variants(saved[0].version_id)}) == 5
    say(session, Plan(act="goto", target=saved[3].version_id), "the fourth")
    edit(session, step("flip"))
    assert now(session).parent == saved[3].version_id


def test_nine_variants_are_too_many(session: Session) -> None:
    events = edit(session, hat(), variants=9)
    assert events[-1].kind == "turn_failed"
    assert "1 to 8" in events[-1].message


def test_stop_leaves_the_tree_and_offers_what_was_finished(session: Session, painter: ScriptedPainter) -> None:
    before = session.history

    def during(number: int) -> None:
        if number == 2:
            session.stop()

    painter.during = during
    events = edit(session, step("sepia"), step("flip"), hat(), message="three things")
    assert events[-1].kind == "turn_stopped"
    assert events[-1].kept_steps == 2
    assert session.history == before
    turn = session.turns[-1]
    assert turn.status == "stopped"
    painter.during = lambda number: None
    kept = session.keep_finished(turn.id)
    assert [item.op for item in kept.script.steps] == ["sepia", "flip"]
    assert kept.partial
    assert session.picture() == afresh(session)
    with pytest.raises(NotFound, match="nothing to keep"):
        session.keep_finished(turn.id)
    assert kinds(edit(session, hat()))[-1] == "saved"


def test_a_stopped_turn_survives_a_restart(session: Session, sessions: Sessions, painter: ScriptedPainter) -> None:
    painter.during = lambda number: session.stop()
    edit(session, step("sepia"), hat())
    again = sessions.reopen("ann", session.id)
    kept = again.keep_finished(again.turns[-1].id)
    assert [item.op for item in kept.script.steps] == ["sepia"]


def test_failure_keeps_the_steps_before_it(session: Session, painter: ScriptedPainter) -> None:
    painter.fail_on = "impossible"
    events = edit(session, step("sepia"), hat("something impossible"), step("flip"))
    assert kinds(events)[-2:] == ["step_failed", "saved"]
    saved = events[-1]
    assert saved.kind == "saved"
    assert saved.partial
    assert [item.op for item in now(session).script.steps] == ["sepia"]
    assert now(session).partial


def test_a_region_that_is_not_there_asks_to_be_shown(session: Session) -> None:
    events = edit(session, step("blur", where="the unicorn"))
    failed = events[-1]
    assert failed.kind == "step_failed"
    assert failed.show_me
    assert "unicorn" in failed.message
    assert session.turns[-1].status == "failed"
    assert len(session.history.versions) == 1


def test_an_old_step_that_fails_again_changes_nothing(session: Session, painter: ScriptedPainter) -> None:
    edit(session, hat("a red hat", id="hat"))
    before = session.history
    painter.fail_on = "red"
    events = say(session, Plan(act="edit", steps=(step("sepia", id="sepia"),), shifts=()))
    assert events[-1].kind == "saved"
    events = list(session.run_plan(Plan(act="edit", shifts=(Shift(step_id="sepia", position=1),))))
    assert events[-1].kind == "step_failed"
    assert len(session.history.versions) == len(before.versions) + 1


# -- one writer --------------------------------------------------------------------------------------------------------


def test_one_writes_one_waits_the_third_is_told(session: Session, sessions: Sessions, painter: ScriptedPainter) -> None:
    started, go_on = threading.Event(), threading.Event()

    def during(_number: int) -> None:
        started.set()
        assert go_on.wait(10)

    painter.during = during
    first = sessions.start(session, Wish(message="one"), ScriptedPlanner(Plan(act="edit", steps=(hat("one"),))))
    assert started.wait(10)
    second = sessions.start(session, Wish(message="two"), ScriptedPlanner(Plan(act="edit", steps=(hat("two"),))))
    assert next(second.follow()).kind == "waiting"
    with pytest.raises(SessionBusy, match="One may wait"):
        edit(session, hat("three"))
    go_on.set()
    assert kinds(first.follow())[-1] == "saved"
    assert kinds(second.follow())[-1] == "saved"
    assert [turn.message for turn in session.turns] == ["one", "two"]
    # Who writes ahead means the picture that the message before will make.
    ids = [version.id for version in session.history.versions]
    assert [version.parent for version in session.history.versions[1:]] == ids[:2]
    assert session.history.pointer == ids[2]


def test_a_turn_does_not_mind_who_listens(session: Session, sessions: Sessions) -> None:
    run = sessions.start(session, Wish(message="x"), ScriptedPlanner(Plan(act="edit", steps=(hat(), step("flip")))))
    next(run.follow())  # a page that closes after the first event
    everything = list(run.follow())
    assert everything[-1].kind == "saved"
    assert list(run.follow(after=3)) == everything[3:]
    assert sessions.latest_run(session) is run


def test_sessions_do_not_mix(sessions: Sessions) -> None:
    pictures = [Picture(np.full((40, 40, 3), value, np.uint8)) for value in (10, 200)]
    both = [sessions.create(owner) for owner in ("ann", "bob")]
    for session, picture in zip(both, pictures, strict=True):
        session.add_picture(picture)
    runs = [sessions.start(item, Wish(message="x"), ScriptedPlanner(Plan(act="edit", steps=(hat(),)))) for item in both]
    for run in runs:
        list(run.follow())
    assert [afresh(item) == item.picture() for item in both] == [True, True]


# -- export and import -------------------------------------------------------------------------------------------------


def test_an_exported_session_plays_to_the_same_pixels(session: Session, tmp_path: Path) -> None:
    session.add_reference(Picture(np.full((10, 20, 3), 9, np.uint8)))
    edit(session, step("exposure", stops=0.4), hat(), step("paste", reference=2, percent=20), variants=2)
    edit(session, step("crop", box=[5, 5, 70, 50]), step("blur", where={"box": [0, 0, 20, 20], "feather": 5}))
    say(session, Plan(act="undo"))
    data = export_session(session)
    elsewhere = Sessions(Store(tmp_path / "elsewhere"))  # no editor at all
    imported = import_session(elsewhere, "cem", data)
    assert imported.id != session.id
    assert [turn.message for turn in imported.turns] == [turn.message for turn in session.turns]
    for own, other in zip(session.history.versions, imported.history.versions, strict=True):
        assert imported.picture(other.id) == session.picture(own.id)
        assert other.id != own.id
    assert imported.history.number(imported.history.pointer or "") == session.history.number(
        session.history.pointer or ""
    )
    assert import_session(elsewhere, "cem", data).id != imported.id
    assert b"ann" not in data


def _changed(data: bytes, change: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        blob = next(name for name in names if name.startswith("blobs/"))
        for name in names:
            body = old.read(name)
            if change == "without a picture" and name == blob:
                continue
            if change == "an altered picture" and name == blob:
                body = old.read(next(item for item in names if item.startswith("blobs/") and item != blob))
            if change == "garbage for a picture" and name == blob:
                body = b"\x89PNG" + bytes(200)
            if change == "without the session" and name == "session.json":
                continue
            if change == "a newer format" and name == "session.json":
                body = json.dumps({**json.loads(body), "palimpsest": 7}).encode()
            if change == "another wish than was painted" and name == "session.json":
                body = body.replace(b'"stops":0.5', b'"stops":0.6')
            new.writestr(name, body)
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ("without a picture", DamagedStore),
        ("an altered picture", DamagedStore),
        ("garbage for a picture", DamagedStore),
        ("without the session", InvalidScript),
        ("a newer format", InvalidScript),
        ("another wish than was painted", DamagedStore),
    ],
)
def test_a_damaged_file_is_refused_and_leaves_nothing(
    session: Session, sessions: Sessions, change: str, error: type[Exception]
) -> None:
    edit(session, step("exposure", stops=0.5), hat())
    with pytest.raises(error):
        import_session(sessions, "cem", _changed(export_session(session), change))
    assert sessions.list("cem") == []


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nonsense", b"\x89PNG"], ids=["empty", "half-a-zip", "a-png"])
def test_what_is_no_session_is_refused(sessions: Sessions, data: bytes) -> None:
    with pytest.raises(InvalidScript, match="not an exported session"):
        import_session(sessions, "cem", data)
