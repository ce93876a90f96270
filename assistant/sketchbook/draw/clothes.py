"""Clothes: one torso per build, dressed in eight ways."""

from collections.abc import Callable

from assistant.sketchbook.draw.colors import COLORS, WHITE, Rgb, brightness, darker, lighter, mix, rgb
from assistant.sketchbook.draw.head import skin_of
from assistant.sketchbook.draw.layout import CENTRE, Build
from assistant.sketchbook.draw.paths import Path, ellipse, mirrored, polygon, rectangle, ribbon, smooth, star, symmetric
from assistant.sketchbook.draw.stage import Stage
from assistant.sketchbook.scene import Clothes

_BOTTOM = 1.06
_TIE = rgb("#c8434a")
_DENIM = rgb("#4a6da0")
_SHIRT = rgb("#f2ede2")
_BUTTON = rgb("#f2c14a")


def torso_path(build: Build) -> Path:
    """Shoulders and upper arms, down past the picture's edge."""
    top, half = build.shoulder_top, build.shoulder
    return symmetric(
        [
            (0, top - 0.026),
            (build.neck + 0.012, top - 0.030),
            (half * 0.58, top + 0.002),
            (half * 0.88, top + 0.034),
            (half + 0.006, top + 0.094),
            (half + 0.030, top + 0.19),
            (half + 0.045, _BOTTOM),
            (0, _BOTTOM),
        ]
    )


def sleeve_color(stage: Stage) -> Rgb:
    """The color of the arm that holds things up."""
    clothes, color = stage.scene.clothes, COLORS[stage.scene.clothes_color]
    return _SHIRT if clothes is Clothes.DUNGAREES else color


def draw_clothes(stage: Stage) -> None:
    """The clothes the scene names."""
    _CLOTHES[stage.scene.clothes](stage, COLORS[stage.scene.clothes_color])


def _body(stage: Stage, color: Rgb) -> Path:
    """The torso with light, shadow and the lines of the arms."""
    canvas, build = stage.canvas, stage.build
    body = torso_path(build)
    canvas.blend(body, lighter(color, 0.08), darker(color, 0.12))
    edge, top = CENTRE + build.shoulder, build.shoulder_top
    side = smooth(
        [
            (edge - 0.060, top - 0.03),
            (edge - 0.055, top + 0.08),
            (edge - 0.035, top + 0.19),
            (edge - 0.035, _BOTTOM),
            (edge + 0.2, _BOTTOM),
            (edge + 0.2, top - 0.03),
        ]
    )
    canvas.shade(body, side, darker(color, 0.45))
    rim = mirrored(
        smooth(
            [
                (edge - 0.030, top - 0.04),
                (edge - 0.006, top + 0.08),
                (edge + 0.018, top + 0.19),
                (edge + 0.03, _BOTTOM),
                (edge + 0.2, _BOTTOM),
                (edge + 0.2, top - 0.04),
            ]
        )
    )
    canvas.shade(body, rim, stage.light.rim, stage.light.rim_strength * 0.7, glowing=True)
    for way in (-1, 1):
        x = CENTRE + way * (build.shoulder - 0.045)
        fold = smooth([(x - way * 0.012, top + 0.150), (x, top + 0.22), (x + way * 0.006, _BOTTOM)], closed=False)
        canvas.fill(ribbon(fold, (0.002, 0.009, 0.010)), darker(color, 0.75))
    return body


def _neckline(stage: Stage, depth: float, width: float) -> Path:
    """The opening that shows the neck."""
    build = stage.build
    top = build.shoulder_top
    return symmetric(
        [
            (0, top - 0.040),
            (build.neck + width, top - 0.034),
            (build.neck * 0.72 + width * 0.6, top + depth * 0.62),
            (0, top + depth),
        ]
    )


def _collar(stage: Stage, opening: Path, color: Rgb, width: float) -> None:
    """A line around the opening, but not across the neck."""
    stage.canvas.stroke(opening[opening[:, 1] > stage.build.shoulder_top - 0.034], color, width)


