"""What every hair style is made of: its colors, the cap on the skull, the locks beside the face."""

import numpy as np

from assistant.sketchbook.draw.colors import HAIR, Rgb, brightness, darker, lighter, mix
from assistant.sketchbook.draw.layout import HAT_LINE
from assistant.sketchbook.draw.paths import Path, Points, arc, below, mirrored, ribbon, smooth
from assistant.sketchbook.draw.stage import Stage
from assistant.sketchbook.scene import Hat

# the outer edge of hair that lies close to the skull, from the right ear over the top to the left ear
SKULL: Points = (
    (0.664, 0.420),
    (0.676, 0.345),
    (0.655, 0.250),
    (0.590, 0.190),
    (0.500, 0.174),
    (0.410, 0.190),
    (0.345, 0.250),
    (0.324, 0.345),
    (0.336, 0.420),
)


def hair_of(stage: Stage) -> Rgb:
    """The color of the person's hair in plain light."""
    return HAIR[stage.scene.hair_color]


def shadow_of(stage: Stage) -> Rgb:
    return darker(hair_of(stage), 0.55)


def shine_of(stage: Stage) -> Rgb:
    color = hair_of(stage)
    return lighter(color, 0.30 if brightness(color) > 60 else 0.16)


def is_hatted(stage: Stage) -> bool:
    return stage.scene.hat is not Hat.NONE


def lay(stage: Stage, path: Path, color: Rgb) -> Path:
    """Fill hair on the skull, leaving out what a hat would cover; returns what was filled."""
    shape = below(path, HAT_LINE - 0.012) if is_hatted(stage) else path
    stage.canvas.fill(shape, color)
    return shape


def draw_cap(stage: Stage, hairline: Points, shine: bool = True) -> None:
    """Hair close to the skull with its hairline, from the left ear over the forehead to the right ear."""
    shape = np.concatenate([smooth(SKULL, closed=False), smooth(hairline, closed=False)])
    filled = lay(stage, shape, hair_of(stage))
    shadow = smooth([(0.60, 0.16), (0.635, 0.24), (0.652, 0.33), (0.650, 0.44), (0.72, 0.44), (0.72, 0.16)])
    stage.canvas.shade(filled, shadow, shadow_of(stage), 0.8)
    if shine and not is_hatted(stage):
        stage.canvas.shade(
            filled, ribbon(arc(0.475, 0.325, 0.115, 0.112, 205, 275), (0.002, 0.016, 0.002)), shine_of(stage)
        )


def draw_side_panel(stage: Stage, way: int, points: Points) -> None:
    """A lock that hangs beside the face, given for the right side as seen."""
    path = smooth(points)
    path = path if way > 0 else mirrored(path)
    lay(stage, path, hair_of(stage) if way < 0 else mix(hair_of(stage), shadow_of(stage), 0.6))
