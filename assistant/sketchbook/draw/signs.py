"""Blank signs in the upper corner; the word is set on them later, inside the text box."""

from collections.abc import Callable

from assistant.sketchbook.draw.colors import INK, WHITE, WOOD, darker, lighter, rgb
from assistant.sketchbook.draw.layout import SIGN_BOARD
from assistant.sketchbook.draw.paths import ellipse, polygon, rectangle, ribbon, smooth
from assistant.sketchbook.draw.stage import Stage
from assistant.sketchbook.scene import Side, Sign

_SLATE = rgb("#31473f")
_CLOTH = rgb("#f7edd8")
_HEM = rgb("#d8574f")
_LEFT, _TOP, _RIGHT, _BOTTOM = SIGN_BOARD
_MIDDLE = (_LEFT + _RIGHT) / 2


def draw_sign(stage: Stage) -> None:
    """The sign the scene names, if any; drawn for the left corner and flipped for the right."""
    draw = _SIGNS.get(stage.scene.sign)
    if draw:
        stage.canvas.flipped = stage.scene.side is Side.LEFT
        draw(stage)
        stage.canvas.flipped = False


def _hang(stage: Stage) -> None:
    for x in (_LEFT + 0.045, _RIGHT - 0.045):
        stage.canvas.stroke([(x, -0.02), (x, _TOP + 0.02)], darker(WOOD, 0.8), 0.010)


def _shadow(stage: Stage) -> None:
    stage.canvas.fill(rectangle(_LEFT + 0.008, _TOP + 0.010, _RIGHT + 0.008, _BOTTOM + 0.014, 0.014), INK, 0.22)


def _wooden(stage: Stage) -> None:
    canvas = stage.canvas
    _shadow(stage)
    _hang(stage)
    board = rectangle(_LEFT, _TOP, _RIGHT, _BOTTOM, 0.014)
    canvas.blend(board, lighter(WOOD, 0.28), lighter(WOOD, 0.08))
    for y, bow in ((_TOP + 0.047, 0.004), (_TOP + 0.094, -0.004)):
        grain = smooth([(_LEFT, y), (_MIDDLE, y + bow), (_RIGHT, y)], closed=False)
        canvas.stroke(grain, darker(WOOD, 0.25), 0.004)
    canvas.outline(board, darker(WOOD, 0.65), 0.009)
    for x in (_LEFT + 0.045, _RIGHT - 0.045):
        canvas.fill(ellipse(x, _TOP + 0.016, 0.008, 0.008), darker(WOOD, 0.95))


def _chalkboard(stage: Stage) -> None:
    canvas = stage.canvas
    _shadow(stage)
    _hang(stage)
    canvas.fill(rectangle(_LEFT - 0.004, _TOP - 0.004, _RIGHT + 0.004, _BOTTOM + 0.004, 0.010), darker(WOOD, 0.2))
    slate = rectangle(_LEFT + 0.012, _TOP + 0.012, _RIGHT - 0.012, _BOTTOM - 0.012, 0.004)
    canvas.blend(slate, lighter(_SLATE, 0.08), _SLATE)
    for x in (_LEFT + 0.06, _LEFT + 0.10):
        canvas.shade(slate, ribbon([(x, _BOTTOM), (x + 0.09, _TOP)], 0.016), WHITE, 0.06)


def _bubble(stage: Stage) -> None:
    canvas = stage.canvas
    body = rectangle(_LEFT - 0.004, _TOP - 0.012, _RIGHT + 0.004, _BOTTOM + 0.008, 0.055)
    tail = polygon(
        (_RIGHT - 0.105, _BOTTOM - 0.010), (_RIGHT - 0.030, _BOTTOM - 0.014), (_RIGHT + 0.012, _BOTTOM + 0.052)
    )
    canvas.outline(tail, INK, 0.012)
    canvas.outline(body, INK, 0.012)
    canvas.fill(body, WHITE)
    canvas.fill(tail, WHITE)


def _banner(stage: Stage) -> None:
    canvas = stage.canvas
    _hang(stage)
    cloth = polygon(
        (_LEFT + 0.006, _TOP - 0.008),
        (_RIGHT - 0.006, _TOP - 0.008),
        (_RIGHT - 0.006, _BOTTOM + 0.040),
        (_MIDDLE, _BOTTOM + 0.012),
        (_LEFT + 0.006, _BOTTOM + 0.040),
    )
    canvas.fill(cloth + (0.008, 0.010), INK, 0.22)
    canvas.fill(cloth, _HEM)
    canvas.fill(
        polygon(
            (_LEFT + 0.016, _TOP - 0.008),
            (_RIGHT - 0.016, _TOP - 0.008),
            (_RIGHT - 0.016, _BOTTOM + 0.020),
            (_MIDDLE, _BOTTOM - 0.002),
            (_LEFT + 0.016, _BOTTOM + 0.020),
        ),
        _CLOTH,
    )
    canvas.stroke([(_LEFT - 0.008, _TOP - 0.010), (_RIGHT + 0.008, _TOP - 0.010)], darker(WOOD, 0.4), 0.018)
    for x in (_LEFT - 0.010, _RIGHT + 0.010):
        canvas.fill(ellipse(x, _TOP - 0.010, 0.014, 0.014), darker(WOOD, 0.7))


_SIGNS: dict[Sign, Callable[[Stage], None]] = {
    Sign.WOODEN: _wooden,
    Sign.CHALKBOARD: _chalkboard,
    Sign.BUBBLE: _bubble,
    Sign.BANNER: _banner,
}
