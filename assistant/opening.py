"""Opening files that anybody may have made: an allow-list, the header first, then pixels and nothing but pixels."""

from __future__ import annotations

import io
import itertools
import os
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from assistant.errors import DamagedPicture, PictureError, UnsafePicture, UnsupportedFormat
from assistant.pictures import Picture, Pixels
from assistant.sizes import Size

FORMATS = ("PNG", "JPEG", "WEBP", "TIFF")
HEIC = "HEIF"
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
MAX_BYTES = 50_000_000
MAX_PIXELS = 40_000_000
MIN_SIDE = 16
MAX_SIDE = 16_384
_DEEP_MODES = ("I", "I;16", "I;16B", "I;16L", "F")
_BRIGHTEST = 4.0
"""How far numbers with a point may go above a white of 1: lights that are brighter, or what resampling overshoots."""
# Pillow only warns of a decompression bomb up to twice its bound; here that is a reason to stop.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
_SRGB = ImageCms.createProfile("sRGB")
_SAME_CODES = 2
"""The many sRGB profiles differ by so much among each other, in rounding and in their black."""
_STRIPS_FROM = 2_000_000
"""Pixels from which a conversion is worth more than one core."""
_OTHER_FILES = {
    b"GIF8": "a GIF file", b"BM": "a BMP file", b"8BPS": "a Photoshop file", b"%PDF": "a PDF file",
    b"%!PS": "a PostScript file", b"<svg": "an SVG file", b"<?xml": "an XML or SVG file", b"PK": "a ZIP file",
}  # fmt: skip
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip
"""EXIF orientation to what brings the picture upright."""
_ALLOWED = "Pictures may be PNG, JPEG, WebP, TIFF or HEIC."


@dataclass(frozen=True)
class Opened:
    """A picture, and in sentences what was lost on the way to 8-bit sRGB pixels."""

    picture: Picture
    notes: tuple[str, ...] = ()


def open_picture(source: bytes | Path) -> Opened:
    """Decode, orient, convert to 8-bit sRGB and drop every other byte of the file.

    Raises UnsupportedFormat, DamagedPicture or UnsafePicture; the message never repeats the file's name.
    """
    data = source if isinstance(source, bytes) else _read(source)
    if not data:
        raise DamagedPicture("The file is empty.", allowed=_ALLOWED, remedy="Choose another file.")
    _check_bytes(len(data))
    image = _identified(data)
    _check_size(Size(*image.size))
    try:
        return _converted(image)
    except (OSError, SyntaxError, ValueError, EOFError, Warning, MemoryError, ImageCms.PyCMSError) as error:
        raise DamagedPicture(
            f"The {image.format} file is cut off or garbled.",
            allowed="A picture must be complete.",
            remedy="Save or download it again.",
        ) from error


def open_mask(source: bytes | Path) -> Pixels:
    """A mask file as (H, W) uint8: its brightness, or its alpha where it has one. Raises as `open_picture`."""
    picture = open_picture(source).picture
    if picture.mode == "RGBA":
        return np.ascontiguousarray(picture.pixels[:, :, 3])
    return np.asarray(Image.fromarray(picture.pixels).convert("L"))


def _read(path: Path) -> bytes:
    try:
        _check_bytes(path.stat().st_size)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no name of a file"
        raise PictureError(
            f"The file cannot be read ({reason}).", remedy="Check that it is there and that you may read it."
        ) from error


def _check_bytes(count: int) -> None:
    if count > MAX_BYTES:
        raise UnsafePicture(
            f"The file has {count / 1e6:,.1f} MB.",
            allowed=f"At most {MAX_BYTES // 1_000_000} MB are read.",
            remedy="Save it smaller, for example as JPEG.",
        )


