"""What outdoor places are made of: ground, hills, firs, round trees, bushes, grass and water."""

import numpy as np

from assistant.sketchbook.draw.colors import LEAF, WOOD, Rgb, darker, lighter, mix, rgb
from assistant.sketchbook.draw.light import SNOW_WHITE
from assistant.sketchbook.draw.paths import Path, Points, bumpy, ellipse, polygon, ribbon, smooth
from assistant.sketchbook.draw.stage import Stage
from assistant.sketchbook.scene import Weather

FIR = rgb("#35735a")
_WET = frozenset({Weather.RAIN, Weather.STORM})


def ground_path(line: Points | Path) -> Path:
    """Everything under a soft line that runs from the left edge to the right."""
    return np.concatenate([smooth(line, closed=False), polygon((1.1, 1.1), (-0.1, 1.1))])


def draw_ground(stage: Stage, line: Points | Path, color: Rgb, depth: float = 0.0) -> Path:
    """A hill or a plain, white under snow, fading with depth 0..1; returns its outline."""
    canvas, shown = stage.canvas, stage.light.ground(color)
    canvas.depth = depth
    path = ground_path(line)
    canvas.blend(path, lighter(shown, 0.08), darker(shown, 0.25))
    canvas.depth = 0.0
    return path


def draw_puddles(stage: Stage) -> None:
    """Wet patches on the ground that mirror the sky, when it rains."""
    if stage.scene.weather not in _WET:
        return
    for x, y, half in ((0.09, 0.80, 0.085), (0.90, 0.755, 0.095), (0.16, 0.93, 0.12), (0.88, 0.92, 0.10)):
        puddle = ellipse(x, y, half, half * 0.17)
        stage.canvas.fill(puddle, mix(stage.light.sky[2], stage.light.sky[1], 0.5), 0.75, glowing=True)
        glint = ribbon(
            [(x - half * 0.55, y - half * 0.05), (x, y - half * 0.08), (x + half * 0.4, y - half * 0.05)],
            (0.001, 0.007, 0.001),
        )
        stage.canvas.fill(glint, lighter(stage.light.sky[2], 0.4), 0.8, glowing=True)


def draw_fir(stage: Stage, x: float, foot: float, height: float, color: Rgb = FIR, depth: float = 0.0) -> None:
    """A fir in three tiers, with snow on them when it snows."""
    canvas = stage.canvas
    canvas.depth = depth
    half = height * 0.24
    canvas.fill(
        polygon(
            (x - half * 0.13, foot - height * 0.2),
            (x + half * 0.13, foot - height * 0.2),
            (x + half * 0.13, foot),
            (x - half * 0.13, foot),
        ),
        darker(WOOD, 0.6),
    )
    for tier, (low, high, wide) in enumerate(((0.08, 0.52, 1.0), (0.32, 0.76, 0.78), (0.56, 1.0, 0.54))):
        top, bottom = foot - height * high, foot - height * low
        shape = polygon(
            (x, top),
            (x + half * wide, bottom),
            (x + half * wide * 0.4, bottom + height * 0.022),
            (x, bottom - height * 0.005),
            (x - half * wide * 0.4, bottom + height * 0.022),
            (x - half * wide, bottom),
        )
        tint = lighter(color, 0.05 * tier)
        canvas.fill(shape, tint)
        canvas.fill(
            polygon(
                (x, top),
                (x + half * wide, bottom),
                (x + half * wide * 0.4, bottom + height * 0.022),
                (x + half * 0.12, bottom),
            ),
            darker(tint, 0.35),
        )
        if stage.light.snow:
            cap = (bottom - top) * 0.42
            canvas.fill(
                polygon(
                    (x, top),
                    (x + half * wide * 0.42, top + cap),
                    (x + half * wide * 0.12, top + cap * 0.8),
                    (x - half * wide * 0.1, top + cap * 1.05),
                    (x - half * wide * 0.42, top + cap),
                ),
                SNOW_WHITE,
            )
    canvas.depth = 0.0


def draw_round_tree(stage: Stage, x: float, foot: float, height: float, leaf: Rgb = LEAF, depth: float = 0.0) -> None:
    """A leafy tree with a scalloped crown."""
    canvas, shown = stage.canvas, mix(leaf, SNOW_WHITE, stage.light.snow * 0.5)
    canvas.depth = depth
    canvas.fill(
        polygon(
            (x - height * 0.035, foot - height * 0.5),
            (x + height * 0.035, foot - height * 0.5),
            (x + height * 0.05, foot),
            (x - height * 0.05, foot),
        ),
        darker(WOOD, 0.55),
    )
    centre = foot - height * 0.64
    crown = bumpy(x, centre, height * 0.30, height * 0.36, 13, 0.10)
    canvas.blend(crown, lighter(shown, 0.16), shown)
    canvas.shade(
        crown,
        bumpy(x + height * 0.16, centre + height * 0.10, height * 0.22, height * 0.30, 11, 0.1),
        darker(shown, 0.45),
    )
    canvas.depth = 0.0


def draw_bush(stage: Stage, x: float, y: float, size: float, leaf: Rgb = LEAF, depth: float = 0.0) -> None:
    """A low round bush."""
    canvas, shown = stage.canvas, mix(leaf, SNOW_WHITE, stage.light.snow * 0.6)
    canvas.depth = depth
    canvas.blend(bumpy(x, y, size, size * 0.7, 12, 0.12), lighter(shown, 0.12), darker(shown, 0.25))
    canvas.depth = 0.0


def draw_tufts(stage: Stage, name: str, top: float, count: int, color: Rgb, tips: tuple[Rgb, ...] = ()) -> None:
    """Blades of grass over the ground, some with flowers at their tips."""
    rng, canvas, shown = stage.jitter(name), stage.canvas, stage.light.ground(color)
    for index in range(count):
        x, y = rng.random(), top + (0.98 - top) * rng.random()
        size = 0.018 + 0.03 * (y - top)
        canvas.fill(
            polygon(
                (x - size * 0.5, y),
                (x - size * 0.6, y - size),
                (x - size * 0.05, y - size * 0.3),
                (x + size * 0.1, y - size * 1.3),
                (x + size * 0.25, y - size * 0.3),
                (x + size * 0.7, y - size * 0.9),
                (x + size * 0.5, y),
            ),
            shown,
        )
        if tips and index % 2 == 0 and not stage.light.snow:
            canvas.fill(ellipse(x + size * 0.1, y - size * 1.4, size * 0.55, size * 0.55), tips[index // 2 % len(tips)])
            canvas.fill(ellipse(x + size * 0.1, y - size * 1.4, size * 0.2, size * 0.2), rgb("#fff3c0"))


def draw_water(stage: Stage, top: float, bottom: float, color: Rgb) -> None:
    """Water between two heights, carrying the sky's color, with bands of light."""
    canvas, light = stage.canvas, stage.light
    lit = light.tint(color)
    canvas.wash([mix(lit, light.sky[2], 0.55), mix(lit, light.sky[1], 0.25), lit], top, bottom, glowing=True)
    rng = stage.jitter("ripples")
    for index in range(16):
        y = top + (bottom - top) * ((index + 0.5) / 16)
        x, half = rng.random(), 0.03 + 0.07 * rng.random()
        canvas.fill(
            ribbon([(x - half, y), (x, y), (x + half, y)], (0.001, 0.006, 0.001)),
            lighter(mix(lit, light.sky[2], 0.6), 0.25),
            0.7,
            glowing=True,
        )
