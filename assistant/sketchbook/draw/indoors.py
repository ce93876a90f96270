"""Rooms with a window, through which the time and the weather are seen, and the plain studio."""

from collections.abc import Sequence

import numpy as np

from assistant.sketchbook.draw.colors import (
    COLORS,
    INK,
    LAMP_LIGHT,
    LEAF,
    WHITE,
    WOOD,
    Rgb,
    brightness,
    darker,
    lighter,
    mix,
    rgb,
)
from assistant.sketchbook.draw.land import draw_ground, draw_round_tree
from assistant.sketchbook.draw.paths import arc, bumpy, ellipse, polygon, rectangle, ribbon, smooth
from assistant.sketchbook.draw.sky import MOON, cloud_color
from assistant.sketchbook.draw.stage import Stage
from assistant.sketchbook.scene import Time, Weather

_WALL = rgb("#e8cdb0")
_FLOOR = rgb("#b98560")
_CURTAIN = rgb("#7fa8a3")
_SHELF = rgb("#8a5a3a")
_LIBRARY_WALL = rgb("#6d4836")
_CAFE_WALL = rgb("#3f6b66")
_BOOKS = (
    rgb("#b8453f"),
    rgb("#e0a648"),
    rgb("#4d7f8c"),
    rgb("#7a5a94"),
    rgb("#5f8f5a"),
    rgb("#d9cbb0"),
    rgb("#c8775a"),
)
_FRAME = rgb("#f3ebdd")
_SHELF_STEP = 0.145


def draw_view(stage: Stage) -> None:
    """What lies outside a window: hills and a tree under the sky."""
    draw_ground(stage, [(-0.1, 0.46), (0.2, 0.42), (0.5, 0.45), (0.8, 0.40), (1.1, 0.45)], rgb("#9cc48c"), 0.6)
    draw_ground(stage, [(-0.1, 0.50), (0.3, 0.47), (0.7, 0.50), (1.1, 0.47)], rgb("#84b56e"), 0.2)
    for x, height in ((0.10, 0.17), (0.24, 0.12), (0.78, 0.14), (0.90, 0.20)):
        draw_round_tree(stage, x, 0.515, height, LEAF, 0.2)


def _wall_around(stage: Stage, window: tuple[float, float, float, float], color: Rgb) -> None:
    """A wall that leaves a window open."""
    left, top, right, bottom = window
    for box in ((0.0, 0.0, 1.0, top), (0.0, bottom, 1.0, 1.0), (0.0, top, left, bottom), (right, top, 1.0, bottom)):
        stage.canvas.fill(rectangle(box[0] - 0.001, box[1] - 0.001, box[2] + 0.001, box[3] + 0.001), color)


def _frame(
    stage: Stage, window: tuple[float, float, float, float], color: Rgb, bars: Sequence[float], crossbar: float
) -> None:
    left, top, right, bottom = window
    canvas = stage.canvas
    for x in bars:
        canvas.fill(rectangle(x - 0.007, top, x + 0.007, bottom), color)
    canvas.fill(rectangle(left, crossbar - 0.006, right, crossbar + 0.006), color)
    edge = rectangle(left, top, right, bottom)
    canvas.outline(edge, color, 0.022)


