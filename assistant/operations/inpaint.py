"""Filling a hole from its surroundings, so that an erased thing is not missed.

A patch-based completion in the manner of Wexler, Shechtman, Irani (2007) with the random search of PatchMatch (Barnes
et al. 2009): on a reduced copy, coarse to fine, each hole pixel finds a place outside whose surroundings look like its
own; then real pixels from those places are copied at full resolution. On one flat colour it gets exactly that colour.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from assistant.pictures import Pixels
from assistant.sizes import Box, Size

WORKING_HOLE = 1500
"""Hole pixels at the finest search level; larger holes are searched on a smaller copy."""
_CONTEXT_SHARE = 0.7
"""Surroundings to search in, on each side, of the hole's larger side."""
_LEAST_CONTEXT = 48
_RADIUS = 3
_COARSEST_DEPTH = 3.0
"""Inner radius of the hole, in px, where the search begins."""
_COARSE_ROUNDS = 8
_FINE_ROUNDS = 3
_SEAM_SIDE = 96
_SAMPLES_ACROSS = 4
"""Pixels looked at along each side of a reduced pixel."""
Places = NDArray[np.int64]


def fill_hole(pixels: Pixels, hole: Pixels, seed: int) -> Pixels:
    """(H, W, 3 or 4) pixels with everything filled where `hole` (H, W) is not 0; all other pixels stay equal."""
    x, y, width, height = cv2.boundingRect(hole)
    if width == 0:
        return pixels
    size = Size(pixels.shape[1], pixels.shape[0])
    margin = max(_LEAST_CONTEXT, round(_CONTEXT_SHARE * min(max(width, height), 3 * min(width, height) + 64)))
    box = Box(x, y, x + width, y + height).grown(margin).clipped(size)
    part, part_hole = pixels[box.slices], (hole[box.slices] > 0).astype(np.uint8)
    if part_hole.all():
        return pixels
    out = pixels.copy()
    _fill(part, part_hole, seed, out[box.slices])
    return out


