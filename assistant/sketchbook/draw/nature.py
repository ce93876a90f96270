"""Places without houses: beach, forest, mountains, meadow, desert and park."""

import numpy as np

from assistant.sketchbook.draw.colors import LEAF, WHITE, WOOD, darker, lighter, mix, rgb
from assistant.sketchbook.draw.land import (
    FIR,
    draw_bush,
    draw_fir,
    draw_ground,
    draw_puddles,
    draw_round_tree,
    draw_tufts,
    draw_water,
)
from assistant.sketchbook.draw.light import SNOW_WHITE
from assistant.sketchbook.draw.paths import ellipse, polygon, rectangle, ribbon, smooth, star
from assistant.sketchbook.draw.sky import LOW_SUN, MOON, draw_reflection
from assistant.sketchbook.draw.stage import Stage
from assistant.sketchbook.scene import Time, Weather

_SEA = rgb("#3fa3c4")
_SAND = rgb("#f0d6a0")
_GRASS = rgb("#8cc06a")
_FAR_GRASS = rgb("#a9cf8a")
_ROCK = rgb("#7d8aa8")
_DUNE = rgb("#eab676")
_FAR_DUNE = rgb("#dd9a6c")
_MESA = rgb("#c8714f")
_CACTUS = rgb("#4f9160")
_PATH = rgb("#e6d3ae")
_PETALS = (rgb("#f08fb4"), rgb("#fff7ec"), rgb("#e8564f"), rgb("#8f6fd0"))


def draw_beach(stage: Stage) -> None:
    """Sea to the horizon, sand, a parasol and a palm."""
    canvas, scene = stage.canvas, stage.scene
    draw_water(stage, 0.56, 0.80, _SEA)
    if scene.weather in (Weather.CLEAR, Weather.CLOUDY):
        if scene.time is Time.SUNSET:
            draw_reflection(stage, 0.20, 0.58, 0.73, rgb("#ffd98f"))
        elif scene.time is Time.NIGHT:
            draw_reflection(stage, 0.82, 0.58, 0.73, MOON)
        elif scene.time is Time.DAWN:
            draw_reflection(stage, 0.82, 0.58, 0.73, LOW_SUN)
    draw_ground(stage, [(-0.1, 0.775), (0.15, 0.755), (0.4, 0.775), (0.7, 0.745), (1.1, 0.77)], lighter(_SAND, 0.45))
    draw_ground(stage, [(-0.1, 0.800), (0.15, 0.778), (0.4, 0.800), (0.7, 0.770), (1.1, 0.80)], _SAND)
    _draw_palm(stage)
    _draw_parasol(stage)
    for x, y in ((0.10, 0.90), (0.93, 0.93)):
        canvas.fill(star(x, y, 0.026), rgb("#e8785a"))
    draw_puddles(stage)


def _draw_palm(stage: Stage) -> None:
    canvas, leaf = stage.canvas, mix(rgb("#4f9a57"), SNOW_WHITE, stage.light.snow * 0.4)
    trunk = smooth([(0.965, 0.86), (0.930, 0.66), (0.945, 0.48), (0.915, 0.34)], closed=False)
    canvas.fill(ribbon(trunk, (0.046, 0.034, 0.026)), darker(WOOD, 0.15))
    for start, reach, drop in (
        (0, -0.20, 0.03),
        (1, -0.16, 0.15),
        (2, 0.16, 0.14),
        (3, 0.14, 0.00),
        (4, -0.09, -0.09),
        (5, 0.07, -0.08),
    ):
        frond = smooth(
            [(0.915, 0.335), (0.915 + reach * 0.5, 0.300 + drop * 0.1 - 0.02), (0.915 + reach, 0.335 + drop)],
            closed=False,
        )
        canvas.fill(ribbon(frond, (0.012, 0.052, 0.003)), leaf if start % 2 else darker(leaf, 0.4))
    for x, y in ((0.900, 0.352), (0.928, 0.356)):
        canvas.fill(ellipse(x, y, 0.018, 0.018), darker(WOOD, 0.6))


