"""A repainted picture keeps its own detail where only light and color changed, and shows what is newly painted."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.guided import fitted
from assistant.keep import LIGHT_ONLY, REPAINTED, keep_global, partly_new_note
from assistant.light import new_light, small
from assistant.pictures import Picture, Pixels
from assistant.sizes import Box, Size

PAINTED = Size(256, 256)
MOON = Box(360, 30, 420, 90)


def lossy(pixels: Pixels) -> Pixels:
    """What a codec at half the size leaves."""
    small = cv2.resize(pixels, PAINTED, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), 1.2)
    return np.asarray(cv2.resize(soft, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_CUBIC), np.uint8)


def night(pixels: Pixels) -> Pixels:
    return np.clip(pixels * np.array([0.45, 0.5, 0.75]) + [4, 6, 18], 0, 255).astype(np.uint8)


def with_moon(pixels: Pixels) -> Pixels:
    out = pixels.copy()
    cv2.circle(out, (390, 60), 26, (250, 245, 215), -1, cv2.LINE_AA)
    return out


def with_words(pixels: Pixels) -> Pixels:
    out = pixels.copy()
    cv2.putText(out, "wish you were here", (90, 480), cv2.FONT_HERSHEY_SIMPLEX, 1, (255, 255, 255), 2, cv2.LINE_AA)
    return out


def error(one: Pixels, other: Pixels) -> float:
    return float(np.sqrt(np.square(one.astype(float) - other).mean()))


def relit_to(before: Pixels, after: Pixels) -> tuple[Pixels, float]:
    echo, painted = lossy(before), lossy(after)
    light = new_light(before, small(echo, PAINTED), small(painted, PAINTED))
    return light.on(before, painted), light.painted


@pytest.mark.parametrize("name", ["astronaut", "words", "two lights", "grey"])
def test_new_light_falls_on_the_pictures_own_detail(astronaut: Picture, name: str) -> None:
    before = with_words(astronaut.pixels) if name == "words" else astronaut.pixels
    after = night(before)
    if name == "grey":
        after = np.asarray(cv2.cvtColor(cv2.cvtColor(before, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB), np.uint8)
    if name == "two lights":
        share = np.linspace(0, 1, 512)[:, None, None]
        after = np.round(after * share + before * (1 - share)).astype(np.uint8)
    pixels, painted = relit_to(before, after)
    assert error(pixels, after) < 0.25 * error(lossy(after), after)
    assert painted < 0.005


def test_what_is_new_is_the_painters(astronaut: Picture) -> None:
    after = with_moon(night(astronaut.pixels))
    pixels, painted = relit_to(astronaut.pixels, after)
    assert error(pixels[MOON.slices], after[MOON.slices]) < 1.1 * error(lossy(after)[MOON.slices], after[MOON.slices])
    assert error(pixels[200:], after[200:]) < 0.25 * error(lossy(after)[200:], after[200:])
    assert 0.005 < painted < 0.1


def test_what_is_gone_is_gone(astronaut: Picture) -> None:
    after = night(astronaut.pixels)
    pixels, painted = relit_to(with_moon(astronaut.pixels), after)
    assert error(pixels[MOON.slices], after[MOON.slices]) < 1.1 * error(lossy(after)[MOON.slices], after[MOON.slices])
    assert painted < 0.1


def test_the_loss_of_a_codec_alone_changes_nothing(astronaut: Picture) -> None:
    pixels, painted = relit_to(astronaut.pixels, astronaut.pixels)
    assert np.abs(pixels.astype(int) - astronaut.pixels).max() <= 1
    assert painted == 0


@pytest.mark.parametrize("size", [(3, 2), (40, 7), (700, 300)])
def test_pictures_of_every_size_are_relit(rng: np.random.Generator, size: tuple[int, int]) -> None:
    width, height = size
    before = rng.integers(0, 256, (height, width, 3), np.uint8)
    work = Size(width, height).fit(min(256, max(size)))
    pixels = new_light(before, small(before, work), small(night(before), work)).on(before, night(before))
    assert pixels.shape == before.shape
    assert error(pixels, night(before)) < 3


def test_a_transform_fitted_small_is_applied_large(astronaut: Picture) -> None:
    small = np.asarray(cv2.resize(astronaut.pixels, (128, 128), interpolation=cv2.INTER_AREA), np.float32)
    mixing = np.array([[0.5, 0.1, 0.0], [0.2, 0.6, 0.0], [0.0, 0.1, 0.8]], np.float32)

    def mixed(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(pixels @ mixing + np.array([5, 0, 9]), np.float32)

    transform = fitted(small, mixed(small), np.ones((128, 128), np.float32), 4)
    assert np.abs(transform.on(small) - mixed(small)).mean() < 0.5
    large = transform.applied(astronaut.pixels)
    assert np.abs(large - mixed(astronaut.pixels.astype(np.float32)).clip(0, 255)).mean() < 1


def test_what_does_not_count_is_not_fitted(astronaut: Picture) -> None:
    guide = astronaut.pixels.astype(np.float32)
    weight = np.ones((512, 512), np.float32)
    weight[MOON.slices] = 0
    transform = fitted(guide, with_moon(night(astronaut.pixels)).astype(np.float32), weight, 4)
    far = np.s_[:, :340]
    assert np.abs(transform.on(guide)[far] - night(astronaut.pixels)[far]).max() < 2


# -- what is kept and said ---------------------------------------------------------------------------------------------


def kept_notes(before: Pixels, after: Pixels) -> tuple[str, ...]:
    view, echo, painted = (Picture(pixels) for pixels in (before, lossy(before), lossy(after)))
    kept = keep_global(painted, view, echo, view.size.box, PAINTED)
    assert kept.placed.alpha is None
    assert kept.placed.box == view.size.box
    assert kept.changed == 1
    return kept.notes


def test_the_notes_say_what_was_carried_over(astronaut: Picture) -> None:
    enlarged = "painted at 256 × 256, enlarged 2.0 ×"
    assert kept_notes(astronaut.pixels, night(astronaut.pixels)) == (REPAINTED, LIGHT_ONLY)
    label, share, size = kept_notes(astronaut.pixels, with_moon(night(astronaut.pixels)))
    assert (label, size) == (REPAINTED, enlarged)
    assert share.endswith("in the new light")
    other = np.ascontiguousarray(astronaut.pixels[::-1])
    assert kept_notes(astronaut.pixels, other) == (REPAINTED, enlarged)


def test_a_share_of_new_paint_is_told_in_percent() -> None:
    assert partly_new_note(0.234).startswith("23 % of it is new paint")
    assert partly_new_note(0.006).startswith("1 % of it")


def test_a_picture_that_is_mostly_new_is_taken_as_painted(astronaut: Picture) -> None:
    other = Picture(lossy(np.ascontiguousarray(astronaut.pixels[::-1])))
    kept = keep_global(other, astronaut, Picture(lossy(astronaut.pixels)), astronaut.size.box, PAINTED)
    assert np.array_equal(kept.placed.pixels, other.pixels)
