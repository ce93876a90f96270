"""Curves of a training run, drawn with Pillow."""

import math
from collections.abc import Mapping, Sequence

from PIL import Image, ImageDraw

_WIDTH, _HEIGHT = 640, 180  # px, of one curve's panel
_MARGIN = 28
_INK, _LINE, _GROUND = (60, 60, 60), (200, 60, 40), (255, 255, 255)


def draw_curves(rows: Sequence[Mapping[str, float]], across: str, names: Sequence[str]) -> Image.Image:
    """One panel for each name, above one another; the value of `across` runs from left to right."""
    sheet = Image.new("RGB", (_WIDTH, _HEIGHT * len(names)), _GROUND)
    pen = ImageDraw.Draw(sheet)
    for number, name in enumerate(names):
        points = [(row[across], row[name]) for row in rows if math.isfinite(row[name])]
        _draw_panel(pen, number * _HEIGHT, name, points)
    return sheet


def _draw_panel(pen: ImageDraw.ImageDraw, top: int, name: str, points: Sequence[tuple[float, float]]) -> None:
    frame = (_MARGIN, top + _MARGIN, _WIDTH - _MARGIN, top + _HEIGHT - _MARGIN)
    pen.rectangle(frame, outline=_INK)
    if not points:
        pen.text((_MARGIN, top + 8), name, fill=_INK)
        return
    places, values = zip(*points, strict=True)
    pen.text((_MARGIN, top + 8), f"{name}: {values[-1]:.5g}  ({min(values):.4g} to {max(values):.4g})", fill=_INK)
    line = [
        (_between(frame[0], frame[2], place, places), _between(frame[3], frame[1], value, values))
        for place, value in points
    ]
    pen.line([*line, line[-1]], fill=_LINE, width=2)


def _between(start: int, end: int, value: float, values: Sequence[float]) -> float:
    """Where a value lies on the way from start to end, if the least lies at the start and the greatest at the end."""
    low, high = min(values), max(values)
    return start + (end - start) * ((value - low) / (high - low) if high > low else 0.5)
