"""Outlines in unit space: x to the right and y downwards, both 0..1 across the picture; arrays of shape (points, 2)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Path = NDArray[np.float64]
Points = Sequence[tuple[float, float]]

CURVE_STEPS = 6
ROUND_STEPS = 40
CORNER_STEPS = 6

_TURN = np.linspace(0, 2 * np.pi, ROUND_STEPS, endpoint=False)
_CIRCLE = np.stack([np.cos(_TURN), np.sin(_TURN)], axis=1)


def polygon(*points: tuple[float, float]) -> Path:
    """Straight edges through the points."""
    return np.array(points, dtype=np.float64)


def smooth(points: Points | Path, closed: bool = True) -> Path:
    """A soft curve through all the points (uniform Catmull-Rom)."""
    knots = np.asarray(points, dtype=np.float64)
    if closed:
        padded = np.concatenate([knots[-1:], knots, knots[:2]])
    else:
        padded = np.concatenate([knots[:1], knots, knots[-1:]])
    before, start, end, after = padded[:-3, None], padded[1:-2, None], padded[2:-1, None], padded[3:, None]
    t = (np.arange(CURVE_STEPS) / CURVE_STEPS)[None, :, None]
    curve = 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t**2
        + (3 * start - before - 3 * end + after) * t**3
    )
    curve = curve.reshape(-1, 2)
    return curve if closed else np.concatenate([curve, knots[-1:]])


def symmetric(half: Points, centre: float = 0.5) -> Path:
    """A soft closed shape from its right half, top to bottom, x given as distance from the centre line."""
    right = np.asarray(half, dtype=np.float64)
    left = right[::-1] * (-1, 1)
    if right[-1, 0] == 0:
        left = left[1:]
    if right[0, 0] == 0:
        left = left[:-1]
    return smooth(np.concatenate([right, left]) + (centre, 0))


def ellipse(x: float, y: float, width: float, height: float, turn: float = 0.0) -> Path:
    """An ellipse about (x, y) with the given radii, turned clockwise by degrees."""
    shape = _CIRCLE * (width, height) + (x, y)
    return rotated(shape, turn, (x, y)) if turn else shape


def arc(x: float, y: float, width: float, height: float, start: float, end: float) -> Path:
    """An open arc about (x, y) from one angle to another, in degrees clockwise from the right."""
    angle = np.radians(np.linspace(start, end, ROUND_STEPS // 2))
    return np.stack([x + width * np.cos(angle), y + height * np.sin(angle)], axis=1)


def rectangle(left: float, top: float, right: float, bottom: float, radius: float = 0.0) -> Path:
    """A rectangle, with round corners when a radius is given."""
    if radius <= 0:
        return polygon((left, top), (right, top), (right, bottom), (left, bottom))
    corners = (
        (right - radius, bottom - radius, 0),
        (left + radius, bottom - radius, 90),
        (left + radius, top + radius, 180),
        (right - radius, top + radius, 270),
    )
    turns = np.radians(np.linspace(0, 90, CORNER_STEPS))
    pieces = [
        np.stack(
            [x + radius * np.cos(turns + np.radians(start)), y + radius * np.sin(turns + np.radians(start))], axis=1
        )
        for x, y, start in corners
    ]
    return np.concatenate(pieces)


def ribbon(points: Points | Path, widths: float | Sequence[float]) -> Path:
    """A closed band around an open line; widths are full widths at each point (or one for all)."""
    line = np.asarray(points, dtype=np.float64)
    along = np.gradient(line, axis=0)
    normal = np.stack([-along[:, 1], along[:, 0]], axis=1)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    half = np.interp(np.linspace(0, 1, len(line)), np.linspace(0, 1, np.size(widths)), np.atleast_1d(widths)) / 2
    return np.concatenate([line + normal * half[:, None], (line - normal * half[:, None])[::-1]])


def rotated(path: Path, degrees: float, about: tuple[float, float]) -> Path:
    """The path turned clockwise about a point."""
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return (path - about) @ turn + about


def mirrored(path: Path, centre: float = 0.5) -> Path:
    """The path reflected left to right about a vertical line."""
    return np.stack([2 * centre - path[:, 0], path[:, 1]], axis=1)


def moved(path: Path, right: float, down: float) -> Path:
    """The path shifted."""
    return path + (right, down)


def scaled(path: Path, factor: float, about: tuple[float, float]) -> Path:
    """The path grown or shrunk about a point."""
    return (path - about) * factor + about


def below(path: Path, y: float) -> Path:
    """The part of a closed path under a horizontal line (may be empty)."""
    following = np.roll(path, -1, axis=0)
    kept: list[Path] = []
    for here, there in zip(path, following, strict=True):
        inside, next_inside = here[1] >= y, there[1] >= y
        if inside:
            kept.append(here)
        if inside != next_inside:
            kept.append(here + (there - here) * (y - here[1]) / (there[1] - here[1]))
    return np.array(kept) if len(kept) > 2 else np.empty((0, 2))


def bumpy(x: float, y: float, width: float, height: float, bumps: int, depth: float, phase: float = 0.0) -> Path:
    """An ellipse with a scalloped edge, as curls, leaves and clouds have; depth is a share of the radius."""
    angle = np.linspace(0, 2 * np.pi, max(ROUND_STEPS, bumps * 8), endpoint=False)
    swell = 1 - depth + depth * np.abs(np.sin(angle * bumps / 2 + phase))
    return np.stack([x + width * swell * np.cos(angle), y + height * swell * np.sin(angle)], axis=1)


def heart(x: float, y: float, radius: float) -> Path:
    """A heart that fits a circle of the radius about (x, y)."""
    across = np.sin(_TURN) ** 3
    down = -(13 * np.cos(_TURN) - 5 * np.cos(2 * _TURN) - 2 * np.cos(3 * _TURN) - np.cos(4 * _TURN)) / 16
    return np.stack([x + radius * across, y + radius * down], axis=1)


def star(x: float, y: float, radius: float, points: int = 5, inner: float = 0.45) -> Path:
    """A star with its first point up; inner is the share of the radius at the notches."""
    angle = np.arange(2 * points) * np.pi / points - np.pi / 2
    reach = np.where(np.arange(2 * points) % 2 == 0, radius, radius * inner)
    return np.stack([x + reach * np.cos(angle), y + reach * np.sin(angle)], axis=1)
