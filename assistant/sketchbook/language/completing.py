"""From wishes to fully specified edits: what was left open is drawn by the seed, differently from what is there."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Literal
from zlib import crc32

import numpy as np

from assistant.sketchbook.edits import Edit, EditKind, Scope, scope
from assistant.sketchbook.language.looking import seen_thing
from assistant.sketchbook.language.naming import named
from assistant.sketchbook.language.requesting import (
    nearest_request,
    nearest_words,
    only_color,
    plain_sentence,
    scene_request,
)
from assistant.sketchbook.language.sentences import instruction, noun, where_phrase
from assistant.sketchbook.language.wishes import (
    COLORED,
    NONE,
    OTHER,
    REMOVABLE,
    SAME,
    SIDED,
    VALUES,
    Assignment,
    Wishes,
)
from assistant.sketchbook.language.words import FEMALE
from assistant.sketchbook.scene import Clothes, Color, HairStyle, Place, Scene, Side, random_scene
from assistant.where import Value

Verb = Literal["add", "replace", "remove", "recolor"]
_KINDS = {
    "hair": EditKind.HAIR_STYLE,
    "hair_color": EditKind.HAIR_COLOR,
    "expression": EditKind.EXPRESSION,
    "person": EditKind.PERSON,
    "skin": EditKind.SKIN,
    "time": EditKind.TIME,
    "weather": EditKind.WEATHER,
    "style": EditKind.STYLE,
}
_USUAL_COLORS: Mapping[str, tuple[Color, ...]] = {
    "crown": (Color.YELLOW, Color.RED, Color.PURPLE),
    "straw hat": (Color.YELLOW, Color.ORANGE, Color.BROWN, Color.WHITE),
    "cowboy hat": (Color.BROWN, Color.BLACK, Color.WHITE, Color.RED),
    "top hat": (Color.BLACK, Color.PURPLE, Color.RED, Color.GREEN),
    "sunglasses": (Color.BLACK, Color.BROWN, Color.RED, Color.BLUE),
    "suit": (Color.BLACK, Color.BLUE, Color.BROWN, Color.GREEN),
}
_MANY_OFFERS = 3


class Completed(Value):
    """One edit with nothing left open, ready for the painter."""

    edit: Edit
    sentence: str
    scope: Scope
    where: str | None = None
    """A phrase for the part of the picture that holds the change; None for all of it."""
    chosen: tuple[str, ...] = ()
    """What the seed chose, as the card says it: “a beret”, “green”."""


class Unpaintable(Value):
    """The world lacks what was asked for: what to say, and requests that work instead."""

    sentence: str
    offers: tuple[str, ...] = ()


class _Chooser:
    """Choices by seed and attribute alone: another wish in the same sentence changes none of them."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def one(self, attribute: str, values: Sequence[StrEnum], unlike: str | None = None) -> str:
        """One of the values other than “none” and than what is there."""
        order = np.random.default_rng((abs(self._seed), crc32(attribute.encode()))).permutation(len(values))
        ranked = [str(values[index]) for index in order if values[index] != NONE]
        return next((value for value in ranked if value != unlike), ranked[0])

    def color(self, attribute: str, value: str | None, unlike: str | None = None) -> Color:
        return Color(self.one(f"{attribute}_color", _USUAL_COLORS.get(value or "", tuple(Color)), unlike))


def complete(wishes: Wishes, seed: int, seen: Mapping[str, str]) -> tuple[Completed, ...] | Unpaintable:
    """The edits for the wishes, in their order; `seen` is what looking says of the picture, by attribute, and may be
    partial or wrong. One wish may need two edits (clothes and their color)."""
    lacking = _lacking(wishes, seed)
    if lacking:
        return lacking
    now = dict(seen)
    choose = _Chooser(seed)
    done: list[Completed] = []
    for wish in wishes:
        found = _completer(wish.attribute)(wish, choose, now)
        if isinstance(found, Unpaintable):
            return found
        done += found
    return tuple(done)


