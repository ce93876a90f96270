"""Glasses: a pair of frames on the eye line, drawn over hair and brows so that they always read."""

from assistant.sketchbook.draw.colors import COLORS, WHITE, Rgb, darker, lighter, mix, rgb
from assistant.sketchbook.draw.layout import CENTRE, EYE_APART, EYE_LINE, TEMPLE
from assistant.sketchbook.draw.paths import Path, arc, ellipse, heart, polygon, rectangle, smooth
from assistant.sketchbook.draw.stage import Stage
from assistant.sketchbook.scene import Glasses

_FRAME = 0.0125
_EDGE = 0.005  # of a darker line around the frame, so that pale frames read on pale skin
_DARK_LENS = rgb("#3a3348")
_APART = EYE_APART + 0.006


def _lens(kind: Glasses, way: int) -> Path:
    x, y = CENTRE + way * _APART, EYE_LINE + 0.004
    if kind is Glasses.ROUND:
        return ellipse(x, y, 0.055, 0.055)
    if kind is Glasses.SQUARE:
        return rectangle(x - 0.058, y - 0.044, x + 0.058, y + 0.046, 0.014)
    if kind is Glasses.HEART:
        return heart(x, y, 0.068)
    return smooth(
        [
            (x - way * 0.052, y - 0.034),
            (x + way * 0.040, y - 0.044),
            (x + way * 0.068, y - 0.038),
            (x + way * 0.060, y + 0.018),
            (x + way * 0.018, y + 0.052),
            (x - way * 0.034, y + 0.040),
            (x - way * 0.052, y + 0.004),
        ]
    )


def draw_glasses(stage: Stage) -> None:
    """The glasses the scene names, if any."""
    kind = stage.scene.glasses
    if kind is Glasses.NONE:
        return
    canvas, color = stage.canvas, COLORS[stage.scene.glasses_color]
    for way in (-1, 1):
        edge = CENTRE + way * (_APART + 0.054)
        canvas.stroke(
            [(edge, EYE_LINE - 0.012), (CENTRE + way * (TEMPLE + 0.006), EYE_LINE - 0.020)],
            darker(color, 0.5),
            _FRAME * 0.9,
        )
        lens = _lens(kind, way)
        _fill_lens(stage, kind, lens, way, color)
        canvas.outline(lens, darker(color, 0.75), _FRAME + _EDGE)
        canvas.outline(lens, color, _FRAME)
    canvas.stroke(arc(CENTRE, EYE_LINE + 0.006, 0.019, 0.014, 190, 350), color, _FRAME * 0.9)


def _fill_lens(stage: Stage, kind: Glasses, lens: Path, way: int, color: Rgb) -> None:
    """Clear glass with a glint, or dark or tinted glass."""
    canvas, x = stage.canvas, CENTRE + way * _APART
    if kind is Glasses.SUNGLASSES:
        canvas.fill(lens, mix(_DARK_LENS, color, 0.12), 0.94)
    elif kind is Glasses.HEART:
        canvas.fill(lens, lighter(color, 0.15), 0.80)
    else:
        canvas.fill(lens, WHITE, 0.14)
    glint = polygon(
        (x - 0.036, EYE_LINE + 0.020),
        (x - 0.004, EYE_LINE - 0.034),
        (x + 0.012, EYE_LINE - 0.034),
        (x - 0.024, EYE_LINE + 0.030),
    )
    canvas.shade(lens, glint, WHITE, 0.30)
