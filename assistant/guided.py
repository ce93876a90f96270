"""One picture told as a local color transform of another: a guided filter with a color guide.

He, Sun, Tang, "Guided Image Filtering", 2013; fitted small and applied to the large picture as in He, Sun, "Fast Guided
Filter", 2015. Where a neighbourhood is too flat to tell, the transform of the whole picture holds instead of a mean.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from assistant.pictures import Pixels

Image: TypeAlias = NDArray[np.float32]
"""(H, W, 3) in codes, 0 to 255; or (H, W) of weights."""
Plane: TypeAlias = NDArray[np.float32]
"""(H, W): one channel. Work is done plane by plane, which takes half the time of pixel by pixel."""

_FLAT = 8.0
"""Variance in squared codes below which a neighbourhood says little."""
_FLAT_PICTURE = 65.0
_STRIP = 64
"""Rows that are transformed at once: so many stay in the cache, and fewer cost more calls."""
Finish: TypeAlias = Callable[[int, Pixels], None]
_LEAST_WEIGHT = 1e-3


@dataclass(frozen=True, eq=False)
class ColorTransform:
    """For every pixel of a small picture and each channel of the result: factors of red, green, blue and 1."""

    factors: NDArray[np.float32]
    """(12, h, w): the four planes of red, then those of green and of blue."""

    def applied(self, image: Pixels, finish: Finish = lambda top, strip: None) -> Pixels:
        """(H, W, 3) of any size, its colors transformed, strip by strip; factors in between are interpolated.

        `finish` may still change a strip, which begins at row `top`, in place; it is called from several threads.
        """
        height, width = image.shape[:2]
        rows = np.stack([cv2.resize(plane, (width, plane.shape[0])) for plane in self.factors])
        out = np.empty(image.shape, np.uint8)

        def work(top: int) -> None:
            strip = image[top : top + _STRIP]
            channels = _transformed(strip, _between(rows, np.arange(top, top + len(strip)), height))
            codes = [cv2.convertScaleAbs(np.maximum(channel, 0, out=channel)) for channel in channels]
            cv2.merge(codes, out[top : top + _STRIP])
            finish(top, out[top : top + _STRIP])

        tops = range(0, height, _STRIP)
        with ThreadPoolExecutor(min(len(tops), os.cpu_count() or 1)) as pool:
            list(pool.map(work, tops))
        return out

    def on(self, image: Image) -> Image:
        """(h, w, 3) of any size, its colors transformed; not rounded."""
        size = (image.shape[1], image.shape[0])
        return _image(cv2.merge(_transformed(image, np.stack([cv2.resize(plane, size) for plane in self.factors]))))


def _between(rows: NDArray[np.float32], wanted: NDArray[np.int64], height: int) -> NDArray[np.float32]:
    """(12, n, W) factors of n `wanted` rows of a picture of that height, from fewer rows (12, h, W)."""
    places = np.clip((wanted + 0.5) * rows.shape[1] / height - 0.5, 0, rows.shape[1] - 1)
    near = np.arange(int(places[0]), min(int(places[-1]) + 1, rows.shape[1] - 1) + 1)
    shares = np.maximum(0, 1 - np.abs(places[:, None] - near)).astype(np.float32)
    return np.matmul(shares, rows[:, near[0] : near[-1] + 1])


def _image(array: object) -> Image:
    return np.asarray(array, np.float32)


def _planes(image: Pixels | Image) -> list[Plane]:
    return [_image(channel) for channel in cv2.split(image)]


def _transformed(image: Pixels | Image, factors: NDArray[np.float32]) -> list[Plane]:
    """The three channels of the result, each in the place of its factors' last plane."""
    colors = _planes(image)
    made: list[Plane] = []
    for *by_color, total in factors.reshape(3, 4, *factors.shape[1:]):
        for plane, factor in zip(colors, by_color, strict=True):
            cv2.accumulateProduct(plane, factor, total)
        made.append(total)
    return made


def fitted(guide: Image, target: Image, weight: Image, radius: int) -> ColorTransform:
    """The transform that makes `guide` look like `target`, by least squares in boxes of `radius` px around each pixel.

    `weight` (h, w), 0 to 1, says how much a pixel counts.
    """
    factors, offset = _fitted_to_all(guide, target, weight)
    left = _planes(np.asarray(target - (guide @ factors + offset), np.float32))
    colors = _planes(guide)
    weight = _image(np.maximum(weight, np.float32(_LEAST_WEIGHT)))
    total = _box(weight, radius)

    def mean(plane: Plane) -> Plane:
        return _image(_box(_image(plane * weight), radius) / total)

    middle, middle_left = [mean(plane) for plane in colors], [mean(plane) for plane in left]
    inverse = _inverse_covariance(
        [[_image(mean(colors[a] * colors[b]) - middle[a] * middle[b]) for b in range(a, 3)] for a in range(3)]
    )
    made: list[Plane] = []
    for channel in range(3):
        shared = [mean(colors[k] * left[channel]) - middle[k] * middle_left[channel] for k in range(3)]
        own = [
            _image(sum(inverse[min(row, k)][max(row, k) - min(row, k)] * shared[k] for k in range(3)))
            for row in range(3)
        ]
        rest = middle_left[channel] - own[0] * middle[0] - own[1] * middle[1] - own[2] * middle[2]
        usual = (*factors[:, channel], offset[channel])
        made += [mean(_image(plane)) + more for plane, more in zip((*own, rest), usual, strict=True)]
    return ColorTransform(np.stack(made))


def _box(plane: Plane, radius: int) -> Plane:
    side = 2 * radius + 1
    return _image(cv2.boxFilter(plane, -1, (side, side), borderType=cv2.BORDER_REFLECT))


def _fitted_to_all(guide: Image, target: Image, weight: Image) -> tuple[Image, Image]:
    """(3, 3) and (3,) of the whole picture, near to leaving colors alone where it does not say more."""
    colors = guide.reshape(-1, 3).astype(np.float64)
    change = (target - guide).reshape(-1, 3).astype(np.float64)
    share = weight.ravel() / max(float(weight.sum()), 1.0)
    middle, middle_change = share @ colors, share @ change
    around = colors - middle
    shared = (around * share[:, None]).T
    factors = np.linalg.solve(shared @ around + _FLAT_PICTURE * np.eye(3), shared @ (change - middle_change))
    offset = middle_change - middle @ factors
    return (np.eye(3) + factors).astype(np.float32), offset.astype(np.float32)


def _inverse_covariance(shared: Sequence[Sequence[Plane]]) -> list[list[NDArray[np.float64]]]:
    """Of each box's colors, plus _FLAT: both as upper triangles by rows; by Cramer's rule."""
    (rr, rg, rb), (gg, gb), (bb,) = ([plane.astype(np.float64) for plane in row] for row in shared)
    for variance in (rr, gg, bb):
        variance += _FLAT
    first, second, third = gg * bb - gb * gb, rb * gb - rg * bb, rg * gb - rb * gg
    scale = 1 / (rr * first + rg * second + rb * third)
    return [
        [first * scale, second * scale, third * scale],
        [(rr * bb - rb * rb) * scale, (rb * rg - rr * gb) * scale],
        [(rr * gg - rg * rg) * scale],
    ]
