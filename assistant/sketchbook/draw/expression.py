"""Eyes, brows and mouth: what the face says."""

from collections.abc import Callable

from assistant.sketchbook.draw.colors import HAIR, INK, WHITE, Rgb, brightness, darker, mix, rgb
from assistant.sketchbook.draw.head import skin_of
from assistant.sketchbook.draw.layout import CENTRE, EYE_APART, EYE_LINE
from assistant.sketchbook.draw.paths import Path, arc, ellipse, ribbon, smooth, symmetric
from assistant.sketchbook.draw.stage import Stage
from assistant.sketchbook.scene import Expression

MOUTH_DARK = rgb("#6d2432")
TONGUE = rgb("#ec7a80")
LIPS = rgb("#c33d4c")
TEAR = rgb("#8fd3f2")
EYE_INK = rgb("#2a2230")
_LINE = 0.012
_BROW_ABOVE = 0.060

# expression -> how far the inner and outer ends of the brows move down from rest
_BROWS: dict[Expression, tuple[float, float]] = {
    Expression.CALM: (0.0, 0.0),
    Expression.HAPPY: (-0.006, -0.002),
    Expression.LAUGHING: (-0.012, -0.002),
    Expression.SAD: (-0.022, 0.014),
    Expression.SURPRISED: (-0.026, -0.020),
    Expression.ANGRY: (0.028, -0.012),
    Expression.WINKING: (-0.004, -0.002),
    Expression.SLEEPY: (0.002, 0.010),
}


def draw_expression(stage: Stage) -> None:
    """Brows, eyes and mouth."""
    for way in (-1, 1):
        _draw_eye(stage, way)
        _draw_brow(stage, way)
    _MOUTHS[stage.scene.expression](stage)
    if stage.scene.expression is Expression.SAD:
        _draw_tear(stage)


def _draw_brow(stage: Stage, way: int) -> None:
    inner, outer = _BROWS[stage.scene.expression]
    if stage.scene.expression is Expression.WINKING and way > 0:
        inner, outer = 0.012, 0.012
    y = EYE_LINE - _BROW_ABOVE
    line = smooth(
        [
            (CENTRE + way * 0.034, y + 0.004 + inner),
            (CENTRE + way * 0.070, y - 0.008 + (inner + outer) / 2),
            (CENTRE + way * 0.104, y + 0.006 + outer),
        ],
        closed=False,
    )
    thick = stage.build.brow
    color = darker(HAIR[stage.scene.hair_color], 0.45)
    skin = skin_of(stage)
    if abs(brightness(color) - brightness(skin)) < 40:
        color = mix(color, INK, 0.45) if brightness(skin) > 110 else mix(color, WHITE, 0.3)
    stage.canvas.fill(ribbon(line, (thick, thick * 1.1, thick * 0.45)), color)


def _draw_eye(stage: Stage, way: int) -> None:
    canvas, expression, scale = stage.canvas, stage.scene.expression, stage.build.eye
    x, y = CENTRE + way * EYE_APART, EYE_LINE
    if expression is Expression.LAUGHING or (expression is Expression.WINKING and way > 0):
        canvas.stroke(arc(x, y + 0.014, 0.028, 0.026, 200, 340), EYE_INK, _LINE)
        _draw_lashes(stage, x + way * 0.026, y + 0.006, way)
    elif expression is Expression.SLEEPY:
        canvas.stroke(arc(x, y - 0.004, 0.028, 0.020, 10, 170), EYE_INK, _LINE)
        _draw_lashes(stage, x + way * 0.025, y + 0.006, way)
    elif expression is Expression.SURPRISED:
        canvas.fill(ellipse(x, y, 0.030 * scale**0.5, 0.035 * scale**0.5), WHITE)
        _draw_pupil(stage, x, y, 0.85)
        canvas.stroke(arc(x, y, 0.030 * scale**0.5, 0.035 * scale**0.5, 200, 340), EYE_INK, 0.006)
        _draw_lashes(stage, x + way * 0.028, y - 0.012, way)
    else:
        _draw_pupil(stage, x, y, 1.0)
        _draw_lids(stage, x, y, way)


