"""“A bit less”, “too bright”, “the other way”, “again”, “remove it”: what words alone can tell of what was done last.

Whoever says so means a step that is there. It is revised, so that no second one is laid on top of it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.drafts import Draft
from assistant.history import History, Version
from assistant.planning.amounts import scaled, sign_of, turned
from assistant.steps import AnyStep

_POLITE = r"(?:(?:no|ok|okay|and|please|now|sorry|actually)[ ,]+)*"
_END = r"[ ,]*(?:please|instead|then)?[ .!]*"
_TURNED = re.compile(
    rf"{_POLITE}(?:(?:do|make|turn|move|flip)? ?(?:it|that) )?(?:in )?(?:the )?"
    rf"(?:other way(?: (?:a)?round)?|(?:other|opposite) direction|opposite){_END}",
    re.IGNORECASE,
)
_SAME = r"(?:(?:do )?(?:it|that|(?:the )?same(?: thing)?) )"
_AGAIN = re.compile(rf"{_POLITE}(?:{_SAME}?(?:again|once more|one more time)|repeat (?:it|that)){_END}", re.IGNORECASE)
_DROPPED = re.compile(
    rf"{_POLITE}(?:(?:remove|drop|lose|delete|get rid of|take (?:out|away|off|back)) (?:it|that|this)"
    rf"|take (?:it|that|this) (?:out|away|off|back))(?: again)?{_END}",
    re.IGNORECASE,
)
_MORE = frozenset({"more", "stronger", "further", "heavier", "harder", "increase", "intensify"})
_LESS = frozenset({"less", "weaker", "subtler", "gentler", "decrease", "reduce", "tone", "dial"})
_TOO_WEAK = frozenset({"little", "weak", "subtle", "faint"})
_TOO_STRONG = frozenset({"much", "strong", "intense", "heavy", "far"})
_STILL = frozenset({"even", "still", "yet"})
_SLIGHT, _STRONG = frozenset({"bit", "little", "slightly", "tad", "touch"}), frozenset({"lot", "far", "way", "much"})
_HALF, _DOUBLE = frozenset({"half", "halve"}), frozenset({"twice", "double"})
_QUALITIES = {
    "brighter": ("exposure", 1), "bright": ("exposure", 1), "lighter": ("exposure", 1), "brightness": ("exposure", 1),
    "darker": ("exposure", -1), "dark": ("exposure", -1),
    "warmer": ("temperature", 1), "warm": ("temperature", 1), "orange": ("temperature", 1),
    "cooler": ("temperature", -1), "colder": ("temperature", -1), "cold": ("temperature", -1),
    "contrast": ("contrast", 1), "contrasty": ("contrast", 1),
    "saturated": ("saturation", 1), "saturation": ("saturation", 1), "colorful": ("saturation", 1),
    "vivid": ("saturation", 1), "pale": ("saturation", -1), "paler": ("saturation", -1),
    "blur": ("blur", 1), "blurred": ("blur", 1), "blurry": ("blur", 1), "blurrier": ("blur", 1),
    "sharp": ("sharpen", 1), "sharper": ("sharpen", 1), "sharpening": ("sharpen", 1),
    "grain": ("grain", 1), "grainy": ("grain", 1), "grainier": ("grain", 1), "vignette": ("vignette", 1),
    "sepia": ("sepia", 1), "tint": ("tint", 1),
}  # fmt: skip
"""Words for what an operation makes more of, or less."""
_FILLER = """
    a as back be but can could d do down effect enough for i instead is it its make my no not now of ok okay on please
    s so still than that the there this to too up was would you
