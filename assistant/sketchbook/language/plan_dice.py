"""Chance for made-up messages: picks, patterns with alternatives, slips of the hand, and words that do not exist."""

# Sayings fill the lines, they do not stand one below the other.
# fmt: off

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypeAlias, TypeVar

import numpy as np

from assistant.sketchbook.language.plan_bank import COMMON
from assistant.sketchbook.language.plan_spelling import corrections
from assistant.sketchbook.language.plan_themes import THEMES, Theme

Item = TypeVar("Item")
Node: TypeAlias = "str | tuple[Node, ...] | list[Node]"
"""A pattern: plain text, a sequence of patterns, or a list to choose one from."""

_CHANCE_OF_THEME = 0.6
_STARTS = ("b", "bl", "br", "d", "dr", "f", "fl", "g", "gl", "gr", "h", "j", "k", "kr", "l", "m", "n", "p", "pl",
    "qu", "r", "s", "sh", "sk", "sn", "st", "t", "tr", "v", "w", "z", "th", "ch", "")
_MIDDLES = ("a", "e", "i", "o", "u", "oo", "ee", "ai", "ou", "ar", "or", "an", "in", "um", "el", "ap")
_ENDS = ("b", "ble", "ck", "d", "ft", "g", "k", "l", "lo", "m", "mp", "n", "nt", "ng", "p", "r", "rt", "s", "sh",
    "st", "t", "x", "zz", "y", "er", "et", "ie", "ock", "o")


class Dice:
    """One stream of chance, started from a numpy generator: the same generator gives the same stream."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._random = random.Random(int(rng.integers(2**62)))
        self.theme: Theme | None = self.pick(THEMES) if self.chance(_CHANCE_OF_THEME) else None
        """What this message's photograph shows; None: anything."""

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def pick(self, items: Sequence[Item]) -> Item:
        return items[int(self._random.random() * len(items))]

    def weighted(self, items: Mapping[Item, float]) -> Item:
        return self._random.choices(tuple(items), tuple(items.values()))[0]

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return self._random.randint(least, most)

    def some(self, items: Sequence[Item], count: int) -> list[Item]:
        """Different items, in any order."""
        return self._random.sample(items, count)

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        return self._random.sample(items, len(items))

    def say(self, pattern: str, slots: Mapping[str, str] | None = None) -> str:
        """One reading of a pattern: `[a|b|]` is a choice, `{name}` a slot; spaces are tidied."""
        text = "".join(self._read(_parsed(pattern)))
        if slots:
            text = _SLOT.sub(lambda match: slots[match[1]], text)
        return " ".join(text.split())

    def _read(self, node: Node) -> list[str]:
        if isinstance(node, str):
            return [node]
        if isinstance(node, list):
            return self._read(self.pick(node))
        return [part for child in node for part in self._read(child)]

    def strange(self) -> str:
        """A word that nobody knows."""
        middle = self.pick(_STARTS) + self.pick(_MIDDLES) if self.chance(0.5) else ""
        return self.pick(_STARTS) + self.pick(_MIDDLES) + middle + self.pick(_ENDS)

    def slip(self, word: str) -> str:
        """A known word with a slip of the hand that can be put right; other words as they are."""
        if len(word) < 4 or word not in COMMON:
            return word
        place = self.number(1, len(word) - 2)
        wrong = self.pick((
            word[:place] + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + word[place] + word[place:],
            word[:place] + self.pick("aeiorstnl") + word[place + 1 :],
        ))
        return wrong if word in corrections(wrong) else word


_SLOT = re.compile(r"\{(\w+)\}")


@cache
def _parsed(pattern: str) -> Node:
    node, rest = _sequence(pattern, 0)
    if rest != len(pattern):
        raise ValueError(f"a bracket too many in “{pattern}”")
    return node


def _sequence(pattern: str, place: int) -> tuple[Node, int]:
    parts: list[Node] = []
    while place < len(pattern) and pattern[place] not in "|]":
        if pattern[place] == "[":
            choice, place = _choices(pattern, place + 1)
            parts.append(choice)
        else:
            end = next((n for n in range(place, len(pattern)) if pattern[n] in "[|]"), len(pattern))
            parts.append(pattern[place:end])
            place = end
    return (parts[0] if len(parts) == 1 else tuple(parts)) if parts else "", place


def _choices(pattern: str, place: int) -> tuple[Node, int]:
    options: list[Node] = []
    while True:
        option, place = _sequence(pattern, place)
        options.append(option)
        if place >= len(pattern):
            raise ValueError(f"an open bracket in “{pattern}”")
        place += 1
        if pattern[place - 1] == "]":
            return options, place
