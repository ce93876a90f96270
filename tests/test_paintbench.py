"""Exact edits after PaintBench: scripts written by hand, pixel-equal to pictures drawn by other means."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import pytest
from PIL import Image, ImageDraw

from assistant.pictures import Picture, Pixels
from assistant.script_files import load_script
from tests.playing import BLOBS, play

Case: TypeAlias = tuple[Pixels, dict[str, Any], Pixels]
Rng: TypeAlias = np.random.Generator
PALETTE = ["#d62828", "#1d3557", "#2a9d8f", "#e9c46a", "#8338ec", "#ffffff", "#000000", "#ff70a6", "#3a5a40", "#7f7f7f"]


def rgba(text: str) -> tuple[int, ...]:
    return (*(int(text[at : at + 2], 16) for at in (1, 3, 5)), 255)


class Scene:
    """A ground of one or two tones with flat shapes, which can be drawn again after an edit."""

    def __init__(self, rng: Rng, two_toned: bool | None = None) -> None:
        self.rng = rng
        self.width, self.height = (int(side) for side in rng.integers(60, 140, 2))
        self.channels = int(rng.choice([3, 3, 4]))
        names = [PALETTE[at] for at in rng.permutation(len(PALETTE))]
        both = bool(rng.integers(2)) if two_toned is None else two_toned
        self.grounds = (names[0], names[1] if both else names[0])
        self.split = int(rng.integers(10, self.height - 10))
        self.spare = names[2:4]
        self.shapes = [self._shape(name) for name in names[4:7]]

    def _shape(self, color: str) -> dict[str, Any]:
        side = int(self.rng.integers(8, 26))
        left, top = int(self.rng.integers(0, self.width - side)), int(self.rng.integers(0, self.height - side))
        box = (left, top, left + side, top + side)
        kind = str(self.rng.choice(["rectangle", "ellipse", "polygon"]))
        points = [(left, top + side - 1), (left + side // 2, top), (left + side - 1, top + side - 1)]
        return {"kind": kind, "box": box, "points": points, "color": color}

    def ground(self) -> Pixels:
        out = np.empty((self.height, self.width, self.channels), np.uint8)
        out[: self.split] = rgba(self.grounds[0])[: self.channels]
        out[self.split :] = rgba(self.grounds[1])[: self.channels]
        return out

    def stencil(self, shape: dict[str, Any]) -> Pixels:
        """255 where the shape is."""
        image = Image.new("L", (self.width, self.height))
        left, top, right, bottom = shape["box"]
        if shape["kind"] == "polygon":
            ImageDraw.Draw(image).polygon(shape["points"], fill=255)
        else:
            getattr(ImageDraw.Draw(image), shape["kind"])((left, top, right - 1, bottom - 1), fill=255)
        return np.array(image)

    def draw(self, shapes: list[dict[str, Any]] | None = None) -> Pixels:
        out = self.ground()
        for shape in self.shapes if shapes is None else shapes:
            out[self.stencil(shape) > 0] = rgba(shape["color"])[: self.channels]
        return out

    def box(self) -> tuple[int, int, int, int]:
        left, right = sorted(int(x) for x in self.rng.choice(self.width + 1, 2, replace=False))
        top, bottom = sorted(int(y) for y in self.rng.choice(self.height + 1, 2, replace=False))
        return left, top, right, bottom


def fill(rng: Rng) -> Case:
    scene = Scene(rng)
    before, color = scene.draw(), scene.spare[0]
    after = before.copy()
    if rng.integers(2):
        left, top, right, bottom = scene.box()
        after[top:bottom, left:right] = rgba(color)[: scene.channels]
        return before, {"op": "fill", "where": {"box": [left, top, right, bottom]}, "color": color}, after
    mask = scene.stencil(scene.shapes[-1])
    after[mask > 0] = rgba(color)[: scene.channels]
    return before, {"op": "fill", "where": {"mask": BLOBS.put(mask)}, "color": color}, after


def recolour(rng: Rng) -> Case:
    scene = Scene(rng)
    old, new = scene.shapes[-1], scene.spare[0]
    wish = {"op": "recolor", "from": old["color"], "color": new, "tolerance": 0}
    return scene.draw(), wish, scene.draw([*scene.shapes[:-1], {**old, "color": new}])


def gradient(rng: Rng) -> Case:
    scene = Scene(rng)
    before = scene.draw()
    left, top, right, bottom = scene.box()
    direction = str(rng.choice(["down", "up", "right", "left"]))
    upright = direction in ("down", "up")
    length = bottom - top if upright else right - left
    first, last = (np.array(rgba(name)) for name in scene.spare)
    gaps = max(1, length - 1)
    line = [(2 * (first * (gaps - at) + last * at) + gaps) // (2 * gaps) for at in range(length)]  # halves go up
    colors = np.array(line)[:, : scene.channels].astype(np.uint8)
    colors = colors if direction in ("down", "right") else colors[::-1]
    after = before.copy()
    after[top:bottom, left:right] = colors[:, None] if upright else colors[None]
    wish = {
        "op": "gradient",
        "where": {"box": [left, top, right, bottom]},
        "colors": scene.spare,
        "direction": direction,
    }
    return before, wish, after


def border(rng: Rng) -> Case:
    scene = Scene(rng)
    px, color = int(rng.integers(1, 20)), scene.spare[0]
    after = np.empty((scene.height + 2 * px, scene.width + 2 * px, scene.channels), np.uint8)
    after[:] = rgba(color)[: scene.channels]
    after[px:-px, px:-px] = scene.draw()
    return scene.draw(), {"op": "border", "px": px, "color": color}, after


def flip(rng: Rng) -> Case:
    before = Scene(rng).draw()
    across = bool(rng.integers(2))
    way = Image.Transpose.FLIP_LEFT_RIGHT if across else Image.Transpose.FLIP_TOP_BOTTOM
    wish = {"op": "flip", "direction": "horizontal" if across else "vertical"}
    return before, wish, np.array(Image.fromarray(before).transpose(way))


def rotate(rng: Rng) -> Case:
    before = Scene(rng).draw()
    degrees, clockwise = int(rng.choice([90, 180, 270])), bool(rng.integers(2))
    turned = Image.fromarray(before).rotate(-degrees if clockwise else degrees, expand=True)
    wish = {"op": "rotate", "degrees": degrees, "direction": "clockwise" if clockwise else "counterclockwise"}
    return before, wish, np.array(turned)


def scale(rng: Rng) -> Case:
    scene = Scene(rng, two_toned=False)
    half = 2 * int(rng.integers(2, 7))
    x, y = scene.width // 2 + int(rng.integers(-4, 5)), scene.height // 2
    factor = float(rng.choice([0.5, 1.5, 2]))
    color = scene.shapes[0]["color"]

    def square(reach: int) -> Pixels:
        out = scene.ground()
        top, left = max(0, y - reach), max(0, x - reach)
        out[top : y + reach, left : x + reach] = rgba(color)[: scene.channels]
        return out

    wish = {"op": "scale", "where": {"box": [x - half, y - half, x + half, y + half]}, "percent": 100 * factor}
    return square(half), wish, square(round(half * factor))


def crop(rng: Rng) -> Case:
    scene = Scene(rng)
    left, top, right, bottom = scene.box()
    wish = {"op": "crop", "box": [left, top, right, bottom]}
    return scene.draw(), wish, np.array(Image.fromarray(scene.draw()).crop((left, top, right, bottom)))


def shifted(scene: Scene, shape: dict[str, Any], direction: str, px: int) -> Pixels:
    """The shape's stencil elsewhere; what leaves the picture is gone."""
    mask = scene.stencil(shape)
    dx = {"left": -px, "right": px}.get(direction, 0)
    dy = {"up": -px, "down": px}.get(direction, 0)
    room = np.pad(mask, 200)
    return np.roll(room, (dy, dx), axis=(0, 1))[200 : 200 + scene.height, 200 : 200 + scene.width]


