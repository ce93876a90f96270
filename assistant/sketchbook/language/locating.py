"""The “locate” task: a picture and a phrase, and the box of what the phrase names."""

import re
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.random import Generator

from assistant.sketchbook.draw import Attribute, Box, attribute_box, draw, sign_boxes
from assistant.sketchbook.draw.layout import (
    ANCHOR,
    BUILDS,
    CROWN,
    EYE_APART,
    EYE_LINE,
    HAT_LINE,
    NOSE,
    PORTRAIT_ZOOM,
    TEMPLE,
)
from assistant.sketchbook.language.kinds import KINDS
from assistant.sketchbook.language.outside import THINGS_UNKNOWN
from assistant.sketchbook.language.phrasing import Dice, listed
from assistant.sketchbook.language.saying import Slots, color_word
from assistant.sketchbook.language.wishes import COLORED, NONE, SIDED
from assistant.sketchbook.language.words import FEMALE, PEOPLE
from assistant.sketchbook.scene import (
    Beard,
    Beside,
    Color,
    Glasses,
    HairColor,
    Hat,
    Held,
    Place,
    Scene,
    Side,
    Skin,
)

WHOLE: Box = (0.0, 0.0, 1.0, 1.0)
STEPS = 100
"""Coordinates are whole percent, 0 to 99; `<99>` is the last hundredth."""
_MEASURED_AT = 96  # pixels a side of the small pictures that boxes are measured in
_DIFFERENT = 20  # of 255 in any channel
_LEAST_VISIBLE = 0.3  # share of a box that must be in the window to count as there
_COORDINATES = re.compile(r"<(\d{1,2})><(\d{1,2})><(\d{1,2})><(\d{1,2})>")
LOCATE_GRAMMAR = 'start: "none" | at at at at\nat: ' + " | ".join(f"<{step}>" for step in range(STEPS)) + "\n"
"""For llguidance; `<0>` … `<99>` are added tokens of the tokenizer."""


def locate_prompt(phrase: str) -> str:
    """What the model is shown beside the picture."""
    return f"locate: {phrase}"


def write_box(box: Box | None) -> str:
    """A box (left, top, right, bottom in 0..1) as the hundredths that its edges lie in; “none” for nothing."""
    if box is None:
        return NONE
    left, top = (min(max(int(edge * STEPS + 1e-6), 0), STEPS - 1) for edge in box[:2])
    right, bottom = (min(max(int(np.ceil(edge * STEPS - 1e-6)) - 1, 0), STEPS - 1) for edge in box[2:])
    return f"<{left}><{top}><{max(left, right)}><{max(top, bottom)}>"


def parse_box(text: str) -> Box | None:
    """The box in 0..1 around the hundredths; edges in the wrong order are swapped. Raises ValueError for other text."""
    if text == NONE:
        return None
    found = _COORDINATES.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no box; say {NONE!r} or four of <0> … <99>")
    first_x, first_y, last_x, last_y = (int(number) for number in found.groups())
    left, right = sorted((first_x, last_x))
    top, bottom = sorted((first_y, last_y))
    return left / STEPS, top / STEPS, (right + 1) / STEPS, (bottom + 1) / STEPS


# --- where things really are: by comparing small flat pictures that differ in one thing


def thing_box(scene: Scene, name: str) -> Box | None:
    """The tight box of a thing or a part of the person in the full picture; None when it is not there."""
    if name in _PARTS:
        return _PARTS[name](scene)
    if name == "sign":
        return sign_boxes(scene)[0] if scene.sign != NONE else None
    if name in ("hat", "glasses", "beard", "held", "beside") and getattr(scene, name) == NONE:
        return None
    box = _SMALLER_IN_COLOR.get(scene.held) if name == "held" else None
    box = box or _measured(name, _bare(scene, name).model_dump_json())
    return _mirrored(box) if box and name in SIDED and scene.side is Side.LEFT else box


def _bare(scene: Scene, name: str) -> Scene:
    """The scene without all that does not matter for where the thing is, so that measuring can be remembered."""
    kept: dict[str, object] = {"person": scene.person}
    if name in ("hair", "hat", "skin"):
        kept |= {"hair": scene.hair, "hat": scene.hat}
    if name in ("beard", "glasses", "held", "beside", "clothes"):
        kept[name] = getattr(scene, name)
    return Scene.model_validate({**_PLAIN, **kept})


