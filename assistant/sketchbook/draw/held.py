"""What the person holds: drawn for a hand on the left, flipped when the other hand is meant."""

from collections.abc import Callable

import numpy as np

from assistant.sketchbook.draw.clothes import sleeve_color
from assistant.sketchbook.draw.colors import (
    COLORS,
    INK,
    LAMP_LIGHT,
    LEAF,
    WHITE,
    WOOD,
    Rgb,
    brightness,
    darker,
    lighter,
    mix,
    rgb,
)
from assistant.sketchbook.draw.head import skin_of
from assistant.sketchbook.draw.layout import CENTRE, HAND_APART, HAND_HEIGHT
from assistant.sketchbook.draw.paths import arc, bumpy, ellipse, polygon, rectangle, ribbon, rotated, smooth, star
from assistant.sketchbook.draw.stage import Stage
from assistant.sketchbook.scene import Held, Side

HAND_X = CENTRE - HAND_APART
_WAFER = rgb("#dca45c")
_CREAM = rgb("#fbeed6")
_FUR = rgb("#f0b06a")
_PAGES = rgb("#f6eeda")
_STEAM_ALPHA = 0.7
_RIBS = 5


def draw_held_behind(stage: Stage) -> None:
    """The parts that rise behind the person: a balloon, an umbrella, a lantern on its stick."""
    part = _BEHIND.get(stage.scene.held)
    if part:
        stage.canvas.flipped = stage.scene.side is Side.LEFT
        part(stage, COLORS[stage.scene.held_color])
        stage.canvas.flipped = False


def draw_held(stage: Stage) -> None:
    """The raised arm, the thing in front of the person, and the fingers around it."""
    if stage.scene.held is Held.NONE:
        return
    stage.canvas.flipped = stage.scene.side is Side.LEFT
    _draw_arm(stage)
    part = _BEFORE.get(stage.scene.held)
    if part:
        part(stage, COLORS[stage.scene.held_color])
    if stage.scene.held is Held.KITTEN:
        _draw_cradle(stage)
    else:
        _draw_fingers(stage)
    stage.canvas.flipped = False


def _draw_arm(stage: Stage) -> None:
    canvas, skin, sleeve = stage.canvas, skin_of(stage), sleeve_color(stage)
    canvas.fill(
        ribbon(smooth([(0.262, 1.08), (0.256, 0.95), (HAND_X, HAND_HEIGHT)], closed=False), (0.09, 0.075, 0.052)),
        darker(skin, 0.2),
    )
    arm = ribbon(smooth([(0.285, 1.10), (0.252, 0.98), (0.268, 0.878)], closed=False), (0.17, 0.130, 0.105))
    canvas.blend(arm, lighter(sleeve, 0.12), darker(sleeve, 0.3))
    canvas.outline(arm, darker(sleeve, 0.6), 0.005)
    canvas.fill(ribbon([(0.216, 0.876), (0.268, 0.884), (0.322, 0.884)], 0.026), darker(sleeve, 0.45))
    canvas.fill(ellipse(HAND_X, HAND_HEIGHT + 0.004, 0.044, 0.042), darker(skin, 0.15))


def _draw_fingers(stage: Stage) -> None:
    """Four fingers closed over what is held, and a thumb."""
    canvas, skin = stage.canvas, skin_of(stage)
    for index in range(4):
        y = HAND_HEIGHT - 0.027 + index * 0.0185
        finger = ribbon([(HAND_X - 0.030 + index * 0.003, y), (HAND_X + 0.022, y - 0.002)], 0.020)
        canvas.fill(finger, skin)
        canvas.fill(ellipse(HAND_X + 0.022, y - 0.002, 0.010, 0.010), lighter(skin, 0.1))
        canvas.stroke([(HAND_X - 0.024, y + 0.0095), (HAND_X + 0.026, y + 0.0085)], darker(skin, 0.65), 0.004)


def _draw_cradle(stage: Stage) -> None:
    """A hand flat under what sits on it."""
    canvas, skin = stage.canvas, skin_of(stage)
    canvas.fill(ellipse(0.272, 0.858, 0.066, 0.024), skin)
    for x in (0.236, 0.262, 0.288):
        canvas.fill(ellipse(x, 0.846, 0.016, 0.018), lighter(skin, 0.08))
        canvas.stroke([(x + 0.014, 0.838), (x + 0.014, 0.866)], darker(skin, 0.6), 0.004)


