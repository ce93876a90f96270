"""Hair that stays close to the head: bald, short, spiky, curly, afro and mohawk."""

import numpy as np

from assistant.sketchbook.draw.colors import lighter, mix
from assistant.sketchbook.draw.hair_parts import SKULL, draw_cap, hair_of, is_hatted, lay, shadow_of, shine_of
from assistant.sketchbook.draw.head import skin_of
from assistant.sketchbook.draw.layout import CENTRE, HAT_LINE
from assistant.sketchbook.draw.paths import Path, arc, bumpy, ellipse, ribbon, smooth
from assistant.sketchbook.draw.stage import Stage

_CURLS: tuple[tuple[float, float, float], ...] = (
    (0.335, 0.44, 0.045),
    (0.322, 0.375, 0.050),
    (0.335, 0.30, 0.055),
    (0.375, 0.235, 0.058),
    (0.435, 0.195, 0.058),
    (0.50, 0.180, 0.060),
    (0.565, 0.195, 0.058),
    (0.625, 0.235, 0.058),
    (0.665, 0.30, 0.055),
    (0.678, 0.375, 0.050),
    (0.665, 0.44, 0.045),
    (0.43, 0.262, 0.045),
    (0.50, 0.248, 0.048),
    (0.57, 0.262, 0.045),
)
_PRESSED_FROM, _PRESSED_TO = 0.36, 0.35  # a hat presses what is above this height to this share


def draw_bald(stage: Stage) -> None:
    if not is_hatted(stage):
        stage.canvas.fill(ellipse(0.440, 0.262, 0.034, 0.016, -28), lighter(skin_of(stage), 0.45))


def draw_short(stage: Stage) -> None:
    draw_cap(
        stage,
        [
            (0.350, 0.420),
            (0.358, 0.340),
            (0.385, 0.292),
            (0.425, 0.268),
            (0.500, 0.285),
            (0.575, 0.262),
            (0.620, 0.290),
            (0.642, 0.340),
            (0.650, 0.420),
        ],
    )
    if not is_hatted(stage):
        quiff = smooth(
            [
                (0.385, 0.270),
                (0.395, 0.195),
                (0.470, 0.150),
                (0.570, 0.148),
                (0.640, 0.190),
                (0.640, 0.235),
                (0.600, 0.262),
                (0.520, 0.262),
                (0.440, 0.262),
            ]
        )
        stage.canvas.fill(quiff, hair_of(stage))
        sweep = smooth([(0.420, 0.236), (0.470, 0.196), (0.545, 0.180), (0.600, 0.192)], closed=False)
        stage.canvas.fill(ribbon(sweep, (0.002, 0.015, 0.002)), shine_of(stage))
        fold = smooth([(0.470, 0.262), (0.560, 0.240), (0.630, 0.225)], closed=False)
        stage.canvas.fill(ribbon(fold, (0.002, 0.009, 0.002)), shadow_of(stage))


def draw_spiky(stage: Stage) -> None:
    line = [
        (0.350, 0.420),
        (0.360, 0.330),
        (0.395, 0.285),
        (0.440, 0.305),
        (0.470, 0.268),
        (0.520, 0.305),
        (0.555, 0.268),
        (0.600, 0.300),
        (0.642, 0.335),
        (0.650, 0.420),
    ]
    if not is_hatted(stage):
        tips = (
            (0.318, 0.270),
            (0.345, 0.165),
            (0.415, 0.110),
            (0.500, 0.085),
            (0.585, 0.110),
            (0.655, 0.165),
            (0.682, 0.270),
        )
        roots = ((0.352, 0.262), (0.385, 0.205), (0.450, 0.175), (0.545, 0.175), (0.612, 0.205), (0.648, 0.262))
        edge = [(0.335, 0.360)]
        for tip, root in zip(tips, (*roots, (0.665, 0.360)), strict=True):
            edge += [tip, root]
        crest = np.array([*edge, (0.60, 0.33), (0.40, 0.33)])
        stage.canvas.shade(crest, np.array([(0.3, 0.05), (0.7, 0.05), (0.7, 0.30), (0.3, 0.30)]), hair_of(stage))
        stage.canvas.shade(
            crest, np.array([(0.585, 0.05), (0.72, 0.05), (0.72, 0.30), (0.635, 0.30)]), shadow_of(stage), 0.8
        )
    draw_cap(stage, line)


