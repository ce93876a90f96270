"""Twelve-megapixel photographs of known origin: pictures of scikit-image, enlarged, in the containers people have."""

from __future__ import annotations

import io
from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image
from skimage import data

from assistant.pictures import Picture, Pixels
from eval.icc import profile

SIZE_12MP = (4000, 3000)


def photograph(name: str, size: tuple[int, int] = SIZE_12MP) -> Pixels:
    """A picture of scikit-image, cut to the aspect, enlarged, with a little noise so that no codec has it easy."""
    source = np.asarray(getattr(data, name)())
    wanted = size[0] / size[1]
    height = min(source.shape[0], round(source.shape[1] / wanted))
    width = min(source.shape[1], round(height * wanted))
    top, left = (source.shape[0] - height) // 2, (source.shape[1] - width) // 2
    cut = np.ascontiguousarray(source[top : top + height, left : left + width, :3])
    large = cv2.resize(cut, size, interpolation=cv2.INTER_CUBIC)
    noise = np.random.default_rng(0).normal(0, 2, large.shape)
    return np.clip(large + noise, 0, 255).astype(np.uint8)


def _encoded(image: Image.Image, image_format: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, image_format, **options)  # pyright: ignore[reportArgumentType]
    return out.getvalue()


def rotated_jpeg() -> bytes:
    """A JPEG that lies on its side and says so in EXIF."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return _encoded(Image.fromarray(photograph("astronaut")), "JPEG", quality=92, exif=exif)


def display_p3_jpeg() -> bytes:
    """A JPEG whose codes are Display P3, with that profile embedded."""
    return _encoded(Image.fromarray(photograph("coffee")), "JPEG", quality=92, icc_profile=profile("Display P3"))


def deep_png() -> bytes:
    """A PNG of 16 bits per channel."""
    deep = photograph("rocket").astype(np.uint16) * 257
    return cv2.imencode(".png", cv2.cvtColor(deep, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()


def cmyk_jpeg() -> bytes:
    """A CMYK JPEG without a profile, as print shops send it."""
    return _encoded(Image.fromarray(photograph("chelsea")).convert("CMYK"), "JPEG", quality=92)


CONTAINERS: dict[str, Callable[[], bytes]] = {
    "jpeg, EXIF rotation": rotated_jpeg,
    "jpeg, Display P3": display_p3_jpeg,
    "png, 16 bit": deep_png,
    "jpeg, CMYK": cmyk_jpeg,
}


def logo() -> Picture:
    """A small picture with alpha, to paste."""
    pixels = np.zeros((200, 200, 4), np.uint8)
    cv2.circle(pixels, (100, 100), 90, (255, 200, 0, 255), -1, cv2.LINE_AA)
    cv2.putText(pixels, "P", (60, 140), cv2.FONT_HERSHEY_SIMPLEX, 4, (30, 30, 60, 255), 12, cv2.LINE_AA)
    return Picture(pixels)
