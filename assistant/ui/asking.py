"""What every route wants to know of a request: who asks, for which session, what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Protocol

from fastapi import Depends, Request

from assistant.errors import UnsafePicture
from assistant.opening import MAX_BYTES
from assistant.session import Session
from assistant.sessions import Sessions

if TYPE_CHECKING:
    from assistant.ui.picker import Switchable

MOST_OF_A_SESSION = 512_000_000
"""Bytes of a file with a whole session."""


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
    """The bytes of one file. Raises UnsafePicture when they are too many."""
    return await _body(request, desk.max_bytes)


async def session_sent(request: Request) -> bytes:
    """The same for a whole session."""
    return await _body(request, MOST_OF_A_SESSION)


Opened = Annotated[Session, Depends(session_of)]
PictureSent = Annotated[bytes, Depends(picture_sent)]
SessionSent = Annotated[bytes, Depends(session_sent)]


async def _body(request: Request, most: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise UnsafePicture(
                f"The file has more than {most / 1e6:,.0f} MB.", allowed=f"At most {most / 1e6:,.0f} MB are taken.",
                remedy="Make it smaller.",
            )  # fmt: skip
        parts.append(chunk)
    return b"".join(parts)
