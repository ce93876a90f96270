"""Messages that words alone can tell: a question, a new place for a text, a change and no new picture.

A small model reads most messages right and now and then one of these very wrong: it puts on the hat that it was asked
about, or draws a new picture for “make it night”.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from assistant.colors import parse_color
from assistant.drafts import Draft, State
from assistant.errors import InvalidScript
from assistant.steps import Text

_ASKS = re.compile(
    r"\s*(?:and |so |but )?(?:is|are|was|were|does|do|has|have)\s+"
    r"(?:he|she|it|they|there|the|his|her|its|their|this|that|any|anybody|anyone|somebody|someone)\b.*\?\s*",
    re.IGNORECASE | re.DOTALL,
)
_POLITE = re.compile(r"\b(?:possible|any way|a way|a chance)\b", re.IGNORECASE)
_CHANGES = re.compile(
    r"\s*(?:(?:please|now|and|then|ok|okay|also|can you|could you)[ ,]+)*"
    r"(?:make|remove|take|add|give|put|change|turn|let|set|replace|swap|crop|erase|delete|lose)\b",
    re.IGNORECASE,
)
_NEW_PICTURE = re.compile(
    r"\b(?:draw|drawing|paint|sketch|picture|portrait|image|postcard|scratch|another|new|start over|some(?:one|body))"
    r"\b",
    re.IGNORECASE,
)
_TEXT = re.compile(r"write “(?P<text>.+)”(?P<rest>.*)", re.DOTALL)
_ABOUT_TEXT = re.compile(r"\b(?:text|caption|words|title|writing|letters|lettering|font)\b", re.IGNORECASE)
_FONTS = frozenset({"serif", "sans", "mono", "bold", "italic"})
_UP = frozenset({"bigger", "larger", "increase", "enlarge"})
_DOWN = frozenset({"smaller", "decrease", "reduce", "shrink"})
_SMALL, _LARGE = frozenset({"small", "little", "tiny"}), frozenset({"big", "large", "huge"})
_USUAL = 1.4
_SLIGHT, _STRONG = frozenset({"bit", "slightly", "little"}), frozenset({"much", "lot", "way", "far", "twice", "double"})
_LEAST_PERCENT, _MOST_PERCENT = 10.0, 1000.0
_OTHER_WORDS = """
    a an and are be but can could d even font i in is it its caption lettering letters like look looks make no now of ok
    please rather s should size still text that the them this title to too want words would writing you
"""
_SIZE_WORDS = _UP | _DOWN | _SMALL | _LARGE | _SLIGHT | _STRONG | frozenset(_OTHER_WORDS.split())
"""A message of these words alone asks for another size of letters and for nothing else."""
_PLACE = r"(?:(?:very )?(?:top|bottom|upper|lower)[ -]?(?:left|right)?(?: corner)?|left|right|middle|cent(?:er|re))"
_SOME_PLACE = re.compile(rf"\b{_PLACE}\b", re.IGNORECASE)
_MOVES_TEXT = re.compile(
    r"\s*(?P<no>(?:no|nope|actually|rather|sorry)[ ,.]+)?(?:please )?(?:but )?(?:put|write|move|place|set)\s+"
    r"(?P<what>it|that|them|this|the (?:text|caption|words|title|writing))\s+(?:up |down )?(?:at|to|on|in|into)\s+"
    rf"(?:the )?(?P<place>{_PLACE})(?: instead| please)?[ .!]*",
    re.IGNORECASE,
)


def asks_about_the_picture(message: str) -> bool:
    """“Is she wearing a hat?”, and not “is it possible to give her one?”."""
    return bool(_ASKS.fullmatch(message)) and not _POLITE.search(message)


def wants_no_new_picture(message: str) -> bool:
    """Whether it asks for a change of what is there."""
    return bool(_CHANGES.match(message)) and not _NEW_PICTURE.search(message)


def text_moved(state: State) -> Draft | None:
    """“No, put it at the top” behind a text: that text, there; None for any other message."""
    said, written = _MOVES_TEXT.fullmatch(state.message), _latest_text(state)
    if said is None or written is None or not (said["no"] or _ABOUT_TEXT.search(said["what"])):
        return None
    moved = written.step.model_copy(update={"position": said["place"].lower()})
    return Draft(act="revise", targets=(written.number,), steps=(moved,))


def text_resized(state: State) -> Draft | None:
    """“Make the text bigger”, and “bigger” behind a text: that text in other letters; None for any other message."""
    written, words = _latest_text(state), _words(state.message)
    times = _times(words)
    if written is None or times is None or not words <= _SIZE_WORDS:
        return None
    if written.number != len(state.steps) and not _ABOUT_TEXT.search(state.message):
        return None
    resized = written.step.model_copy(update={"percent": _percent(written.step, times)})
    return Draft(act="revise", targets=(written.number,), steps=(resized,))


def text_alone(draft: Draft, state: State) -> Draft:
    """Of a draft that writes again what is written, for a message about the text: that step, and nothing else.

    Looks stay where the message says nothing of them.
    """
    written = _latest_text(state)
    if written is None or draft.act not in ("edit", "revise") or not _ABOUT_TEXT.search(state.message):
        return draft
    again = next((step for step in draft.steps if isinstance(step, Text) and step.text == written.step.text), None)
    if again is None:
        return draft
    old, words = written.step, _words(state.message)
    times, moved = _times(words), bool(_SOME_PLACE.search(state.message))
    color = next(filter(_is_color, sorted(words)), old.color)
    font = next(iter(sorted(words & _FONTS)), old.font)
    looks = {
        "position": again.position if moved else old.position, "color": again.color or color,
        "font": again.font or font, "size": again.size or old.size,
        "percent": _percent(old, times) if times else old.percent,
    }  # fmt: skip
    return Draft(act="revise", targets=(written.number,), steps=(again.model_copy(update=looks),))


def _words(message: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", message.lower()))


def _times(words: frozenset[str]) -> float | None:
    """How many times as large as they are letters shall be; None where nothing is said of that."""
    too = "too" in words
    up, down = bool(words & _UP or (too and words & _SMALL)), bool(words & _DOWN or (too and words & _LARGE))
    if up == down:
        return None
    times = 2.0 if words & _STRONG else 1.2 if words & _SLIGHT else _USUAL
    return times if up else 1 / times


def _percent(written: Text, times: float) -> float:
    return min(max(round(written.percent * times, 1), _LEAST_PERCENT), _MOST_PERCENT)


class _Written(NamedTuple):
    """A step that writes, as far as its words say."""

    number: int
    step: Text


def _latest_text(state: State) -> _Written | None:
    for step in reversed(state.steps):
        if found := _TEXT.fullmatch(step.words):
            place = _SOME_PLACE.search(found["rest"])
            looks = _looks(found["rest"])
            return _Written(
                step.number, Text(text=found["text"], position=place[0].strip() if place else None, **looks)
            )
    return None


def _looks(rest: str) -> dict[str, Any]:
    """Color, font and sizes, from the end of a text's words: “in red, serif, 40 px, 140% size”."""
    _, found, said = rest.rpartition(" in ")
    looks: dict[str, Any] = {}
    for part in said.split(", ") if found and not _SOME_PLACE.search(said) else ():
        if size := re.fullmatch(r"([\d.]+)( px|% size)", part):
            looks |= {"size": int(size[1])} if size[2] == " px" else {"percent": float(size[1])}
        else:
            looks["color" if _is_color(part) else "font"] = part
    return looks


def _is_color(name: str) -> bool:
    try:
        parse_color(name)
    except InvalidScript:
        return False
    return True
