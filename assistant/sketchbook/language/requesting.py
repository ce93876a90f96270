"""Requests that work, to be offered where a wish does not: the nearest that the world has, said as people would."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from assistant.sketchbook.edits import Edit, EditKind
from assistant.sketchbook.language.naming import named
from assistant.sketchbook.language.sentences import instruction
from assistant.sketchbook.language.wishes import COLORED, NONE, OTHER, SAME, VALUES, Assignment, Wishes
from assistant.sketchbook.scene import Color, Place, Side

_OTHERS = 2
_SET = {
    "hair": EditKind.HAIR_STYLE, "hair_color": EditKind.HAIR_COLOR, "expression": EditKind.EXPRESSION,
    "person": EditKind.PERSON, "skin": EditKind.SKIN, "time": EditKind.TIME, "weather": EditKind.WEATHER,
    "style": EditKind.STYLE, "place": EditKind.PLACE, "clothes": EditKind.CLOTHES,
}  # fmt: skip


def nearest_words(wish: Assignment, seed: int) -> tuple[Assignment, ...]:
    """The nearest that the world has, and two more words of the attribute, drawn by the seed."""
    if only_color(wish):
        return (nearest(wish),)
    values = [word for word in VALUES[wish.attribute] if word not in (NONE, wish.near)]
    order = np.random.default_rng((abs(seed), crc32(wish.attribute.encode()), _OTHERS)).permutation(len(values))
    words = [*([wish.near] if wish.near else []), *(str(values[index]) for index in order)][: _OTHERS + 1]
    others = tuple(Assignment(attribute=wish.attribute, value=word) for word in words)
    return (nearest(wish), *others[1:]) if wish.near else others


def only_color(wish: Assignment) -> bool:
    """Whether all that the world lacks is a color."""
    plain = wish.near in (SAME, None, Place.STUDIO) and wish.attribute != "person"
    return wish.value == OTHER and plain and wish.color is not None


def nearest(wish: Assignment) -> Assignment:
    """The wish itself, or the nearest that can be fulfilled; what is near to nothing is left open."""
    if wish.value != OTHER:
        return wish
    return wish.model_copy(update={"value": wish.near, "near": None})


def nearest_request(wishes: Wishes, seed: int) -> str:
    """One sentence for all the wishes, each the nearest that can be fulfilled."""
    return " and ".join(plain_sentence(nearest(wish), seed) for wish in wishes)


def plain_sentence(wish: Assignment, seed: int) -> str:
    """A wish as a request; a color or a side that was left open stays open."""
    name = wish.attribute
    if wish.value == NONE:
        return instruction(Edit(kind=EditKind(f"remove {name}")))
    if wish.value == SAME:
        return f"make the {_THINGS.get(name, name)} {wish.color or 'a different color'}"
    if wish.value is None and name in COLORED:
        return f"give the person {_some(name, wish.color)}"
    value = wish.value or _first(name, seed)
    if name == "backdrop":
        return instruction(Edit(kind=EditKind.BACKDROP, color=Color(value)))
    if name == "clothes" and wish.color:
        return f"dress the person in {named(name, value, wish.color)}"
    kind = _SET.get(name) or EditKind(f"add {name}")
    return instruction(Edit(kind=kind, value=value, color=wish.color, side=wish.side))


_THINGS = {"held": "thing in the hand"}


def _some(name: str, color: Color | None) -> str:
    words = {"hat": "hat", "glasses": "glasses", "clothes": "clothes", "held": "thing to hold"}[name]
    article = "" if name in ("glasses", "clothes") else "a "
    return f"{article}{color} {words}" if color else f"{article or 'other '}{words}"


def _first(name: str, seed: int) -> str:
    values = [str(word) for word in VALUES[name] if word != NONE]
    return values[int(np.random.default_rng((abs(seed), crc32(name.encode()))).integers(len(values)))]


def scene_request(wishes: Wishes, seed: int) -> str:
    """A wish for a picture in the words of `sentences.describe`, each part the nearest that can be fulfilled."""
    parts = {wish.attribute: nearest(wish) for wish in wishes if wish.value != NONE}
    person = parts.pop("person", None)
    who = named("person", (person.value if person else None) or _first("person", seed))
    return ", ".join((f"draw {who}", *_said(list(parts.values()), seed)))


def _said(wishes: Sequence[Assignment], seed: int) -> list[str]:
    found: list[str] = []
    for wish in wishes:
        value = None if wish.value == SAME else wish.value
        if wish.attribute == "backdrop":
            found.append(named("place", Place.STUDIO, Color(value) if value else None))
            continue
        words = named(wish.attribute, value or _first(wish.attribute, seed), wish.color)
        words = f"holding {words}" if wish.attribute == "held" else words
        found.append(f"{words} on the {wish.side}" if isinstance(wish.side, Side) else words)
    return found
