"""What a step makes is bounded, or refused in a sentence; up to that bound it is exactly what older versions made."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from assistant.errors import OperationError
from assistant.operations import overlay, resizing
from assistant.operations.resizing import resized_part
from assistant.pictures import Picture
from assistant.sizes import Box, Size
from tests.playing import flat, play


@pytest.mark.parametrize("method", [cv2.INTER_LINEAR, cv2.INTER_CUBIC])
@pytest.mark.parametrize("size", [Size(410, 300), Size(57, 41), Size(99, 171)], ids=str)
@pytest.mark.parametrize("channels", [(), (3,)], ids=["mask", "colours"])
def test_a_part_is_what_the_whole_has_there(
    method: int, size: Size, channels: tuple[int, ...], rng: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = rng.integers(0, 256, (30, 41, *channels)).astype(np.uint8)
    whole = cv2.resize(image, size, interpolation=method)
    parts = (size.box, Box(5, 7, 33, 29), Box(size.width - 9, size.height - 20, size.width, size.height))
    for part in parts:
        np.testing.assert_array_equal(resized_part(image, size, part, method), whole[part.slices])
    monkeypatch.setattr(resizing, "_WHOLE_UP_TO", 0)
    for part in parts:
        made = resized_part(image, size, part, method)
        assert np.abs(made.astype(int) - whole[part.slices]).max() <= 1


@pytest.mark.parametrize(
    ("picture", "wish"),
    [
        (flat((1, 2, 3), 700, 700), {"op": "scale", "percent": 1000, "where": "everything"}),
        (flat((1, 2, 3), 700, 700), {"op": "paste", "reference": 2, "percent": 400}),
        (flat((1, 2, 3), 16_384, 16), {"op": "resize", "width": 400, "height": 400}),
        (flat((1, 2, 3), 700, 700), {"op": "pixelate", "px": 16_384, "where": {"box": [0, 0, 50, 50]}}),
    ],
    ids=lambda value: value["op"] if isinstance(value, dict) else "",
)
def test_only_what_is_seen_is_made(picture: Picture, wish: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    largest = 32_000_000
    monkeypatch.setattr(resizing, "_WHOLE_UP_TO", largest // 4)
    made: list[int] = []

    def watched(name: str) -> None:
        real = getattr(cv2, name)

        def call(*args: Any, **options: Any) -> Any:
            if name == "resize" and args[1] is not None:
                assert args[1][0] * args[1][1] <= largest
            result = real(*args, **options)
            made.append(result.size)
            return result

        monkeypatch.setattr(cv2, name, call)

    watched("resize")
    watched("copyMakeBorder")
    behind = play(picture, wish, references=(flat((1, 2, 3), 16, 4000),))
    assert (behind.pixels == (1, 2, 3)).all()
    assert max(made, default=0) <= largest


def test_much_enlarged_it_is_what_it_was(rng: np.random.Generator) -> None:
    image = rng.integers(0, 256, (900, 1200, 3)).astype(np.uint8)
    size, part = Size(4800, 3600), Box(2000, 1500, 2300, 1700)
    whole = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR)
    np.testing.assert_array_equal(resized_part(image, size, part, cv2.INTER_LINEAR), whole[part.slices])


def test_blocks_larger_than_the_place_are_what_they_were(rng: np.random.Generator) -> None:
    before = Picture(rng.integers(0, 256, (40, 60, 3)).astype(np.uint8))
    block = cv2.copyMakeBorder(before.pixels, 0, 160, 0, 140, cv2.BORDER_REPLICATE)
    mean = cv2.resize(block, (1, 1), interpolation=cv2.INTER_AREA)
    assert (play(before, {"op": "pixelate", "px": 200, "where": "everything"}).pixels == mean).all()


def test_the_mean_of_the_largest_block_holds() -> None:
    assert (
        play(flat((250,) * 3, 3000, 3000), {"op": "pixelate", "px": 3000, "where": "everything"}).pixels == 250
    ).all()


def test_the_halo_of_large_letters_is_what_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    wish = {"op": "text", "text": "Hi", "size": 900}
    halo = play(flat((120, 120, 120), 300, 200), wish)
    monkeypatch.setattr(overlay, "blurred", lambda shade, sigma: cv2.GaussianBlur(shade, (0, 0), sigma))
    monkeypatch.setattr(overlay, "_LONGEST_HALO", 0)
    assert play(flat((120, 120, 120), 300, 200), wish) == halo
    monkeypatch.undo()
    monkeypatch.setattr(overlay, "_LONGEST_HALO", 0)
    near = play(flat((120, 120, 120), 300, 200), wish)
    assert 0 < np.abs(near.pixels.astype(int) - halo.pixels).max() <= 12


def test_letters_too_large_to_draw_are_refused_in_a_sentence() -> None:
    with pytest.raises(OperationError, match=r"4,000 px .* smaller letters"):
        play(flat((1, 2, 3)), {"op": "text", "text": "Donaudampfschifffahrt" * 3, "size": 4000})
    with pytest.raises(OperationError, match=r"smaller letters"):
        play(flat((1, 2, 3)), {"op": "text", "text": "a\n" * 240 + "a", "size": 4000})


@pytest.mark.parametrize("size", [(1, 40), (40, 1), (1, 1), (3, 2), (1, 3000)], ids=str)
@pytest.mark.parametrize("op", ["denoise", "blur", "sharpen", "grain", "vignette", "auto", "straighten"])
def test_a_sliver_can_be_worked_on(op: str, size: tuple[int, int]) -> None:
    assert play(flat((90, 90, 90), *size), {"op": op}).size == size
