"""Animals that sit in the near corner: drawn on the right, flipped for the left."""

from assistant.sketchbook.draw.colors import INK, WHITE, WOOD, Rgb, darker, lighter, rgb
from assistant.sketchbook.draw.paths import arc, ellipse, polygon, ribbon, smooth, symmetric
from assistant.sketchbook.draw.stage import Stage

X = 0.845  # where animals sit
_TAN = rgb("#c98b4f")
_GREY = rgb("#8d93a6")
_SNOW = rgb("#f3efe8")
_ROBIN = rgb("#7a6455")
_BREAST = rgb("#ea7a3c")
_COLLAR = rgb("#d8413f")
_PINK = rgb("#ef9aa0")


def _eyes(stage: Stage, y: float, apart: float, size: float = 1.0) -> None:
    for way in (-1, 1):
        stage.canvas.fill(ellipse(X + way * apart, y, 0.0125 * size, 0.0155 * size), INK)
        stage.canvas.fill(ellipse(X + way * apart - 0.004, y - 0.006, 0.0045 * size, 0.005 * size), WHITE)


def _body(stage: Stage, top: float, half: float, color: Rgb) -> None:
    body = symmetric([(0, top), (half * 0.55, top + 0.02), (half, top + 0.14), (half * 1.05, 1.04), (0, 1.06)], X)
    stage.canvas.blend(body, color, darker(color, 0.3))
    side = smooth(
        [
            (X + half * 0.5, top),
            (X + half * 0.62, top + 0.14),
            (X + half * 0.6, 1.05),
            (X + half * 1.4, 1.05),
            (X + half * 1.4, top),
        ]
    )
    stage.canvas.shade(body, side, darker(color, 0.5))


def draw_dog(stage: Stage) -> None:
    """A brown dog with its tongue out."""
    canvas = stage.canvas
    _body(stage, 0.76, 0.115, _TAN)
    canvas.fill(symmetric([(0, 0.80), (0.045, 0.83), (0.058, 0.95), (0, 1.04)], X), _SNOW)
    canvas.fill(ribbon(arc(X, 0.765, 0.078, 0.045, 10, 170), 0.022), _COLLAR)
    canvas.fill(ellipse(X, 0.822, 0.017, 0.017), rgb("#ffd95a"))
    head = symmetric([(0, 0.600), (0.065, 0.612), (0.094, 0.670), (0.086, 0.745), (0.048, 0.795), (0, 0.802)], X)
    canvas.blend(head, lighter(_TAN, 0.12), _TAN)
    canvas.fill(
        symmetric([(0, 0.605), (0.016, 0.62), (0.018, 0.68), (0.050, 0.730), (0.048, 0.775), (0, 0.795)], X), _SNOW
    )
    for way in (-1, 1):
        ear = smooth(
            [
                (X + way * 0.052, 0.612),
                (X + way * 0.108, 0.625),
                (X + way * 0.132, 0.710),
                (X + way * 0.112, 0.775),
                (X + way * 0.086, 0.735),
                (X + way * 0.078, 0.665),
            ]
        )
        canvas.fill(ear, darker(_TAN, 0.75 if way < 0 else 0.95))
    _eyes(stage, 0.682, 0.046)
    canvas.fill(
        smooth([(X - 0.018, 0.770), (X + 0.018, 0.770), (X + 0.017, 0.812), (X, 0.822), (X - 0.017, 0.812)]),
        rgb("#ec6f78"),
    )
    canvas.stroke(arc(X - 0.019, 0.756, 0.019, 0.018, 0, 160), INK, 0.006)
    canvas.stroke(arc(X + 0.019, 0.756, 0.019, 0.018, 20, 180), INK, 0.006)
    canvas.fill(ellipse(X, 0.735, 0.023, 0.017), INK)


def draw_cat(stage: Stage) -> None:
    """A grey tabby, tail round its side."""
    canvas = stage.canvas
    tail = smooth([(X - 0.08, 1.01), (X - 0.145, 0.985), (X - 0.160, 0.900), (X - 0.120, 0.850)], closed=False)
    canvas.fill(ribbon(tail, (0.045, 0.042, 0.030)), darker(_GREY, 0.25))
    _body(stage, 0.76, 0.105, _GREY)
    canvas.fill(ellipse(X, 0.880, 0.042, 0.075), _SNOW)
    for way in (-1, 1):
        ear = polygon((X + way * 0.024, 0.640), (X + way * 0.084, 0.572), (X + way * 0.100, 0.690))
        canvas.fill(ear, _GREY if way < 0 else darker(_GREY, 0.3))
        canvas.fill(polygon((X + way * 0.048, 0.640), (X + way * 0.076, 0.606), (X + way * 0.084, 0.664)), _PINK)
    canvas.fill(ellipse(X, 0.710, 0.106, 0.088), _GREY)
    canvas.fill(ellipse(X, 0.750, 0.060, 0.040), _SNOW)
    for offset in (-0.026, 0.0, 0.026):
        canvas.fill(ribbon([(X + offset * 1.15, 0.630), (X + offset, 0.668)], (0.015, 0.004)), darker(_GREY, 0.8))
    for way in (-1, 1):
        canvas.fill(ellipse(X + way * 0.046, 0.704, 0.022, 0.021), rgb("#b9d56a"))
        canvas.fill(ellipse(X + way * 0.046, 0.704, 0.010, 0.019), INK)
        canvas.stroke(arc(X + way * 0.013, 0.752, 0.013, 0.011, 0, 180), INK, 0.006)
        for rise in (-0.008, 0.010):
            canvas.stroke([(X + way * 0.060, 0.748 + rise * 0.4), (X + way * 0.118, 0.742 + rise)], WHITE, 0.004)
    canvas.fill(polygon((X - 0.013, 0.733), (X + 0.013, 0.733), (X, 0.749)), _PINK)


