"""Wishes for a whole picture: “a grandpa with a white beard in the snow, pencil”."""

from collections.abc import Callable

from assistant.sketchbook.language import kinds, words
from assistant.sketchbook.language.look_clauses import hair_color_word, hair_noun
from assistant.sketchbook.language.outside import NEAR_MISSES, PLACE_MISSES, SUBJECTS_UNKNOWN, WORD_MISSES
from assistant.sketchbook.language.phrasing import Dice
from assistant.sketchbook.language.portrait_words import (
    DOING,
    HAIRED,
    MOODS,
    OPENERS,
    SKINNED,
    STYLE_FIRST,
    STYLED,
    STYLES,
    TIMES,
    WEATHERS,
)
from assistant.sketchbook.language.saying import (
    ALL_COLORS,
    SIDES,
    Said,
    color_word,
    colored,
    other,
    other_color_word,
    wish,
    with_article,
)
from assistant.sketchbook.language.setting_clauses import place_phrase
from assistant.sketchbook.language.wishes import COLORED, Assignment
from assistant.sketchbook.language.words import FEMALE
from assistant.sketchbook.scene import (
    Beard,
    HairColor,
    HairStyle,
    Person,
    Place,
    Skin,
)

_MISS = 0.06


def portrait(dice: Dice) -> Said:
    """A wish for a picture of one person; what is not said is left open, nothing is said twice."""
    said = _portrait(dice)
    while len({assignment.attribute for assignment in said.wishes}) < len(said.wishes):
        said = _portrait(dice)
    return said


def _portrait(dice: Dice) -> Said:
    plenty = dice.one((0.12, 0.3, 0.3, 0.55))
    subject, wishes = _subject(dice, plenty)
    parts, found = _details(dice, plenty, wishes)
    text = " ".join((subject, *parts))
    setting, more = _setting(dice, max(plenty, 0.3))
    said = dice.say(dice.one(OPENERS), {"a": text})
    if dice.chance(0.07):
        return _style_first(dice, text, (*wishes, *found), setting, more)
    return Said(_joined(said, setting), (*wishes, *found, *more))


def _joined(text: str, parts: list[str]) -> str:
    return " ".join((text, *parts)).replace(" ,", ",")


def _style_first(
    dice: Dice, text: str, wishes: tuple[Assignment, ...], setting: list[str], more: tuple[Assignment, ...]
) -> Said:
    """“a pencil drawing of an old man in the park”."""
    value = dice.one(tuple(STYLE_FIRST))
    kept = [part for part, assignment in zip(setting, more, strict=True) if assignment.attribute != "style"]
    more = tuple(assignment for assignment in more if assignment.attribute != "style")
    lead = dice.say(f"[draw|paint|make|] {STYLE_FIRST[value]} of")
    return Said(_joined(f"{lead} {text}", kept), (wish("style", value), *wishes, *more))


def _subject(dice: Dice, plenty: float) -> tuple[str, tuple[Assignment, ...]]:
    """Who, with what is said before the noun: “a happy red-haired girl”."""
    if dice.chance(_MISS):
        near = dice.one(tuple(WORD_MISSES["person"]))
        noun = dice.one(WORD_MISSES["person"][near])
        return with_article(noun), (other("person", None if near == "any" else near),)
    person = dice.one(_PEOPLE)
    adjectives: list[str] = []
    wishes: list[Assignment] = []
    for share, describe in ((plenty * 0.5, _mood), (plenty * 0.2, _skin), (plenty * 0.5, _hair_before)):
        if dice.chance(share):
            adjective, assignment = describe(dice)
            adjectives.append(adjective)
            wishes.append(assignment)
    if person in (Person.MAN, Person.OLD_MAN) and dice.chance(plenty * 0.15):
        adjectives.append("bearded")
        wishes.append(wish("beard"))
    noun = dice.say(dice.one(words.PEOPLE[person]))
    return with_article(" ".join((*adjectives, noun))), (*wishes, wish("person", person))


_PEOPLE = tuple(Person)


def _mood(dice: Dice) -> tuple[str, Assignment]:
    value = dice.one(MOODS)
    return dice.say(dice.one(words.EXPRESSIONS[value])), wish("expression", value)


def _skin(dice: Dice) -> tuple[str, Assignment]:
    value = dice.one(tuple(SKINNED))
    return SKINNED[value], wish("skin", value)


def _hair_before(dice: Dice) -> tuple[str, Assignment]:
    if dice.chance(0.5):
        color = dice.one(tuple(HAIRED))
        return dice.say(HAIRED[color]), wish("hair_color", color)
    style = dice.one(tuple(STYLED))
    return STYLED[style], wish("hair", style)


Detail = Callable[[Dice], tuple[str, tuple[Assignment, ...]]]