def _draw_pupil(stage: Stage, x: float, y: float, scale: float) -> None:
    canvas, size = stage.canvas, stage.build.eye * scale
    canvas.fill(ellipse(x, y, 0.0165 * size, 0.0225 * size), EYE_INK)
    canvas.fill(ellipse(x - 0.005 * size, y - 0.009 * size, 0.006 * size, 0.0065 * size), WHITE)


def _draw_lids(stage: Stage, x: float, y: float, way: int) -> None:
    """What sits on an open eye: lashes, and the slanted lid of anger or sorrow."""
    canvas, scale, skin = stage.canvas, stage.build.eye, skin_of(stage)
    slant = {Expression.ANGRY: 1, Expression.SAD: -1}.get(stage.scene.expression, 0)
    if slant:
        inner = 0.000 if slant > 0 else -0.026
        outer = -0.026 if slant > 0 else 0.000
        lid = smooth(
            [
                (x - way * 0.036, y - 0.045),
                (x + way * 0.036, y - 0.045),
                (x + way * 0.034, y + outer * scale),
                (x - way * 0.034, y + inner * scale),
            ]
        )
        canvas.shade(ellipse(x, y, 0.03, 0.036), lid, skin)
        canvas.stroke(
            [(x - way * 0.027, y + inner * scale * 0.85), (x + way * 0.027, y + outer * scale * 0.85)], EYE_INK, 0.007
        )
        return
    if stage.build.lashes:
        top = arc(x, y, 0.021 * scale, 0.023 * scale, 190, 350)
        canvas.stroke(top, EYE_INK, 0.006)
        _draw_lashes(stage, x + way * 0.020 * scale, y - 0.010 * scale, way)


def _draw_lashes(stage: Stage, x: float, y: float, way: int) -> None:
    if stage.build.lashes:
        stage.canvas.stroke([(x, y), (x + way * 0.013, y - 0.010)], EYE_INK, 0.0065)
        stage.canvas.stroke([(x - way * 0.002, y + 0.004), (x + way * 0.014, y)], EYE_INK, 0.005)


def _draw_tear(stage: Stage) -> None:
    x, y = CENTRE - EYE_APART - 0.012, EYE_LINE + 0.060
    drop = smooth([(x, y - 0.026), (x + 0.013, y + 0.002), (x, y + 0.016), (x - 0.013, y + 0.002)])
    stage.canvas.fill(drop, TEAR)
    stage.canvas.fill(ellipse(x - 0.003, y + 0.004, 0.004, 0.005), WHITE)


def _made_up(stage: Stage) -> bool:
    """Whether the lips are drawn: women's, not girls'."""
    return stage.build.lashes and not stage.build.young


def _lip_color(stage: Stage) -> Rgb:
    return mix(darker(skin_of(stage), 0.5), LIPS, 0.6 if _made_up(stage) else 0.25)


def _grin(stage: Stage, half: float, depth: float) -> Path:
    y = stage.build.mouth
    return symmetric(
        [
            (0, y - 0.006),
            (half * 0.7, y - 0.009),
            (half, y - 0.013),
            (half * 0.82, y + depth * 0.55),
            (half * 0.4, y + depth * 0.93),
            (0, y + depth),
        ]
    )


def _open_mouth(stage: Stage, half: float, depth: float) -> None:
    """A grin with teeth above and a tongue below."""
    canvas, y = stage.canvas, stage.build.mouth
    mouth = _grin(stage, half, depth)
    if _made_up(stage):
        canvas.outline(mouth, _lip_color(stage), 0.008)
    canvas.fill(mouth, MOUTH_DARK)
    canvas.shade(mouth, ellipse(CENTRE, y + depth * 1.02, half * 0.62, depth * 0.45), TONGUE)
    canvas.shade(mouth, ellipse(CENTRE, y - 0.016, half * 0.93, 0.010 + depth * 0.42), WHITE)