def _balloon(stage: Stage, color: Rgb) -> None:
    canvas = stage.canvas
    string = smooth([(0.168, 0.545), (0.180, 0.640), (0.240, 0.700), (HAND_X, HAND_HEIGHT)], closed=False)
    canvas.stroke(string, mix(INK, WHITE, 0.2), 0.0065)
    body = smooth(
        [
            (0.168, 0.285),
            (0.252, 0.320),
            (0.272, 0.400),
            (0.236, 0.480),
            (0.168, 0.535),
            (0.100, 0.480),
            (0.064, 0.400),
            (0.084, 0.320),
        ]
    )
    canvas.fill(polygon((0.150, 0.552), (0.168, 0.522), (0.186, 0.552)), darker(color, 0.35))
    canvas.blend(body, lighter(color, 0.15), darker(color, 0.15))
    canvas.shade(
        body,
        smooth([(0.235, 0.28), (0.240, 0.40), (0.190, 0.49), (0.12, 0.53), (0.17, 0.56), (0.30, 0.50), (0.30, 0.30)]),
        darker(color, 0.45),
    )
    canvas.fill(ellipse(0.122, 0.360, 0.019, 0.038, 24), lighter(color, 0.6))


def _umbrella(stage: Stage, color: Rgb) -> None:
    canvas, tip = stage.canvas, (0.195, 0.400)
    canvas.stroke([(HAND_X, HAND_HEIGHT), (0.180, 0.330)], darker(WOOD, 0.4), 0.014)
    hinge = (0.195, 0.42)
    dome = arc(hinge[0], hinge[1], 0.200, 0.185, 180, 360)
    edge = [
        (hinge[0] + 0.2 - 0.4 * step / 50, hinge[1] - 0.030 * abs(np.sin(np.pi * step * _RIBS / 50)))
        for step in range(51)
    ]
    canopy = rotated(np.concatenate([dome, np.array(edge)]), -16, tip)
    canvas.blend(canopy, lighter(color, 0.12), color)
    for index, shade in ((0, 0.0), (1, 0.35), (2, 0.0), (3, 0.35), (4, 0.6)):
        left, right = hinge[0] - 0.2 + 0.08 * index, hinge[0] - 0.12 + 0.08 * index
        top = (hinge[0], hinge[1] - 0.185)
        bend = [(left + (top[0] - left) * 0.35, hinge[1] - 0.130), (right + (top[0] - right) * 0.35, hinge[1] - 0.130)]
        panel = smooth([(left, hinge[1] + 0.01), bend[0], top, bend[1], (right, hinge[1] + 0.01)])
        canvas.shade(canopy, rotated(panel, -16, tip), darker(color, shade), 0.9 if shade else 0.0)
    canvas.stroke(
        rotated(polygon((hinge[0], hinge[1] - 0.185), (hinge[0], hinge[1] - 0.205)), -16, tip), darker(WOOD, 0.4), 0.014
    )


def _lantern(stage: Stage, color: Rgb) -> None:
    canvas, shine = stage.canvas, max(stage.light.lamps, 0.15)
    canvas.stroke(
        smooth([(HAND_X, HAND_HEIGHT + 0.02), (0.240, 0.640), (0.165, 0.505)], closed=False), darker(WOOD, 0.4), 0.014
    )
    canvas.stroke([(0.165, 0.505), (0.160, 0.555)], INK, 0.006)
    x, y = 0.160, 0.635
    canvas.glow(x, y, 0.26, LAMP_LIGHT, 0.65 * shine)
    body = ellipse(x, y, 0.083, 0.078)
    glowing = stage.light.lamps > 0
    canvas.blend(body, mix(color, LAMP_LIGHT, 0.25 * shine), mix(color, LAMP_LIGHT, 0.15 * shine), glowing=glowing)
    for reach in (0.030, 0.062):
        canvas.outline(ellipse(x, y, reach, 0.078), darker(color, 0.35), 0.005, glowing=glowing)
    canvas.glow(x, y, 0.085, LAMP_LIGHT, shine)
    for edge in (y - 0.078, y + 0.078):
        canvas.fill(rectangle(x - 0.036, edge - 0.010, x + 0.036, edge + 0.010, 0.006), INK)
    canvas.stroke([(x, y + 0.086), (x, y + 0.120)], color, 0.012)


