"""Pixels with straight alpha, mixed and resampled so that the colour of what is invisible never shows at an edge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np

from assistant.pictures import Pixels
from assistant.regions import blend

Resample = Callable[[Any], Any]


def opacity_of(pixels: Pixels) -> Pixels | None:
    """(H, W) alpha of pixels; None where all of them are opaque."""
    if pixels.shape[2] == 3:
        return None
    opacity = np.asarray(cv2.extractChannel(np.ascontiguousarray(pixels), 3), np.uint8)
    return None if cv2.minMaxLoc(opacity)[0] == 255 else opacity


def resampled(pixels: Pixels, colors: Resample, alpha: Resample | None = None) -> Pixels:
    """(H, W, 3 or 4) pixels through a linear resampling; that of alpha may treat what lies outside differently."""
    if pixels.shape[2] == 3:
        return np.asarray(colors(pixels), np.uint8)
    alpha = alpha or colors
    opacity = cv2.extractChannel(pixels, 3)
    if cv2.minMaxLoc(opacity)[0] == 255:
        out = np.asarray(colors(pixels), np.uint8)
        cv2.insertChannel(alpha(opacity), out, 3)
        return out
    red, green, blue, _ = cv2.split(pixels)
    # Sixteen bits hold colour times alpha exactly.
    weighted = [cv2.multiply(channel, opacity, dtype=cv2.CV_16U) for channel in (red, green, blue)]
    thin = alpha(cv2.multiply(opacity, np.full_like(opacity, 255), dtype=cv2.CV_16U))
    thick = [cv2.divide(alpha(channel), thin, scale=255, dtype=cv2.CV_8U) for channel in weighted]
    return np.asarray(cv2.merge([*thick, cv2.convertScaleAbs(thin, alpha=1 / 255)]), np.uint8)


def laid(below: Pixels, above: Pixels, weight: Pixels | None) -> Pixels:
    """`above` over `below` by (H, W) weight, as `blend`; where it is soft, colours count by how visible they are."""
    out = blend(below, above, weight)
    if weight is None or below.shape[2] == 3:
        return out
    rows, columns = np.nonzero((weight > 0) & (weight < 255) & (below[:, :, 3] != above[:, :, 3]))
    if len(rows):
        share = weight[rows, columns, None] / 255
        seen_below = (1 - share) * below[rows, columns, 3:]
        seen_above = share * above[rows, columns, 3:]
        colors = seen_below * below[rows, columns, :3] + seen_above * above[rows, columns, :3]
        out[rows, columns, :3] = np.round(colors / np.maximum(seen_below + seen_above, 1e-6))
    return out
