"""Patches at work: cut from what the editor painted, compared with their origin, moved, pasted at native size."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from assistant.alpha import laid
from assistant.blobs import Blobs
from assistant.frames import Frame
from assistant.pictures import Picture, Pixels, content_id
from assistant.records import Meets, Patch
from assistant.regions import Region, blend
from assistant.sizes import Box, Size


@dataclass(frozen=True, eq=False)
class Placed:
    """A patch as it lies in one frame: pixels (h, w, 3) and alpha (h, w) or None, both of `box`."""

    box: Box
    pixels: Pixels
    alpha: Pixels | None
    pixels_id: str | None = None
    """Content id of the pixels, where it is known."""
    meets: Meets = "laid"


def view_of(picture: Picture, box: Box) -> Picture:
    """What an editor sees of `box`: RGB, transparent parts on paper."""
    if box == picture.size.box and picture.mode == "RGB":
        return picture  # the same one knows its name already
    return Picture(np.ascontiguousarray(picture.crop(box).flattened()))


def is_view_again(patch: Patch, picture: Picture, frame: Frame, blobs: Blobs) -> bool:
    """Whether the patch's view is found unchanged in `picture`, moved by whole pixels and perhaps cut by its rim.

    A cut view counts for local patches only: what repaints the whole picture looked at all of it. True when a view lies
    outside altogether, for then nothing of the patch shows.
    """
    way = patch.frame.way_to(frame)
    if way is None:
        return False
    visible = way.box(patch.view_box).clipped(picture.size)
    if visible.is_empty:
        return True
    back = frame.way_to(patch.frame)
    assert back is not None  # one way implies the other
    own = back.box(visible)
    seen = back.turn(view_of(picture, visible).pixels)
    if own == patch.view_box:
        return content_id(seen) == patch.view_id
    if patch.scope == "global":
        return False
    inner = own.shifted(-patch.view_box.left, -patch.view_box.top)
    return np.array_equal(seen, blobs.get(patch.view_id)[inner.slices])


def cut(painted: Picture, view_box: Box, region: Region) -> Placed:
    """The part of an editor's output that the region lets through; outside it nothing is taken."""
    inner = region.box.shifted(-view_box.left, -view_box.top)
    return Placed(region.box, np.ascontiguousarray(painted.rgb[inner.slices]), region.alpha)


def place_patch(patch: Patch, frame: Frame, blobs: Blobs) -> Placed | None:
    """The patch as it lies in `frame`, by whole pixels where possible, else resampled; None when out of the frame."""
    pixels = blobs.get(patch.pixels)
    alpha = blobs.get(patch.alpha) if patch.alpha else None
    way = patch.frame.way_to(frame)
    if way is None:
        return _warped(patch, pixels, alpha, frame)
    landed = way.box(patch.box)
    visible = landed.clipped(frame.size)
    if visible.is_empty:
        return None
    inner = visible.shifted(-landed.left, -landed.top).slices
    turned_alpha = None if alpha is None else np.ascontiguousarray(way.turn(alpha)[inner])
    known = patch.pixels if (patch.frame, patch.box) == (frame, visible) else None
    return Placed(visible, np.ascontiguousarray(way.turn(pixels)[inner]), turned_alpha, known, patch.meets)


def _warped(patch: Patch, pixels: Pixels, alpha: Pixels | None, frame: Frame) -> Placed | None:
    """ "Keep as painted": the old patch resampled into a frame that is no longer whole pixels away."""
    own = Region(patch.box, alpha).mask(patch.frame.size)
    sheet = np.zeros((*own.shape, 3), np.uint8)
    sheet[patch.box.slices] = pixels
    # Spread the colours over the alpha's rim first, else what is black outside it would bleed in.
    known = (own > 0).astype(np.uint8)
    spread = cv2.dilate(sheet, np.ones((5, 5), np.uint8))
    sheet = np.where(known[:, :, None] > 0, sheet, spread).astype(np.uint8)
    region = Region(frame.size.box, patch.frame.warp_to(frame, own)).trimmed()
    if region is None:
        return None
    moved = patch.frame.warp_to(frame, sheet)
    return Placed(region.box, np.ascontiguousarray(moved[region.box.slices]), region.alpha, meets=patch.meets)


def paste(picture: Picture, placed: Placed | None) -> Picture:
    """The patch on the picture: where alpha is 0 every pixel stays equal bit for bit."""
    if placed is None:
        return picture
    if placed.alpha is None and placed.box == picture.size.box and picture.mode == "RGB":
        return Picture.known(placed.pixels, placed.pixels_id) if placed.pixels_id else Picture(placed.pixels)
    out = picture.pixels.copy()
    part = np.ascontiguousarray(picture.pixels[placed.box.slices])
    out[placed.box.slices] = blend(part, placed.pixels, placed.alpha) if part.shape[2] == 3 else _met(part, placed)
    return Picture(out)


def _met(part: Pixels, placed: Placed) -> Pixels:
    """The patch on pixels with alpha (h, w, 4) of its box."""
    if placed.meets == "keeps":
        # What is half visible was painted as it lies on paper: it takes the change, and no paper.
        change = placed.pixels.astype(np.int16) - Picture(part.copy()).flattened()
        colors = np.clip(part[:, :, :3] + change, 0, 255).astype(np.uint8)
        colors = blend(np.ascontiguousarray(part[:, :, :3]), colors, placed.alpha)
        return np.dstack([colors, part[:, :, 3]])
    # Paint shows on what was transparent too.
    above = np.dstack([placed.pixels, np.full(part.shape[:2], 255, np.uint8)])
    return laid(part, above, placed.alpha) if placed.meets == "laid" else blend(part, above, placed.alpha)


def changed_share(before: Picture, behind: Picture) -> float:
    """Which part of the pixels differs, 0 to 1; sampled on pictures over two megapixels; 1 when the size differs."""
    if before.size != behind.size:
        return 1.0
    step = max(1, round((before.size.pixels / 2e6) ** 0.5))
    one, other = (np.ascontiguousarray(picture.pixels[::step, ::step, :3]) for picture in (before, behind))
    changed = cv2.cvtColor(cv2.compare(one, other, cv2.CMP_NE), cv2.COLOR_RGB2GRAY)
    if before.mode == behind.mode == "RGBA":
        changed |= before.pixels[::step, ::step, 3] != behind.pixels[::step, ::step, 3]
    return cv2.countNonZero(changed) / changed.size


def drift_outside(before: Picture, behind: Picture, region: Region | None) -> float:
    """Largest difference in codes outside the region; 0 when the region is everything."""
    if region is None:
        return 0.0
    outside = (region.mask(Size(*before.size)) == 0).astype(np.uint8)
    return float(cv2.norm(before.rgb, behind.rgb, cv2.NORM_INF, outside))
