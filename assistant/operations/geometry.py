"""Where pixels go: crop, turn, mirror, resize, surround. Whole pixels are moved, never resampled, where they can be."""

from __future__ import annotations

import math

import cv2
import numpy as np

from assistant import alpha
from assistant.colors import TRANSPARENT, Color, parse_color
from assistant.errors import OperationError
from assistant.frames import Affine, Frame, PixelMap
from assistant.operations.base import Context, Mapped, Resampling, geometry, measure
from assistant.operations.resizing import resized_part
from assistant.pictures import MAX_STORED_PIXELS, Picture, Pixels
from assistant.regions import Region
from assistant.sizes import Box, Size, centered, largest_with_aspect
from assistant.steps import Border, Crop, Flip, Pad, Resize, Rotate, Straighten
from assistant.where import box_pixels

_BREATHING_SHARE = 0.15
"""Room left around a subject that is framed, of its larger side."""
_MOST_TILT = 15.0
_MEASURE_SIDE = 1000


def move_pixels(mapped: Mapped, pixels: Pixels) -> Pixels:
    """(H, W, 3 or 4) pixels behind the step; RGB becomes RGBA where the step opens transparent room."""
    way, fill = mapped
    if isinstance(way, PixelMap):
        reaches_out = not way.box(Size(pixels.shape[1], pixels.shape[0]).box).contains(way.size.box)
        pixels = _with_alpha(pixels) if reaches_out and fill.alpha < 255 else pixels
        return way.apply(pixels, tuple(fill)[: pixels.shape[2]])
    size = Size(pixels.shape[1], pixels.shape[0])
    return _resampled(way, pixels, opens=_leaves_corners(way, size))


def frame_behind(mapped: Mapped, frame: Frame) -> Frame:
    """The frame of what the step returns."""
    if isinstance(mapped.way, PixelMap):
        return frame.after(mapped.way)
    return frame.resampled(mapped.way.affine, mapped.way.size)


def checked(size: Size) -> Size:
    """Raises OperationError when a step would make the picture too large or nothing at all."""
    if size.pixels > MAX_STORED_PIXELS or min(size) < 1:
        raise OperationError(
            f"That would make a picture of {size} pixels.",
            allowed=f"A picture may have 1 to {MAX_STORED_PIXELS // 1_000_000} million pixels.",
            remedy="Ask for another size.",
        )
    return size


def _with_alpha(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2RGBA), np.uint8) if pixels.shape[2] == 3 else pixels


def _leaves_corners(way: Resampling, size: Size) -> bool:
    a, b, x, c, d, y = way.affine
    there = np.array([[a, b], [c, d]])
    corners = np.array([[0, 0], [way.size.width, 0], [0, way.size.height], way.size]) - (x, y)
    back = np.linalg.solve(there, corners.T).T
    return bool((back < -0.5).any() or (back > np.array(size) + 0.5).any())


def _resampled(way: Resampling, pixels: Pixels, opens: bool) -> Pixels:
    """Pixels resampled; RGB becomes RGBA where the step `opens` transparent corners."""
    a, b, x, c, d, y = way.affine
    if b == 0 and c == 0:
        # A resize, or the middle of one.
        cuts = x != 0 or y != 0
        whole = Size(round(a * pixels.shape[1]), round(d * pixels.shape[0])) if cuts else way.size
        shown = way.size.box.shifted(round(-x), round(-y))
        method = cv2.INTER_AREA if whole.width < pixels.shape[1] or whole.height < pixels.shape[0] else cv2.INTER_CUBIC
        return alpha.resampled(pixels, lambda part: resized_part(part, whole, shown, method))
    # Pixel centres lie half a pixel from their edges.
    matrix = np.array([[a, b, x + 0.5 * (a + b) - 0.5], [c, d, y + 0.5 * (c + d) - 0.5]])

    def turned(part: Pixels, method: int, border: int) -> Pixels:
        return np.asarray(cv2.warpAffine(part, matrix, way.size, flags=method, borderMode=border), part.dtype)

    def colors(part: Pixels) -> Pixels:
        return turned(part, cv2.INTER_CUBIC, cv2.BORDER_REPLICATE)

    def opacity(part: Pixels) -> Pixels:
        return turned(part, cv2.INTER_LINEAR, cv2.BORDER_CONSTANT)

    if pixels.shape[2] == 4 or not opens:
        return alpha.resampled(pixels, colors, opacity)
    out = _with_alpha(colors(pixels))
    cv2.insertChannel(opacity(np.full(pixels.shape[:2], 255, np.uint8)), out, 3)
    return out


# -- crop --------------------------------------------------------------------------------------------------------------


@geometry(Crop)
def crop(step: Crop, context: Context) -> Mapped:
    return Mapped(PixelMap.crop(_crop_box(step, context)))


def _aspect(text: str) -> tuple[float, float]:
    width, height = text.split(":")
    return float(width), float(height)


