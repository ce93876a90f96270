"""The one animal or thing beside the person."""

from collections.abc import Callable

from assistant.sketchbook.draw import animals, things
from assistant.sketchbook.draw.stage import Stage
from assistant.sketchbook.scene import Beside, Side

_BESIDE: dict[Beside, Callable[[Stage], None]] = {
    Beside.DOG: animals.draw_dog,
    Beside.CAT: animals.draw_cat,
    Beside.BIRD: animals.draw_bird,
    Beside.RABBIT: animals.draw_rabbit,
    Beside.TREE: things.draw_tree,
    Beside.LAMP: things.draw_lamp,
    Beside.BICYCLE: things.draw_bicycle,
    Beside.BOAT: things.draw_boat,
    Beside.CAR: things.draw_car,
    Beside.FLOWERS: things.draw_flowers,
    Beside.SNOWMAN: things.draw_snowman,
}


def draw_beside(stage: Stage) -> None:
    """What the scene names beside the person, if anything, on its side."""
    draw = _BESIDE.get(stage.scene.beside)
    if draw:
        stage.canvas.flipped = stage.scene.side is Side.LEFT
        draw(stage)
        stage.canvas.flipped = False