def _show_neck(stage: Stage, opening: Path) -> None:
    skin = skin_of(stage)
    stage.canvas.fill(opening, darker(skin, 0.12))
    shadow = ellipse(CENTRE + 0.012, stage.build.shoulder_top - 0.050, stage.build.neck + 0.045, 0.058)
    stage.canvas.shade(opening, shadow, darker(skin, 0.7))


def _t_shirt(stage: Stage, color: Rgb) -> None:
    _body(stage, color)
    opening = _neckline(stage, 0.045, 0.022)
    _collar(stage, opening, darker(color, 0.55), 0.022)
    _show_neck(stage, opening)
    y = stage.build.shoulder_top + 0.175
    emblem = _DENIM if brightness(color) > 190 else WHITE
    stage.canvas.fill(star(CENTRE, y, 0.048), emblem)


def _striped_shirt(stage: Stage, color: Rgb) -> None:
    body = _body(stage, _SHIRT)
    top = stage.build.shoulder_top
    stripe = color if brightness(color) < 225 else rgb("#9aa3b5")
    for index in range(6):
        y = top + 0.060 + index * 0.062
        line = smooth(
            [(0.15, y + 0.030), (0.32, y + 0.004), (0.5, y + 0.014), (0.68, y + 0.004), (0.85, y + 0.030)], closed=False
        )
        stage.canvas.shade(body, ribbon(line, 0.031), stripe)
        right = ribbon(line[line[:, 0] > CENTRE + stage.build.shoulder - 0.045], 0.031)
        stage.canvas.shade(body, right, darker(stripe, 0.5))
    opening = _neckline(stage, 0.036, 0.036)
    _collar(stage, opening, stripe, 0.020)
    _show_neck(stage, opening)


def _sweater(stage: Stage, color: Rgb) -> None:
    canvas, build = stage.canvas, stage.build
    body = _body(stage, color)
    top = build.shoulder_top
    light = lighter(color, 0.5) if brightness(color) < 205 else mix(color, _TIE, 0.7)
    for index in range(-6, 7):
        x = CENTRE + index * 0.052
        y = top + 0.165 + 0.010 * abs(index) ** 0.5
        canvas.shade(body, polygon((x, y - 0.030), (x + 0.026, y), (x, y + 0.030), (x - 0.026, y)), light)
    for offset in (-0.052, 0.052):
        line = smooth(
            [(0.15, top + 0.19 + offset), (0.5, top + 0.170 + offset), (0.85, top + 0.19 + offset)], closed=False
        )
        canvas.shade(body, ribbon(line, 0.011), light)
    collar = symmetric(
        [
            (0, top - 0.085),
            (build.neck + 0.012, top - 0.080),
            (build.neck + 0.024, top - 0.030),
            (build.neck + 0.030, top + 0.014),
            (0, top + 0.026),
        ]
    )
    canvas.blend(collar, lighter(color, 0.15), darker(color, 0.25))
    for index in range(-2, 3):
        x = CENTRE + index * build.neck * 0.42
        canvas.stroke([(x, top - 0.066), (x * 1.0, top + 0.006)], darker(color, 0.5), 0.005)


def _hoodie(stage: Stage, color: Rgb) -> None:
    canvas, build = stage.canvas, stage.build
    top = build.shoulder_top
    hood = symmetric(
        [
            (0, top - 0.095),
            (build.neck + 0.055, top - 0.085),
            (build.neck + 0.095, top - 0.020),
            (build.neck + 0.075, top + 0.045),
            (0, top + 0.080),
        ]
    )
    _body(stage, color)
    canvas.fill(hood, lighter(color, 0.12))
    canvas.outline(hood, darker(color, 0.55), 0.007)
    opening = symmetric(
        [(0, top - 0.075), (build.neck + 0.016, top - 0.065), (build.neck + 0.020, top - 0.010), (0, top + 0.046)]
    )
    canvas.fill(opening, darker(color, 0.95))
    _show_neck(
        stage,
        symmetric([(0, top - 0.075), (build.neck + 0.002, top - 0.065), (build.neck, top - 0.015), (0, top + 0.022)]),
    )
    cord = WHITE if brightness(color) < 190 else _DENIM
    for way in (-1, 1):
        x = CENTRE + way * 0.036
        canvas.stroke([(x, top + 0.046), (x + way * 0.006, top + 0.145)], cord, 0.010)
        canvas.fill(ellipse(x + way * 0.006, top + 0.150, 0.009, 0.014), cord)
    pocket = symmetric([(0, top + 0.225), (0.075, top + 0.228), (0.120, _BOTTOM), (0, _BOTTOM)])
    canvas.outline(pocket, darker(color, 0.6), 0.008)


