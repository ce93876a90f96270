"""Who may write to a session: one works, one waits, in the order they came; anybody else is told to come back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from assistant.errors import NotFound, SessionBusy, Stopped

PLACES = 2


@dataclass(eq=False)
class Ticket:
    """A place in the line, with a stop flag of its own."""

    shown: str | None
    """The version that was on show when it was taken: what was pointed at."""
    base: str | None
    """The version to work on; it moves along while another message is worked on."""
    stop: threading.Event = field(default_factory=threading.Event)


class Line:
    """The line before one session."""

    def __init__(self) -> None:
        self._tickets: list[Ticket] = []
        self._moved = threading.Condition()
        self._closed = False

    def take(self, base: str | None = None) -> Ticket:
        """A place at the end. Raises SessionBusy when one works and one waits, NotFound when the session is deleted."""
        with self._moved:
            if self._closed:
                raise NotFound("This session was deleted.", remedy="Start a new one.")
            if len(self._tickets) >= PLACES:
                raise SessionBusy(
                    "One message is being worked on and another one waits.",
                    allowed="One may wait.",
                    remedy="Wait for the first, or stop it.",
                )
            ticket = Ticket(base, base)
            self._tickets.append(ticket)
            return ticket

    def is_first(self, ticket: Ticket) -> bool:
        with self._moved:
            return self._tickets[:1] == [ticket]

    def wait(self, ticket: Ticket) -> None:
        """Until everybody before has left. Raises Stopped when it is taken back meanwhile."""
        with self._moved:
            while self._tickets[:1] != [ticket]:
                if ticket not in self._tickets:
                    raise Stopped
                self._moved.wait()

    def leave(self, ticket: Ticket) -> None:
        with self._moved:
            if ticket in self._tickets:
                self._tickets.remove(ticket)
            self._moved.notify_all()

    def stop(self, waiting: bool = False) -> None:
        """Stop the one that works; with `waiting`, the one behind it too."""
        with self._moved:
            for ticket in self._tickets if waiting else self._tickets[:1]:
                ticket.stop.set()

    def take_back(self) -> bool:
        """The one that waits goes, the one that works stays; whether any waited."""
        with self._moved:
            waited = len(self._tickets) > 1
            del self._tickets[1:]
            self._moved.notify_all()
            return waited

    def close(self) -> None:
        """Stop everybody, wait until they have left, and let nobody in again."""
        with self._moved:
            self._closed = True
            for ticket in self._tickets:
                ticket.stop.set()
            while self._tickets:
                self._moved.wait()

    @property
    def is_closed(self) -> bool:
        """Whether the session is deleted."""
        return self._closed

    @property
    def is_busy(self) -> bool:
        with self._moved:
            return bool(self._tickets)

    @contextmanager
    def writer(self) -> Iterator[None]:
        """Be the writer for a moment. Raises as `take`."""
        ticket = self.take()
        try:
            self.wait(ticket)
            yield
        finally:
            self.leave(ticket)
