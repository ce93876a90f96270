"""Sentences about things that come, go and change color: what is worn, held, stands beside somebody or hangs."""

from assistant.sketchbook.language import words
from assistant.sketchbook.language.kinds import BEARD, BESIDE, COMMON_PUT, HAT, HELD, KINDS, SIGN, Kind
from assistant.sketchbook.language.outside import NEAR_MISSES
from assistant.sketchbook.language.phrasing import Dice, listed
from assistant.sketchbook.language.saying import (
    ALL_COLORS,
    SIDES,
    Said,
    Slots,
    color_word,
    colored,
    other,
    other_color_word,
    wish,
    with_article,
)
from assistant.sketchbook.language.wishes import COLORED, NONE, SAME, Assignment
from assistant.sketchbook.scene import Beside, Color, HairColor, Side

_COMMON_CHANGE = listed("""
    [replace|swap|exchange] {the} [with|for|by] {a}; change {the} [to|into|for] {a}; turn {the} into {a}; {a} instead
    of {the}; make {the} {a}; {the} should be {a}; instead of {the}, [give {him}|add|I want] {a}; swap {the} out for
    {a}; remove {the} and add {a} instead; give {him} {a} instead of {the}; {the} -> {a}
""")
_COMMON_DIFFERENT = listed("""
    change {the}; change {the}; [give {him}|try|use|show me|draw] [another|a different|some other] {n}; [another|a
    different|a new|some other] {n}; swap {the} for [another|a different] one; [switch|swap|replace] {the}; change
    {the} to [something else|something different|another one|a different one]; make {the} different; I don't like
    {the}, [try|give {him}] another; [pick|choose] a different {n}; not that {n}, another one
""")
_COMMON_REMOVE = listed("""
    [remove|delete|erase|get rid of|lose|drop|ditch|take away|scrap|clear] {the}; [remove|delete|erase] {the}; take
    {the} away; no [more |]{n}; without {the}; {the} should [go|be gone|disappear|vanish]; lose {the}; {he} shouldn't
    have {an}; make {the} [disappear|vanish|go away]; I don't want {the}; {him} without {an}; [please |]remove {the}
    again; not {the}; hide {the}; there should be no {n}
""")
_COMMON_RECOLOR = listed("""
    [make|turn|paint|color|colour|dye|recolor|recolour] {the} {c}; make {the} {c}; change {the} to {c}; change the
    colo[|u]r of {the} to {c}; {the} should be {c}; {the} in {c}; I want {the} [in|to be] {c}; give {the} a {c}
    colo[|u]r; {c} for {the}; can {the} be {c}; keep {the} but make it {c}; make {the} {c} instead; set {the}'s
    colo[|u]r to {c}; {the} should have a {c} colo[|u]r; turn the colo[|u]r of {the} to {c}
""")
_COMMON_ANY_COLOR = listed("""
    change the colo[|u]r of {the}; [recolor|recolour] {the}; [make|paint] {the} [another|a different] colo[|u]r;
    another colo[|u]r for {the}; {the} in [another|a different] colo[|u]r; give {the} a [new|different] colo[|u]r
""")
_WORDS_ON_SIGNS = '[saying|that says|with the text|reading|with] ["|“|]{word}["|”|]'
_SIGN_WORDS = listed("""
    hello; WELCOME; happy birthday; SALE; hi; Anna; open; thank you; I love you; café; 2026
""")
_AT_SIDES = (
    "[on the {side}|on the {side}|on the {side}|on the {side} side|to the {side}|at the {side}|on the {side}-hand side]"
)
_BEARD_COLORS = tuple(HairColor)


def put(dice: Dice, kind: Kind, who: Slots) -> Said:
    """A wish for a thing: which one and what color may be left open."""
    a, assignments, text_after = _wanted(dice, kind, who)
    slots = {**who, "a": a, "the": the(dice, kind, who)}
    if assignments[0].value is None and " " in a and kind in (HELD, BESIDE, HAT, BEARD, SIGN):
        pattern = dice.one(COMMON_PUT[:8])  # “something in her hand” says where already
    else:
        pattern = dice.one(_COMMON_CHANGE if dice.chance(0.2) else kind.put)
    return Said(dice.say(pattern, slots) + text_after, assignments)