def _draw_parasol(stage: Stage) -> None:
    canvas, x = stage.canvas, 0.13
    canvas.stroke([(x, 0.52), (x + 0.012, 0.83)], WHITE, 0.011)
    dome = smooth(
        [
            (x - 0.125, 0.585),
            (x - 0.085, 0.510),
            (x, 0.475),
            (x + 0.085, 0.510),
            (x + 0.125, 0.585),
            (x + 0.062, 0.572),
            (x, 0.580),
            (x - 0.062, 0.572),
        ]
    )
    canvas.fill(dome, rgb("#e8564f"))
    for left, right in ((-0.085, -0.030), (0.030, 0.085)):
        canvas.shade(dome, polygon((x, 0.46), (x + left, 0.60), (x + right, 0.60)), WHITE)


def draw_forest(stage: Stage) -> None:
    """Firs in three rows, and a mossy floor."""
    rng = stage.jitter("forest")
    for depth, foot, height, count, tint in ((0.85, 0.64, 0.40, 11, 0.30), (0.5, 0.70, 0.50, 8, 0.12)):
        draw_ground(stage, [(-0.1, foot - 0.03), (0.5, foot - 0.045), (1.1, foot - 0.03)], lighter(FIR, tint), depth)
        for index in range(count):
            x = (index + 0.2 + 0.6 * rng.random()) / count * 1.2 - 0.1
            draw_fir(
                stage, x, foot + 0.02 * rng.random(), height * (0.8 + 0.4 * rng.random()), lighter(FIR, tint), depth
            )
    draw_ground(stage, [(-0.1, 0.735), (0.3, 0.715), (0.7, 0.725), (1.1, 0.705)], rgb("#6f9f5c"), 0.1)
    for x, foot, height in ((0.055, 0.80, 0.74), (0.945, 0.79, 0.70), (0.185, 0.765, 0.50), (0.80, 0.76, 0.47)):
        draw_fir(stage, x + 0.02 * (rng.random() - 0.5), foot, height, FIR, 0.08)
    draw_tufts(stage, "moss", 0.78, 16, rgb("#588a4c"))
    for x, y, size in ((0.115, 0.865, 0.036), (0.170, 0.885, 0.024), (0.900, 0.860, 0.032)):
        stage.canvas.fill(rectangle(x - size * 0.3, y, x + size * 0.3, y + size * 1.2, size * 0.2), rgb("#f5ead6"))
        cap = smooth(
            [
                (x - size, y + size * 0.25),
                (x - size * 0.7, y - size * 0.55),
                (x, y - size * 0.85),
                (x + size * 0.7, y - size * 0.55),
                (x + size, y + size * 0.25),
            ]
        )
        stage.canvas.fill(cap, rgb("#d8433f"))
        for dot in (-0.4, 0.1, 0.5):
            stage.canvas.fill(
                ellipse(x + dot * size, y - size * (0.35 - abs(dot) * 0.3), size * 0.14, size * 0.14), WHITE
            )
    draw_puddles(stage)


def draw_mountains(stage: Stage) -> None:
    """Snowy peaks in two ranges above green foothills."""
    _draw_range(
        stage,
        ((-0.05, 0.46), (0.12, 0.30), (0.30, 0.50), (0.50, 0.33), (0.68, 0.48), (0.88, 0.27), (1.05, 0.45)),
        0.70,
        0.75,
    )
    _draw_range(
        stage,
        (
            (-0.10, 0.66),
            (0.02, 0.46),
            (0.20, 0.36),
            (0.40, 0.66),
            (0.62, 0.66),
            (0.80, 0.40),
            (0.98, 0.50),
            (1.10, 0.68),
        ),
        0.72,
        0.35,
    )
    draw_ground(
        stage, [(-0.1, 0.66), (0.15, 0.625), (0.4, 0.67), (0.7, 0.66), (0.9, 0.615), (1.1, 0.64)], _FAR_GRASS, 0.25
    )
    rng = stage.jitter("firs")
    for x in (0.03, 0.10, 0.165, 0.80, 0.865, 0.94):
        draw_fir(
            stage, x + 0.03 * (rng.random() - 0.5), 0.725 + 0.02 * rng.random(), 0.13 + 0.07 * rng.random(), FIR, 0.15
        )
    draw_ground(stage, [(-0.1, 0.74), (0.2, 0.715), (0.5, 0.75), (0.8, 0.705), (1.1, 0.74)], _GRASS)
    draw_tufts(stage, "alp", 0.79, 14, darker(_GRASS, 0.4), _PETALS)
    draw_puddles(stage)