def _crop_box(step: Crop, context: Context) -> Box:
    size = context.size
    if step.box is not None:
        box = box_pixels(step.box, step.unit, size) if not context.subject else context.subject.box
        box = box.clipped(size)
    elif step.subject is not None and context.subject is not None:
        return _around(context.subject.box, size, _aspect(step.aspect) if step.aspect else None)
    elif step.without is not None and context.subject is not None:
        box = _largest_beside(context.subject.box, size)
    elif step.side is not None:
        box = _cut_side(step, size)
    elif step.aspect is not None:
        return centered(largest_with_aspect(size, *_aspect(step.aspect)), size)
    else:
        raise _nothing_left()
    if box.is_empty:
        raise _nothing_left()
    if step.aspect:
        return centered(largest_with_aspect(box.size, *_aspect(step.aspect)), box.size).shifted(box.left, box.top)
    return box


def _nothing_left() -> OperationError:
    return OperationError(
        "That crop would leave nothing of the picture.",
        allowed="A crop must keep at least one pixel.",
        remedy="Choose a box that lies in the picture.",
    )


def _cut_side(step: Crop, size: Size) -> Box:
    across = step.side in ("left", "right")
    length = size.width if across else size.height
    cut = step.px if step.px is not None else round(length * (step.percent or 0) / 100)
    match step.side:
        case "left":
            return Box(cut, 0, size.width, size.height)
        case "right":
            return Box(0, 0, size.width - cut, size.height)
        case "top":
            return Box(0, cut, size.width, size.height)
    return Box(0, 0, size.width, size.height - cut)


