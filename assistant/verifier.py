"""Looking whether a painted step did what was wished. First form: told to the person; nothing is retried."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Literal, Protocol

from pydantic import Field

from assistant.errors import Stopped
from assistant.events import Checked
from assistant.pictures import Picture
from assistant.prompts import prompt
from assistant.script import Script
from assistant.steps import Step
from assistant.vlm import Gate, Message, Stop, never
from assistant.where import Value
from assistant.wording import in_words

_LOG = logging.getLogger(__name__)


class Verdict(Value):
    """Whether a step's wish is in the picture; None when that cannot be told."""

    done: bool | None = None
    note: str = ""


class Verifier(Protocol):
    """Looks at a step's picture."""

    def check(self, step: Step, before: Picture | None, after: Picture, stop: Stop = ...) -> Verdict:
        """`before` is None for a drawing. Raises as Gate.ask."""
        ...


class Look(Value):
    """What a model says of two pictures; it looks first and judges then."""

    note: str = Field(max_length=200)
    done: Literal["yes", "no", "unsure"]


class LlmVerifier:
    """Asks a model that sees, in the words of verify.md."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate

    def check(self, step: Step, before: Picture | None, after: Picture, stop: Stop = never) -> Verdict:
        """As Verifier.check."""
        pictures = (before, after) if before is not None else (after,)
        wished = f"Wished: {in_words(step)}"  # pyright: ignore[reportArgumentType]
        if before is None:
            wished += "\nThere is only one picture, newly drawn: it counts as the second."
        messages = (Message("system", prompt("verify")), Message("user", wished, pictures))
        look = self.gate.ask(messages, Look, stop=stop)
        return Verdict(done={"yes": True, "no": False}.get(look.done), note=look.note)


def checks(
    verifier: Verifier, script: Script, step_ids: Sequence[str], before: Picture | None, after: Picture, stop: Stop
) -> Iterator[Checked]:
    """A word on each painted step. A check that fails or is stopped says nothing: the picture is there without it."""
    for step in (script.step(step_id) for step_id in step_ids):
        if not step.is_generative or not step.enabled:
            continue
        try:
            verdict = verifier.check(step, before, after, stop)
        except Stopped:
            return
        except Exception as error:  # noqa: BLE001 - the picture is painted: no fault of a check may cost it
            _LOG.warning("a step could not be checked: %s", error, exc_info=True)
            continue
        yield Checked(step_ids=(step.id,), done=verdict.done, note=verdict.note)
