"""Beards and moustaches, in the color of the hair; the mouth is drawn over them."""

import numpy as np

from assistant.sketchbook.draw.colors import HAIR, Rgb, brightness, darker, lighter
from assistant.sketchbook.draw.head import skin_of
from assistant.sketchbook.draw.layout import CENTRE, Build
from assistant.sketchbook.draw.paths import Path, mirrored, ribbon, smooth, symmetric
from assistant.sketchbook.draw.stage import Stage
from assistant.sketchbook.scene import Beard

_DEEPER = (0.80, 0.70, 0.58)  # warm, so that blond turns to honey and not to olive
_DARK_SKIN = 90  # brightness
_NEUTRAL = 25  # span of the channels of white and grey hair, whose shadow is cool
_TOO_CLOSE = 45  # difference of brightness between beard and skin below which the beard is set off


def beard_color(stage: Stage) -> Rgb:
    """The hair's color, pushed away from the skin's when the two are too alike to tell apart."""
    hair, skin = HAIR[stage.scene.hair_color], skin_of(stage)
    if abs(brightness(hair) - brightness(skin)) >= _TOO_CLOSE:
        return hair
    if brightness(skin) > _DARK_SKIN and max(hair) - min(hair) < _NEUTRAL:
        return darker(hair, 0.45)
    if brightness(skin) > _DARK_SKIN:
        return hair[0] * _DEEPER[0], hair[1] * _DEEPER[1], hair[2] * _DEEPER[2]
    return lighter(hair, 0.18)


def draw_beard(stage: Stage) -> None:
    """The beard the scene names, if any."""
    kind = stage.scene.beard
    if kind is Beard.SHORT:
        _draw_full(stage, stage.build.chin + 0.030)
    elif kind is Beard.LONG:
        _draw_full(stage, stage.build.chin + 0.165)
    elif kind is Beard.GOATEE:
        _draw_goatee(stage)


def draw_moustache(stage: Stage) -> None:
    """What grows between nose and mouth; lies over the mouth's upper edge."""
    if stage.scene.beard is Beard.NONE:
        return
    y, wide = stage.build.mouth - 0.022, stage.scene.beard is Beard.MOUSTACHE
    reach = 0.090 if wide else 0.060
    tip = -0.012 if wide else 0.022
    half = smooth(
        [
            (CENTRE, y - 0.014),
            (CENTRE + 0.034, y - 0.016),
            (CENTRE + reach * 0.8, y + 0.004),
            (CENTRE + reach, y + tip),
            (CENTRE + reach * 0.72, y + 0.022),
            (CENTRE + 0.030, y + 0.015),
            (CENTRE, y + 0.006),
        ]
    )
    color = beard_color(stage)
    edge = 0.0 if wide else 0.18
    stage.canvas.fill(mirrored(half), lighter(color, 0.10 + edge * 0.2))
    stage.canvas.fill(half, darker(color, 0.15 + edge))


def _full_path(build: Build, bottom: float) -> Path:
    """From the sideburns down to a tip, with the cheeks and lips left free."""
    y, reach = build.mouth, bottom - build.chin
    outer = [
        (0.149, 0.398),
        (build.cheek + 0.003, 0.450),
        (build.jaw + 0.014, build.mouth + 0.008),
        (build.chin_width + 0.032 + reach * 0.05, build.chin + reach * 0.45),
        (0.030 + reach * 0.06, bottom - 0.008),
        (0, bottom),
    ]
    inner = [(0, y - 0.030), (0.062, y - 0.030), (0.096, y - 0.022), (0.124, 0.474), (0.138, 0.425)]
    right = np.array(outer + inner) + (CENTRE, 0)
    outer_side, inner_side = right[: len(outer)], right[len(outer) :]
    return smooth(
        np.concatenate([outer_side, mirrored(outer_side)[::-1][1:], mirrored(inner_side)[::-1], inner_side[1:]])
    )


def _draw_full(stage: Stage, bottom: float) -> None:
    canvas, color, build = stage.canvas, beard_color(stage), stage.build
    shape = _full_path(build, bottom)
    canvas.fill(shape, color)
    shadow = smooth(
        [
            (0.590, build.mouth),
            (0.600, build.chin),
            (0.540, bottom),
            (0.50, bottom + 0.03),
            (0.72, bottom + 0.03),
            (0.72, 0.42),
            (0.640, 0.42),
        ]
    )
    canvas.shade(shape, shadow, darker(color, 0.5))
    if bottom - build.chin > 0.1:
        for x, tip in ((0.455, bottom - 0.070), (0.500, bottom - 0.030), (0.545, bottom - 0.070)):
            strand = smooth(
                [(x, build.chin + 0.020), (x + 0.006, (build.chin + tip) / 2 + 0.02), (0.5 + (x - 0.5) * 0.6, tip)],
                closed=False,
            )
            canvas.fill(ribbon(strand, (0.002, 0.008, 0.002)), darker(color, 0.6) if x > 0.48 else lighter(color, 0.25))


def _draw_goatee(stage: Stage) -> None:
    canvas, color, build = stage.canvas, beard_color(stage), stage.build
    chin = symmetric(
        [
            (0, build.mouth + 0.034),
            (0.036, build.mouth + 0.030),
            (0.058, build.mouth - 0.006),
            (0.068, build.mouth + 0.006),
            (0.060, build.chin - 0.012),
            (0.030, build.chin + 0.034),
            (0, build.chin + 0.046),
        ]
    )
    canvas.fill(chin, color)
    canvas.shade(
        chin,
        smooth([(0.52, build.mouth), (0.53, build.chin + 0.06), (0.62, build.chin + 0.05), (0.62, build.mouth)]),
        darker(color, 0.5),
    )