def draw_bird(stage: Stage) -> None:
    """A robin on a wooden post."""
    canvas = stage.canvas
    post = polygon((X - 0.048, 0.790), (X + 0.048, 0.790), (X + 0.054, 1.05), (X - 0.054, 1.05))
    canvas.blend(post, WOOD, darker(WOOD, 0.5))
    canvas.shade(
        post, polygon((X + 0.015, 0.78), (X + 0.10, 0.78), (X + 0.10, 1.06), (X + 0.020, 1.06)), darker(WOOD, 0.55)
    )
    canvas.fill(ellipse(X, 0.790, 0.054, 0.016), lighter(WOOD, 0.3))
    for x in (X - 0.020, X + 0.018):
        canvas.stroke([(x, 0.735), (x, 0.788)], rgb("#8a4a2c"), 0.009)
    canvas.fill(
        polygon((X + 0.050, 0.680), (X + 0.150, 0.735), (X + 0.135, 0.765), (X + 0.030, 0.735)), darker(_ROBIN, 0.45)
    )
    body = smooth(
        [
            (X - 0.020, 0.545),
            (X + 0.050, 0.575),
            (X + 0.085, 0.655),
            (X + 0.062, 0.730),
            (X, 0.755),
            (X - 0.068, 0.730),
            (X - 0.096, 0.655),
            (X - 0.080, 0.580),
        ]
    )
    canvas.blend(body, lighter(_ROBIN, 0.15), _ROBIN)
    canvas.shade(body, ellipse(X - 0.060, 0.680, 0.075, 0.085), _BREAST)
    canvas.shade(body, ellipse(X - 0.020, 0.760, 0.070, 0.040), _SNOW)
    canvas.fill(
        smooth([(X - 0.002, 0.640), (X + 0.070, 0.640), (X + 0.096, 0.700), (X + 0.060, 0.725), (X + 0.010, 0.700)]),
        darker(_ROBIN, 0.55),
    )
    canvas.fill(polygon((X - 0.086, 0.598), (X - 0.138, 0.615), (X - 0.088, 0.630)), rgb("#f2b23e"))
    canvas.fill(ellipse(X - 0.040, 0.602, 0.0135, 0.015), INK)
    canvas.fill(ellipse(X - 0.044, 0.597, 0.005, 0.005), WHITE)


def draw_rabbit(stage: Stage) -> None:
    """A white rabbit with long ears."""
    canvas = stage.canvas
    for way in (-1, 1):
        ear = ellipse(X + way * 0.046, 0.585, 0.030, 0.100, way * 9)
        canvas.fill(ear, _SNOW if way < 0 else darker(_SNOW, 0.22))
        canvas.fill(ellipse(X + way * 0.047, 0.592, 0.015, 0.074, way * 9), _PINK)
    _body(stage, 0.80, 0.110, _SNOW)
    canvas.fill(ellipse(X, 0.760, 0.098, 0.086), _SNOW)
    canvas.shade(ellipse(X, 0.760, 0.098, 0.086), ellipse(X + 0.090, 0.79, 0.05, 0.09), darker(_SNOW, 0.3))
    _eyes(stage, 0.745, 0.046, 1.1)
    for way in (-1, 1):
        canvas.fill(ellipse(X + way * 0.064, 0.782, 0.020, 0.013), _PINK, 0.6)
        canvas.stroke(arc(X + way * 0.013, 0.790, 0.013, 0.011, 0, 180), INK, 0.006)
    canvas.fill(polygon((X - 0.011, 0.773), (X + 0.011, 0.773), (X, 0.787)), _PINK)
    canvas.fill(polygon((X - 0.010, 0.801), (X + 0.010, 0.801), (X + 0.009, 0.822), (X - 0.009, 0.822)), WHITE)
    canvas.fill(ribbon(arc(X, 0.820, 0.066, 0.040, 20, 160), 0.022), rgb("#3d74c6"))