def _draw_range(stage: Stage, peaks: tuple[tuple[float, float], ...], foot: float, depth: float) -> None:
    canvas = stage.canvas
    canvas.depth = depth
    canvas.fill(polygon((-0.2, foot), *peaks, (1.2, foot)), _ROCK)
    for before, (x, y), after in zip(peaks, peaks[1:], peaks[2:], strict=False):
        if y > before[1] or y > after[1]:
            continue
        lee = (x + (after[0] - x) * 0.9, y + (after[1] - y) * 0.9)
        canvas.fill(
            polygon(
                (x, y), lee, (x + 0.03, foot), (x - 0.015, y + (foot - y) * 0.55), (x + 0.02, y + (foot - y) * 0.30)
            ),
            darker(_ROCK, 0.45),
        )
        cap = 0.42
        left = (x + (before[0] - x) * cap, y + (before[1] - y) * cap)
        right = (x + (after[0] - x) * cap, y + (after[1] - y) * cap)
        drop = (left[1] + right[1]) / 2
        zigzag = (
            (x + (right[0] - x) * 0.5, drop - 0.020),
            (x + (right[0] - x) * 0.15, drop + 0.012),
            (x + (left[0] - x) * 0.4, drop - 0.022),
        )
        canvas.fill(polygon((x, y), right, *zigzag, left), SNOW_WHITE)
        canvas.fill(
            polygon((x, y), right, zigzag[0], zigzag[1], (x + 0.015, y + (drop - y) * 0.5)), darker(SNOW_WHITE, 0.28)
        )
    canvas.depth = 0.0


def draw_meadow(stage: Stage) -> None:
    """Rolling hills, a few trees and many flowers."""
    draw_ground(stage, [(-0.1, 0.56), (0.15, 0.50), (0.45, 0.58), (0.75, 0.49), (1.1, 0.56)], rgb("#b5d9a0"), 0.75)
    draw_ground(stage, [(-0.1, 0.60), (0.2, 0.62), (0.5, 0.60), (0.85, 0.555), (1.1, 0.58)], _FAR_GRASS, 0.4)
    rng = stage.jitter("trees")
    for x, foot, height in ((0.06, 0.625, 0.22), (0.15, 0.635, 0.17), (0.87, 0.60, 0.20), (0.96, 0.60, 0.25)):
        draw_round_tree(stage, x + 0.03 * (rng.random() - 0.5), foot, height * (0.9 + 0.2 * rng.random()), LEAF, 0.25)
    draw_ground(stage, [(-0.1, 0.69), (0.2, 0.655), (0.5, 0.70), (0.8, 0.675), (1.1, 0.70)], _GRASS)
    draw_tufts(stage, "flowers", 0.74, 44, darker(_GRASS, 0.4), _PETALS)
    draw_puddles(stage)


def draw_desert(stage: Stage) -> None:
    """Dunes, table mountains and cactuses."""
    canvas = stage.canvas
    canvas.depth = 0.55
    for left, right, top in ((-0.06, 0.22, 0.42), (0.72, 0.93, 0.47), (0.90, 1.10, 0.39)):
        mesa = polygon(
            (left, 0.66),
            (left + 0.03, top + 0.03),
            (left + 0.05, top),
            (right - 0.05, top),
            (right - 0.03, top + 0.03),
            (right, 0.66),
        )
        canvas.blend(mesa, lighter(_MESA, 0.15), _MESA)
        canvas.shade(
            mesa,
            polygon((right - 0.10, 0.3), (right + 0.1, 0.3), (right + 0.1, 0.7), (right - 0.07, 0.7)),
            darker(_MESA, 0.4),
        )
        canvas.shade(mesa, ribbon([(left, top + 0.07), (right, top + 0.075)], 0.014), darker(_MESA, 0.3))
    canvas.depth = 0.0
    draw_ground(stage, [(-0.1, 0.62), (0.2, 0.605), (0.5, 0.63), (0.8, 0.60), (1.1, 0.62)], _FAR_DUNE, 0.35)
    draw_ground(stage, [(-0.1, 0.66), (0.15, 0.69), (0.45, 0.68), (0.8, 0.655), (1.1, 0.69)], _DUNE, 0.1)
    dune = draw_ground(
        stage,
        [(-0.1, 0.79), (0.12, 0.745), (0.4, 0.80), (0.75, 0.785), (0.92, 0.75), (1.1, 0.80)],
        lighter(_DUNE, 0.12),
    )
    canvas.shade(
        dune,
        smooth([(0.12, 0.74), (0.20, 0.82), (0.10, 0.92), (0.3, 1.1), (0.5, 1.1), (0.42, 0.80)]),
        darker(stage.light.ground(_DUNE), 0.3),
        0.6,
    )
    _draw_cactus(stage, 0.115, 0.79, 0.34)
    _draw_cactus(stage, 0.905, 0.78, 0.26)
    draw_puddles(stage)