"""
_KNOWN = frozenset(_FILLER.split()).union(
    _MORE, _LESS, _TOO_WEAK, _TOO_STRONG, _STILL, _SLIGHT, _STRONG, _HALF, _DOUBLE, _QUALITIES
)
_AGAIN_OF = ("tone", "detail", "geometry")


class _Change(NamedTuple):
    """What shall become of an amount."""

    times: float
    op: str | None = None
    """The operation that was named; None for whatever was done last."""
    sign: int = 0
    """With `op`: which way its quality shall go."""
    instead: bool = False
    """With `op`: that way and not the other."""


def adjusted(message: str, history: History) -> Draft | None:
    """The draft that revises, turns or repeats what was done last; None for any other message."""
    current = history.current
    if current is None or not current.script.steps:
        return None
    if _AGAIN.fullmatch(message):
        return _again(history, current)
    if _TURNED.fullmatch(message):
        return _revised(current, [(step, turned(step)) for step in _latest(history, current)])
    if _DROPPED.fullmatch(message):
        gone = tuple(current.script.position(step.id) for step in _latest(history, current) if step.op != "generate")
        return Draft(act="drop", targets=gone) if gone else None
    change = _change(message)
    if change is None:
        return None
    if change.op is None:
        return _revised(current, [(step, scaled(step, change.times)) for step in _latest(history, current)])
    step = next((step for step in reversed(_enabled(current)) if step.op == change.op), None)
    if step is None:
        return None
    agrees = sign_of(step) == change.sign
    if change.instead:
        return None if agrees else _revised(current, [(step, turned(step))])
    towards = change.times if agrees else 1 / change.times
    return _revised(current, [(step, scaled(step, towards))])


def _revised(current: Version, pairs: list[tuple[AnyStep, AnyStep | None]]) -> Draft | None:
    """None where any of the steps has nothing to adjust."""
    news = tuple(new for _, new in pairs if new is not None)
    if not pairs or len(news) < len(pairs):
        return None
    return Draft(act="revise", targets=tuple(current.script.position(old.id) for old, _ in pairs), steps=news)


def _again(history: History, current: Version) -> Draft | None:
    """The same steps once more, where that does more; behind an undo “again” means to redo."""
    steps = _latest(history, current)
    if history.redo().pointer != history.pointer or not steps or any(step.family not in _AGAIN_OF for step in steps):
        return None
    return Draft(act="edit", steps=tuple(step.model_copy(update={"id": "", "revision": 0}) for step in steps))


def _latest(history: History, current: Version) -> list[AnyStep]:
    """The steps that the last change added or revised."""
    before = history.version(current.parent).script.steps if current.parent else ()
    known = {step.id: step.revision for step in before}
    return [step for step in _enabled(current) if known.get(step.id) != step.revision]


def _enabled(version: Version) -> tuple[AnyStep, ...]:
    return tuple(step for step in version.script.steps if step.enabled)


def _change(message: str) -> _Change | None:
    """The change that a message of such words alone asks for."""
    words = frozenset(re.findall(r"[a-z]+", message.lower()))
    named = {_QUALITIES[word] for word in words & _QUALITIES.keys()}
    if not words <= _KNOWN or len(named) > 1:
        return None
    op, sign = next(iter(named), (None, 0))
    if words & (_HALF | _DOUBLE):
        return _Change(0.5 if words & _HALF else 2.0, op, sign)
    if "instead" in words:
        return _Change(1.0, op, sign, instead=True) if op else None
    up = _goes_up(words, bool(named))
    if up is None:
        return None
    times = _how_much(words)
    if op is None:
        return _Change(times if up else 1 / times)
    return _Change(times, op, sign if up else -sign)


def _goes_up(words: frozenset[str], named: bool) -> bool | None:
    """Whether there shall be more of it; None where that is not said, or both."""
    too = "too" in words
    up = bool(words & _MORE) or {"not", "enough"} <= words or (too and bool(words & _TOO_WEAK))
    up = up or (named and bool(words & _STILL))
    down = bool(words & _LESS) or (too and (named or bool(words & _TOO_STRONG)) and not words & _TOO_WEAK)
    down = down or (named and "not" in words and bool(words & {"so", "as", "that"}))
    return None if up == down else up


def _how_much(words: frozenset[str]) -> float:
    strong = words & {"lot", "way"} or ("too" not in words and words & {"much", "far"})
    if strong:
        return 2.5
    return 1.25 if words & _SLIGHT and not ("too" in words and words & _TOO_WEAK) else 1.6
