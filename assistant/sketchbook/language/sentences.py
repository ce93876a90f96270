"""The canonical sentences: what the painter is trained on and what people read on the card."""

from enum import StrEnum

from assistant.sketchbook.edits import RULES, Edit, EditKind
from assistant.sketchbook.scene import (
    Beard,
    Beside,
    Color,
    Expression,
    Glasses,
    HairStyle,
    Hat,
    Held,
    Place,
    Scene,
    Side,
    Sign,
    Style,
    Time,
    Weather,
)

_WITHOUT_ARTICLE = ("glasses", "sunglasses", "dungarees", "flowers")
_MAKE_HAIR = {
    HairStyle.BALD: "make the head bald",
    HairStyle.SHORT: "make the hair short",
    HairStyle.SPIKY: "make the hair spiky",
    HairStyle.CURLY: "make the hair curly",
    HairStyle.AFRO: "style the hair as an afro",
    HairStyle.BOB: "cut the hair into a bob",
    HairStyle.LONG: "make the hair long",
    HairStyle.PONYTAIL: "tie the hair into a ponytail",
    HairStyle.BUN: "tie the hair into a bun",
    HairStyle.BRAIDS: "weave the hair into braids",
    HairStyle.MOHAWK: "cut the hair into a mohawk",
}
_MAKE_FACE = {
    Expression.CALM: "make the face calm",
    Expression.HAPPY: "make the face happy",
    Expression.LAUGHING: "make the face laugh",
    Expression.SAD: "make the face sad",
    Expression.SURPRISED: "make the face surprised",
    Expression.ANGRY: "make the face angry",
    Expression.WINKING: "make the face wink",
    Expression.SLEEPY: "make the face sleepy",
}
_MAKE_WEATHER = {
    Weather.CLEAR: "make the weather clear",
    Weather.CLOUDY: "make the weather cloudy",
    Weather.RAIN: "make it rain outside",
    Weather.SNOW: "make it snow outside",
    Weather.FOG: "make the weather foggy",
    Weather.STORM: "make the weather stormy",
}
_MAKE_STYLE = {
    Style.FLAT: "draw it in flat colors",
    Style.PENCIL: "draw it in pencil",
    Style.WATERCOLOR: "draw it in watercolor",
    Style.COMIC: "draw it as a comic",
    Style.PIXEL: "draw it as pixel art",
    Style.NEON: "draw it in neon",
    Style.CHALK: "draw it in chalk",
}
_MAKE_TIME = {time: f"make it {time}" for time in Time}
_SENTENCES: dict[EditKind, dict[StrEnum, str]] = {
    EditKind.HAIR_STYLE: {**_MAKE_HAIR},
    EditKind.EXPRESSION: {**_MAKE_FACE},
    EditKind.WEATHER: {**_MAKE_WEATHER},
    EditKind.STYLE: {**_MAKE_STYLE},
    EditKind.TIME: {**_MAKE_TIME},
}
_PUT = {
    "hat": "put {} on the head",
    "glasses": "put {} on the face",
    "beard": "add {} to the face",
    "held": "put {} in the hand",
    "beside": "put {} beside the person",
    "sign": "put up {} in the corner",
}
_REMOVE = {
    "hat": "take the hat off the head",
    "glasses": "take the glasses off the face",
    "beard": "remove the beard from the face",
    "held": "take the thing out of the hand",
    "beside": "remove the thing beside the person",
    "sign": "take down the sign in the corner",
}
_RECOLOR = {
    EditKind.RECOLOR_HAT: "make the hat {}",
    EditKind.RECOLOR_GLASSES: "make the glasses {}",
    EditKind.RECOLOR_HELD: "make the thing in the hand {}",
    EditKind.CLOTHES_COLOR: "make the clothes {}",
    EditKind.BACKDROP: "make the backdrop {}",
}
_SET = {
    EditKind.HAIR_COLOR: "color the hair {}",
    EditKind.SKIN: "make the skin {}",
}
_AREAS = {
    "hat": "the area around the head",
    "glasses": "the area around the eyes",
    "beard": "the area around the chin",
    "held": "the area around the hand",
    "beside": "the area beside the person",
    "sign": "the corner for a sign",
    "hair": "the area around the hair",
    "clothes": "the clothes",
    "expression": "the face",
    "person": "the person",
    "skin": "the skin",
}
_THINGS = {
    "hat": "the hat",
    "glasses": "the glasses",
    "beard": "the beard",
    "held": "the thing in the hand",
    "beside": "the thing beside the person",
    "sign": "the sign",
    "clothes": "the clothes",
    "hair_color": "the hair",
}
PLACES = {
    Place.BEACH: "on a beach",
    Place.FOREST: "in a forest",
    Place.CITY: "in a city",
    Place.MOUNTAINS: "in the mountains",
    Place.MEADOW: "in a meadow",
    Place.DESERT: "in a desert",
    Place.HARBOUR: "at a harbour",
    Place.PARK: "in a park",
    Place.ROOM: "in a room",
    Place.LIBRARY: "in a library",
    Place.CAFE: "in a cafe",
    Place.STUDIO: "in a studio",
}
STYLES = {style: sentence.removeprefix("draw it ") for style, sentence in _MAKE_STYLE.items()}


