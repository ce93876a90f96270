"""Drawing styles: each turns the flat picture into the same picture by another hand."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageEnhance, ImageFilter

from assistant.sketchbook.draw.texture import Plane, grain, hatching, lines, mask_of, scaled_mask
from assistant.sketchbook.scene import Style

STYLE_SIDE = 512  # pixels that a style works on, or the picture's own side when that is more
_PAPER = (251, 247, 238)
_GRAPHITE = (62, 54, 70)
_INK = (26, 20, 34)
_NIGHT = (14, 10, 34)
_BOARD = (44, 62, 56)
_CHALK = (250, 248, 240)
_PIXELS_ACROSS = 64
_PIXEL_STEP = 17
_DOTS_ACROSS = 54
_DOT_EDGE = 7.0  # how sharp the dots are
_WOBBLE = 0.0042  # of the picture
_SHEET_MARGIN = 0.020


def _saturated(image: Image.Image, amount: float) -> Image.Image:
    return ImageEnhance.Color(image).enhance(amount)


def _sheet(image: Image.Image, color: tuple[int, int, int]) -> Image.Image:
    return Image.new("RGB", image.size, color)


@lru_cache(maxsize=2)
def _pencil_cover(side: int) -> Image.Image:
    return mask_of((0.82 + 0.11 * hatching(side, 1) + 0.03 * grain(side, 256, 2)).clip(0.2, 1.0))


@lru_cache(maxsize=2)
def _lead(side: int) -> Image.Image:
    return mask_of(0.84 + 0.10 * grain(side, 160, 3))


def _pencil(image: Image.Image) -> Image.Image:
    """Colored pencil: strokes of pigment on paper, soft graphite outlines."""
    side = image.width
    picture = Image.composite(_saturated(image, 1.2), _sheet(image, _PAPER), _pencil_cover(side))
    picture.paste(_GRAPHITE, (0, 0), ImageChops.multiply(lines(image, 12, 60), _lead(side)))
    return picture


@lru_cache(maxsize=2)
def _wander(side: int) -> NDArray[np.intp]:
    """For every pixel the pixel that its color wandered from."""
    row, column = np.mgrid[0:side, 0:side].astype(np.float32)
    reach = _WOBBLE * side
    down = row + reach * grain(side, 24, 4) + reach * 0.5 * grain(side, 70, 5)
    across = column + reach * grain(side, 24, 6) + reach * 0.5 * grain(side, 70, 7)
    return down.clip(0, side - 1).astype(np.intp) * side + across.clip(0, side - 1).astype(np.intp)


@lru_cache(maxsize=2)
def _pigment(side: int) -> Image.Image:
    """How much color lies on the paper: blooms, grain, and nothing at the torn edge."""
    cover = 0.86 + 0.10 * grain(side, 12, 8) + 0.06 * grain(side, 40, 9) + 0.025 * grain(side, 240, 10)
    row, column = np.mgrid[0:side, 0:side].astype(np.float32)
    inwards = np.minimum(np.minimum(row, side - 1 - row), np.minimum(column, side - 1 - column)) / side
    edge = ((inwards - _SHEET_MARGIN - 0.010 * grain(side, 20, 11) - 0.005 * grain(side, 90, 12)) * 140).clip(0, 1)
    return mask_of(cover * edge)


def _watercolor(image: Image.Image) -> Image.Image:
    """Watercolor: wandering edges with darker rims, granulation, and the paper's white edge."""
    side = image.width
    wandered = np.asarray(image).reshape(-1, 3)[_wander(side)]
    wet = Image.fromarray(wandered).filter(ImageFilter.GaussianBlur(0.0018 * side))
    rim = scaled_mask(lines(wet, 5, 45), -0.34, 1.0)
    rich = ImageChops.multiply(_saturated(wet, 1.3), Image.merge("RGB", (rim, rim, rim)))
    return Image.composite(rich, _sheet(image, _PAPER), _pigment(side))


@lru_cache(maxsize=2)
def _dots(side: int) -> Plane:
    """A turned grid of bumps, highest (1) where the dots begin."""
    row, column = np.mgrid[0:side, 0:side].astype(np.float32) * (np.pi * _DOTS_ACROSS / side)
    return (np.cos(row + column) * np.cos(row - column) + 1) / 2


