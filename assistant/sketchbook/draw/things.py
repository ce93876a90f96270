"""Things that stand in the near corner: drawn on the right, flipped for the left."""

import numpy as np

from assistant.sketchbook.draw.colors import INK, LAMP_LIGHT, LEAF, METAL, WHITE, WOOD, Rgb, darker, lighter, mix, rgb
from assistant.sketchbook.draw.paths import arc, bumpy, ellipse, polygon, rectangle, ribbon, smooth, symmetric
from assistant.sketchbook.draw.stage import Stage

X = 0.845  # where things stand
_TEAL = rgb("#2f9c95")
_RED = rgb("#d5483f")
_POT = rgb("#c96f4a")
_GLASS = rgb("#cfe8ee")
_TYRE = rgb("#3a3743")
_SNOW = rgb("#f4f6fb")
_CARROT = rgb("#f08a35")


def draw_tree(stage: Stage) -> None:
    """A round little tree."""
    canvas, leaf = stage.canvas, mix(LEAF, rgb("#f3f6fb"), stage.light.snow * 0.45)
    trunk = smooth(
        [
            (X - 0.024, 0.62),
            (X + 0.024, 0.62),
            (X + 0.028, 0.90),
            (X + 0.052, 1.05),
            (X - 0.052, 1.05),
            (X - 0.028, 0.90),
        ]
    )
    canvas.blend(trunk, darker(WOOD, 0.3), darker(WOOD, 0.7))
    canvas.fill(ribbon([(X, 0.78), (X + 0.055, 0.70)], (0.022, 0.012)), darker(WOOD, 0.5))
    crown = bumpy(X, 0.500, 0.152, 0.205, 17, 0.09)
    canvas.blend(crown, lighter(leaf, 0.2), leaf)
    canvas.shade(crown, bumpy(X + 0.090, 0.57, 0.100, 0.165, 12, 0.10), darker(leaf, 0.6))
    for x, y in ((-0.070, -0.100), (-0.02, -0.03), (-0.085, 0.03), (0.02, -0.13), (-0.03, 0.10)):
        canvas.fill(ribbon(arc(X + x, 0.500 + y, 0.030, 0.026, 200, 340), (0.002, 0.010, 0.002)), lighter(leaf, 0.4))
    for x, y in ((-0.045, -0.055), (0.055, -0.090), (-0.085, 0.080), (0.030, 0.045), (0.082, 0.030), (-0.010, 0.135)):
        canvas.fill(ellipse(X + x, 0.500 + y, 0.016, 0.017), _RED)


def draw_lamp(stage: Stage) -> None:
    """A street lamp that shines when the light goes."""
    canvas, shine, iron = stage.canvas, stage.light.lamps, darker(METAL, 0.5)
    canvas.fill(polygon((X - 0.013, 0.50), (X + 0.013, 0.50), (X + 0.017, 1.05), (X - 0.017, 1.05)), iron)
    canvas.fill(rectangle(X - 0.030, 0.93, X + 0.030, 1.05, 0.01), darker(METAL, 0.7))
    for y in (0.56, 0.90):
        canvas.fill(rectangle(X - 0.026, y, X + 0.026, y + 0.022, 0.008), darker(METAL, 0.7))
    canvas.glow(X, 0.425, 0.25, LAMP_LIGHT, 0.8 * shine)
    glass = polygon((X - 0.072, 0.365), (X + 0.072, 0.365), (X + 0.044, 0.505), (X - 0.044, 0.505))
    canvas.fill(glass, mix(_GLASS, LAMP_LIGHT, 0.35 + 0.65 * shine), glowing=shine > 0)
    canvas.glow(X, 0.435, 0.075, WHITE, shine)
    for way in (-1, 1):
        canvas.stroke([(X + way * 0.072, 0.365), (X + way * 0.044, 0.505)], iron, 0.010)
        canvas.stroke([(X + way * 0.022, 0.365), (X + way * 0.014, 0.505)], iron, 0.006)
    canvas.fill(polygon((X - 0.090, 0.370), (X - 0.040, 0.318), (X + 0.040, 0.318), (X + 0.090, 0.370)), iron)
    canvas.fill(ellipse(X, 0.305, 0.018, 0.018), iron)
    canvas.fill(rectangle(X - 0.050, 0.498, X + 0.050, 0.520, 0.006), iron)


