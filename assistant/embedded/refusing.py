"""What the embedded painter says of wishes outside its world; a refusal never stands alone."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.colors import parse_color
from assistant.errors import PalimpsestError
from assistant.sketchbook.language.completing import Unpaintable
from assistant.steps import Edit, Heal, Recolor
from assistant.where import PhraseWhere

_REMOVAL = re.compile(
    r"^(?:please\s+)?(?P<verb>remove|delete|erase|get rid of|take (?:away|out|off)|clear away)\s+(?P<thing>.+?)[.!]*$",
    re.IGNORECASE,
)
_COLORING = re.compile(
    r"^(?:please\s+)?(?P<verb>recolou?r|make|paint|colou?r|turn|dye|change)\s+(?P<rest>.+?)[.!]*$", re.IGNORECASE
)
_SOME = ("put a green beret on the head", "put round glasses on the face", "make it night")
_DRAWN = ("draw a woman with long red hair on a beach", "draw an old man with a top hat in the city at night")
_LONGEST = 90


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def on_a_photograph(step: Edit, said: str) -> Unpaintable:
    """The painter knows only its sketchbook; what works on a marked place is offered. `said` are the person's words."""
    sentence = (
        f"“{_short(said)}” would have to be painted, and the embedded painter knows only its own sketchbook, no "
        "photographs; that takes a profile with a larger painter."
    )
    removal, coloring = _REMOVAL.match(step.modify), _coloring(step.modify)
    offers = ["make it black and white", "blur the background"]
    if removal:
        offers = [f"erase {_short(removal['thing'])}", f"blur {_short(removal['thing'])}"]
        sentence += " I can erase a place that you mark with the brush and heal it from its surroundings."
    elif coloring:
        offers = [f"recolor {_short(coloring.thing)} to {coloring.color}"]
        sentence += " I can give an exact color to a place that you mark with the brush."
    else:
        sentence += " Light, color, cropping, words and whatever you mark with the brush I can change exactly."
    return Unpaintable(sentence=sentence, offers=tuple(offers))


def nearest_exact(step: Edit) -> Heal | Recolor | None:
    """What does the same without painting: healing or recoloring what was pointed at, or was plainly asked for so."""
    removal, coloring = _REMOVAL.match(step.modify), _coloring(step.modify)
    pointed = step.where if not isinstance(step.where, PhraseWhere) else None
    named = {"id": step.id, "seed": step.seed}
    if removal and (pointed or removal["verb"].lower() == "erase"):
        return Heal.model_validate({"where": pointed or PhraseWhere(phrase=removal["thing"]), **named})
    if coloring and (pointed or coloring.verb.startswith("recol")):
        where = pointed or PhraseWhere(phrase=coloring.thing)
        return Recolor.model_validate({"color": coloring.color, "where": where, **named})
    return None


class _Coloring(NamedTuple):
    """“Recolor the car to dark green”, taken apart."""

    verb: str
    thing: str
    color: str


def _coloring(sentence: str) -> _Coloring | None:
    """A wish for a color: its last word, or its last two, is one."""
    found = _COLORING.match(sentence)
    words = found["rest"].split() if found else []
    for count in (2, 1):
        color, thing = " ".join(words[-count:]), [word for word in words[:-count] if word not in ("to", "into")]
        if found and thing and _is_color(color):
            return _Coloring(found["verb"].lower(), " ".join(thing), color)
    return None


def _is_color(words: str) -> bool:
    try:
        parse_color(words)
    except PalimpsestError:
        return False
    return True


def of_a_change(words: str) -> Unpaintable:
    """The world has nothing like it."""
    return Unpaintable(sentence=f"My sketchbook has nothing like “{_short(words)}”.", offers=_SOME)


def of_a_part(words: str) -> str:
    """The world has some of it, and that is done."""
    return f"Not all of “{_short(words)}” is in my sketchbook; I do what is."


def of_a_drawing(words: str) -> Unpaintable:
    """The same of a whole picture."""
    sentence = f"I cannot draw “{_short(words)}”: my sketchbook holds people, with what they wear and hold."
    return Unpaintable(sentence=sentence, offers=_DRAWN)


def of_nothing(words: str) -> Unpaintable:
    """It holds already."""
    return Unpaintable(sentence=f"“{_short(words)}”: there is nothing to change for that.", offers=_SOME)


def of_references() -> Unpaintable:
    """Only exact steps take from other pictures."""
    return Unpaintable(
        sentence="The embedded painter cannot take things from another picture; it can only be pasted as it is.",
        offers=("paste picture 2 in the center",),
    )