def _wanted(dice: Dice, kind: Kind, who: Slots) -> tuple[str, tuple[Assignment, ...], str]:
    """A thing with its article, what is wished, and what follows the sentence."""
    color, color_said, outside = _color(dice, kind)
    value, noun, near = _value(dice, kind, who)
    side = (
        dice.one(SIDES)
        if kind.attribute in ("beside", "sign", "held") and dice.chance(_SIDED_SHARE[kind.attribute])
        else None
    )
    after = dice.say(" " + _AT_SIDES, {"side": side}) if side else ""
    if kind is SIGN and dice.chance(0.25):
        after = f"{after} {dice.say(_WORDS_ON_SIGNS, {'word': dice.one(_SIGN_WORDS)})}"
    a = noun if value is None and not color_said and noun.startswith(_WITH_ARTICLE) else colored(dice, noun, color_said)
    if kind is BESIDE and value and dice.chance(0.15):
        return _colored_beside(dice, Beside(value), noun, side, after)
    if near or outside:
        return a, (other(kind.attribute, near or value, color, side),), f"{' ' if after else ''}{after.strip()}"
    assignments = (wish(kind.attribute, value, color, side),)
    if kind is BEARD and dice.chance(0.2) and not noun.startswith(_WITH_ARTICLE):
        said, hair_color = _beard_color(dice)
        return colored(dice, noun, said), (*assignments, wish("hair_color", hair_color)), ""
    return a, assignments, f"{' ' if after else ''}{after.strip()}"


_SIDED_SHARE = {"beside": 0.3, "sign": 0.3, "held": 0.06}
_WITH_ARTICLE = (
    "a ",
    "an ",
    "some",
    *(f"{word} " for word in listed("new; different; other; nicer; nice; cool; funny; fancy; cute; hair")),
)


def _colored_beside(
    dice: Dice, value: Beside, noun: str, side: Side | None, after: str
) -> tuple[str, tuple[Assignment, ...], str]:
    """A thing beside somebody in a color: the world draws each in its own, any other color is outside it."""
    color = dice.one((*_OWN_COLORS[value], *ALL_COLORS[:: 1 + dice.below(3)]))
    a = colored(dice, noun, color_word(dice, color))
    assignment = (
        wish("beside", value, None, side) if color in _OWN_COLORS[value] else other("beside", value, None, side)
    )
    return a, (assignment,), f" {after}" if after else ""


_OWN_COLORS: dict[Beside, tuple[Color, ...]] = {
    Beside.DOG: (Color.BROWN,),
    Beside.CAT: (),
    Beside.BIRD: (Color.ORANGE, Color.BROWN),
    Beside.RABBIT: (Color.WHITE,),
    Beside.TREE: (Color.GREEN,),
    Beside.LAMP: (Color.BLACK,),
    Beside.BICYCLE: (Color.RED,),
    Beside.BOAT: (Color.WHITE, Color.GREEN),
    Beside.CAR: (Color.GREEN,),
    Beside.FLOWERS: (Color.RED, Color.YELLOW, Color.PINK),
    Beside.SNOWMAN: (Color.WHITE,),
}


def _beard_color(dice: Dice) -> tuple[str, HairColor]:
    color = dice.one(_BEARD_COLORS)
    return dice.say(dice.one(words.HAIR_COLORS[color])), color


def _color(dice: Dice, kind: Kind) -> tuple[Color | None, str | None, bool]:
    """The color of a wish, how it is said, and whether it is one that the world lacks."""
    if kind.attribute not in COLORED or dice.chance(0.45):
        return None, None, False
    if dice.chance(0.07):
        said, near = other_color_word(dice)
        return near, said, True
    color = dice.one(ALL_COLORS)
    return color, color_word(dice, color), False


def _value(dice: Dice, kind: Kind, who: Slots) -> tuple[str | None, str, str | None]:
    """The word of the world, or None, with a noun for it; and the nearest word when the noun is not of the world."""
    roll = dice.fraction()
    if roll < 0.13:
        near = dice.one(_MISSES[kind.attribute])
        return None, dice.say(dice.one(NEAR_MISSES[kind.attribute][near])), near
    if roll < 0.3 and kind.attribute in ("hat", "glasses", "beard", "sign", "clothes"):
        noun = dice.one(kind.anywhere) if dice.chance(0.25) else dice.one(kind.any_nouns[:2])
        return None, dice.say(noun, who), None
    if roll < 0.17:
        return None, dice.say(dice.one(kind.anywhere), who), None
    value = dice.one(_VALUES[kind.attribute])
    return value, dice.say(dice.one(kind.nouns[value])), None


_VALUES = {name: tuple(kind.nouns) for name, kind in KINDS.items()}
_MISSES = {name: tuple(misses) for name, misses in NEAR_MISSES.items()}


def the(dice: Dice, kind: Kind, who: Slots) -> str:
    """A thing that is there already: “her hat”, “the beret”, “the green beret”."""
    return _the(dice, kind, who)[0]


