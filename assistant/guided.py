"""One picture told as a local color transform of another: a guided filter with a color guide.

He, Sun, Tang, "Guided Image Filtering", 2013; fitted small and applied to the large picture as in He, Sun, "Fast Guided
Filter", 2015. Where a neighbourhood is too flat to tell, the transform of the whole picture holds instead of a mean.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from assistant.pictures import Pixels

Image = NDArray[np.float32]
"""(H, W, 3) in codes, 0 to 255; or (H, W) of weights."""

_FLAT = 8.0
"""Variance in squared codes below which a neighbourhood says little."""
_FLAT_PICTURE = 65.0
_STRIP = 256
"""Rows that are transformed at once."""
_LEAST_WEIGHT = 1e-3
_Mean = Callable[[Image], Image]


@dataclass(frozen=True, eq=False)
class ColorTransform:
    """For every pixel of a small picture and each channel of the result: factors of red, green, blue and 1."""

    factors: tuple[Image, Image, Image]

    def applied(self, image: Pixels) -> Pixels:
        """(H, W, 3) of any size, its colors transformed, strip by strip; factors in between are interpolated."""
        height, width = image.shape[:2]
        rows, columns = self.factors[0].shape[:2]
        down, across = rows / height, columns / width
        out = np.empty((height, width, 3), np.uint8)
        for top in range(0, height, _STRIP):
            strip = image[top : top + _STRIP]
            way = np.array([[across, 0, across / 2 - 0.5], [0, down, (top + 0.5) * down - 0.5]], np.float32)
            size = (width, len(strip))
            flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
            there = [
                np.asarray(cv2.warpAffine(part, way, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.float32)
                for part in self.factors
            ]
            out[top : top + _STRIP] = np.clip(np.round(_transformed(strip, there)), 0, 255)
        return out

    def on(self, image: Image) -> Image:
        """(h, w, 3) of the size that it was fitted at, its colors transformed."""
        return _transformed(image, self.factors)


def _transformed(image: Pixels | Image, factors: Sequence[Image]) -> Image:
    height, width = image.shape[:2]
    with_one = np.empty((height, width, 4), np.float32)
    with_one[:, :, :3] = image
    with_one[:, :, 3] = 1
    total = np.ones((1, 4), np.float32)
    channels = [np.asarray(cv2.transform(cv2.multiply(part, with_one), total)) for part in factors]
    return np.asarray(cv2.merge(channels), np.float32)


def fitted(guide: Image, target: Image, weight: Image, radius: int) -> ColorTransform:
    """The transform that makes `guide` look like `target`, by least squares in boxes of `radius` px around each pixel.

    `weight` (h, w), 0 to 1, says how much a pixel counts.
    """
    factors, offset = _fitted_to_all(guide, target, weight)
    left = np.asarray(target - (guide @ factors + offset), np.float32)
    weight = np.maximum(weight, np.float32(_LEAST_WEIGHT))
    total = _box(weight, radius)

    def mean(image: NDArray[np.float32]) -> Image:
        shared = weight if image.ndim == 2 else weight[:, :, None]
        return _box(image * shared, radius) / (total if image.ndim == 2 else total[:, :, None])

    middle, middle_left = mean(guide), mean(left)
    inverse = _inverse_covariance(guide, middle, mean)
    shared = [mean(guide[:, :, k : k + 1] * left) - middle[:, :, k : k + 1] * middle_left for k in range(3)]
    parts: list[Image] = []
    for channel in range(3):
        one = np.empty((*weight.shape, 4), np.float32)
        for row in range(3):
            one[:, :, row] = sum(inverse[min(row, k)][max(row, k)] * shared[k][:, :, channel] for k in range(3))
        one[:, :, 3] = middle_left[:, :, channel] - (one[:, :, :3] * middle).sum(axis=2)
        parts.append(mean(one) + np.array([*factors[:, channel], offset[channel]], np.float32))
    return ColorTransform((parts[0], parts[1], parts[2]))


def _box(image: Image, radius: int) -> Image:
    side = 2 * radius + 1
    return np.asarray(cv2.boxFilter(image, -1, (side, side), borderType=cv2.BORDER_REFLECT), np.float32)


def _fitted_to_all(guide: Image, target: Image, weight: Image) -> tuple[Image, Image]:
    """(3, 3) and (3,) of the whole picture, near to leaving colors alone where it does not say more."""
    colors = guide.reshape(-1, 3).astype(np.float64)
    change = (target - guide).reshape(-1, 3).astype(np.float64)
    share = weight.reshape(-1, 1) / max(float(weight.sum()), 1.0)
    middle, middle_change = (colors * share).sum(axis=0), (change * share).sum(axis=0)
    around = colors - middle
    covariance = (around * share).T @ around + _FLAT_PICTURE * np.eye(3)
    factors = np.linalg.solve(covariance, (around * share).T @ (change - middle_change))
    offset = middle_change - middle @ factors
    return (np.eye(3) + factors).astype(np.float32), offset.astype(np.float32)


def _inverse_covariance(guide: Image, middle: Image, mean: _Mean) -> list[list[NDArray[np.float64]]]:
    """Of each box's colors, plus _FLAT: the upper triangle by rows, entries [row][column]; by Cramer's rule."""

    def shared(one: int, other: int) -> NDArray[np.float64]:
        found = mean(guide[:, :, one] * guide[:, :, other]) - middle[:, :, one] * middle[:, :, other]
        return found.astype(np.float64) + (_FLAT if one == other else 0.0)

    rr, rg, rb, gg, gb, bb = (shared(*pair) for pair in ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)))
    first, second, third = gg * bb - gb * gb, rb * gb - rg * bb, rg * gb - rb * gg
    scale = 1 / (rr * first + rg * second + rb * third)
    none = np.zeros(0)
    return [
        [first * scale, second * scale, third * scale],
        [none, (rr * bb - rb * rb) * scale, (rb * rg - rr * gb) * scale],
        [none, none, (rr * gg - rg * rg) * scale],
    ]
