"""Where a step works, in every form, and what it leaves alone; selections, healing and laying over."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from skimage import data

from assistant.errors import OperationError, RegionNotFound
from assistant.faces import find_faces
from assistant.frames import PixelMap
from assistant.operations import Exact
from assistant.pictures import Picture, Pixels
from assistant.script import Script
from assistant.sizes import Box, Size
from assistant.vlm import Stop, never
from tests.playing import BLOBS, coverage, exact, flat, play, selected

RNG = np.random.default_rng(11)
WIDTH, HEIGHT = 64, 48
BRUSHED = np.zeros((HEIGHT, WIDTH), np.uint8)
cv2.circle(BRUSHED, (30, 20), 12, 255, -1)
BRUSHED[40:44, 3:9] = 90
MASK = BLOBS.put(BRUSHED)


def scene(alpha: bool = False) -> Picture:
    """A red disc on textured green and black, all pixels a little different."""
    pixels = RNG.integers(0, 30, (HEIGHT, WIDTH, 3)).astype(np.uint8) + np.array((120, 200, 160), np.uint8)
    pixels[-4:, ::2] //= 8
    cv2.circle(pixels, (40, 24), 10, (230, 20, 30), -1)
    if alpha:
        pixels = np.dstack([pixels, RNG.integers(0, 256, (HEIGHT, WIDTH)).astype(np.uint8)])
    return Picture(pixels)


OPAQUE, CLEAR = scene(), scene(alpha=True)
PLACES: dict[str, Any] = {
    "area": "left half", "corner": "top right corner", "px": {"box": [5, 6, 40, 30]},
    "percent": {"box": [10, 10, 50, 80], "unit": "percent"}, "over the rim": {"box": [-20, -20, 15, 12]},
    "mask": {"mask": MASK}, "point": {"point": [40, 24], "tolerance": 20},
    "point percent": {"point": [62.5, 50], "unit": "percent"}, "color": {"color": "#e6141e", "tolerance": 10},
    "object": {"box": [26, 10, 54, 38], "object": True}, "shadows": "the dark parts",
    "inverted": {"box": [5, 6, 40, 30], "invert": True}, "feathered": {"box": [5, 6, 40, 30], "feather": 6},
    "feathered mask": {"mask": MASK, "feather": 5}, "inverted mask": {"mask": MASK, "invert": True, "feather": 3},
    "hard": {"box": [5, 6, 40, 30], "feather": 0},
}  # fmt: skip
WISHES: list[dict[str, Any]] = [
    {"op": "exposure", "stops": 1}, {"op": "contrast", "percent": 60}, {"op": "highlights", "percent": -70},
    {"op": "shadows", "percent": 70}, {"op": "saturation", "percent": -80}, {"op": "temperature", "percent": 50},
    {"op": "tint", "direction": "green"}, {"op": "black_and_white"}, {"op": "sepia"}, {"op": "auto"}, {"op": "sharpen"},
    {"op": "blur", "radius": 2}, {"op": "blur", "percent": 100}, {"op": "denoise"}, {"op": "vignette", "percent": 90},
    {"op": "grain", "percent": 80}, {"op": "fill", "color": "navy"}, {"op": "fill", "color": "transparent"},
    {"op": "recolor", "color": "purple"}, {"op": "recolor", "color": "gold", "from": "#e6141e", "tolerance": 40},
    {"op": "gradient", "colors": ["red", "transparent", "blue"], "direction": "left"}, {"op": "pixelate", "px": 5},
    {"op": "heal"}, {"op": "text", "text": "Hi", "color": "white"},
]  # fmt: skip
SOFT = {"tone", "detail"}


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(wish=st.sampled_from(WISHES), place=st.sampled_from(sorted(PLACES)), alpha=st.booleans())
def test_outside_the_selection_every_bit_stays(wish: dict[str, Any], place: str, alpha: bool) -> None:
    picture = CLEAR if alpha else OPAQUE
    if wish["op"] == "text" and ("box" not in PLACES[place] or "inv" in place or "object" in place):
        return  # words fill the box around what is selected, and are not cut out along it
    wish = {**wish, "where": PLACES[place]}
    played, inside = play(picture, wish), coverage(picture, wish)
    before = picture.pixels
    if played.mode != picture.mode:
        assert wish["color"] == "transparent", "only a cut-out adds alpha"
        before = np.dstack([before, np.full((HEIGHT, WIDTH), 255, np.uint8)])
    np.testing.assert_array_equal(played.pixels[inside == 0], before[inside == 0])
    if alpha and wish["op"] not in ("fill", "gradient", "pixelate", "heal", "text"):
        np.testing.assert_array_equal(played.pixels[:, :, 3], before[:, :, 3])


@pytest.mark.parametrize("place", PLACES)
def test_every_place_selects_something_and_not_everything(place: str) -> None:
    mask = selected(OPAQUE, PLACES[place])
    assert 0 < np.count_nonzero(mask) < mask.size
    whole = play(OPAQUE, {"op": "fill", "where": PLACES[place], "color": "#0000ff"})
    assert (whole.pixels[mask == 255] == (0, 0, 255)).all()


def test_boxes_points_colours_and_masks_are_what_they_say() -> None:
    disc = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.circle(disc, (40, 24), 10, 255, -1)
    np.testing.assert_array_equal(selected(OPAQUE, PLACES["point"]), disc)
    np.testing.assert_array_equal(selected(OPAQUE, PLACES["point percent"]), disc)
    np.testing.assert_array_equal(selected(OPAQUE, PLACES["color"]), disc)
    np.testing.assert_array_equal(selected(OPAQUE, {"mask": MASK}), BRUSHED)
    box = np.zeros((HEIGHT, WIDTH), np.uint8)
    box[6:30, 5:40] = 255
    np.testing.assert_array_equal(selected(OPAQUE, PLACES["px"]), box)
    np.testing.assert_array_equal(selected(OPAQUE, PLACES["inverted"]), 255 - box)
    soft = selected(OPAQUE, PLACES["feathered"])
    assert (soft[box == 0] == 0).all()
    assert (soft[12:24, 11:34] >= 254).all()
    assert 0 < soft[6, 20] < soft[9, 20] < 255


def test_an_object_is_cut_out_at_its_edge_however_small() -> None:
    large = np.full((1200, 1600, 3), (90, 140, 90), np.uint8)
    large += np.random.default_rng(2).integers(0, 20, large.shape).astype(np.uint8)
    truth = np.zeros(large.shape[:2], np.uint8)
    cv2.circle(truth, (800, 600), 14, 255, -1)
    large[truth > 0] = (220, 40, 30)
    mask = selected(Picture(large), {"box": [778, 578, 822, 622], "object": True})
    both, either = ((mask > 0) & (truth > 0)).sum(), ((mask > 0) | (truth > 0)).sum()
    assert both / either > 0.85


@pytest.mark.parametrize("box", [[800, 600, 802, 602], [0, 0, 1600, 1200], [1599, 0, 1600, 1]], ids=str)
@pytest.mark.parametrize("dot", [0, 1, 40, 300])
def test_an_object_in_a_hopeless_box_ends_in_a_sentence(box: list[int], dot: int) -> None:
    pixels = np.array(flat((90, 140, 90), 1600, 1200).pixels)  # on flat colours GrabCut once ran forever
    pixels[600 : 600 + dot, 800 : 800 + dot] = (200, 10, 10)
    picture = Picture(pixels)
    try:
        mask = selected(picture, {"box": box, "object": True})
    except RegionNotFound as error:
        assert error.remedy  # noqa: PT017 - a mask is as good an answer
    else:
        assert mask.any()


def test_faces_are_found(astronaut: Picture) -> None:
    (face,) = find_faces(astronaut)
    assert face.share_inside(Box(150, 50, 300, 230)) > 0.9
    mask = selected(astronaut, "her face")
    assert mask[face.slices].mean() > 0.7 * 255
    assert mask[300:].max() == 0
    background = selected(astronaut, "the background")
    assert background[face.slices].mean() < 30
    assert background[:60, :60].mean() > 128


class _Locator:
    def locate(self, picture: Picture, phrase: str, script: Script | None = None, stop: Stop = never) -> Box | None:
        return Box(-5, 3, 20, 16) if "lamp" in phrase else None


def test_a_locator_is_asked_for_things() -> None:
    for phrase in ("the lamp", "lights of the lamp", "the lamp in shadow"):
        ready = exact(OPAQUE, {"op": "blur", "where": phrase}, locator=_Locator())
        assert ready.measurement.region
        assert ready.measurement.region.box == (0, 3, 20, 16), phrase


@pytest.mark.parametrize(
    ("where", "kind"),
    [
        ("the unicorn", RegionNotFound), ("faces", RegionNotFound), ("the background", RegionNotFound),
        ({"color": "hotpink", "tolerance": 3}, RegionNotFound),
        ({"mask": BLOBS.put(np.zeros((HEIGHT, WIDTH), np.uint8))}, RegionNotFound),
        ({"mask": BLOBS.put(np.full((9, 9), 255, np.uint8))}, OperationError), ({"point": [-1, 4]}, OperationError),
        ({"box": [500, 500, 600, 600]}, OperationError),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_there_is_said_with_a_remedy(where: object, kind: type[OperationError]) -> None:
    with pytest.raises(kind) as caught:
        play(OPAQUE, {"op": "blur", "where": where})
    assert caught.value.remedy
    assert not (kind is OperationError and isinstance(caught.value, RegionNotFound))


def test_out_of_the_frame_is_no_harm() -> None:
    for wish in (
        {"op": "blur", "where": {"box": [0, 0, 9, 9]}},
        {"op": "fill", "where": {"box": [0, 0, 9, 9]}, "color": "red"},
    ):
        ready = exact(OPAQUE, wish)
        cropped = ready.frame.after(PixelMap.crop(Box(20, 20, 60, 40)))
        later = Exact(ready.step, cropped, ready.measurement, ready.blobs)
        picture = OPAQUE.crop(Box(20, 20, 60, 40))
        assert later.play(picture) is picture
        assert later.behind() == cropped


def test_a_region_moves_with_the_frame() -> None:
    ready = exact(OPAQUE, {"op": "fill", "where": {"box": [5, 6, 40, 30], "feather": 4}, "color": "blue"})
    way = PixelMap.quarter_turns(OPAQUE.size, 1)
    later = Exact(ready.step, ready.frame.after(way), ready.measurement, ready.blobs)
    turned = later.play(Picture(way.apply(OPAQUE.pixels, (0, 0, 0))))
    np.testing.assert_array_equal(turned.pixels, np.rot90(ready.play(OPAQUE).pixels, -1))


# -- laying over -------------------------------------------------------------------------------------------------------


def test_soft_edges_over_nothing_have_the_colour_that_was_laid() -> None:
    nothing = flat((0, 0, 0, 0), 120, 80)
    for wish in (
        {"op": "text", "text": "O", "color": "#ff8040", "size": 60},
        {"op": "fill", "color": "#ff8040", "where": {"box": [10, 10, 60, 60], "feather": 9}},
        {"op": "gradient", "colors": ["#ff8040", "transparent"], "where": {"box": [10, 10, 60, 60]}},
    ):
        pixels = play(nothing, wish).pixels
        seen = pixels[pixels[:, :, 3] > 2][:, :3].astype(int)
        assert len(seen) > 50
        assert np.abs(seen - (255, 128, 64)).max() <= 2, wish


def test_a_reference_with_alpha_is_pasted_without_a_rim() -> None:
    sticker = np.full((60, 60, 4), (0, 255, 0, 0), np.uint8)
    cv2.circle(sticker, (30, 30), 22, (255, 0, 0, 255), -1)
    wish = {"op": "paste", "reference": 2, "percent": 30, "position": "top left"}
    out = play(flat((0, 0, 255), 100, 80), wish, references=(Picture(sticker),)).pixels
    assert out[:, :, 1].max() <= 3
    rows, columns = np.nonzero(out[:, :, 0] > 200)
    assert columns.max() < 40
    assert rows.max() < 40
    assert 18 <= np.ptp(columns) + 1 <= 24


# -- healing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("color", [(40, 90, 200), (40, 90, 200, 120)], ids=["rgb", "rgba"])
@pytest.mark.parametrize("box", [(20, 10, 40, 30), (0, 0, 12, 40), (1, 1, 59, 39), (0, 10, 60, 30)], ids=str)
def test_heal_on_one_colour_is_exact(color: tuple[int, ...], box: tuple[int, ...]) -> None:
    clean = flat(color)
    spotted = np.array(clean.pixels)
    spotted[Box(*box).slices] = RNG.integers(0, 256, spotted[Box(*box).slices].shape)
    assert play(Picture(spotted), {"op": "heal", "where": {"box": list(box)}}) == clean


def test_heal_of_everything_or_of_a_tight_picture_is_no_crash() -> None:
    assert play(OPAQUE, {"op": "heal", "where": "everything"}) == OPAQUE
    for picture in (OPAQUE, CLEAR):
        tight = picture.crop(Box(30, 14, 46, 30))
        healed = play(tight, {"op": "heal", "where": {"box": [4, 4, 12, 12]}})
        assert healed.mode == tight.mode


def spread(pixels: Pixels, box: Box) -> float:
    """How lively the texture is: mean local standard deviation."""
    gray = cv2.cvtColor(np.ascontiguousarray(pixels[:, :, :3]), cv2.COLOR_RGB2GRAY).astype(np.float32)
    variance = cv2.blur(gray * gray, (9, 9)) - cv2.blur(gray, (9, 9)) ** 2
    return float(np.sqrt(np.maximum(variance, 0))[box.grown(-6).slices].mean())


def gray_picture(pixels: Pixels) -> Picture:
    return Picture(np.repeat(np.asarray(pixels, np.uint8)[:, :, None], 3, axis=2))


TEXTURES = {
    "brick": (lambda: gray_picture(data.brick()), Box(200, 180, 260, 250)),
    "grass": (lambda: gray_picture(data.grass()), Box(200, 200, 270, 260)),
    "gravel": (lambda: gray_picture(data.gravel()), Box(250, 240, 310, 300)),
    "wood": (lambda: Picture(np.array(data.coffee())), Box(430, 300, 500, 350)),
}


@pytest.mark.parametrize("name", TEXTURES)
def test_heal_carries_texture_on_where_smooth_inpainting_smears(name: str) -> None:
    make, box = TEXTURES[name]
    truth = make()
    hole = np.zeros((truth.size.height, truth.size.width), np.uint8)
    hole[box.slices] = 255
    spoilt = np.array(truth.pixels)
    spoilt[hole > 0] = (255, 0, 255)
    healed = play(Picture(spoilt), {"op": "heal", "where": {"box": list(box)}}).pixels
    smooth = np.asarray(cv2.inpaint(spoilt, hole, 3, cv2.INPAINT_TELEA), np.uint8)
    np.testing.assert_array_equal(healed[hole == 0], spoilt[hole == 0])
    own, others, wanted = spread(healed, box), spread(smooth, box), spread(truth.pixels, box)
    assert abs(own - wanted) < 0.5 * abs(others - wanted), (own, others, wanted)
    level = healed[box.slices].astype(float).mean() - truth.pixels[box.slices].mean()
    assert abs(level) < 25
    magenta = (healed.astype(int) == (255, 0, 255)).all(axis=2)
    assert not magenta.any()


def test_heal_is_repeatable(coffee: Picture) -> None:
    wish = {"op": "heal", "where": {"box": [430, 300, 470, 330]}, "id": "h", "seed": 3}
    assert play(coffee, wish) == play(coffee, wish)


# -- move, copy, scale -------------------------------------------------------------------------------------------------


def test_move_heals_what_it_leaves_and_keeps_what_it_takes() -> None:
    picture = flat((240, 240, 240), 120, 80)
    pixels = np.array(picture.pixels)
    pixels[20:40, 10:30] = RNG.integers(0, 200, (20, 20, 3))
    moved = play(Picture(pixels), {"op": "move", "where": {"box": [10, 20, 30, 40]}, "direction": "right", "px": 50})
    np.testing.assert_array_equal(moved.pixels[20:40, 60:80], pixels[20:40, 10:30])
    assert (moved.pixels[:, :60] == 240).all()
    copied = play(Picture(pixels), {"op": "copy", "where": {"box": [10, 20, 30, 40]}, "direction": "down", "px": 70})
    assert copied == Picture(pixels), "over the rim there is nothing to see"


@pytest.mark.parametrize("percent", [50, 200])
def test_scale_grows_about_the_middle(percent: int) -> None:
    pixels = np.full((80, 120, 3), 240, np.uint8)
    pixels[30:50, 50:70] = (200, 0, 0)
    scaled = play(Picture(pixels), {"op": "scale", "where": {"box": [50, 30, 70, 50]}, "percent": percent})
    half = percent // 10
    expected = np.full((80, 120, 3), 240, np.uint8)
    expected[40 - half : 40 + half, 60 - half : 60 + half] = (200, 0, 0)
    np.testing.assert_array_equal(scaled.pixels, expected)


def test_stroke_runs_around_the_selection() -> None:
    stroked = play(
        flat((9, 9, 9), 60, 40), {"op": "stroke", "where": {"box": [20, 10, 40, 30]}, "color": "white", "px": 3}
    )
    white = stroked.pixels[:, :, 0] == 255
    assert not white[10:30, 20:40].any()
    assert white[10:30, 17:20].all()
    assert white[7:10, 20:40].all()
    assert not white[:, :16].any()
    assert Size(60, 40) == stroked.size


def test_a_half_transparent_fill_tints() -> None:
    picture = Picture(np.full((40, 40, 3), (0, 100, 200), np.uint8))
    played = play(picture, {"op": "fill", "color": "#ff000080", "where": {"box": [10, 10, 30, 30]}})
    share = 128 / 255
    expected = np.array([255, 0, 0]) * share + np.array([0, 100, 200]) * (1 - share)
    assert np.abs(played.pixels[20, 20] - expected).max() <= 1
    assert tuple(played.pixels[5, 5]) == (0, 100, 200)