def draw_room(stage: Stage) -> None:
    """A living room: a wide window with curtains, a plant, a reading lamp."""
    canvas, window = stage.canvas, (0.12, 0.08, 0.88, 0.56)
    _wall_around(stage, window, _WALL)
    canvas.fill(rectangle(-0.1, 0.735, 1.1, 1.1), darker(_WALL, 0.25))
    canvas.fill(rectangle(-0.1, 0.722, 1.1, 0.745), lighter(_WALL, 0.4))
    for x in np.arange(0.02, 1.0, 0.08):
        canvas.stroke([(x, 0.76), (x, 1.0)], darker(_WALL, 0.42), 0.004)
    _frame(stage, window, _FRAME, (0.31, 0.69), 0.20)
    canvas.fill(rectangle(0.08, 0.552, 0.92, 0.585, 0.006), lighter(_FRAME, 0.2))
    canvas.stroke([(0.03, 0.055), (0.97, 0.055)], darker(WOOD, 0.5), 0.014)
    for way in (-1, 1):
        x = 0.5 + way * 0.415
        curtain = smooth(
            [
                (x - 0.075, 0.055),
                (x + 0.075, 0.055),
                (x + 0.068 - way * 0.01, 0.35),
                (x + 0.080, 0.66),
                (x - 0.080, 0.66),
                (x - 0.068 - way * 0.01, 0.35),
            ]
        )
        canvas.blend(curtain, lighter(_CURTAIN, 0.1), darker(_CURTAIN, 0.2))
        for fold in (-0.04, 0.0, 0.04):
            canvas.shade(
                curtain,
                ribbon([(x + fold, 0.05), (x + fold * 0.9, 0.35), (x + fold * 1.1, 0.67)], (0.010, 0.006, 0.014)),
                darker(_CURTAIN, 0.45),
            )
    _draw_plant(stage, 0.115, 0.80)
    _draw_reading_lamp(stage, 0.895)


def _draw_plant(stage: Stage, x: float, foot: float) -> None:
    canvas = stage.canvas
    for turn, reach in ((-62, 0.16), (-30, 0.19), (0, 0.21), (30, 0.18), (60, 0.15)):
        angle = np.radians(turn - 90)
        leaf = ellipse(
            x + reach * 0.55 * np.cos(angle), foot - 0.10 + reach * 0.55 * np.sin(angle), reach * 0.5, 0.028, turn - 90
        )
        canvas.fill(leaf, LEAF if turn <= 0 else darker(LEAF, 0.4))
    canvas.fill(
        polygon(
            (x - 0.062, foot - 0.085), (x + 0.062, foot - 0.085), (x + 0.046, foot + 0.05), (x - 0.046, foot + 0.05)
        ),
        rgb("#d8875f"),
    )
    canvas.fill(rectangle(x - 0.070, foot - 0.100, x + 0.070, foot - 0.066, 0.006), rgb("#e39c76"))


def _draw_reading_lamp(stage: Stage, x: float) -> None:
    canvas, shine = stage.canvas, stage.light.lamps
    canvas.stroke([(x, 0.56), (x, 0.98)], darker(WOOD, 0.7), 0.012)
    canvas.glow(x, 0.52, 0.36, LAMP_LIGHT, 0.7 * shine)
    shade = polygon((x - 0.055, 0.43), (x + 0.055, 0.43), (x + 0.092, 0.565), (x - 0.092, 0.565))
    canvas.blend(
        shade, mix(rgb("#f1d9a7"), LAMP_LIGHT, shine), mix(rgb("#e9c68a"), WHITE, 0.5 * shine), glowing=shine > 0.6
    )


def draw_library(stage: Stage) -> None:
    """Shelves to the ceiling around an arched window."""
    canvas, window = stage.canvas, (0.205, 0.03, 0.795, 0.62)
    _wall_around(stage, window, _LIBRARY_WALL)
    left, top, right, _ = window
    middle, radius = (left + right) / 2, (right - left) / 2
    for start, end, corner in ((180, 270, left), (360, 270, right)):
        canvas.fill(
            np.concatenate([arc(middle, top + radius, radius, radius, start, end), polygon((corner, top))]),
            _LIBRARY_WALL,
        )
    arch = np.concatenate([arc(middle, top + radius, radius, radius, 180, 360), polygon((right, 0.62), (left, 0.62))])
    canvas.outline(arch, lighter(_SHELF, 0.15), 0.022)
    for x in (left + 0.147, right - 0.147):
        canvas.stroke([(x, top + 0.04), (x, 0.62)], lighter(_SHELF, 0.15), 0.010)
    canvas.stroke([(left, top + radius), (right, top + radius)], lighter(_SHELF, 0.15), 0.010)
    canvas.fill(rectangle(left - 0.02, 0.612, right + 0.02, 0.640, 0.006), lighter(_SHELF, 0.3))
    _draw_shelves(stage, "left shelf", -0.02, 0.185)
    _draw_shelves(stage, "right shelf", 0.815, 1.02)
    canvas.fill(rectangle(-0.1, 0.90, 1.1, 1.1), darker(_FLOOR, 0.4))


