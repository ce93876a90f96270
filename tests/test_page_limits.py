"""How much may be sent to the page at once, and how much it keeps."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.testclient import TestClient
from starlette.types import Message

from assistant.errors import TooLarge
from assistant.sessions import Sessions
from assistant.transfer import MAX_BYTES, import_session
from assistant.ui import batches, files, picker, routes
from assistant.ui.asking import MOST_OF_A_MESSAGE, MOST_OF_A_SESSION, object_sent
from assistant.ui.files import NOTICE
from tests.page import House, P, ann, begun, house, refused, told

__all__ = ["ann", "house"]


def test_no_route_leaves_reading_what_is_sent_to_the_framework() -> None:
    ours = [route for part in (batches, files, picker, routes) for route in part.routes.routes]
    assert all(isinstance(route, APIRoute) and route.body_field is None for route in ours)


@pytest.mark.parametrize("route", ["say", "act", "stop"])
def test_what_is_said_has_a_most_of_bytes(house: House, ann: TestClient, route: str) -> None:
    address, _ = begun(ann)
    header = {"content-type": "application/json"}
    pieces = [b'{"back": true, "message": "', *[b"x" * 100_000] * (MOST_OF_A_MESSAGE // 100_000), b'"}']
    for sent in (b"".join(pieces), iter(pieces)):  # with its length in the header, and without
        assert "8 MB" in refused(ann.post(f"{address}/{route}", content=sent, headers=header), 413)
    assert ann.post(f"{address}/stop", content=b'{"back": true}', headers=header).json() == {"taken": False}
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        refused(ann.post(f"{address}/{route}", content=b'{"back": true}', headers={"content-type": kind}))
    refused(ann.post(f"{address}/{route}", content=b'{"a":' + b"[" * 1_000_000, headers=header))
    assert told(house, ann, address)["turns"] == []


def test_no_more_of_a_message_is_read_than_is_taken() -> None:
    read = []

    async def receive() -> Message:
        read.append(1_000_000)
        return {"type": "http.request", "body": b"x" * read[-1], "more_body": True}

    request = Request({"type": "http", "method": "POST", "headers": []}, receive)
    with pytest.raises(TooLarge):
        asyncio.run(object_sent(request))
    assert sum(read) <= MOST_OF_A_MESSAGE + read[0]


# -- whole sessions ----------------------------------------------------------------------------------------------------


def test_a_session_is_read_from_disk_and_nothing_of_the_file_stays(
    house: House, ann: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, _ = begun(ann)
    exported = ann.get(f"{address}/export.zip").content
    read = []

    def reading(sessions: Sessions, owner: str, source: Any) -> Any:
        read.append(source.read_bytes())
        assert tmp_path in source.parents
        return import_session(sessions, owner, source)

    monkeypatch.setattr("assistant.ui.files.import_session", reading)
    assert ann.post(f"{P}/import", content=exported).status_code == 200
    refused(ann.post(f"{P}/import", content=b"PK no session"))
    assert read == [exported, b"PK no session"]
    assert [*(tmp_path / "store" / "temporary").rglob("*")] == []


def test_the_page_takes_sessions_as_large_as_the_command(
    house: House, ann: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_OF_A_SESSION == MAX_BYTES
    monkeypatch.setattr("assistant.ui.asking.MOST_OF_A_SESSION", 5_000_000)
    assert "5 MB" in refused(ann.post(f"{P}/import", content=iter([b"x" * 1_000_000] * 6)), 413)
    assert [*(tmp_path / "store" / "temporary").rglob("*")] == []


@pytest.mark.parametrize("limit", ["MAX_BYTES", "MAX_SESSION_BYTES"])
def test_a_session_that_could_not_be_opened_again_says_so(
    house: House, ann: TestClient, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    address, _ = begun(ann)
    assert NOTICE not in ann.get(f"{address}/export.zip").headers
    for module in ("importable", "transfer"):
        monkeypatch.setattr(f"assistant.{module}.{limit}", 200)
    answer = ann.get(f"{address}/export.zip")
    assert "could not be opened again" in answer.headers[NOTICE]
    refused(ann.post(f"{P}/import", content=answer.content))
