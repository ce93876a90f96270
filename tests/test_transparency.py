"""A red disc on transparent black: the colours of what is invisible never show, whatever is done to the picture."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from assistant.blobs import MemoryBlobs
from assistant.events import StepDone
from assistant.keep import PAINTED_OVER, STAYS_CLEAR
from assistant.patches import Placed, paste
from assistant.pictures import Picture, Pixels, preview
from assistant.render import Renderer
from assistant.script import Script
from assistant.script_files import script_from_data
from assistant.sizes import Box
from tests.doubles import ScriptedPainter
from tests.playing import exact, play

RED = (255, 0, 0)


def disc(side: int = 60, hidden: tuple[int, int, int] = (0, 0, 0)) -> Picture:
    pixels = np.full((side, side, 4), (*hidden, 0), np.uint8)
    cv2.circle(pixels, (side // 2, side // 2), side // 3, (*RED, 255), -1)
    return Picture(pixels)


def solid(picture: Picture) -> Pixels:
    """The colours of what is fully visible."""
    return picture.pixels[picture.pixels[:, :, 3] == 255][:, :3]


@pytest.mark.parametrize(
    "wish",
    [
        {"op": "blur", "radius": 3}, {"op": "blur", "radius": 12}, {"op": "blur", "percent": 100},
        {"op": "blur", "radius": 4, "where": {"box": [0, 0, 40, 60]}}, {"op": "sharpen", "percent": 100},
        {"op": "denoise", "percent": 100}, {"op": "denoise", "where": {"box": [20, 0, 60, 60]}},
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("hidden", [(0, 0, 0), (0, 255, 0)])
def test_what_mixes_neighbours_mixes_what_is_seen(wish: dict[str, Any], hidden: tuple[int, int, int]) -> None:
    before = disc(hidden=hidden)
    behind = play(before, wish)
    np.testing.assert_array_equal(behind.pixels[:, :, 3], before.pixels[:, :, 3])
    assert np.abs(solid(behind).astype(int) - RED).max() <= 1


@pytest.mark.parametrize(
    "wish", [{"op": "blur", "radius": 2}, {"op": "blur", "radius": 9}, {"op": "sharpen"}, {"op": "denoise"}]
)
def test_one_clear_pixel_changes_nothing_far_from_it(wish: dict[str, Any], rng: np.random.Generator) -> None:
    noise = np.asarray(cv2.GaussianBlur(rng.integers(0, 256, (120, 160, 3)).astype(np.uint8), (0, 0), 2), np.uint8)
    clear = np.dstack([noise, np.full(noise.shape[:2], 255, np.uint8)]).astype(np.uint8)
    clear[0, 0] = 0
    one, other = play(Picture(noise), wish), play(Picture(clear), wish)
    assert np.abs(one.rgb[60:, 80:].astype(int) - other.rgb[60:, 80:]).max() <= 2


@pytest.mark.parametrize("percent", [50, 130, 400])
def test_scaling_brings_no_hidden_colour(percent: int) -> None:
    seen = play(disc(), {"op": "scale", "percent": percent, "where": {"box": [5, 5, 55, 55]}}).flattened()
    assert seen[:, :, 0].min() >= 254


def test_auto_measures_what_is_seen(astronaut: Picture) -> None:
    shape = np.zeros(astronaut.pixels.shape[:2], np.uint8)
    cv2.circle(shape, (256, 256), 150, 255, -1)
    light = (128 + astronaut.rgb // 4).astype(np.uint8)
    hidden = np.where(shape[:, :, None] > 0, light, 0).astype(np.uint8)
    samples = light[shape > 0]
    inside = samples[: len(samples) // 250 * 250].reshape(-1, 250, 3)
    expected = exact(Picture(inside), {"op": "auto"}).measurement.numbers
    for larger in (1, 2):
        pixels = np.dstack([hidden, shape]).repeat(larger, 0).repeat(larger, 1)
        numbers = exact(Picture(pixels), {"op": "auto"}).measurement.numbers
        for name, values in numbers.items():
            np.testing.assert_allclose(values, expected[name], atol=0.03 if name == "gamma" else 3)


def test_straighten_sees_no_hidden_lines() -> None:
    pixels = np.zeros((300, 400, 4), np.uint8)
    pixels[:, :, 3] = np.where(np.arange(300)[:, None] < 150, 255, 0)
    for y in range(170, 300, 20):
        cv2.line(pixels, (0, y), (399, y + 20), (255, 255, 255, 0), 3)
    assert exact(Picture(pixels), {"op": "straighten"}).measurement.numbers["degrees"] == (0.0,)


def test_recolor_starts_from_a_colour_that_is_seen() -> None:
    blue = play(disc(), {"op": "recolor", "color": "#0000ff", "where": {"box": [0, 0, 60, 60]}})
    assert (solid(blue) == (0, 0, 255)).all()


@pytest.mark.parametrize(("hidden", "letters"), [((0, 0, 0), 0), ((255, 255, 255), 0)])
def test_letters_stand_out_from_what_is_seen(hidden: tuple[int, int, int], letters: int) -> None:
    sheet = Picture(np.full((80, 200, 4), (*hidden, 0), np.uint8))
    written = play(sheet, {"op": "text", "text": "MMM", "size": 40, "position": "center"})
    values = written.pixels[written.pixels[:, :, 3] == 255][:, 0]
    assert np.median(values) == letters


@pytest.mark.parametrize("paper", [(255, 255, 255), (0, 0, 0), (13, 200, 77)])
def test_every_colour_at_every_alpha_lies_on_paper(paper: tuple[int, int, int]) -> None:
    code, alpha = np.meshgrid(np.arange(256), np.arange(256))
    picture = Picture(np.stack([code, code, code, alpha], axis=2).astype(np.uint8))
    expected = (code * alpha)[:, :, None] + np.array(paper) * (255 - alpha)[:, :, None]
    np.testing.assert_array_equal(picture.flattened(paper), np.round(expected / 255))


def test_a_preview_has_no_dark_edge() -> None:
    shown = np.array(Image.open(io.BytesIO(preview(disc(600), 100, quality=100))).convert("RGB"))
    assert shown[:, :, 0].min() >= 248


# -- patches -----------------------------------------------------------------------------------------------------------


def test_a_soft_rim_on_transparency_has_the_colour_of_the_paint() -> None:
    nothing = Picture(np.zeros((1, 5, 4), np.uint8))
    red = np.full((1, 5, 3), RED, np.uint8)
    placed = Placed(Box(0, 0, 5, 1), red, np.array([[0, 64, 128, 192, 255]], np.uint8))
    seen = paste(nothing, placed).flattened()
    assert (seen[0, :, 0] == 255).all()
    older = paste(nothing, replace(placed, meets="covers"))
    assert older.pixels[0, 2].tolist() == [128, 0, 0, 128], "what was painted before plays as it did"


def painted(picture: Picture, wish: str) -> tuple[Picture, StepDone, Renderer, Any]:
    blobs = MemoryBlobs()
    renderer = Renderer(blobs, ScriptedPainter())
    steps: Script = script_from_data({"steps": [{"op": "edit", "modify": wish, "scope": "global"}]})
    script = steps.on(blobs.put(picture.pixels))
    events: list[Any] = []
    play_on = renderer.play(script)
    while True:
        try:
            events.append(next(play_on))
        except StopIteration as end:
            done = next(event for event in events if isinstance(event, StepDone))
            return end.value.picture, done, renderer, (script, end.value.records)


def test_a_repainted_picture_keeps_its_transparency_and_says_so() -> None:
    before = disc()
    behind, done, renderer, (script, records) = painted(before, "make it night")
    np.testing.assert_array_equal(behind.pixels[:, :, 3], before.pixels[:, :, 3])
    assert not (solid(behind) == RED).all()
    assert done.notes == (STAYS_CLEAR,)
    assert renderer.replay(script, records) == behind


@pytest.mark.parametrize("wish", ["put a beach in the background", "put her on a beach", "ersetze den Hintergrund"])
def test_a_ground_that_was_asked_for_is_painted(wish: str) -> None:
    behind, done, _, _ = painted(disc(), wish)
    assert (behind.pixels[:, :, 3] == 255).all()
    assert done.notes == (PAINTED_OVER,)


def test_an_opaque_picture_hears_nothing_of_transparency(astronaut: Picture) -> None:
    assert painted(astronaut, "make it night")[1].notes == ()


def test_older_patches_play_as_they_did() -> None:
    before = disc()
    _, _, renderer, (script, records) = painted(before, "make it night")
    stored = [patch.model_dump(mode="json", exclude={"meets"}) for patch in records.patches]
    older = type(records).model_validate({**records.model_dump(mode="json"), "patches": stored})
    behind = renderer.replay(script, older)
    assert (behind.pixels[:, :, 3] == 255).all()


def test_what_is_half_visible_takes_the_change_and_no_paper() -> None:
    soft = Picture(np.array([[(255, 0, 0, 128), (255, 0, 0, 255)]], np.uint8))
    same = Placed(soft.size.box, soft.flattened(), None, meets="keeps")
    assert paste(soft, same) == soft
    bluer = (soft.flattened() - np.array([90, 0, 0])).astype(np.uint8)
    assert paste(soft, replace(same, pixels=bluer)).pixels[0].tolist() == [[165, 0, 0, 128], [165, 0, 0, 255]]
