"""Loading what takes seconds: begun once in the background, and waited for as long as nobody says stop."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from assistant.errors import ModelUnavailable, Stopped

LoadState = Literal["cold", "loading", "ready", "failed"]
_POLL_SECONDS = 0.05


class Loader:
    """One load, shared by everybody who waits for it; after a failure the next one who waits tries again."""

    def __init__(self, load: Callable[[], object]) -> None:
        self._load = load
        self._news = threading.Condition()
        self._state: LoadState = "cold"
        self._failure: BaseException | None = None

    @property
    def state(self) -> LoadState:
        with self._news:
            return self._state

    @property
    def error(self) -> str:
        """Why the last try failed, in a sentence; empty when it did not."""
        with self._news:
            return str(self._failure or "")

    def start(self) -> None:
        """Begin in the background; nothing happens where it is loading or ready."""
        with self._news:
            if self._state in ("loading", "ready"):
                return
            self._state, self._failure = "loading", None
        threading.Thread(target=self._run, name="loading", daemon=True).start()

    def wait(self, stop: Callable[[], bool] = lambda: False) -> None:
        """Until it is ready, beginning where nobody has. Raises what loading raised; Stopped when `stop` said so.

        Loading itself goes on behind a stop: the next message will need it.
        """
        self.start()
        with self._news:
            while self._state == "loading":
                if stop():
                    raise Stopped
                self._news.wait(_POLL_SECONDS)
            if self._failure is not None:
                raise self._failure

    def _run(self) -> None:
        failure: BaseException | None = None
        try:
            with _without_collecting():
                self._load()
        except BaseException as error:  # noqa: BLE001 - the edge of a thread: raised again where it is waited for
            failure = _in_a_sentence(error) if isinstance(error, ImportError) else error
        with self._news:
            self._state, self._failure = "failed" if failure else "ready", failure
            self._news.notify_all()


def _in_a_sentence(error: ImportError) -> ModelUnavailable:
    """What to do about a library that does not import; the reason is often two layers down."""
    reason: BaseException = error
    while (deeper := reason.__cause__ or reason.__context__) is not None:
        reason = deeper
    said = ModelUnavailable(
        f"A library that the models need cannot be used here ({reason}).",
        remedy="torch and torchvision have to come from one place, and everything from one environment: install "
        "Palimpsest into a fresh one, as the README says.",
    )
    said.__cause__ = error
    return said


@contextmanager
def _without_collecting() -> Iterator[None]:
    """No garbage collection: importing makes millions of objects that stay, and looking through them takes a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
