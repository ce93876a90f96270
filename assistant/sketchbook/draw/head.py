"""The head without its hair: neck, ears, face, nose, cheeks and the marks of age."""

import numpy as np

from assistant.sketchbook.draw.colors import SKIN, Rgb, darker, lighter, mix, rgb
from assistant.sketchbook.draw.layout import CENTRE, CROWN, EYE_APART, EYE_LINE, NOSE, TEMPLE, Build
from assistant.sketchbook.draw.paths import Path, arc, ellipse, mirrored, moved, polygon, ribbon, smooth, symmetric
from assistant.sketchbook.draw.stage import Stage

BLUSH = rgb("#e8484f")
_BLUSH_SHARE = 0.42
_NECK_TOP = 0.50
_FRECKLES = ((0.046, 0.448), (0.064, 0.455), (0.079, 0.446))


def skin_of(stage: Stage) -> Rgb:
    """The color of the person's skin in plain light."""
    return SKIN[stage.scene.skin]


def face_path(build: Build) -> Path:
    """The outline of the face from crown to chin."""
    return symmetric(
        [
            (0, CROWN),
            (0.088, CROWN + 0.014),
            (0.142, CROWN + 0.07),
            (TEMPLE, 0.36),
            (build.cheek, 0.45),
            (build.jaw, build.mouth),
            (build.chin_width, build.chin - 0.014),
            (0, build.chin),
        ]
    )


def draw_neck(stage: Stage) -> None:
    """The neck and the shadow of the chin on it; reaches under the collar."""
    build, skin = stage.build, skin_of(stage)
    top = build.shoulder_top
    neck = symmetric(
        [
            (0, _NECK_TOP),
            (build.neck, _NECK_TOP),
            (build.neck, top - 0.04),
            (build.neck + 0.035, top + 0.02),
            (build.neck + 0.04, top + 0.10),
            (0, top + 0.12),
        ]
    )
    stage.canvas.fill(neck, darker(skin, 0.12))
    shadow = moved(face_path(build), 0.012, 0.042)
    stage.canvas.shade(neck, shadow, darker(skin, 0.7))


def draw_head(stage: Stage) -> None:
    """Ears, face, cheeks and nose."""
    canvas, build, skin = stage.canvas, stage.build, skin_of(stage)
    for way in (-1, 1):
        x = CENTRE + way * (TEMPLE - 0.002)
        canvas.fill(ellipse(x, 0.425, 0.027, 0.040, way * 8), darker(skin, 0.10 if way < 0 else 0.45))
        canvas.fill(ellipse(x + way * 0.003, 0.426, 0.013, 0.022, way * 8), darker(skin, 0.55 if way < 0 else 0.8))
    face = face_path(build)
    canvas.blend(face, lighter(skin, 0.10), skin)
    _draw_shading(stage, face)
    _draw_cheeks(stage)
    if build.old:
        _draw_age(stage)
    if build.young:
        _draw_freckles(stage)
    _draw_nose(stage)


def _crescent(build: Build, reach: float) -> Path:
    """Everything to the right of a line that runs down the face, `reach` inside its right edge."""
    inner = smooth(
        [
            (0.53, CROWN - 0.02),
            (CENTRE + 0.115 - reach * 0.6, CROWN + 0.06),
            (CENTRE + TEMPLE - reach, 0.36),
            (CENTRE + build.cheek - reach, 0.45),
            (CENTRE + build.jaw - reach * 1.1, build.mouth),
            (CENTRE + build.chin_width * 0.4, build.chin - reach * 0.45),
            (CENTRE - 0.07, build.chin + 0.02),
        ],
        closed=False,
    )
    return np.concatenate([inner, polygon((0.75, build.chin + 0.02), (0.75, CROWN - 0.02))])


def _draw_shading(stage: Stage, face: Path) -> None:
    skin = skin_of(stage)
    stage.canvas.shade(face, _crescent(stage.build, 0.040), darker(skin, 0.42))
    rim = mirrored(_crescent(stage.build, 0.011))
    stage.canvas.shade(face, rim, stage.light.rim, stage.light.rim_strength, glowing=True)


def _draw_cheeks(stage: Stage) -> None:
    build, skin = stage.build, skin_of(stage)
    size = 1.2 if build.young else 1.0
    for way in (-1, 1):
        cheek = ellipse(CENTRE + way * 0.094, 0.478, 0.031 * size, 0.021 * size)
        stage.canvas.shade(face_path(build), cheek, mix(skin, BLUSH, _BLUSH_SHARE), 0.75)


def _draw_nose(stage: Stage) -> None:
    canvas, build, skin = stage.canvas, stage.build, skin_of(stage)
    width = 0.024 if build.young else 0.03
    tip = NOSE + (0.008 if build.old else -0.004 if build.young else 0.002)
    bridge = tip - (0.026 if build.young else 0.052)
    side = smooth(
        [
            (CENTRE + 0.004, bridge),
            (CENTRE + width * 0.75, tip - 0.012),
            (CENTRE + width, tip + 0.006),
            (CENTRE + 0.004, tip + 0.018),
            (CENTRE - width * 0.6, tip + 0.010),
            (CENTRE, tip - 0.010),
        ]
    )
    canvas.fill(side, darker(skin, 0.55))
    canvas.fill(ellipse(CENTRE - 0.006, tip - 0.004, 0.012, 0.012), lighter(skin, 0.22))


def _draw_age(stage: Stage) -> None:
    """Lines on the forehead, under the eyes and beside the nose."""
    canvas, line = stage.canvas, darker(skin_of(stage), 0.75)
    for y, half in ((0.272, 0.070), (0.300, 0.086)):
        canvas.fill(ribbon(arc(CENTRE, y + 0.03, half, 0.03, 205, 335), (0.001, 0.007, 0.001)), line)
    for way in (-1, 1):
        fold = smooth(
            [(CENTRE + way * 0.036, 0.470), (CENTRE + way * 0.068, 0.500), (CENTRE + way * 0.072, 0.535)], closed=False
        )
        canvas.fill(ribbon(fold, (0.001, 0.009, 0.002)), line)
        bag = arc(CENTRE + way * EYE_APART, EYE_LINE + 0.012, 0.030, 0.026, 35, 145)
        canvas.fill(ribbon(bag, (0.001, 0.007, 0.001)), line)
        for tilt in (-0.012, 0.012):
            foot = polygon((CENTRE + way * 0.112, EYE_LINE + tilt * 0.3), (CENTRE + way * 0.134, EYE_LINE + tilt))
            canvas.stroke(foot, line, 0.0045)


def _draw_freckles(stage: Stage) -> None:
    freckle = darker(skin_of(stage), 0.6)
    for way in (-1, 1):
        for x, y in _FRECKLES:
            stage.canvas.fill(ellipse(CENTRE + way * x, y, 0.0055, 0.0050), freckle)
