"""Keeping the promise: of what an editor painted, only what it was asked to change is taken, and only where it may.

Painted pixels are compared with the editor's *echo*, the view that went through its codec and back, so that the codec's
own loss does not count as a change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from assistant.guided import Image
from assistant.light import UNIT_SIDE, lab, new_light, small
from assistant.patches import Placed
from assistant.pictures import Picture, Pixels
from assistant.regions import Region
from assistant.sizes import Box, Size

MAY_GROW = 1.5
"""Rule 9 of the script: how many times its sides a phrase's or drawn box may have in the end."""
NOTHING_CHANGED = "The painter changed nothing."
TOO_MUCH = "The painter wanted to change more than this place; what lay further out was left as it was."
STAYS_CLEAR = "what was transparent stays so"
PAINTED_OVER = "what was transparent is painted over"
REPAINTED = "whole picture repainted"
LIGHT_ONLY = "only light and colour were carried over; your picture's own detail is kept"

_WORKING_SIDE = 768
"""Longest side of the copies on which changes are looked for, if the painter had so many pixels. Widths below are in px
of a copy with UNIT_SIDE."""
_SMOOTHING = 1.0
_LOW, _HIGH = 4.0, 9.0
"""Differences (ΔE of CIELAB 1976) that may belong to a change, and that make one."""
_TIMES_NOISE = (2.5, 5.0)
"""The same in times of the usual difference where nothing was to change, if that is more."""
_MOST_NOISE = 4.0
_QUIET_SHARE = 0.3
"""Where everything may change, so much of the view is taken for unchanged."""
_CLOSING, _GROWING, _FEATHER = 3.0, 1.5, 3.0
_LEAST_AREA = 10.0
_SPILL = 0.12
"""Share of a change that may lie beyond the limit before it counts as too much."""
_REFERENCE_SHARE = 0.05
"""Share of the view that must be left to stay as it is, for shift and colors to be measured there."""
_CLEARLY_BETTER = 0.8
"""Of the squared difference: what a correction must bring it down to."""
_MOST_SHIFT, _MOST_SCALE, _MOST_GAIN = 0.03, 0.04, 0.2
_LIGHT_ONLY, _MOSTLY_NEW = 0.005, 0.45
"""Shares of new paint in a repainted picture up to which there is none to speak of, and from which all is taken."""
_THIRDS = np.full(3, 1 / 3, np.float32)
_WORTH_MOVING = 3.0
"""Root mean square difference in codes from which a shift is looked for."""


@dataclass(frozen=True, eq=False)
class Kept:
    """What is taken of a painted view, with the numbers that people see."""

    placed: Placed
    changed: float
    """Share of the view's pixels that are touched, 0 to 1."""
    changed_too_much: bool = False
    """Whether it needed more room than its place may grow to."""
    notes: tuple[str, ...] = ()


def grown(box: Box, size: Size, factor: float = MAY_GROW) -> Box:
    """The box about its middle with `factor` times its sides, inside a picture of `size`."""
    across, down = (round(side * (factor - 1) / 2) for side in box.size)
    return Box(box.left - across, box.top - down, box.right + across, box.bottom + down).clipped(size)


def enlarged_note(painted: Size, size: Size) -> tuple[str, ...]:
    """That a picture got fewer pixels than it has, in words; nothing when it did not."""
    times = max(size) / max(painted)
    return (f"painted at {painted}, enlarged {times:.1f} ×",) if times > 1.05 else ()


def partly_new_note(share: float) -> str:
    """How much of a repainted picture is new paint, in words."""
    percent = max(1, round(100 * share))
    return f"{percent} % of it is new paint; elsewhere your picture's own detail is kept in the new light"


