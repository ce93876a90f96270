"""Models on a server: a real HTTP server on this machine that speaks the protocol, well and badly."""

from __future__ import annotations

import base64
import contextlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

import numpy as np
import pytest
from pydantic import BaseModel

from assistant.drafts import State
from assistant.errors import BadAnswer, ModelUnavailable, Stopped
from assistant.history import History
from assistant.models import Elsewhere, load_models
from assistant.opening import open_picture
from assistant.pictures import Picture
from assistant.plan import Wish
from assistant.planner import LlmPlanner
from assistant.planning.dialects import JsonDialect
from assistant.profiles import profile_named
from assistant.vlm import Message
from assistant.vlm.remote import RemoteGate


class Yes(BaseModel):
    yes: bool
    why: Literal["seen", "guessed"]


GOOD = '{"yes":true,"why":"seen"}'


class Server(ThreadingHTTPServer):
    """Answers every request with the next thing it was told to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[tuple[int, Any]] = []
        self.requests: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.keys: list[str | None] = []
        self.pause = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def says(self, content: Any, finish: str = "stop") -> None:
        message = {"role": "assistant", "content": content}
        self.answers.append((200, {"choices": [{"index": 0, "message": message, "finish_reason": finish}]}))


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.answer()

    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        server.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.answer()

    def answer(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        server.paths.append(self.path)
        server.keys.append(self.headers.get("Authorization"))
        time.sleep(server.pause)
        status, answer = server.answers.pop(0)
        data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        if status in (301, 302, 307, 308):
            self.send_header("Location", str(answer))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def asked(server: Server, **given: Any) -> Yes:
    return RemoteGate(server.url, "tiny", **given).ask([Message("user", "well?")], Yes)


def test_a_question_and_its_answer(server: Server) -> None:
    server.says(GOOD)
    picture = Picture(np.full((400, 3000, 3), 200, np.uint8))
    messages = [Message("system", "Be brief."), Message("user", "well? <|im_end|>", (picture,))]
    answer = RemoteGate(server.url + "/", "tiny", key="secret").ask(messages, Yes, max_tokens=77)
    assert answer == Yes(yes=True, why="seen")
    request = server.requests[0]
    assert server.paths == ["/v1/chat/completions"]
    assert server.keys == ["Bearer secret"]
    assert (request["model"], request["max_tokens"], request["temperature"]) == ("tiny", 77, 0)
    schema = request["response_format"]["json_schema"]["schema"]
    assert request["response_format"]["type"] == "json_schema"
    assert schema["required"] == ["yes", "why"]
    assert schema["additionalProperties"] is False
    assert request["messages"][0] == {"role": "system", "content": "Be brief."}
    shown, words = request["messages"][1]["content"]
    assert words == {"type": "text", "text": "well? "}
    kind, data = shown["image_url"]["url"].split(",")
    assert kind == "data:image/jpeg;base64"
    assert open_picture(base64.b64decode(data)).picture.size.width == 1024


def test_a_plan_from_a_server(server: Server) -> None:
    server.says('{"act":"edit","steps":[{"op":"crop","aspect":"1:1"}]}')
    draft = JsonDialect().draft(RemoteGate(server.url, "tiny"), State(message="make it a square"))
    assert [step.wish() for step in draft.steps] == [{"op": "crop", "aspect": "1:1"}]
    assert "make it a square" in server.requests[0]["messages"][1]["content"]


def test_no_key_no_header(server: Server) -> None:
    server.says(GOOD)
    assert asked(server).yes
    assert server.keys == [None]


@pytest.mark.parametrize(
    "content",
    [
        f"```json\n{GOOD}\n```", f"<think>hm</think>\n```\n{GOOD}```", f"<think>is it {{?}}\n</think>\n\n{GOOD}",
        f"well, {{hm}}\n</think>\n{GOOD}", f"<think></think>{GOOD}",
    ],
)  # fmt: skip
def test_fences_around_the_answer_and_thoughts_before_it_are_taken_off(server: Server, content: str) -> None:
    server.says(content)
    assert asked(server).yes


@pytest.mark.parametrize(
    ("content", "reason"),
    [("Sure! Here you go.", "Invalid JSON"), ('{"yes":"maybe","why":"seen"}', "yes"), (None, "not text"), ("", "JSON")],
)
def test_answers_that_are_none(server: Server, content: Any, reason: str) -> None:
    server.says(content)
    with pytest.raises(BadAnswer) as caught:
        asked(server)
    assert reason in caught.value.reason


def test_an_answer_cut_off(server: Server) -> None:
    server.says('{"yes":tr', finish="length")
    with pytest.raises(BadAnswer, match="cut off"):
        asked(server)


@pytest.mark.parametrize("body", [{}, {"choices": []}, [], {"choices": [{"message": None}]}, "text", 5])
def test_json_that_is_no_answer(server: Server, body: Any) -> None:
    server.answers.append((200, body))
    with pytest.raises(BadAnswer, match="no message"):
        asked(server)


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (404, {"error": {"message": "The model `tiny` does not exist."}}, "Does the server have the model “tiny”"),
        (400, {"error": "response_format not supported"}, "response_format not supported"),
        (401, {"detail": "no key"}, "status 401"),
        (500, b"<html>oops</html>", "status 500: <html>oops</html>"),
        (200, b"<html>hello</html>", "did not answer with JSON"),
        (200, b"x" * 2_100_000, "more than 2,000,000 bytes"),
        (302, "http://example.org/v1/chat/completions", "points elsewhere"),
        (307, "/v2/chat/completions", "points elsewhere"),
    ],
)  # fmt: skip
def test_servers_that_refuse(server: Server, status: int, body: Any, words: str) -> None:
    server.answers.append((status, body))
    with pytest.raises(ModelUnavailable) as caught:
        asked(server)
    assert words in str(caught.value)
    assert len(server.requests) == 1


def test_nobody_is_there() -> None:
    closed = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    port = closed.server_port
    closed.server_close()
    with pytest.raises(ModelUnavailable, match="Is the server running"):
        RemoteGate(f"http://127.0.0.1:{port}/v1", "tiny").ask([Message("user", "well?")], Yes)


def test_a_server_that_takes_too_long(server: Server) -> None:
    server.pause = 0.6
    server.says(GOOD)
    with pytest.raises(ModelUnavailable, match="did not answer in time"):
        asked(server, seconds=0.2)


def test_stop_does_not_wait_for_the_server(server: Server) -> None:
    server.pause = 1.5
    server.says(GOOD)
    began = time.monotonic()
    with pytest.raises(Stopped):
        RemoteGate(server.url, "tiny").ask([Message("user", "well?")], Yes, stop=lambda: time.monotonic() - began > 0.2)
    assert time.monotonic() - began < 1.2


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://host/v1", "host:8000", "", "http://"])
def test_only_http_addresses(url: str) -> None:
    with pytest.raises(ModelUnavailable, match="not the address"):
        RemoteGate(url, "tiny")


def test_proxies_of_the_environment_are_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.says(GOOD)
    assert asked(server).yes


def test_without_a_name_the_first_model_is_asked(server: Server) -> None:
    server.answers.append((200, {"object": "list", "data": [{"id": "qwen3-vl"}, {"id": "other"}]}))
    server.says(GOOD)
    server.says(GOOD)
    gate = RemoteGate(server.url)
    for _ in range(2):
        assert gate.ask([Message("user", "well?")], Yes).yes
    assert server.paths == ["/v1/models", "/v1/chat/completions", "/v1/chat/completions"]
    assert [request["model"] for request in server.requests] == ["qwen3-vl", "qwen3-vl"]


@pytest.mark.parametrize("said", [{}, {"data": []}, {"data": [{}]}, [1]])
def test_a_server_that_names_no_model_is_told_so(server: Server, said: Any) -> None:
    server.answers.append((200, said))
    with pytest.raises(ModelUnavailable, match="--planner-model"):
        RemoteGate(server.url).ask([Message("user", "well?")], Yes)


def test_a_server_plans_for_the_embedded_painter(server: Server) -> None:
    models = load_models(profile_named("sketchbook"), elsewhere=Elsewhere(server.url, "large"))
    server.says('{"act":"edit","steps":[{"op":"crop","aspect":"1:1"}]}')
    assert isinstance(models.planner, LlmPlanner)
    models.planner.loader = None  # nothing of ours is needed for a plan of exact steps
    models.planner.kind_of = lambda *_: "photo"
    picture = Picture(np.full((40, 60, 3), 200, np.uint8))
    plan = models.planner.plan(Wish(message="make it square"), History(), picture, lambda: False)
    assert [step.op for step in plan.steps] == ["crop"]
    assert server.requests[0]["response_format"]["type"] == "json_schema"
    assert server.requests[0]["model"] == "large"
