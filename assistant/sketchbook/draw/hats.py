"""Hats: every one sits on the same line of the skull, so that all fit every head."""

from collections.abc import Callable

import numpy as np

from assistant.sketchbook.draw.colors import COLORS, Rgb, brightness, darker, lighter, rgb
from assistant.sketchbook.draw.layout import CENTRE, HAT_LINE
from assistant.sketchbook.draw.paths import Path, arc, below, bumpy, ellipse, polygon, ribbon, smooth, star, symmetric
from assistant.sketchbook.draw.stage import Stage
from assistant.sketchbook.scene import Color, Hat

_HEAD = 0.186  # half width of a hat's opening: skull and hair
_CREAM = rgb("#f7ecd2")
_BAND = rgb("#4a3a46")
_RIBBON = rgb("#c9484c")


def draw_hat(stage: Stage) -> None:
    """The hat the scene names, if any, with its shadow on the forehead."""
    hat = stage.scene.hat
    if hat is Hat.NONE:
        return
    _HATS[hat](stage, COLORS[stage.scene.hat_color])


def _soft(stage: Stage, shape: Path, color: Rgb, edge: float = 0.09) -> None:
    """A shape lit from the upper left: light to dark, with a shaded right side."""
    stage.canvas.blend(shape, lighter(color, 0.10), color)
    right, low, high = shape[:, 0].max(), shape[:, 1].max(), shape[:, 1].min()
    side = smooth(
        [
            (right - edge * 0.6, high - 0.02),
            (right - edge, (high + low) / 2),
            (right - edge * 1.3, low + 0.02),
            (right + 0.05, low + 0.02),
            (right + 0.05, high - 0.02),
        ]
    )
    stage.canvas.shade(shape, side, darker(color, 0.5))
    left = shape[:, 0].min()
    rim = smooth(
        [
            (left + 0.010, high - 0.02),
            (left + 0.012, (high + low) / 2),
            (left + 0.010, low + 0.02),
            (left - 0.05, low),
            (left - 0.05, high),
        ]
    )
    stage.canvas.shade(shape, rim, stage.light.rim, stage.light.rim_strength * 0.6, glowing=True)


def _contrast(color: Rgb) -> Rgb:
    """A trim that shows on the color."""
    return _BAND if brightness(color) > 105 else _CREAM


def _dome(top: float, half: float = _HEAD, low: float = HAT_LINE + 0.012) -> Path:
    height = low - top
    return symmetric(
        [
            (0, top),
            (half * 0.55, top + height * 0.07),
            (half * 0.90, top + height * 0.36),
            (half, top + height * 0.75),
            (half, low),
            (half * 0.5, low + 0.004),
            (0, low + 0.006),
        ]
    )


def _cap(stage: Stage, color: Rgb) -> None:
    canvas = stage.canvas
    dome = _dome(0.135)
    _soft(stage, dome, color)
    canvas.stroke(arc(CENTRE, HAT_LINE, 0.07, 0.150, 190, 268), darker(color, 0.55), 0.006)
    canvas.stroke(arc(CENTRE, HAT_LINE, 0.07, 0.150, 272, 350), darker(color, 0.55), 0.006)
    canvas.fill(ellipse(CENTRE, 0.138, 0.017, 0.010), darker(color, 0.4))
    badge = ellipse(CENTRE, 0.222, 0.040, 0.036)
    canvas.fill(badge, _contrast(color) if brightness(color) > 190 else _CREAM)
    canvas.fill(star(CENTRE, 0.223, 0.024), color)
    peak = symmetric(
        [
            (0, HAT_LINE - 0.030),
            (0.130, HAT_LINE - 0.020),
            (0.192, HAT_LINE + 0.010),
            (0.170, HAT_LINE + 0.036),
            (0.090, HAT_LINE + 0.026),
            (0, HAT_LINE + 0.022),
        ]
    )
    canvas.blend(peak, darker(color, 0.25), darker(color, 0.75))
    canvas.stroke(
        smooth(
            [
                (0.325, HAT_LINE + 0.006),
                (0.40, HAT_LINE - 0.018),
                (0.50, HAT_LINE - 0.026),
                (0.60, HAT_LINE - 0.018),
                (0.675, HAT_LINE + 0.006),
            ],
            closed=False,
        ),
        lighter(color, 0.35),
        0.006,
    )