_SMALLER_IN_COLOR: dict[Held, Box] = {  # things of which only a part has the scene's color; in the hand on the left
    Held.KITTEN: (0.15, 0.61, 0.34, 0.87),
    Held.ICE_CREAM: (0.16, 0.53, 0.34, 0.83),
}
_PLAIN = {
    "hair_color": HairColor.BLACK,
    "skin": Skin.PALE,
    "place": Place.STUDIO,
    "backdrop": Color.PINK,
    "beard": Beard.NONE,
}
_PLAIN |= {
    "clothes_color": Color.WHITE,
    "hat_color": Color.GREEN,
    "glasses_color": Color.BLACK,
    "held_color": Color.GREEN,
}
_WITHOUT: dict[str, dict[str, object]] = {
    "hat": {"hat": Hat.NONE},
    "glasses": {"glasses": Glasses.NONE},
    "beard": {"beard": Beard.NONE},
    "held": {"held_color": Color.PURPLE},  # the hand stays
    "beside": {"beside": Beside.NONE},
    "clothes": {"clothes_color": Color.BLACK},
    "hair": {"hair_color": HairColor.WHITE},
    "skin": {"skin": Skin.DARK},
}


@lru_cache(maxsize=4096)
def _measured(name: str, written: str) -> Box | None:
    """The box of what changes in a scene (as JSON) when the thing goes or gets another color, in 0..1."""
    scene = Scene.model_validate_json(written)
    without = Scene.model_validate({**dict(scene), **_WITHOUT[name]})
    before, after = (draw(each, _MEASURED_AT).astype(np.int16) for each in (scene, without))
    rows, columns = np.nonzero(np.abs(before - after).max(axis=2) >= _DIFFERENT)
    if len(rows) == 0:
        return None
    edges = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    left, top, right, bottom = (float(edge) / _MEASURED_AT for edge in edges)
    return left, top, right, bottom


def _mirrored(box: Box) -> Box:
    return 1 - box[2], box[1], 1 - box[0], box[3]


def _of_person(left: float, top: float, right: float, bottom: float) -> Box:
    """A box in the person's own measures, in the picture."""
    x, y = ANCHOR
    edges = (x + (left - x) * PORTRAIT_ZOOM, y + (top - y) * PORTRAIT_ZOOM)
    edges += (x + (right - x) * PORTRAIT_ZOOM, y + (bottom - y) * PORTRAIT_ZOOM)
    return edges[0], edges[1], edges[2], edges[3]


def _face(scene: Scene) -> Box:
    build = BUILDS[scene.person]
    return _of_person(0.49 - build.cheek, HAT_LINE, 0.51 + build.cheek, build.chin + 0.005)


def _head(scene: Scene) -> Box:
    return _of_person(0.48 - TEMPLE, CROWN - 0.02, 0.52 + TEMPLE, BUILDS[scene.person].chin + 0.01)


def _eyes(scene: Scene) -> Box:
    return _of_person(0.45 - EYE_APART, EYE_LINE - 0.045, 0.55 + EYE_APART, EYE_LINE + 0.04)


def _mouth(scene: Scene) -> Box:
    height = BUILDS[scene.person].mouth
    return _of_person(0.43, height - 0.035, 0.57, height + 0.04)


def _nose(_: Scene) -> Box:
    return _of_person(0.46, NOSE - 0.06, 0.54, NOSE + 0.02)


def _whole_person(scene: Scene) -> Box:
    found = [_head(scene), *(box for name in ("hair", "hat", "clothes") if (box := thing_box(scene, name)))]
    return min(b[0] for b in found), min(b[1] for b in found), max(b[2] for b in found), max(b[3] for b in found)


_PARTS: dict[str, Callable[[Scene], Box]] = {
    "face": _face,
    "head": _head,
    "eyes": _eyes,
    "mouth": _mouth,
    "nose": _nose,
    "person": _whole_person,
}

# --- how people and the painter's sentences name them

_PART_NAMES = {
    "face": listed("the face; {his} face; the face; {his} face; face"),
    "head": listed("the head; {his} head"),
    "eyes": listed("the eyes; {his} eyes"),
    "mouth": listed("the mouth; {his} mouth; {his} lips"),
    "nose": listed("the nose; {his} nose"),
    "person": listed("the person; the person; {him}; the {noun}; the character; the figure; the man or woman; {noun}"),
    "hair": listed("the hair; {his} hair; the hair; hair; the hairstyle; {his} hairdo"),
    "skin": listed("the skin; {his} skin"),
    "clothes": listed("the clothes; {his} clothes; the outfit; {his} outfit; {his} top; the shirt"),
    "hat": listed("the hat; {his} hat; the hat; hat; the thing on {his} head"),
    "glasses": listed("the glasses; {his} glasses; glasses; {his} specs"),
    "beard": listed("the beard; {his} beard; {his} facial hair"),
    "held": listed("the thing in the hand; the thing in {his} hand; what {he} is holding; the object in {his} hand"),
    "beside": listed("the thing beside the person; the thing next to {him}; what stands beside {him}"),
    "sign": listed("the sign; the sign; sign; the board"),
}
AREAS: dict[str, Attribute] = {
    "the area around the head": "hat",
    "the area around the eyes": "glasses",
    "the area around the chin": "beard",
    "the area around the hand": "held",
    "the area beside the person": "beside",
    "the corner for a sign": "sign",
    "the area around the hair": "hair",
}
"""What `sentences.where_phrase` calls the room in which things come and go."""
TEXT_AREA = "the writing on the sign"
_AREA_NAMES = tuple(AREAS)
_NAMES = (
    *_PART_NAMES,
    "hat",
    "glasses",
    "held",
    "beside",
    "sign",
    "hair",
    "clothes",
    "face",
    "hat",
    "beside",
    "sign",
    "held",
)