def draw_bicycle(stage: Stage) -> None:
    """A bicycle, side on."""
    canvas, y = stage.canvas, 0.885
    wheels = (0.735, 0.930)
    for x in wheels:
        canvas.outline(ellipse(x, y, 0.078, 0.078), _TYRE, 0.016)
        canvas.outline(ellipse(x, y, 0.066, 0.066), lighter(METAL, 0.6), 0.005)
        for angle in np.arange(6) * np.pi / 6:
            reach = np.array([np.cos(angle), np.sin(angle)]) * 0.064
            canvas.stroke([(x - reach[0], y - reach[1]), (x + reach[0], y + reach[1])], lighter(METAL, 0.45), 0.003)
        canvas.fill(ellipse(x, y, 0.012, 0.012), _TYRE)
    crank, seat, head = (0.825, 0.890), (0.790, 0.750), (0.905, 0.755)
    for start, end in (((wheels[0], y), seat), (seat, crank), (crank, head), (seat, head)):
        canvas.stroke([start, end], _RED, 0.017)
    canvas.stroke([(wheels[0], y), crank], _RED, 0.015)
    canvas.stroke([(wheels[1], y), (0.895, 0.690)], _RED, 0.017)
    canvas.stroke(smooth([(0.895, 0.690), (0.868, 0.680), (0.850, 0.700)], closed=False), _TYRE, 0.014)
    canvas.stroke([seat, (0.783, 0.715)], _TYRE, 0.012)
    canvas.fill(
        smooth([(0.745, 0.708), (0.790, 0.700), (0.828, 0.712), (0.790, 0.728), (0.752, 0.728)]), darker(WOOD, 0.6)
    )
    canvas.fill(ellipse(crank[0], crank[1], 0.022, 0.022), METAL)
    basket = polygon((0.905, 0.700), (0.992, 0.700), (0.980, 0.778), (0.918, 0.778))
    canvas.fill(basket, lighter(WOOD, 0.2))
    for row in (0.724, 0.750):
        canvas.shade(basket, ribbon([(0.89, row), (1.0, row)], 0.006), darker(WOOD, 0.5))
    for x, color in ((0.925, _CARROT), (0.950, rgb("#f08fb4")), (0.975, rgb("#f6c73f"))):
        canvas.fill(ellipse(x, 0.690, 0.019, 0.019), color)


def draw_boat(stage: Stage) -> None:
    """A small sailing boat on a lick of water."""
    canvas = stage.canvas
    canvas.fill(bumpy(X, 0.985, 0.180, 0.050, 20, 0.12), rgb("#4f9fc4"))
    canvas.stroke([(X - 0.005, 0.46), (X - 0.005, 0.88)], darker(WOOD, 0.5), 0.015)
    main = smooth(
        [
            (X + 0.010, 0.47),
            (X + 0.075, 0.62),
            (X + 0.125, 0.80),
            (X + 0.060, 0.815),
            (X + 0.010, 0.81),
            (X + 0.010, 0.64),
        ]
    )
    canvas.blend(main, WHITE, darker(WHITE, 0.22))
    for y in (0.615, 0.705):
        canvas.shade(main, ribbon([(X, y), (X + 0.14, y + 0.01)], 0.034), _RED)
    jib = smooth(
        [
            (X - 0.020, 0.50),
            (X - 0.080, 0.66),
            (X - 0.115, 0.80),
            (X - 0.060, 0.812),
            (X - 0.020, 0.80),
            (X - 0.022, 0.65),
        ]
    )
    canvas.blend(jib, WHITE, darker(WHITE, 0.3))
    canvas.fill(polygon((X - 0.005, 0.440), (X + 0.060, 0.462), (X - 0.005, 0.484)), _RED)
    hull = smooth(
        [
            (X - 0.160, 0.840),
            (X - 0.060, 0.852),
            (X + 0.060, 0.852),
            (X + 0.152, 0.836),
            (X + 0.112, 0.940),
            (X, 0.960),
            (X - 0.112, 0.944),
        ]
    )
    canvas.blend(hull, lighter(_TEAL, 0.1), darker(_TEAL, 0.4))
    canvas.shade(hull, ribbon(smooth([(X - 0.18, 0.850), (X, 0.866), (X + 0.18, 0.846)], closed=False), 0.022), WHITE)
    for offset in (-0.11, -0.02, 0.07):
        canvas.fill(ribbon(arc(X + offset + 0.02, 0.968, 0.042, 0.016, 190, 350), (0.002, 0.012, 0.002)), WHITE)


def draw_car(stage: Stage) -> None:
    """A small round car, seen from the front."""
    canvas, shine = stage.canvas, stage.light.lamps
    for way in (-1, 1):
        canvas.fill(rectangle(X + way * 0.110 - 0.032, 0.90, X + way * 0.110 + 0.032, 1.0, 0.014), _TYRE)
    roof = symmetric([(0, 0.640), (0.070, 0.645), (0.098, 0.680), (0.122, 0.785), (0, 0.80)], X)
    canvas.blend(roof, lighter(_TEAL, 0.2), _TEAL)
    glass = symmetric([(0, 0.668), (0.062, 0.672), (0.080, 0.695), (0.098, 0.772), (0, 0.778)], X)
    canvas.blend(glass, _GLASS, mix(_GLASS, _TEAL, 0.35))
    canvas.shade(glass, polygon((X - 0.05, 0.79), (X + 0.01, 0.66), (X + 0.04, 0.66), (X - 0.02, 0.79)), WHITE, 0.55)
    body = symmetric([(0, 0.765), (0.100, 0.768), (0.148, 0.800), (0.158, 0.870), (0.150, 0.945), (0, 0.955)], X)
    canvas.blend(body, lighter(_TEAL, 0.15), darker(_TEAL, 0.4))
    canvas.fill(rectangle(X - 0.160, 0.915, X + 0.160, 0.948, 0.014), lighter(METAL, 0.55))
    canvas.fill(rectangle(X - 0.045, 0.905, X + 0.045, 0.940, 0.005), WHITE)
    for y in (0.850, 0.870):
        canvas.stroke([(X - 0.055, y), (X + 0.055, y)], darker(_TEAL, 0.9), 0.008)
    for way in (-1, 1):
        x = X + way * 0.108
        canvas.fill(ellipse(x, 0.845, 0.037, 0.037), lighter(METAL, 0.6))
        canvas.fill(ellipse(x, 0.845, 0.028, 0.028), mix(WHITE, LAMP_LIGHT, 0.3 + 0.6 * shine), glowing=shine > 0)
        canvas.glow(x, 0.845, 0.11, LAMP_LIGHT, 0.75 * shine)
        canvas.fill(ellipse(X + way * 0.140, 0.755, 0.022, 0.016), darker(_TEAL, 0.3))


