"""How models are asked for a draft: in the words of a prompt and in JSON, as any capable model can."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Protocol

from assistant.dialogue import messages_of
from assistant.drafts import Draft, State
from assistant.pictures import Picture
from assistant.planning.repair import repaired_text
from assistant.planning.schema import DraftAnswer
from assistant.prompts import prompt
from assistant.vlm import Gate, Stop, never
from assistant.vocabulary import vocabulary

MAX_PLAN_TOKENS = 768
_SHOWN_DEFAULTS = (str, int, float)


class Dialect(Protocol):
    """A way to put a state to a model and to read its draft."""

    def draft(
        self, gate: Gate, state: State, stop: Stop = ..., picture: Picture | None = None, complaint: str = ""
    ) -> Draft:
        """`complaint` says what was wrong with the first answer. Raises as Gate.ask."""
        ...

    def repaired(self, answer: str) -> Draft | None:
        """What can be made of an answer that could not be read; None where nothing can."""
        ...


class JsonDialect:
    """The prompt plan.md, and JSON of the draft; for models that were not taught a notation of ours."""

    def __init__(self, sees: bool = True) -> None:
        """`sees`: the model is shown the picture."""
        self.sees = sees

    def draft(
        self, gate: Gate, state: State, stop: Stop = never, picture: Picture | None = None, complaint: str = ""
    ) -> Draft:
        """As Dialect.draft."""
        system = prompt("plan", operations=operations_table())
        messages = messages_of(system, state, picture if self.sees else None, complaint)
        return gate.ask(messages, DraftAnswer, stop=stop, max_tokens=MAX_PLAN_TOKENS)

    def repaired(self, answer: str) -> Draft | None:
        """As Dialect.repaired."""
        return repaired_text(answer)


@lru_cache(maxsize=1)
def operations_table() -> str:
    """One line for each operation, from the classes themselves."""
    return "\n".join(_line(entry) for entry in vocabulary())


def _line(entry: dict[str, Any]) -> str:
    fields = "; ".join(_fields(entry))
    choice = f" Exactly one of {', '.join(entry['one_of'])}." if entry["one_of"] else ""
    return f"- {entry['op']}: {entry['doc']}{choice}" + (f" Fields: {fields}." if fields else "")


def _fields(entry: dict[str, Any]) -> Iterator[str]:
    for name, info in entry["fields"].items():
        marks = [info["type"], *(["needed"] if info["required"] else [])]
        if isinstance(info["default"], _SHOWN_DEFAULTS) and info["default"] not in ("", False, True):
            marks.append(f"else {info['default']}")
        yield f"{name} ({', '.join(marks)}) {info['description'].rstrip('.')}".strip()
