"""A turn: one message, the plan it led to, what happened, and the versions it made."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from typing import Literal

import psutil
from pydantic import Field

from assistant.events import Event, TurnFailed, TurnStopped
from assistant.history import Version
from assistant.plan import Plan
from assistant.records import Records
from assistant.script import Script
from assistant.where import Value, Where

Status = Literal["running", "done", "asked", "stopped", "failed"]


_CLOCKS = 2.0
"""Seconds by which the system's clock of processes and ours may differ."""


class Turn(Value):
    """Recorded when it begins and again when it ends."""

    id: str
    number: int
    """Place in the session, 1 for the first."""
    message: str
    where: Where | None = None
    base_version: str | None = None
    """The version that was on show when the message was sent."""
    plan: Plan | None = None
    status: Status = "running"
    events: tuple[Event, ...] = ()
    version_ids: tuple[str, ...] = ()
    kept: Script | None = None
    """Of a stopped turn: the script of its finished steps, ready to be kept."""
    kept_records: Records = Field(default_factory=Records)
    created: float = Field(default_factory=time.time)
    process: int = Field(default_factory=os.getpid)
    """The process that runs it."""

    def as_found(self) -> Turn:
        """As read from the store: a turn whose process is gone has failed."""
        if self.status != "running" or (self.process != os.getpid() and _runs(self.process, self.created)):
            return self
        lost = TurnFailed(message="The program ended while this ran; nothing was changed. Send it again.")
        return self.model_copy(update={"status": "failed", "events": (*self.events, lost)})


@dataclass(frozen=True)
class Outcome:
    """What carrying out a plan led to: new versions, or why not."""

    versions: tuple[Version, ...] = ()
    failed: bool = False
    stopped: TurnStopped | None = None
    kept: Script | None = None
    """Of a stopped turn: the script of its finished steps."""
    kept_records: Records = field(default_factory=Records)


def _runs(process: int, since: float) -> bool:
    """Whether the process runs and ran at that time already: after a restart another one may have its number."""
    try:
        found = psutil.Process(process)
        return found.status() != psutil.STATUS_ZOMBIE and found.create_time() <= since + _CLOCKS
    except psutil.AccessDenied:
        return True
    except (psutil.NoSuchProcess, ValueError):
        return False