def _beanie(stage: Stage, color: Rgb) -> None:
    canvas = stage.canvas
    canvas.fill(bumpy(CENTRE, 0.090, 0.052, 0.048, 12, 0.14), lighter(color, 0.45))
    dome = _dome(0.120, _HEAD + 0.002)
    _soft(stage, dome, color)
    for offset in (-0.10, -0.05, 0.0, 0.05, 0.10):
        rib = smooth(
            [(CENTRE + offset * 0.35, 0.135), (CENTRE + offset * 1.05, 0.200), (CENTRE + offset * 1.25, 0.26)],
            closed=False,
        )
        canvas.fill(ribbon(rib, (0.002, 0.006, 0.004)), darker(color, 0.55))
    band = smooth(
        [
            (0.302, 0.246),
            (0.40, 0.232),
            (0.50, 0.228),
            (0.60, 0.232),
            (0.698, 0.246),
            (0.700, 0.306),
            (0.60, 0.314),
            (0.50, 0.316),
            (0.40, 0.314),
            (0.300, 0.306),
        ]
    )
    _soft(stage, band, lighter(color, 0.22))
    for x in np.linspace(0.335, 0.665, 10):
        canvas.stroke([(x, 0.242), (x, 0.304)], darker(color, 0.25), 0.005)


def _beret(stage: Stage, color: Rgb) -> None:
    canvas = stage.canvas
    canvas.stroke([(0.475, 0.150), (0.468, 0.118)], darker(color, 0.4), 0.016)
    body = smooth(
        [
            (0.318, 0.298),
            (0.268, 0.262),
            (0.262, 0.205),
            (0.330, 0.155),
            (0.450, 0.132),
            (0.580, 0.148),
            (0.680, 0.200),
            (0.712, 0.255),
            (0.684, 0.300),
            (0.600, 0.272),
            (0.500, 0.266),
            (0.400, 0.276),
        ]
    )
    _soft(stage, body, color, 0.12)
    band = ribbon(
        smooth([(0.318, 0.306), (0.400, 0.280), (0.500, 0.272), (0.600, 0.278), (0.684, 0.306)], closed=False), 0.024
    )
    canvas.fill(band, darker(color, 0.8))
    canvas.fill(
        ribbon(smooth([(0.300, 0.235), (0.350, 0.190), (0.440, 0.165)], closed=False), (0.002, 0.016, 0.002)),
        lighter(color, 0.35),
    )


def _top_hat(stage: Stage, color: Rgb) -> None:
    canvas = stage.canvas
    tube = symmetric([(0, 0.022), (0.140, 0.026), (0.158, 0.034), (0.150, 0.15), (0.150, 0.275), (0, 0.290)])
    _soft(stage, tube, color, 0.08)
    canvas.fill(ellipse(CENTRE, 0.036, 0.150, 0.014), darker(color, 0.55))
    canvas.shade(tube, polygon((0.3, 0.205), (0.7, 0.205), (0.7, 0.256), (0.3, 0.256)), _trim(color))
    canvas.fill(
        ribbon(smooth([(0.375, 0.060), (0.378, 0.12), (0.382, 0.190)], closed=False), (0.003, 0.018, 0.003)),
        lighter(color, 0.3),
    )
    _brim(stage, color, 0.235, 0.030, 0.278)


def _trim(color: Rgb) -> Rgb:
    """A red ribbon, or a cream one on what is red already."""
    return _CREAM if color[0] > 180 and color[1] < 150 else _RIBBON


def _brim(stage: Stage, color: Rgb, half: float, thick: float, y: float) -> Path:
    """An elliptic brim seen a little from below, drooping at its sides."""
    brim = symmetric(
        [
            (0, y - thick * 0.5),
            (half * 0.6, y - thick * 0.55),
            (half * 0.95, y - thick * 0.1),
            (half, y + thick * 0.6),
            (half * 0.75, y + thick * 0.95),
            (half * 0.4, y + thick * 0.75),
            (0, y + thick * 0.7),
        ]
    )
    stage.canvas.blend(brim, lighter(color, 0.18), darker(color, 0.55))
    return brim


def _straw_hat(stage: Stage, color: Rgb) -> None:
    canvas = stage.canvas
    dome = _dome(0.105, 0.160, 0.285)
    _soft(stage, dome, color)
    for y in (0.135, 0.160, 0.185):
        canvas.shade(dome, ribbon(arc(CENTRE, y + 0.03, 0.19, 0.03, 200, 340), 0.005), darker(color, 0.35))
    canvas.shade(dome, ribbon(smooth([(0.30, 0.238), (0.5, 0.228), (0.7, 0.238)], closed=False), 0.052), _trim(color))
    brim = _brim(stage, color, 0.340, 0.046, 0.280)
    for grow in (0.035, 0.07):
        canvas.shade(
            brim,
            ribbon(arc(CENTRE, 0.268 + grow * 0.2, 0.20 + grow * 1.6, 0.006 + grow * 0.25, 0, 180), 0.005),
            darker(color, 0.4),
        )


