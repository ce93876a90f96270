"""Tone, detail and geometry against independent maths, and the errors a step may end in."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
import pytest

from assistant.errors import OperationError
from assistant.operations import missing_operations
from assistant.operations.base import OPERATIONS
from assistant.pictures import Picture
from assistant.steps import STEP_CLASSES
from eval.icc import Floats, decoded, encoded
from tests.playing import exact, flat, play

WEIGHTS = np.array([0.2126, 0.7152, 0.0722])


def codes(picture: Picture) -> Floats:
    return picture.rgb.astype(np.float64)


def luminance(picture: Picture) -> Floats:
    return decoded(codes(picture)) @ WEIGHTS


def ramp() -> Picture:
    """Every grey."""
    return Picture(np.repeat(np.tile(np.arange(256, dtype=np.uint8), (16, 1))[:, :, None], 3, axis=2))


@pytest.fixture(scope="module")
def photo(astronaut: Picture) -> Picture:
    return Picture(np.array(cv2.resize(astronaut.pixels, (160, 160), interpolation=cv2.INTER_AREA), np.uint8))


def test_every_exact_operation_is_carried_out() -> None:
    assert missing_operations() == set()
    assert {name for name, cls in STEP_CLASSES.items() if cls.family == "generative"}.isdisjoint(OPERATIONS)
    assert all((entry.run is None) != (entry.map is None) for entry in OPERATIONS.values())


# -- tone --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "gain"),
    [
        ({"stops": 1}, 2.0), ({"stops": -2}, 0.25), ({"stops": 0.5}, math.sqrt(2)), ({"percent": 50}, 1.5),
        ({"percent": -20}, 0.8), ({"direction": "up"}, math.sqrt(2)), ({"stops": 0}, 1.0),
    ],
    ids=str,
)  # fmt: skip
def test_exposure_multiplies_light(photo: Picture, wish: dict[str, Any], gain: float) -> None:
    expected = encoded(decoded(codes(photo)) * gain)
    assert np.abs(codes(play(photo, {"op": "exposure", **wish})) - expected).max() <= 0.51


@pytest.mark.parametrize("percent", [100, 40, 0])
def test_black_and_white_keeps_the_luminance(photo: Picture, percent: int) -> None:
    gray = encoded(luminance(photo))[:, :, None]
    expected = codes(photo) + (gray - codes(photo)) * percent / 100
    assert np.abs(codes(play(photo, {"op": "black_and_white", "percent": percent})) - expected).max() <= 1


def test_saturation(photo: Picture) -> None:
    luma = (codes(photo) @ WEIGHTS)[:, :, None]
    gray = play(photo, {"op": "saturation", "percent": -100})
    assert np.abs(codes(gray) - luma).max() <= 1
    for percent in (-50, 30):
        expected = np.clip(luma + (codes(photo) - luma) * (1 + percent / 100), 0, 255)
        assert np.abs(codes(play(photo, {"op": "saturation", "percent": percent})) - expected).max() <= 1
    assert play(ramp(), {"op": "saturation", "percent": 100}) == ramp()


@pytest.mark.parametrize("percent", [10, 50, 100])
def test_contrast_keeps_ends_and_middle(percent: int) -> None:
    curve = codes(play(ramp(), {"op": "contrast", "percent": percent}))[0, :, 0]
    assert (curve[0], curve[255]) == (0, 255)
    assert abs(curve[127] - 127) <= 2
    assert (np.diff(curve) >= 0).all()
    assert curve[64] < 64 < 192 < curve[192]


def test_less_contrast_gathers_around_the_middle() -> None:
    curve = codes(play(ramp(), {"op": "contrast", "percent": -50}))[0, :, 0]
    np.testing.assert_allclose(curve, 127.5 + (np.arange(256) - 127.5) * 0.55, atol=0.51)


@pytest.mark.parametrize("op", ["highlights", "shadows"])
@pytest.mark.parametrize("percent", [-100, -40, 40, 100])
def test_highlights_and_shadows_stay_on_their_side(op: str, percent: int) -> None:
    curve = codes(play(ramp(), {"op": op, "percent": percent}))[0, :, 0]
    change = curve - np.arange(256)
    own, other = (change[150:250], change[:100]) if op == "highlights" else (change[10:110], change[195:])
    assert np.sign(own).sum() * percent > 0.5 * len(own)
    assert np.abs(other).max() <= 1
    assert (np.diff(curve) >= 0).all(), "no tone is turned over"
    assert curve[0] == 0


@pytest.mark.parametrize(
    ("wish", "up"),
    [({"percent": 40}, True), ({"direction": "warmer"}, True), ({"kelvin": 9000}, True), ({"percent": -40}, False),
     ({"direction": "cooler"}, False), ({"kelvin": 4000}, False)],
    ids=str,
)  # fmt: skip
def test_temperature_moves_red_against_blue(photo: Picture, wish: dict[str, Any], up: bool) -> None:
    red, _, blue = codes(play(photo, {"op": "temperature", **wish})).mean(axis=(0, 1))
    before_red, _, before_blue = codes(photo).mean(axis=(0, 1))
    assert bool(red / blue > before_red / before_blue) is up
    gray = flat((100, 100, 100))
    warmed = play(gray, {"op": "temperature", **wish})
    assert warmed != gray
    np.testing.assert_allclose(luminance(warmed).mean(), luminance(gray).mean(), rtol=0.02)


def test_neutral_kelvin_changes_nothing(photo: Picture) -> None:
    assert play(photo, {"op": "temperature", "kelvin": 6500}) == photo


@pytest.mark.parametrize(
    ("wish", "channel", "sign"),
    [({"direction": "green"}, 1, 1), ({"direction": "magenta"}, 1, -1), ({"color": "blue"}, 2, 1)],
    ids=str,
)
def test_tint(wish: dict[str, Any], channel: int, sign: int) -> None:
    gray = flat((120, 120, 120))
    tinted = play(gray, {"op": "tint", "percent": 60, **wish}).pixels[0, 0].astype(int)
    others = np.delete(tinted, channel)
    assert ((tinted[channel] - others) * sign > 5).all()


def test_sepia_is_the_known_matrix(photo: Picture) -> None:
    matrix = np.array([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]])
    expected = np.clip(codes(photo) @ matrix.T, 0, 255)
    assert np.abs(codes(play(photo, {"op": "sepia"})) - expected).max() <= 1
    assert play(photo, {"op": "sepia", "percent": 0}) == photo


def test_auto_repairs_a_flat_picture_and_then_rests(photo: Picture) -> None:
    dull = Picture((60 + photo.pixels * 0.4).astype(np.uint8))
    better = play(dull, {"op": "auto"})
    assert np.ptp(codes(better)) > 1.3 * np.ptp(codes(dull))
    changes = [np.abs(codes(dull) - codes(better)).mean()]
    for _ in range(3):
        again = play(better, {"op": "auto"})
        changes.append(float(np.abs(codes(again) - codes(better)).mean()))
        better = again
    assert changes[3] < changes[0] / 4, f"it comes to rest: {changes}"
    assert play(dull, {"op": "auto", "percent": 0}) == dull


def test_auto_is_measured_once(photo: Picture) -> None:
    ready = exact(photo, {"op": "auto"})
    darker = Picture((photo.pixels // 2).astype(np.uint8))
    assert ready.play(darker) != play(darker, {"op": "auto"}), "the record is used, not the new picture"


# -- detail ------------------------------------------------------------------------------------------------------------


def energy(picture: Picture) -> float:
    return float(np.abs(np.diff(codes(picture), axis=0)).mean() + np.abs(np.diff(codes(picture), axis=1)).mean())


@pytest.mark.parametrize(
    "wish", [{"radius": 1}, {"radius": 3.5}, {"radius": 12}, {"percent": 30}, {"percent": 100}], ids=str
)
def test_blur_keeps_the_mean_and_takes_the_detail(photo: Picture, wish: dict[str, Any]) -> None:
    soft = play(photo, {"op": "blur", **wish})
    assert np.abs(codes(soft).mean(axis=(0, 1)) - codes(photo).mean(axis=(0, 1))).max() < 3
    assert energy(soft) < 0.7 * energy(photo)
    assert play(flat((9, 99, 199)), {"op": "blur", **wish}) == flat((9, 99, 199))


def test_blur_has_the_width_it_says() -> None:
    edge = Picture(
        np.repeat(np.where(np.arange(400) < 200, 0, 255).astype(np.uint8)[None, :, None], 40, 0).repeat(3, 2)
    )
    for sigma in (2.0, 10.0, 25.0):
        line = codes(play(edge, {"op": "blur", "radius": sigma}))[20, :, 0]
        expected = [255 * 0.5 * (1 + math.erf((x + 0.5 - 200) / (sigma * math.sqrt(2)))) for x in range(400)]
        assert np.abs(line - expected).max() < 6


def test_sharpen_raises_the_gradient(photo: Picture) -> None:
    assert energy(play(photo, {"op": "sharpen", "percent": 80})) > 1.2 * energy(photo)
    assert play(photo, {"op": "sharpen", "percent": 0}) == photo
    assert play(flat((9, 99, 199)), {"op": "sharpen"}) == flat((9, 99, 199))


def test_denoise_smooths_noise_and_keeps_the_edge(rng: np.random.Generator) -> None:
    clean = np.where(np.arange(200)[None, :, None] < 100, 70, 180) + np.zeros((120, 1, 3))
    noisy = Picture(np.clip(clean + rng.normal(0, 8, clean.shape), 0, 255).astype(np.uint8))
    smooth = play(noisy, {"op": "denoise", "percent": 70})
    for part in (slice(10, 80), slice(120, 190)):
        assert (codes(smooth) - clean)[:, part].std() < 0.5 * (codes(noisy) - clean)[:, part].std()
    step = codes(smooth)[:, 101:104].mean() - codes(smooth)[:, 96:99].mean()
    assert step > 0.9 * 110
    assert np.abs(codes(play(noisy, {"op": "denoise", "percent": 0})) - codes(noisy)).max() <= 3


def test_vignette_darkens_corners_only() -> None:
    dark = codes(play(flat((200, 200, 200), 300, 200), {"op": "vignette", "percent": 60}))
    assert (dark[80:120, 110:190] == 200).all()
    corners = dark[[0, 0, -1, -1], [0, -1, 0, -1]]
    assert (corners < 120).all()
    np.testing.assert_allclose(dark, dark[::-1, ::-1], atol=1)


def test_grain_follows_its_seed() -> None:
    gray = flat((128, 128, 128), 300, 200)
    wish = {"op": "grain", "id": "g", "percent": 50, "seed": 5}
    grainy = play(gray, wish)
    assert grainy == play(gray, wish)
    assert grainy != play(gray, {**wish, "seed": 6})
    change = codes(grainy) - 128
    assert abs(change.mean()) < 0.5
    assert 5 < change.std() < 25
    assert (change == change[:, :, :1]).all(), "it is grey"
    assert play(gray, {**wish, "percent": 0}) == gray


@pytest.mark.parametrize("clump", [(3000, 40)])
def test_grain_does_not_repeat(clump: tuple[int, int]) -> None:
    line = codes(play(flat((128, 128, 128), *clump), {"op": "grain", "percent": 60}))[:, :, 0] - 128
    spectrum = np.abs(np.fft.rfft(line, axis=1)) ** 2
    correlation = np.fft.irfft(spectrum.mean(axis=0))
    assert np.abs(correlation[300:2700] / correlation[0]).max() < 0.9


# -- geometry ----------------------------------------------------------------------------------------------------------


def test_a_free_turn_keeps_colours_to_its_edge() -> None:
    turned = play(flat((200, 40, 90), 200, 100), {"op": "rotate", "degrees": 20})
    assert turned.mode == "RGBA"
    seen = turned.pixels[turned.pixels[:, :, 3] > 8]
    assert np.abs(seen[:, :3].astype(int) - (200, 40, 90)).max() <= 2, "no dark rim"
    assert turned.pixels[0, 0, 3] == 0
    assert abs(turned.pixels[:, :, 3].astype(float).sum() / 255 - 200 * 100) < 200, "no area is lost"


def test_a_free_turn_turns_about_the_middle() -> None:
    pixels = np.zeros((101, 201, 3), np.uint8)
    pixels[48:53, 168:173] = 255  # 70 px right of the middle
    turned = play(Picture(pixels), {"op": "rotate", "degrees": 30, "direction": "clockwise"})
    rows, columns = np.nonzero(turned.pixels[:, :, 0] > 127)
    middle = np.array([turned.size.width, turned.size.height]) / 2
    offset = np.array([columns.mean() + 0.5, rows.mean() + 0.5]) - middle
    np.testing.assert_allclose(offset, [70 * math.cos(math.pi / 6), 70 * math.sin(math.pi / 6)], atol=0.7)


@pytest.mark.parametrize("tilt", [-4.0, 3.0])
def test_straighten_levels_the_horizon_without_corners(tilt: float) -> None:
    x, y = np.meshgrid(np.arange(400), np.arange(300))
    sky = (y - 150) < math.tan(math.radians(tilt)) * (x - 200)
    picture = Picture(np.where(sky[:, :, None], (120, 170, 230), (60, 90, 50)).astype(np.uint8))
    level = play(picture, {"op": "straighten"})
    assert level.mode == "RGB"
    horizon = (level.pixels[:, :, 2] > 140).sum(axis=0)
    assert np.ptp(horizon) <= 4
    assert min(level.size) > 240
    assert play(flat((1, 2, 3)), {"op": "straighten"}) == flat((1, 2, 3))


@pytest.mark.parametrize(
    ("wish", "size"),
    [
        ({"width": 80}, (80, 60)), ({"height": 30}, (40, 30)), ({"long_side": 400}, (400, 300)),
        ({"percent": 50}, (80, 60)),
        ({"width": 50, "height": 50}, (50, 50)), ({"width": 50, "height": 50, "fit": "stretch"}, (50, 50)),
        ({"width": 320, "height": 100}, (320, 100)),
    ],
    ids=str,
)  # fmt: skip
def test_resize(photo: Picture, wish: dict[str, Any], size: tuple[int, int]) -> None:
    wide = play(photo, {"op": "crop", "aspect": "4:3"})
    resized = play(wide, {"op": "resize", **wish})
    assert resized.size == size
    assert np.abs(codes(resized).mean(axis=(0, 1)) - codes(wide).mean(axis=(0, 1))).max() < 12


def test_resize_to_cover_does_not_distort() -> None:
    pixels = np.zeros((100, 200, 3), np.uint8)
    cv2.circle(pixels, (100, 50), 30, (255, 255, 255), -1)
    small = play(Picture(pixels), {"op": "resize", "width": 60, "height": 60})
    rows, columns = np.nonzero(small.pixels[:, :, 0] > 127)
    assert abs(np.ptp(rows) - np.ptp(columns)) <= 1
    assert np.ptp(rows) + 1 == pytest.approx(61 * 0.6, abs=1.5)


@pytest.mark.parametrize(
    "wish",
    [
        {"op": "resize", "percent": 50},
        {"op": "resize", "percent": 160},
        {"op": "rotate", "degrees": 30},
        {"op": "pixelate", "where": "everything", "px": 7},
    ],
    ids=str,
)
def test_what_is_invisible_does_not_bleed(wish: dict[str, Any]) -> None:
    pixels = np.full((60, 60, 4), (0, 255, 0, 0), np.uint8)
    cv2.circle(pixels, (30, 30), 20, (255, 0, 0, 255), -1)
    out = play(Picture(pixels), wish).pixels
    assert out[out[:, :, 3] > 16][:, 1].max() <= 4, "no green rim"


@pytest.mark.parametrize(
    ("wish", "box"),
    [
        ({"aspect": "1:1"}, (40, 0, 120, 80)), ({"aspect": "square"}, (40, 0, 120, 80)),
        ({"box": [10, 20, 50, 60]}, (10, 20, 50, 60)),
        ({"box": [25, 50, 100, 100], "unit": "percent"}, (40, 40, 160, 80)),
        ({"box": [-9, -9, 30, 30]}, (0, 0, 30, 30)),
        ({"side": "left", "percent": 25}, (40, 0, 160, 80)), ({"side": "bottom", "px": 30}, (0, 0, 160, 50)),
        ({"without": {"box": [0, 0, 60, 80]}}, (60, 0, 160, 80)),
        ({"box": [0, 0, 100, 80], "aspect": "1:1"}, (10, 0, 90, 80)),
        ({"subject": {"box": [60, 20, 100, 60]}}, (54, 14, 106, 66)),
        ({"subject": {"box": [0, 0, 20, 20]}, "aspect": "2:1"}, (0, 0, 52, 26)),
    ],
    ids=str,
)  # fmt: skip
def test_crop(wish: dict[str, Any], box: tuple[int, int, int, int], rng: np.random.Generator) -> None:
    picture = Picture(rng.integers(0, 256, (80, 160, 3), np.uint8))
    left, top, right, bottom = box
    np.testing.assert_array_equal(play(picture, {"op": "crop", **wish}).pixels, picture.pixels[top:bottom, left:right])


# -- errors ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"op": "crop", "side": "left", "px": 500}, "leave nothing"),
        ({"op": "crop", "without": "everything"}, "leave nothing"),
        ({"op": "crop", "box": [100, 0, 200, 40]}, "outside the picture"),
        ({"op": "crop", "box": [10.1, 10.1, 10.3, 10.3]}, "less than a pixel"),
        ({"op": "fill", "where": {"box": [-20, -20, -5, -5]}, "color": "red"}, "outside the picture"),
        ({"op": "blur", "where": {"point": [100, 10]}}, "outside the picture"),
        ({"op": "resize", "width": 16384, "height": 16384}, "pixels"),
        ({"op": "pad", "px": 16000}, "pixels"),
        ({"op": "border", "px": 16384}, "pixels"),
        ({"op": "resize", "long_side": 16384}, None),
        ({"op": "paste", "reference": 2}, "no picture 2"),
        ({"op": "fill", "where": {"box": [10, 10, 12, 12], "object": True}, "color": "red"}, "object"),
    ],
    ids=str,
)
def test_what_the_picture_does_not_allow_is_said(wish: dict[str, Any], words: str | None) -> None:
    if words is None:
        assert max(play(flat((9, 9, 9), 2000, 40), wish).size) == 16384
        return
    with pytest.raises(OperationError, match=words) as caught:
        play(flat((9, 9, 9)), wish)
    assert caught.value.remedy
