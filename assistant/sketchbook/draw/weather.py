"""Rain, snow and fog, in two layers: behind the person and before everything."""

from assistant.sketchbook.draw.colors import lighter, rgb
from assistant.sketchbook.draw.paths import ellipse, ribbon
from assistant.sketchbook.draw.stage import Stage
from assistant.sketchbook.scene import INDOOR_PLACES, Weather

RAIN = rgb("#dcebf7")
SNOW = rgb("#ffffff")
_DROPS_BEHIND, _DROPS_BEFORE = 70, 34
_FLAKES_BEHIND, _FLAKES_BEFORE = 80, 42
_SLANT = 0.16  # of a drop's length


def draw_weather_behind(stage: Stage) -> None:
    """What falls behind the person; indoors this is what is seen through the window."""
    weather = stage.scene.weather
    if weather in (Weather.RAIN, Weather.STORM):
        _draw_rain(stage, "far rain", _DROPS_BEHIND, 0.055, 0.0055, 0.5)
    elif weather is Weather.SNOW:
        _draw_snow(stage, "far snow", _FLAKES_BEHIND, 0.0055, 0.85)
    elif weather is Weather.FOG:
        _draw_fog(stage, ((0.46, 0.30, 0.45), (0.72, 0.24, 0.5)))


def draw_weather_before(stage: Stage) -> None:
    """What falls before the person; nothing indoors."""
    if stage.scene.place in INDOOR_PLACES:
        return
    weather = stage.scene.weather
    if weather in (Weather.RAIN, Weather.STORM):
        _draw_rain(stage, "near rain", _DROPS_BEFORE, 0.085, 0.0075, 0.55)
    elif weather is Weather.SNOW:
        _draw_snow(stage, "near snow", _FLAKES_BEFORE, 0.0105, 0.95)
    elif weather is Weather.FOG:
        _draw_fog(stage, ((1.0, 0.30, 0.75),))


def _draw_rain(stage: Stage, name: str, count: int, length: float, width: float, alpha: float) -> None:
    color = stage.light.tint(RAIN)
    for x, y, size in stage.jitter(name).random((count, 3)) * (1.1, 1.1, 1.0) - (0.0, 0.1, 0.0):
        reach = length * (0.7 + 0.6 * size)
        drop = ribbon([(x, y), (x - reach * _SLANT, y + reach)], (width * 0.3, width))
        stage.canvas.fill(drop, lighter(color, 0.25), alpha, glowing=True)


def _draw_snow(stage: Stage, name: str, count: int, radius: float, alpha: float) -> None:
    color = lighter(stage.light.tint(SNOW), 0.35)
    for x, y, size in stage.jitter(name).random((count, 3)):
        reach = radius * (0.6 + 0.9 * size)
        stage.canvas.fill(ellipse(x, y, reach, reach), color, alpha, glowing=True)


def _draw_fog(stage: Stage, banks: tuple[tuple[float, float, float], ...]) -> None:
    """Soft banks across the picture: height, half thickness and density of each."""
    color = lighter(stage.light.haze_color, 0.15)
    for y, half, density in banks:
        stage.canvas.mist(y, half, color, density)