def _details(dice: Dice, plenty: float, said: tuple[Assignment, ...]) -> tuple[list[str], tuple[Assignment, ...]]:
    """What the person has, wears, holds and stands beside, in groups; nothing that was said before the noun."""
    taken = {assignment.attribute for assignment in said}
    female = any(assignment.value in FEMALE for assignment in said)
    having = _chosen(
        dice,
        plenty,
        [
            (None if taken & {"hair", "hair_color"} else _hair, 1.2),
            (None if "beard" in taken else _beard, 0.03 if female else 0.6),
        ],
    )
    having += _chosen(
        dice,
        plenty,
        [(None if "expression" in taken else _smile, 0.4), (None if "skin" in taken else _skin_with, 0.25)],
    )
    wearing = _chosen(dice, plenty, [(_glasses, 0.8), (_hat, 0.9), (_clothes, 0.8)])
    if wearing and dice.chance(0.3):
        having, wearing = having + wearing, []
    parts, wishes = [], []
    for lead, group in (("with", having), ("[wearing|wearing|in|with]", wearing)):
        if group:
            parts.append(f"{dice.say(lead)} {_listed(dice, [text for text, _ in group])}")
            wishes += [assignment for _, found in group for assignment in found]
    for text, found in _chosen(
        dice,
        plenty,
        [
            (_held, 0.8),
            (_beside, 0.8),
            (_sign, 0.25),
            (None if "expression" in taken | {w.attribute for w in wishes} else _doing, 0.25),
        ],
    ):
        parts.append(text)
        wishes += found
    return parts, tuple(wishes)


def _chosen(
    dice: Dice, plenty: float, details: list[tuple[Detail | None, float]]
) -> list[tuple[str, tuple[Assignment, ...]]]:
    return [detail(dice) for detail, share in details if detail and dice.chance(plenty * share)]


