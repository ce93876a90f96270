"""Messages that words alone can tell: a question, a new place for a text, a change and no new picture.

A small model reads most messages right and now and then one of these very wrong: it puts on the hat that it was asked
about, or draws a new picture for “make it night”.
"""

from __future__ import annotations

import re
from typing import NamedTuple

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
_ABOUT_TEXT = re.compile(r"\b(?:text|caption|words|title|writing|letters|lettering)\b", re.IGNORECASE)
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
    moved = Text(text=written.text, position=said["place"].lower(), color=written.color)
    return Draft(act="revise", targets=(written.number,), steps=(moved,))


def text_alone(draft: Draft, state: State) -> Draft:
    """Of a draft that writes again what is written, for a message about the text: that step, and nothing else.

    Place and color stay where the message says nothing of them.
    """
    written = _latest_text(state)
    if written is None or draft.act not in ("edit", "revise") or not _ABOUT_TEXT.search(state.message):
        return draft
    again = next((step for step in draft.steps if isinstance(step, Text) and step.text == written.text), None)
    if again is None:
        return draft
    moved = bool(_SOME_PLACE.search(state.message))
    looks = {"position": again.position if moved else written.place, "color": again.color or written.color}
    return Draft(act="revise", targets=(written.number,), steps=(again.model_copy(update=looks),))


class _Written(NamedTuple):
    """A step that writes."""

    number: int
    text: str
    place: str | None
    color: str | None


def _latest_text(state: State) -> _Written | None:
    for step in reversed(state.steps):
        if found := _TEXT.fullmatch(step.words):
            place = _SOME_PLACE.search(found["rest"])
            return _Written(step.number, found["text"], place[0] if place else None, _color(found["rest"]))
    return None


def _color(rest: str) -> str | None:
    for name in re.findall(r" in (#?[a-z0-9 ]+?)(?=,|$)", rest):
        try:
            parse_color(name)
        except InvalidScript:
            continue
        return name
    return None
