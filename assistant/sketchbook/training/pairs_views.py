"""What people do to a picture before they ask for paint: crops, tones, captions, borders; alike for a whole family."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance, ImageFont, ImageOps

from assistant.sketchbook.training.shards import SIDE

Shape = tuple[int, int]  # rows and columns of latents
Finish = Callable[[Image.Image], Image.Image]

CELL = 16  # px a latent
_ASPECTS: dict[Shape, tuple[float, ...]] = {  # width over height; the rest up to the shape is reflection
    (16, 16): (1.0,),
    (16, 14): (4 / 5,),
    (16, 12): (3 / 4, 2 / 3),
    (16, 10): (9 / 16,),
    (14, 16): (5 / 4,),
    (12, 16): (4 / 3, 3 / 2),
    (10, 16): (16 / 9,),
}
SHAPES = tuple(_ASPECTS)
_SHAPE_CHANCES = (0.4, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)
_CHANCE_OF_WHOLE = 0.5  # that nothing is cropped away but for the aspect
_LEAST_CROP = 0.62  # of the longer side
_WORDS = ("hello", "summer", "day", "happy", "birthday", "love", "2026", "my best friend", "wow", "peace", "thank you")


@dataclass(frozen=True)
class _Crop:
    """A window of the picture, scaled so that its longer side is SIDE."""

    box: tuple[int, int, int, int]
    size: tuple[int, int]


def random_shape(rng: Generator) -> Shape:
    """A shape of latents, most often the whole square's."""
    return SHAPES[int(rng.choice(len(SHAPES), p=_SHAPE_CHANCES))]


def altered(rng: Generator, pictures: NDArray[np.uint8], shape: Shape) -> NDArray[np.uint8]:
    """Pictures (N, SIDE, SIDE, 3), all altered in the same way: (N, rows × CELL, columns × CELL, 3)."""
    crop = _random_crop(rng, shape)
    finishes = [finish for finish in (_tone(rng), _border(rng, crop.size), _caption(rng, crop.size)) if finish]
    room = ((0, shape[0] * CELL - crop.size[1]), (0, shape[1] * CELL - crop.size[0]), (0, 0))
    made: list[NDArray[np.uint8]] = []
    for picture in pictures:
        image = Image.fromarray(picture).crop(crop.box).resize(crop.size, Image.Resampling.LANCZOS)
        for finish in finishes:
            image = finish(image)
        made.append(np.pad(np.asarray(image), room, mode="reflect"))
    return np.stack(made)


def _random_crop(rng: Generator, shape: Shape) -> _Crop:
    aspects = _ASPECTS[shape]
    aspect = aspects[int(rng.integers(len(aspects)))]
    whole = rng.random() < _CHANCE_OF_WHOLE
    longer = SIDE * (1.0 if whole else rng.uniform(_LEAST_CROP, 1.0))
    width, height = (round(longer * min(1.0, side)) for side in (aspect, 1 / aspect))
    left, top = int(rng.integers(SIDE - width + 1)), int(rng.integers(SIDE - height + 1))
    final = (round(SIDE * min(1.0, aspect)), round(SIDE * min(1.0, 1 / aspect)))
    return _Crop((left, top, left + width, top + height), final)


def _tone(rng: Generator) -> Finish | None:
    kind = rng.choice(["none", "grey", "brightness", "contrast", "saturation", "warmth"], p=(0.4, 0.2, *[0.1] * 4))
    factor = float(rng.uniform(0.65, 1.4))
    if kind == "grey":
        return lambda image: ImageOps.grayscale(image).convert("RGB")
    if kind == "warmth":
        gains = (factor**0.5, 1.0, factor**-0.5)
        table = [min(255, round(level * gain)) for gain in gains for level in range(256)]
        return lambda image: image.point(table)
    enhancers = {
        "brightness": ImageEnhance.Brightness,
        "contrast": ImageEnhance.Contrast,
        "saturation": ImageEnhance.Color,
    }
    enhancer = enhancers.get(str(kind))
    return (lambda image: enhancer(image).enhance(factor)) if enhancer else None


def _color(rng: Generator) -> tuple[int, int, int]:
    choices = [(255, 255, 255), (0, 0, 0), tuple(int(level) for level in rng.integers(0, 256, 3))]
    red, green, blue = choices[int(rng.integers(3))]
    return red, green, blue


def _border(rng: Generator, size: tuple[int, int]) -> Finish | None:
    if rng.random() > 0.15:
        return None
    width, color = int(rng.integers(3, 15)), _color(rng)

    def framed(image: Image.Image) -> Image.Image:
        inner = image.resize((size[0] - 2 * width, size[1] - 2 * width), Image.Resampling.LANCZOS)
        return ImageOps.expand(inner, width, color)

    return framed


def _caption(rng: Generator, size: tuple[int, int]) -> Finish | None:
    """Words, on a bar or on the picture itself."""
    if rng.random() > 0.3:
        return None
    words = " ".join(str(word) for word in rng.choice(_WORDS, size=int(rng.integers(1, 4))))
    text = words.upper() if rng.random() < 0.3 else words.capitalize()
    font = ImageFont.load_default(size=int(rng.integers(14, 40)))
    top = 0 if rng.random() < 0.5 else size[1] - int(rng.integers(26, 52))
    ink, bar, with_bar = _color(rng), _color(rng), rng.random() < 0.4
    place = (int(rng.integers(4, size[0] // 3)), top + int(rng.integers(2, 10)))

    def captioned(image: Image.Image) -> Image.Image:
        written = image.copy()
        pen = ImageDraw.Draw(written)
        if with_bar:
            pen.rectangle((0, top, size[0], top + 48), fill=bar)
        pen.text(place, text, fill=ink, font=font)
        return written

    return captioned
