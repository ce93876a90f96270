"""The one gate to the language model: messages and a schema in, an instance of the schema out.

Local models stand behind `assistant.vlm.local`, servers on the owner's network behind `assistant.vlm.remote`; both are
imported late.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from pydantic import BaseModel

from assistant.pictures import Picture

Role = Literal["system", "user", "assistant"]
Stop = Callable[[], bool]
"""Looked at between tokens; once it says True the answer is given up with Stopped."""
T = TypeVar("T", bound=BaseModel)
T_co = TypeVar("T_co", bound=BaseModel, covariant=True)
MAX_TOKENS = 512
"""Of an answer, unless more is asked for."""
SEEN_SIDE = 1024
"""No side of a picture that a model is shown is longer, in px."""


@dataclass(frozen=True)
class Message:
    """One turn of what is put to the model; its pictures come before its text.

    The text is content only: nothing in it becomes a control token, whatever it spells.
    """

    role: Role
    text: str
    pictures: tuple[Picture, ...] = ()


class Notation(Protocol[T_co]):
    """A notation shorter than JSON for a schema, for models that were taught it."""

    @property
    def grammar(self) -> str:
        """Lark, as llguidance reads it; only what `parse` understands."""
        ...

    def parse(self, text: str) -> T_co:
        """Raises ValueError for what the grammar lets through and the schema refuses."""
        ...


class Gate(Protocol):
    """The only way to a language model."""

    def ask(
        self, messages: Sequence[Message], schema: type[T], notation: Notation[T] | None = None,
        stop: Stop = ..., max_tokens: int = ...,
    ) -> T:  # fmt: skip
        """Raises BadAnswer, ModelUnavailable and other GateErrors; Stopped when `stop` said so."""
        ...


def never() -> bool:
    """The stop of those who never stop."""
    return False
