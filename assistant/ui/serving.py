"""The server: our routes beside Gradio's, one door before both, a free port, and a share link with a password."""

from __future__ import annotations

import logging
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import ValidationError
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from assistant.errors import BatchFull, NotFound, PalimpsestError, SessionBusy, TooLarge
from assistant.ui import batches, files, picker, routes
from assistant.ui.asking import Desk
from assistant.ui.batches import Batches
from assistant.ui.door import Door
from assistant.ui.page import CSS, STATIC, build, head, theme

FIRST_PORT, PORTS_TRIED = 7860, 100
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
GUEST = "guest"
_LOG = logging.getLogger(__name__)
_STATUS = {NotFound: 404, SessionBusy: 409, BatchFull: 409, TooLarge: 413}
"""Of errors that have one of their own."""


@dataclass(frozen=True)
class Serving:
    """How the page is offered."""

    host: str = "127.0.0.1"
    port: int | None = None
    """The wanted one; the next free one is taken when it is not. The first free one from 7860 when left out."""
    users: dict[str, str] = field(default_factory=dict)
    """Names and their passwords; nobody needs one when there are none."""
    share: bool = False
    open_browser: bool = False
    shared_name: str = ""
    """The name among `users` that all visitors have: who somebody is, is then a cookie of their browser."""

    @property
    def is_private(self) -> bool:
        """Only who sits at this machine has the page."""
        return self.host in _LOOPBACK and not self.users and not self.share


def free_port(host: str, first: int) -> int:
    """The first port from `first` on that nobody listens on. Raises PalimpsestError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(first, min(first + PORTS_TRIED, 65536)):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise PalimpsestError(
        f"No port from {first} to {first + PORTS_TRIED - 1} can be listened on at {host}.",
        remedy="Choose another --port, or another --host.",
    )


def guarded(serving: Serving) -> Serving:
    """With a password made up where the page is shared without one."""
    if not serving.share or serving.users:
        return serving
    return replace(serving, users={GUEST: secrets.token_urlsafe(9)}, shared_name=GUEST)


def warnings_of(serving: Serving) -> list[str]:
    """What the person who starts it should know, in sentences."""
    said = []
    if serving.share:
        said.append(
            "Sharing: everything that visitors see and send passes through a relay of Gradio's makers, outside this "
            "machine. Stop the program to end it."
        )
    elif serving.host not in _LOOPBACK and not serving.users:
        said.append(
            f"Whoever reaches this machine at {serving.host} can use the page. "
            "--auth NAME:PASSWORD asks for a password."
        )
    if serving.shared_name:
        said.append(f"Name: {serving.shared_name}   Password: {serving.users[serving.shared_name]}")
    return said


class _Static(StaticFiles):
    """Files that a browser asks after every time, so that no page mixes those of two versions of the program."""

    def file_response(self, *args: Any, **named: Any) -> Response:
        answer = super().file_response(*args, **named)
        answer.headers["Cache-Control"] = "no-cache"
        return answer


def routes_of(desk: Desk) -> FastAPI:
    """Our own part of the server, to be mounted at /palimpsest."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    app.state.batches = Batches(desk.sessions.store.folder)
    for part in (routes, files, batches, picker):
        app.include_router(part.routes)
    app.mount("/static", _Static(directory=STATIC))
    app.add_exception_handler(PalimpsestError, _sentence)
    app.add_exception_handler(ValueError, _malformed)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(Exception, _fault)
    return app


async def _sentence(_request: Request, error: Exception) -> JSONResponse:
    status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 422)
    return JSONResponse({"error": str(error), "kind": type(error).__name__}, status)


async def _malformed(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError | ValidationError):
        _LOG.warning("a request was answered as one that makes no sense", exc_info=error)  # or is it a fault of ours?
    return JSONResponse({"error": "The page sent something that makes no sense. Load it again."}, 422)


async def _fault(_request: Request, error: Exception) -> JSONResponse:
    """A fault of ours: a sentence for the person; the log has the rest."""
    words = f"Something went wrong inside Palimpsest ({type(error).__name__}); nothing was changed."
    return JSONResponse({"error": words}, 500)


def launch(desk: Desk, serving: Serving, tell: Callable[[str], None] = print, block: bool = True) -> str:
    """Serve the page until the program is stopped; the address when `block` is False. Nothing is sent elsewhere."""
    serving = guarded(serving)
    port = free_port(serving.host, serving.port or FIRST_PORT)
    if serving.port and port != serving.port:
        tell(f"Port {serving.port} is taken; this is served on {port}.")
    for sentence in warnings_of(serving):
        tell(sentence)
    page = build()
    ours = Mount("/palimpsest", routes_of(desk))
    door = Middleware(Door, users=serving.users, shared=serving.shared_name)
    _, address, shared = page.launch(
        server_name=serving.host, server_port=port, share=serving.share, inbrowser=serving.open_browser,
        prevent_thread_lock=True, quiet=True, footer_links=[], run_history=False, ssr_mode=False,
        app_kwargs={"routes": [ours], "middleware": [door]},
        theme=theme(), css=CSS, head=head(), favicon_path=STATIC / "favicon.png",
    )  # fmt: skip
    desk.models.warm()
    if serving.share and not shared:
        tell("No public link could be made: the relay's program could not be loaded. Only this machine has the page.")
    tell(f"Palimpsest is at {shared or address}")
    if block:
        page.block_thread()
    return address
