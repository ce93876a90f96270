"""Grain for the drawing styles: fixed noise, alike at every size, and the lines found in a picture."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

Plane = NDArray[np.float32]  # (side, side)

_GRID = 256
_STROKE = 14  # length of a pencil's or chalk's stroke, in cells of the grid


@lru_cache(maxsize=32)
def grain(side: int, cells: int, seed: int) -> Plane:
    """Smooth noise with so many cells across, mean 0, about -1..1."""
    noise = np.random.default_rng(seed).uniform(-1, 1, (cells, cells)).astype(np.float32)
    return np.asarray(Image.fromarray(noise).resize((side, side), Image.Resampling.BICUBIC))


@lru_cache(maxsize=8)
def hatching(side: int, seed: int) -> Plane:
    """Noise drawn out along a diagonal, as strokes of a pencil are; about -1..1."""
    noise = np.random.default_rng(seed).uniform(-1, 1, (_GRID, _GRID)).astype(np.float32)
    drawn = np.sum([np.roll(noise, (step, -step), (0, 1)) for step in range(_STROKE)], axis=0) / np.sqrt(_STROKE)
    return np.asarray(Image.fromarray(drawn.astype(np.float32)).resize((side, side), Image.Resampling.BILINEAR))


def mask_of(plane: NDArray[np.floating]) -> Image.Image:
    """A plane of 0..1 as a mask."""
    return Image.fromarray((plane.clip(0, 1) * 255).astype(np.uint8))


def scaled_mask(mask: Image.Image, factor: float, base: float = 0.0) -> Image.Image:
    """Every level of a mask times a factor plus a base (0..1)."""
    return mask.point([round(min(max(level * factor + base * 255, 0), 255)) for level in range(256)])


def lines(image: Image.Image, faint: int, strong: int, thick: bool = False) -> Image.Image:
    """A mask of where shapes meet: steps of color from faint (nothing) to strong (full), levels 0..255."""
    reach = max(1, round(image.width / 512))
    across = ImageChops.difference(image, ImageChops.offset(image, reach, 0))
    down = ImageChops.difference(image, ImageChops.offset(image, 0, reach))
    red, green, blue = ImageChops.lighter(across, down).split()
    step = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    found = step.point([round(min(max((level - faint) / (strong - faint), 0), 1) * 255) for level in range(256)])
    found.paste(0, (0, 0, image.width, reach))
    found.paste(0, (0, 0, reach, image.height))
    if thick:
        found = found.filter(ImageFilter.MaxFilter(2 * reach + 1))
    return found.filter(ImageFilter.GaussianBlur(0.6 * reach))
