"""Sizes, boxes and frames: whole pixels land where numpy says, and what is resampled is told apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.areas import parse_area
from assistant.frames import Affine, Frame, PixelMap
from assistant.pictures import Pixels
from assistant.sizes import Box, Size, centered, largest_with_aspect, same_region

sides = st.integers(1, 9)
sizes = st.builds(Size, sides, sides)
large_sizes = st.builds(Size, st.integers(1, 5000), st.integers(1, 5000))
coordinates = st.integers(-12, 12)
boxes = st.builds(Box, coordinates, coordinates, coordinates, coordinates)
moves = st.lists(st.sampled_from(["left", "right", "flip", "mirror", "crop", "pad"]), max_size=6)
FILL = (7, 7, 7)


def numbered(size: Size) -> Pixels:
    """Every pixel different."""
    codes = np.arange(size.pixels).reshape(size.height, size.width)
    return np.stack([codes % 251, codes // 251, codes * 0 + 100], axis=-1).astype(np.uint8)


def step_map(name: str, size: Size) -> PixelMap:
    match name:
        case "left":
            return PixelMap.quarter_turns(size, -1)
        case "right":
            return PixelMap.quarter_turns(size, 1)
        case "flip":
            return PixelMap.flip(size, horizontal=False)
        case "mirror":
            return PixelMap.flip(size, horizontal=True)
        case "crop":
            return PixelMap.crop(Box(size.width // 3, size.height // 4, size.width, size.height))
    return PixelMap.crop(size.box.grown(2))


def by_numpy(name: str, pixels: Pixels) -> Pixels:
    height, width = pixels.shape[:2]
    match name:
        case "left":
            return np.rot90(pixels)
        case "right":
            return np.rot90(pixels, -1)
        case "flip":
            return pixels[::-1]
        case "mirror":
            return pixels[:, ::-1]
        case "crop":
            return pixels[height // 4 :, width // 3 :]
    return np.pad(pixels, ((2, 2), (2, 2), (0, 0)), constant_values=7)


# -- boxes and sizes ---------------------------------------------------------------------------------------------------


@given(boxes, boxes)
def test_intersection_union_and_overlap_are_those_of_pixel_sets(one: Box, other: Box) -> None:
    def pixels(box: Box) -> set[tuple[int, int]]:
        return {(x, y) for x in range(box.left, box.right) for y in range(box.top, box.bottom)}

    shared, either = pixels(one) & pixels(other), pixels(one) | pixels(other)
    assert one.area == len(pixels(one))
    assert one.is_empty == (not pixels(one))
    assert one.intersection(other).area == len(shared)
    assert one.iou(other) == pytest.approx(len(shared) / len(either) if either else 0)
    assert one.share_inside(other) == pytest.approx(len(shared) / one.area if one.area else 0)
    if not one.is_empty and not other.is_empty:
        assert one.union(other).contains(one)
        assert either <= pixels(one.union(other))


@given(large_sizes, st.integers(1, 3000))
def test_fit_never_enlarges_and_keeps_the_aspect(size: Size, longest: int) -> None:
    small = size.fit(longest)
    assert max(small) <= max(longest, 1)
    assert small.width <= size.width
    assert small.height <= size.height
    assert min(small) == 1 or abs(small.width / size.width - small.height / size.height) <= 1 / min(size)


@given(large_sizes, st.sampled_from([8, 16, 32, 64]))
def test_snapped_sides_are_multiples_that_hold_the_picture(size: Size, multiple: int) -> None:
    snapped = size.snapped(multiple)
    assert all(side % multiple == 0 for side in snapped)
    assert all(0 <= new - old < multiple for new, old in zip(snapped, size, strict=True))


@given(large_sizes, st.integers(1, 50), st.integers(1, 50))
def test_the_largest_crop_of_an_aspect_fits_and_touches(size: Size, width: int, height: int) -> None:
    inner = largest_with_aspect(size, width, height)
    assert inner.width == size.width or inner.height == size.height
    assert size.box.contains(centered(inner, size))
    assert min(inner) == 1 or abs(inner.width - inner.height * width / height) <= 0.5 * max(1, width / height) + 1e-6


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((0, 0, 10, 10), (0, 0, 10, 10), True), ((0, 0, 10, 10), (5, 0, 15, 10), True),
        ((0, 0, 10, 10), (6, 0, 16, 10), False), ((0, 0, 100, 100), (10, 10, 20, 20), True),
        ((0, 0, 10, 10), (20, 20, 30, 30), False), ((0, 0, 10, 10), (4, 0, 400, 100), False),
        ((0, 0, 10, 10), (3, 0, 400, 100), True),
    ],
)  # fmt: skip
def test_same_region_by_rule_ten(one: tuple[int, ...], other: tuple[int, ...], same: bool) -> None:
    assert same_region(Box(*one), Box(*other)) is same
    assert same_region(Box(*other), Box(*one)) is same


# -- whole-pixel maps --------------------------------------------------------------------------------------------------


@given(sizes, moves)
def test_a_chain_of_maps_is_the_chain_of_numpy(size: Size, names: list[str]) -> None:
    pixels = expected = numbered(size)
    whole = PixelMap.identity(size)
    for name in names:
        way = step_map(name, whole.size)
        pixels, expected, whole = way.apply(pixels, FILL), by_numpy(name, expected), whole.then(way)
    np.testing.assert_array_equal(pixels, expected)
    assert whole.size == (expected.shape[1], expected.shape[0])
    cut = names.index("crop") if "crop" in names else len(names)
    if "pad" not in names[cut:]:  # what a crop cut off comes back when the whole map pads again
        np.testing.assert_array_equal(whole.apply(numbered(size), FILL), expected)


@given(sizes, moves)
def test_the_inverse_leads_back(size: Size, names: list[str]) -> None:
    whole = PixelMap.identity(size)
    for name in names:
        whole = whole.then(step_map(name, whole.size))
    assert whole.then(whole.inverse(size)) == PixelMap.identity(size)
    assert whole.inverse(size).inverse(whole.size) == whole


@given(sizes, moves, st.data())
def test_a_box_lands_on_its_own_pixels(size: Size, names: list[str], data: st.DataObject) -> None:
    left, top = data.draw(st.integers(0, size.width - 1)), data.draw(st.integers(0, size.height - 1))
    box = Box(left, top, data.draw(st.integers(left + 1, size.width)), data.draw(st.integers(top + 1, size.height)))
    marked = np.zeros((size.height, size.width), np.uint8)
    marked[box.slices] = 1
    whole = PixelMap.identity(size)
    for name in names:
        whole = whole.then(step_map(name, whole.size))
    rows, columns = np.nonzero(whole.apply(marked, (0,)))
    landed = whole.box(box).clipped(whole.size)
    assert landed.area == len(rows)
    if len(rows):
        assert landed == (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert whole.box(box).area == box.area


@pytest.mark.parametrize("channels", [None, 3, 4])
def test_padding_is_filled(channels: int | None) -> None:
    pixels = np.full((2, 3) if channels is None else (2, 3, channels), 9, np.uint8)
    fill = (1, 2, 3, 4)[: channels or 1]
    out = PixelMap.crop(Box(-1, 0, 5, 2)).apply(pixels, fill)
    assert out.shape[:2] == (2, 6)
    assert (out[:, 0] == np.array(fill if channels else fill[0])).all()
    assert (out[:, 1:4] == 9).all()


def test_a_crop_beside_the_picture_is_only_fill() -> None:
    out = PixelMap.crop(Box(20, 20, 24, 22)).apply(numbered(Size(5, 5)), FILL)
    assert out.shape == (2, 4, 3)
    assert (out == 7).all()


# -- frames ------------------------------------------------------------------------------------------------------------

HALF: Affine = (0.5, 0.0, 0.0, 0.0, 0.5, 0.0)


@given(sizes, moves, moves)
def test_frames_of_one_base_know_the_way(size: Size, first: list[str], second: list[str]) -> None:
    def walked(names: list[str]) -> Frame:
        frame = Frame.of_original(size)
        for name in names:
            frame = frame.after(step_map(name, frame.size))
        return frame

    one, other = walked(first), walked(second)
    way, back = one.way_to(other), other.way_to(one)
    assert way is not None
    assert back is not None
    assert way.size == other.size
    assert way.then(back) == PixelMap.identity(one.size)
    x, y = one.point_to(other, 2.0, 1.0)
    assert (x, y) == pytest.approx((way.a * 2 + way.b + way.dx, way.c * 2 + way.d + way.dy))


def test_a_resampling_lies_between() -> None:
    original = Frame.of_original(Size(40, 20))
    small = original.resampled(HALF, Size(20, 10))
    assert original.way_to(small) is None
    assert small.way_to(original) is None
    assert small.way_to(original.resampled(HALF, Size(20, 10))) == PixelMap.identity(Size(20, 10))
    other = original.after(PixelMap.flip(Size(40, 20), horizontal=True)).resampled(HALF, Size(20, 10))
    assert small.way_to(other) is None, "the same resize of another picture is another base"
    turned = small.after(PixelMap.quarter_turns(small.size, 1))
    assert small.way_to(turned) == PixelMap.quarter_turns(small.size, 1)


def test_points_and_pixels_cross_a_resize_and_a_turn() -> None:
    original = Frame.of_original(Size(80, 40))
    mask = np.zeros((40, 80), np.uint8)
    mask[8:16, 60:76] = 255
    small = original.resampled(HALF, Size(40, 20))
    turned = small.after(PixelMap.quarter_turns(small.size, 1))
    assert turned.size == (20, 40)
    # x' = height - y, y' = x, both halved.
    assert original.point_to(turned, 60, 8) == pytest.approx((20 - 4, 30))
    seen = original.warp_to(turned, mask)
    expected = np.zeros((40, 20), np.uint8)
    expected[30:38, 12:16] = 255
    assert ((seen >= 128) == (expected >= 128)).all()
    back = turned.warp_to(original, seen)
    assert ((back >= 128) == (mask >= 128)).mean() > 0.98
    assert turned.point_to(original, *original.point_to(turned, 13.5, 2.25)) == pytest.approx((13.5, 2.25))


def test_warping_is_exact_where_pixels_are_whole() -> None:
    original = Frame.of_original(Size(6, 4))
    mirrored = original.after(PixelMap.flip(original.size, horizontal=True))
    pixels = numbered(original.size)
    np.testing.assert_array_equal(original.warp_to(mirrored, pixels), pixels[:, ::-1])


# -- named areas -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "box"),
    [
        ("left half", (0, 0, 60, 90)), ("the right half of the picture", (60, 0, 120, 90)), ("top", (0, 0, 120, 30)),
        ("lower third", (0, 60, 120, 90)), ("top right corner", (80, 0, 120, 30)), ("center", (40, 30, 80, 60)),
        ("upper left quarter", (0, 0, 60, 45)), ("left-hand side", (0, 0, 40, 90)), ("Bottom-Left", (0, 60, 40, 90)),
        ("the whole picture", (0, 0, 120, 90)), ("everything", (0, 0, 120, 90)), ("the picture", (0, 0, 120, 90)),
        ("center third", (0, 30, 120, 60)), ("the left third", (0, 0, 40, 90)),
    ],
)  # fmt: skip
def test_named_areas(phrase: str, box: tuple[int, ...]) -> None:
    area = parse_area(phrase)
    assert area is not None
    assert area.pixels(Size(120, 90)) == box


@pytest.mark.parametrize(
    "phrase",
    [
        "the hat",
        "her left hand",
        "the right hand",
        "left eye",
        "top hat",
        "the left shoe",
        "",
        "top bottom",
        "the third",
    ],
)
def test_things_are_no_areas(phrase: str) -> None:
    assert parse_area(phrase) is None