def _listed(dice: Dice, texts: list[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    return f"{', '.join(texts[:-1])}{dice.one((' and', ' and', ' and', ','))} {texts[-1]}"


def _hair(dice: Dice) -> tuple[str, tuple[Assignment, ...]]:
    roll = dice.fraction()
    style, color = dice.one(_HAIR_STYLES), dice.one(_HAIR_COLORS)
    if roll < 0.5:
        return hair_noun(dice, style, hair_color_word(dice, color)), (wish("hair", style), wish("hair_color", color))
    if roll < 0.7:
        return f"{hair_color_word(dice, color)} hair", (wish("hair_color", color),)
    if roll < 0.7 + 2 * _MISS:
        near = dice.one(tuple(WORD_MISSES["hair_color"]))
        return f"{dice.one(WORD_MISSES['hair_color'][near])} hair", (other("hair_color", near),)
    style = dice.one(_ALL_HAIR_STYLES)
    if words.HAIR_ADJECTIVES[style] and dice.chance(0.6):
        return f"{dice.say(dice.one(words.HAIR_ADJECTIVES[style]))} hair", (wish("hair", style),)
    return dice.say(dice.one(words.HAIR_NOUNS[style])), (wish("hair", style),)


_ALL_HAIR_STYLES = tuple(HairStyle)
_HAIR_STYLES = tuple(style for style in HairStyle if style is not HairStyle.BALD)
_HAIR_COLORS = tuple(HairColor)


def _beard(dice: Dice) -> tuple[str, tuple[Assignment, ...]]:
    value = None if dice.chance(0.3) else dice.one(_BEARDS)
    noun = "beard" if value is None else dice.say(dice.one(words.BEARDS[value]))
    if dice.chance(0.4):
        color = dice.one(_HAIR_COLORS)
        return with_article(f"{hair_color_word(dice, color)} {noun}"), (wish("beard", value), wish("hair_color", color))
    return with_article(noun), (wish("beard", value),)


_BEARDS = tuple(value for value in Beard if value is not Beard.NONE)


def _smile(dice: Dice) -> tuple[str, tuple[Assignment, ...]]:
    value = dice.one(MOODS)
    return dice.say(dice.one(words.EXPRESSION_NOUNS[value])), (wish("expression", value),)


def _doing(dice: Dice) -> tuple[str, tuple[Assignment, ...]]:
    value = dice.one(MOODS)
    return f", {dice.one(DOING[value])}", (wish("expression", value),)


def _skin_with(dice: Dice) -> tuple[str, tuple[Assignment, ...]]:
    value = dice.one(_SKINS)
    return f"{dice.say(dice.one(words.SKINS[value]))} skin", (wish("skin", value),)


_SKINS = tuple(Skin)


def _thing(dice: Dice, kind: kinds.Kind) -> tuple[str, tuple[Assignment, ...]]:
    """A thing with its article, in a color or not, of the world or nearly."""
    color, said, outside = None, None, False
    if kind.attribute in COLORED and dice.chance(0.5):
        outside = dice.chance(_MISS)
        if outside:
            said, color = other_color_word(dice)
        else:
            color = dice.one(ALL_COLORS)
            said = color_word(dice, color)
    if dice.chance(_MISS):
        near = dice.one(tuple(NEAR_MISSES[kind.attribute]))
        noun = dice.one(NEAR_MISSES[kind.attribute][near])
        return colored(dice, noun, said), (other(kind.attribute, near, color),)
    value = dice.one(tuple(kind.nouns))
    noun = dice.say(dice.one(kind.nouns[value]))
    if kind in (kinds.HAT, kinds.GLASSES) and dice.chance(0.25):
        value, noun = None, kind.attribute
    assignment = other(kind.attribute, value, color) if outside else wish(kind.attribute, value, color)
    return colored(dice, noun, said), (assignment,)


def _glasses(dice: Dice) -> tuple[str, tuple[Assignment, ...]]:
    return _thing(dice, kinds.GLASSES)


def _hat(dice: Dice) -> tuple[str, tuple[Assignment, ...]]:
    return _thing(dice, kinds.HAT)


def _clothes(dice: Dice) -> tuple[str, tuple[Assignment, ...]]:
    return _thing(dice, kinds.CLOTHES)


def _held(dice: Dice) -> tuple[str, tuple[Assignment, ...]]:
    noun, found = _thing(dice, kinds.HELD)
    return dice.say("[holding {a}|carrying {a}|with {a} in the hand|who holds {a}|, holding {a}]", {"a": noun}), found


def _beside(dice: Dice) -> tuple[str, tuple[Assignment, ...]]:
    noun, found = _thing(dice, kinds.BESIDE)
    side = dice.one(SIDES) if dice.chance(0.25) else None
    if side:
        found = tuple(assignment.model_copy(update={"side": side}) for assignment in found)
    return dice.say(_NEXT_TO_SIDED if side else _NEXT_TO, {"a": noun, "side": side or ""}), found


_NEXT_TO = (
    "[next to {a}|beside {a}|with {a}|and {a}|, {a} beside|, with {a} next to the person|near {a}|standing next to {a}]"
)
_NEXT_TO_SIDED = "[with {a} on the {side}|, {a} on the {side}|and {a} on the {side}|, with {a} to the {side}]"


def _sign(dice: Dice) -> tuple[str, tuple[Assignment, ...]]:
    noun, found = _thing(dice, kinds.SIGN)
    return dice.say("[and {a}|, {a} in the corner|with {a}|, {a} above]", {"a": noun}), found


def _setting(dice: Dice, plenty: float) -> tuple[list[str], tuple[Assignment, ...]]:
    """Place, time, weather and style, one part and one assignment each."""
    parts: list[tuple[str, Assignment]] = []
    if dice.chance(plenty * 1.6):
        parts.append(_place(dice))
    if dice.chance(plenty * 0.7):
        time = dice.one(tuple(TIMES))
        parts.append((dice.say(dice.one(TIMES[time])), wish("time", time)))
    if dice.chance(plenty * 0.7):
        weather = dice.one(tuple(WEATHERS))
        parts.append((dice.say(dice.one(WEATHERS[weather])), wish("weather", weather)))
    if len(parts) > 1 and dice.chance(0.3):
        parts = parts[::-1]
    if dice.chance(plenty * 0.6):
        style = dice.one(tuple(STYLES))
        parts.append((dice.say(dice.one(STYLES[style])), wish("style", style)))
    return [text for text, _ in parts], tuple(assignment for _, assignment in parts)


def _place(dice: Dice) -> tuple[str, Assignment]:
    roll = dice.fraction()
    if roll < 1.5 * _MISS:
        near = dice.one(tuple(PLACE_MISSES))
        return dice.say(f"[in|in|at] {dice.one(PLACE_MISSES[near])}"), other("place", None if near == "any" else near)
    if roll < 0.18:
        color = dice.one(ALL_COLORS)
        text = dice.say(_PLAIN, {"c": color_word(dice, color)})
        return text, wish("place", Place.STUDIO, color)
    place = dice.one(_PLACES)
    return place_phrase(dice, place), wish("place", place)


_PLAIN = (
    "[on a {c} background|in front of a {c} [wall|background|backdrop]|in a {c} studio|against a [plain |]{c} backdrop]"
)
_PLACES = tuple(Place)


def outside_picture(dice: Dice) -> str:
    """A wish for a picture of something that the world lacks, in surroundings that it has."""
    subject = dice.say(dice.one(SUBJECTS_UNKNOWN))
    setting, _ = _setting(dice, 0.4)
    return _joined(dice.say(dice.one(OPENERS), {"a": subject}), setting)


def landscape(dice: Dice) -> Said:
    """A wish for a picture that names no person: “a beach at sunset”."""
    place = dice.one(_PLACES)
    setting, more = _setting(dice, 0.5)
    kept = [part for part, assignment in zip(setting, more, strict=True) if assignment.attribute != "place"]
    found = tuple(assignment for assignment in more if assignment.attribute != "place")
    text = dice.say(dice.one(OPENERS), {"a": dice.one(words.PLACES[place])})
    return Said(_joined(text, kept), (wish("place", place), *found))
