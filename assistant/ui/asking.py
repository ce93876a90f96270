"""What every route wants to know of a request: who asks, for which session, what was sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError

from assistant import transfer
from assistant.blob_folder import disk_errors
from assistant.errors import TooLarge
from assistant.opening import MAX_BYTES
from assistant.session import Session
from assistant.sessions import Sessions
from assistant.temporary import remove_folder, temporary_folder

if TYPE_CHECKING:
    from assistant.ui.picker import Switchable

MOST_OF_A_SESSION = transfer.MAX_BYTES
"""Bytes of a file with a whole session."""
MOST_OF_A_MESSAGE = 8_000_000
"""Bytes of a message or a click: what the brush sends has 1,024 px a side, 5.6 MB if it were not compressed."""


class Loadable(Protocol):
    """The models, as far as the page cares."""

    @property
    def state(self) -> str: ...

    @property
    def error(self) -> str: ...

    def warm(self) -> None:
        """Begin to load them."""
        ...


def how_far(models: Loadable) -> dict[str, str]:
    """How far loading the models is, for the page."""
    return {"state": models.state, "error": models.error}


@dataclass(frozen=True)
class Desk:
    """What the routes work with."""

    sessions: Sessions
    models: Loadable
    max_bytes: int = MAX_BYTES
    """Of one uploaded picture."""
    workshop: Switchable | None = None
    """Where the models can be changed; None where they are not for who asks to choose."""


def desk_of(request: Request) -> Desk:
    return request.app.state.desk


def owner_of(request: Request) -> str:
    """Who asks: the door has found out."""
    return str(request.scope["state"]["owner"])


AtDesk = Annotated[Desk, Depends(desk_of)]
Owner = Annotated[str, Depends(owner_of)]


def session_of(desk: AtDesk, owner: Owner, session_id: str) -> Session:
    """The session that the address names. Raises NotFound, also for other people's."""
    return desk.sessions.open(owner, session_id)


async def picture_sent(request: Request, desk: AtDesk) -> bytes:
    """The bytes of one file. Raises TooLarge when they are too many."""
    return await _body(request, desk.max_bytes, "file")


async def session_sent(request: Request, desk: AtDesk) -> AsyncIterator[Path]:
    """A file with a whole session, on disk until the request is answered. Raises TooLarge or StoreError."""
    folder = temporary_folder(desk.sessions.store.folder, "import")
    try:
        sent = folder / "session.zip"
        with disk_errors(folder), sent.open("wb") as file:
            async for chunk in _counted(request, MOST_OF_A_SESSION, "file"):
                await asyncio.to_thread(file.write, chunk)
        yield sent
    finally:
        remove_folder(folder)


async def object_sent(request: Request) -> dict[str, Any]:
    """What a message or a click says. Raises TooLarge, or RequestValidationError for anything but a JSON object."""
    data = await _body(request, MOST_OF_A_MESSAGE, "message")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise RequestValidationError([])
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise RequestValidationError([]) from error
    if not isinstance(said, dict):
        raise RequestValidationError([])
    return said


Opened = Annotated[Session, Depends(session_of)]
PictureSent = Annotated[bytes, Depends(picture_sent)]
SessionSent = Annotated[Path, Depends(session_sent)]
Said = Annotated[dict[str, Any], Depends(object_sent)]


async def _body(request: Request, most: int, what: str) -> bytes:
    return b"".join([chunk async for chunk in _counted(request, most, what)])


async def _counted(request: Request, most: int, what: str) -> AsyncIterator[bytes]:
    """What is sent, piece by piece and not beyond `most` bytes, whatever its header says of its length."""
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            allowed = f"{most / 1e6:,.4g} MB"
            raise TooLarge(
                f"The {what} has more than {allowed}.", allowed=f"At most {allowed} are taken.",
                remedy="Make it smaller.",
            )  # fmt: skip
        yield chunk