def keep_local(
    painted: Picture, view: Picture, echo: Picture, view_box: Box, painted_size: Size, region: Region | None, hard: bool
) -> Kept:
    """The patch of a local change. `region` lies in the picture that `view_box` was cut from; None for all of it.

    `painted_size` is how many pixels the painter really had. A hard region takes nothing outside itself; another may
    grow to MAY_GROW times its sides. All pixels that were not changed get alpha 0.
    """
    inner = _in_view(region, view_box, view.size)
    limit = Region(grown(inner.box, view.size) if inner else view.size.box)
    allowed = inner if hard and inner else limit
    work = _working_size(view.size, painted_size)
    within = _at(limit.mask(view.size), work)
    ours, theirs = (small(np.ascontiguousarray(picture.rgb), work) for picture in (painted, echo))
    correction = _correction(ours, theirs, within)
    change = _changed(correction.applied(ours), theirs, within)
    change[~correction.known(work)] = 0
    spilled = np.count_nonzero(change[within == 0])
    too_much = bool(spilled > _SPILL * max(1, np.count_nonzero(change)))
    alpha = _softened(change, allowed, view.size)
    box = (inner.box if inner else view.size.box).union(_extent(alpha))
    cut = np.ascontiguousarray(alpha[box.slices])
    pixels = cv2.copyTo(np.ascontiguousarray(correction.applied(painted.rgb)[box.slices]), cut)
    placed = Placed(box.shifted(view_box.left, view_box.top), np.asarray(pixels, np.uint8), cut)
    share = cv2.countNonZero(alpha) / alpha.size
    notes = (NOTHING_CHANGED,) if share == 0 else ()
    return Kept(placed, share, too_much, notes + ((TOO_MUCH,) if too_much else ()))


def keep_global(painted: Picture, view: Picture, echo: Picture, view_box: Box, painted_size: Size) -> Kept:
    """The whole repainted picture, without a mask; the picture as it was when nothing of it changed.

    Its structure is kept where it did not change (rule 11). `painted_size` is how many pixels the painter really had.
    """
    work = _working_size(view.size, painted_size)
    everywhere = np.full((work.height, work.width), 255, np.uint8)
    wanted, codec = (small(np.ascontiguousarray(picture.rgb), work) for picture in (painted, echo))
    if not _changed(wanted, codec, everywhere).any():
        nothing = np.zeros(painted.pixels.shape[:2], np.uint8)
        return Kept(Placed(view_box, np.zeros_like(painted.rgb), nothing), 0.0, notes=(NOTHING_CHANGED,))
    light = new_light(view.rgb, codec, wanted)
    enlarged = enlarged_note(painted_size, view.size)
    if light.painted > _MOSTLY_NEW:
        return Kept(Placed(view_box, np.ascontiguousarray(painted.rgb), None), 1.0, notes=(REPAINTED, *enlarged))
    told = (LIGHT_ONLY,) if light.painted < _LIGHT_ONLY else (partly_new_note(light.painted), *enlarged)
    return Kept(Placed(view_box, light.on(view.rgb, painted.rgb), None), 1.0, notes=(REPAINTED, *told))


# -- places ------------------------------------------------------------------------------------------------------------


def _in_view(region: Region | None, view_box: Box, size: Size) -> Region | None:
    """The region in the view's own pixels."""
    if region is None:
        return None
    moved = region.box.shifted(-view_box.left, -view_box.top)
    visible = moved.clipped(size)
    if region.alpha is None:
        return Region(visible)
    cut = visible.shifted(-moved.left, -moved.top)
    return Region(visible, np.ascontiguousarray(region.alpha[cut.slices]))


def _extent(alpha: Pixels) -> Box:
    x, y, width, height = cv2.boundingRect(alpha)
    return Box(x, y, x + width, y + height) if width else Box(alpha.shape[1], alpha.shape[0], 0, 0)


def _working_size(view: Size, painted: Size) -> Size:
    """That of the copies which are compared: the painter's own pixels show all that it did."""
    return view.fit(min(_WORKING_SIDE, max(painted)))


def _at(image: NDArray[Any], size: Size) -> NDArray[Any]:
    if (image.shape[1], image.shape[0]) == size:
        return image
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA))


