"""A Picture: decoded, oriented, 8-bit sRGB pixels and nothing else; how it is named and how it is written."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from assistant.errors import UnsupportedFormat
from assistant.sizes import Box, Size

Pixels: TypeAlias = NDArray[np.uint8]
ImageFormat: TypeAlias = Literal["png", "webp", "jpeg"]

MODES = {1: "L", 3: "RGB", 4: "RGBA"}
SUFFIX_FORMATS: dict[str, ImageFormat] = {".png": "png", ".webp": "webp", ".jpg": "jpeg", ".jpeg": "jpeg"}
PREVIEW_SIDE = 1024
THUMBNAIL_SIDE = 192
MAX_STORED_PIXELS = 120_000_000
"""No picture, patch or mask is larger than this, whatever the steps say."""
_IN_TWO_STEPS = 4
_LONGEST_SIDES = {"webp": 16_383, "jpeg": 65_500}
_PNG_OPTIONS = [cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE]
_PNG_OPTIONS += [cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_UP]
PNG_HEADER = 26
_PNG_CHANNELS = {b"\x08\x00": 1, b"\x08\x02": 3, b"\x08\x06": 4}
"""By bit depth and colour type: what is written has eight bits, and no palette."""
PAPER = (255, 255, 255)
"""What shows through where a picture with alpha is written to a format without it."""


def content_id(pixels: Pixels) -> str:
    """SHA-256 of mode, size and raw pixels, as 64 hex digits; (H, W) masks and (H, W, 3 or 4) pictures alike."""
    channels = 1 if pixels.ndim == 2 else pixels.shape[2]
    digest = hashlib.sha256(f"{MODES[channels]} {pixels.shape[1]} {pixels.shape[0]} ".encode())
    digest.update(np.ascontiguousarray(pixels).data)
    return digest.hexdigest()


@dataclass(frozen=True, eq=False)
class Picture:
    """`pixels` is (H, W, 3) or, with straight alpha, (H, W, 4), uint8 sRGB, read-only from here on."""

    pixels: Pixels

    def __post_init__(self) -> None:
        if self.pixels.ndim != 3 or self.pixels.shape[2] not in (3, 4) or self.pixels.dtype != np.uint8:
            raise ValueError(f"pixels must be (H, W, 3 or 4) uint8, not {self.pixels.shape} {self.pixels.dtype}")
        self.pixels.flags.writeable = False

    @classmethod
    def known(cls, pixels: Pixels, picture_id: str) -> Picture:
        """One whose id is known, which saves reading all of it once more."""
        picture = cls(pixels)
        picture.__dict__["id"] = picture_id
        return picture

    @cached_property
    def id(self) -> str:
        return content_id(self.pixels)

    @property
    def size(self) -> Size:
        return Size(self.pixels.shape[1], self.pixels.shape[0])

    @property
    def mode(self) -> str:
        return MODES[self.pixels.shape[2]]

    @property
    def rgb(self) -> Pixels:
        """The (H, W, 3) colours, without alpha."""
        return self.pixels[:, :, :3]

    def crop(self, box: Box) -> Picture:
        """The pixels inside `box`, which must lie in the picture."""
        return Picture(np.ascontiguousarray(self.pixels[box.slices]))

    def flattened(self, paper: tuple[int, int, int] = PAPER) -> Pixels:
        """(H, W, 3): what is seen when the picture lies on `paper`."""
        if self.mode == "RGB":
            return self.pixels
        *channels, alpha = cv2.split(self.pixels)
        if cv2.minMaxLoc(alpha)[0] == 255:
            return np.asarray(cv2.merge(channels), np.uint8)
        clear = np.arange(255, -1, -1, dtype=np.uint16)
        seen = [
            cv2.add(cv2.multiply(channel, alpha, dtype=cv2.CV_16U), cv2.LUT(alpha, clear * np.uint16(code)))
            for channel, code in zip(channels, paper, strict=True)
        ]
        total = np.asarray(cv2.merge(seen), np.uint16)
        total += 128
        total += total >> 8  # (x + x/256) / 256 is x / 255, rounded
        total >>= 8
        return total.astype(np.uint8)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Picture) and np.array_equal(self.pixels, other.pixels)

    def __hash__(self) -> int:
        return hash(self.id)


def encode(picture: Picture, image_format: ImageFormat, quality: int = 92) -> bytes:
    """The file bytes, with no metadata at all. PNG and WebP are lossless; JPEG is flattened and recompressed.

    Raises UnsupportedFormat, also for a picture that the format cannot hold.
    """
    longest = _LONGEST_SIDES.get(image_format, max(picture.size))
    if max(picture.size) > longest:
        raise UnsupportedFormat(
            f"The picture has {picture.size} pixels.",
            allowed=f"A {image_format} file holds sides of up to {longest:,}.",
            remedy="Write it as png, or resize it.",
        )
    out = io.BytesIO()
    match image_format:
        case "png":
            return encode_png(picture.pixels)
        case "webp":
            Image.fromarray(picture.pixels).save(out, "WEBP", lossless=True, quality=50, method=2, exact=True)
        case "jpeg":
            Image.fromarray(picture.flattened()).save(out, "JPEG", quality=quality, subsampling=0)
        case _:
            raise UnsupportedFormat(
                f"“{image_format}” is not a format that is written.",
                allowed="Pictures are written as png, webp or jpeg.",
                remedy="Choose one of these.",
            )
    return out.getvalue()


def encode_png(pixels: Pixels) -> bytes:
    """Lossless bytes of (H, W), (H, W, 3) or (H, W, 4) pixels; three times as fast as Pillow's at nearly its size."""
    if pixels.ndim == 3:
        order = cv2.COLOR_RGB2BGR if pixels.shape[2] == 3 else cv2.COLOR_RGBA2BGRA
        pixels = np.asarray(cv2.cvtColor(pixels, order), np.uint8)
    return cv2.imencode(".png", pixels, _PNG_OPTIONS)[1].tobytes()