def _identified(data: bytes) -> Image.Image:
    formats = FORMATS
    if _looks_like_heic(data):
        _register_heic()
        formats = (HEIC,)
    try:
        return Image.open(io.BytesIO(data), formats=formats)
    except Image.DecompressionBombWarning as error:
        raise _too_many_pixels("more than 89 million pixels") from error
    except Image.DecompressionBombError as error:
        raise _too_many_pixels("more than 178 million pixels") from error
    except (OSError, SyntaxError, ValueError, EOFError, Warning) as error:
        known = data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"II*\0", b"MM\0*"))
        kind = DamagedPicture if known else UnsupportedFormat
        other = next((name for start, name in _OTHER_FILES.items() if data.startswith(start)), None)
        received = f"This is {other}." if other else "The file is not a picture, or not of a known format."
        received = "The file is damaged." if known else received
        raise kind(received, allowed=_ALLOWED, remedy="Save it as PNG or JPEG and try again.") from error


def _looks_like_heic(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS


def _register_heic() -> None:
    try:
        from pillow_heif import register_heif_opener
    except ImportError as error:
        raise UnsupportedFormat(
            "This is a HEIC file, and the part that reads them is not installed.",
            allowed=_ALLOWED,
            remedy='Install it with pip install "palimpsest[heic]", or save the picture as JPEG.',
        ) from error
    register_heif_opener()


def _check_size(size: Size) -> None:
    if size.pixels > MAX_PIXELS:
        raise _too_many_pixels(f"{size} pixels, {size.pixels / 1e6:,.0f} million")
    if min(size) < MIN_SIDE or max(size) > MAX_SIDE:
        raise UnsafePicture(
            f"The picture has {size} pixels.",
            allowed=f"Each side may have {MIN_SIDE} to {MAX_SIDE:,} pixels.",
            remedy="Crop or resize it first.",
        )


def _too_many_pixels(received: str) -> UnsafePicture:
    return UnsafePicture(
        f"The picture has {received}.",
        allowed=f"At most {MAX_PIXELS // 1_000_000} million are opened.",
        remedy="Save it smaller and try again.",
    )


def _converted(image: Image.Image) -> Opened:
    notes: list[str] = []
    if (frames := getattr(image, "n_frames", 1)) > 1:
        notes.append(f"The file has {frames} frames; the first one was opened.")
        image.seek(0)
    depth = _depth(image)
    icc = image.info.get("icc_profile")
    image.load()
    if depth:
        notes.append(f"It has {depth} bits per channel; the picture was opened with 8.{_range_note(image)}")
    # Only now: a TIFF is turned upright, and loses the mark, as it is loaded; a PNG may have it behind its pixels.
    upright = _UPRIGHT.get(image.getexif().get(0x0112, 1))
    alpha = _alpha(image)
    colors, note = _to_srgb(_to_eight_bits(image), icc)
    notes.extend([note] if note else [])
    if alpha is not None and alpha.getextrema() != (255, 255):
        colors.putalpha(alpha)
    pixels = np.array(colors.transpose(upright) if upright is not None else colors)
    return Opened(Picture(pixels), tuple(notes))


def _depth(image: Image.Image) -> int:
    """Bits per channel where they are more than 8, else 0."""
    if image.mode in _DEEP_MODES:
        return 32 if image.mode in ("I", "F") and image.format == "TIFF" else 16
    raw = [str(part) for tile in getattr(image, "tile", ()) for part in np.atleast_1d(np.asarray(tile[3], object))]
    if any(";16" in part for part in raw):
        return 16
    return int(image.info.get("bit_depth") or 0) if (image.info.get("bit_depth") or 8) > 8 else 0


def _range_note(image: Image.Image) -> str:
    """Which value became white, where a file does not say it; it is looked for in the pixels."""
    if image.mode != "F":
        return ""
    largest = float(_values(image).max())
    white = _white_of(image.mode, largest)
    return f" Its value {white:,.0f} became white{', and so did all above it' if largest > white else ''}."


def _alpha(image: Image.Image) -> Image.Image | None:
    if image.mode in ("RGBA", "LA", "PA") or (image.mode in ("P", "RGB", "L") and "transparency" in image.info):
        return image.convert("RGBA").getchannel("A")
    return None


def _to_eight_bits(image: Image.Image) -> Image.Image:
    if image.mode in _DEEP_MODES:
        values = _values(image)
        top = _white_of(image.mode, float(values.max()))
        return Image.fromarray(np.round(np.clip(values, 0, top) * (255 / top)).astype(np.uint8))
    if image.mode in ("CMYK", "RGB", "L", "LAB"):
        return image
    return image.convert("RGBA").convert("RGB") if image.mode != "LA" else image.convert("L")


def _values(image: Image.Image) -> NDArray[np.float64]:
    """Of a deep file; what is no number, or none that ends, is 0."""
    return np.nan_to_num(np.asarray(image).astype(np.float64), posinf=0, neginf=0)


def _white_of(mode: str, largest: float) -> float:
    """The value that means white in a deep file; of numbers with a point it is told by the largest."""
    if mode == "F" and largest <= 255:
        return 1.0 if largest <= _BRIGHTEST else 255.0
    return max(65535.0, largest)


def _to_srgb(image: Image.Image, icc: bytes | None) -> tuple[Image.Image, str]:
    profile = _profile(icc, image.mode)
    if profile is None:
        note = "It is a CMYK file without a colour profile; its colours are a guess." if image.mode == "CMYK" else ""
        return image.convert("RGB"), note
    way = ImageCms.buildTransform(
        profile, _SRGB, image.mode, "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    )
    if image.mode == "RGB" and _changes_nothing(way):
        return image, ""
    converted = _in_strips(image, way)
    if image.mode == "L":
        return converted, ""
    words = "".join(letter if letter.isprintable() else " " for letter in ImageCms.getProfileDescription(profile))
    name = " ".join(words.split())[:60] or "its own colour space"
    return converted, f"Its colours were converted from {name} to sRGB; what sRGB cannot show was brought to its edge."


def _in_strips(image: Image.Image, way: ImageCms.ImageCmsTransform) -> Image.Image:
    """The conversion, on as many cores as there are: it is the slowest part of opening a photograph."""
    count = min(8, os.cpu_count() or 1) if image.size[0] * image.size[1] > _STRIPS_FROM else 1
    edges = [round(number * image.size[1] / count) for number in range(count + 1)]
    boxes = [(0, top, image.size[0], bottom) for top, bottom in itertools.pairwise(edges)]
    converted = Image.new("RGB", image.size)
    with ThreadPoolExecutor(count) as pool:
        strips = pool.map(lambda box: ImageCms.applyTransform(image.crop(box), way), boxes)
        for strip, box in zip(strips, boxes, strict=True):
            assert strip is not None  # only an in-place conversion returns nothing
            converted.paste(strip, box)
    return converted


def _changes_nothing(way: ImageCms.ImageCmsTransform) -> bool:
    """Whether a profile is sRGB under whatever name: tried on a grid of colours (a name may also say “linear sRGB”)."""
    codes = np.array([0, 32, 64, 96, 128, 160, 192, 224, 255], np.uint8)
    grid = np.stack(np.meshgrid(codes, codes, codes, indexing="ij"), axis=-1).reshape(1, -1, 3)
    tried = ImageCms.applyTransform(Image.fromarray(grid), way)
    return tried is not None and bool(np.abs(np.asarray(tried).astype(int) - grid).max() <= _SAME_CODES)


def _profile(icc: bytes | None, mode: str) -> ImageCms.ImageCmsProfile | None:
    """The embedded profile, if it is one and speaks of this mode's colours; a broken one is left aside."""
    if not icc:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        space = getattr(profile.profile, "xcolor_space", "").strip()
    except (OSError, ImageCms.PyCMSError):
        return None
    return profile if space == {"L": "GRAY", "LAB": "Lab"}.get(mode, mode) else None
