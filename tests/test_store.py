"""The store: what is acknowledged stays, what is damaged is noticed, and nobody sees another's pictures."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import psutil
import pytest
from sqlalchemy.exc import OperationalError

from assistant import blob_folder, turns
from assistant.errors import DamagedStore, NotFound, StoreError, StoreFull, StoreReadOnly, StoreTooNew
from assistant.pictures import Pixels
from assistant.plan import Plan, Wish
from assistant.script_files import step_from_data
from assistant.session import Session
from assistant.sessions import Sessions
from assistant.steps import AnyStep
from assistant.store import Store
from assistant.turns import Turn
from tests.doubles import ScriptedPainter, ScriptedPlanner

SEPIA = step_from_data({"op": "sepia"})


def noise(seed: int, channels: int = 3) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (40, 60, channels)).astype(np.uint8)


def picture(seed: int = 1):
    from assistant.pictures import Picture

    return Picture(noise(seed))


def edited(sessions: Sessions, owner: str = "ann", seed: int = 1) -> Session:
    """A session with a picture and one painted step."""
    session = sessions.create(owner, "A title")
    session.add_picture(picture(seed))
    step = step_from_data({"op": "edit", "modify": "a hat", "where": {"box": [5, 5, 20, 20]}})
    list(session.run_turn(Wish(message="a hat"), ScriptedPlanner(Plan(act="edit", steps=(step,)))))
    return session


def files(sessions: Sessions) -> list[Path]:
    return sorted(path for path in (sessions.store.folder / "blobs").rglob("*") if path.is_file())


# -- blobs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pixels", [noise(1), noise(2, 4), noise(3)[:, :, 0].copy()], ids=["rgb", "rgba", "mask"])
def test_a_blob_comes_back_as_it_was(sessions: Sessions, pixels: Pixels) -> None:
    blob_id = sessions.store.blobs("ann").put(pixels)
    fresh = Store(sessions.store.folder).blobs("ann")
    assert np.array_equal(fresh.get(blob_id), pixels)
    assert sessions.store.blobs("ann").put(pixels) == blob_id
    assert len(files(sessions)) == 1


def test_what_is_put_soon_is_read_at_once_and_on_disk_when_settled(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs = sessions.store.blobs("ann")
    going_on = threading.Event()
    encode = blob_folder.encode_png
    monkeypatch.setattr(blob_folder, "encode_png", lambda pixels: going_on.wait(20) and encode(pixels))
    blob_id = blobs.put_soon(picture())
    assert np.array_equal(blobs.get(blob_id), noise(1))
    assert files(sessions) == []
    going_on.set()
    blobs.settle([blob_id])
    assert np.array_equal(Store(sessions.store.folder).blobs("ann").get(blob_id), noise(1))


def test_what_could_not_be_written_is_said_where_it_is_counted_on(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs = sessions.store.blobs("ann")
    with monkeypatch.context() as broken:
        broken.setattr(blob_folder.os, "replace", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
        blob_id = blobs.put_soon(picture())
        with pytest.raises(StoreFull, match="Free some space"):
            blobs.settle([blob_id])
    assert files(sessions) == []
    assert np.array_equal(blobs.get(blob_id), noise(1))
    blobs.settle([blob_id])  # there is room again
    assert len(files(sessions)) == 1
    assert np.array_equal(Store(sessions.store.folder).blobs("ann").get(blob_id), noise(1))


@pytest.mark.parametrize("blob_id", ["", "../../etc/passwd", "f" * 63, "F" * 64, "0" * 64])
def test_an_id_that_is_none_is_not_found(sessions: Sessions, blob_id: str) -> None:
    with pytest.raises(NotFound):
        sessions.store.blobs("ann").get(blob_id)


def test_every_flipped_byte_is_noticed(sessions: Sessions) -> None:
    blob_id = sessions.store.blobs("ann").put(noise(1))
    (path,) = files(sessions)
    whole = path.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        blobs = Store(sessions.store.folder).blobs("ann")
        try:
            same = np.array_equal(blobs.get(blob_id), noise(1))
        except DamagedStore:
            continue
        assert same, f"byte {place}"  # a byte that no decoder looks at
    path.write_bytes(whole[:-20])
    with pytest.raises(DamagedStore):
        Store(sessions.store.folder).blobs("ann").get(blob_id)


def test_a_failed_write_leaves_nothing_behind(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreFull, match="full"):
        sessions.store.blobs("ann").put(noise(1))
    assert files(sessions) == []


@pytest.mark.parametrize(
    ("code", "expected", "words"),
    [
        (errno.ENOSPC, StoreFull, "Free some space"),
        (errno.EDQUOT, StoreFull, "Free some space"),
        (errno.EROFS, StoreReadOnly, "--data-dir"),
        (errno.EACCES, StoreReadOnly, "--data-dir"),
        (errno.EIO, StoreError, "disk"),
    ],
)
def test_a_turn_on_a_failing_disk_says_so_and_the_session_goes_on(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch, code: int, expected: type[StoreError], words: str
) -> None:
    session = edited(sessions)
    before = session.history
    step = step_from_data({"op": "edit", "modify": "a cup", "where": {"box": [30, 5, 50, 20]}})
    real = blob_folder.os.replace
    monkeypatch.setattr(blob_folder.os, "replace", lambda *_: (_ for _ in ()).throw(OSError(code, os.strerror(code))))
    events = list(session.run_turn(Wish(message="a cup"), ScriptedPlanner(Plan(act="edit", steps=(step,)))))
    assert any(words in getattr(event, "message", "") for event in events)
    assert session.history == before
    monkeypatch.setattr(blob_folder.os, "replace", real)
    events = list(session.run_turn(Wish(message="a cup"), ScriptedPlanner(Plan(act="edit", steps=(step,)))))
    assert events[-1].kind == "saved"
    assert expected.__doc__


def test_a_step_of_the_same_seed_is_painted_once_there_is_room(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = sessions.create("ann")
    session.add_picture(picture())
    step = step_from_data({"op": "edit", "modify": "a hat", "where": {"box": [5, 5, 20, 20]}, "id": "same", "seed": 4})
    plan = ScriptedPlanner(*[Plan(act="edit", steps=(step,))] * 2)
    with monkeypatch.context() as broken:
        broken.setattr(blob_folder.os, "replace", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
        events = list(session.run_turn(Wish(message="a hat"), plan))
        assert any("Free some space" in getattr(event, "message", "") for event in events)
    events = list(session.run_turn(Wish(message="a hat"), plan))
    assert events[-1].kind == "saved"
    again = Sessions(Store(sessions.store.folder), editor=ScriptedPainter()).open("ann", session.id)
    assert again.picture() == session.picture()


def test_a_full_database_is_said_and_nothing_is_acknowledged(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = edited(sessions)
    before = session.history

    def full(*_args: object, **_more: object) -> None:
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))

    monkeypatch.setattr(sessions.store, "_add_records", full)
    step = step_from_data({"op": "sepia"})
    events = list(session.run_turn(Wish(message="sepia"), ScriptedPlanner(Plan(act="edit", steps=(step,)))))
    assert events[-1].kind == "turn_failed"
    assert "full" in events[-1].message
    assert session.history == before
    monkeypatch.undo()
    again = Sessions(Store(sessions.store.folder)).open("ann", session.id)
    assert again.history == before


def test_a_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object, **_more: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(StoreReadOnly, match="--data-dir"):
        Store(tmp_path / "store")


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    Store(tmp_path).close()
    database = sqlite3.connect(tmp_path / "sessions.sqlite3")
    database.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    database.commit()
    database.close()
    with pytest.raises(StoreTooNew, match=r"format 99.*Update Palimpsest"):
        Store(tmp_path)


# -- sessions ----------------------------------------------------------------------------------------------------------


def test_a_session_comes_back_as_it_was(sessions: Sessions) -> None:
    session = edited(sessions)
    shown = session.picture()
    again = Sessions(Store(sessions.store.folder), editor=None).open("ann", session.id)
    assert again.history == session.history
    assert again.turns == session.turns
    assert again.title == "A title"
    assert again.picture() == shown
    assert again.thumbnail(again.history.pointer or "") == session.thumbnail(session.history.pointer or "")


def test_other_peoples_sessions_are_not_found(sessions: Sessions) -> None:
    session = edited(sessions, "ann")
    edited(sessions, "bob", seed=2)
    calls = (
        lambda: sessions.open("bob", session.id),
        lambda: sessions.delete("bob", session.id),
        lambda: sessions.store.load("bob", session.id),
        lambda: sessions.store.commit("bob", session.id, 1, session.history, ()),
        lambda: sessions.store.begin_turn("bob", session.id, session.turns[0]),
        lambda: sessions.store.blobs("bob").get(session.history.versions[0].script.original or ""),
    )
    for call in calls:
        with pytest.raises(NotFound) as caught:
            call()
        assert "ann" not in str(caught.value)
    assert [row["id"] for row in sessions.list("ann")] == [session.id]


def test_deleting_leaves_no_trace(sessions: Sessions) -> None:
    session = edited(sessions)
    secret = "a very particular hat"
    step = step_from_data({"op": "edit", "modify": secret, "where": {"box": [5, 5, 20, 20]}})
    list(session.run_turn(Wish(message=secret), ScriptedPlanner(Plan(act="edit", steps=(step,)))))
    sessions.delete("ann", session.id)
    assert files(sessions) == []
    assert sessions.list("ann") == []
    with pytest.raises(NotFound):
        sessions.open("ann", session.id)
    for path in sessions.store.folder.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes(), path


def test_deleting_keeps_what_another_session_needs(sessions: Sessions) -> None:
    one, two = edited(sessions, seed=1), edited(sessions, seed=1)
    other = edited(sessions, "bob", seed=1)
    sessions.delete("ann", one.id)
    fresh = Sessions(Store(sessions.store.folder))
    assert fresh.open("ann", two.id).picture() == two.picture()
    sessions.delete("ann", two.id)
    assert Sessions(Store(sessions.store.folder)).open("bob", other.id).picture() == other.picture()


def masked(session: Session) -> AnyStep:
    """A step on a mask that was brushed just now."""
    mask = np.zeros((40, 60), np.uint8)
    mask[:9] = 255
    return step_from_data({"op": "exposure", "stops": 1, "where": {"mask": session.add_mask(mask)}})


@pytest.mark.parametrize("elsewhere", [True, False], ids=["another program", "this program"])
@pytest.mark.parametrize("begun", [True, False], ids=["running", "about to begin"])
def test_deleting_takes_nothing_from_a_turn_of_another_session(
    sessions: Sessions, elsewhere: bool, begun: bool
) -> None:
    session, deleted = edited(sessions), edited(sessions, seed=2)
    program = Sessions(Store(sessions.store.folder)) if elsewhere else sessions
    masked(deleted)
    turning = session.run_plan(Plan(act="edit", steps=(masked(session),)))
    heard = [next(turning)] if begun else []
    program.delete("ann", deleted.id)
    assert [*heard, *turning][-1].kind == "saved"
    assert Sessions(Store(sessions.store.folder)).open("ann", session.id).picture() == session.picture()


def test_deleting_leaves_no_trace_while_another_session_is_worked_on(sessions: Sessions) -> None:
    session = edited(sessions)
    before = files(sessions)
    deleted = edited(sessions, seed=2)
    masked(deleted)
    turning = session.run_plan(Plan(act="edit", steps=(SEPIA,)))
    next(turning)
    sessions.delete("ann", deleted.id)
    assert files(sessions) == before
    assert [*turning][-1].kind == "saved"


def test_sweeping_removes_only_old_strays(sessions: Sessions) -> None:
    session = edited(sessions)
    stray = sessions.store.blobs("ann").put(noise(77))
    assert sessions.store.sweep("ann") == 0
    old = time.time() - 7200
    for path in files(sessions):
        os.utime(path, (old, old))
    assert sessions.store.sweep("ann") == 1
    assert not sessions.store.blobs("ann").path(stray).exists()
    assert Sessions(Store(sessions.store.folder)).open("ann", session.id).picture() == session.picture()


def test_two_programs_on_one_store(sessions: Sessions) -> None:
    session = edited(sessions)
    other = Sessions(Store(sessions.store.folder), editor=ScriptedPainter()).open("ann", session.id)
    flip = step_from_data({"op": "flip"})
    list(session.run_turn(Wish(message="sepia"), ScriptedPlanner(Plan(act="edit", steps=(SEPIA,)))))
    # The other program takes over what was written meanwhile, and goes on from there.
    events = list(other.run_turn(Wish(message="flip"), ScriptedPlanner(Plan(act="edit", steps=(flip,)))))
    assert events[-1].kind == "saved"
    assert session.add_reference(picture(5)) == 2
    assert other.add_reference(picture(6)) == 3
    again = Sessions(Store(sessions.store.folder)).open("ann", session.id)
    assert again.history == other.history
    assert len(again.history.versions) == 4
    assert len(again.references) == 2


def test_two_programs_at_the_same_moment(sessions: Sessions) -> None:
    session = edited(sessions)
    other = Sessions(Store(sessions.store.folder), editor=ScriptedPainter()).open("ann", session.id)
    turning = session.run_turn(Wish(message="sepia"), ScriptedPlanner(Plan(act="edit", steps=(SEPIA,))))
    next(turning)
    other.add_reference(picture(6))
    events = list(turning)
    assert events[-1].kind == "turn_failed"
    assert "elsewhere" in events[-1].message
    for known in (session, Session(Store(sessions.store.folder), session.renderer, "ann", session.id)):
        assert known.turns[-1].status == "failed"
        assert known.turns[-1].events[-1] == events[-1]
    events = list(session.run_turn(Wish(message="sepia"), ScriptedPlanner(Plan(act="edit", steps=(SEPIA,)))))
    assert events[-1].kind == "saved"
    again = Sessions(Store(sessions.store.folder)).open("ann", session.id)
    assert (again.history, again.references) == (session.history, other.references)


def test_a_turn_that_another_program_died_in_blocks_nobody(sessions: Sessions) -> None:
    session = edited(sessions)
    begun = Turn(id="lost", number=0, message="for ever", process=_gone())
    assert Store(sessions.store.folder).begin_turn("ann", session.id, begun).number == 2
    events = list(session.run_turn(Wish(message="sepia"), ScriptedPlanner(Plan(act="edit", steps=(SEPIA,)))))
    assert events[-1].kind == "saved"
    assert [(turn.number, turn.message, turn.status) for turn in session.turns] == [
        (1, "a hat", "done"), (2, "for ever", "failed"), (3, "sepia", "done"),
    ]  # fmt: skip
    again = Sessions(Store(sessions.store.folder)).open("ann", session.id)
    assert [turn.message for turn in again.turns] == ["a hat", "for ever", "sepia"]


def test_a_turn_whose_program_dies_later_is_told_of(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    session = edited(sessions)
    with monkeypatch.context() as alive:
        alive.setattr(turns, "_runs", lambda *_: True)
        Store(sessions.store.folder).begin_turn("ann", session.id, Turn(id="x", number=0, message="x", process=_gone()))
        list(session.run_turn(Wish(message="sepia"), ScriptedPlanner(Plan(act="edit", steps=(SEPIA,)))))
        assert session.turns[1].status == "running"
    list(session.run_turn(Wish(message="sepia"), ScriptedPlanner(Plan(act="edit", steps=(SEPIA,)))))
    assert session.turns[1].status == "failed"


def test_a_process_with_the_number_of_a_dead_one_does_not_run_its_turn() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        began = psutil.Process(other.pid).create_time()
        turn = Turn(id="x", number=1, message="x", process=other.pid, created=began + 60)
        assert turn.as_found().status == "running"
        assert turn.model_copy(update={"created": began - 60}).as_found().status == "failed"
    assert turn.as_found().status == "failed"


def _gone() -> int:
    """The number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        return ended.pid


def test_a_record_is_kept_once_however_many_versions_play_from_it(sessions: Sessions) -> None:
    session = edited(sessions)
    for _ in range(10):
        step = step_from_data({"op": "exposure", "stops": 0.01})
        list(session.run_turn(Wish(message="x"), ScriptedPlanner(Plan(act="edit", steps=(step,)))))
    database = sqlite3.connect(sessions.store.folder / "sessions.sqlite3")
    (rows,) = database.execute("SELECT count(*) FROM records").fetchone()
    database.close()
    assert rows == len(session.history.versions[-1].records.measurements) + 1