def _calm(stage: Stage) -> None:
    canvas, y = stage.canvas, stage.build.mouth
    if _made_up(stage):
        canvas.fill(
            symmetric([(0, y - 0.004), (0.014, y - 0.010), (0.038, y - 0.001), (0.020, y + 0.013), (0, y + 0.015)]),
            _lip_color(stage),
        )
    canvas.stroke(
        smooth([(CENTRE - 0.044, y - 0.010), (CENTRE, y + 0.004), (CENTRE + 0.044, y - 0.010)], closed=False),
        MOUTH_DARK,
        _LINE * 0.8,
    )


def _happy(stage: Stage) -> None:
    _open_mouth(stage, 0.056, 0.034)


def _laughing(stage: Stage) -> None:
    _open_mouth(stage, 0.064, 0.054)


def _sad(stage: Stage) -> None:
    y = stage.build.mouth
    stage.canvas.stroke(arc(CENTRE, y + 0.022, 0.042, 0.026, 205, 335), MOUTH_DARK, _LINE)
    stage.canvas.stroke([(CENTRE - 0.014, y + 0.022), (CENTRE + 0.014, y + 0.022)], darker(skin_of(stage), 0.7), 0.006)


def _surprised(stage: Stage) -> None:
    y = stage.build.mouth + 0.006
    if _made_up(stage):
        stage.canvas.fill(ellipse(CENTRE, y, 0.031, 0.040), _lip_color(stage))
    stage.canvas.fill(ellipse(CENTRE, y, 0.025, 0.034), MOUTH_DARK)
    stage.canvas.shade(ellipse(CENTRE, y, 0.025, 0.034), ellipse(CENTRE, y + 0.028, 0.020, 0.016), TONGUE)


def _angry(stage: Stage) -> None:
    canvas, y = stage.canvas, stage.build.mouth
    mouth = symmetric([(0, y - 0.018), (0.036, y - 0.014), (0.056, y + 0.018), (0.046, y + 0.032), (0, y + 0.024)])
    canvas.fill(mouth, WHITE)
    canvas.outline(mouth, MOUTH_DARK, 0.009)
    canvas.stroke(
        smooth([(CENTRE - 0.048, y + 0.012), (CENTRE, y + 0.003), (CENTRE + 0.048, y + 0.012)], closed=False),
        MOUTH_DARK,
        0.006,
    )


def _winking(stage: Stage) -> None:
    canvas, y = stage.canvas, stage.build.mouth
    smile = smooth(
        [
            (CENTRE - 0.046, y - 0.002),
            (CENTRE - 0.010, y + 0.016),
            (CENTRE + 0.034, y + 0.008),
            (CENTRE + 0.056, y - 0.018),
        ],
        closed=False,
    )
    tongue = smooth(
        [
            (CENTRE + 0.004, y + 0.012),
            (CENTRE + 0.036, y + 0.006),
            (CENTRE + 0.040, y + 0.030),
            (CENTRE + 0.022, y + 0.040),
            (CENTRE + 0.006, y + 0.030),
        ]
    )
    canvas.fill(tongue, TONGUE)
    canvas.stroke(smile, MOUTH_DARK, _LINE)


def _sleepy(stage: Stage) -> None:
    y = stage.build.mouth + 0.004
    stage.canvas.fill(ellipse(CENTRE, y, 0.017, 0.013), MOUTH_DARK)


_MOUTHS: dict[Expression, Callable[[Stage], None]] = {
    Expression.CALM: _calm,
    Expression.HAPPY: _happy,
    Expression.LAUGHING: _laughing,
    Expression.SAD: _sad,
    Expression.SURPRISED: _surprised,
    Expression.ANGRY: _angry,
    Expression.WINKING: _winking,
    Expression.SLEEPY: _sleepy,
}
