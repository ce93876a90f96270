"""All sessions of a store: made, opened once and shared, run in the background, listed, deleted."""

from __future__ import annotations

import builtins
import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from assistant.blobs import NotedBlobs
from assistant.cache import PictureCache
from assistant.editor import Editor
from assistant.events import Event
from assistant.finding import Locator
from assistant.plan import Plan, Planner, Wish
from assistant.render import Renderer
from assistant.script import new_id
from assistant.session import Session
from assistant.store import Store
from assistant.verifier import Verifier


@dataclass
class TurnRun:
    """A turn that runs in its own thread; whoever listens, and how often, makes no difference to it."""

    message: str = ""
    """What was said; a run that waits has no turn yet."""
    events: list[Event] = field(default_factory=list)
    error: BaseException | None = None
    ended: bool = False
    news: threading.Condition = field(default_factory=threading.Condition)

    def follow(self, after: int = 0) -> Iterator[Event]:
        """The events from number `after` on, to the turn's end. Raises what the turn raised (SessionBusy)."""
        ended = False
        while not ended:
            with self.news:
                while not self.ended and len(self.events) <= after:
                    self.news.wait()
                fresh, ended = self.events[after:], self.ended
            after += len(fresh)
            yield from fresh
        if self.error is not None:
            raise self.error

    def _run(self, turning: Generator[Event, None, Any]) -> None:
        try:
            for event in turning:
                with self.news:
                    self.events.append(event)
                    self.news.notify_all()
        except BaseException as error:  # noqa: BLE001 - handed to whoever follows
            self.error = error
        finally:
            with self.news:
                self.ended = True
                self.news.notify_all()


class _Open(NamedTuple):
    """A session in use, and what it wrote."""

    session: Session
    blobs: NotedBlobs


class Sessions:
    """The door for the page, the command line and the API. One Session object per session and process."""

    def __init__(
        self,
        store: Store,
        planner: Planner | None = None,
        editor: Editor | None = None,
        locator: Locator | None = None,
        verifier: Verifier | None = None,
    ) -> None:
        self.store = store
        self.planner = planner
        self.editor = editor
        self.locator = locator
        self.verifier = verifier
        self.cache = PictureCache()
        self._open: dict[str, _Open] = {}
        self._runs: dict[str, builtins.list[TurnRun]] = {}
        self._lock = threading.Lock()

    def create(self, owner: str, title: str = "") -> Session:
        session_id = new_id()
        self.store.create(session_id, owner, title)
        return self.open(owner, session_id)

    def open(self, owner: str, session_id: str) -> Session:
        """The session, the same object for everybody who opens it. Raises NotFound."""
        with self._lock:
            known = self._open.get(session_id)
            if known is not None and known.session.owner == owner:
                return known.session
            blobs = NotedBlobs(self.store.blobs(owner))
            renderer = Renderer(blobs, self.editor, self.locator, self.cache)
            session = Session(self.store, renderer, owner, session_id, self.verifier)
            self._open[session_id] = _Open(session, blobs)
            return session

    def reopen(self, owner: str, session_id: str) -> Session:
        """Read it from the store again, forgetting the object in use."""
        with self._lock:
            self._open.pop(session_id, None)
        return self.open(owner, session_id)

    def list(self, owner: str) -> list[dict[str, Any]]:
        return self.store.sessions(owner)

    def delete(self, owner: str, session_id: str) -> None:
        """Remove record, cache, thumbnails and files of the session. Raises NotFound."""
        session = self.open(owner, session_id)
        session.line.close()  # stops what runs, waits for its end, lets nobody in
        with self._lock:
            put = self._open[session_id].blobs.noted
            others = [other for name, other in self._open.items() if name != session_id]
            spared = set[str]().union(*(other.blobs.noted for other in others if other.session.owner == owner))
        try:
            self.store.delete(owner, session_id, put, spared)
        finally:
            with self._lock:
                self._open.pop(session_id, None)
                self._runs.pop(session_id, None)
            self.cache.clear()

    def start(self, session: Session, wish: Wish, planner: Planner) -> TurnRun:
        """Run a message in the background: it goes on when the page closes, and only `Session.stop` ends it.

        Raises SessionBusy when one message is worked on and another one waits.
        """
        ticket = session.ticket()
        return self._started(session, session.run_turn(wish, planner, ticket), wish.message)

    def start_plan(self, session: Session, plan: Plan, wish: Wish | None = None) -> TurnRun:
        """The same for a plan made by hand."""
        ticket = session.ticket()
        return self._started(session, session.run_plan(plan, wish, ticket), wish.message if wish else plan.summary)

    def _started(self, session: Session, turning: Generator[Event, None, Any], message: str) -> TurnRun:
        run = TurnRun(message)
        with self._lock:
            unfinished = [other for other in self._runs.get(session.id, []) if not other.ended]
            self._runs[session.id] = [*unfinished, run]
        threading.Thread(target=run._run, args=(turning,), name=f"turn {session.id}", daemon=True).start()
        return run

    def runs(self, session: Session) -> builtins.list[TurnRun]:
        """The turns that run or wait, in order, or the one that ran last.

        Lists are replaced and never changed: no lock, so that a feed does not wait while a session is being read.
        """
        return [*self._runs.get(session.id, ())]

    def latest_run(self, session: Session) -> TurnRun | None:
        """The turn that runs now, or the one that ran last: for a page that comes back."""
        with self._lock:
            runs = self._runs.get(session.id, [])
            return next((run for run in runs if not run.ended), runs[-1] if runs else None)
