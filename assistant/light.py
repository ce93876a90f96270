"""New light on a picture's own detail: where a repainted picture differs in light and color only, and what follows.

The painted picture is told as a local color transform of the editor's echo, so that the codec's loss is on both sides;
the transform then goes over the picture itself. Where it does not explain what was painted, the structure changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from assistant.guided import ColorTransform, Image, fitted
from assistant.pictures import Pixels
from assistant.sizes import Size

UNIT_SIDE = 256
"""Widths are in px of a picture with this longest side."""
_COARSER = 2
"""The transform is fitted on copies so many times smaller."""
_LEAST_FITTED = 64
_RADIUS = 6.0
_SMOOTHING = 1.2
_LOW, _HIGH = 2.5, 6.0
"""Unexplained differences (ΔE of CIELAB 1976) that may belong to a new structure, and that are one."""
_TIMES_LOSS = 1.0
"""The same low one in times of the codec's own loss around, if that is more."""
_GROWING, _FEATHER = 2.0, 1.5
_CROWDED = 0.15
"""Share of the new around a pixel from which it begins to count as new itself; at twice that it does."""


@dataclass(frozen=True, eq=False)
class NewLight:
    """What a repainted picture does to light and color, and where it does more than that."""

    transform: ColorTransform
    new: Pixels
    """(h, w): how much of each place is the painter's own, 0 to 255; there the structure changed."""

    @property
    def painted(self) -> float:
        """Share of the pixels that are the painter's own, 0 to 1."""
        return float(self.new.mean()) / 255

    def on(self, view: Pixels, painted: Pixels) -> Pixels:
        """The view in the new light, with the painted pixels where more than light changed; (H, W, 3) of one size."""
        size = (view.shape[1], view.shape[0])
        mask = np.asarray(cv2.resize(self.new, size, interpolation=cv2.INTER_LINEAR), np.uint8)

        def finish(top: int, strip: Pixels) -> None:
            here = np.s_[top : top + len(strip)]
            if mask[here].any():
                share = mask[here].astype(np.float32) / 255
                cv2.blendLinear(strip, painted[here], 1 - share, share, strip)

        return self.transform.applied(view, finish)


def new_light(view: Pixels, codec: Image, wanted: Image) -> NewLight:
    """Of a view (H, W, 3); `codec` and `wanted` are the editor's echo of it and what it painted, both made small."""
    work = Size(codec.shape[1], codec.shape[0])
    seen, asked = _seen(codec), _seen(wanted)
    loss = _box_mean(_distance(_seen(small(view, work)), seen), work)
    coarse = work.fit(max(_LEAST_FITTED, round(max(work) / _COARSER)))
    guide, target = small(codec, coarse), small(wanted, coarse)
    transform = fitted(guide, target, np.ones(guide.shape[:2], np.float32), _radius(coarse))
    new = _new(transform, codec, asked, loss)
    transform = fitted(guide, target, small(1 - new, coarse), _radius(coarse))  # again, without what it cannot explain
    new = _new(transform, codec, asked, loss)
    crowded = np.clip(_box_mean(new, work) / _CROWDED - 1, 0, 1)
    return NewLight(transform, _softened(np.maximum(new, crowded), work))


def _new(transform: ColorTransform, codec: Image, asked: Image, loss: Image) -> Image:
    """(h, w), 0 to 1: how sure it is that the structure changed, of what was asked, as it is seen."""
    low = np.maximum(_LOW, _TIMES_LOSS * loss)
    unexplained = _distance(_seen(transform.on(codec)), asked)
    return np.asarray(np.clip((unexplained / low - 1) / (_HIGH / _LOW - 1), 0, 1), np.float32)


def _softened(new: Image, work: Size) -> Pixels:
    unit = _unit(work)
    side = 2 * max(1, round(_GROWING * unit)) + 1
    grown = cv2.dilate(new, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    soft = cv2.GaussianBlur(grown, (0, 0), _FEATHER * unit)
    return np.asarray(np.round(soft * 255), np.uint8)


def small(image: Pixels | Image, size: Size) -> Image:
    """Colors in codes, or weights, at `size`, which is not larger than the image's."""
    if (image.shape[1], image.shape[0]) == size:
        return image.astype(np.float32)
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.float32)


def _unit(size: Size) -> float:
    return max(size) / UNIT_SIDE


def _radius(size: Size) -> int:
    return max(2, round(_RADIUS * _unit(size)))


def _box_mean(image: Image, work: Size) -> Image:
    side = 2 * _radius(work) + 1
    return np.asarray(cv2.blur(image, (side, side)), np.float32)


def _seen(image: Image) -> Image:
    """A little smoothed, in CIELAB."""
    sigma = _SMOOTHING * max(image.shape[:2]) / UNIT_SIDE
    return lab(np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.float32))


def _distance(one: Image, other: Image) -> Image:
    """(h, w): how different two that are seen look."""
    return np.sqrt(np.square(one - other) @ np.ones(3, np.float32))


def lab(image: NDArray[Any]) -> Image:
    """Codes to CIELAB."""
    return np.asarray(cv2.cvtColor(np.clip(image / 255, 0, 1).astype(np.float32), cv2.COLOR_RGB2LAB), np.float32)
