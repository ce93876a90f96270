"""Places with houses: city and harbour."""

import numpy as np

from assistant.sketchbook.draw.colors import LAMP_LIGHT, METAL, WHITE, Rgb, darker, lighter, mix, rgb
from assistant.sketchbook.draw.land import draw_ground, draw_puddles, draw_water
from assistant.sketchbook.draw.light import SNOW_WHITE
from assistant.sketchbook.draw.paths import polygon, rectangle, ribbon, smooth
from assistant.sketchbook.draw.sky import LOW_SUN, MOON, draw_reflection
from assistant.sketchbook.draw.stage import Stage
from assistant.sketchbook.scene import Time, Weather

_GLASS = rgb("#bcd8e4")
_STREET = rgb("#8b8c9a")
_PAVEMENT = rgb("#cfc8bd")
_TOWERS = (rgb("#a7b6cf"), rgb("#b7a9c6"), rgb("#9fb8c0"))
_HOUSES = (rgb("#d9785a"), rgb("#e9c07a"), rgb("#7da7a0"), rgb("#c98ca0"))
_ROOFS = (rgb("#a8493f"), rgb("#8d5145"), rgb("#5d6b85"))
_SEA = rgb("#3c8fb0")
_QUAY = rgb("#b7a48c")


def _windows(
    stage: Stage, name: str, box: tuple[float, float, float, float], columns: int, rows: int, share_lit: float = 0.6
) -> None:
    """A grid of windows; at dusk some of them shine."""
    left, top, right, bottom = box
    lit = stage.jitter(name).random((rows, columns)) < share_lit
    shine = stage.light.lamps
    wide, high = (right - left) / columns, (bottom - top) / rows
    for row in range(rows):
        for column in range(columns):
            x, y = left + column * wide, top + row * high
            pane = rectangle(x + wide * 0.22, y + high * 0.2, x + wide * 0.78, y + high * 0.78)
            if lit[row, column] and shine > 0:
                stage.canvas.fill(pane, mix(stage.light.tint(_GLASS), LAMP_LIGHT, shine), glowing=True)
            else:
                stage.canvas.fill(pane, _GLASS)


def draw_city(stage: Stage) -> None:
    """Towers in the haze, houses along a street."""
    canvas = stage.canvas
    rng = stage.jitter("skyline")
    canvas.depth = 0.8
    x = -0.03
    for index in range(10):
        width, top = 0.09 + 0.05 * rng.random(), 0.24 + 0.22 * rng.random()
        canvas.fill(rectangle(x, top, x + width, 0.75), _TOWERS[index % 3])
        if index % 3 == 1:
            canvas.stroke([(x + width / 2, top - 0.06), (x + width / 2, top)], _TOWERS[index % 3], 0.006)
        _windows(stage, f"tower {index}", (x + 0.01, top + 0.02, x + width - 0.01, 0.70), 3, 9, 0.45)
        x += width
    canvas.depth = 0.12
    for index, (left, right, top) in enumerate(
        (
            (-0.03, 0.135, 0.33),
            (0.135, 0.285, 0.44),
            (0.285, 0.43, 0.38),
            (0.56, 0.715, 0.42),
            (0.715, 0.865, 0.36),
            (0.865, 1.03, 0.46),
        )
    ):
        _draw_house(stage, index, left, right, top)
    canvas.depth = 0.0
    draw_ground(stage, [(-0.1, 0.765), (0.5, 0.765), (1.1, 0.765)], _PAVEMENT)
    draw_ground(stage, [(-0.1, 0.815), (0.5, 0.815), (1.1, 0.815)], _STREET)
    for start in (-0.02, 0.16, 0.76, 0.94):
        canvas.fill(
            polygon((start + 0.015, 0.900), (start + 0.105, 0.900), (start + 0.09, 0.922), (start, 0.922)), WHITE
        )
    draw_puddles(stage)


def _draw_house(stage: Stage, index: int, left: float, right: float, top: float) -> None:
    canvas, wall, roof = stage.canvas, _HOUSES[index % 4], _ROOFS[index % 3]
    canvas.fill(rectangle(left, top, right, 0.78), wall)
    canvas.fill(rectangle(right - 0.035, top, right, 0.78), darker(wall, 0.3))
    shown = mix(roof, SNOW_WHITE, stage.light.snow)
    if index % 2 == 0:
        canvas.fill(
            polygon((left - 0.01, top + 0.005), ((left + right) / 2, top - 0.075), (right + 0.01, top + 0.005)), shown
        )
    else:
        canvas.fill(rectangle(left - 0.008, top - 0.022, right + 0.008, top + 0.010, 0.004), shown)
    _windows(stage, f"house {index}", (left + 0.012, top + 0.022, right - 0.012, 0.645), 3, 3, 0.65)
    awning = rectangle(left + 0.012, 0.652, right - 0.012, 0.688)
    canvas.fill(awning, WHITE)
    for stripe in np.arange(left + 0.012, right - 0.02, 0.036):
        canvas.shade(awning, rectangle(stripe, 0.652, stripe + 0.018, 0.70), roof)
    shop = mix(_GLASS, LAMP_LIGHT, stage.light.lamps * 0.9)
    canvas.fill(rectangle(left + 0.022, 0.690, right - 0.022, 0.755), shop, glowing=stage.light.lamps > 0.6)


