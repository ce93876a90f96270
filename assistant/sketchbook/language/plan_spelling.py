"""Slips of the hand put right: known words that are one letter, or two swapped ones, away from what was typed."""

from __future__ import annotations

from functools import cache

from assistant.sketchbook.language.plan_bank import COMMON

_SHORTEST = 4


@cache
def corrections(word: str) -> frozenset[str]:
    """Known words at most one slip from `word`; none for known and for short words."""
    small = word.lower()
    if len(small) < _SHORTEST or len(small) > 24 or not small.isalpha() or small in COMMON:
        return frozenset()
    near = _near()
    close = {known for form in _shorter(small) for known in near.get(form, ())}
    return frozenset(known for known in close if _one_slip(small, known))


def _shorter(word: str) -> set[str]:
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}


@cache
def _near() -> dict[str, set[str]]:
    near: dict[str, set[str]] = {}
    for known in COMMON:
        if len(known) >= _SHORTEST:
            for form in _shorter(known):
                near.setdefault(form, set()).add(known)
    return near


def _one_slip(typed: str, known: str) -> bool:
    """Damerau-Levenshtein distance of exactly one, for words that share a form with one letter less."""
    if abs(len(typed) - len(known)) == 1:
        return True
    differing = [n for n, (one, other) in enumerate(zip(typed, known, strict=True)) if one != other]
    if len(differing) == 1:
        return True
    swapped = len(differing) == 2 and differing[1] == differing[0] + 1
    return swapped and typed[differing[0]] == known[differing[1]] and typed[differing[1]] == known[differing[0]]