def moved(op: str) -> Callable[[Rng], Case]:
    def make(rng: Rng) -> Case:
        scene = Scene(rng, two_toned=False if op == "move" else None)
        shape = {**scene.shapes[0], "color": scene.shapes[0]["color"]}
        others: list[dict[str, Any]] = [] if op == "move" else scene.shapes[1:]
        before = scene.draw([*others, shape])
        direction, px = str(rng.choice(["left", "right", "up", "down"])), int(rng.integers(1, 90))
        after = scene.draw([] if op == "move" else [*others, shape])
        after[shifted(scene, shape, direction, px) > 0] = rgba(shape["color"])[: scene.channels]
        where = {"mask": BLOBS.put(scene.stencil(shape))}
        return before, {"op": op, "where": where, "direction": direction, "px": px}, after

    return make


CASES: dict[str, Callable[[Rng], Case]] = {
    "fill": fill, "recolour": recolour, "gradient": gradient, "border": border, "flip": flip, "rotate": rotate,
    "scale": scale, "crop": crop, "move": moved("move"), "copy": moved("copy"),
}  # fmt: skip


@pytest.mark.parametrize("group", range(4))
@pytest.mark.parametrize("name", CASES)
def test_twenty_cases_of_each_edit_are_pixel_equal(name: str, group: int) -> None:
    for number in range(5):
        rng = np.random.default_rng([list(CASES).index(name), group, number])
        before, wish, expected = CASES[name](rng)
        (step,) = load_script(json.dumps({"steps": [wish]})).steps
        played = play(Picture(before), {**wish, "id": step.id, "seed": step.seed})
        np.testing.assert_array_equal(played.pixels, expected, err_msg=f"{name} {group} {number}: {wish}")
