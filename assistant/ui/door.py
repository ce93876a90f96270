"""The door of the page: who somebody is (a cookie), whether they may come in (a password), what they may load."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
import secrets
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.ui.login import login_page

OWNER_COOKIE, PASS_COOKIE = "palimpsest_owner", "palimpsest_pass"
PAGE, OURS = "/", "/palimpsest/"
LOGIN = f"{OURS}login"
_YEARS = 10 * 365 * 24 * 3600
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")  # as secrets.token_urlsafe(32) makes them
_WRONG_SECONDS = 1.0
_OPEN = ("/gradio_api/startup-events",)
"""What the server asks itself while it starts."""
CONTENT_POLICY = (
    "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; object-src 'none'; base-uri 'self'; "
    "frame-ancestors 'self'; form-action 'self'"
)
"""Browsers then refuse every request that leaves this server."""


class Door:
    """ASGI middleware around everything that is served, the framework's own routes too."""

    def __init__(self, app: ASGIApp, users: dict[str, str] | None = None, shared: str = "") -> None:
        """`users` are names with their passwords; without any, whoever reaches the server may come in.

        `shared` is the one among them that all visitors have: it lets them in, and says not who they are.
        """
        self.app = app
        self._users = users or {}
        self._shared = shared

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        cookies = _cookies(scope)
        name = self._name_of(cookies.get(PASS_COOKIE, ""))
        if self._users and name is None and scope["path"] not in _OPEN:
            await (await self._refused(scope, receive))(scope, receive, send)
            return
        if words := _unwelcome(scope):
            await JSONResponse({"error": words}, 403)(scope, receive, send)
            return
        key = cookies.get(OWNER_COOKIE, "")
        fresh = not _KEY.fullmatch(key)
        key = secrets.token_urlsafe(32) if fresh else key
        known = name if name != self._shared else None
        scope.setdefault("state", {})["owner"] = owner_of(f"user {known}" if known else f"browser {key}")
        await self.app(scope, receive, self._marked(scope, send, key if fresh or _is_visit(scope) else None))

    def _marked(self, scope: Scope, send: Send, key: str | None) -> Send:
        """Adds our headers to the answer, and the cookie of somebody who is new or comes to the page again."""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
                headers.setdefault("Referrer-Policy", "same-origin")
                headers.setdefault("X-Content-Type-Options", "nosniff")
                if key is not None:
                    headers.append("Set-Cookie", _cookie(OWNER_COOKIE, key, scope))
            await send(message)

        return marked

    # -- passwords -----------------------------------------------------------------------------------------------------

    def _pass_of(self, name: str) -> str:
        """What a browser shows to be let in: it follows from name and password, so that a restart throws nobody out."""
        word = f"palimpsest {name}".encode()
        return f"{name.encode().hex()}.{hmac.new(self._users[name].encode(), word, hashlib.sha256).hexdigest()}"

    def _name_of(self, shown: str) -> str | None:
        own = shown.encode(errors="replace")
        return next((name for name in self._users if hmac.compare_digest(self._pass_of(name).encode(), own)), None)

    async def _refused(self, scope: Scope, receive: Receive) -> Response:
        """The login page, or the answer to what was filled in there."""
        request = Request(scope, receive)
        if scope["type"] == "websocket" or (scope["path"] != LOGIN and request.method not in ("GET", "HEAD")):
            return JSONResponse({"error": "Log in first: load the page again."}, 401)
        if scope["path"] != LOGIN or request.method != "POST":
            return HTMLResponse(login_page(_root(scope) + LOGIN), 401)
        said = parse_qs((await _short_body(request)).decode(errors="replace"))
        name, password = (said.get(field, [""])[0] for field in ("name", "password"))
        if name not in self._users or not hmac.compare_digest(self._users[name].encode(), password.encode()):
            await asyncio.sleep(_WRONG_SECONDS)
            return HTMLResponse(login_page(_root(scope) + LOGIN, wrong=True), 401)
        answer = RedirectResponse((_root(scope) or "") + "/", 303)
        answer.headers.append("Set-Cookie", _cookie(PASS_COOKIE, self._pass_of(name), scope))
        return answer


def owner_of(key: str) -> str:
    """The owner as the store knows them: who reads the store cannot make the cookie from it."""
    return hashlib.sha256(f"palimpsest owner {key}".encode()).hexdigest()[:32]


def _is_visit(scope: Scope) -> bool:
    """Whether the page itself is loaded: browsers keep a cookie for 400 days at most after it was last sent to them."""
    return scope["type"] == "http" and scope["method"] == "GET" and scope["path"] == PAGE


def _root(scope: Scope) -> str:
    return str(scope.get("root_path", "")).rstrip("/")


async def _short_body(request: Request, most: int = 4096) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return b""
    return body


def _unwelcome(scope: Scope) -> str:
    """Why something sent is not taken: a page of another site sent it, or it is not for our own routes. Else empty."""
    if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
        return ""
    if Headers(scope=scope).get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return "A page from elsewhere sent this. Only Palimpsest's own page is listened to."
    return "" if scope["path"].startswith(OURS) else "Nothing is taken here."


def _cookies(scope: Scope) -> dict[str, str]:
    """Read as browsers write them: other programs on this machine share our cookies, and theirs may be no good."""
    return cookie_parser(Headers(scope=scope).get("cookie", ""))


def _cookie(name: str, value: str, scope: Scope) -> str:
    """Not readable by scripts, sent only to this server, only by its own pages."""
    forwarded = Headers(scope=scope).get("x-forwarded-proto", scope.get("scheme", "http"))
    secure = "; Secure" if forwarded == "https" else ""
    return f"{name}={value}; Path=/; Max-Age={_YEARS}; HttpOnly; SameSite=Lax{secure}"
