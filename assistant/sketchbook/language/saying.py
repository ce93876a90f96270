"""What every sentence is made of: whom it speaks of, what it wishes, and nouns with their articles."""

from collections.abc import Mapping
from typing import NamedTuple

from assistant.sketchbook.language.phrasing import Dice, listed
from assistant.sketchbook.language.wishes import Assignment, Wishes
from assistant.sketchbook.language.words import COLORS, OTHER_COLORS
from assistant.sketchbook.scene import Color, Person, Side

Slots = Mapping[str, str]
_CHANCE_OF_COLOR_AFTER = 0.06
_CHANCE_OF_SOME = 0.04


class Said(NamedTuple):
    """Words and what they ask for."""

    text: str
    wishes: Wishes


def _pronouns(him: str, his: str, he: str, *people: Person) -> tuple[Slots, tuple[Person, ...]]:
    return {"him": him, "his": his, "he": he}, people


def _noun(noun: str, *people: Person) -> tuple[Slots, tuple[Person, ...]]:
    return _pronouns(f"the {noun}", f"the {noun}'s", f"the {noun}", *people)


_HER = _pronouns("her", "her", "she", Person.WOMAN, Person.GIRL, Person.OLD_WOMAN)
_HIM = _pronouns("him", "his", "he", Person.MAN, Person.BOY, Person.OLD_MAN)
_THEM = _pronouns("them", "their", "they", *Person)
WHO: tuple[tuple[Slots, tuple[Person, ...]], ...] = (
    *(_HER, _HER, _HER, _HER, _HIM, _HIM, _HIM, _HIM, _THEM, _THEM),
    *(_noun("person", *Person), _noun("person", *Person), _noun("character", *Person), _noun("figure", *Person)),
    *(_noun("woman", Person.WOMAN), _noun("lady", Person.WOMAN), _noun("girl", Person.GIRL), _noun("boy", Person.BOY)),
    *(_noun("man", Person.MAN), _noun("guy", Person.MAN), _noun("old man", Person.OLD_MAN), _noun("kid", Person.BOY)),
    *(_noun("old woman", Person.OLD_WOMAN), _noun("old lady", Person.OLD_WOMAN), _noun("grandpa", Person.OLD_MAN)),
)
"""How a sentence speaks of the person, and who that may be."""
_PLURALS = listed("""
    glasses; spectacles; specs; shades; aviators; sunnies; goggles; flowers; tulips; roses; dungarees; overalls;
    clothes; jeans; shorts; trousers; pants; leggings; lederhosen; pyjamas; pajamas; sideburns; mutton chops;
    muttonchops; mushrooms; plants; hair; eyewear; headwear; headgear; armor; armour; gelato; beer; candy floss;
    anything; something

""")
_QUANTITIES = ("some ", "a few ", "lots of ", "any ", "another ", "a different ", "something", "anything")


def with_article(noun: str) -> str:
    """“a beret”, “an orange cap”, “round glasses”."""
    if noun.startswith(_QUANTITIES) or noun.endswith(_PLURALS):
        return noun
    return f"an {noun}" if noun[0] in "aeiou" and not noun.startswith(("uni", "eu", "one")) else f"a {noun}"


def colored(dice: Dice, noun: str, color: str | None) -> str:
    """A noun and its color with the article: “a red cap”, now and then “a cap in red”."""
    if color is None:
        if dice.chance(_CHANCE_OF_SOME):
            return f"some {noun}" if noun.endswith(_PLURALS) else dice.say(f"[some|any|one] {noun}")
        return with_article(noun)
    if dice.chance(_CHANCE_OF_COLOR_AFTER):
        return f"{with_article(noun)} in {color}"
    for quantity in _QUANTITIES[:3]:
        if noun.startswith(quantity):
            return f"{quantity}{color} {noun.removeprefix(quantity)}"
    return with_article(f"{color} {noun}")


def color_word(dice: Dice, color: Color) -> str:
    return dice.say(dice.one(COLORS[color]))


def other_color_word(dice: Dice) -> tuple[str, Color]:
    """A color that the world lacks, and the nearest that it has."""
    near = dice.one(_OTHER_COLORS)
    return dice.say(dice.one(OTHER_COLORS[near])), near


_OTHER_COLORS = tuple(OTHER_COLORS)
SIDES = tuple(Side)
ALL_COLORS = tuple(Color)


def wish(attribute: str, value: str | None = None, color: Color | None = None, side: Side | None = None) -> Assignment:
    return Assignment(attribute=attribute, value=value, color=color, side=side)


def other(attribute: str, near: str | None, color: Color | None = None, side: Side | None = None) -> Assignment:
    """A wish that the world cannot fulfil, with the nearest that it can."""
    return Assignment(attribute=attribute, value="other", near=near, color=color, side=side)
