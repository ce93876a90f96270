"""What happens in a turn, as lines for a terminal."""

from __future__ import annotations

from assistant.cli.common import complain, say
from assistant.events import (
    Answered,
    Asked,
    Event,
    Moved,
    Planned,
    Saved,
    StepDone,
    StepFailed,
    TurnFailed,
    TurnStopped,
    Waiting,
)
from assistant.session import Session


def tell(event: Event, session: Session) -> bool:
    """Print an event where it says something new; False when the turn did not do all that was asked."""
    match event:
        case Waiting():
            complain("Waiting for the message before…")
        case Planned():
            _planned(event)
        case StepDone():
            _done(event, session)
        case Asked():
            _spoken(event.question, event.options)
            return False
        case Answered():
            _spoken(event.text, event.offers)
            return not event.refused
        case Moved():
            say(event.note or f"Version {event.version_number} is on show.")
        case Saved() if event.branch:
            say(f"Version {event.version_number} was made beside the one on show.")
        case StepFailed() | TurnFailed():
            complain(event.message)
            return False
        case TurnStopped():
            complain("Stopped; nothing was changed.")
            return False
    return True


def _planned(event: Planned) -> None:
    if event.summary:
        say(event.summary)
    if event.repaints:
        complain(f"{event.repaints} painted steps are painted anew.")


def _done(event: StepDone, session: Session) -> None:
    changed = f"{event.changed:.0%} changed" if event.changed < 1 else "whole picture"
    say(f"✓ {event.op}  {event.seconds:.1f} s, {changed}")
    for note in event.notes:
        say(f"  {note}")


def _spoken(text: str, options: tuple[str, ...]) -> None:
    say(text)
    for option in options:
        say(f"  · {option}")
