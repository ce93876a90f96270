"""What is done to something selected: fill, recolour, gradient, stroke, pixelate, move, copy, scale, heal."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from assistant.alpha import laid, opacity_of, resampled
from assistant.areas import anchor_of, parse_area
from assistant.colors import TRANSPARENT, Color, parse_color
from assistant.operations.base import Context, operation
from assistant.operations.inpaint import fill_hole
from assistant.operations.resizing import resized_part
from assistant.pictures import Pixels
from assistant.regions import Region, blend
from assistant.sizes import Box, Size
from assistant.steps import Copy, Fill, Gradient, Heal, Move, Pixelate, Recolor, Scale, Stroke

MARGIN_SHARE = 0.04
"""Room between a thing and the edge that it is put at, of the short side."""
_BLOCKS_ACROSS = 12
_LARGEST_BLOCK = 2900
"""Px; the sum over a larger one does not fit in the 32 bits that the mean is taken with."""
_FEW_SELECTED = 0.15
"""Below this share of a box it pays to compute only the selected pixels."""


def _put(pixels: Pixels, region: Region, above: Pixels) -> Pixels:
    """`above`, (h, w, C) of the region's box, laid on the picture by the region's alpha."""
    out = pixels.copy()
    part = out[region.box.slices]
    out[region.box.slices] = laid(np.ascontiguousarray(part), above, region.alpha)
    return out


def _flat(color: Color, box: Box, channels: int) -> Pixels:
    return np.full((box.size.height, box.size.width, channels), tuple(color)[:channels], np.uint8)


@operation(Fill)
def fill(pixels: Pixels, step: Fill, context: Context) -> Pixels:
    region = context.selected
    if step.color == TRANSPARENT:
        opaque = pixels if pixels.shape[2] == 4 else cv2.cvtColor(pixels, cv2.COLOR_RGB2RGBA)
        out = np.array(opaque, np.uint8)
        alpha = np.ascontiguousarray(out[region.box.slices][:, :, 3])
        out[region.box.slices][:, :, 3] = blend(alpha, np.zeros_like(alpha), region.alpha)
        return out
    color = parse_color(step.color)
    if color.alpha < 255:
        # A half-transparent colour tints what is below it.
        thin = np.round(region.coverage * (color.alpha / 255)).astype(np.uint8)
        region, color = Region(region.box, thin), color._replace(alpha=255)
    return _put(pixels, region, _flat(color, region.box, pixels.shape[2]))


@operation(Recolor, version=2)
def recolor(pixels: Pixels, step: Recolor, context: Context) -> Pixels:
    region: Region | None = context.selected
    if step.from_ is not None:
        source = np.array(parse_color(step.from_).rgb)
        near = _near(pixels, region.box, source, step.tolerance)
        region = Region(region.box, near if region.alpha is None else np.minimum(near, region.alpha)).trimmed()
        if region is None:
            return pixels  # nothing there has that colour
    else:
        part = pixels[region.box.slices]
        seen = region.coverage if part.shape[2] == 3 else np.minimum(region.coverage, part[:, :, 3])
        source = _main_color(np.ascontiguousarray(part[:, :, :3]), seen)
    target = np.array(parse_color(step.color).rgb)
    part = np.ascontiguousarray(pixels[region.box.slices])
    colors = np.ascontiguousarray(part[:, :, :3])
    if cv2.countNonZero(region.coverage) < _FEW_SELECTED * region.box.area:
        rows, columns = np.nonzero(region.coverage)
        changed = part.copy()
        changed[rows, columns, :3] = _shaded(colors[rows, columns][None], source, target)[0]
    else:
        changed = _shaded(colors, source, target)
        if pixels.shape[2] == 4:
            changed = np.asarray(cv2.merge([*cv2.split(changed), cv2.extractChannel(part, 3)]), np.uint8)
    return _put(pixels, region, changed)


def _near(pixels: Pixels, box: Box, color: NDArray[np.int64], tolerance: int) -> Pixels:
    """(h, w) of the box, 255 where each channel is within `tolerance` of the colour."""
    colors = np.ascontiguousarray(pixels[box.slices][:, :, :3])
    return np.asarray(cv2.inRange(colors, *_around(color, tolerance)), np.uint8)


def _around(color: NDArray[np.int64], tolerance: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return np.clip(color - tolerance, 0, 255), np.clip(color + tolerance, 0, 255)


def _main_color(colors: Pixels, alpha: Pixels) -> NDArray[np.int64]:
    """The colour that most of the selected and visible pixels have, or are near to."""
    samples = colors[alpha >= 128]
    if len(samples) == 0:
        samples = colors.reshape(-1, 3)
    samples = samples[:: max(1, len(samples) // 50_000)].astype(np.int64)
    coarse = samples // 16
    keys = coarse[:, 0] * 256 + coarse[:, 1] * 16 + coarse[:, 2]
    values, counts = np.unique(keys, return_counts=True)
    most = samples[keys == values[counts.argmax()]]
    return np.round(np.median(most, axis=0)).astype(np.int64)


def _shaded(colors: Pixels, source: NDArray[np.int64], target: NDArray[np.int64]) -> Pixels:
    """Colours (H, W, 3) with `source` brought exactly to `target`, lighter and darker ones to lighter and darker ones.

    In CIELAB: lightness keeps its ratio to the source's, chroma keeps its difference. The change is computed for every
    fourth code of each channel and added to the colours, which is within about a code of computing it for each pixel.
    """
    change = _change_table(source, target)
    places = (np.arange(256, dtype=np.int32) >> 2 << shift for shift in (12, 6, 0))
    red, green, blue = (cv2.LUT(part, place) for part, place in zip(cv2.split(colors), places, strict=True))
    moved = np.take(change, np.asarray(cv2.add(cv2.add(red, green), blue), np.int32), axis=0, mode="clip")
    result = np.asarray(cv2.add(colors, moved, dtype=cv2.CV_8U), np.uint8)
    exact = np.asarray(cv2.inRange(colors, source, source), np.uint8)
    if cv2.countNonZero(exact):
        result[exact > 0] = target
    return result


def _change_table(source: NDArray[np.int64], target: NDArray[np.int64]) -> NDArray[np.int16]:
    """(64³, 3) differences of colour codes, in the order red, green, blue."""
    codes = np.arange(64, dtype=np.float32) * 4 + 1.5
    grid = np.stack(np.meshgrid(codes, codes, codes, indexing="ij"), axis=-1).reshape(-1, 1, 3)
    ends = np.array([[source, target]], np.float32) / 255
    lab_source, lab_target = np.asarray(cv2.cvtColor(ends, cv2.COLOR_RGB2LAB))[0]
    lab = np.asarray(cv2.cvtColor(grid / 255, cv2.COLOR_RGB2LAB), np.float32)
    lightness = lab[:, :, 0]
    below = lightness * np.float32(lab_target[0] / max(float(lab_source[0]), 1.0))
    above = 100 - (100 - lightness) * np.float32((100 - lab_target[0]) / max(100 - float(lab_source[0]), 1.0))
    lab[:, :, 0] = np.where(lightness <= lab_source[0], below, above)
    lab[:, :, 1:] += (lab_target - lab_source)[1:]
    shaded = np.clip(np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)) * 255, 0, 255)
    return np.round(shaded - grid).astype(np.int16).reshape(-1, 3)


@operation(Gradient)
def gradient(pixels: Pixels, step: Gradient, context: Context) -> Pixels:
    region = context.selected
    box = region.box
    stops = np.array([tuple(parse_color(color)) for color in step.colors], np.float64)
    # A transparent stop has no colour of its own: it takes that of its neighbour.
    for place, stop in enumerate(stops):
        if stop[3] == 0:
            stops[place, :3] = stops[place - 1 if place else 1, :3]
    length = box.size.height if step.direction in ("down", "up") else box.size.width
    at = np.linspace(0, len(stops) - 1, length)
    if step.direction in ("up", "left"):
        at = at[::-1]
    run = np.stack([np.interp(at, np.arange(len(stops)), stops[:, channel]) for channel in range(4)], axis=1)
    line = np.floor(run + 0.5 + 1e-9).astype(np.uint8)  # halves go up whatever the last digit of a float says
    down = step.direction in ("down", "up")
    sheet = np.broadcast_to(line[:, None] if down else line[None, :], (box.size.height, box.size.width, 4))
    alpha = np.ascontiguousarray(sheet[:, :, 3])
    if region.alpha is not None:
        alpha = blend(np.zeros_like(alpha), alpha, region.alpha)
    above = np.ascontiguousarray(sheet[:, :, : pixels.shape[2]])
    if pixels.shape[2] == 4:
        above = above.copy()
        above[:, :, 3] = 255
    return _put(pixels, Region(box, alpha), above)


@operation(Stroke)
def stroke(pixels: Pixels, step: Stroke, context: Context) -> Pixels:
    box = context.selected.box.grown(step.px + 1).clipped(context.size)
    inside = (context.selected.mask(context.size)[box.slices] >= 128).astype(np.uint8)
    distance = cv2.distanceTransform(1 - inside, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    # Distances run from pixel centre to pixel centre: straight lines have hard rims, slanted ones a soft pixel.
    alpha = np.clip((step.px + 1 - distance) * 255, 0, 255).astype(np.uint8)
    alpha[inside > 0] = 0
    return _put(pixels, Region(box, alpha), _flat(parse_color(step.color), box, pixels.shape[2]))


@operation(Pixelate, version=2)
def pixelate(pixels: Pixels, step: Pixelate, context: Context) -> Pixels:
    region = context.selected
    part = np.ascontiguousarray(pixels[region.box.slices])
    block = min(step.px or max(8, round(max(region.box.size) / _BLOCKS_ACROSS)), _LARGEST_BLOCK)
    height, width = part.shape[:2]
    small_size = (max(1, -(-width // block)), max(1, -(-height // block)))
    padded = cv2.copyMakeBorder(
        part, 0, small_size[1] * block - height, 0, small_size[0] * block - width, cv2.BORDER_REPLICATE
    )
    small = resampled(
        np.asarray(padded, np.uint8), lambda part: cv2.resize(part, small_size, interpolation=cv2.INTER_AREA)
    )
    blocks = np.repeat(np.repeat(small, block, axis=0), block, axis=1)
    return _put(pixels, region, np.ascontiguousarray(blocks[:height, :width]))


@operation(Heal)
def heal(pixels: Pixels, step: Heal, context: Context) -> Pixels:
    return fill_hole(pixels, _hole(context.selected, context.size), step.seed)


def _hole(region: Region, size: Size) -> Pixels:
    return (region.mask(size) > 0).astype(np.uint8)


# -- move, copy, scale -------------------------------------------------------------------------------------------------


def placed_box(thing: Size, position: str, context: Context) -> Box:
    """Where a thing of this size lies at a named position, or on the middle of what the position names."""
    size = context.size
    anchor, area = anchor_of(position), parse_area(position)
    if anchor is None or area is None:
        middle = context.subject.box if context.subject else size.box
        left = (middle.left + middle.right - thing.width) // 2
        top = (middle.top + middle.bottom - thing.height) // 2
        return Box(left, top, left + thing.width, top + thing.height)
    room = area.pixels(size)
    margin = round(MARGIN_SHARE * min(size))
    left = round(room.left + anchor.x * (room.size.width - thing.width) + margin * (1 - 2 * anchor.x))
    top = round(room.top + anchor.y * (room.size.height - thing.height) + margin * (1 - 2 * anchor.y))
    if anchor.x == 0.5 and room.size.width < size.width:
        left = min(max(left, 0), max(0, size.width - thing.width))
    return Box(left, top, left + thing.width, top + thing.height)


def _target(step: Move | Copy, region: Region, context: Context) -> Box:
    if step.position is not None:
        return placed_box(region.box.size, step.position, context)
    px = step.px or 0
    dx = {"left": -px, "right": px}.get(step.direction or "", 0)
    dy = {"up": -px, "down": px}.get(step.direction or "", 0)
    return region.box.shifted(dx, dy)


def _lay(pixels: Pixels, thing: Pixels, alpha: Pixels, box: Box) -> Pixels:
    """A cut-out of the size of `box` laid there; what stands over the picture's rim is cut."""
    visible = box.clipped(Size(pixels.shape[1], pixels.shape[0]))
    if visible.is_empty:
        return pixels
    inner = visible.shifted(-box.left, -box.top).slices
    return _put(pixels, Region(visible, np.ascontiguousarray(alpha[inner])), np.ascontiguousarray(thing[inner]))