def _cowboy_hat(stage: Stage, color: Rgb) -> None:
    canvas = stage.canvas
    crown = smooth(
        [
            (0.345, 0.285),
            (0.352, 0.190),
            (0.378, 0.108),
            (0.430, 0.082),
            (0.500, 0.118),
            (0.570, 0.082),
            (0.622, 0.108),
            (0.648, 0.190),
            (0.655, 0.285),
            (0.500, 0.300),
        ]
    )
    _soft(stage, crown, color)
    canvas.fill(
        ribbon(smooth([(0.500, 0.122), (0.502, 0.165), (0.506, 0.205)], closed=False), (0.004, 0.020, 0.002)),
        darker(color, 0.6),
    )
    canvas.shade(
        crown, ribbon(smooth([(0.33, 0.246), (0.5, 0.256), (0.67, 0.246)], closed=False), 0.036), _contrast(color)
    )
    brim = symmetric(
        [
            (0, 0.262),
            (0.150, 0.258),
            (0.245, 0.236),
            (0.315, 0.180),
            (0.338, 0.190),
            (0.318, 0.258),
            (0.245, 0.306),
            (0.130, 0.326),
            (0, 0.328),
        ]
    )
    canvas.blend(brim, lighter(color, 0.22), darker(color, 0.5))
    canvas.fill(star(CENTRE, 0.250, 0.022), rgb("#ffd95a"))


def _wizard_hat(stage: Stage, color: Rgb) -> None:
    canvas = stage.canvas
    cone = smooth(
        [
            (0.345, 0.285),
            (0.385, 0.200),
            (0.425, 0.110),
            (0.470, 0.045),
            (0.545, 0.018),
            (0.620, 0.048),
            (0.628, 0.070),
            (0.575, 0.068),
            (0.572, 0.110),
            (0.612, 0.200),
            (0.655, 0.285),
            (0.500, 0.300),
        ]
    )
    _soft(stage, cone, color, 0.07)
    gold = rgb("#ffdb6b") if brightness(color) < 175 else rgb("#8253b4")
    for x, y, radius in ((0.455, 0.195, 0.026), (0.545, 0.150, 0.019), (0.500, 0.092, 0.014)):
        canvas.fill(star(x, y, radius), gold)
    canvas.shade(
        cone, ribbon(smooth([(0.33, 0.250), (0.5, 0.262), (0.67, 0.250)], closed=False), 0.034), darker(color, 0.9)
    )
    canvas.fill(_buckle(), gold)
    _brim(stage, color, 0.315, 0.040, 0.282)


def _buckle() -> Path:
    return polygon((0.475, 0.240), (0.525, 0.240), (0.525, 0.276), (0.475, 0.276))


def _crown(stage: Stage, color: Rgb) -> None:
    canvas = stage.canvas
    edge = polygon(
        (0.335, 0.300),
        (0.310, 0.150),
        (0.405, 0.218),
        (0.435, 0.118),
        (0.500, 0.195),
        (0.565, 0.118),
        (0.595, 0.218),
        (0.690, 0.150),
        (0.665, 0.300),
    )
    canvas.fill(below(ellipse(CENTRE, 0.215, 0.150, 0.030), 0.0), darker(color, 0.9))
    _soft(stage, edge, color, 0.06)
    band = polygon((0.331, 0.262), (0.669, 0.262), (0.664, 0.304), (0.336, 0.304))
    canvas.blend(band, lighter(color, 0.35), darker(color, 0.15))
    for x, y in ((0.310, 0.146), (0.435, 0.114), (0.565, 0.114), (0.690, 0.146)):
        canvas.fill(ellipse(x, y, 0.018, 0.018), lighter(color, 0.45))
    jewels = (COLORS[Color.BLUE], COLORS[Color.RED], COLORS[Color.GREEN])
    for x, jewel in zip((0.405, 0.500, 0.595), jewels, strict=True):
        shown = jewel if abs(brightness(jewel) - brightness(color)) > 12 else _CREAM
        canvas.fill(ellipse(x, 0.283, 0.017, 0.015), shown)


_HATS: dict[Hat, Callable[[Stage, Rgb], None]] = {
    Hat.CAP: _cap,
    Hat.BEANIE: _beanie,
    Hat.BERET: _beret,
    Hat.TOP_HAT: _top_hat,
    Hat.STRAW_HAT: _straw_hat,
    Hat.COWBOY_HAT: _cowboy_hat,
    Hat.WIZARD_HAT: _wizard_hat,
    Hat.CROWN: _crown,
}
