"""A region of one picture: found once from what the person pointed at, recorded, moved along with the frame."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from assistant.blobs import Blobs
from assistant.frames import Frame
from assistant.pictures import Pixels
from assistant.records import RegionRecord
from assistant.sizes import Box, Size


@dataclass(frozen=True, eq=False)
class Region:
    """`box` lies in the picture and is not empty; `alpha` is (h, w) uint8 of it, None for 255 everywhere."""

    box: Box
    alpha: Pixels | None = None

    @property
    def coverage(self) -> Pixels:
        """The alpha, written out."""
        return np.full((self.box.size.height, self.box.size.width), 255, np.uint8) if self.alpha is None else self.alpha

    def mask(self, size: Size) -> Pixels:
        """The region as a (H, W) mask of a whole picture of `size`."""
        mask = np.zeros((size.height, size.width), np.uint8)
        mask[self.box.slices] = self.coverage
        return mask

    def feathered(self, size: Size, width: float) -> Pixels:
        """The same as `feathered_inwards` of `mask(size)`, at the cost of the region's own pixels."""
        mask = np.zeros((size.height, size.width), np.uint8)
        if self.alpha is None:
            mask[self.box.slices] = _feathered_box(self.box, size, width) if width > 0 else 255
            return mask
        around = Box(self.box.left - 1, self.box.top - 1, self.box.right + 1, self.box.bottom + 1).clipped(size)
        mask[self.box.slices] = self.alpha
        mask[around.slices] = feathered_inwards(np.ascontiguousarray(mask[around.slices]), width)
        return mask

    def trimmed(self) -> Region | None:
        """With the smallest box around what is not 0; None when everything is."""
        if self.alpha is None:
            return self
        x, y, width, height = cv2.boundingRect(self.alpha)
        if width == 0 or height == 0:
            return None
        inner = Box(x, y, x + width, y + height)
        box = inner.shifted(self.box.left, self.box.top)
        return Region(box, np.ascontiguousarray(self.alpha[inner.slices]))


def region_of_mask(mask: Pixels) -> Region | None:
    """The region of a whole-picture (H, W) mask; None when nothing is marked."""
    return Region(Box(0, 0, mask.shape[1], mask.shape[0]), mask).trimmed()


def feathered_inwards(mask: Pixels, width: float) -> Pixels:
    """A mask with a soft edge of `width` px inside it; nothing outside it grows, and the picture's rim stays hard."""
    if width <= 0:
        return mask
    distance = cv2.distanceTransform((mask >= 128).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    soft = np.round(np.clip(distance * np.float32(255 / (width + 1)), 0, 255))
    return np.minimum(soft.astype(np.uint8), mask)


def _feathered_box(box: Box, size: Size, width: float) -> Pixels:
    """Alpha of a box with a soft edge inwards where the edge is not the picture's own."""

    def ramp(length: int, soft_start: bool, soft_end: bool) -> Pixels:
        steps = np.arange(1, length + 1, dtype=np.float32)
        start = steps if soft_start else np.full(length, np.inf, np.float32)
        end = steps[::-1] if soft_end else np.full(length, np.inf, np.float32)
        return np.round(np.clip(np.minimum(start, end) * (255 / (width + 1)), 0, 255)).astype(np.uint8)

    columns = ramp(box.size.width, box.left > 0, box.right < size.width)
    rows = ramp(box.size.height, box.top > 0, box.bottom < size.height)
    return np.minimum(rows[:, None], columns[None, :])


def place(record: RegionRecord, frame: Frame, blobs: Blobs) -> Region | None:
    """The recorded region as it lies in `frame`: moved by whole pixels where possible, else resampled.

    None when it lies outside the frame altogether.
    """
    own = record.frame
    if record.mask is not None:
        alpha = blobs.get(record.mask)
    elif record.feather > 0:
        alpha = _feathered_box(record.box, own.size, record.feather)
    else:
        alpha = None
    way = own.way_to(frame)
    if way is None:
        placed = _resampled(record.box, alpha, own, frame)
    else:
        landed = way.box(record.box)
        visible = landed.clipped(frame.size)
        inner = visible.shifted(-landed.left, -landed.top)
        kept = None if alpha is None or visible.is_empty else np.ascontiguousarray(way.turn(alpha)[inner.slices])
        placed = None if visible.is_empty else Region(visible, kept)
    if not record.outside:
        return placed.trimmed() if placed else None
    everything = Region(frame.size.box)
    return region_of_mask(255 - placed.mask(frame.size)) if placed else everything


def _resampled(box: Box, alpha: Pixels | None, own: Frame, frame: Frame) -> Region | None:
    full = Region(box, alpha).mask(own.size)
    return region_of_mask(own.warp_to(frame, full))


_FEW_SOFT = 0.2
"""Below this share of half-covered pixels it pays to compute only those."""


def blend(below: Pixels, above: Pixels, alpha: Pixels | None) -> Pixels:
    """`above` over `below` by (H, W) alpha: exactly `below` where it is 0, exactly `above` where it is 255."""
    if alpha is None:
        return above
    soft = np.asarray(cv2.inRange(alpha, 1, 254), np.uint8)  # pyright: ignore[reportArgumentType, reportCallIssue]
    if cv2.countNonZero(soft) > _FEW_SOFT * soft.size:
        weight = alpha if below.ndim == 2 else np.asarray(cv2.merge([alpha] * below.shape[2]), np.uint8)
        return _mixed(below, above, weight)
    out = below.copy()
    cv2.copyTo(above, (alpha == 255).astype(np.uint8), out)
    rows, columns = np.nonzero(soft)
    if len(rows):
        weight = alpha[rows, columns]
        weight = np.repeat(weight[:, None], below.shape[2], axis=1) if below.ndim == 3 else weight[:, None]
        own, new = below[rows, columns], above[rows, columns]
        out[rows, columns] = _mixed(own.reshape(weight.shape), new.reshape(weight.shape), weight).reshape(own.shape)
    return out


def _mixed(below: Pixels, above: Pixels, weight: Pixels) -> Pixels:
    # Whole numbers only, so that a pixel's result never depends on where in the array it stands.
    total = np.asarray(cv2.multiply(above, weight, dtype=cv2.CV_16U), np.uint16)
    total = np.asarray(cv2.add(total, cv2.multiply(below, 255 - weight, dtype=cv2.CV_16U)), np.uint16)
    total += 128
    total += total >> 8  # (x + x/256) / 256 is x / 255, rounded
    total >>= 8
    return total.astype(np.uint8)
