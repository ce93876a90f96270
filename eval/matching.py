"""How a plan is compared with a gold plan: steps one to one, words by token F1, exact ones by their parameters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from assistant.colors import parse_color
from assistant.errors import InvalidScript
from assistant.steps import STEP_CLASSES, AnyStep

ENOUGH = 0.6
"""Token F1 from which two wordings count as the same wish."""
_SLACK = 0.01
_ARTICLES = {"the", "a", "an"}
_COLOR_KEYS = {"color", "from"}


@dataclass(frozen=True)
class Wanted:
    """A step of a plan for comparison: words for a generative one, operation and parameters for an exact one."""

    texts: tuple[str, ...] = ()
    """Any of them counts: the user's language and English."""
    op: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


def tokens(words: str) -> list[str]:
    """Lower-case words without articles; letters of scripts that write no spaces count one by one."""
    plain = unicodedata.normalize("NFKC", words).lower()
    found = re.findall(r"[぀-ヿ㐀-鿿]|[^\W_]+(?:['’][^\W_]+)*", plain)
    return [word.replace("’", "'") for word in found if word not in _ARTICLES]


def token_f1(said: str, wanted: str) -> float:
    """Harmonic mean of precision and recall of words, each counted as often as it stands there; 0 to 1."""
    one, other = Counter(tokens(said)), Counter(tokens(wanted))
    common = (one & other).total()
    return 2 * common / (one.total() + other.total()) if common else 0.0


def as_wanted(step: AnyStep) -> Wanted:
    """A step of ours in the form of the gold."""
    wish = step.wish()
    op = wish.pop("op")
    if op == "edit":
        return Wanted(texts=(wish["modify"],))
    if op == "generate":
        return Wanted(texts=(wish["prompt"],))
    return Wanted(op=op, params=_plain(wish))


def _plain(params: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value["phrase"] if _is_phrase(value) else value for key, value in params.items()}


def _is_phrase(value: Any) -> bool:
    return isinstance(value, dict) and "phrase" in value


def same_step(said: Wanted, gold: Wanted) -> bool:
    """Whether a planned step is the gold one."""
    if gold.op or said.op:
        return said.op == gold.op and _same_params(said, gold)
    return max((token_f1(one, other) for one in said.texts for other in gold.texts), default=0.0) >= ENOUGH


def _same_params(said: Wanted, gold: Wanted) -> bool:
    """All that the user fixed is there and alike; beside it only what the operation cannot do without."""
    if not all(key in said.params and _alike(key, said.params[key], value) for key, value in _fixed(gold).items()):
        return False
    cls = STEP_CLASSES[gold.op]
    needed = set(cls.one_of) | {info.alias or name for name, info in cls.model_fields.items() if info.is_required()}
    beside = {key: value for key, value in said.params.items() if key not in _fixed(gold)}
    return all(key in needed - gold.params.keys() or _is_default(gold.op, key, value) for key, value in beside.items())


def _fixed(gold: Wanted) -> dict[str, Any]:
    """Gold parameters apart from those that say what the operation does anyway."""
    return {key: value for key, value in gold.params.items() if not _is_default(gold.op, key, value)}


def _is_default(op: str, key: str, value: Any) -> bool:
    fields = STEP_CLASSES[op].model_fields
    info = next((info for name, info in fields.items() if key in (name, info.alias)), None)
    return info is not None and not info.is_required() and _alike(key, value, info.default)


def _alike(key: str, said: Any, wanted: Any) -> bool:
    if isinstance(wanted, int | float) and isinstance(said, int | float):
        return abs(said - wanted) <= _SLACK * max(abs(wanted), abs(said), 1e-9)
    if isinstance(wanted, list | tuple) and isinstance(said, list | tuple):
        return len(said) == len(wanted) and all(_alike("color", *pair) for pair in zip(said, wanted, strict=True))
    if isinstance(wanted, str) and isinstance(said, str):
        if key in _COLOR_KEYS and _same_color(said, wanted):
            return True
        return said.strip() == wanted.strip() if key == "text" else token_f1(said, wanted) >= ENOUGH
    return said == wanted


def _same_color(said: str, wanted: str) -> bool:
    try:
        return parse_color(said) == parse_color(wanted)
    except InvalidScript:
        return False


@dataclass(frozen=True)
class Counts:
    """Steps of one item or of many: how many were said, wanted and matched."""

    said: int
    wanted: int
    matched: int

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.said + other.said, self.wanted + other.wanted, self.matched + other.matched)

    @property
    def f1(self) -> float:
        """Over all steps together; 1 when there were none to say and none was said."""
        return 2 * self.matched / (self.said + self.wanted) if self.said + self.wanted else 1.0


def match(said: Sequence[Wanted], gold: Sequence[Wanted]) -> Counts:
    """Steps matched one to one so that as many as possible match, in whatever order."""
    if not said or not gold:
        return Counts(len(said), len(gold), 0)
    fits = np.array([[same_step(one, other) for other in gold] for one in said], dtype=float)
    rows, columns = linear_sum_assignment(-fits)
    return Counts(len(said), len(gold), int(fits[rows, columns].sum()))