def _suit(stage: Stage, color: Rgb) -> None:
    canvas, build = stage.canvas, stage.build
    top = build.shoulder_top
    _body(stage, color)
    shirt = polygon(
        (CENTRE - build.neck - 0.016, top - 0.040), (CENTRE + build.neck + 0.016, top - 0.040), (CENTRE, top + 0.255)
    )
    canvas.fill(shirt, _SHIRT)
    tie = polygon(
        (CENTRE - 0.020, top + 0.010),
        (CENTRE + 0.020, top + 0.010),
        (CENTRE + 0.014, top + 0.046),
        (CENTRE + 0.030, top + 0.190),
        (CENTRE, top + 0.225),
        (CENTRE - 0.030, top + 0.190),
        (CENTRE - 0.014, top + 0.046),
    )
    tie_color = _DENIM if color[0] > 180 and color[2] < 120 else _TIE
    canvas.fill(tie, tie_color)
    canvas.fill(
        polygon(
            (CENTRE - 0.014, top + 0.046),
            (CENTRE + 0.014, top + 0.046),
            (CENTRE + 0.017, top + 0.060),
            (CENTRE - 0.016, top + 0.060),
        ),
        darker(tie_color, 0.6),
    )
    for way in (-1, 1):
        flap = polygon(
            (CENTRE, top + 0.014),
            (CENTRE + way * (build.neck + 0.012), top - 0.050),
            (CENTRE + way * (build.neck + 0.026), top - 0.022),
            (CENTRE + way * (build.neck * 0.8), top + 0.052),
        )
        canvas.fill(flap, WHITE if way < 0 else darker(WHITE, 0.18))
        lapel = polygon(
            (CENTRE + way * (build.neck + 0.018), top - 0.036),
            (CENTRE + way * (build.neck + 0.070), top + 0.010),
            (CENTRE + way * (build.neck + 0.078), top + 0.085),
            (CENTRE + way * (build.neck + 0.048), top + 0.095),
            (CENTRE + way * (build.neck + 0.056), top + 0.120),
            (CENTRE, top + 0.270),
            (CENTRE + way * 0.012, top + 0.225),
        )
        canvas.fill(lapel, lighter(color, 0.14) if way < 0 else darker(color, 0.2))
        canvas.outline(lapel, darker(color, 0.8), 0.005)
    canvas.stroke([(CENTRE, top + 0.265), (CENTRE, _BOTTOM)], darker(color, 0.8), 0.007)


def _dungarees(stage: Stage, color: Rgb) -> None:
    canvas, build = stage.canvas, stage.build
    top, half = build.shoulder_top, build.shoulder
    body = _body(stage, _SHIRT)
    opening = _neckline(stage, 0.032, 0.018)
    _collar(stage, opening, darker(_SHIRT, 0.35), 0.018)
    _show_neck(stage, opening)
    bib = symmetric(
        [
            (0, top + 0.120),
            (half * 0.56, top + 0.118),
            (half * 0.62, top + 0.140),
            (half * 0.70, top + 0.24),
            (half * 0.92, _BOTTOM),
            (0, _BOTTOM),
        ]
    )
    for way in (-1, 1):
        strap = ribbon(
            smooth(
                [
                    (CENTRE + way * half * 0.60, top - 0.02),
                    (CENTRE + way * half * 0.54, top + 0.06),
                    (CENTRE + way * half * 0.47, top + 0.16),
                ],
                closed=False,
            ),
            0.046,
        )
        canvas.shade(body, strap, color if way < 0 else darker(color, 0.3))
    canvas.blend(bib, lighter(color, 0.06), darker(color, 0.2))
    canvas.outline(bib, darker(color, 0.6), 0.006)
    pocket = rectangle(CENTRE - 0.060, top + 0.195, CENTRE + 0.060, _BOTTOM, 0.012)
    canvas.outline(pocket, darker(color, 0.6), 0.007)
    button = _BUTTON if brightness(color) < 180 else _DENIM
    for way in (-1, 1):
        canvas.fill(ellipse(CENTRE + way * half * 0.47, top + 0.150, 0.017, 0.017), button)


