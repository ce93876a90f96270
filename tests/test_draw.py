"""The drawing: deterministic, readable, local where it says so, and lit as a whole."""

from collections.abc import Iterator
from enum import StrEnum

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.sketchbook.draw import Attribute, Box, attribute_box, blank_sheet, draw, sign_boxes
from assistant.sketchbook.edits import change, edit_box, possible_edits, scope
from assistant.sketchbook.scene import (
    Beard,
    Beside,
    Clothes,
    Expression,
    Glasses,
    HairColor,
    HairStyle,
    Hat,
    Held,
    Person,
    Place,
    Scene,
    Side,
    Sign,
    Skin,
    Style,
    Time,
    Weather,
    random_scene,
)

SIDE = 96
MARGIN = 0.02  # a box may be outgrown by this much, for the softness of edges
FAINT = 3  # levels that reduction and blending may move a pixel without its having changed
SEEN = 14  # levels of difference that an eye notices
SEEN_SHARE = 0.0015  # of the picture, the least that counts as a visible change
FACE: Box = (0.40, 0.38, 0.60, 0.62)

LOCAL: dict[Attribute, type[StrEnum]] = {
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
}
GLOBAL: dict[Attribute, type[StrEnum]] = {"place": Place, "time": Time, "weather": Weather, "style": Style}
BASES = (
    Scene(person=Person.WOMAN, hair=HairStyle.LONG, held=Held.CUP, beside=Beside.BIRD, place=Place.PARK),
    Scene(
        person=Person.OLD_MAN,
        hair=HairStyle.AFRO,
        hair_color=HairColor.WHITE,
        held=Held.BALLOON,
        beside=Beside.CAT,
        side=Side.LEFT,
        place=Place.ROOM,
        clothes=Clothes.SUIT,
        expression=Expression.SAD,
    ),
)

Pixels = NDArray[np.uint8]


def values_of(attributes: dict[Attribute, type[StrEnum]]) -> Iterator[tuple[Attribute, str]]:
    return ((name, value) for name, values in attributes.items() for value in values)


def with_value(scene: Scene, name: str, value: str) -> Scene:
    return Scene(**{**dict(scene), name: value})


def difference(first: Pixels, second: Pixels) -> NDArray[np.int16]:
    return np.abs(first.astype(np.int16) - second.astype(np.int16)).max(axis=2)


def within(box: Box, side: int, margin: float = 0.0) -> tuple[slice, slice]:
    left, top, right, bottom = box
    columns = slice(max(0, int((left - margin) * side)), int(np.ceil((right + margin) * side)))
    return slice(max(0, int((top - margin) * side)), int(np.ceil((bottom + margin) * side))), columns


def visible(before: Pixels, after: Pixels, box: Box) -> bool:
    part = within(box, len(before))
    return bool((difference(before, after)[part] > SEEN).sum() > SEEN_SHARE * before.shape[0] * before.shape[1])


@pytest.fixture(scope="module")
def drawn() -> list[Pixels]:
    return [draw(base, SIDE) for base in BASES]


@pytest.mark.parametrize("style", Style)
def test_the_same_scene_gives_the_same_bytes(style: Style) -> None:
    scene = Scene(style=style, weather=Weather.RAIN, place=Place.CITY, variation=7)
    first = draw(scene, SIDE)
    assert first.shape == (SIDE, SIDE, 3)
    assert first.dtype == np.uint8
    assert first.tobytes() == draw(scene, SIDE).tobytes()


def test_variation_moves_only_what_is_not_named() -> None:
    scene = Scene(place=Place.MEADOW, beside=Beside.DOG)
    first, second = draw(scene, SIDE), draw(with_value(scene, "variation", "9"), SIDE)
    assert difference(first, second).max() > SEEN
    assert difference(first, second)[within(FACE, SIDE)].max() == 0