@operation(Copy)
def copy(pixels: Pixels, step: Copy, context: Context) -> Pixels:
    region = context.selected
    return _lay(pixels, pixels[region.box.slices].copy(), region.coverage, _target(step, region, context))


@operation(Move)
def move(pixels: Pixels, step: Move, context: Context) -> Pixels:
    region = context.selected
    thing = pixels[region.box.slices].copy()
    left = fill_hole(pixels, _hole(region, context.size), step.seed)
    return _lay(left, thing, region.coverage, _target(step, region, context))


@operation(Scale, version=2)
def scale(pixels: Pixels, step: Scale, context: Context) -> Pixels:
    region = context.selected
    old = region.box
    size = old.size.scaled(step.percent / 100)
    left = round((old.left + old.right) / 2 - size.width / 2)
    top = round((old.top + old.bottom) / 2 - size.height / 2)
    box = Box(left, top, left + size.width, top + size.height)
    visible = box.clipped(context.size)
    hard = region.alpha is None or not cv2.inRange(region.alpha, 1, 254).any()
    thing, alpha = _enlarged(pixels[old.slices], region.coverage, size, visible.shifted(-box.left, -box.top), hard)
    below = pixels
    if step.percent < 100 or region.alpha is not None:
        below = fill_hole(pixels, _hole(region, context.size), step.seed)
    return _put(below, Region(visible, alpha), thing)


def _enlarged(part: Pixels, alpha: Pixels, size: Size, inner: Box, hard: bool) -> tuple[Pixels, Pixels]:
    """The part `inner` of a cut-out made to `size`, and its alpha.

    Colours are weighted by how much is selected and seen of them, so that nothing else bleeds in.
    """
    shrinks = size.width < part.shape[1]

    def resize(image: NDArray[Any]) -> NDArray[Any]:
        return resized_part(image, size, inner, cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)

    weighted = cv2.multiply(part, cv2.merge([alpha] * part.shape[2]), scale=1 / 255)
    thin = np.asarray(resize(alpha), np.uint8)
    colors = np.asarray(cv2.divide(resize(weighted), cv2.merge([thin] * part.shape[2]), scale=255), np.uint8)
    if (opacity := opacity_of(part)) is not None:
        seen = part.copy()
        cv2.insertChannel(cv2.multiply(alpha, opacity, scale=1 / 255), seen, 3)
        colors[:, :, :3] = resampled(seen, resize)[:, :, :3]
    return colors, np.where(thin >= 128, 255, 0).astype(np.uint8) if hard else thin
