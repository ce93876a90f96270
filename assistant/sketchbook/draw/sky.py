"""The sky: its colors, sun, moon, stars, clouds and lightning."""

import numpy as np

from assistant.sketchbook.draw.colors import Rgb, darker, lighter, mix, rgb
from assistant.sketchbook.draw.paths import ellipse, polygon, rectangle, ribbon, star
from assistant.sketchbook.draw.stage import Stage
from assistant.sketchbook.scene import Time, Weather

SUN = rgb("#fff3b8")
LOW_SUN = rgb("#fff0c0")
MOON = rgb("#fff6d6")
BOLT = rgb("#fff3a8")
_STARS = 34
_COVERED = frozenset({Weather.RAIN, Weather.STORM, Weather.FOG, Weather.SNOW})
_FAIR_CLOUDS = ((0.07, 0.37), (0.40, 0.08), (0.95, 0.36))  # clear of sun and moon
_CLOUDS: dict[Weather, int] = {
    Weather.CLEAR: 3,
    Weather.CLOUDY: 7,
    Weather.RAIN: 8,
    Weather.SNOW: 6,
    Weather.FOG: 0,
    Weather.STORM: 9,
}


def draw_sky(stage: Stage) -> None:
    """The whole sheet as sky."""
    light, canvas, scene = stage.light, stage.canvas, stage.scene
    canvas.wash([light.sky[0], light.sky[1], light.sky[2], light.sky[2]], glowing=True)
    if scene.time is Time.NIGHT and scene.weather in (Weather.CLEAR, Weather.CLOUDY):
        _draw_stars(stage)
    if scene.weather not in _COVERED:
        _DISC[scene.time](stage)
    _draw_clouds(stage)
    if scene.weather is Weather.STORM:
        _draw_bolt(stage)


def _draw_stars(stage: Stage) -> None:
    rng = stage.jitter("stars")
    for x, y, size in zip(rng.random(_STARS), rng.random(_STARS) * 0.55, rng.random(_STARS), strict=True):
        if size > 0.8:
            stage.canvas.fill(star(x, y, 0.014, 4, 0.3), MOON, glowing=True)
        else:
            stage.canvas.fill(ellipse(x, y, 0.002 + 0.003 * size, 0.002 + 0.003 * size), MOON, glowing=True)


def _day_sun(stage: Stage) -> None:
    stage.canvas.glow(0.17, 0.17, 0.34, SUN, 0.75)
    stage.canvas.fill(ellipse(0.17, 0.17, 0.068, 0.068), SUN, glowing=True)


def _sunset_sun(stage: Stage) -> None:
    stage.canvas.glow(0.20, 0.48, 0.55, rgb("#ffd68a"), 0.8)
    stage.canvas.fill(ellipse(0.20, 0.48, 0.105, 0.105), rgb("#ffe9a8"), glowing=True)


def _dawn_sun(stage: Stage) -> None:
    stage.canvas.glow(0.82, 0.52, 0.50, rgb("#fff4dc"), 0.8)
    stage.canvas.fill(ellipse(0.82, 0.52, 0.075, 0.075), rgb("#fffaf0"), glowing=True)


def _moon(stage: Stage) -> None:
    canvas = stage.canvas
    canvas.glow(0.82, 0.17, 0.30, rgb("#9fb0ff"), 0.55)
    canvas.fill(ellipse(0.82, 0.17, 0.068, 0.068), MOON, glowing=True)
    for x, y, radius in ((0.80, 0.15, 0.014), (0.845, 0.185, 0.018), (0.815, 0.205, 0.009)):
        canvas.fill(ellipse(x, y, radius, radius), darker(MOON, 0.25), glowing=True)


def cloud_color(stage: Stage) -> Rgb:
    """What clouds look like in this light: lit from the sky, not from the ground's tint."""
    light, weather, time = stage.light, stage.scene.weather, stage.scene.time
    if weather is Weather.STORM:
        return mix(darker(light.sky[0], 0.7), light.sky[1], 0.15)
    base = {
        Time.DAY: rgb("#ffffff"),
        Time.DAWN: rgb("#fff1ee"),
        Time.SUNSET: rgb("#ffb0a0"),
        Time.NIGHT: rgb("#4b578f"),
    }[time]
    return mix(base, light.sky[1], 0.15 if weather is Weather.CLEAR else 0.35 if weather is Weather.CLOUDY else 0.6)


def _draw_clouds(stage: Stage) -> None:
    rng, color = stage.jitter("clouds"), cloud_color(stage)
    count = _CLOUDS[stage.scene.weather]
    for index in range(count):
        across, up, size = rng.random(), rng.random(), 0.8 + 0.5 * rng.random()
        if stage.scene.weather is Weather.CLEAR:
            x, y = _FAIR_CLOUDS[index]
            _draw_cloud(stage, x + 0.06 * (across - 0.5), y + 0.06 * (up - 0.5), 0.075 * size, color)
        else:
            x = (index + 0.25 + 0.5 * across) / count * 1.1 - 0.05
            _draw_cloud(stage, x, 0.02 + 0.24 * up, 0.115 * size, color)


def _draw_cloud(stage: Stage, x: float, y: float, size: float, color: Rgb) -> None:
    canvas = stage.canvas
    under = mix(color, stage.light.sky[0], 0.25)
    for shift, tint in ((0.12, under), (0.0, lighter(color, 0.08))):
        for across, up, radius in ((-0.95, 0.10, 0.50), (-0.30, -0.30, 0.72), (0.45, -0.12, 0.60), (1.05, 0.14, 0.44)):
            canvas.fill(
                ellipse(x + across * size, y + (up + shift) * size, radius * size, radius * size), tint, glowing=True
            )
        canvas.fill(
            rectangle(
                x - 1.35 * size, y + (0.12 + shift) * size, x + 1.4 * size, y + (0.58 + shift) * size, 0.22 * size
            ),
            tint,
            glowing=True,
        )


def _draw_bolt(stage: Stage) -> None:
    canvas = stage.canvas
    canvas.glow(0.83, 0.26, 0.34, rgb("#e8dcff"), 0.6)
    bolt = polygon(
        (0.850, 0.080), (0.780, 0.270), (0.826, 0.270), (0.776, 0.450), (0.892, 0.225), (0.842, 0.225), (0.902, 0.080)
    )
    canvas.fill(bolt, BOLT, glowing=True)


_DISC = {Time.DAY: _day_sun, Time.SUNSET: _sunset_sun, Time.DAWN: _dawn_sun, Time.NIGHT: _moon}


def draw_reflection(stage: Stage, x: float, top: float, bottom: float, color: Rgb) -> None:
    """A broken column of light on water; heights in the picture."""
    for index, y in enumerate(np.linspace(top, bottom, 8)):
        half = 0.030 + 0.012 * (index % 3) + 0.03 * (y - top) / max(bottom - top, 1e-6)
        stage.canvas.fill(
            ribbon([(x - half, y), (x, y - 0.001), (x + half, y)], (0.002, 0.011, 0.002)), color, 0.75, glowing=True
        )
