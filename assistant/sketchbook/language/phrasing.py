"""Patterns of wording: “[put|set] {a} on {his} head” stands for all its alternatives."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypeVar

from numpy.random import Generator

Item = TypeVar("Item")
_DRAWN_AT_ONCE = 48

Part = str | tuple["Parts", ...]
"""Words, a slot such as “{his}”, or alternatives."""
Parts = tuple[Part, ...]


class Dice:
    """Many small choices from one generator, quickly: what is drawn depends only on its state."""

    def __init__(self, rng: Generator) -> None:
        self._rng = rng
        self._drawn: list[float] = []

    def fraction(self) -> float:
        """Evenly spread in 0..1, without 1."""
        if not self._drawn:
            self._drawn = self._rng.random(_DRAWN_AT_ONCE).tolist()
        return self._drawn.pop()

    def chance(self, share: float) -> bool:
        """True in this share of the cases."""
        return self.fraction() < share

    def below(self, count: int) -> int:
        return int(self.fraction() * count)

    def one(self, items: Sequence[Item]) -> Item:
        return items[int(self.fraction() * len(items))]

    def say(self, pattern: str, words: Mapping[str, str] | None = None) -> str:
        """One wording of the pattern with its slots filled in; spaces around what is left out are closed up."""
        return " ".join("".join(self._pieces(_parsed(pattern), words or {})).split())

    def _pieces(self, parts: Parts, words: Mapping[str, str]) -> list[str]:
        pieces: list[str] = []
        for part in parts:
            if not isinstance(part, str):
                pieces += self._pieces(self.one(part), words)
            elif part[:1] == "{":
                pieces.append(words[part[1:-1]])
            else:
                pieces.append(part)
        return pieces


@cache
def _parsed(pattern: str) -> Parts:
    parts, rest = _sequence(pattern, 0)
    if rest != len(pattern):
        raise ValueError(f"the pattern {pattern!r} closes a bracket that it never opened; take it out")
    return parts


def _sequence(pattern: str, at: int) -> tuple[Parts, int]:
    """The parts up to a “|”, a “]” or the end, and where that is."""
    parts: list[Part] = []
    while at < len(pattern) and pattern[at] not in "|]":
        if pattern[at] == "[":
            alternatives, at = _alternatives(pattern, at + 1)
            parts.append(alternatives)
        elif pattern[at] == "{":
            end = pattern.index("}", at) + 1
            parts.append(pattern[at:end])
            at = end
        else:
            end = min((found for mark in "[{|]" if (found := pattern.find(mark, at)) >= 0), default=len(pattern))
            parts.append(pattern[at:end])
            at = end
    return tuple(parts), at


def _alternatives(pattern: str, at: int) -> tuple[tuple[Parts, ...], int]:
    found: list[Parts] = []
    while True:
        parts, at = _sequence(pattern, at)
        found.append(parts)
        if at >= len(pattern):
            raise ValueError(f"the pattern {pattern!r} opens a bracket that it never closes; add a “]”")
        at += 1
        if pattern[at - 1] == "]":
            return tuple(found), at


def listed(text: str) -> tuple[str, ...]:
    """Patterns from a text in which semicolons part them."""
    return tuple(" ".join(pattern.split()) for pattern in text.split(";"))
