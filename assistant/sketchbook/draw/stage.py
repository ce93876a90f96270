"""What every part of a picture is drawn from: the scene, its light, the sheet, the person's build and the jitter."""

from dataclasses import dataclass
from zlib import crc32

import numpy as np

from assistant.sketchbook.draw.canvas import Canvas
from assistant.sketchbook.draw.layout import BUILDS, Build
from assistant.sketchbook.draw.light import Light, light_of
from assistant.sketchbook.scene import Scene


@dataclass(frozen=True)
class Stage:
    """A scene being drawn."""

    scene: Scene
    light: Light
    canvas: Canvas
    build: Build

    def jitter(self, name: str) -> np.random.Generator:
        """Random numbers that depend on the scene's variation and the name alone, so that no edit moves a cloud."""
        return np.random.default_rng((self.scene.variation, crc32(name.encode())))


def stage_for(scene: Scene, size: int) -> Stage:
    """An empty sheet, ready for the scene."""
    light = light_of(scene)
    return Stage(scene=scene, light=light, canvas=Canvas(size, light), build=BUILDS[scene.person])