# -- shift and colors --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Correction:
    """How a painted view is brought to fit where nothing was to change."""

    motion: NDArray[np.float32] | None = None
    """(2, 3), from echo to painted, at the size where it was measured; None where nothing moved."""
    measured: Size | None = None
    gain: NDArray[np.float32] | None = None
    """Of each channel; None where colors fit already."""
    offset: NDArray[np.float32] | None = None

    def known(self, size: Size) -> NDArray[np.bool_]:
        """(H, W): where what was painted still reaches after being moved, with a rim left out."""
        if self.motion is None:
            return np.ones((size.height, size.width), bool)
        sheet = np.full((size.height, size.width), 255, np.uint8)
        landed = cv2.warpAffine(sheet, self.motion, size, flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP)
        reach = _disc(_CLOSING * _unit(size))
        return np.asarray(cv2.erode(landed, reach, borderType=cv2.BORDER_CONSTANT, borderValue=255) > 0)

    def applied(self, painted: NDArray[Any]) -> NDArray[Any]:
        """(H, W, 3) of any size and number type, corrected."""
        out = painted
        if self.motion is not None and self.measured is not None:
            motion = self.motion.copy()
            motion[:, 2] *= painted.shape[1] / self.measured.width
            flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
            size = (painted.shape[1], painted.shape[0])
            out = np.asarray(cv2.warpAffine(out, motion, size, flags=flags, borderMode=cv2.BORDER_REPLICATE))
        if self.gain is not None and self.offset is not None:
            if out.dtype == np.uint8:
                codes = np.arange(256, dtype=np.float32)[:, None] * self.gain + self.offset
                return np.asarray(cv2.LUT(out, np.clip(np.round(codes), 0, 255).astype(np.uint8)[None]))
            out = (out * self.gain + self.offset).astype(np.float32)
        return out


def _correction(painted: Image, echo: Image, limit: Pixels) -> _Correction:
    """Shift, scale and colors that make the painted view fit clearly better where nothing was to change."""
    outside = limit == 0
    size = Size(limit.shape[1], limit.shape[0])
    if np.count_nonzero(outside) < _REFERENCE_SHARE * outside.size:
        return _Correction()
    found = _Correction()
    before = _error(painted, echo, outside)
    motion = _motion(painted, echo, outside) if before > _WORTH_MOVING**2 else None
    if motion is not None:
        moved = _Correction(motion, size)
        if _error(moved.applied(painted), echo, outside) < _CLEARLY_BETTER * before:
            found = moved
    fits = found.applied(painted)
    gain, offset = _gain_and_offset(fits, echo, outside)
    colored = _Correction(found.motion, size, gain, offset)
    better = _error(colored.applied(painted), echo, outside) < _CLEARLY_BETTER * _error(fits, echo, outside)
    return colored if better else found


def _error(image: Image, other: Image, where: NDArray[np.bool_]) -> float:
    """Mean squared difference, in codes; that of the largest tenth of pixels does not count."""
    squares = (np.square(image - other) @ _THIRDS)[where]
    count = max(1, int(0.9 * len(squares)))
    return float(np.partition(squares, count - 1)[:count].mean())


def _motion(painted: Image, echo: Image, outside: NDArray[np.bool_]) -> NDArray[np.float32] | None:
    """Shift and one scale from echo to painted; None when there is nothing to hold on to, or more than can be right.

    By maximising the enhanced correlation coefficient (Evangelidis, Psarakis 2008).
    """
    height, width = outside.shape
    ours, theirs = (np.asarray(cv2.cvtColor(image / 255, cv2.COLOR_RGB2GRAY), np.float32) for image in (painted, echo))
    until = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 50, 1e-5)
    mask = outside.astype(np.uint8) * 255
    try:
        _, full = cv2.findTransformECC(theirs, ours, np.eye(2, 3, dtype=np.float32), cv2.MOTION_AFFINE, until, mask, 5)
    except cv2.error:
        return None  # too flat
    scale = float(full[0, 0] + full[1, 1]) / 2
    middle = np.array([width / 2, height / 2])
    moved = full[:, :2] @ middle + full[:, 2] - middle
    if not (abs(scale - 1) <= _MOST_SCALE and np.abs(moved).max() <= _MOST_SHIFT * max(width, height)):
        return None
    shift = moved + middle - scale * middle
    return np.array([[scale, 0, shift[0]], [0, scale, shift[1]]], np.float32)