def draw_harbour(stage: Stage) -> None:
    """A lighthouse, colored houses over the water, a boat and the quay."""
    canvas, scene = stage.canvas, stage.scene
    draw_ground(stage, [(-0.1, 0.50), (0.15, 0.475), (0.45, 0.535), (0.6, 0.56), (1.1, 0.56)], rgb("#8fb58e"), 0.6)
    canvas.depth = 0.25
    for index, (left, right, top) in enumerate(
        ((-0.02, 0.07, 0.43), (0.07, 0.15, 0.47), (0.15, 0.235, 0.42), (0.235, 0.31, 0.46))
    ):
        wall = _HOUSES[index % 4]
        canvas.fill(rectangle(left, top, right, 0.60), wall)
        canvas.fill(
            polygon((left - 0.006, top + 0.004), ((left + right) / 2, top - 0.055), (right + 0.006, top + 0.004)),
            mix(_ROOFS[index % 3], SNOW_WHITE, stage.light.snow),
        )
        _windows(stage, f"harbour {index}", (left + 0.006, top + 0.012, right - 0.006, 0.585), 2, 3, 0.7)
    canvas.depth = 0.0
    draw_water(stage, 0.59, 1.0, _SEA)
    if scene.weather in (Weather.CLEAR, Weather.CLOUDY):
        if scene.time is Time.SUNSET:
            draw_reflection(stage, 0.20, 0.61, 0.78, rgb("#ffd98f"))
        elif scene.time in (Time.NIGHT, Time.DAWN):
            draw_reflection(stage, 0.80, 0.68, 0.78, MOON if scene.time is Time.NIGHT else LOW_SUN)
    _draw_lighthouse(stage)
    _draw_fishing_boat(stage, 0.13, 0.715)
    draw_ground(stage, [(-0.1, 0.80), (0.5, 0.80), (1.1, 0.80)], _QUAY)
    for x in np.arange(-0.02, 1.0, 0.105):
        canvas.stroke([(x, 0.806), (x - 0.02 + 0.04 * (x > 0.5), 0.99)], darker(stage.light.ground(_QUAY), 0.4), 0.005)
    canvas.stroke([(-0.1, 0.803), (1.1, 0.803)], darker(stage.light.ground(_QUAY), 0.55), 0.012)
    draw_puddles(stage)


def _draw_lighthouse(stage: Stage) -> None:
    canvas, shine, x = stage.canvas, stage.light.lamps, 0.885
    canvas.fill(
        smooth([(0.72, 0.69), (0.79, 0.635), (0.90, 0.615), (1.02, 0.63), (1.1, 0.69), (0.9, 0.70)]), rgb("#7e8794")
    )
    tower = polygon((x - 0.038, 0.34), (x + 0.038, 0.34), (x + 0.062, 0.645), (x - 0.062, 0.645))
    canvas.fill(tower, WHITE)
    for y in (0.375, 0.485, 0.595):
        canvas.shade(tower, rectangle(0.7, y, 1.1, y + 0.052), rgb("#d5483f"))
    canvas.shade(tower, polygon((x + 0.012, 0.3), (1.1, 0.3), (1.1, 0.7), (x + 0.022, 0.7)), darker(WHITE, 0.9), 0.3)
    canvas.fill(rectangle(x - 0.052, 0.328, x + 0.052, 0.345), METAL)
    canvas.glow(x, 0.295, 0.30, LAMP_LIGHT, 0.8 * shine)
    if shine >= 0.7:
        for way in (-1, 1):
            canvas.fill(
                polygon((x, 0.295), (x + way * 0.9, 0.20), (x + way * 0.9, 0.32)), LAMP_LIGHT, 0.22, glowing=True
            )
    canvas.fill(rectangle(x - 0.030, 0.268, x + 0.030, 0.330), mix(_GLASS, LAMP_LIGHT, shine), glowing=shine > 0)
    canvas.fill(polygon((x - 0.042, 0.270), (x, 0.222), (x + 0.042, 0.270)), rgb("#d5483f"))


def _draw_fishing_boat(stage: Stage, x: float, y: float) -> None:
    canvas = stage.canvas
    canvas.stroke([(x + 0.01, y - 0.16), (x + 0.01, y)], rgb("#7a5a44"), 0.009)
    canvas.stroke([(x + 0.01, y - 0.15), (x + 0.115, y - 0.02)], rgb("#7a5a44"), 0.004)
    cabin = rectangle(x - 0.065, y - 0.075, x - 0.005, y, 0.006)
    canvas.fill(cabin, WHITE)
    glass: Rgb = mix(_GLASS, LAMP_LIGHT, stage.light.lamps)
    canvas.fill(rectangle(x - 0.055, y - 0.058, x - 0.022, y - 0.030), glass, glowing=stage.light.lamps > 0.6)
    hull = smooth(
        [
            (x - 0.130, y - 0.010),
            (x, y),
            (x + 0.140, y - 0.022),
            (x + 0.105, y + 0.052),
            (x, y + 0.062),
            (x - 0.100, y + 0.050),
        ]
    )
    canvas.blend(hull, lighter(rgb("#2f6f9f"), 0.1), darker(rgb("#2f6f9f"), 0.4))
    canvas.shade(
        hull,
        ribbon(smooth([(x - 0.15, y + 0.004), (x, y + 0.014), (x + 0.15, y - 0.006)], closed=False), 0.016),
        rgb("#e8564f"),
    )
