"""What the embedded language model was taught, as functions: plan, ground, ask, look and locate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic

from assistant.drafts import Draft, State
from assistant.pictures import Picture
from assistant.sketchbook.language.asking import ASK_GRAMMAR, ask_prompt, parse_question
from assistant.sketchbook.language.grounding import ground_prompt
from assistant.sketchbook.language.locating import LOCATE_GRAMMAR, locate_prompt, parse_box
from assistant.sketchbook.language.looking import look_grammar, look_prompt, parse_look
from assistant.sketchbook.language.plan_notation import parse_draft, plan_grammar, plan_prompt
from assistant.sketchbook.language.wishes import GROUND_GRAMMAR, Wishes, parse_wishes
from assistant.vlm import Gate, Message, Stop, T, never
from assistant.where import Value

_PLAN_TOKENS, _GROUND_TOKENS, _LOOK_TOKENS = 320, 160, 160
_NAMES_TOKENS, _BOX_TOKENS = 60, 12


@dataclass(frozen=True)
class _Lines(Generic[T]):
    """A notation made of a grammar and the function that reads it."""

    grammar: str
    read: Callable[[str], T]

    def parse(self, text: str) -> T:
        return self.read(text)


class Grounded(Value):
    """What a sentence asks of the world; None where the world lacks it."""

    wishes: Wishes | None


class Seen(Value):
    """What a picture shows of each attribute."""

    answers: dict[str, str]


class Found(Value):
    """Where something is: left, top, right, bottom in 0..1; None where it is not."""

    box: tuple[float, float, float, float] | None


class Meant(Value):
    """Which attributes a question is about; None where the world knows nothing of it."""

    names: tuple[str, ...] | None


class Tasks:
    """The tasks, each one question through the gate. All raise as Gate.ask."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate

    def plan(self, state: State, stop: Stop = never) -> Draft:
        """The draft for a state."""
        notation = _Lines(plan_grammar(state), lambda text: parse_draft(text, state))
        return self._asked(plan_prompt(state), Draft, notation, stop, _PLAN_TOKENS)

    def ground(self, sentence: str, stop: Stop = never) -> Wishes | None:
        """What one sentence asks of the sketchbook's world."""
        notation = _Lines(GROUND_GRAMMAR, lambda text: Grounded(wishes=parse_wishes(text)))
        return self._asked(ground_prompt(sentence), Grounded, notation, stop, _GROUND_TOKENS).wishes

    def look(self, picture: Picture, names: Sequence[str], stop: Stop = never) -> dict[str, str]:
        """What the picture shows of each attribute: “green beret”, “none”, “night”."""
        notation = _Lines(look_grammar(names), lambda text: Seen(answers=parse_look(text, names)))
        return self._asked(look_prompt(names), Seen, notation, stop, _LOOK_TOKENS, picture).answers

    def locate(self, picture: Picture, phrase: str, stop: Stop = never) -> tuple[float, float, float, float] | None:
        """The box of what a phrase names, in 0..1."""
        notation = _Lines(LOCATE_GRAMMAR, lambda text: Found(box=parse_box(text)))
        return self._asked(locate_prompt(phrase), Found, notation, stop, _BOX_TOKENS, picture).box

    def asked_about(self, question: str, stop: Stop = never) -> tuple[str, ...] | None:
        """The attributes that answer a question about the picture."""
        notation = _Lines(ASK_GRAMMAR, lambda text: Meant(names=parse_question(text)))
        return self._asked(ask_prompt(question), Meant, notation, stop, _NAMES_TOKENS).names

    def _asked(
        self, words: str, schema: type[T], notation: _Lines[T], stop: Stop, tokens: int, picture: Picture | None = None
    ) -> T:
        message = Message("user", words, (picture,) if picture is not None else ())
        return self.gate.ask([message], schema, notation, stop, tokens)