def _grip(stage: Stage, color: Rgb) -> None:
    """The end of a string, stick or shaft below the hand."""
    del color
    thick = 0.0065 if stage.scene.held is Held.BALLOON else 0.014
    tint = mix(INK, WHITE, 0.2) if stage.scene.held is Held.BALLOON else darker(WOOD, 0.4)
    stage.canvas.stroke([(HAND_X - 0.018, HAND_HEIGHT - 0.075), (HAND_X + 0.006, HAND_HEIGHT + 0.062)], tint, thick)


def _cup(stage: Stage, color: Rgb) -> None:
    canvas = stage.canvas
    canvas.outline(ellipse(0.192, 0.742, 0.032, 0.036), darker(color, 0.35), 0.018)
    body = smooth(
        [
            (0.200, 0.670),
            (0.204, 0.740),
            (0.220, 0.808),
            (0.260, 0.820),
            (0.310, 0.820),
            (0.344, 0.808),
            (0.360, 0.740),
            (0.364, 0.670),
            (0.282, 0.664),
        ]
    )
    canvas.blend(body, lighter(color, 0.15), darker(color, 0.2))
    canvas.shade(
        body, smooth([(0.330, 0.66), (0.326, 0.75), (0.310, 0.83), (0.38, 0.83), (0.38, 0.66)]), darker(color, 0.45)
    )
    canvas.fill(ellipse(0.282, 0.672, 0.082, 0.019), lighter(color, 0.35))
    canvas.fill(ellipse(0.282, 0.675, 0.070, 0.014), rgb("#5b3626"))
    canvas.fill(ellipse(0.246, 0.736, 0.020, 0.019), WHITE if brightness(color) < 210 else rgb("#d8413f"))
    for x, lift in ((0.258, 0.0), (0.304, 0.020)):
        steam = smooth(
            [(x, 0.648), (x - 0.018, 0.615 - lift), (x + 0.014, 0.585 - lift), (x - 0.006, 0.548 - lift)], closed=False
        )
        canvas.fill(ribbon(steam, (0.006, 0.016, 0.003)), WHITE, _STEAM_ALPHA)


def _flower(stage: Stage, color: Rgb) -> None:
    canvas, x, y = stage.canvas, 0.232, 0.600
    canvas.stroke(
        smooth([(HAND_X + 0.010, HAND_HEIGHT + 0.075), (HAND_X - 0.012, 0.740), (x + 0.006, y)], closed=False),
        darker(LEAF, 0.25),
        0.015,
    )
    canvas.fill(smooth([(0.264, 0.742), (0.296, 0.690), (0.348, 0.682), (0.322, 0.730)]), LEAF)
    for index in range(8):
        angle = index * np.pi / 4 + 0.2
        petal = ellipse(x + 0.060 * np.cos(angle), y + 0.060 * np.sin(angle), 0.042, 0.028, np.degrees(angle))
        canvas.fill(petal, color if index % 2 else lighter(color, 0.28))
    core = rgb("#f6c73f") if color[0] < 225 or color[2] > 100 else rgb("#8a5a3c")
    canvas.fill(ellipse(x, y, 0.036, 0.036), core)
    canvas.fill(ellipse(x + 0.008, y + 0.008, 0.022, 0.022), darker(core, 0.3))


def _book(stage: Stage, color: Rgb) -> None:
    canvas, about = stage.canvas, (0.27, 0.73)
    turn = -7.0
    canvas.fill(rotated(rectangle(0.196, 0.606, 0.366, 0.838, 0.010), turn, about), darker(color, 0.6))
    canvas.fill(rotated(rectangle(0.206, 0.612, 0.362, 0.832), turn, about), _PAGES)
    cover = rotated(rectangle(0.184, 0.600, 0.348, 0.832, 0.010), turn, about)
    canvas.blend(cover, lighter(color, 0.12), darker(color, 0.1))
    canvas.fill(rotated(rectangle(0.184, 0.600, 0.206, 0.832, 0.008), turn, about), darker(color, 0.5))
    trim = _CREAM if brightness(color) < 200 else rgb("#8a5a3c")
    canvas.outline(rotated(rectangle(0.222, 0.624, 0.332, 0.808, 0.010), turn, about), trim, 0.006)
    canvas.fill(rotated(star(0.277, 0.690, 0.034), turn, about), trim)