def draw_flowers(stage: Stage) -> None:
    """Tulips in a pot."""
    canvas = stage.canvas
    blooms: tuple[tuple[float, float, Rgb], ...] = (
        (-0.088, 0.640, _RED),
        (0.086, 0.625, rgb("#f08fb4")),
        (0.0, 0.560, rgb("#f6c73f")),
    )
    for way in (-1, 1):
        leaf = smooth(
            [
                (X, 0.86),
                (X + way * 0.060, 0.78),
                (X + way * 0.120, 0.745),
                (X + way * 0.098, 0.82),
                (X + way * 0.03, 0.87),
            ]
        )
        canvas.fill(leaf, LEAF if way < 0 else darker(LEAF, 0.4))
    for x, y, color in blooms:
        canvas.stroke(
            smooth([(X, 0.86), (X + x * 0.6, 0.76), (X + x, y + 0.03)], closed=False), darker(LEAF, 0.25), 0.013
        )
        cup = smooth(
            [
                (X + x - 0.046, y - 0.055),
                (X + x - 0.020, y - 0.030),
                (X + x, y - 0.064),
                (X + x + 0.020, y - 0.030),
                (X + x + 0.046, y - 0.055),
                (X + x + 0.046, y + 0.020),
                (X + x, y + 0.052),
                (X + x - 0.046, y + 0.020),
            ]
        )
        canvas.blend(cup, lighter(color, 0.2), darker(color, 0.15))
        canvas.fill(
            ribbon(
                smooth([(X + x, y - 0.05), (X + x + 0.016, y), (X + x, y + 0.045)], closed=False), (0.002, 0.020, 0.002)
            ),
            darker(color, 0.35),
        )
    pot = polygon((X - 0.088, 0.865), (X + 0.088, 0.865), (X + 0.066, 1.05), (X - 0.066, 1.05))
    canvas.blend(pot, _POT, darker(_POT, 0.45))
    canvas.shade(
        pot, polygon((X + 0.03, 0.86), (X + 0.12, 0.86), (X + 0.12, 1.06), (X + 0.02, 1.06)), darker(_POT, 0.5)
    )
    canvas.fill(rectangle(X - 0.102, 0.842, X + 0.102, 0.890, 0.010), lighter(_POT, 0.2))


def draw_snowman(stage: Stage) -> None:
    """A snowman with a scarf and a bucket for a hat."""
    canvas, shade = stage.canvas, rgb("#c3cfe4")
    for x, y, radius in ((X, 0.935, 0.138), (X, 0.720, 0.096)):
        ball = ellipse(x, y, radius, radius)
        canvas.fill(ball, _SNOW)
        canvas.shade(
            ball,
            smooth(
                [
                    (x + radius * 0.35, y - radius),
                    (x + radius * 0.62, y),
                    (x + radius * 0.2, y + radius * 0.9),
                    (x - radius, y + radius),
                    (x + radius, y + radius * 1.2),
                    (x + radius * 1.2, y - radius),
                ]
            ),
            shade,
        )
    for x, y in ((-0.034, 0.700), (0.034, 0.700), (0.0, 0.875), (0.0, 0.930)):
        canvas.fill(ellipse(X + x, y, 0.0135, 0.0145), INK)
    canvas.stroke(arc(X, 0.748, 0.036, 0.022, 30, 150), INK, 0.008)
    canvas.fill(polygon((X - 0.004, 0.712), (X - 0.004, 0.740), (X - 0.085, 0.738)), _CARROT)
    canvas.fill(ribbon(arc(X, 0.782, 0.084, 0.032, 10, 170), 0.036), _RED)
    canvas.fill(
        polygon((X + 0.034, 0.800), (X + 0.072, 0.795), (X + 0.080, 0.895), (X + 0.042, 0.895)), darker(_RED, 0.3)
    )
    bucket = polygon((X - 0.060, 0.650), (X - 0.046, 0.545), (X + 0.046, 0.545), (X + 0.060, 0.650))
    canvas.blend(bucket, lighter(_TEAL, 0.1), darker(_TEAL, 0.3))
    canvas.stroke([(X - 0.072, 0.650), (X + 0.072, 0.650)], darker(_TEAL, 0.5), 0.018)