def noun(value: str, color: str | None = None) -> str:
    """A thing as it is said: its color and its article, “a green beret”, “red round glasses”."""
    words = f"{color} {value}" if color else value
    if value.endswith(_WITHOUT_ARTICLE):
        return words
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def instruction(edit: Edit) -> str:
    """The one sentence for an edit: without pronouns, the same whether the thing is new or takes another's place."""
    rule = RULES[edit.kind]
    if rule.verb == "remove":
        return _REMOVE[rule.field]
    if rule.verb == "recolor":
        return _RECOLOR[edit.kind].format(edit.color)
    value = rule.values(edit.value)
    if edit.kind in _SENTENCES:
        return _SENTENCES[edit.kind][value]
    if edit.kind is EditKind.PERSON:
        return f"turn the person into {noun(value)}"
    if edit.kind is EditKind.CLOTHES:
        return f"dress the person in {noun(value)}"
    if edit.kind is EditKind.PLACE:
        return f"move the scene to {_destination(Place(value), edit.color)}"
    if edit.kind in _SET:
        return _SET[edit.kind].format(value)
    return _PUT[rule.field].format(noun(value, edit.color)) + (f" on the {edit.side}" if edit.side else "")


def _destination(place: Place, backdrop: Color | None) -> str:
    where = PLACES[place].split(" ", 1)[1]
    return f"{where} with {noun('backdrop', backdrop)}" if backdrop else where


def where_phrase(edit: Edit) -> str | None:
    """The part of the picture that holds the change, in words that can be located; none for the whole picture."""
    rule = RULES[edit.kind]
    if rule.attribute not in _AREAS and rule.attribute not in _THINGS:
        return None
    if rule.verb in ("remove", "recolor") or rule.attribute not in _AREAS:
        return _THINGS[rule.attribute]
    return _AREAS[rule.attribute] + (f" on the {edit.side}" if edit.side else "")


def describe(scene: Scene) -> str:
    """All that a picture of the scene shows, in a fixed order, as a wish to draw it; what is absent is left out."""
    parts = [
        f"draw {noun(scene.person)}",
        f"{scene.skin} skin",
        _hair(scene),
        _face(scene.expression),
        _colored(scene.glasses, Glasses.NONE, scene.glasses_color),
        _beard(scene),
        _colored(scene.hat, Hat.NONE, scene.hat_color),
        f"{scene.clothes_color} {scene.clothes}",
        *_beside_and_held(scene),
        PLACES[scene.place] + (f" with {noun('backdrop', scene.backdrop)}" if scene.place is Place.STUDIO else ""),
        f"{scene.time}",
        f"{scene.weather}",
        STYLES[scene.style],
    ]
    return ", ".join(part for part in parts if part)


def _colored(value: StrEnum, absent: StrEnum, color: Color) -> str:
    return "" if value is absent else f"{color} {value}"


def _face(expression: Expression) -> str:
    return f"{expression} face"


def _hair(scene: Scene) -> str:
    if scene.hair is HairStyle.BALD:
        return "bald"
    if scene.hair in (HairStyle.AFRO, HairStyle.BOB, HairStyle.PONYTAIL, HairStyle.BUN, HairStyle.BRAIDS):
        return f"{scene.hair_color} {scene.hair}"
    if scene.hair is HairStyle.MOHAWK:
        return f"{scene.hair_color} mohawk"
    return f"{scene.hair} {scene.hair_color} hair"


def _beard(scene: Scene) -> str:
    """The beard has the color of the hair, so it is said only where no hair says it."""
    if scene.beard is Beard.NONE:
        return ""
    return f"{scene.hair_color} {scene.beard}" if scene.hair is HairStyle.BALD else f"{scene.beard}"


def _beside_and_held(scene: Scene) -> list[str]:
    opposite = Side.LEFT if scene.side is Side.RIGHT else Side.RIGHT
    parts: list[str] = []
    if scene.held is not Held.NONE:
        parts.append(f"holding {noun(scene.held, scene.held_color)} on the {opposite}")
    if scene.beside is not Beside.NONE:
        parts.append(f"{scene.beside} on the {scene.side}")
    if scene.sign is not Sign.NONE:
        parts.append(f"{scene.sign} on the {opposite}")
    return parts
