"""Sizes and boxes in whole pixels: the one place that rounds, fits and snaps."""

from __future__ import annotations

import math
from typing import NamedTuple


class Size(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width} × {self.height}"

    @property
    def pixels(self) -> int:
        return self.width * self.height

    @property
    def aspect(self) -> float:
        return self.width / self.height

    @property
    def box(self) -> Box:
        """The whole picture."""
        return Box(0, 0, self.width, self.height)

    def scaled(self, factor: float) -> Size:
        """Both sides times `factor`, at least 1 px."""
        return Size(max(1, round(self.width * factor)), max(1, round(self.height * factor)))

    def fit(self, longest: int) -> Size:
        """This size, shrunk so that no side is longer than `longest` px; never enlarged."""
        return self.scaled(min(1.0, longest / max(self)))

    def snapped(self, multiple: int) -> Size:
        """Both sides rounded up to a multiple of `multiple` px."""
        return Size(*(max(multiple, math.ceil(side / multiple) * multiple) for side in self))


class Box(NamedTuple):
    """Half-open rectangle in pixels: `left` and `top` belong to it, `right` and `bottom` do not."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> Size:
        return Size(max(0, self.right - self.left), max(0, self.bottom - self.top))

    @property
    def area(self) -> int:
        return self.size.pixels

    @property
    def is_empty(self) -> bool:
        return self.right <= self.left or self.bottom <= self.top

    @property
    def slices(self) -> tuple[slice, slice]:
        """Rows and columns, for indexing an (H, W, …) array."""
        return slice(self.top, self.bottom), slice(self.left, self.right)

    def intersection(self, other: Box) -> Box:
        return Box(
            max(self.left, other.left), max(self.top, other.top),
            min(self.right, other.right), min(self.bottom, other.bottom),
        )  # fmt: skip

    def union(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.left, other.left), min(self.top, other.top),
            max(self.right, other.right), max(self.bottom, other.bottom),
        )  # fmt: skip

    def contains(self, other: Box) -> bool:
        return self.union(other) == self

    def iou(self, other: Box) -> float:
        """Intersection over union, 0 to 1."""
        shared = self.intersection(other).area
        whole = self.area + other.area - shared
        return shared / whole if whole else 0.0

    def share_inside(self, other: Box) -> float:
        """Which part of this box lies in `other`, 0 to 1."""
        return self.intersection(other).area / self.area if self.area else 0.0

    def shifted(self, dx: int, dy: int) -> Box:
        return Box(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def grown(self, margin: int) -> Box:
        """The same box with `margin` px more on each side."""
        return Box(self.left - margin, self.top - margin, self.right + margin, self.bottom + margin)

    def clipped(self, size: Size) -> Box:
        """The part of this box inside a picture of `size`; may be empty."""
        return self.intersection(size.box)


# Rule 10 of the script: when two generative steps work on the same region.
SAME_REGION_IOU = 0.3
SAME_REGION_INSIDE = 0.7


def same_region(one: Box, other: Box) -> bool:
    """Whether two local wishes are about one place: IoU at least 0.3, or one at least 70 % inside the other."""
    inside = max(one.share_inside(other), other.share_inside(one))
    return one.iou(other) >= SAME_REGION_IOU or inside >= SAME_REGION_INSIDE


def largest_with_aspect(size: Size, width: float, height: float) -> Size:
    """The largest size of the aspect `width`:`height` that fits into `size`."""
    target = width / height
    if size.aspect > target:
        return Size(max(1, min(size.width, round(size.height * target))), size.height)
    return Size(size.width, max(1, min(size.height, round(size.width / target))))


def centered(inner: Size, outer: Size) -> Box:
    """`inner` placed in the middle of `outer`."""
    left, top = (outer.width - inner.width) // 2, (outer.height - inner.height) // 2
    return Box(left, top, left + inner.width, top + inner.height)
