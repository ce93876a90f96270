"""Which part of a picture a painter looks at, and at what size it paints it, so that framing never moves."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from assistant.profiles import SizeRule
from assistant.sizes import Box, Size

_MOST_ASPECT = 6.0
"""Pipelines refuse long strips (FLUX.2 from 8:1 on); a short side is continued until it is shorter by no more."""
LEAST_SIDE = 64
"""Of what they take, in px."""
_CONTEXT = 2.0
"""A view is at least so many times as wide and high as the place that shall change."""


class Room(NamedTuple):
    """Sizes in px: what a view is brought to, and what that is continued to by reflection, right and below."""

    inner: Size
    outer: Size


def room_for(rule: SizeRule, size: Size) -> Room:
    """How a view of `size` is painted: its own aspect inside; outside whole multiples and no more than allowed."""
    sizes = rule.sizes or (_sizes_that_stay(rule.pixels, rule.multiple, rule.fills_up) if rule.fills else ())
    inner = size.scaled(_factor(rule, size))
    if sizes:
        return max((_fitted(size, outer) for outer in sizes), key=lambda room: _closeness(room, inner))
    while (outer := _continued(inner, rule.multiple)).pixels > rule.pixels and max(inner) > rule.multiple:
        inner = size.scaled(max(inner) / max(size) - 1 / max(size))
    return Room(inner, outer)


def _factor(rule: SizeRule, size: Size) -> float:
    """As it is, where that is neither too much to paint nor too little."""
    enlarged = max(1.0, math.sqrt(rule.least / size.pixels))
    return min(math.sqrt(rule.pixels / size.pixels), enlarged)


def _closeness(room: Room, wanted: Size) -> float:
    """How much of a room is picture, 0..1; less where the picture is made larger or smaller than it should be."""
    ratio = room.inner.pixels / wanted.pixels
    return room.inner.pixels / room.outer.pixels * math.sqrt(min(ratio, 1 / ratio))


def _continued(inner: Size, multiple: int) -> Size:
    shortest = max(LEAST_SIDE, math.ceil(max(inner) / _MOST_ASPECT))
    return Size(max(inner.width, shortest), max(inner.height, shortest)).snapped(multiple)


def _fitted(size: Size, outer: Size) -> Room:
    """A view as large as it fits into `outer`."""
    inner = size.scaled(min(outer.width / size.width, outer.height / size.height))
    return Room(Size(min(inner.width, outer.width), min(inner.height, outer.height)), outer)


@cache
def _sizes_that_stay(pixels: int, multiple: int, up: bool) -> tuple[Size, ...]:
    """Sizes of about `pixels` that pipelines which bring every picture to that area leave as they are."""
    return tuple(dict.fromkeys(_all_that_stay(pixels, multiple, math.ceil if up else round)))


def _all_that_stay(pixels: int, multiple: int, whole: Callable[[float], int]) -> Iterator[Size]:
    """`whole` is how they come to multiples; the order of the arithmetic is theirs, since they round what it gives."""
    side = math.isqrt(pixels)
    for width in range(multiple, int(side * _MOST_ASPECT), multiple):
        height = whole(pixels / width / multiple) * multiple
        if height and max(width / height, height / width) <= _MOST_ASPECT:
            ratio = width / height
            again = math.sqrt(pixels * ratio)
            if (whole(again / multiple) * multiple, whole(again / ratio / multiple) * multiple) == (width, height):
                yield Size(width, height)


def view_box(rule: SizeRule, size: Size, box: Box) -> Box:
    """The part of a picture of `size` to look at when `box` of it is to change.

    All of a picture that can be painted as it is; else as much around the box as can, and never less than its context.
    """
    if size.pixels <= rule.pixels:
        return size.box
    most = size.scaled(min(1.0, math.sqrt(rule.pixels / size.pixels)))
    wanted = Size(
        min(size.width, max(most.width, math.ceil(box.size.width * _CONTEXT))),
        min(size.height, max(most.height, math.ceil(box.size.height * _CONTEXT))),
    )
    left = _placed(box.left, box.right, wanted.width, size.width)
    top = _placed(box.top, box.bottom, wanted.height, size.height)
    return Box(left, top, left + wanted.width, top + wanted.height)


def _placed(start: int, end: int, length: int, room: int) -> int:
    """Where a stretch of `length` around the middle of start..end begins, inside 0..room."""
    return min(max(0, (start + end - length) // 2), room - length)
