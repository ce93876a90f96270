"""What is taken of a painted view: only what changed, only where it may, and in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import cv2
import numpy as np
import pytest

from assistant.blobs import MemoryBlobs
from assistant.editor import EditRequest, OnStep
from assistant.events import StepDone
from assistant.keep import (
    NOTHING_CHANGED,
    REPAINTED,
    TOO_MUCH,
    enlarged_note,
    grown,
    keep_global,
    keep_local,
    partly_new_note,
)
from assistant.patches import paste
from assistant.pictures import Picture, Pixels
from assistant.regions import Region, region_of_mask
from assistant.render import Renderer
from assistant.script import Script
from assistant.script_files import script_from_data
from assistant.sizes import Box, Size
from tests.doubles import ScriptedPainter

PLACE = Box(180, 60, 300, 140)
INK = (20, 160, 60)


def lossy(pixels: Pixels) -> Pixels:
    """What a codec leaves: softer, with an error of a few codes everywhere."""
    soft = cv2.GaussianBlur(pixels, (0, 0), 1.2).astype(np.float32)
    wave = 3 * np.sin(np.arange(pixels.shape[1], dtype=np.float32) / 5)
    return np.clip(soft + wave[None, :, None], 0, 255).astype(np.uint8)


def stamped(pixels: Pixels, box: Box, color: tuple[int, int, int] = INK) -> Pixels:
    out = pixels.copy()
    out[box.slices] = color
    return out


@pytest.fixture
def echo(astronaut: Picture) -> Picture:
    return Picture(lossy(astronaut.pixels))


def differs(one: Picture, other: Picture) -> np.ndarray:
    return (one.pixels != other.pixels).any(axis=2)


def inside(box: Box, size: Size) -> np.ndarray:
    mask = np.zeros((size.height, size.width), bool)
    mask[box.slices] = True
    return mask


def test_only_what_changed_is_taken(astronaut: Picture, echo: Picture) -> None:
    hat = Box(200, 80, 260, 120)
    painted = Picture(lossy(stamped(astronaut.pixels, hat)))
    kept = keep_local(painted, astronaut, echo, astronaut.size.box, astronaut.size, Region(PLACE), hard=False)
    behind = paste(astronaut, kept.placed)
    touched = differs(behind, astronaut)
    assert touched[hat.slices].all()
    assert not touched[~inside(hat.grown(16), astronaut.size)].any()
    assert np.abs(behind.crop(hat.grown(-8)).pixels.astype(int) - INK).max() < 12
    assert kept.placed.box == PLACE
    assert kept.changed == pytest.approx(hat.area / astronaut.size.pixels, rel=1.2)
    assert not kept.changed_too_much
    assert kept.notes == ()


def test_an_untouched_view_changes_nothing_and_says_so(astronaut: Picture, echo: Picture) -> None:
    kept = keep_local(echo, astronaut, echo, astronaut.size.box, astronaut.size, Region(PLACE), hard=False)
    assert paste(astronaut, kept.placed) == astronaut
    assert kept.changed == 0
    assert kept.notes == (NOTHING_CHANGED,)
    everything = keep_global(echo, astronaut, echo, astronaut.size.box, Size(256, 256))
    assert paste(astronaut, everything.placed) == astronaut
    assert everything.notes == (NOTHING_CHANGED,)


def test_a_soft_place_grows_to_half_as_much_again_and_no_further(astronaut: Picture, echo: Picture) -> None:
    painted = Picture(lossy(stamped(astronaut.pixels, Box(100, 20, 400, 200))))
    kept = keep_local(painted, astronaut, echo, astronaut.size.box, astronaut.size, Region(PLACE), hard=False)
    touched = differs(paste(astronaut, kept.placed), astronaut)
    reach = grown(PLACE, astronaut.size)
    assert reach == Box(150, 40, 330, 160)
    assert not touched[~inside(reach, astronaut.size)].any()
    assert touched[PLACE.slices].mean() > 0.99
    assert kept.changed_too_much
    assert kept.notes == (TOO_MUCH,)


def test_a_brushed_place_is_hard_and_feathered_inwards(astronaut: Picture, echo: Picture) -> None:
    alpha = np.zeros((PLACE.size.height, PLACE.size.width), np.uint8)
    cv2.ellipse(alpha, (60, 40), (50, 30), 0, 0, 360, 255, -1)
    painted = Picture(lossy(stamped(astronaut.pixels, PLACE.grown(5))))
    kept = keep_local(painted, astronaut, echo, astronaut.size.box, astronaut.size, Region(PLACE, alpha), hard=True)
    assert kept.placed.box == PLACE
    assert kept.placed.alpha is not None
    assert not kept.placed.alpha[alpha == 0].any()
    assert kept.placed.alpha[40, 60] == 255
    assert 0 < kept.placed.alpha[40, 11] < 255
    assert not kept.changed_too_much


def test_the_patch_lies_where_the_view_lies(astronaut: Picture) -> None:
    view_box = Box(150, 30, 406, 222)
    view = astronaut.crop(view_box)
    hat = Box(220, 70, 260, 110)
    painted = Picture(lossy(stamped(astronaut.pixels, hat)[view_box.slices]))
    kept = keep_local(painted, view, Picture(lossy(view.pixels)), view_box, view.size, Region(PLACE), hard=False)
    touched = differs(paste(astronaut, kept.placed), astronaut)
    assert touched[hat.slices].all()
    assert not touched[~inside(hat.grown(12), astronaut.size)].any()


def moved(pixels: Pixels, scale: float, dx: float, dy: float) -> Pixels:
    motion = np.array([[scale, 0, dx], [0, scale, dy]], np.float32)
    size = (pixels.shape[1], pixels.shape[0])
    return np.asarray(
        cv2.warpAffine(pixels, motion, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def shifted_colors(pixels: Pixels) -> Pixels:
    return np.clip(pixels * np.array([1.08, 0.95, 1.0]) + [4, 0, -9], 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda pixels: moved(pixels, 1.0, 2.4, -1.7), id="shift"),
        pytest.param(lambda pixels: moved(pixels, 1.012, -3.0, -2.0), id="scale"),
        pytest.param(shifted_colors, id="colors"),
        pytest.param(lambda pixels: shifted_colors(moved(pixels, 0.99, 1.5, 2.5)), id="all"),
    ],
)
def test_what_the_editor_moved_or_tinted_is_put_right(
    astronaut: Picture, echo: Picture, spoil: Callable[[Pixels], Pixels]
) -> None:
    hat = Box(200, 80, 260, 120)
    right = lossy(stamped(astronaut.pixels, hat))
    spoiled = Picture(spoil(right))
    kept = keep_local(spoiled, astronaut, echo, astronaut.size.box, astronaut.size, Region(PLACE), hard=False)
    behind = paste(astronaut, kept.placed)
    rim = hat.grown(6)
    assert np.abs(behind.crop(rim).pixels.astype(int) - right[rim.slices]).mean() < 9
    touched = differs(behind, astronaut)
    assert not touched[~inside(hat.grown(24), astronaut.size)].any()
    assert not kept.changed_too_much


def test_a_small_change_is_seen_through_the_codecs_loss(astronaut: Picture, echo: Picture) -> None:
    eye = Box(230, 100, 238, 105)
    painted = Picture(lossy(stamped(astronaut.pixels, eye, (250, 250, 40))))
    kept = keep_local(painted, astronaut, echo, astronaut.size.box, astronaut.size, Region(PLACE), hard=False)
    assert differs(paste(astronaut, kept.placed), astronaut)[eye.slices].all()


def test_a_large_picture_is_compared_small_and_pasted_at_its_own_size(astronaut: Picture) -> None:
    large = Picture(np.asarray(cv2.resize(astronaut.pixels, (1800, 1800), interpolation=cv2.INTER_CUBIC), np.uint8))
    hat = Box(700, 280, 900, 420)
    place = Box(600, 200, 1000, 500)
    echo, painted = lossy(large.pixels), lossy(stamped(large.pixels, hat))
    kept = keep_local(Picture(painted), large, Picture(echo), large.size.box, large.size, Region(place), hard=False)
    touched = differs(paste(large, kept.placed), large)
    assert touched[hat.slices].all()
    assert not touched[~inside(hat.grown(56), large.size)].any()


def test_the_rim_of_the_picture_is_no_seam(astronaut: Picture, echo: Picture) -> None:
    place = Box(0, 0, 512, 200)
    painted = Picture(lossy(stamped(astronaut.pixels, place)))
    kept = keep_local(painted, astronaut, echo, astronaut.size.box, astronaut.size, Region(place), hard=True)
    assert kept.placed.alpha is not None
    assert (kept.placed.alpha[0] == 255).all()
    assert kept.placed.alpha[199, 256] < 255


def test_a_global_change_is_the_whole_picture(astronaut: Picture, echo: Picture) -> None:
    other = Picture(np.ascontiguousarray(astronaut.pixels[::-1]))
    kept = keep_global(other, astronaut, echo, astronaut.size.box, astronaut.size)
    assert kept.placed.alpha is None
    assert paste(astronaut, kept.placed) == other
    assert kept.notes == (REPAINTED,)
    assert kept.changed == 1


def test_an_enlarged_painting_says_so() -> None:
    assert enlarged_note(Size(256, 192), Size(1000, 750)) == ("painted at 256 × 192, enlarged 3.9 ×",)
    assert enlarged_note(Size(256, 256), Size(256, 256)) == ()
    assert enlarged_note(Size(256, 256), Size(100, 100)) == ()


def test_a_flat_picture_has_nothing_to_hold_on_to() -> None:
    sheet = Picture(np.full((80, 100, 3), 200, np.uint8))
    spot = Box(40, 30, 60, 50)
    shifted = Picture(np.clip(stamped(sheet.pixels, spot).astype(int) - 30, 0, 255).astype(np.uint8))
    kept = keep_local(shifted, sheet, sheet, sheet.size.box, sheet.size, Region(spot), hard=False)
    touched = differs(paste(sheet, kept.placed), sheet)
    assert touched[spot.slices].all()
    assert not touched[~inside(grown(spot, sheet.size), sheet.size)].any()


# -- in a rendering ----------------------------------------------------------------------------------------------------


class Stamper(ScriptedPainter):
    """Has a lossy codec of a fixed size, and stamps a rectangle: `stamp` in shares of the view, None for nothing."""

    def __init__(self, stamp: tuple[float, float, float, float] | None) -> None:
        super().__init__(margin=1000)
        self.stamp = stamp

    def painted_size(self, size: Size) -> Size:
        return size.scaled(256 / max(size))

    def echo(self, view: Picture) -> Picture | None:
        return Picture(lossy(view.pixels))

    def edit(self, request: EditRequest, on_step: OnStep) -> list[Picture]:
        self.requests.append(request)
        pixels = request.view.pixels
        if self.stamp:
            width, height = request.view.size
            left, top, right, bottom = self.stamp
            box = Box(round(left * width), round(top * height), round(right * width), round(bottom * height))
            pixels = stamped(pixels, box)
        return [Picture(lossy(pixels)) for _ in request.seeds]


class Easel:
    """A renderer with a stamper on one picture."""

    def __init__(self, picture: Picture, stamp: tuple[float, float, float, float] | None) -> None:
        blobs = MemoryBlobs()
        self.painter = Stamper(stamp)
        self.renderer = Renderer(blobs, self.painter)
        self.original = blobs.put(picture.pixels)

    def script(self, *steps: Mapping[str, object]) -> Script:
        return script_from_data({"original": self.original, "steps": list(steps)})

    def done(self, script: Script) -> StepDone:
        return next(event for event in self.renderer.play(script) if isinstance(event, StepDone) and event.op == "edit")


ADD = {"op": "edit", "modify": "a hat", "where": {"box": list(PLACE)}}
STAMP = (200 / 512, 80 / 512, 260 / 512, 120 / 512)


def test_a_rendered_step_tells_what_was_kept(astronaut: Picture) -> None:
    easel = Easel(astronaut, STAMP)
    event = easel.done(easel.script(ADD))
    assert event.notes == ("painted at 256 × 256, enlarged 2.0 ×",)
    assert event.drift == 0
    assert 0.005 < event.changed < 0.03
    assert event.box == PLACE
    picture = easel.renderer.render(easel.script(ADD)).picture
    assert not differs(picture, astronaut)[~inside(Box(200, 80, 260, 120).grown(16), astronaut.size)].any()


def test_a_rendered_step_that_changed_nothing_says_so(astronaut: Picture) -> None:
    easel = Easel(astronaut, None)
    for step in (ADD, {"op": "edit", "modify": "night", "scope": "global"}):
        event = easel.done(easel.script(step))
        assert event.notes == (NOTHING_CHANGED,)
        assert event.changed == 0
        assert easel.renderer.render(easel.script(step)).picture == astronaut


def test_a_rendered_global_step_says_how_much_of_it_is_new_paint(astronaut: Picture) -> None:
    easel = Easel(astronaut, STAMP)
    script = easel.script({"op": "edit", "modify": "make it night", "scope": "global"})
    assert easel.done(script).notes == (REPAINTED, partly_new_note(0.02), "painted at 256 × 256, enlarged 2.0 ×")
    behind = easel.renderer.render(script).picture
    hat = Box(200, 80, 260, 120)
    assert np.abs(behind.crop(hat.grown(-8)).pixels.astype(int) - INK).max() < 12
    away = ~inside(hat.grown(32), astronaut.size)
    assert np.abs(behind.pixels.astype(int) - astronaut.pixels)[away].max() <= 1


def test_too_much_is_recorded_with_the_patch(astronaut: Picture) -> None:
    easel = Easel(astronaut, (0.1, 0.1, 0.9, 0.9))
    rendered = easel.renderer.render(easel.script(ADD))
    assert rendered.records.patches[0].changed_too_much
    touched = differs(rendered.picture, astronaut)
    assert not touched[~inside(grown(PLACE, astronaut.size), astronaut.size)].any()


def test_a_kept_patch_moves_with_the_frame_and_is_not_painted_again(astronaut: Picture) -> None:
    easel = Easel(astronaut, STAMP)
    base = easel.script(ADD)
    before = easel.renderer.render(base)
    pad = script_from_data({"steps": [{"op": "pad", "id": "pad", "px": 20, "color": "red"}]}).steps[0]
    after = easel.renderer.render(base.append(pad).move("pad", 1), before.records)
    assert after.picture.crop(Box(20, 20, 532, 532)) == before.picture
    crop = script_from_data({"steps": [{"op": "crop", "id": "crop", "box": [20, 20, 500, 500]}]}).steps[0]
    moved_on = easel.renderer.render(base.append(crop), before.records)
    assert easel.painter.calls == 1
    assert moved_on.picture == before.picture.crop(Box(20, 20, 500, 500))


@pytest.mark.parametrize("width", [2, 6, 12])
def test_a_thin_stroke_is_painted_whatever_the_painters_size(astronaut: Picture, width: int) -> None:
    large = Picture(np.asarray(cv2.resize(astronaut.pixels, (2048, 2048), interpolation=cv2.INTER_CUBIC), np.uint8))
    mask = np.zeros((2048, 2048), np.uint8)
    cv2.line(mask, (600, 700), (1400, 720), 255, width)
    region = region_of_mask(mask)
    painted = large.pixels.copy()
    painted[600:800] = (20, 200, 40)
    kept = keep_local(Picture(painted), large, large, large.size.box, Size(256, 256), region, hard=True)
    assert kept.placed.alpha is not None
    inside = mask[kept.placed.box.slices] > 0
    assert (kept.placed.alpha[inside] > 0).mean() > 0.5
    assert not kept.placed.alpha[~inside].any()