def _fill(part: Pixels, hole: Pixels, seed: int, result: Pixels) -> None:
    """Fill the hole of `part` in `result`, which is a copy of it."""
    ring = cv2.dilate(hole, np.ones((5, 5), np.uint8)) - hole
    around = part[ring > 0]
    if len(around) and (around == around[0]).all():
        result[hole > 0] = around[0]
        return
    scale = min(1.0, (WORKING_HOLE / max(1, int(hole.sum()))) ** 0.5)
    size = Size(part.shape[1], part.shape[0]).scaled(scale)
    # A pixel of the copy counts as hole as soon as any of its pixels is one: no trace of the thing is copied.
    small_hole = (cv2.resize(hole.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 1e-4).astype(np.uint8)
    small = _reduced_around(part, hole, size)
    places = _search(small, small_hole, np.random.Generator(np.random.PCG64(seed)))
    if places is None:
        result[:, :, :3] = cv2.inpaint(np.ascontiguousarray(part[:, :, :3]), hole, 3, cv2.INPAINT_TELEA)
        return
    _copy(part, hole, small_hole, places, result)
    _remove_seam(part, hole, result)


def _reduced_around(part: Pixels, hole: Pixels, size: Size) -> NDArray[np.float32]:
    """The reduced colours (H, W, 3), averaged over known pixels only; of very many pixels only some are looked at."""
    stride = max(1, part.shape[0] // size.height // _SAMPLES_ACROSS)
    part, hole = part[::stride, ::stride], np.ascontiguousarray(hole[::stride, ::stride])
    known = cv2.bitwise_and(np.ascontiguousarray(part[:, :, :3]), cv2.merge([255 - hole * 255] * 3))
    colors = cv2.resize(known, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    weight = cv2.resize(255 - hole * 255, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    return (colors / np.maximum(weight, 1e-2)[:, :, None]).astype(np.float32)


def _averaged_around(picture: NDArray[np.float32], hole: Pixels, size: Size) -> NDArray[np.float32]:
    """The same for a small float picture."""
    known = (1 - hole).astype(np.float32)
    weight = np.maximum(cv2.resize(known, size, interpolation=cv2.INTER_AREA), 1e-2)
    colors = cv2.resize(picture * known[:, :, None], size, interpolation=cv2.INTER_AREA)
    return (colors / weight[:, :, None]).astype(np.float32)


def _search(picture: NDArray[np.float32], hole: Pixels, random: np.random.Generator) -> Places | None:
    """For each hole pixel, in row order, the (row, column) that belongs there; None when there is no room around."""
    depth = float(cv2.distanceTransform(np.pad(hole, 1), cv2.DIST_L2, 5).max())
    sizes = [Size(picture.shape[1], picture.shape[0])]
    while depth > _COARSEST_DEPTH and min(sizes[-1]) >= 6 * (2 * _RADIUS + 1):
        sizes.append(sizes[-1].scaled(0.5))
        depth /= 2
    found: tuple[Pixels, Places] | None = None
    for count, size in enumerate(reversed(sizes)):
        level_hole = (cv2.resize(hole.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 1e-4).astype(np.uint8)
        level = _averaged_around(picture, hole, size)
        matcher = _Matcher(level, level_hole, random)
        if not len(matcher.sources):
            return None
        places = matcher.start(found)
        for round_ in range(_COARSE_ROUNDS if count == 0 else _FINE_ROUNDS):
            places = matcher.improve(places, votes=count == 0 and round_ < _COARSE_ROUNDS - 1)
        found = level_hole, places
    return found[1] if found else None


class _Matcher:
    """One level of the search: `level` (H, W, 3) is completed in place inside `hole`."""

    def __init__(self, level: NDArray[np.float32], hole: Pixels, random: np.random.Generator) -> None:
        self.level, self.hole, self.random = level, hole, random
        window = 2 * _RADIUS + 1
        touched = cv2.dilate(hole, np.ones((window, window), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0)
        self.allowed = np.zeros(hole.shape, bool)
        self.allowed[_RADIUS:-_RADIUS, _RADIUS:-_RADIUS] = (touched == 0)[_RADIUS:-_RADIUS, _RADIUS:-_RADIUS]
        self.sources = np.argwhere(self.allowed)
        self.targets = np.argwhere(hole > 0)
        self.limits = np.array(hole.shape) - 1
        self.index = np.full(hole.shape, -1)
        self.index[self.targets[:, 0], self.targets[:, 1]] = np.arange(len(self.targets))
        distance = cv2.distanceTransform(np.pad(hole, 1, mode="edge"), cv2.DIST_L2, 5)[1:-1, 1:-1]
        self.confidence = (1.3**-distance)[hole > 0].astype(np.float32)

    def start(self, coarser: tuple[Pixels, Places] | None) -> Places:
        """First places: what the coarser level found, or random ones over a smooth guess."""
        drawn = self.sources[self.random.integers(0, len(self.sources), len(self.targets))]
        if coarser is None:
            rough = np.round(np.clip(self.level, 0, 255)).astype(np.uint8)
            smooth = cv2.inpaint(rough, self.hole, 3, cv2.INPAINT_TELEA)
            self.level[self.hole > 0] = smooth[self.hole > 0]
            return drawn
        hole, places = coarser
        found = np.zeros((*hole.shape, 2), np.int64)
        found[hole > 0] = places - np.argwhere(hole > 0)
        scale = np.array(self.hole.shape) / np.array(hole.shape)
        below = np.minimum((self.targets / scale).astype(int), np.array(hole.shape) - 1)
        moved = self.targets + np.round(found[below[:, 0], below[:, 1]] * scale).astype(int)
        moved = np.clip(moved, 0, self.limits)
        places = np.where(self.allowed[moved[:, 0], moved[:, 1], None], moved, drawn)
        # Real pixels, not a mean: what is smooth would look for smooth places again.
        self.level[self.hole > 0] = self.level[places[:, 0], places[:, 1]]
        return places

    def improve(self, places: Places, votes: bool) -> Places:
        """One round: better places for all hole pixels, then the colours they propose."""
        window = 2 * _RADIUS + 1
        padded = np.pad(self.level, ((_RADIUS, _RADIUS), (_RADIUS, _RADIUS), (0, 0)), mode="reflect")
        patches = np.lib.stride_tricks.sliding_window_view(padded, (window, window), axis=(0, 1))[:, :, :, ::2, ::2]
        own = patches[self.targets[:, 0], self.targets[:, 1]]
        places, cost = places.copy(), _cost(patches, own, places)
        for candidate in self._candidates(places):
            ok = self.allowed[candidate[:, 0], candidate[:, 1]]
            candidate_cost = np.where(ok, _cost(patches, own, candidate), np.inf)
            better = candidate_cost < cost
            places[better], cost[better] = candidate[better], candidate_cost[better]
        if votes:
            self._vote(places, cost)
        else:
            self.level[self.hole > 0] = self.level[places[:, 0], places[:, 1]]
        return places

    def _candidates(self, places: Places) -> Iterator[Places]:
        """Places to try: what the four neighbours found, shifted, then random ones, ever closer."""
        for step in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            neighbour = np.clip(self.targets + step, 0, self.limits)
            found = self.index[neighbour[:, 0], neighbour[:, 1]]
            yield np.clip(np.where(found[:, None] >= 0, places[found] - step, places), 0, self.limits)
        for _ in range(2):
            yield self.sources[self.random.integers(0, len(self.sources), len(self.targets))]
        reach = max(self.hole.shape) // 3
        while reach >= 1:
            yield np.clip(places + self.random.integers(-reach, reach + 1, places.shape), 0, self.limits)
            reach //= 2

    def _vote(self, places: Places, cost: NDArray[np.float32]) -> None:
        """Each hole pixel becomes the mean of what the patches around it propose, the better ones counting more."""
        spread = max(float(np.quantile(cost, 0.5)), 1.0)
        weights = np.exp(-cost / (2 * spread)) * self.confidence + 1e-6
        total = np.zeros((*self.hole.shape, 3), np.float32)
        count = np.zeros(self.hole.shape, np.float32)
        for step in [(down, across) for down in (-2, 0, 2) for across in (-2, 0, 2)]:
            to = self.targets + step
            ok = ((to >= 0) & (to <= self.limits)).all(axis=1)
            source = np.clip(places + step, 0, self.limits)
            # Every target appears once, so plain indexing adds without collisions.
            total[to[ok, 0], to[ok, 1]] += self.level[source[ok, 0], source[ok, 1]] * weights[ok, None]
            count[to[ok, 0], to[ok, 1]] += weights[ok]
        inside = (self.hole > 0) & (count > 0)
        self.level[inside] = total[inside] / count[inside][:, None]


def _cost(patches: NDArray[np.float32], own: NDArray[np.float32], places: Places) -> NDArray[np.float32]:
    """Squared difference of the patches around targets and places, summed over the window."""
    difference = patches[places[:, 0], places[:, 1]] - own
    flat = difference.reshape(len(places), -1)
    return np.einsum("ij,ij->i", flat, flat)


def _copy(part: Pixels, hole: Pixels, small_hole: Pixels, places: Places, result: Pixels) -> None:
    """Copy real pixels from the places found into the hole, at full resolution."""
    x, y, width, height = cv2.boundingRect(hole)
    box = Box(x, y, x + width, y + height)
    scale = (part.shape[1] / small_hole.shape[1], part.shape[0] / small_hole.shape[0])
    shift = np.zeros((*small_hole.shape, 2), np.float32)
    targets = np.argwhere(small_hole > 0)
    shift[targets[:, 0], targets[:, 1]] = places - targets
    small_columns = np.minimum((np.arange(box.left, box.right) / scale[0]).astype(int), small_hole.shape[1] - 1)
    small_rows = np.minimum((np.arange(box.top, box.bottom) / scale[1]).astype(int), small_hole.shape[0] - 1)
    across, down = (np.round(shift[:, :, axis] * scale[1 - axis]).astype(np.float32) for axis in (1, 0))
    columns = across[small_rows][:, small_columns] + np.arange(box.left, box.right, dtype=np.float32)
    rows = down[small_rows][:, small_columns] + np.arange(box.top, box.bottom, dtype=np.float32)[:, None]
    found = cv2.remap(part, columns, rows, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)
    result[box.slices] = cv2.copyTo(found, hole[box.slices], part[box.slices].copy())


def _remove_seam(part: Pixels, hole: Pixels, result: Pixels) -> None:
    """Spread the step at the hole's rim smoothly into it (a membrane on a coarse copy, Pérez et al. 2003)."""
    x, y, width, height = cv2.boundingRect(hole)
    margin = max(4, round(0.03 * max(width, height)))
    box = Box(x, y, x + width, y + height).grown(margin).clipped(Size(part.shape[1], part.shape[0]))
    size = box.size.fit(_SEAM_SIDE)
    inside = hole[box.slices]
    before = _reduced_around(part[box.slices], inside, size)
    behind = _reduced_around(result[box.slices], 1 - inside, size)
    filled = cv2.resize(inside * np.uint8(255), size, interpolation=cv2.INTER_AREA)
    # Where a coarse pixel has both, its known and its filled half should agree; that difference is the seam.
    rim = (filled > 12) & (filled < 243)
    field = np.where(rim[:, :, None], before - behind, 0).astype(np.float32)
    near = cv2.blur(rim.astype(np.float32), (5, 5))
    seam = cv2.blur(field, (5, 5)) / np.maximum(near, 1e-6)[:, :, None]
    values = np.where(rim[:, :, None], seam, 0).astype(np.float32)
    for _ in range(_SEAM_SIDE):
        spread = cv2.blur(values, (3, 3), borderType=cv2.BORDER_REPLICATE)
        values = np.where(rim[:, :, None], seam, spread).astype(np.float32)
    # In whole codes, lighter and darker apart: eight bits are enlarged several times as fast as floats.
    lighter, darker = (np.round(np.clip(part, 0, 255)).astype(np.uint8) for part in (values, -values))
    own = np.ascontiguousarray(result[box.slices][:, :, :3])
    colors = cv2.add(own, cv2.resize(lighter, box.size, interpolation=cv2.INTER_LINEAR))
    colors = cv2.subtract(colors, cv2.resize(darker, box.size, interpolation=cv2.INTER_LINEAR))
    result[box.slices][:, :, :3] = cv2.copyTo(colors, inside, own.copy())