def _around(subject: Box, size: Size, aspect: tuple[float, float] | None) -> Box:
    """The subject with some room, grown to the aspect, pushed back into the picture."""
    box = subject.grown(round(_BREATHING_SHARE * max(subject.size)))
    width, height = box.size
    if aspect:
        wanted = aspect[0] / aspect[1]
        width, height = max(width, round(height * wanted)), max(height, round(width / wanted))
    if width > size.width or height > size.height:
        shrunk = (
            largest_with_aspect(size, width, height)
            if aspect
            else Size(min(width, size.width), min(height, size.height))
        )
        width, height = shrunk
    left = min(max(0, (box.left + box.right - width) // 2), size.width - width)
    top = min(max(0, (box.top + box.bottom - height) // 2), size.height - height)
    return Box(left, top, left + width, top + height)


def _largest_beside(thing: Box, size: Size) -> Box:
    """The largest part of the picture, left, right, above or below, that does not show the thing."""
    beside = [
        Box(0, 0, thing.left, size.height), Box(thing.right, 0, size.width, size.height),
        Box(0, 0, size.width, thing.top), Box(0, thing.bottom, size.width, size.height),
    ]  # fmt: skip
    return max(beside, key=lambda box: box.area)


# -- turn and mirror ---------------------------------------------------------------------------------------------------


@geometry(Rotate)
def rotate(step: Rotate, context: Context) -> Mapped:
    degrees = step.degrees if step.direction == "clockwise" else 360 - step.degrees
    if degrees % 90 == 0:
        return Mapped(PixelMap.quarter_turns(context.size, round(degrees / 90)))
    cos, sin = abs(math.cos(math.radians(degrees))), abs(math.sin(math.radians(degrees)))
    width, height = context.size
    size = checked(Size(math.ceil(width * cos + height * sin - 1e-9), math.ceil(width * sin + height * cos - 1e-9)))
    return Mapped(Resampling(_turned(degrees, context.size, size), size))


def _turned(degrees: float, before: Size, behind: Size) -> Affine:
    """Clockwise around the middle of both sizes."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x = behind.width / 2 - (cos * before.width - sin * before.height) / 2
    y = behind.height / 2 - (sin * before.width + cos * before.height) / 2
    return cos, -sin, x, sin, cos, y


@geometry(Flip)
def flip(step: Flip, context: Context) -> Mapped:
    return Mapped(PixelMap.flip(context.size, step.direction == "horizontal"))


@measure(Straighten)
def measure_tilt(picture: Picture, step: Straighten, region: Region | None) -> dict[str, tuple[float, ...]]:
    """The turn, in degrees clockwise, that levels the long nearly level and upright lines; 0 when there are none."""
    if step.degrees is not None:
        return {"degrees": (step.degrees,)}
    scale = min(1.0, _MEASURE_SIDE / max(picture.size))
    gray = cv2.cvtColor(picture.flattened(), cv2.COLOR_RGB2GRAY)
    down, across = (max(scale, 1 / side) for side in gray.shape)
    gray = cv2.resize(gray, None, fx=across, fy=down, interpolation=cv2.INTER_AREA)
    edges = cv2.Canny(cv2.GaussianBlur(gray, (0, 0), 1.2), 40, 120)
    shortest = 0.12 * max(gray.shape)
    lines = cv2.HoughLinesP(edges, 1, math.pi / 720, round(0.6 * shortest), minLineLength=shortest, maxLineGap=8)
    if lines is None:
        return {"degrees": (0.0,)}
    x1, y1, x2, y2 = lines.reshape(-1, 4).T.astype(float)
    angles = np.degrees(np.arctan2(y2 - y1, x2 - x1))
    tilts = (angles + 45) % 90 - 45  # level and upright lines alike, -45 to 45
    weights = np.hypot(x2 - x1, y2 - y1)
    near = np.abs(tilts) <= _MOST_TILT
    if not near.any():
        return {"degrees": (0.0,)}
    tilts, weights = tilts[near], weights[near]
    # The mode of the tilts, length-weighted, then the mean around it: outliers do not pull.
    grid = np.arange(-_MOST_TILT, _MOST_TILT + 0.05, 0.1)
    density = (weights * np.exp(-0.5 * ((grid[:, None] - tilts) / 0.4) ** 2)).sum(axis=1)
    peak = grid[int(density.argmax())]
    close = np.abs(tilts - peak) <= 1
    tilt = float(np.average(tilts[close], weights=weights[close])) if close.any() else float(peak)
    return {"degrees": (round(-tilt, 2),)}


@geometry(Straighten)
def straighten(step: Straighten, context: Context) -> Mapped:
    (degrees,) = context.numbers["degrees"]
    if abs(degrees) < 0.05:
        return Mapped(PixelMap.identity(context.size))
    size = _inscribed(context.size, math.radians(abs(degrees)))
    return Mapped(Resampling(_turned(degrees, context.size, size), size))


def _inscribed(size: Size, angle: float) -> Size:
    """The largest rectangle of the same aspect inside the turned picture, so that no empty corner shows."""
    cos, sin = math.cos(angle), math.sin(angle)
    scale = min(
        size.width / (size.width * cos + size.height * sin), size.height / (size.width * sin + size.height * cos)
    )
    return Size(max(1, math.floor(size.width * scale) - 1), max(1, math.floor(size.height * scale) - 1))


# -- resize and surround -----------------------------------------------------------------------------------------------


@geometry(Resize)
def resize(step: Resize, context: Context) -> Mapped:
    size = context.size
    if step.width and step.height:
        wanted = checked(Size(step.width, step.height))
        across, down = wanted.width / size.width, wanted.height / size.height
        if step.fit == "cover" and abs(across / down - 1) > 0.005:
            return _covering(size, wanted, max(across, down))
    else:
        side = step.long_side or step.width or step.height or 0
        length = max(size) if step.long_side else size.width if step.width else size.height
        wanted = checked(size.scaled(step.percent / 100 if step.percent else side / length))
    if wanted == size:
        return Mapped(PixelMap.identity(size))
    return Mapped(Resampling((wanted.width / size.width, 0.0, 0.0, 0.0, wanted.height / size.height, 0.0), wanted))


def _covering(size: Size, wanted: Size, scale: float) -> Mapped:
    whole = Size(max(wanted.width, round(size.width * scale)), max(wanted.height, round(size.height * scale)))
    box = centered(wanted, whole)
    if whole == size:
        return Mapped(PixelMap.crop(box))
    affine = (whole.width / size.width, 0.0, float(-box.left), 0.0, whole.height / size.height, float(-box.top))
    return Mapped(Resampling(affine, wanted))


def _fill(color: str) -> Color:
    return Color(0, 0, 0, 0) if color == TRANSPARENT else parse_color(color)


@geometry(Pad)
def pad(step: Pad, context: Context) -> Mapped:
    size = context.size
    if step.aspect:
        width, height = _aspect(step.aspect)
        target = width / height
        wider = Size(max(size.width, round(size.height * target)), max(size.height, round(size.width / target)))
        outer = checked(wider)
        box = centered(outer, size)
    else:
        across = step.px or max(1, round(size.width * (step.percent or 0) / 100))
        down = step.px or max(1, round(size.height * (step.percent or 0) / 100))
        box = Box(-across, -down, size.width + across, size.height + down)
    only = step.side
    if only:
        room_x, room_y = box.size.width - size.width, box.size.height - size.height
        once = 1 if step.aspect else 2
        left = -(room_x // once) if only == "left" else 0
        top = -(room_y // once) if only == "top" else 0
        right = size.width + (room_x // once if only == "right" else 0)
        bottom = size.height + (room_y // once if only == "bottom" else 0)
        box = Box(left, top, right, bottom)
    checked(box.size)
    return Mapped(PixelMap.crop(box), _fill(step.color))


@geometry(Border)
def border(step: Border, context: Context) -> Mapped:
    px = step.px or max(1, round(min(context.size) * (step.percent or 0) / 100))
    box = context.size.box.grown(px)
    checked(box.size)
    return Mapped(PixelMap.crop(box), _fill(step.color))
