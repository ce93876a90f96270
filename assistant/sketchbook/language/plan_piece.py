"""A piece of a message: what is said, and the steps that it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from assistant.sketchbook.language.plan_dice import Dice
from assistant.sketchbook.language.plan_things import Thing
from assistant.steps import STEP_CLASSES, AnyStep, Edit

Mood: TypeAlias = Literal["do", "wish", "terse"]
"""An imperative that can follow "please"; a sentence of its own; a few words without a verb."""


class Piece(NamedTuple):
    """`steps` in the order that is meant; `thing` is what "it" would mean in the next piece."""

    say: str
    steps: tuple[AnyStep, ...]
    mood: Mood = "do"
    thing: Thing | None = None
    references: int = 0
    """How many pictures beside the open one it speaks of."""
    pointed: bool = False
    """Whether it only makes sense with a place that was marked."""


class Frame(NamedTuple):
    """A way to say one generative wish, as patterns with the same slots; an empty `gold` is what is said."""

    say: str
    gold: str = ""
    mood: Mood = "do"
    weight: float = 1


def framed(dice: Dice, frame: Frame, slots: Mapping[str, str], thing: Thing | None = None) -> Piece:
    """Both sides of a frame; choices in `say` without a `gold` are taken once."""
    said = dice.say(frame.say, slots)
    gold = dice.say(frame.gold, slots) if frame.gold else said
    return Piece(said, (edit(gold),), frame.mood, thing)


def edit(sentence: str) -> Edit:
    """A generative step: one imperative sentence."""
    return Edit(modify=" ".join(sentence.split()))


def chosen(dice: Dice, frames: tuple[Frame, ...]) -> Frame:
    """One of the frames, by weight."""
    total = sum(frame.weight for frame in frames)
    place = dice.number(0, 10**9) / 10**9 * total
    for frame in frames:
        place -= frame.weight
        if place <= 0:
            return frame
    return frames[-1]


def exact(op: str, **fields: object) -> Any:
    """An exact step of that operation."""
    return STEP_CLASSES[op].model_validate({"op": op, **fields})


def said(
    dice: Dice, pattern: str, op: str, slots: Mapping[str, str] | None = None, mood: Mood = "do", **fields: object
) -> Piece:
    """An exact step and one way to ask for it."""
    return Piece(dice.say(pattern, slots), (exact(op, **fields),), mood)
