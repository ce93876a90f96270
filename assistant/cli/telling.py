"""What happens in a turn, as lines for a terminal."""

from __future__ import annotations

from assistant.cli.common import complain, say
from assistant.events import (
    Answered,
    Asked,
    Checked,
    Event,
    Loading,
    Moved,
    Planned,
    Saved,
    StepDone,
    StepFailed,
    TurnFailed,
    TurnStopped,
    VariantStarted,
    Waiting,
)


class Teller:
    """Tells one turn."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}

    def tell(self, event: Event) -> bool:
        """Print an event where it says something new; False when the turn did not do all that was asked."""
        match event:
            case Waiting():
                complain("Waiting for the message before…")
            case Loading():
                complain("Loading the models…")
            case Planned():
                self._planned(event)
                return not event.notes
            case VariantStarted():
                self._words = dict(zip(event.step_ids, event.step_words, strict=False))
                say(f"Variant {event.number}: {'; '.join(event.step_words)}")
            case StepDone():
                self._done(event)
            case Checked() if event.done is False:
                complain(f"  Not as wished: {event.note}")
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
            case Saved() if event.partial:
                say(f"What was done before that is version {event.version_number}.")
            case StepFailed() | TurnFailed():
                complain(event.message)
                return False
            case TurnStopped():
                complain(_stopped(event.kept_steps))
                return False
        return True

    def _planned(self, event: Planned) -> None:
        self._words = dict(zip(event.step_ids, event.step_words, strict=False))
        if event.summary:
            say(event.summary)
        for choice in event.chosen:
            say(choice)
        if event.notes:
            _spoken(" ".join(event.notes), event.offers)
        if event.repaints:
            complain(
                "A painted step is painted anew."
                if event.repaints == 1
                else f"{event.repaints} painted steps are painted anew."
            )

    def _done(self, event: StepDone) -> None:
        words = "; ".join(self._words[step_id] for step_id in event.step_ids if step_id in self._words)
        if not words:
            return  # an old step that was played again
        changed = f"{event.changed:.0%} changed" if event.changed < 1 else "whole picture"
        say(f"✓ {words}  ({event.seconds:.1f} s, {changed})")
        for note in event.notes:
            say(f"  {note}")


def _spoken(text: str, options: tuple[str, ...]) -> None:
    say(text)
    for number, option in enumerate(options, start=1):
        say(f"  {number}. {option}")


def _stopped(kept: int) -> str:
    if not kept:
        return "Stopped; nothing was changed."
    steps = "a finished step" if kept == 1 else f"{kept} finished steps"
    return f"Stopped; the picture is as it was, and {steps} can be kept: /keep in the chat."