def png_size(data: bytes) -> tuple[Size, int]:
    """Size and channels of a PNG that `encode_png` wrote, from its first `PNG_HEADER` bytes.

    Raises ValueError when it is not one, or a larger one than we write.
    """
    size = Size(int.from_bytes(data[16:20]), int.from_bytes(data[20:24]))
    channels = _PNG_CHANNELS.get(data[24:26])
    if not data.startswith(b"\x89PNG") or channels is None or not 0 < size.pixels <= MAX_STORED_PIXELS:
        raise ValueError("not a PNG of ours")
    return size, channels


def decode_png(data: bytes) -> Pixels:
    """Pixels of a PNG that `encode_png` wrote. Raises ValueError when it is not one, or a larger one than we write."""
    png_size(data)
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if decoded is None:
        raise ValueError("not a PNG")
    pixels = np.asarray(decoded, np.uint8)
    if pixels.ndim == 2:
        return pixels
    order = cv2.COLOR_BGR2RGB if pixels.shape[2] == 3 else cv2.COLOR_BGRA2RGBA
    return np.asarray(cv2.cvtColor(pixels, order), np.uint8)


def format_of(filename: str) -> ImageFormat:
    """The format that a file name asks for. Raises UnsupportedFormat."""
    suffix = "." + filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
    if suffix not in SUFFIX_FORMATS:
        raise UnsupportedFormat(
            f"“{suffix or filename}” is not a format that is written.",
            allowed=f"The name may end in {', '.join(SUFFIX_FORMATS)}.",
            remedy="Give the file one of these endings.",
        )
    return SUFFIX_FORMATS[suffix]


def preview(picture: Picture, longest: int = PREVIEW_SIDE, quality: int = 85) -> bytes:
    """JPEG bytes no side of which is longer than `longest` px: what the page and the history show."""
    small = picture.size.fit(longest)
    pixels = picture.flattened()  # first, else the colours of what is invisible would be mixed in
    if max(picture.size) >= _IN_TWO_STEPS * longest:  # whole numbers of pixels are averaged in a third of the time
        half = Size(max(1, picture.size.width // 2), max(1, picture.size.height // 2))
        pixels = np.asarray(cv2.resize(pixels, half, interpolation=cv2.INTER_AREA), np.uint8)
    if small != picture.size:
        pixels = np.asarray(cv2.resize(pixels, small, interpolation=cv2.INTER_AREA), np.uint8)
    return encode(Picture(pixels), "jpeg", quality)