def _draw_shelves(stage: Stage, name: str, left: float, right: float) -> None:
    canvas, rng = stage.canvas, stage.jitter(name)
    canvas.fill(rectangle(left, -0.02, right, 0.91), darker(_SHELF, 0.75))
    for row in range(6):
        floor = 0.115 + row * _SHELF_STEP
        x = left + 0.012
        while x < right - 0.034:
            width, height = 0.016 + 0.018 * rng.random(), 0.075 + 0.042 * rng.random()
            color = _BOOKS[int(rng.integers(len(_BOOKS)))]
            canvas.fill(rectangle(x, floor - height, x + width - 0.003, floor), color)
            canvas.fill(
                rectangle(x, floor - height * 0.82, x + width - 0.003, floor - height * 0.74), lighter(color, 0.4)
            )
            x += width + (0.02 if rng.random() < 0.12 else 0)
        canvas.fill(rectangle(left, floor, right, floor + 0.016), lighter(_SHELF, 0.08))
    for x in (left, right):
        canvas.fill(rectangle(x - 0.010, -0.02, x + 0.010, 0.91), lighter(_SHELF, 0.15))


def draw_cafe(stage: Stage) -> None:
    """A big window, bunting, hanging lamps, and a counter with cakes."""
    canvas, window = stage.canvas, (0.06, 0.17, 0.94, 0.62)
    _wall_around(stage, window, _CAFE_WALL)
    _frame(stage, window, darker(WOOD, 0.35), (0.28, 0.72), 0.27)
    for x in np.arange(-0.02, 1.0, 0.11):
        canvas.stroke([(x, 0.66), (x, 0.82)], lighter(_CAFE_WALL, 0.15), 0.006)
    canvas.fill(rectangle(-0.1, 0.80, 1.1, 0.835), lighter(WOOD, 0.2))
    canvas.fill(rectangle(-0.1, 0.835, 1.1, 1.1), darker(WOOD, 0.3))
    string = smooth([(-0.05, 0.045), (0.25, 0.10), (0.5, 0.075), (0.75, 0.10), (1.05, 0.045)], closed=False)
    canvas.stroke(string, WHITE, 0.004)
    for index, point in enumerate(string[1::2]):
        flag = polygon((point[0] - 0.027, point[1]), (point[0] + 0.027, point[1]), (point[0], point[1] + 0.058))
        canvas.fill(flag, _BOOKS[index % len(_BOOKS)])
    for x in (0.16, 0.84):
        _draw_pendant(stage, x)
    _draw_cakes(stage)


def _draw_pendant(stage: Stage, x: float) -> None:
    canvas, shine = stage.canvas, max(stage.light.lamps, 0.25)
    canvas.stroke([(x, -0.02), (x, 0.27)], INK, 0.006)
    canvas.glow(x, 0.345, 0.26, LAMP_LIGHT, 0.75 * shine)
    canvas.fill(ellipse(x, 0.345, 0.027, 0.027), mix(WHITE, LAMP_LIGHT, 0.5), glowing=True)
    canvas.fill(
        smooth([(x - 0.015, 0.262), (x + 0.015, 0.262), (x + 0.062, 0.338), (x, 0.344), (x - 0.062, 0.338)]),
        rgb("#d9784f"),
    )