def _comic(image: Image.Image) -> Image.Image:
    """Comic: strong colors, dots in the shadows, black outlines."""
    strong = ImageEnhance.Contrast(_saturated(image, 1.35)).enhance(1.12)
    light = np.asarray(image.convert("L"), dtype=np.float32) / 255
    inside = (_dots(image.width) - 0.28 - light * 0.78) * _DOT_EDGE
    dark = strong.point([round(level * 0.87) for level in range(256)] * 3)
    picture = Image.composite(dark, strong, mask_of(inside))
    picture.paste(_INK, (0, 0), lines(image, 22, 70, thick=True))
    return picture


def _pixel(image: Image.Image) -> Image.Image:
    """Pixel art: large squares in few colors, crisp."""
    small = image.resize((_PIXELS_ACROSS, _PIXELS_ACROSS), Image.Resampling.BOX)
    small = ImageEnhance.Contrast(_saturated(small, 1.25)).enhance(1.1)
    small = small.filter(ImageFilter.UnsharpMask(1, 60, 4))
    steps = [min(round(level / _PIXEL_STEP) * _PIXEL_STEP, 255) for level in range(256)]
    return small.point(steps * 3).resize(image.size, Image.Resampling.NEAREST)


def _neon(image: Image.Image) -> Image.Image:
    """Neon: glowing tubes along every edge, in the colors of what they outline, on a dark wall."""
    side = image.width
    half = image.resize((side // 2, side // 2), Image.Resampling.BOX)
    vivid = np.asarray(_saturated(half.filter(ImageFilter.GaussianBlur(0.004 * side)), 2.4), dtype=np.float32)
    vivid = vivid * (255 / np.maximum(vivid.max(axis=2, keepdims=True), 70))
    tube = Image.fromarray(vivid.clip(0, 255).astype(np.uint8)).resize(image.size, Image.Resampling.BILINEAR)
    edge = lines(image, 12, 48, thick=True)
    lit = Image.composite(tube, _sheet(image, (0, 0, 0)), edge)
    quarter = ImageEnhance.Brightness(lit.resize((side // 4, side // 4), Image.Resampling.BOX)).enhance(1.5)
    halo = quarter.filter(ImageFilter.GaussianBlur(0.0045 * side)).resize(image.size, Image.Resampling.BILINEAR)
    wall = Image.blend(_sheet(image, _NIGHT), _saturated(image, 1.5), 0.30)
    glowing = ImageChops.screen(ImageChops.screen(wall, halo), lit)
    glowing.paste((255, 255, 255), (0, 0), scaled_mask(edge, 0.7, -0.35))
    return glowing


@lru_cache(maxsize=2)
def _dust(side: int) -> Image.Image:
    return mask_of((0.82 + 0.08 * hatching(side, 13) + 0.04 * grain(side, 200, 14)).clip(0.1, 1.0))


@lru_cache(maxsize=2)
def _board(side: int) -> Image.Image:
    smear = 1 + 0.12 * grain(side, 9, 15)
    return Image.fromarray((smear[..., None] * np.array(_BOARD, dtype=np.float32)).astype(np.uint8))


@lru_cache(maxsize=2)
def _stick(side: int) -> Image.Image:
    return mask_of(0.74 + 0.16 * grain(side, 200, 16))


def _chalk(image: Image.Image) -> Image.Image:
    """Chalk: dusty fills and pale lines on a green board."""
    side = image.width
    cover = ImageChops.multiply(_dust(side), scaled_mask(image.convert("L"), 0.70, 0.30))
    picture = Image.composite(_saturated(image, 1.6), _board(side), cover)
    picture.paste(_CHALK, (0, 0), ImageChops.multiply(lines(image, 12, 50, thick=True), _stick(side)))
    return picture


_STYLES: dict[Style, Callable[[Image.Image], Image.Image]] = {
    Style.PENCIL: _pencil,
    Style.WATERCOLOR: _watercolor,
    Style.COMIC: _comic,
    Style.PIXEL: _pixel,
    Style.NEON: _neon,
    Style.CHALK: _chalk,
}


def restyled(image: Image.Image, style: Style) -> Image.Image:
    """The flat picture in a style, same size."""
    redraw = _STYLES.get(style)
    return redraw(image) if redraw else image
