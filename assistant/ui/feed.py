"""The feed of a session: what one page does not know yet. Its size does not grow with the conversation."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator

from assistant.errors import PalimpsestError
from assistant.events import TurnFailed
from assistant.line import PLACES
from assistant.script import Script, StepId
from assistant.session import Session
from assistant.sessions import Sessions
from assistant.steps import Step
from assistant.turns import Turn
from assistant.ui.asking import Loadable, how_far
from assistant.ui.views import Data, lost_view, step_view, turn_view, version_view, waiting_view

TICK = 0.06
"""Seconds between two looks; a look at an unchanged session compares a handful of pointers."""
_PING = 15.0


class Feed:
    """Tells one page of a session in patches: everything first, then what is new or has changed."""

    def __init__(self, sessions: Sessions, session: Session, models: Loadable) -> None:
        self.sessions, self.session, self._models = sessions, session, models
        self._mark: tuple[object, ...] = ()
        self._held: tuple[object, ...] = ()
        self._turns: dict[str, Turn] = {}
        self._versions: set[str] = set()
        self._steps: dict[StepId, Step] = {}
        self._script: tuple[StepId, ...] = ()

    def has_news(self) -> bool:
        """Whether anything happened since the last patch; so cheap that it may be asked many times a second."""
        return self._now() != self._mark

    def _now(self) -> tuple[object, ...]:
        """Changes whenever something happens."""
        session = self.session
        counts = tuple((id(run), len(run.events), run.ended) for run in self.sessions.runs(session))
        models = (self._models.state, self._models.error)
        return (id(session.history), id(session.turns), session.title, len(session.references), counts, models)

    def news(self) -> Data | None:
        """The patch since the last call; None when nothing happened."""
        now = self._now()
        if now == self._mark:
            return None
        session = self.session
        self._mark = now
        self._held = (session.history, session.turns, self.sessions.runs(session))  # so that no new one gets its id
        return {
            "title": session.title, "models": how_far(self._models),
            "busy": any(not run.ended for run in self.sessions.runs(session)),
            "references": len(session.references), "turns": self._new_turns(), **self._history(),
        }  # fmt: skip

    def _new_turns(self) -> list[Data]:
        """Turns that are new or went on, the waiting message last."""
        runs = [run for run in self.sessions.runs(self.session) if not run.ended]
        begun = any(turn.status == "running" for turn in self.session.turns)
        views: list[Data] = []
        for turn in self.session.turns:
            if turn.status == "running" and runs:
                views.append(turn_view(turn, runs[0].events, self._base(turn)))
            elif self._turns.get(turn.id) is not turn:
                views.append(turn_view(turn, turn.events, self._base(turn)))
                self._turns[turn.id] = turn
        behind = runs[1:] if begun else runs
        waiting = [run for run in behind if [event.kind for event in run.events] == ["waiting"]]
        return [*views, *self._lost(), *(waiting_view(run.message) for run in waiting)]

    def _base(self, turn: Turn) -> Script | None:
        """The steps that were there when a turn began."""
        return self.session.history.version(turn.base_version).script if turn.base_version else None

    def _lost(self) -> list[Data]:
        """Messages that failed before anything of them could be recorded: the disk is full, say."""
        known = {id(event) for turn in self.session.turns[-PLACES:] for event in turn.events}
        ends = [(run, run.events[-1]) for run in self.sessions.runs(self.session) if run.ended and run.events]
        return [
            lost_view(run.message, id(run), event.message)
            for run, event in ends
            if isinstance(event, TurnFailed) and id(event) not in known
        ]

    def _history(self) -> Data:
        """The pointer, the versions that are new, and the script on show with the steps that are."""
        history = self.session.history
        fresh = [version for version in history.versions if version.id not in self._versions]
        self._versions.update(version.id for version in fresh)
        current = history.current
        steps = current.script.steps if current else ()
        shown = [step for step in steps if self._steps.get(step.id) != step]
        self._steps.update({step.id: step for step in shown})
        size, trouble = self._size() if current else (None, "")
        return {
            "pointer": history.pointer, "can_undo": history.can_undo, "can_redo": history.can_redo,
            "versions": [version_view(history, version) for version in fresh],
            "script": self._script_change(tuple(step.id for step in steps)),
            "steps": [step_view(step) for step in shown],
            "size": size, "trouble": trouble,
            "drawn": bool(current and current.script.original is None),
        }  # fmt: skip

    def _size(self) -> tuple[list[int] | None, str]:
        """Width and height of the picture on show; none, and why, where its version cannot be played any more."""
        try:
            size = self.session.picture().size
        except PalimpsestError as error:
            return None, str(error)
        return [size.width, size.height], ""

    def _script_change(self, script: tuple[StepId, ...]) -> Data:
        """How the list of steps that the page knows becomes this one: at `at`, `out` ids go and those of `in` come."""
        old, self._script = self._script, script
        shorter = min(len(old), len(script))
        start = next((place for place in range(shorter) if old[place] != script[place]), shorter)
        end = next(
            (place for place in range(shorter - start) if old[-1 - place] != script[-1 - place]), shorter - start
        )
        return {"at": start, "out": len(old) - end - start, "in": list(script[start : len(script) - end])}


async def stream(feed: Feed, tick: float = TICK) -> AsyncIterator[str]:
    """Server-sent events until the page goes away or the session is deleted; a page that comes back begins anew."""
    pinged = time.monotonic()
    yield "retry: 1000\n\n"
    while not feed.session.line.is_closed:
        patch = await asyncio.to_thread(feed.news) if feed.has_news() else None
        if patch is not None:
            yield f"data: {json.dumps(patch, ensure_ascii=False, separators=(',', ':'))}\n\n"
        elif time.monotonic() - pinged > _PING:
            yield ": still here\n\n"
        else:
            await asyncio.sleep(tick)
            continue
        pinged = time.monotonic()