def _raincoat(stage: Stage, color: Rgb) -> None:
    canvas, build = stage.canvas, stage.build
    top = build.shoulder_top
    _body(stage, color)
    _show_neck(stage, _neckline(stage, 0.050, 0.010))
    for way in (-1, 1):
        collar = smooth(
            [
                (CENTRE, top + 0.050),
                (CENTRE + way * (build.neck + 0.004), top - 0.060),
                (CENTRE + way * (build.neck + 0.042), top - 0.044),
                (CENTRE + way * (build.neck + 0.075), top + 0.040),
                (CENTRE + way * 0.050, top + 0.080),
            ]
        )
        canvas.fill(collar, lighter(color, 0.20) if way < 0 else darker(color, 0.12))
        canvas.outline(collar, darker(color, 0.6), 0.006)
    placket = rectangle(CENTRE - 0.030, top + 0.058, CENTRE + 0.030, _BOTTOM)
    canvas.fill(placket, lighter(color, 0.10))
    canvas.stroke([(CENTRE + 0.030, top + 0.062), (CENTRE + 0.030, _BOTTOM)], darker(color, 0.6), 0.007)
    for y in (top + 0.110, top + 0.190, top + 0.270):
        canvas.stroke([(CENTRE - 0.052, y), (CENTRE + 0.044, y)], darker(color, 0.75), 0.010)
        canvas.fill(ellipse(CENTRE + 0.046, y, 0.014, 0.016), _SHIRT if brightness(color) < 200 else _DENIM)


def _dress(stage: Stage, color: Rgb) -> None:
    canvas, build = stage.canvas, stage.build
    top = build.shoulder_top
    body = _body(stage, color)
    dots = lighter(color, 0.65) if brightness(color) < 200 else mix(color, _TIE, 0.75)
    for row in range(5):
        for column in range(-5, 6):
            x = CENTRE + (column + 0.5 * (row % 2)) * 0.072
            canvas.shade(body, ellipse(x, top + 0.050 + row * 0.062, 0.0115, 0.0115), dots)
    opening = _neckline(stage, 0.030, 0.040)
    _show_neck(stage, opening)
    for way in (-1, 1):
        collar = smooth(
            [
                (CENTRE + way * 0.004, top + 0.026),
                (CENTRE + way * (build.neck + 0.010), top - 0.034),
                (CENTRE + way * (build.neck + 0.060), top - 0.012),
                (CENTRE + way * (build.neck + 0.056), top + 0.046),
                (CENTRE + way * 0.050, top + 0.070),
            ]
        )
        canvas.fill(collar, WHITE if brightness(color) < 225 else _TIE)
    canvas.fill(ellipse(CENTRE, top + 0.040, 0.012, 0.012), darker(color, 0.5))


_CLOTHES: dict[Clothes, Callable[[Stage, Rgb], None]] = {
    Clothes.T_SHIRT: _t_shirt,
    Clothes.STRIPED_SHIRT: _striped_shirt,
    Clothes.SWEATER: _sweater,
    Clothes.HOODIE: _hoodie,
    Clothes.SUIT: _suit,
    Clothes.DUNGAREES: _dungarees,
    Clothes.RAINCOAT: _raincoat,
    Clothes.DRESS: _dress,
}
