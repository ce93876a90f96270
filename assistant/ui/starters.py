"""What a person can begin with in the first minute: starters that cannot be misunderstood, and pictures to try.

A starter carries its steps ready made, so that no model has to understand it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from skimage import data

from assistant.errors import NotFound
from assistant.pictures import Picture, Pixels
from assistant.sketchbook.draw import draw
from assistant.sketchbook.edits import Edit, EditKind, scope
from assistant.sketchbook.language.sentences import describe, instruction, where_phrase
from assistant.sketchbook.scene import (
    Beside,
    Clothes,
    Color,
    Glasses,
    HairColor,
    HairStyle,
    Hat,
    Person,
    Place,
    Scene,
    Skin,
    Time,
)

_SAMPLE_SIDE = 512
Data = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """A picture that comes with the program."""

    words: str
    source: str
    make: Callable[[], Pixels]
    drawn: bool = False


def _drawn(scene: Scene) -> Callable[[], Pixels]:
    return lambda: np.asarray(draw(scene, _SAMPLE_SIDE), np.uint8)


_FOREST = Scene(
    hair=HairStyle.BUN, glasses=Glasses.ROUND, glasses_color=Color.RED, place=Place.FOREST, beside=Beside.CAT
)
_BEACH = Scene(
    skin=Skin.TAN, hair=HairStyle.LONG, hair_color=HairColor.GINGER, clothes=Clothes.STRIPED_SHIRT,
    clothes_color=Color.PINK, place=Place.BEACH,
)  # fmt: skip
_LIBRARY = Scene(
    person=Person.OLD_WOMAN, skin=Skin.TAN, hair=HairStyle.PONYTAIL, hair_color=HairColor.GREY, clothes=Clothes.SUIT,
    clothes_color=Color.YELLOW, place=Place.LIBRARY,
)  # fmt: skip
_MOUNTAINS = Scene(
    person=Person.GIRL, skin=Skin.FAIR, hair=HairStyle.CURLY, hair_color=HairColor.BLOND, hat=Hat.TOP_HAT,
    hat_color=Color.YELLOW, clothes=Clothes.SWEATER, clothes_color=Color.BLUE, place=Place.MOUNTAINS,
)  # fmt: skip
SAMPLES: dict[str, Sample] = {
    "astronaut": Sample("An astronaut", "Photograph by NASA, public domain", data.astronaut),
    "cat": Sample("A cat", "Photograph by Stéfan van der Walt, CC0", data.chelsea),
    "postcard": Sample("A postcard", "Drawn by this program", _drawn(_FOREST), drawn=True),
}


def sample_picture(name: str) -> Picture:
    """The picture of a sample. Raises NotFound."""
    if name not in SAMPLES:
        raise NotFound(f"There is no sample “{name[:40]}”.", allowed=f"There are {', '.join(SAMPLES)}.")
    return Picture(np.ascontiguousarray(SAMPLES[name].make()))


def _painted(words: str, edit: Edit) -> Data:
    place = where_phrase(edit)
    step: Data = {"op": "edit", "modify": instruction(edit), "scope": scope(edit)}
    starter = _starter(words, {**step, "where": place} if place and scope(edit) == "local" else step)
    return {**starter, "shows": edit.value} if edit.value else starter


def _drawing(words: str, scene: Scene) -> Data:
    return _starter(words, {"op": "generate", "prompt": describe(scene)})


def _starter(words: str, *steps: Data) -> Data:
    return {"words": words, "steps": list(steps)}


def starters() -> dict[str, list[Data]]:
    """For each kind of picture on show (`none`, `sketch`, `photo`) its starters: words, and steps or a tool to take.

    `shows` is the word by which a drawing says that it shows that already.
    """
    return {
        "none": [
            _drawing("Draw a woman with long red hair on a beach", _BEACH),
            _drawing("Draw an old woman in a yellow suit in a library", _LIBRARY),
            _drawing("Draw a girl with a yellow top hat in the mountains", _MOUNTAINS),
        ],
        "sketch": [
            _painted("Make it night", Edit(kind=EditKind.TIME, value=Time.NIGHT)),
            _painted("A red top hat", Edit(kind=EditKind.ADD_HAT, value=Hat.TOP_HAT, color=Color.RED)),
            _painted("Purple clothes", Edit(kind=EditKind.CLOTHES_COLOR, color=Color.PURPLE)),
            _starter("Crop to 4:5", {"op": "crop", "aspect": "4:5"}),
            _starter("Write Hello at the top", {"op": "text", "text": "Hello", "position": "top"}),
        ],
        "photo": [
            _starter("Improve light and colour", {"op": "auto"}),
            _starter("Crop to 4:5", {"op": "crop", "aspect": "4:5"}),
            _starter("Write Hello at the bottom", {"op": "text", "text": "Hello", "position": "bottom"}),
            {"words": "Erase something: brush over it", "tool": "brush", "then": "heal"},
            _starter("Black and white", {"op": "black_and_white"}),
        ],
    }


ON_A_REGION: tuple[Data, ...] = (
    {"words": "Erase", "step": {"op": "heal"}},
    {"words": "Blur", "step": {"op": "blur"}},
    {"words": "Pixelate", "step": {"op": "pixelate"}},
    {"words": "Brighter", "step": {"op": "exposure", "stops": 0.5}},
    {"words": "Darker", "step": {"op": "exposure", "stops": -0.5}},
    {"words": "Black and white", "step": {"op": "black_and_white"}},
)
"""What can be done to a place that somebody pointed at, with one click."""
