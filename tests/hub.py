"""A Hugging Face hub on this machine: as much of its protocol as fetching needs, and the ways in which it may fail."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit


@dataclass
class Asked:
    """One request that came."""

    path: str
    range: str
    token: str
    sent: int = 0
    """Bytes of the file that went out."""


@dataclass
class Hub:
    """What the hub holds and how it misbehaves."""

    url: str = ""
    repos: dict[str, dict[str, bytes]] = field(default_factory=dict)
    revisions: set[str] = field(default_factory=lambda: {"main"})
    breaks: dict[str, int] = field(default_factory=dict)
    """Path to how many bytes are sent before the connection breaks, once."""
    lies: set[str] = field(default_factory=set)
    """Paths whose bytes are not those that were promised."""
    gated: set[str] = field(default_factory=set)
    ignores_range: bool = False
    sends_elsewhere: str = ""
    """Another address that serves the bytes, as a CDN does."""
    asked: list[Asked] = field(default_factory=list)

    def commit(self, repo_id: str) -> str:
        return hashlib.sha1(repr(sorted(self.repos[repo_id])).encode()).hexdigest()

    def files_asked(self) -> list[Asked]:
        return [each for each in self.asked if "/resolve/" in each.path]

    def listing(self, repo_id: str) -> dict[str, Any]:
        siblings = [_sibling(path, content) for path, content in self.repos[repo_id].items()]
        return {"id": repo_id, "sha": self.commit(repo_id), "siblings": siblings}


def _sibling(path: str, content: bytes) -> dict[str, Any]:
    said: dict[str, Any] = {"rfilename": path, "size": len(content), "blobId": git_hash(content)}
    if path.endswith((".safetensors", ".bin", ".ckpt")):
        said["lfs"] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 130}
    return said


def git_hash(content: bytes) -> str:
    return hashlib.sha1(f"blob {len(content)}\0".encode() + content).hexdigest()


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the tests."""


@contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    """The hub, answering until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the screen."""

        def do_GET(self) -> None:
            _answer(self, hub)

    server = _Quiet(("127.0.0.1", 0), Handler)
    hub.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(request: BaseHTTPRequestHandler, hub: Hub) -> None:
    path = unquote(urlsplit(request.path).path).lstrip("/")
    asked = Asked(path, request.headers.get("range", ""), request.headers.get("authorization", ""))
    hub.asked.append(asked)
    if path.startswith("api/models/"):
        repo_id, _, revision = path.removeprefix("api/models/").partition("/revision/")
        if problem := _problem(hub, repo_id, revision):
            return _send(request, b"{}", *problem)
        return _send(request, json.dumps(hub.listing(repo_id)).encode())
    repo_id, _, rest = path.partition("/resolve/")
    revision, _, name = rest.partition("/")
    if problem := _problem(hub, repo_id, revision, name):
        return _send(request, b"", *problem)
    if hub.sends_elsewhere and not name.endswith(".json"):
        return _send(request, b"", 302, {"location": f"{hub.sends_elsewhere}/{path}"})
    return _send_file(request, hub, asked, name, hub.repos[repo_id][name])


def _problem(hub: Hub, repo_id: str, revision: str, name: str = "") -> tuple[int, dict[str, str]] | None:
    if repo_id not in hub.repos:
        return 401, {"x-error-code": "RepoNotFound"}
    if repo_id in hub.gated:
        return 403, {"x-error-code": "GatedRepo"}
    if revision not in hub.revisions | {hub.commit(repo_id)}:
        return 404, {"x-error-code": "RevisionNotFound"}
    if name and name not in hub.repos[repo_id]:
        return 404, {"x-error-code": "EntryNotFound"}
    return None


def _send(
    request: BaseHTTPRequestHandler, body: bytes, status: int = 200, headers: dict[str, str] | None = None
) -> None:
    request.send_response(status)
    for name, value in (headers or {}).items():
        request.send_header(name, value)
    request.send_header("content-length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


def _send_file(request: BaseHTTPRequestHandler, hub: Hub, asked: Asked, name: str, content: bytes) -> None:
    start = 0 if hub.ignores_range or not asked.range else int(asked.range.removeprefix("bytes=").rstrip("-"))
    body = (bytes(len(content)) if name in hub.lies else content)[start:]
    request.send_response(206 if start else 200)
    request.send_header("content-length", str(len(body)))
    if start:
        request.send_header("content-range", f"bytes {start}-{len(content) - 1}/{len(content)}")
    request.end_headers()
    if name in hub.breaks:
        body = body[: hub.breaks.pop(name)]
        request.close_connection = True
    request.wfile.write(body)
    asked.sent = len(body)
