"""How pixels travel: whole-pixel maps (crop, pad, flip, quarter turn) and the frame in which a box or patch lives."""

from __future__ import annotations

import hashlib
from typing import NamedTuple, TypeAlias

import cv2
import numpy as np

from assistant.pictures import Pixels
from assistant.sizes import Box, Size

Affine: TypeAlias = tuple[float, float, float, float, float, float]


class PixelMap(NamedTuple):
    """A map that moves whole pixels: x' = a·x + b·y + dx, y' = c·x + d·y + dy on pixel *edges*.

    (a, b, c, d) is one of the eight symmetries of the square; `size` is that of the picture it leads to.
    """

    a: int
    b: int
    c: int
    d: int
    dx: int
    dy: int
    size: Size

    @classmethod
    def identity(cls, size: Size) -> PixelMap:
        return cls(1, 0, 0, 1, 0, 0, size)

    @classmethod
    def crop(cls, box: Box) -> PixelMap:
        """To the pixels in `box`; a box that reaches beyond the picture pads it."""
        return cls(1, 0, 0, 1, -box.left, -box.top, box.size)

    @classmethod
    def flip(cls, size: Size, horizontal: bool) -> PixelMap:
        return cls(-1, 0, 0, 1, size.width, 0, size) if horizontal else cls(1, 0, 0, -1, 0, size.height, size)

    @classmethod
    def quarter_turns(cls, size: Size, clockwise: int) -> PixelMap:
        """`clockwise` quarter turns, modulo 4."""
        turned = Size(size.height, size.width)
        match clockwise % 4:
            case 1:
                return cls(0, -1, 1, 0, size.height, 0, turned)
            case 2:
                return cls(-1, 0, 0, -1, size.width, size.height, size)
            case 3:
                return cls(0, 1, -1, 0, 0, size.width, turned)
        return cls.identity(size)

    def then(self, after: PixelMap) -> PixelMap:
        """This map first, `after` second."""
        return PixelMap(
            after.a * self.a + after.b * self.c, after.a * self.b + after.b * self.d,
            after.c * self.a + after.d * self.c, after.c * self.b + after.d * self.d,
            after.a * self.dx + after.b * self.dy + after.dx, after.c * self.dx + after.d * self.dy + after.dy,
            after.size,
        )  # fmt: skip

    def inverse(self, size: Size) -> PixelMap:
        """The way back, to a picture of `size` (where this map came from)."""
        # The inverse of a symmetry of the square is its transpose.
        a, b, c, d = self.a, self.c, self.b, self.d
        return PixelMap(a, b, c, d, -(a * self.dx + b * self.dy), -(c * self.dx + d * self.dy), size)

    def box(self, box: Box) -> Box:
        """Where `box` lands; may lie outside `size`."""
        xs = sorted((self.a * x + self.b * y + self.dx) for x, y in ((box.left, box.top), (box.right, box.bottom)))
        ys = sorted((self.c * x + self.d * y + self.dy) for x, y in ((box.left, box.top), (box.right, box.bottom)))
        return Box(xs[0], ys[0], xs[1], ys[1])

    def turn(self, pixels: Pixels) -> Pixels:
        """Only the flip and quarter turn, applied to (H, W, …) pixels; no crop, no padding. Always a new array."""
        turned = pixels.swapaxes(0, 1) if self.a == 0 else pixels
        across = -1 if self.a + self.b < 0 else 1
        down = -1 if self.c + self.d < 0 else 1
        return np.array(turned[::down, ::across], order="C")

    def apply(self, pixels: Pixels, fill: tuple[int, ...]) -> Pixels:
        """(H, W, …) pixels moved; what comes from outside is `fill`, one value per channel."""
        source = Size(pixels.shape[1], pixels.shape[0])
        landed = self.box(source.box)
        visible = landed.clipped(self.size)
        turned = self.turn(pixels)
        kept = turned[visible.shifted(-landed.left, -landed.top).slices] if not visible.is_empty else None
        if kept is not None and visible == self.size.box:
            return np.ascontiguousarray(kept)
        out = np.empty((self.size.height, self.size.width, *pixels.shape[2:]), pixels.dtype)
        out[...] = np.asarray(fill if pixels.ndim == 3 else fill[0], pixels.dtype)
        if kept is not None:
            out[visible.slices] = kept
        return out

    @property
    def affine(self) -> Affine:
        return float(self.a), float(self.b), float(self.dx), float(self.c), float(self.d), float(self.dy)


def _then(first: Affine, second: Affine) -> Affine:
    matrix = _square(second) @ _square(first)
    return tuple(float(value) for value in matrix[:2].reshape(-1))  # pyright: ignore[reportReturnType]


def _square(affine: Affine) -> np.ndarray:
    return np.array([affine[:3], affine[3:], (0.0, 0.0, 1.0)])


class Frame(NamedTuple):
    """The coordinates in which a step sees the picture.

    `base` names everything up to the last resampling, `moved` is the whole-pixel way from there, `affine` maps
    shares of the original's sides (0 to 1) to pixel edges here. Two frames with one base differ by whole pixels only.
    """

    base: str
    moved: PixelMap
    affine: Affine

    @classmethod
    def of_original(cls, size: Size) -> Frame:
        affine = (float(size.width), 0.0, 0.0, 0.0, float(size.height), 0.0)
        return cls(f"original {size.width}x{size.height}", PixelMap.identity(size), affine)

    @property
    def size(self) -> Size:
        return self.moved.size

    def after(self, step_map: PixelMap) -> Frame:
        """The frame behind a step that moves whole pixels."""
        return Frame(self.base, self.moved.then(step_map), _then(self.affine, step_map.affine))

    def resampled(self, affine: Affine, size: Size) -> Frame:
        """The frame behind a step that resamples: `affine` maps pixel edges before it to pixel edges behind it."""
        numbers = ",".join(f"{value:.9g}" for value in (*self.moved[:6], *self.size, *affine, *size))
        base = hashlib.sha256(f"{self.base}|{numbers}".encode()).hexdigest()[:16]
        return Frame(base, PixelMap.identity(size), _then(self.affine, affine))

    def way_to(self, other: Frame) -> PixelMap | None:
        """The whole-pixel map from here to `other`, or None when a resampling lies between them."""
        if self.base != other.base:
            return None
        # All frames of one base come from one size; the inverse's size only matters as an intermediate.
        return self.moved.inverse(self.size).then(other.moved)

    def warp_to(self, other: Frame, pixels: Pixels) -> Pixels:
        """(H, W, …) pixels of this frame seen in `other`, resampled; 0 outside."""
        matrix = _square(other.affine) @ np.linalg.inv(_square(self.affine))
        half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])  # pixel centres lie half a pixel from their edges
        centers = np.linalg.inv(half) @ matrix @ half
        return np.asarray(cv2.warpAffine(pixels, centers[:2], other.size, flags=cv2.INTER_LINEAR), pixels.dtype)

    def point_to(self, other: Frame, x: float, y: float) -> tuple[float, float]:
        """A point, in pixel edges of this frame, as a point of `other`."""
        moved = _square(other.affine) @ np.linalg.inv(_square(self.affine)) @ np.array([x, y, 1.0])
        return float(moved[0]), float(moved[1])
