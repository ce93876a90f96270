"""How much may be sent to the page at once, and how much it keeps."""

from __future__ import annotations

import asyncio

import pytest
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.testclient import TestClient
from starlette.types import Message

from assistant.errors import TooLarge
from assistant.ui import batches, files, picker, routes
from assistant.ui.asking import MOST_OF_A_MESSAGE, object_sent
from tests.page import House, ann, begun, house, refused, told

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