def _lacking(wishes: Wishes, seed: int) -> Unpaintable | None:
    """What to say about the first wish that the world cannot fulfil."""
    wish = next((wish for wish in wishes if wish.value == OTHER), None)
    if wish is None:
        return None
    offers = [nearest_request(wishes, seed)]
    offers += [plain_sentence(other, seed) for other in nearest_words(wish, seed)]
    sentence = f"My sketchbook has no such {_CALLED[wish.attribute]}; {_can(wish, seed)}."
    return Unpaintable(sentence=sentence, offers=tuple(dict.fromkeys(offers))[:_MANY_OFFERS])


_CALLED = {
    **{name: name for name in VALUES}, "hair": "hairstyle", "hair_color": "hair color", "skin": "skin color",
    "held": "thing to hold", "beside": "thing to stand beside somebody", "backdrop": "backdrop", "time": "time of day",
    "style": "way of drawing",
}  # fmt: skip


def _can(wish: Assignment, seed: int) -> str:
    """“I can draw a straw hat, a cowboy hat or a cap”, the nearest first."""
    if only_color(wish):
        return f"the nearest color that I have is {wish.color}"
    words = [named(other.attribute, other.value, other.color) for other in nearest_words(wish, seed)]
    return f"I can draw {', '.join(words[:-1])} or {words[-1]}"


Done = list[Completed]
Completer = Callable[[Assignment, _Chooser, dict[str, str]], "Done | Unpaintable"]


def _completer(attribute: str) -> Completer:
    special: dict[str, Completer] = {
        "clothes": _clothes, "place": _place, "backdrop": _backdrop, "hair_color": _hair_color,
    }  # fmt: skip
    return special.get(attribute) or (_thing if attribute in REMOVABLE else _set)


def _finished(edit: Edit, *chosen: str) -> Completed:
    return Completed(
        edit=edit, sentence=instruction(edit), scope=scope(edit), where=where_phrase(edit), chosen=tuple(chosen)
    )


def _set(wish: Assignment, choose: _Chooser, now: dict[str, str]) -> Done:
    """Hair, expression, person, skin, time, weather and style: there is always one, it becomes another."""
    name = wish.attribute
    value = wish.value or choose.one(name, tuple(VALUES[name]), now.get(name))
    now[name] = value
    return [_finished(Edit(kind=_KINDS[name], value=value), *([] if wish.value else [named(name, value)]))]


def _hair_color(wish: Assignment, choose: _Chooser, now: dict[str, str]) -> Done:
    """Who is bald and has no beard needs hair first."""
    grown: Done = []
    if now.get("hair") == HairStyle.BALD and now.get("beard", NONE) == NONE:
        grown = _set(Assignment(attribute="hair"), choose, now)
    return grown + _set(wish, choose, now)


def _thing(wish: Assignment, choose: _Chooser, now: dict[str, str]) -> "Done | Unpaintable":
    """What may be absent: it comes, goes, gives way to another or gets another color."""
    name = wish.attribute
    value_seen, color_seen = seen_thing(name, now.get(name, NONE))
    there = value_seen != NONE
    if wish.value == NONE:
        now[name] = NONE
        return [_finished(Edit(kind=EditKind(f"remove {name}")))]
    stays = wish.value == SAME and (there or name not in now)
    stays = stays or (there and name in COLORED and wish.value == value_seen and wish.color != color_seen)
    if stays:
        color = wish.color or choose.color(name, value_seen, color_seen)
        now[name] = f"{color} {value_seen}"
        return [_finished(Edit(kind=EditKind(f"recolor {name}"), color=color), *([] if wish.color else [str(color)]))]
    side = _side(wish, choose, now, there)
    if isinstance(side, Unpaintable):
        return side
    open_value = wish.value in (None, SAME)
    value = choose.one(name, tuple(VALUES[name]), value_seen) if open_value else str(wish.value)
    color = (wish.color or choose.color(name, value)) if name in COLORED else None
    now[name] = f"{color} {value}" if color else value
    edit = Edit(kind=EditKind(f"{'replace' if there else 'add'} {name}"), value=value, color=color, side=side)
    return [_finished(edit, *_chosen(wish, open_value, value, color, side))]