def _draw_cakes(stage: Stage) -> None:
    canvas = stage.canvas
    canvas.fill(rectangle(0.075, 0.785, 0.195, 0.800, 0.004), WHITE)
    canvas.fill(rectangle(0.088, 0.722, 0.182, 0.786, 0.010), rgb("#f3d9b8"))
    canvas.fill(rectangle(0.088, 0.716, 0.182, 0.742, 0.010), rgb("#ef9ab0"))
    for x in (0.108, 0.135, 0.162):
        canvas.fill(ellipse(x, 0.708, 0.011, 0.011), rgb("#cf3246"))
    canvas.fill(rectangle(0.845, 0.735, 0.905, 0.800, 0.010), WHITE)
    for x, y in ((0.855, 0.700), (0.892, 0.690), (0.875, 0.672)):
        canvas.stroke([(0.875, 0.74), (x, y)], darker(LEAF, 0.3), 0.006)
        canvas.fill(bumpy(x, y, 0.022, 0.022, 7, 0.2), rgb("#f2b83e"))


def draw_studio(stage: Stage) -> None:
    """A plain backdrop with a large paper disc that carries the time of day, and paper clouds for the weather."""
    canvas, scene = stage.canvas, stage.scene
    color = COLORS[scene.backdrop]
    back = mix(color, WHITE, 0.22) if brightness(color) < 200 else mix(color, rgb("#e8d9b8"), 0.25)
    canvas.wash([lighter(back, 0.1), back, darker(back, 0.18)])
    disc = {
        Time.DAY: lighter(back, 0.45),
        Time.DAWN: rgb("#ffd9d2"),
        Time.SUNSET: rgb("#ff9d5c"),
        Time.NIGHT: rgb("#27306b"),
    }[scene.time]
    circle = ellipse(0.5, 0.43, 0.40, 0.40)
    canvas.fill(circle + (0.008, 0.012), darker(back, 0.8), 0.35)
    canvas.blend(
        circle,
        mix(disc, stage.light.sky[0], 0.0 if scene.time is Time.DAY else 0.35),
        disc,
        glowing=scene.time is not Time.DAY,
    )
    if scene.time is Time.NIGHT:
        rng = stage.jitter("paper stars")
        for angle, reach, size in zip(
            rng.random(22) * 2 * np.pi, rng.random(22) ** 0.5 * 0.37, rng.random(22), strict=True
        ):
            canvas.fill(
                ellipse(
                    0.5 + reach * np.cos(angle),
                    0.43 + reach * np.sin(angle),
                    0.003 + 0.003 * size,
                    0.003 + 0.003 * size,
                ),
                MOON,
                glowing=True,
            )
        canvas.fill(ellipse(0.755, 0.21, 0.055, 0.055), MOON, glowing=True)
        canvas.shade(
            ellipse(0.755, 0.21, 0.055, 0.055), ellipse(0.780, 0.195, 0.050, 0.050), rgb("#27306b"), glowing=True
        )
    _draw_paper_clouds(stage)


def _draw_paper_clouds(stage: Stage) -> None:
    weather = stage.scene.weather
    if weather is Weather.CLEAR:
        return
    color = cloud_color(stage) if weather is not Weather.FOG else lighter(cloud_color(stage), 0.3)
    for x, y, size in ((0.15, 0.17, 0.10), (0.84, 0.24, 0.115), (0.20, 0.50, 0.085), (0.86, 0.56, 0.080)):
        shape = smooth(
            [
                (x - size * 1.3, y + size * 0.4),
                (x - size * 1.1, y - size * 0.1),
                (x - size * 0.5, y - size * 0.3),
                (x, y - size * 0.8),
                (x + size * 0.6, y - size * 0.4),
                (x + size * 1.2, y - size * 0.1),
                (x + size * 1.3, y + size * 0.4),
                (x, y + size * 0.5),
            ]
        )
        stage.canvas.fill(shape + (0.006, 0.010), INK, 0.18)
        stage.canvas.fill(shape, color, glowing=True)
