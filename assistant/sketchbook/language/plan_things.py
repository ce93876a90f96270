"""Things in pictures, as people name them: with and without articles, places, quoted words."""

# Sayings fill the lines, they do not stand one below the other.
# fmt: off

from __future__ import annotations

from typing import NamedTuple

from assistant.sketchbook.language import plan_bank as bank
from assistant.sketchbook.language.plan_dice import Dice

_VOWELS = tuple("aeiou")
_MASS = frozenset(["grass", "water", "snow", "sand", "hair", "skin", "teeth", "eyes", "graffiti", "dust", "rain",
    "fog", "glare", "popcorn", "sushi", "bread", "cheese", "coffee", "soap", "jeans", "trousers", "shorts", "glasses",
    "sunglasses", "earrings", "gloves", "boots", "sneakers", "sandals", "socks", "stairs", "headphones", "flowers",
    "sunflowers", "shades", "spectacles", "overalls", "dungarees", "dreadlocks", "pigtails", "stubble", "armor",
    "treasure"])
_HE = frozenset(["man", "boy", "guy", "groom", "old", "man", "waiter", "king", "grandfather", "father", "policeman",
    "fisherman", "pirate", "monk", "knight"]) | {"old man"}
_SHE = frozenset(("woman", "girl", "lady", "bride", "old woman", "queen", "grandmother", "mother", "model", "singer",
    "dancer"))


class Thing(NamedTuple):
    """`bare` has no article: "red hat". `new` is put in: "a red hat"; `known` is there: "the red hat"."""

    bare: str
    new: str
    known: str
    plural: bool = False
    head: str = ""
    """The noun alone, by which it is spoken of again: "the hat"."""

    @property
    def again(self) -> str:
        return f"the {self.head or self.bare}"

    @property
    def pronoun(self) -> str:
        if self.head in _HE:
            return "him"
        return "her" if self.head in _SHE else "them" if self.plural else "it"


def article(bare: str) -> str:
    """ "a hat", "an old hat", "sunglasses"."""
    last = bare.split(" with ")[0].split(" of ")[0].split()[-1]
    if last in _MASS:
        return bare
    return f"{'an' if bare[0] in _VOWELS and not bare.startswith(('uni', 'ufo', 'one')) else 'a'} {bare}"


def color(dice: Dice) -> str:
    return dice.pick(bank.COLORS) if dice.chance(0.8) else dice.pick(bank.LOOSE_COLORS)


def _describing(dice: Dice) -> str:
    kind = dice.number(0, 9)
    if kind <= 3:
        return color(dice)
    if kind == 4:
        return dice.pick(bank.MATERIALS)
    if kind == 5:
        return f"{dice.pick(bank.ADJECTIVES)} {color(dice)}"
    if kind == 6:
        return f"{dice.pick(bank.COLORS)} and {dice.pick(bank.COLORS)}"
    if kind == 7 and dice.chance(0.5):
        return dice.strange()
    return dice.pick(bank.ADJECTIVES)


_NEW = (bank.THINGS, bank.THINGS, bank.NATURE, bank.ANIMALS, bank.FOOD, bank.WEARABLES, bank.PLURALS)
_HERE = (bank.THINGS, bank.THINGS, bank.NATURE, bank.ANIMALS, bank.PEOPLE, bank.FOOD, bank.PARTS, bank.PLURALS,
    bank.WEARABLES)
_TAILS = ("with {p}", "with a {n}", "made of {m}", "full of {s}", "on wheels", "with long legs", "with little wings",
    "and a matching {n}")


def _noun(dice: Dice, banks: tuple[tuple[str, ...], ...]) -> tuple[str, bool]:
    if dice.chance(0.07):
        noun = dice.strange()
        return (f"{noun}s", True) if dice.chance(0.2) else (noun, False)
    if dice.theme and dice.chance(0.75):
        noun = dice.pick(dice.theme.new if banks is _NEW else dice.theme.here)
        return noun, noun.endswith("s") and not noun.endswith(("ss", "us", "glasses")) and noun not in _MASS
    words = dice.pick(banks)
    return dice.pick(words), words is bank.PLURALS


def new_thing(dice: Dice, plain: float = 0.35) -> Thing:
    """Something to be put into the picture."""
    noun, plural = _noun(dice, _NEW)
    bare = noun if dice.chance(plain) else f"{_describing(dice)} {noun}"
    if dice.chance(0.08):
        tail = dice.pick(_TAILS[:5])
        bare += " " + tail.format(p=dice.pick(bank.PATTERNS), n=dice.pick(bank.WEARABLES), m=dice.pick(("wood",
            "glass", "gold", "paper", "ice")), s=dice.pick(bank.PLURALS),)
    if plural:
        count = dice.weighted({"": 3, "two": 1, "three": 1, "some": 2, "a few": 1, "lots of": 1, "5": 0.3, "many":
            0.3})
        return Thing(bare, f"{count} {bare}".strip(), f"the {bare}", plural=True, head=noun)
    count = "another " if dice.chance(0.04) else ""
    return Thing(bare, f"{count}{bare}" if count else article(bare), f"the {bare}", head=noun)