def _chosen(wish: Assignment, open_value: bool, value: str, color: Color | None, side: Side | None) -> list[str]:
    words: list[str] = []
    if open_value:
        words.append(named(wish.attribute, value, None if wish.color else color))
    elif color and not wish.color:
        words.append(str(color))
    return [*words, f"on the {side}"] if side and not wish.side else words


def _side(wish: Assignment, choose: _Chooser, now: dict[str, str], there: bool) -> Side | Unpaintable | None:
    """Where to put something that comes; None where what is there already fixes it.

    What stands beside is opposite to what is held and to the sign, so one of them fixes all.
    """
    if wish.attribute not in SIDED:
        return None
    if not any(now.get(name, NONE) != NONE for name in SIDED):
        side = wish.side or Side(choose.one("side", tuple(Side)))
        now["side"] = side if wish.attribute == "beside" else _opposite(side)
        return side
    fixed = now.get("side")
    if wish.side is None or fixed not in tuple(Side):
        return None
    free = Side(fixed) if wish.attribute == "beside" else _opposite(Side(fixed))
    if wish.side is free:
        return None
    value = choose.one(wish.attribute, tuple(VALUES[wish.attribute])) if wish.value in (None, SAME) else wish.value
    offer = plain_sentence(wish.model_copy(update={"value": value, "side": free}), 0)
    return Unpaintable(
        sentence=f"Only the {free} is free for that: what stands beside somebody is opposite to the hand and the sign.",
        offers=(offer,),
    )


def _opposite(side: Side) -> Side:
    return Side.LEFT if side is Side.RIGHT else Side.RIGHT


def _clothes(wish: Assignment, choose: _Chooser, now: dict[str, str]) -> Done:
    """Clothes and their color are two edits; a color alone leaves the clothes."""
    value_seen, color_seen = seen_thing("clothes", now.get("clothes", NONE))
    done: Done = []
    value = value_seen
    if wish.value != SAME and not (wish.value == value_seen and wish.color):
        value = wish.value or choose.one("clothes", tuple(Clothes), value_seen)
        words = [] if wish.value else [named("clothes", value)]
        done.append(_finished(Edit(kind=EditKind.CLOTHES, value=value), *words))
    color = wish.color
    if wish.value == SAME or (wish.value == value_seen and not done):
        color = color or choose.color("clothes", value, color_seen)
    if color:
        words = [] if wish.color else [str(color)]
        done.append(_finished(Edit(kind=EditKind.CLOTHES_COLOR, color=color), *words))
    now["clothes"] = f"{color or color_seen or Color.YELLOW} {value}"
    return done


def _place(wish: Assignment, choose: _Chooser, now: dict[str, str]) -> Done:
    """The studio has a backdrop with a color; already there, only the color changes."""
    if wish.value == Place.STUDIO and wish.color and now.get("place") == Place.STUDIO:
        return _backdrop(Assignment(attribute="backdrop", value=wish.color), choose, now)
    place = wish.value or choose.one("place", tuple(Place), now.get("place"))
    color = None
    words = [] if wish.value else [named("place", place)]
    if place == Place.STUDIO:
        color = wish.color or choose.color("backdrop", None, now.get("backdrop"))
        words += [] if wish.color else [f"{color} backdrop"]
    now["place"], now["backdrop"] = place, color or NONE
    return [_finished(Edit(kind=EditKind.PLACE, value=place, color=color), *words)]


def _backdrop(wish: Assignment, choose: _Chooser, now: dict[str, str]) -> Done:
    """A backdrop is in the studio; elsewhere the studio comes with it."""
    color = Color(wish.value) if wish.value else choose.color("backdrop", None, now.get("backdrop"))
    words = [] if wish.value else [str(color)]
    if now.get("place", Place.STUDIO) == Place.STUDIO:
        edit = Edit(kind=EditKind.BACKDROP, color=color)
    else:
        edit = Edit(kind=EditKind.PLACE, value=Place.STUDIO, color=color)
    now["place"], now["backdrop"] = Place.STUDIO, color
    return [_finished(edit, *words)]


# --- a whole picture

_OPEN_BY_CHANCE = ("person", "skin", "hair", "hair_color", "expression", "clothes", "place")
_PLAIN_UNLESS_SAID = ("glasses", "beard", "hat", "held", "beside", "sign", "time", "weather", "style")