@pytest.mark.parametrize(("name", "value"), list(values_of(LOCAL)), ids=str)
def test_a_local_value_shows_in_its_box_and_nowhere_else(name: Attribute, value: str, drawn: list[Pixels]) -> None:
    for base, before in zip(BASES, drawn, strict=True):
        if getattr(base, name) == value:
            continue
        box = attribute_box(base, name)
        after = draw(with_value(base, name, value), SIDE)
        assert visible(before, after, box)
        outside = difference(before, after)
        outside[within(box, SIDE, MARGIN)] = 0
        assert outside.max() <= FAINT


@pytest.mark.parametrize(("name", "value"), list(values_of(GLOBAL)), ids=str)
def test_a_global_value_changes_the_whole_picture(name: Attribute, value: str, drawn: list[Pixels]) -> None:
    for base, before in zip(BASES, drawn, strict=True):
        if getattr(base, name) == value:
            continue
        box = attribute_box(base, name)
        assert box == (0.0, 0.0, 1.0, 1.0)
        assert visible(before, draw(with_value(base, name, value), SIDE), box)


@pytest.mark.parametrize("seed", range(3))
def test_every_possible_edit_is_visible(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scene = random_scene(rng).model_copy(update={"style": Style.FLAT, "time": Time.DAY, "weather": Weather.CLEAR})
    before = draw(scene, SIDE)
    edits = possible_edits(scene)
    for index in rng.permutation(len(edits))[:60]:
        edit = edits[int(index)]
        picture, box = draw(change(scene, edit), SIDE), edit_box(scene, edit)
        assert visible(before, picture, box), edit
        if scope(edit) == "local":
            outside = difference(before, picture)
            outside[within(box, SIDE, MARGIN)] = 0
            assert outside.max() <= FAINT, edit


@pytest.mark.parametrize("place", Place)
def test_night_darkens_everything_the_face_too(place: Place) -> None:
    day, night = (draw(Scene(place=place, time=time), SIDE).astype(float) for time in (Time.DAY, Time.NIGHT))
    assert night.mean() < 0.8 * day.mean()
    assert night[within(FACE, SIDE)].mean() < 0.85 * day[within(FACE, SIDE)].mean()


@pytest.mark.parametrize("weather", [weather for weather in Weather if weather is not Weather.CLEAR])
@pytest.mark.parametrize("place", [Place.ROOM, Place.LIBRARY, Place.CAFE])
def test_weather_shows_through_the_window(place: Place, weather: Weather) -> None:
    clear, other = (
        draw(Scene(place=place, weather=shown, hair=HairStyle.BALD), SIDE) for shown in (Weather.CLEAR, weather)
    )
    assert visible(clear, other, (0.2, 0.05, 0.8, 0.6))


@pytest.mark.parametrize("style", Style)
def test_sizes_look_alike(style: Style) -> None:
    scene = Scene(style=style, place=Place.HARBOUR, held=Held.FLOWER, hat=Hat.STRAW_HAT, glasses=Glasses.ROUND)
    small, large = draw(scene, 256).astype(float), draw(scene, 512).astype(float)
    reduced = large.reshape(256, 2, 256, 2, 3).mean(axis=(1, 3))
    assert np.abs(reduced - small).mean() < 4.0
    assert draw(scene, 100).shape == (100, 100, 3)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("sign", [sign for sign in Sign if sign is not Sign.NONE])
def test_the_sign_is_blank_where_its_text_goes(sign: Sign, side: Side) -> None:
    scene = Scene(sign=sign, side=side, hat=Hat.STRAW_HAT, weather=Weather.CLEAR)
    board, text = sign_boxes(scene)
    assert board[0] < text[0] < text[2] < board[2]
    assert board[1] < text[1] < text[3] < board[3]
    inside = draw(scene, 256)[within(text, 256)].astype(float)
    assert inside.std(axis=(0, 1)).max() < 16
    box = attribute_box(scene, "sign")
    assert box[0] <= board[0]
    assert board[2] <= box[2]
    assert box[1] <= board[1]
    assert board[3] <= box[3]


def test_a_blank_sheet_is_plain_paper() -> None:
    sheet = blank_sheet(64)
    assert sheet.shape == (64, 64, 3)
    assert sheet.dtype == np.uint8
    assert sheet.min() > 225
    assert sheet.std(axis=(0, 1)).max() == 0
