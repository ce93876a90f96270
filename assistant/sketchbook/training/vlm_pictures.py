"""Pictures for the model's eyes: drawn ones as people might show them, and others that are not of the sketchbook."""

import importlib.util
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

SIDE = 256  # px
HELD_OUT = ("astronaut", "coffee")  # never in training: the tests and the evaluation look at them
Picture = NDArray[np.uint8]  # (SIDE, SIDE, 3)
Window = tuple[float, float, float, float]  # left, top, right, bottom of what is shown of a drawing, in 0..1 of it
WHOLE: Window = (0.0, 0.0, 1.0, 1.0)
_CHANCE_OF_CROP, _CHANCE_OF_TONE, _CHANCE_OF_GREY = 0.35, 0.3, 0.08
_CHANCE_OF_BAR, _CHANCE_OF_SOFT = 0.08, 0.15
_SMALLEST_CROP = 0.55
_LETTERS = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ !?0123456789"


class View(NamedTuple):
    """What is left of a drawing after a crop and exact steps."""

    window: Window = WHOLE
    grey: bool = False


def random_view(rng: Generator) -> View:
    """All of a drawing, or a square part of it; now and then without its colors."""
    grey = bool(rng.random() < _CHANCE_OF_GREY)
    if rng.random() >= _CHANCE_OF_CROP:
        return View(grey=grey)
    side = float(rng.uniform(_SMALLEST_CROP, 1.0))
    left, top = (float(rng.uniform(0, 1 - side)) for _ in range(2))
    return View((left, top, left + side, top + side), grey)


def shown(rng: Generator, picture: Picture, view: View) -> Picture:
    """A drawing as it may look after a crop and exact steps: brighter, grey, softened, with a bar of text."""
    image = Image.fromarray(picture)
    if view.window != WHOLE:
        left, top, right, bottom = (edge * SIDE for edge in view.window)
        image = image.resize((SIDE, SIDE), Image.Resampling.BICUBIC, box=(left, top, right, bottom))
    image = _toned(rng, image)
    if view.grey:
        image = image.convert("L").convert("RGB")
    if rng.random() < _CHANCE_OF_SOFT:
        image = _softened(rng, image)
    if rng.random() < _CHANCE_OF_BAR:
        _write(rng, image)
    return np.asarray(image)


def _toned(rng: Generator, image: Image.Image) -> Image.Image:
    if rng.random() < _CHANCE_OF_TONE:
        image = ImageEnhance.Brightness(image).enhance(float(rng.uniform(0.65, 1.35)))
        image = ImageEnhance.Contrast(image).enhance(float(rng.uniform(0.75, 1.25)))
        image = ImageEnhance.Color(image).enhance(float(rng.uniform(0.6, 1.4)))
    return image


def _softened(rng: Generator, image: Image.Image) -> Image.Image:
    if rng.random() < 0.5:
        return image.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.3, 1.5))))
    side = int(rng.integers(96, SIDE))
    return image.resize((side, side), Image.Resampling.BILINEAR).resize((SIDE, SIDE), Image.Resampling.BICUBIC)


def _write(rng: Generator, image: Image.Image) -> None:
    """A word or two at the top or at the bottom, with or without a bar behind it."""
    text = "".join(_LETTERS[int(index)] for index in rng.integers(len(_LETTERS), size=int(rng.integers(3, 14))))
    size = int(rng.integers(14, 34))
    top = int(rng.integers(2, 12)) if rng.random() < 0.5 else SIDE - size - int(rng.integers(6, 14))
    pen = ImageDraw.Draw(image)
    if rng.random() < 0.5:
        pen.rectangle((0, top - 3, SIDE, top + size + 5), fill=_color(rng))
    pen.text((int(rng.integers(4, 80)), top), text, fill=_color(rng), font=ImageFont.load_default(size))


def _color(rng: Generator) -> tuple[int, int, int]:
    red, green, blue = rng.integers(0, 256, size=3).tolist()
    return red, green, blue


def other_picture(rng: Generator) -> Picture:
    """Something that nobody drew in the sketchbook: a part of a photograph, or a made texture."""
    photographs, faces = _photographs(), _faces()
    what = rng.random()
    if photographs and what < 0.55:
        image = _part(rng, photographs[int(rng.integers(len(photographs)))])
    elif len(faces) and what < 0.75:
        image = _face(rng, faces[int(rng.integers(len(faces)))])
    else:
        image = Image.fromarray(_texture(rng))
    if rng.random() < 0.5:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return shown(rng, np.asarray(image), random_view(rng))


@cache
def _folder() -> Path | None:
    """Where scikit-image keeps its pictures, if it is there."""
    found = importlib.util.find_spec("skimage")
    return Path(found.origin).parent / "data" if found and found.origin else None


@cache
def _photographs() -> tuple[Image.Image, ...]:
    folder = _folder()
    paths = sorted([*folder.glob("*.png"), *folder.glob("*.jpg")]) if folder else []
    return tuple(Image.open(path).convert("RGB") for path in paths if path.stem not in HELD_OUT)


@cache
def _faces() -> NDArray[np.float32]:
    """Grey faces, (N, 25, 25) in 0..1."""
    path = (_folder() or Path()) / "lfw_subset.npy"
    return np.load(path)[:100].astype(np.float32) if path.exists() else np.zeros((0, 25, 25), dtype=np.float32)


def _part(rng: Generator, image: Image.Image) -> Image.Image:
    """A square part, in colors a little other than its own."""
    least = min(image.size)
    side = least * float(rng.uniform(0.25, 1.0))
    left, top = (float(rng.uniform(0, length - side)) for length in image.size)
    part = image.resize((SIDE, SIDE), Image.Resampling.BICUBIC, box=(left, top, left + side, top + side))
    gains = rng.uniform(0.75, 1.2, size=3)
    return Image.fromarray((np.asarray(part) * gains).clip(0, 255).astype(np.uint8))


def _face(rng: Generator, face: NDArray[np.float32]) -> Image.Image:
    """A face in the colors of skin, before a ground of its own, with the noise of a camera."""
    large = Image.fromarray((face * 255).astype(np.uint8)).resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    grey = np.asarray(large, dtype=np.float32)[..., None] / 255
    light = np.array([1.0, 0.8, 0.66]) ** float(rng.uniform(0, 1.2))
    noise = rng.normal(0, float(rng.uniform(0, 9)), size=(SIDE, SIDE, 3))
    return Image.fromarray((255 * grey * light + noise).clip(0, 255).astype(np.uint8))


def _texture(rng: Generator) -> Picture:
    """Noise of several scales between two colors: clouds, walls, blur, grain."""
    field = np.zeros((SIDE, SIDE, 1), dtype=np.float32)
    for cells in (2, 4, 8, 32, 128):
        coarse = Image.fromarray(rng.random((cells, cells)).astype(np.float32))
        layer = np.asarray(coarse.resize((SIDE, SIDE), Image.Resampling.BICUBIC))[..., None]
        field += float(rng.exponential(1.0 / np.sqrt(cells))) * (layer - 0.5)
    share = 1 / (1 + np.exp(-float(rng.uniform(2, 12)) * field))
    one, other = np.array(_color(rng)), np.array(_color(rng))
    grain = rng.normal(0, float(rng.uniform(0, 12)), size=(SIDE, SIDE, 3))
    return (share * one + (1 - share) * other + grain).clip(0, 255).astype(np.uint8)