def locate_sample(rng: Generator, scene: Scene, window: Box = WHOLE) -> tuple[str, Box | None]:
    """A phrase and its box in the window (left, top, right, bottom in 0..1 of the full picture); None when it is not
    to be seen there."""
    dice = Dice(rng)
    phrase, box = _phrase(dice, scene)
    return phrase, within(box, window) if box else None


def within(box: Box, window: Box) -> Box | None:
    """A box of the full picture, in the window's own 0..1; None when too little of it is in there."""
    left, top, right, bottom = (
        max(box[0], window[0]),
        max(box[1], window[1]),
        min(box[2], window[2]),
        min(box[3], window[3]),
    )
    seen = max(right - left, 0) * max(bottom - top, 0)
    if seen < _LEAST_VISIBLE * (box[2] - box[0]) * (box[3] - box[1]):
        return None
    width, height = window[2] - window[0], window[3] - window[1]
    return (
        (left - window[0]) / width,
        (top - window[1]) / height,
        (right - window[0]) / width,
        (bottom - window[1]) / height,
    )


def _phrase(dice: Dice, scene: Scene) -> tuple[str, Box | None]:
    roll = dice.fraction()
    who = _who(dice, scene)
    if roll < 0.17:
        return _area(dice, scene)
    if roll < 0.21:
        return _article(dice, dice.say(dice.one(THINGS_UNKNOWN), who)), None
    if roll < 0.24:
        phrase = dice.one((TEXT_AREA, "the text on the sign", "the inside of the sign", "where the sign is written on"))
        return phrase, sign_boxes(scene)[1] if scene.sign != NONE else None
    name = dice.one(_NAMES)
    if getattr(scene, name, None) == NONE and dice.chance(0.5):
        name = dice.one(_NAMES)  # fewer questions about what is not there
    return _named(dice, scene, name, who), thing_box(scene, name)


def _article(dice: Dice, thing: str) -> str:
    return f"the {thing.removeprefix('a ').removeprefix('an ')}" if dice.chance(0.8) else thing


def _who(dice: Dice, scene: Scene) -> Slots:
    noun = dice.say(dice.one(PEOPLE[scene.person]))
    if dice.chance(0.25):
        return {"him": f"the {noun}", "his": f"the {noun}'s", "he": f"the {noun}", "noun": noun}
    if scene.person in FEMALE:
        return {"him": "her", "his": "her", "he": "she", "noun": noun}
    return {"him": "him", "his": "his", "he": "he", "noun": noun}


def _area(dice: Dice, scene: Scene) -> tuple[str, Box]:
    phrase = dice.one(_AREA_NAMES)
    name = AREAS[phrase]
    if name not in SIDED or dice.chance(0.4):
        return phrase, attribute_box(scene, name)
    side = dice.one(tuple(Side))
    wanted = side if name == "beside" else (Side.LEFT if side is Side.RIGHT else Side.RIGHT)
    return f"{phrase} on the {side}", attribute_box(Scene(beside=Beside.DOG, side=wanted), name)


def _named(dice: Dice, scene: Scene, name: str, who: Slots) -> str:
    """A thing as somebody would point it out: by what it is, its color, its owner, its side."""
    value = getattr(scene, name, NONE)
    if name not in KINDS or value == NONE or dice.chance(0.35):
        return dice.say(dice.one(_PART_NAMES[name]), who)
    kind = KINDS[name]
    noun = str(value) if dice.chance(0.4) else dice.say(dice.one(kind.nouns[value]), who)
    for quantity in ("some ", "a few ", "lots of "):
        noun = noun.removeprefix(quantity)
    if name in COLORED and dice.chance(0.35):
        noun = f"{color_word(dice, getattr(scene, f'{name}_color'))} {noun}"
    owner = "the" if name in ("beside", "sign") or dice.chance(0.6) else who["his"]
    side = ""
    if name in SIDED and dice.chance(0.2):
        opposite = Side.LEFT if scene.side is Side.RIGHT else Side.RIGHT
        side = f" on the {scene.side if name == 'beside' else opposite}"
    return f"{owner} {noun}{side}" if dice.chance(0.93) else noun
