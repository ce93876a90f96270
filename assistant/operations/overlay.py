"""What is laid on the picture: words and reference pictures."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from assistant.alpha import laid
from assistant.colors import TRANSPARENT, Color, parse_color
from assistant.errors import OperationError
from assistant.operations.base import Context, operation
from assistant.operations.detail import blurred
from assistant.operations.fonts import Font, font_for
from assistant.operations.resizing import resized_part
from assistant.operations.selection import placed_box
from assistant.operations.tone import LIGHT, LUMINANCE
from assistant.pictures import Picture, Pixels
from assistant.regions import Region
from assistant.sizes import Box, Size
from assistant.steps import Paste, Text

DEFAULT_POSITION = "bottom"
LETTER_SHARE = 0.08
"""Letter height of a caption that fits, of the short side."""
_UNBROKEN_SHARE = 0.65
"""How far a caption shrinks, of its first size, before its lines are broken."""
_WIDTH_SHARE = 0.9
_LINE_GAP = 0.25
_MIDDLE_LIGHT = 0.179
"""Above this mean light (0 to 1) dark letters read better: W3C contrast of black and white is equal there, at 4.58."""
_SMALLEST = 4
"""Letter height in px."""
MOST_INK = 89_000_000
"""Pixels of words set at a size asked for; Pillow draws no larger line."""
_LONGEST_HALO = 1e12
"""Pixels times the square of the standard deviation: about a minute. A larger halo is blurred on a reduced copy,
which comes close; smaller ones are exact, so that what is stored plays again to the same pixels."""
LIGHT_LETTERS, DARK_LETTERS = Color(255, 255, 255), Color(0, 0, 0)


class Setting(NamedTuple):
    """Words broken into lines at a size that fits."""

    lines: tuple[str, ...]
    font: ImageFont.FreeTypeFont

    @property
    def joined(self) -> str:
        return "\n".join(self.lines)

    @property
    def gap(self) -> float:
        return _LINE_GAP * self.font.size

    def extent(self) -> tuple[float, float, float, float]:
        """left, top, right, bottom of the ink when drawn at 0, 0."""
        draw = ImageDraw.Draw(Image.new("L", (1, 1)))
        return draw.multiline_textbbox((0, 0), self.joined, font=self.font, spacing=self.gap, align="center")


@operation(Text, version=2)
def text(pixels: Pixels, step: Text, context: Context) -> Pixels:
    font = font_for(step.text, step.font)
    room = context.region.box.size if context.region else _caption_room(context.size)
    setting = _set(step, font, room, context)
    ink = _ink(setting)
    size = Size(ink.shape[1], ink.shape[0])
    if context.region:
        box = _in_middle(size, context.region.box)
    else:
        box = placed_box(size, step.position or DEFAULT_POSITION, context)
        box = box.shifted(*_push_inside(box, context.size))
    return _painted(pixels, ink, box, step.color, setting.font.size)


def _caption_room(size: Size) -> Size:
    return Size(max(1, round(_WIDTH_SHARE * size.width)), max(1, round(_WIDTH_SHARE * size.height)))


def _set(step: Text, font: Font, room: Size, context: Context) -> Setting:
    """The words in lines, at the size asked for or fitted, and so much larger or smaller as was asked for."""
    if step.size is None:
        fitted = _fitted(step, font, room, context)
        if step.percent == 100:
            return fitted
        height = fitted.font.size
    else:
        height = step.size
    face = font.at(max(_SMALLEST, round(height * step.percent / 100)))
    return Setting(_balanced(step.text, face, room.width), face)


def _fitted(step: Text, font: Font, room: Size, context: Context) -> Setting:
    """The words as large as fits: a region is filled, a caption stays modest."""
    short = min(context.size)
    size = float(room.height if context.region else max(12, LETTER_SHARE * short))
    # A caption keeps its own lines while it stays near its size; a longer one is broken.
    whole_above = size if context.region else _UNBROKEN_SHARE * size
    while True:
        face = font.at(max(6, round(size)))
        lines = tuple(step.text.split("\n")) if size > whole_above else _balanced(step.text, face, room.width)
        setting = Setting(lines, face)
        left, top, right, bottom = setting.extent()
        fits = right - left <= room.width and bottom - top <= room.height
        if fits or size <= 6:
            return setting
        size = max(6.0, size * 0.93)


def _wrapped(words: str, font: ImageFont.FreeTypeFont, width: int) -> tuple[str, ...]:
    """Lines no longer than `width` px where words allow; text without spaces breaks between letters."""
    lines: list[str] = []
    for paragraph in words.split("\n"):
        pieces = paragraph.split(" ") if " " in paragraph.strip() else list(paragraph)
        glue = " " if " " in paragraph.strip() else ""
        breakable = glue or any(ord(letter) > 0x2E80 for letter in paragraph)
        line = "" if breakable else paragraph
        for piece in pieces if breakable else ():
            longer = f"{line}{glue}{piece}" if line else piece
            if line and font.getlength(longer) > width:
                lines.append(line)
                line = piece
            else:
                line = longer
        lines.append(line)
    return tuple(lines)


def _balanced(words: str, font: ImageFont.FreeTypeFont, width: int) -> tuple[str, ...]:
    """The fewest lines that fit `width` px, broken so that they are about equally long."""
    lines = _wrapped(words, font, width)
    for share in (0.5, 0.6, 0.7, 0.8, 0.9):
        narrower = _wrapped(words, font, round(share * width))
        if len(narrower) == len(lines):
            return narrower
    return lines


def _ink(setting: Setting) -> Pixels:
    """(h, w) coverage of the letters, cut to their extent."""
    left, top, right, bottom = setting.extent()
    size = Size(max(1, int(np.ceil(right)) - int(np.floor(left))), max(1, int(np.ceil(bottom)) - int(np.floor(top))))
    if size.pixels > MOST_INK:
        raise OperationError(
            f"In letters of {setting.font.size:,.0f} px these words would take {size} pixels.",
            allowed=f"Words may take {MOST_INK // 1_000_000} million pixels.",
            remedy="Ask for smaller letters or fewer words.",
        )
    image = Image.new("L", size)
    ImageDraw.Draw(image).multiline_text(
        (-np.floor(left), -np.floor(top)),
        setting.joined,
        fill=255,
        font=setting.font,
        spacing=setting.gap,
        align="center",
    )
    return np.array(image)


def _in_middle(size: Size, box: Box) -> Box:
    left = box.left + (box.size.width - size.width) // 2
    top = box.top + (box.size.height - size.height) // 2
    return Box(left, top, left + size.width, top + size.height)


def _push_inside(box: Box, size: Size) -> tuple[int, int]:
    """How far to shift so that as much as possible lies in the picture."""
    dx = max(0, -box.left) if box.size.width <= size.width else -box.left
    dy = max(0, -box.top) if box.size.height <= size.height else -box.top
    return dx + min(0, size.width - box.right - dx if box.size.width <= size.width else 0), dy + min(
        0, size.height - box.bottom - dy if box.size.height <= size.height else 0
    )


def _painted(pixels: Pixels, ink: Pixels, box: Box, color: str | None, letter_size: float) -> Pixels:
    size = Size(pixels.shape[1], pixels.shape[0])
    visible = box.clipped(size)
    if visible.is_empty or color == TRANSPARENT:
        return pixels
    ink = np.ascontiguousarray(ink[visible.shifted(-box.left, -box.top).slices])
    out = pixels.copy()
    if color is None:
        letters = _readable(pixels[visible.slices])
        _halo(out, ink, visible, letters, letter_size)
    else:
        letters = parse_color(color)
    _lay_color(out, Region(visible, ink), letters)
    return out


def _readable(under: Pixels) -> Color:
    """Light or dark letters, whichever stands out more from what is seen under them."""
    seen = Picture(np.ascontiguousarray(under)).flattened()
    light = LIGHT[np.round(cv2.mean(seen)[:3]).astype(int)]
    return LIGHT_LETTERS if float(light @ np.array(LUMINANCE)) < _MIDDLE_LIGHT else DARK_LETTERS


def _halo(out: Pixels, ink: Pixels, box: Box, letters: Color, letter_size: float) -> None:
    """A soft shade of the other tone behind the letters, so that they read on a restless ground; in place."""
    reach = max(2, round(0.12 * letter_size))
    wide = box.grown(2 * reach).clipped(Size(out.shape[1], out.shape[0]))
    shade = np.zeros((wide.size.height, wide.size.width), np.uint8)
    shade[box.shifted(-wide.left, -wide.top).slices] = ink
    sigma = reach / 1.5
    too_long = wide.area * sigma**2 > _LONGEST_HALO
    soft = blurred(shade, sigma) if too_long else cv2.GaussianBlur(shade, (0, 0), sigma)
    shade = np.asarray(cv2.convertScaleAbs(soft, alpha=0.75), np.uint8)
    _lay_color(out, Region(wide, shade), DARK_LETTERS if letters == LIGHT_LETTERS else LIGHT_LETTERS)


def _lay_color(out: Pixels, region: Region, color: Color) -> None:
    part = np.ascontiguousarray(out[region.box.slices])
    flat = np.empty_like(part)
    flat[...] = tuple(color)[: part.shape[2]]
    out[region.box.slices] = laid(part, flat, region.alpha)


@operation(Paste, version=2)
def paste(pixels: Pixels, step: Paste, context: Context) -> Pixels:
    reference = context.reference(step.reference)
    width = max(1, round(context.size.width * step.percent / 100))
    size = Size(width, max(1, round(width / reference.size.aspect)))
    box = placed_box(size, step.position or "center", context)
    visible = box.clipped(context.size)
    if visible.is_empty:
        return pixels
    colors, alpha = _reference_part(reference.pixels, size, visible.shifted(-box.left, -box.top))
    part = np.ascontiguousarray(pixels[visible.slices])
    above = np.full_like(part, 255)
    above[:, :, :3] = colors
    out = pixels.copy()
    out[visible.slices] = laid(part, above, alpha)
    return out


def _reference_part(source: Pixels, size: Size, inner: Box) -> tuple[Pixels, Pixels | None]:
    """Colours and alpha of the part `inner` of a reference made to `size`."""
    method = cv2.INTER_AREA if size.width < source.shape[1] else cv2.INTER_CUBIC
    if source.shape[2] == 3:
        return np.asarray(resized_part(source, size, inner, method), np.uint8), None
    # Colours weighted by alpha, so that what is invisible does not bleed into the edge.
    weight = source[:, :, 3:].astype(np.float32) / 255
    thin = resized_part(weight[:, :, 0], size, inner, method)[:, :, None]
    colors = resized_part(source[:, :, :3] * weight, size, inner, method) / np.maximum(thin, 1e-3)
    colors = np.round(np.clip(colors, 0, 255)).astype(np.uint8)
    return colors, np.round(255 * np.clip(thin[:, :, 0], 0, 1)).astype(np.uint8)
