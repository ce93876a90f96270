"""From a scene to pixels: every layer in its order."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from assistant.sketchbook.draw import indoors, nature, town
from assistant.sketchbook.draw.beard import draw_beard, draw_moustache
from assistant.sketchbook.draw.beside import draw_beside
from assistant.sketchbook.draw.canvas import power_of_two
from assistant.sketchbook.draw.clothes import draw_clothes
from assistant.sketchbook.draw.colors import PAPER
from assistant.sketchbook.draw.expression import draw_expression
from assistant.sketchbook.draw.glasses import draw_glasses
from assistant.sketchbook.draw.hair import draw_hair, draw_hair_before, draw_hair_behind
from assistant.sketchbook.draw.hats import draw_hat
from assistant.sketchbook.draw.head import draw_head, draw_neck
from assistant.sketchbook.draw.held import draw_held, draw_held_behind
from assistant.sketchbook.draw.layout import PORTRAIT_ZOOM
from assistant.sketchbook.draw.signs import draw_sign
from assistant.sketchbook.draw.sky import draw_sky
from assistant.sketchbook.draw.stage import Stage, stage_for
from assistant.sketchbook.draw.styles import STYLE_SIDE, restyled
from assistant.sketchbook.draw.weather import draw_weather_before, draw_weather_behind
from assistant.sketchbook.scene import INDOOR_PLACES, Place, Scene, Style

_PLACES: dict[Place, Callable[[Stage], None]] = {
    Place.BEACH: nature.draw_beach,
    Place.FOREST: nature.draw_forest,
    Place.CITY: town.draw_city,
    Place.MOUNTAINS: nature.draw_mountains,
    Place.MEADOW: nature.draw_meadow,
    Place.DESERT: nature.draw_desert,
    Place.HARBOUR: town.draw_harbour,
    Place.PARK: nature.draw_park,
    Place.ROOM: indoors.draw_room,
    Place.LIBRARY: indoors.draw_library,
    Place.CAFE: indoors.draw_cafe,
    Place.STUDIO: indoors.draw_studio,
}
_PERSON: tuple[Callable[[Stage], None], ...] = (
    draw_held_behind,
    draw_hair_behind,
    draw_neck,
    draw_clothes,
    draw_head,
    draw_beard,
    draw_expression,
    draw_moustache,
    draw_hair,
    draw_hair_before,
    draw_glasses,
    draw_hat,
    draw_held,
)


def draw(scene: Scene, size: int = 256) -> NDArray[np.uint8]:
    """The picture of a scene, (size, size, 3) RGB 0..255; the same scene and size give the same bytes."""
    stage = stage_for(scene, size)
    _draw_background(stage)
    stage.canvas.zoom = PORTRAIT_ZOOM
    for part in _PERSON:
        part(stage)
    stage.canvas.zoom = 1.0
    draw_beside(stage)
    draw_weather_before(stage)
    draw_sign(stage)
    return np.array(_in_style(stage, size))


def _in_style(stage: Stage, size: int) -> Image.Image:
    """The finished sheet in the scene's style; styles work on more pixels than a small picture has."""
    style = stage.scene.style
    if style is Style.FLAT:
        return stage.canvas.picture()
    scale = min(power_of_two(STYLE_SIDE // size), stage.canvas.factor)
    styled = restyled(stage.canvas.picture(scale), style)
    return styled.reduce(scale) if scale > 1 else styled


def blank_sheet(size: int = 256) -> NDArray[np.uint8]:
    """Plain paper, (size, size, 3) RGB 0..255: where a picture from nothing starts."""
    return np.full((size, size, 3), np.round(PAPER), dtype=np.uint8)


def _draw_background(stage: Stage) -> None:
    place = stage.scene.place
    if place is Place.STUDIO:
        indoors.draw_studio(stage)
        draw_weather_behind(stage)
        return
    draw_sky(stage)
    if place in INDOOR_PLACES:
        indoors.draw_view(stage)
        draw_weather_behind(stage)
        _PLACES[place](stage)
    else:
        _PLACES[place](stage)
        draw_weather_behind(stage)