def _gain_and_offset(
    painted: Image, echo: Image, outside: NDArray[np.bool_]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """For each channel, fitted to what should not have changed."""
    red, green, blue = cv2.split(cv2.absdiff(painted, echo))
    gap = np.asarray(cv2.max(red, cv2.max(green, blue)), np.float32)
    known = gap[outside]
    most = np.partition(known, int(0.9 * (len(known) - 1)))[int(0.9 * (len(known) - 1))]
    usual = outside & (gap <= most)  # what did change there does not count
    ours, theirs = painted[usual].astype(np.float64), echo[usual].astype(np.float64)
    even = np.full(len(ours), 1 / len(ours))
    middle, target = even @ ours, even @ theirs
    spread = even @ np.square(ours - middle)
    gain = (even @ ((ours - middle) * (theirs - target))) / np.maximum(spread, 1.0)
    gain = np.where(spread < 1.0, 1.0, np.clip(gain, 1 - _MOST_GAIN, 1 + _MOST_GAIN))
    return gain.astype(np.float32), (target - gain * middle).astype(np.float32)


# -- what changed ------------------------------------------------------------------------------------------------------


def _unit(size: Size) -> float:
    return max(size) / UNIT_SIDE


def _disc(radius: float) -> Pixels:
    side = 2 * max(1, round(radius)) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)


def _changed(painted: Image, echo: Image, limit: Pixels) -> Pixels:
    """(H, W), 255 where the pictures differ for good: a threshold with hysteresis (Canny 1986), specks left out."""
    size = Size(painted.shape[1], painted.shape[0])
    unit = _unit(size)
    difference = lab(cv2.GaussianBlur(painted, (0, 0), _SMOOTHING * unit))  # pyright: ignore[reportArgumentType]
    difference -= lab(cv2.GaussianBlur(echo, (0, 0), _SMOOTHING * unit))  # pyright: ignore[reportArgumentType]
    distance = np.linalg.norm(difference, axis=2)
    outside = limit == 0
    enough = np.count_nonzero(outside) >= _REFERENCE_SHARE * outside.size
    usual = np.median(distance[outside]) if enough else np.quantile(distance, _QUIET_SHARE)
    noise = min(_MOST_NOISE, float(usual))
    low, high = max(_LOW, _TIMES_NOISE[0] * noise), max(_HIGH, _TIMES_NOISE[1] * noise)
    maybe = (distance > low).astype(np.uint8)
    count, labels, figures, _ = cv2.connectedComponentsWithStats(maybe, connectivity=8)
    sure = np.zeros(count, bool)
    sure[np.unique(labels[distance > high])] = True
    sure &= figures[:, cv2.CC_STAT_AREA] >= _LEAST_AREA * unit * unit
    sure[0] = False
    found = np.where(sure[labels], 255, 0).astype(np.uint8)
    return np.asarray(cv2.morphologyEx(found, cv2.MORPH_CLOSE, _disc(_CLOSING * unit)), np.uint8)


def _softened(change: Pixels, allowed: Region, size: Size) -> Pixels:
    """Alpha at `size`: the change with a soft rim around it, soft towards the end of what is allowed."""
    work = Size(change.shape[1], change.shape[0])
    unit = _unit(work)
    # A thin stroke covers only a part of a working pixel, and counts.
    inside = np.where(_at(allowed.mask(size), work) > 0, change, 0).astype(np.uint8)
    core = cv2.dilate(inside, _disc(_GROWING * unit))
    away = cv2.distanceTransform(cv2.bitwise_not(core), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    soft = np.round(np.clip(255 * (1 - away / (_FEATHER * unit)), 0, 255)).astype(np.uint8)
    if not cv2.countNonZero(core):
        soft[:] = 0
    if size != work:
        soft = np.asarray(cv2.resize(soft, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    return np.minimum(soft, allowed.feathered(size, _FEATHER * _unit(size)))
