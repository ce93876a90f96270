"""Language models on a server of the owner's own network: any that speaks OpenAI's chat protocol with JSON schemas.

vLLM, SGLang, llama.cpp and Ollama do. Nothing is sent anywhere but to the address the owner gave: no redirects, no
proxies from the environment.
"""

from __future__ import annotations

import base64
import json
import queue
import re
import threading
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import httpx

from assistant.errors import BadAnswer, ModelUnavailable, Stopped
from assistant.pictures import Picture, preview
from assistant.vlm import MAX_TOKENS, SEEN_SIDE, Message, Notation, Stop, T, never
from assistant.vlm.door import at_the_door
from assistant.vlm.schemas import schema_of
from assistant.vlm.words import read_answer, without_control

CONNECT_SECONDS = 5.0
MAX_ANSWER_BYTES = 2_000_000
_QUALITY = 90
_POLL_SECONDS = 0.05
_THOUGHT = re.compile(r"^\s*[^{\[`\s].*?</think>", re.DOTALL)
"""Some servers keep the opening tag to themselves; an answer itself begins with a bracket or a fence."""
_FENCED = re.compile(r"^\s*```(?:json)?\s*(.*?)\s*```\s*$", re.DOTALL)


class RemoteGate:
    """The gate to `model` at `url`, such as http://192.168.1.20:8000/v1."""

    def __init__(self, url: str, model: str = "", key: str | None = None, seconds: float = 60.0) -> None:
        """`model` "" is the first that the server names; `key` is sent as a bearer token; `seconds` an answer may take.

        Raises ModelUnavailable.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ModelUnavailable(
                f"“{url}” is not the address of a language model.", allowed="It begins with http:// or https://.",
                remedy="Give an address such as http://192.168.1.20:8000/v1.",
            )  # fmt: skip
        base = url.rstrip("/").removesuffix("/chat/completions")
        self.url, self._models_url = base + "/chat/completions", base + "/models"
        self.model = model
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._timeout = httpx.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))

    def ask(
        self, messages: Sequence[Message], schema: type[T], notation: Notation[T] | None = None,
        stop: Stop = never, max_tokens: int = MAX_TOKENS,
    ) -> T:  # fmt: skip
        """As Gate.ask; the notation is for models that were taught it and is not used: servers are asked for JSON."""
        with at_the_door():
            return self._asked(messages, schema, stop, max_tokens)

    def _asked(self, messages: Sequence[Message], schema: type[T], stop: Stop, max_tokens: int) -> T:
        self.model = self.model or self.first_model(stop)
        wanted = {"name": schema.__name__, "schema": schema_of(schema), "strict": True}
        body = {
            "model": self.model, "messages": [_as_json(message) for message in messages], "temperature": 0,
            "max_tokens": max_tokens, "response_format": {"type": "json_schema", "json_schema": wanted},
        }  # fmt: skip
        return read_answer(_content(self._sent("POST", self.url, body, stop)), schema)

    def first_model(self, stop: Stop = never) -> str:
        """The name of the first model that the server offers. Raises ModelUnavailable where it names none."""
        said = self._sent("GET", self._models_url, None, stop)
        try:
            return str(said["data"][0]["id"])
        except (KeyError, IndexError, TypeError) as error:
            raise self._unavailable("names no model", "Say which one: --planner-model NAME") from error

    def _sent(self, method: str, url: str, body: dict[str, Any] | None, stop: Stop) -> Any:
        """The server's JSON. The request runs in a thread, so that Stop need not wait for the server."""
        client = httpx.Client(timeout=self._timeout, follow_redirects=False, trust_env=False)
        answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        threading.Thread(target=self._send, args=(client, method, url, body, answers), daemon=True).start()
        while True:
            if stop():
                client.close()
                raise Stopped
            try:
                answer = answers.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
            if isinstance(answer, Exception):
                raise answer
            return answer

    def _send(
        self, client: httpx.Client, method: str, url: str, body: dict[str, Any] | None,
        answers: queue.SimpleQueue[Any],
    ) -> None:  # fmt: skip
        try:
            with client, client.stream(method, url, json=body, headers=self._headers) as response:
                answers.put(self._read(response))
        except httpx.TimeoutException:
            answers.put(self._unavailable("did not answer in time", "Is the server busy, or still loading the model?"))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            answers.put(self._unavailable(f"cannot be reached ({error})", "Is the server running at that address?"))
        except Exception as error:  # noqa: BLE001 - the edge of a thread: raised again where the answer is awaited
            answers.put(error)

    def _read(self, response: httpx.Response) -> Any:
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > MAX_ANSWER_BYTES:
                raise self._unavailable(f"sent more than {MAX_ANSWER_BYTES:,} bytes", "Is it a language model's?")
        text = data.decode("utf-8", errors="replace")
        if response.is_redirect:
            raise self._unavailable(
                f"points elsewhere (status {response.status_code})", "Give the address where the model really is."
            )
        if response.status_code != httpx.codes.OK:
            raise self._unavailable(f"refused (status {response.status_code}: {_complaint(text)})", self._advice(text))
        try:
            return json.loads(text)
        except ValueError as error:
            raise self._unavailable("did not answer with JSON", "Does the address end in /v1?") from error

    def _advice(self, complaint: str) -> str:
        if "model" in complaint.lower():
            return f"Does the server have the model “{self.model}”?"
        return "Look at the server's log."

    def _unavailable(self, what: str, remedy: str) -> ModelUnavailable:
        return ModelUnavailable(f"The language model at {self.url} {what}.", remedy=remedy)


def _as_json(message: Message) -> dict[str, Any]:
    text = without_control(message.text)
    if not message.pictures:
        return {"role": message.role, "content": text}
    shown = [{"type": "image_url", "image_url": {"url": _data_url(picture)}} for picture in message.pictures]
    return {"role": message.role, "content": [*shown, {"type": "text", "text": text}]}


def _data_url(picture: Picture) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(preview(picture, SEEN_SIDE, _QUALITY)).decode()


def _complaint(text: str) -> str:
    """What the server said was wrong, in a line."""
    try:
        error = json.loads(text).get("error", text)
    except (ValueError, AttributeError):
        error = text
    said = error.get("message", error) if isinstance(error, dict) else error
    return " ".join(str(said).split())[:200] or "nothing said"


def _content(answer: Any) -> str:
    """The text of the first choice. Raises BadAnswer."""
    try:
        choice = answer["choices"][0]
        content, reason = choice["message"]["content"], choice.get("finish_reason")
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise BadAnswer(json.dumps(answer)[:2000], "there is no message in it") from error
    if not isinstance(content, str):
        raise BadAnswer(json.dumps(answer)[:2000], "its message is not text")
    if reason == "length":
        raise BadAnswer(content, "it was cut off before its end")
    content = _THOUGHT.sub("", content, count=1)
    fenced = _FENCED.match(content)
    return fenced[1] if fenced else content