def draw_curly(stage: Stage) -> None:
    curls = [curl for curl in _CURLS if not is_hatted(stage) or curl[1] > HAT_LINE + 0.03]
    draw_cap(
        stage,
        [
            (0.350, 0.420),
            (0.362, 0.330),
            (0.420, 0.275),
            (0.500, 0.262),
            (0.580, 0.275),
            (0.638, 0.330),
            (0.650, 0.420),
        ],
        shine=False,
    )
    for x, y, radius in curls:
        stage.canvas.fill(
            ellipse(x, y, radius, radius), hair_of(stage) if x < 0.6 else mix(hair_of(stage), shadow_of(stage), 0.7)
        )
    for x, y, radius in curls:
        color = shine_of(stage) if x < 0.5 and y < 0.32 else shadow_of(stage)
        swirl = arc(x, y, radius * 0.55, radius * 0.55, 160, 330)
        stage.canvas.fill(ribbon(swirl, (0.002, 0.009, 0.002)), color)


def draw_afro_behind(stage: Stage) -> None:
    canvas = stage.canvas
    mass = bumpy(CENTRE, 0.315, 0.268, 0.240, 26, 0.06)
    dark = bumpy(0.66, 0.40, 0.16, 0.26, 16, 0.07)
    if is_hatted(stage):
        mass, dark = _pressed(mass), _pressed(dark)
    canvas.fill(mass, hair_of(stage))
    canvas.shade(mass, dark, shadow_of(stage), 0.75)
    if not is_hatted(stage):
        canvas.fill(ribbon(arc(0.48, 0.300, 0.205, 0.180, 195, 262), (0.002, 0.020, 0.002)), shine_of(stage))


def _pressed(path: Path) -> Path:
    """Big hair pressed flat above the line of a hat."""
    x, y = path[:, 0], path[:, 1]
    return np.stack([x, np.where(y < _PRESSED_FROM, _PRESSED_FROM - (_PRESSED_FROM - y) * _PRESSED_TO, y)], axis=1)


def draw_afro(stage: Stage) -> None:
    draw_cap(
        stage,
        [
            (0.348, 0.420),
            (0.362, 0.330),
            (0.400, 0.282),
            (0.450, 0.262),
            (0.500, 0.256),
            (0.550, 0.262),
            (0.600, 0.282),
            (0.638, 0.330),
            (0.652, 0.420),
        ],
        shine=False,
    )


def draw_mohawk(stage: Stage) -> None:
    shaved = mix(skin_of(stage), hair_of(stage), 0.35)
    edge = np.concatenate(
        [
            smooth(SKULL, closed=False),
            smooth(
                [
                    (0.350, 0.40),
                    (0.366, 0.320),
                    (0.420, 0.268),
                    (0.50, 0.25),
                    (0.580, 0.268),
                    (0.634, 0.320),
                    (0.650, 0.40),
                ],
                closed=False,
            ),
        ]
    )
    middle = np.array([0.5, 0.40])
    lay(stage, middle + (edge - middle) * 0.955, shaved)
    if not is_hatted(stage):
        crest = smooth(
            [
                (0.452, 0.300),
                (0.428, 0.200),
                (0.405, 0.090),
                (0.455, 0.105),
                (0.480, 0.048),
                (0.520, 0.095),
                (0.565, 0.052),
                (0.575, 0.110),
                (0.610, 0.100),
                (0.572, 0.200),
                (0.548, 0.300),
                (0.500, 0.318),
            ]
        )
        stage.canvas.fill(crest, hair_of(stage))
        stage.canvas.shade(
            crest,
            smooth([(0.530, 0.04), (0.525, 0.20), (0.515, 0.32), (0.64, 0.32), (0.64, 0.04)]),
            shadow_of(stage),
            0.8,
        )
        stage.canvas.fill(
            ribbon(smooth([(0.455, 0.125), (0.470, 0.190), (0.480, 0.260)], closed=False), (0.002, 0.012, 0.002)),
            shine_of(stage),
        )
