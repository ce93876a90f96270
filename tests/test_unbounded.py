"""What a step makes is as large as what will be seen of it, or is refused in a sentence."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from assistant.errors import OperationError
from assistant.operations import resizing
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
    monkeypatch.setattr(resizing, "_MOST_WASTE", 0)
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
    largest = 4 * resizing._WHOLE_UP_TO
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


def test_letters_too_large_to_draw_are_refused_in_a_sentence() -> None:
    with pytest.raises(OperationError, match=r"4,000 px .* smaller letters"):
        play(flat((1, 2, 3)), {"op": "text", "text": "Donaudampfschifffahrt" * 3, "size": 4000})
    with pytest.raises(OperationError, match=r"smaller letters"):
        play(flat((1, 2, 3)), {"op": "text", "text": "a\n" * 240 + "a", "size": 4000})


@pytest.mark.parametrize("size", [(1, 40), (40, 1), (1, 1), (3, 2), (1, 3000)], ids=str)
@pytest.mark.parametrize("op", ["denoise", "blur", "sharpen", "grain", "vignette", "auto", "straighten"])
def test_a_sliver_can_be_worked_on(op: str, size: tuple[int, int]) -> None:
    assert play(flat((90, 90, 90), *size), {"op": op}).size == size
