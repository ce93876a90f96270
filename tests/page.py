"""The page's own routes behind their door, with scripted models and browsers that are no browsers: for tests only."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from assistant.session import Session
from assistant.sessions import Sessions
from assistant.store import Store
from assistant.ui.asking import Desk
from assistant.ui.door import OWNER_COOKIE, Door, owner_of
from assistant.ui.feed import Feed
from assistant.ui.serving import routes_of
from assistant.ui.views import Data
from tests.doubles import ScriptedPainter, ScriptedPlanner

P = "/palimpsest"
HAT = {"op": "edit", "modify": "a red hat", "where": {"box": [10, 10, 40, 30]}}
SIDE = (48, 64)


def pixels(seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (*SIDE, 3)).astype(np.uint8)


def file_of(image: np.ndarray, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.fromarray(image).save(out, kind)
    return out.getvalue()


def decoded(data: bytes) -> np.ndarray:
    return np.array(Image.open(io.BytesIO(data)))


class Ready:
    """Models that are there."""

    state = "ready"
    error = ""

    def warm(self) -> None:
        pass


READY = Ready()


class House:
    """Sessions with scripted models behind a door; each `visitor` is a browser of its own."""

    def __init__(
        self, folder: Path, users: dict[str, str] | None = None, max_bytes: int = 2_000_000, shared: str = ""
    ) -> None:
        self.painter = ScriptedPainter()
        self.planner = ScriptedPlanner()
        self.sessions = Sessions(Store(folder / "store"), self.planner, self.painter)
        ours = routes_of(Desk(self.sessions, READY, max_bytes))
        others = [Route("/", PlainTextResponse("the page")), Route("/gradio_api/info", PlainTextResponse("theirs"))]
        self.app = Door(Starlette(routes=[Mount(P, ours), *others]), users, shared)

    def visitor(self, **more: Any) -> TestClient:
        return TestClient(self.app, follow_redirects=False, **more)

    def settle(self) -> None:
        """Waits until no turn runs."""
        for used in [*self.sessions._open.values()]:
            for run in self.sessions.runs(used.session):
                list(run.follow())


def begun(client: TestClient, image: np.ndarray | None = None) -> tuple[str, str]:
    """A new session with a picture: the address of its routes and its version."""
    address = f"{P}/s/{client.post(f'{P}/sessions').json()['id']}"
    sent = client.post(f"{address}/upload", content=file_of(pixels() if image is None else image))
    assert sent.status_code == 200, sent.text
    return address, sent.json()["version"]


def act(house: House, client: TestClient, address: str, **asked: Any) -> Any:
    """A click, done to its end; the answer's JSON."""
    answer = client.post(f"{address}/act", json=asked)
    assert answer.status_code == 200, answer.text
    house.settle()
    return answer.json()


def opened(house: House, client: TestClient, address: str) -> Session:
    """The session behind an address."""
    owner = owner_of(f"browser {client.cookies[OWNER_COOKIE]}")
    return house.sessions.open(owner, address.rsplit("/", 1)[-1])


def feed_of(house: House, session: Session) -> Feed:
    """The feed of a page that has just come."""
    return Feed(house.sessions, session, READY)


def news(feed: Feed) -> Data:
    """What is new; there has to be something."""
    patch = feed.news()
    assert patch is not None
    return patch


def told(house: House, client: TestClient, address: str) -> Data:
    """What a page that opens the session now is told first."""
    return news(feed_of(house, opened(house, client, address)))


def refused(answer: Any, status: int = 422) -> str:
    """The sentence of an answer that refuses."""
    assert answer.status_code == status, answer.text
    sentence = answer.json()["error"]
    assert re.search(r"[.?!]$", sentence)
    assert "Traceback" not in answer.text
    return sentence


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.fixture
def ann(house: House) -> Iterator[TestClient]:
    with house.visitor() as client:
        yield client
