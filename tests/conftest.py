"""What every test gets: no network, no store of the person who runs them, and pictures that ship with scikit-image."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from skimage import data

from assistant.pictures import Picture
from assistant.session import Session
from assistant.sessions import Sessions
from assistant.store import Store
from tests.doubles import ScriptedPainter

collect_ignore = [] if os.environ.get("PALIMPSEST_BROWSER") else ["browser"]  # test_browser.py runs that one
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that tries to leave the machine fails."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PALIMPSEST_DATA", str(tmp_path / "palimpsest-data"))


@pytest.fixture(scope="session")
def astronaut() -> Picture:
    """512 × 512, one face."""
    return Picture(np.array(data.astronaut()))


@pytest.fixture(scope="session")
def coffee() -> Picture:
    """600 × 400, no face."""
    return Picture(np.array(data.coffee()))


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20261121)


@pytest.fixture
def painter() -> ScriptedPainter:
    return ScriptedPainter()


@pytest.fixture
def sessions(tmp_path: Path, painter: ScriptedPainter) -> Sessions:
    """A store of its own with a scripted painter."""
    return Sessions(Store(tmp_path / "store"), editor=painter)


@pytest.fixture
def session(sessions: Sessions) -> Session:
    """Ann's session with a picture of noise, 80 × 60."""
    session = sessions.create("ann")
    session.add_picture(Picture(np.random.default_rng(5).integers(0, 256, (60, 80, 3)).astype(np.uint8)))
    return session