def _the(dice: Dice, kind: Kind, who: Slots) -> tuple[str, str]:
    """The thing with “the” or its owner, and its bare noun."""
    if dice.chance(0.6 if kind.attribute not in ("held", "beside") else 0.25):
        noun = dice.say(dice.one(kind.any_nouns), who)
        return dice.say(f"{kind.owners if noun.isalpha() else 'the'} {noun}", who), noun
    noun = dice.say(dice.one(kind.nouns[dice.one(_VALUES[kind.attribute])]))
    for quantity in ("some ", "a few ", "lots of "):
        noun = noun.removeprefix(quantity)
    if kind.attribute in COLORED and dice.chance(0.15):
        noun = f"{color_word(dice, dice.one(ALL_COLORS))} {noun}"
    return dice.say(f"{kind.owners} {noun}", who), noun


def different(dice: Dice, kind: Kind, who: Slots) -> Said:
    """A wish for another one than what is there."""
    the_thing, noun = _the(dice, kind, who)
    return Said(dice.say(dice.one(_COMMON_DIFFERENT), {**who, "the": the_thing, "n": noun}), (wish(kind.attribute),))


def remove(dice: Dice, kind: Kind, who: Slots) -> Said:
    """A wish that a thing goes; clothes never do."""
    the_thing, noun = _the(dice, kind, who)
    patterns = dice.one((_COMMON_REMOVE, _COMMON_REMOVE, kind.remove, kind.remove_whatever))
    slots = {**who, "the": the_thing, "n": noun, "an": colored(dice, noun, None)}
    return Said(dice.say(dice.one(patterns), slots), (wish(kind.attribute, NONE),))


def recolor(dice: Dice, kind: Kind, who: Slots) -> Said:
    """A wish that a thing stays and gets a color, said or left open."""
    the_thing, _ = _the(dice, kind, who)
    if dice.chance(0.12):
        return Said(dice.say(dice.one(_COMMON_ANY_COLOR), {**who, "the": the_thing}), (wish(kind.attribute, SAME),))
    if dice.chance(0.07):
        said, near = other_color_word(dice)
        assignment = other(kind.attribute, SAME, near)
    else:
        color = dice.one(ALL_COLORS)
        said, assignment = color_word(dice, color), wish(kind.attribute, SAME, color)
    return Said(dice.say(dice.one(_COMMON_RECOLOR), {**who, "the": the_thing, "c": said}), (assignment,))


def put_and_color(dice: Dice, kind: Kind, who: Slots) -> Said:
    """A thing and then its color: “give her a hat and make it green”."""
    value, noun, near = _value(dice, kind, who)
    color = dice.one(ALL_COLORS)
    text = dice.say(dice.one(kind.put), {**who, "a": noun if noun.startswith(_WITH_ARTICLE) else with_article(noun)})
    text += dice.one(_THEN_COLOR).format(c=color_word(dice, color))
    assignment = other(kind.attribute, near, color) if near else wish(kind.attribute, value, color)
    return Said(text, (assignment,))


_THEN_COLOR = (" and make it {c}", ", {c}", ", a {c} one", " in {c}", " and color it {c}", ", make it {c}")


def several(dice: Dice, who: Slots) -> Said:
    """Two or three things in one list: “give him a hat, glasses and a cup”."""
    kinds = _distinct(dice, 2 + dice.chance(0.3))
    wanted = [_wanted(dice, kind, who) for kind in kinds]
    nouns = [noun for noun, _, _ in wanted]
    listed = f"{', '.join(nouns[:-1])} {dice.say('[and|and|plus|as well as]')} {nouns[-1]}"
    text = dice.say(dice.one(_LISTS), {**who, "a": listed}) + (wanted[-1][2] if kinds[-1] in (BESIDE, SIGN) else "")
    wishes = tuple(assignment for _, found, _ in wanted[:-1] for assignment in _unsided(found))
    wishes += wanted[-1][1] if kinds[-1] in (BESIDE, SIGN) else _unsided(wanted[-1][1])
    return Said(text, wishes)


_LISTS = listed("""
    add {a}; give {him} {a}; {he} should have {a}; I want {a}; {him} with {a}; let's add {a}; [please |]add {a}
""")


def _unsided(wishes: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
    return tuple(assignment.model_copy(update={"side": None}) for assignment in wishes)


def _distinct(dice: Dice, count: int) -> list[Kind]:
    left = list(KINDS.values())
    return [left.pop(dice.below(len(left))) for _ in range(count)]