def _draw_cactus(stage: Stage, x: float, foot: float, height: float) -> None:
    canvas, wide = stage.canvas, height * 0.17
    for way, low, high in ((-1, 0.42, 0.78), (1, 0.30, 0.64)):
        bend = smooth(
            [
                (x, foot - height * low),
                (x + way * height * 0.24, foot - height * low),
                (x + way * height * 0.25, foot - height * high),
            ],
            closed=False,
        )
        tint = darker(_CACTUS, 0.15 if way < 0 else 0.45)
        canvas.fill(ribbon(bend, wide * 0.7), tint)
        canvas.fill(ellipse(x + way * height * 0.25, foot - height * high, wide * 0.35, wide * 0.35), tint)
    body = rectangle(x - wide / 2, foot - height, x + wide / 2, foot, wide * 0.48)
    canvas.fill(body, _CACTUS)
    canvas.shade(body, rectangle(x + wide * 0.12, foot - height, x + wide, foot), darker(_CACTUS, 0.4))
    canvas.fill(ellipse(x, foot - height, wide * 0.32, wide * 0.26), rgb("#f08fb4"))


def draw_park(stage: Stage) -> None:
    """Lawn, round trees, a path with a bench and a pond with lilies."""
    canvas, rng = stage.canvas, stage.jitter("park")
    for index in range(9):
        draw_round_tree(
            stage, index / 8 + 0.03 * (rng.random() - 0.5), 0.64, 0.34 + 0.08 * rng.random(), rgb("#7fb98a"), 0.6
        )
    draw_ground(stage, [(-0.1, 0.63), (0.5, 0.615), (1.1, 0.63)], _FAR_GRASS, 0.25)
    for x, height, leaf in (
        (0.04, 0.52, LEAF),
        (0.20, 0.38, rgb("#e0a94a")),
        (0.82, 0.40, rgb("#de7f4c")),
        (0.97, 0.54, LEAF),
    ):
        draw_round_tree(stage, x + 0.02 * (rng.random() - 0.5), 0.70, height, leaf, 0.1)
    for x in (0.0, 0.12, 0.26, 0.74, 0.90, 1.0):
        draw_bush(stage, x, 0.70, 0.065, darker(LEAF, 0.2), 0.1)
    draw_ground(stage, [(-0.1, 0.71), (0.5, 0.72), (1.1, 0.71)], _GRASS)
    path = smooth([(-0.1, 0.86), (0.20, 0.80), (0.6, 0.80), (1.1, 0.87)], closed=False)
    canvas.fill(ribbon(path, (0.11, 0.06, 0.06, 0.11)), stage.light.ground(_PATH))
    _draw_bench(stage, 0.13, 0.80)
    draw_tufts(stage, "lawn", 0.88, 12, darker(_GRASS, 0.35), _PETALS)
    draw_puddles(stage)


def _draw_bench(stage: Stage, x: float, foot: float) -> None:
    canvas = stage.canvas
    for leg in np.array([-0.09, 0.09]) + x:
        canvas.stroke([(leg, foot - 0.13), (leg, foot)], rgb("#4a4f5c"), 0.012)
    for y in (foot - 0.125, foot - 0.095):
        canvas.fill(rectangle(x - 0.115, y - 0.012, x + 0.115, y + 0.010, 0.005), WOOD)
    canvas.fill(rectangle(x - 0.120, foot - 0.060, x + 0.120, foot - 0.036, 0.006), lighter(WOOD, 0.15))
