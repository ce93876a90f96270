"""A part of an enlarged image, at the cost of that part: what stands over a picture's rim is not made first."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from assistant.sizes import Box, Size

_WHOLE_UP_TO = 800_000_000
"""Bytes up to which the whole is made and cut, so that what stored scripts enlarge plays again to the same pixels:
200 megapixels with alpha, which is a picture of 12 four times as wide and high."""
_CUBIC = -0.75
"""The slope of cv2.INTER_CUBIC."""
_STRIP = 64
"""Rows made at once, so that memory holds only the result."""


def resized_part(image: NDArray[Any], size: Size, inner: Box, method: int) -> NDArray[Any]:
    """The part `inner` of an (H, W) or (H, W, C) image resized to `size`, by cv2's `method`, within a code of it.

    Where the whole is not too much, the part is exactly cv2's.
    """
    cheap = size.pixels * image[:1, :1].nbytes <= _WHOLE_UP_TO
    if cheap or method == cv2.INTER_AREA:  # what shrinks is never more than it was
        return np.ascontiguousarray(cv2.resize(image, size, interpolation=method)[inner.slices])
    out = np.empty((inner.size.height, inner.size.width, *image.shape[2:]), image.dtype)
    columns, across = _taps(inner.left, inner.right, size.width, image.shape[1], method)
    rows, down = _taps(inner.top, inner.bottom, size.height, image.shape[0], method)
    across = across.reshape(*across.shape, *[1] * (image.ndim - 2))
    for top in range(0, len(out), _STRIP):
        here = slice(top, top + _STRIP)
        first, last = int(rows[:, here].min()), int(rows[:, here].max()) + 1
        source = image[first:last].astype(np.float32)
        wide: Any = sum(source[:, place] * share for place, share in zip(columns, across, strict=True))
        shares = down[:, here].reshape(len(down), -1, *[1] * (image.ndim - 1))
        near = rows[:, here] - first
        made = sum(np.take(wide, place, axis=0) * share for place, share in zip(near, shares, strict=True))
        out[here] = _as(made, image.dtype)
    return out


def _taps(start: int, end: int, length: int, source: int, method: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """For places `start` to `end` of a line of `length`: (n, places) source pixels, repeated at the rim, and shares."""
    at = (np.arange(start, end) + 0.5) * source / length - 0.5
    before = np.floor(at).astype(np.int64)
    t = at - before
    if method == cv2.INTER_LINEAR:
        offsets, shares = (0, 1), [1 - t, t]
    else:
        near, far = [_near(t), _near(1 - t)], [_far(1 + t), _far(2 - t)]
        offsets, shares = (-1, 0, 1, 2), [far[0], near[0], near[1], far[1]]
    places = np.clip(np.stack([before + offset for offset in offsets]), 0, source - 1)
    return places, np.stack(shares).astype(np.float32)


def _near(t: NDArray[np.float64]) -> NDArray[np.float64]:
    return ((_CUBIC + 2) * t - (_CUBIC + 3)) * t * t + 1


def _far(t: NDArray[np.float64]) -> NDArray[np.float64]:
    return ((t - 5) * t + 8) * t * _CUBIC - 4 * _CUBIC


def _as(values: Any, dtype: np.dtype[Any]) -> NDArray[Any]:
    if dtype.kind == "f":
        return np.asarray(values, dtype)
    limits = np.iinfo(dtype)
    return np.round(np.clip(values, limits.min, limits.max)).astype(dtype)
