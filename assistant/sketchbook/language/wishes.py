"""What a sentence asks of the sketchbook's world, as assignments; and the notation in which the model writes them.

One assignment a wish: “hat beret green”, “hat any green” (which hat is left open), “hat same yellow” (the hat stays,
its color changes), “hat none” (no hat), “hat other straw hat” (a hat that the world lacks; nearest: the straw hat).
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from pydantic import model_validator

from assistant.sketchbook.scene import (
    Beard,
    Beside,
    Clothes,
    Color,
    Expression,
    Glasses,
    HairColor,
    HairStyle,
    Hat,
    Held,
    Person,
    Place,
    Side,
    Sign,
    Skin,
    Style,
    Time,
    Weather,
)
from assistant.where import Value

Word = TypeVar("Word", bound=StrEnum)
ANY, NONE, SAME, OTHER, UNKNOWN = "any", "none", "same", "other", "unknown"
MOST_WISHES = 18
VALUES: dict[str, type[StrEnum]] = {
    "person": Person,
    "skin": Skin,
    "hair": HairStyle,
    "hair_color": HairColor,
    "expression": Expression,
    "glasses": Glasses,
    "beard": Beard,
    "hat": Hat,
    "clothes": Clothes,
    "held": Held,
    "beside": Beside,
    "sign": Sign,
    "place": Place,
    "backdrop": Color,
    "time": Time,
    "weather": Weather,
    "style": Style,
}
COLORED = ("glasses", "hat", "clothes", "held")
SIDED = ("held", "beside", "sign")
REMOVABLE = tuple(name for name, values in VALUES.items() if NONE in tuple(values))


class Assignment(Value):
    """One wish: what an attribute is to be, as far as it was said."""

    attribute: str
    value: str | None = None
    """A word of the attribute, “none”, “same” (only its color changes) or “other” (not in the world); None is open."""
    color: Color | None = None
    """Only of what is colored; None is left open."""
    side: Side | None = None
    """As the viewer sees it; only of what stands beside, is held or is a sign."""
    near: str | None = None
    """With “other”: the nearest word of the attribute, “same” when only the color is not in the world; None when
    nothing is near. The color is then the nearest color."""

    @model_validator(mode="after")
    def _fits(self) -> "Assignment":
        if self.attribute not in VALUES:
            raise ValueError(f"the world has no {self.attribute!r}, only {', '.join(VALUES)}")
        if self.value != OTHER and self.near is not None:
            raise ValueError("only “other” has a nearest word")
        meant = self.near if self.value == OTHER else self.value
        known = tuple(word for word in VALUES[self.attribute] if word != NONE or self.value != OTHER)
        if meant is not None and meant not in known and not (meant == SAME and self.attribute in COLORED):
            raise ValueError(f"{self.attribute} is one of {', '.join(known)}, not {meant!r}")
        colored = self.attribute in COLORED or (self.attribute == "place" and meant == Place.STUDIO)
        if self.color is not None and (not colored or self.value == NONE):
            raise ValueError(f"{self.attribute} {meant} has no color of its own")
        if self.side is not None and (self.attribute not in SIDED or self.value == NONE):
            raise ValueError(f"{self.attribute} {meant} has no side")
        return self


Wishes = tuple[Assignment, ...]


def write_wishes(wishes: Sequence[Assignment] | None) -> str:
    """The line that the model is to write; None is a sentence about what the world lacks."""
    return "; ".join(_written(wish) for wish in wishes) if wishes else UNKNOWN


def _written(wish: Assignment) -> str:
    words = [wish.attribute]
    if wish.value == OTHER:
        words.append(OTHER)
    words.append((wish.near if wish.value == OTHER else wish.value) or ANY)
    return " ".join((*words, *(word for word in (wish.color, wish.side) if word)))


def parse_wishes(text: str) -> Wishes | None:
    """The wishes of a line; a later one takes the place of an earlier one about the same attribute.

    Raises ValueError when the line is not in the notation.
    """
    if text == UNKNOWN:
        return None
    found: dict[str, Assignment] = {}
    for part in text.split("; "):
        wish = _read(part)
        found.pop(wish.attribute, None)
        found[wish.attribute] = wish
    return tuple(found.values())


def _read(part: str) -> Assignment:
    attribute, _, rest = part.partition(" ")
    value: str | None = None
    if rest.startswith(f"{OTHER} "):
        value, rest = OTHER, rest.removeprefix(f"{OTHER} ")
    rest, side = _last(rest, Side) if attribute in SIDED else (rest, None)
    rest, color = _last(rest, Color) if attribute in (*COLORED, "place") else (rest, None)
    if not rest:
        raise ValueError(f"{part!r} says nothing of {attribute}; say a word of it, “{ANY}” or “{OTHER}”")
    word = None if rest == ANY else rest
    if value == OTHER:
        return Assignment(attribute=attribute, value=OTHER, near=word, color=color, side=side)
    return Assignment(attribute=attribute, value=word, color=color, side=side)


def _last(text: str, values: type[Word]) -> tuple[str, Word | None]:
    """The text without its last word, and that word, where it is one of the values."""
    before, _, last = text.rpartition(" ")
    return (before, values(last)) if last in tuple(values) else (text, None)


def _quoted(words: Sequence[str]) -> str:
    return "(" + " | ".join(f'"{word}"' for word in words) + ")"


def _rule(attribute: str) -> str:
    """The grammar of one attribute's assignments."""
    present = [str(word) for word in VALUES[attribute] if word != NONE]
    words = _quoted([ANY, *present, *([SAME] if attribute in COLORED else [])])
    after = ' (" " COLOR)?' if attribute in COLORED else ""
    after += ' (" " SIDE)?' if attribute in SIDED else ""
    options = [f'("{OTHER} ")? {words}{after}']
    if attribute == "place":
        options.append(f'("{OTHER} ")? "{Place.STUDIO}" " " COLOR')
    if attribute in REMOVABLE:
        options.append(f'"{NONE}"')
    return f'{attribute}: "{attribute} " (' + " | ".join(options) + ")"


def _grammar() -> str:
    names = " | ".join(VALUES)
    lines = [
        f'start: "{UNKNOWN}" | wish ("; " wish){{0,{MOST_WISHES - 1}}}',
        f"wish: {names}",
        *(_rule(attribute) for attribute in VALUES),
        f"COLOR: {_quoted(list(Color))}",
        f"SIDE: {_quoted(list(Side))}",
    ]
    return "\n".join(lines) + "\n"


GROUND_GRAMMAR = _grammar()
"""For llguidance: every line that it allows can be read by `parse_wishes`."""
