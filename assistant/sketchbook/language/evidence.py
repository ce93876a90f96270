"""Which words speak of which attribute: what a reading of a sentence must rest on.

A small model that meets “make her taller” writes down something of its world all the same. What it read counts only
where a word of the sentence speaks of it; which words do was learned from the sentences that it was taught
(`training.evidence`).
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from assistant.sketchbook.language.wishes import VALUES, Assignment, Wishes

NOTHING = "nothing"
"""Under this name stand the words that the world has nothing for."""
TABLE = "evidence.json"
WORDS = re.compile(r"[^\W_]+")
_SAID_WITH = {"hair_color": ("hair", "beard")}
"""“A golden bun” says a color of hair."""
_ALIKE = 0.75
"""Misspelled words count as the known ones that are so much alike …"""
_SHORTEST = 4
"""… from this length on."""


def grounded(sentence: str, wishes: Wishes) -> Wishes:
    """The wishes that words of the sentence speak of."""
    return tuple(wish for wish in wishes if speaks_of(sentence, wish))


def speaks_of(sentence: str, wish: Assignment) -> bool:
    """Whether any word does, also a misspelled one."""
    words = [word.lower() for word in WORDS.findall(sentence)]
    known, wanted = _table(), {wish.attribute, *_SAID_WITH.get(wish.attribute, ())}
    if any(wanted & known.get(word, frozenset()) for word in words):
        return True
    unknown = [word for word in words if word not in known and len(word) >= _SHORTEST]
    return any(wanted & known[near] for word in unknown for near in _near(word))


@cache
def _table() -> Mapping[str, frozenset[str]]:
    """The attributes of each known word."""
    learned: dict[str, list[str]] = json.loads(
        files("assistant.sketchbook.language").joinpath(TABLE).read_text("utf-8")
    )
    found: dict[str, set[str]] = {}
    for name, words in [*learned.items(), *((name, own_words(name)) for name in VALUES)]:
        for word in words:
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names - {NOTHING}) for word, names in found.items()}


def own_words(attribute: str) -> list[str]:
    """Of an attribute's name and values; colors are said of many things."""
    values = () if attribute == "backdrop" else VALUES[attribute]
    return [word for text in (attribute.replace("_", " "), *values) for word in WORDS.findall(str(text).lower())]


def _near(word: str) -> list[str]:
    return difflib.get_close_matches(word, [known for known in _table() if len(known) >= _SHORTEST], 3, _ALIKE)
