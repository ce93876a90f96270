"""A program that is killed at random moments: nothing acknowledged is lost, nothing points to a missing file.

SIGKILL tests the order of writes and the recovery; it does not test the disk's own cache (that would take a power cut).
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path

import cv2
import numpy as np
import pytest

from assistant.pictures import Picture
from assistant.plan import Plan, Wish
from assistant.script_files import step_from_data
from assistant.sessions import Sessions
from assistant.store import Store
from tests.doubles import ScriptedPainter, ScriptedPlanner

KILLS = 200
LIFE = 2.5
"""How many turns long a child lives at most, from the moment it is ready to work; measured by the first."""
READY = ("ready", "", "")


def _work(folder: Path, session_id: str, seed: int, acknowledged: Connection) -> None:
    """Send turn after turn, and say over the pipe what was acknowledged."""
    cv2.setNumThreads(1)
    draw = random.Random(seed)
    sessions = Sessions(Store(folder), editor=ScriptedPainter())
    session = sessions.open("ann", session_id)
    acknowledged.send(READY)
    while True:
        number = len(session.turns)
        words = f"hat {seed} {number}"
        box = [draw.randrange(40), draw.randrange(30), 60, 44]
        step = step_from_data({"op": "edit", "modify": words, "where": {"box": box}})
        plan = Plan(act="undo") if draw.random() < 0.25 else Plan(act="edit", steps=(step,))
        turning = session.run_turn(Wish(message=words), ScriptedPlanner(plan))
        for event in turning:
            if event.kind == "saved":
                acknowledged.send((words, event.version_id, session.picture(event.version_id).id))


def _heard(connection: Connection) -> list[tuple[str, str, str]]:
    heard = []
    try:
        while connection.poll():
            heard.append(connection.recv())
    except (EOFError, OSError):
        pass  # the writer died in the middle of a message: that one was not heard
    return heard


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    # A server that has only imported this module: its children start in milliseconds and inherit no threads.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    draw = random.Random(20261121)
    sessions = Sessions(Store(tmp_path), editor=ScriptedPainter())
    session = sessions.create("ann")
    session.add_picture(Picture(np.random.default_rng(1).integers(0, 256, (48, 64, 3)).astype(np.uint8)))
    session_id = session.id
    sessions.store.close()
    promised: dict[str, tuple[str, str]] = {}
    longest = 0.0
    for kill in range(KILLS):
        receiver, sender = context.Pipe(duplex=False)
        child = context.Process(target=_work, args=(tmp_path, session_id, kill, sender))
        child.start()
        sender.close()
        assert receiver.poll(60), "a child did not start"
        assert receiver.recv() == READY
        began = time.perf_counter()
        if kill == 0:
            assert receiver.poll(60), "a child did no turn"
            longest = min(0.25, LIFE * (time.perf_counter() - began))
        time.sleep(draw.uniform(0, longest))
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        promised.update({version: (words, picture) for words, version, picture in _heard(receiver)})
        receiver.close()
        _check(tmp_path, session_id, promised, whole=kill % 20 == 19)
    assert len(promised) >= KILLS / 10, "the children died before they could do anything"


def _check(folder: Path, session_id: str, promised: dict[str, tuple[str, str]], whole: bool) -> None:
    """Reopen and compare: always the record, every twentieth time the pixels too."""
    store = Store(folder)
    session = Sessions(store).open("ann", session_id)
    versions = {version.id: version for version in session.history.versions}
    messages = {turn.id: turn for turn in session.turns}
    for version_id, (words, picture_id) in promised.items():
        assert version_id in versions, f"the acknowledged turn “{words}” is lost"
        assert versions[version_id].picture_id == picture_id
    for version in versions.values():
        for blob_id in (*version.records.blobs, version.script.original or ""):
            assert store.blobs("ann").path(blob_id).exists(), f"{version.id} points to a missing file"
        assert version.turn_id is None or messages[version.turn_id].status == "done"
    assert all(turn.status != "running" for turn in session.turns)
    if whole:
        for version in list(versions.values())[-10:]:
            assert session.picture(version.id).id == version.picture_id
    store.close()