def _ice_cream(stage: Stage, color: Rgb) -> None:
    canvas, x = stage.canvas, HAND_X - 0.012
    cone = polygon((x - 0.062, 0.690), (x + 0.062, 0.690), (x + 0.014, 0.868), (x - 0.002, 0.868))
    canvas.fill(cone, _WAFER)
    for offset in (-0.08, -0.04, 0.0, 0.04, 0.08):
        canvas.shade(cone, ribbon([(x + offset - 0.05, 0.680), (x + offset + 0.05, 0.850)], 0.006), darker(_WAFER, 0.6))
        canvas.shade(cone, ribbon([(x + offset + 0.05, 0.680), (x + offset - 0.05, 0.850)], 0.006), darker(_WAFER, 0.6))
    canvas.fill(bumpy(x, 0.660, 0.076, 0.056, 12, 0.10), color)
    canvas.shade(ellipse(x, 0.660, 0.074, 0.054), ellipse(x + 0.050, 0.680, 0.05, 0.06), darker(color, 0.4))
    canvas.fill(bumpy(x - 0.002, 0.588, 0.062, 0.052, 11, 0.10), _CREAM)
    canvas.shade(ellipse(x, 0.588, 0.060, 0.050), ellipse(x + 0.044, 0.600, 0.036, 0.05), darker(_CREAM, 0.3))
    canvas.fill(ellipse(x - 0.026, 0.568, 0.012, 0.014), WHITE)
    canvas.fill(ellipse(x + 0.004, 0.532, 0.019, 0.019), rgb("#cf3246"))
    canvas.stroke(arc(x + 0.028, 0.516, 0.022, 0.030, 180, 260), darker(LEAF, 0.4), 0.006)


def _kitten(stage: Stage, color: Rgb) -> None:
    canvas, x, y = stage.canvas, 0.262, 0.650
    canvas.fill(
        ribbon(
            smooth([(0.210, 0.830), (0.150, 0.820), (0.136, 0.745), (0.166, 0.705)], closed=False),
            (0.034, 0.034, 0.024),
        ),
        darker(_FUR, 0.25),
    )
    body = smooth(
        [
            (x - 0.040, 0.700),
            (x - 0.078, 0.780),
            (x - 0.050, 0.845),
            (x + 0.040, 0.850),
            (x + 0.078, 0.790),
            (x + 0.044, 0.700),
        ]
    )
    canvas.blend(body, _FUR, darker(_FUR, 0.25))
    canvas.fill(ellipse(x + 0.004, 0.765, 0.036, 0.048), _CREAM)
    for way in (-1, 1):
        ear = polygon((x + way * 0.020, y - 0.055), (x + way * 0.066, y - 0.098), (x + way * 0.078, y - 0.020))
        canvas.fill(ear, _FUR if way < 0 else darker(_FUR, 0.2))
        canvas.fill(
            polygon((x + way * 0.040, y - 0.054), (x + way * 0.060, y - 0.078), (x + way * 0.066, y - 0.036)),
            rgb("#f2a0a0"),
        )
    canvas.fill(ellipse(x, y, 0.082, 0.070), _FUR)
    canvas.fill(ellipse(x, y + 0.030, 0.050, 0.034), _CREAM)
    for offset in (-0.022, 0.0, 0.022):
        canvas.fill(ribbon([(x + offset * 1.2, y - 0.066), (x + offset, y - 0.036)], (0.012, 0.004)), darker(_FUR, 0.6))
    for way in (-1, 1):
        canvas.fill(ellipse(x + way * 0.034, y - 0.004, 0.0125, 0.0165), INK)
        canvas.fill(ellipse(x + way * 0.034 - 0.004, y - 0.010, 0.005, 0.005), WHITE)
        canvas.stroke(arc(x + way * 0.012, y + 0.026, 0.012, 0.010, 0, 180), INK, 0.005)
    canvas.fill(polygon((x - 0.011, y + 0.014), (x + 0.011, y + 0.014), (x, y + 0.026)), rgb("#d9686e"))
    canvas.fill(ribbon(arc(x, y + 0.030, 0.060, 0.046, 35, 145), (0.016, 0.020, 0.016)), color)
    canvas.fill(ellipse(x, y + 0.084, 0.015, 0.015), rgb("#ffd95a"))


_BEHIND: dict[Held, Callable[[Stage, Rgb], None]] = {
    Held.BALLOON: _balloon,
    Held.UMBRELLA: _umbrella,
    Held.LANTERN: _lantern,
}
_BEFORE: dict[Held, Callable[[Stage, Rgb], None]] = {
    Held.BALLOON: _grip,
    Held.UMBRELLA: _grip,
    Held.LANTERN: _grip,
    Held.CUP: _cup,
    Held.FLOWER: _flower,
    Held.BOOK: _book,
    Held.ICE_CREAM: _ice_cream,
    Held.KITTEN: _kitten,
}