def complete_scene(wishes: Wishes, seed: int) -> tuple[Scene, tuple[str, ...]] | Unpaintable:
    """The scene for a wish for a picture, and what the seed chose, in words for the card.

    Who, their looks, clothes and the place are drawn when nothing is said; hats, company, weather and the like only
    come when they are asked for.
    """
    lacking = _lacking(wishes, seed)
    if lacking:
        return lacking.model_copy(update={"offers": (scene_request(wishes, seed),)})
    said = {wish.attribute: wish for wish in wishes}
    fields: dict[str, object] = {}
    chosen: list[str] = []
    plausible = _plausible(said, seed)
    choose = _Chooser(seed)
    for name in (*_OPEN_BY_CHANCE, *_PLAIN_UNLESS_SAID):
        words = _fill(fields, name, said.get(name), plausible, choose)
        chosen += words if name != "hair_color" or fields["hair"] != HairStyle.BALD else []
    chosen += _fill_backdrop(fields, said, choose)
    sides = {_scene_side(wish) for wish in wishes if wish.side}
    if len(sides) > 1:
        return Unpaintable(
            sentence="What stands beside somebody is opposite to what they hold and to the sign.",
            offers=(scene_request(tuple(wish.model_copy(update={"side": None}) for wish in wishes), seed),),
        )
    fields["side"] = next(iter(sides), choose.one("side", tuple(Side)))
    fields["variation"] = plausible.variation
    return Scene.model_validate(fields), tuple(chosen)


def _plausible(said: Mapping[str, Assignment], seed: int) -> Scene:
    """A likely scene of that person, which lends what nobody named: no dress for a man, hair for a color."""
    scene = random_scene(np.random.default_rng((abs(seed), 0)))
    attempt = 0
    while not _lends(scene, said):
        attempt += 1
        scene = random_scene(np.random.default_rng((abs(seed), attempt)))
    return scene


def _lends(scene: Scene, said: Mapping[str, Assignment]) -> bool:
    person = said["person"].value if "person" in said else None
    if person not in (None, scene.person) or (scene.hair is HairStyle.BALD and "hair_color" in said):
        return False
    return scene.clothes is not Clothes.DRESS or scene.person in FEMALE


def _fill(
    fields: dict[str, object], name: str, wish: Assignment | None, plausible: Scene, choose: _Chooser
) -> list[str]:
    """Sets one attribute and its color; the words for what was open."""
    color_field = f"{name}_color" if name in COLORED else None
    if wish is None:
        if name not in _OPEN_BY_CHANCE:
            return []
        fields[name] = getattr(plausible, name)
        if color_field:
            fields[color_field] = getattr(plausible, color_field)
        return [named(name, str(fields[name]), getattr(plausible, color_field) if color_field else None)]
    open_value = wish.value in (None, SAME)
    lent = getattr(plausible, name)
    value = str(wish.value) if not open_value else lent if lent != NONE else choose.one(name, tuple(VALUES[name]))
    fields[name] = value
    words = []
    color = None
    if color_field and value != NONE:
        color = wish.color or choose.color(name, value)
        fields[color_field] = color
    if open_value:
        words.append(named(name, value, None if wish.color else color))
    elif color and not wish.color:
        words.append(noun(value, color))
    return words


def _fill_backdrop(fields: dict[str, object], said: Mapping[str, Assignment], choose: _Chooser) -> list[str]:
    """The studio's color, and the studio itself when only its backdrop was named."""
    backdrop, place = said.get("backdrop"), said.get("place")
    if backdrop:
        fields["place"] = Place.STUDIO
    if fields["place"] != Place.STUDIO:
        return []
    color = (backdrop.value if backdrop else None) or (place.color if place else None)
    fields["backdrop"] = color or choose.color("backdrop", None)
    return [] if color else [f"{fields['backdrop']} backdrop"]


def _scene_side(wish: Assignment) -> Side | None:
    if wish.side is None:
        return None
    return wish.side if wish.attribute == "beside" else _opposite(wish.side)
