"""The feed of a session: what a page is told, once, and what that costs."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from assistant.errors import StoreFull
from assistant.pictures import Picture
from assistant.ui.feed import stream
from tests.page import HAT, SIDE, House, P, act, ann, begun, feed_of, file_of, house, news, opened, pixels, told

__all__ = ["ann", "house"]


def test_what_would_be_painted_anew_is_asked_before(house: House, ann: TestClient) -> None:
    address, _ = begun(ann)
    act(house, ann, address, act="steps", steps=[{"op": "exposure", "stops": 0.5}])
    act(house, ann, address, act="steps", steps=[HAT])
    patch = told(house, ann, address)
    switch = {"act": "switch", "step": patch["steps"][0]["id"], "on": False}
    assert act(house, ann, address, **switch) == {"repaints": 1}
    assert told(house, ann, address)["pointer"] == patch["pointer"]
    calls = house.painter.calls
    assert act(house, ann, address, **switch, sure=True, keep_painted=True) == {}
    assert house.painter.calls == calls
    act(house, ann, address, act="undo")
    assert act(house, ann, address, **switch, sure=True) == {}
    again = [card for turn in told(house, ann, address)["turns"][-1:] for card in turn["cards"] if card["op"] == "edit"]
    assert [card["words"] for card in again] == [["a red hat"]]  # what is painted anew is called by its name
    assert [step["enabled"] for step in told(house, ann, address)["steps"]] == [False, True]


def test_a_region_goes_into_the_steps(house: House, ann: TestClient) -> None:
    address, original = begun(ann)
    mask = np.zeros((24, 32), np.uint8)
    mask[6:12, 8:16] = 255
    url = "data:image/png;base64," + base64.b64encode(file_of(mask)).decode()
    step = {"op": "fill", "color": "red"}
    for region in ({"mask": url}, {"box": [25, 25, 50, 50]}):
        act(house, ann, address, act="steps", steps=[step], region=region)
        shown = opened(house, ann, address).picture().pixels
        changed = (shown != pixels()).any(axis=2)
        assert changed[14:22, 18:30].all()
        changed[12:24, 16:32] = False
        assert not changed.any()
        act(house, ann, address, act="goto", version=original)


def test_the_feed_tells_everything_once(house: House, ann: TestClient) -> None:
    address, original = begun(ann)
    session = opened(house, ann, address)
    feed = feed_of(house, session)
    first = news(feed)
    assert [version["id"] for version in first["versions"]] == [original]
    assert (first["size"], first["busy"], first["turns"]) == ([SIDE[1], SIDE[0]], False, [])
    assert feed.news() is None
    act(house, ann, address, act="steps", steps=[{"op": "sepia"}])
    second = news(feed)
    assert (len(second["versions"]), len(second["turns"]), len(second["steps"])) == (1, 1, 1)
    act(house, ann, address, act="steps", steps=[{"op": "flip"}])
    third = news(feed)
    assert (len(third["versions"]), len(third["turns"]), len(third["steps"])) == (1, 1, 1)
    assert feed.news() is None
    everything = news(feed_of(house, session))
    assert (len(everything["versions"]), len(everything["turns"]), len(everything["steps"])) == (3, 2, 2)


class Reader:
    """A page that keeps what the feed says of the script, as main.js does."""

    def __init__(self) -> None:
        self.script: list[str] = []
        self.words: dict[str, str] = {}

    def take(self, patch: dict[str, Any]) -> list[str]:
        change = patch["script"]
        self.script[change["at"] : change["at"] + change["out"]] = change["in"]
        self.words |= {step["id"]: f"{step['words']} {step['enabled']}" for step in patch["steps"]}
        return [self.words[name] for name in self.script]


def test_a_page_that_listens_knows_what_one_that_comes_knows(house: House, ann: TestClient) -> None:
    address, _ = begun(ann)
    session = opened(house, ann, address)
    feed, reader = feed_of(house, session), Reader()
    reader.take(news(feed))
    random = np.random.default_rng(4)
    for turn in range(40):
        ids, versions = reader.script, [version.id for version in session.history.versions]
        step = ids[random.integers(len(ids))] if ids else None
        asked: dict[str, Any] = {"act": "steps", "steps": [{"op": "exposure", "stops": turn / 20 - 1}]}
        if step and (kind := random.integers(6)):
            some = {"act": "revise", "step": step, "fields": {"stops": turn / 40}}
            move = {"act": "move", "step": step, "position": int(random.integers(len(ids))) + 1}
            switch = {"act": "switch", "step": step, "on": bool(random.integers(2))}
            goto = {"act": "goto", "version": versions[random.integers(len(versions))]}
            asked = [asked, some, move, switch, {"act": "drop", "step": step}, goto][kind]
        act(house, ann, address, **asked)
        patch = feed.news()
        assert patch is not None or asked["act"] == "goto"
        listened = reader.take(patch) if patch else [reader.words[name] for name in reader.script]
        assert listened == Reader().take(news(feed_of(house, session))), asked


def test_what_a_turn_costs_does_not_grow_with_the_conversation(house: House, ann: TestClient) -> None:
    address, _ = begun(ann)
    session = opened(house, ann, address)
    feed = feed_of(house, session)
    feed.news()
    sizes = []
    for turn in range(50):
        act(house, ann, address, act="steps", steps=[{"op": "exposure", "stops": 0.1 * (-1) ** turn}])
        sizes.append(len(json.dumps(news(feed))))
    print(f"a turn of the feed: {sizes[4]} bytes at turn 5, {sizes[49]} at turn 50")
    assert sizes[49] <= 1.2 * sizes[4]


def test_a_message_that_cannot_even_be_recorded_is_told(
    house: House, ann: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, _ = begun(ann)
    feed = feed_of(house, opened(house, ann, address))
    news(feed)

    def full(*_: object) -> None:
        raise StoreFull("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(house.sessions.store, "begin_turn", full)
        act(house, ann, address, act="steps", steps=[{"op": "sepia"}], words="old")
    (lost,) = news(feed)["turns"]
    assert (lost["message"], lost["failed"], lost["status"]) == ("old", "The disk is full.", "failed")
    act(house, ann, address, act="steps", steps=[{"op": "sepia"}], words="old")
    assert [turn["status"] for turn in news(feed)["turns"]] == ["done"]


def test_a_version_that_cannot_be_played_is_told_and_left(
    house: House, ann: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, original = begun(ann)
    act(house, ann, address, act="steps", steps=[{"op": "sepia"}])
    session = opened(house, ann, address)
    house.sessions.cache.clear()
    with monkeypatch.context() as patched:
        patched.setattr(session.renderer, "replay", lambda *_: Picture(pixels(9)))
        patch = told(house, ann, address)
    assert (patch["size"], len(patch["versions"])) == (None, 2)
    assert "does not play to the same pixels" in patch["trouble"]
    act(house, ann, address, act="goto", version=original)
    patch = told(house, ann, address)
    assert (patch["size"], patch["trouble"]) == ([SIDE[1], SIDE[0]], "")


def test_the_feed_of_a_deleted_session_ends(house: House, ann: TestClient) -> None:
    address, _ = begun(ann)
    feed = feed_of(house, opened(house, ann, address))

    async def whole() -> list[str]:
        found: list[str] = []
        async for event in stream(feed, 0.01):
            if event.startswith("data"):
                ann.delete(f"{P}/sessions/{address.rsplit('/', 1)[-1]}")
            found.append(event)
        return found

    assert len(asyncio.run(asyncio.wait_for(whole(), 20))) == 2
    assert ann.get(f"{address}/feed").status_code == 404


def test_how_far_the_models_are_without_a_session(ann: TestClient) -> None:
    assert ann.get(f"{P}/models").json() == {"state": "ready", "error": ""}


def test_a_stopped_step_does_not_go_on(house: House, ann: TestClient) -> None:
    address, _ = begun(ann)
    session = opened(house, ann, address)
    house.painter.during = lambda _step: session.stop()
    act(house, ann, address, act="steps", steps=[{"op": "sepia"}, HAT])
    (turn,) = told(house, ann, address)["turns"]
    assert (turn["status"], [card["state"] for card in turn["cards"]]) == ("stopped", ["done", "stopped"])


def test_server_sent_events(house: House, ann: TestClient) -> None:
    address, _ = begun(ann)
    session = opened(house, ann, address)

    async def first_two() -> list[str]:
        found: list[str] = []
        async for event in stream(feed_of(house, session)):
            found.append(event)
            if len(found) == 2:
                break
        return found

    retry, data = asyncio.run(first_two())
    assert retry == "retry: 1000\n\n"
    assert data.startswith("data: {")
    assert data.endswith("}\n\n")
    assert "\n" not in data[:-2]