_STANDING = ("on the left", "on the right", "in the background", "in the foreground", "in the middle", "behind her",
    "behind him", "at the bottom", "on the table", "near the door", "in the corner", "at the top")


def known_thing(dice: Dice) -> Thing:
    """Something that is in the picture: "the red car", "the man's hat", "both lamps", "her dress"."""
    noun, plural = _noun(dice, _HERE)
    kind = dice.number(0, 19)
    bare = noun
    if kind <= 4 and noun not in bank.PEOPLE:
        bare = f"{dice.pick(bank.COLORS)} {noun}" if dice.chance(0.6) else f"{dice.pick(bank.ADJECTIVES)} {noun}"
    elif kind == 5 and noun in bank.PARTS:
        owner = dice.pick(bank.SOLE)
        return Thing(f"{owner}'s {noun}", f"the {owner}'s {noun}", f"the {owner}'s {noun}", head=f"{owner}'s {noun}")
    elif kind == 6 and "on" not in noun.split():
        bare = f"{noun} {dice.pick(_STANDING)}"
        return Thing(bare, f"the {bare}", f"the {bare}", plural=plural, head=noun)
    elif kind == 7 and plural:
        known = f"{dice.pick(('all the', 'both', 'all', 'all of the', 'those', 'these'))} {noun}"
        return Thing(noun, known, known, plural=True, head=noun)
    elif kind == 8 and noun in bank.PARTS:
        known = f"{dice.pick(('his', 'her', 'their', 'my'))} {noun}"
        return Thing(noun, known, known, plural=plural, head=noun)
    return Thing(bare, f"the {bare}", f"the {bare}", plural=plural, head=noun if " " not in noun else noun.split(
        " in ")[0])


def region(dice: Dice) -> str:
    """A place for an exact step, without article: "sky", "left half", "woman's face"."""
    kind = dice.number(0, 9)
    if kind <= 3:
        return dice.pick(("background", "sky", "background", "foreground", "face", "faces", "water", "grass"))
    if kind == 4:
        return dice.pick(_AREAS)
    if kind == 5:
        part = dice.pick(("face", "hair", "eyes", "shirt", "dress", "hands", "jacket", "skin", "teeth", "hat"))
        return f"{dice.pick(bank.SOLE)}'s {part}"
    return known_thing_plain(dice)


_AREAS = ("left half", "right half", "top half", "bottom half", "upper half", "lower half", "left third",
    "right third", "upper third", "lower third", "top left corner", "top right corner", "bottom left corner",
    "bottom right corner", "center", "edges", "top", "bottom", "left side", "right side", "corners", "middle")


def known_thing_plain(dice: Dice) -> str:
    noun, _ = _noun(dice, _HERE)
    return f"{dice.pick(bank.COLORS)} {noun}" if dice.chance(0.25) and noun not in bank.PEOPLE else noun


def quoted(dice: Dice) -> str:
    """Words to be set on a picture or a sign, as they are typed."""
    kind = dice.number(0, 9)
    if kind == 0:
        words = f"{dice.pick(bank.NAMES)} {dice.pick(('&', 'and', '+'))} {dice.pick(bank.NAMES)}"
    elif kind == 1:
        words = f"{dice.pick(bank.WORDS)} {dice.pick(bank.WORDS)}"
    elif kind == 2:
        words = f"{dice.pick(bank.ADJECTIVES)} {dice.pick(bank.THINGS)}"
    elif kind == 3:
        words = dice.pick((f"{dice.strange()} {dice.strange()}", dice.strange(),
            f"© {dice.number(1990, 2030)} {dice.pick(bank.NAMES)}",
            f"{dice.number(1, 31)}.{dice.number(1, 12)}.{dice.number(1990, 2030)}",
            f"{dice.pick(bank.NAMES)}'s {dice.pick(bank.FOOD)}", f"{dice.pick(bank.WORDS)}!", f"#{dice.strange()}",
            f"chapter {dice.number(1, 30)}"))
    else:
        words = dice.pick(bank.WORDS)
    style = dice.number(0, 5)
    return words.upper() if style == 0 else words.title() if style == 1 else words.capitalize() if style == 2 else words


QUOTES = (("“", "”"), ('"', '"'), ("'", "'"), ('"', '"'), ("„", "“"), ("«", "»"))


def in_quotes(dice: Dice, words: str) -> str:
    before, after = dice.pick(QUOTES)
    if before in words or after in words:
        before, after = "“", "”"
    return f"{before}{words}{after}"
