"""A sheet to paint on in unit space: all paint goes through the light, on more pixels than needed."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw

from assistant.sketchbook.draw.colors import Rgb
from assistant.sketchbook.draw.layout import ANCHOR
from assistant.sketchbook.draw.light import Light
from assistant.sketchbook.draw.paths import Path, Points, mirrored

WORKING_SIDE = 1024  # pixels aimed at before reduction
MINIMUM_FACTOR = 2
MAXIMUM_FACTOR = 8
_HALO_SIDE = 64
_HALO_POWER = 2.0


@lru_cache(maxsize=1)
def _halo() -> Image.Image:
    """A soft disc, opaque in the middle and nothing at the edge."""
    axis = np.linspace(-1, 1, _HALO_SIDE)
    distance = np.hypot(axis[:, None], axis[None, :])
    return Image.fromarray((255 * np.clip(1 - distance, 0, 1) ** _HALO_POWER).astype(np.uint8))


def _whole(color: Rgb) -> tuple[int, int, int]:
    return round(color[0]), round(color[1]), round(color[2])


def power_of_two(limit: int) -> int:
    """The largest power of two that is not above the limit, at least 1."""
    return 1 << max(limit.bit_length() - 1, 0)


class Canvas:
    """A square picture in the making.

    `depth` (0 near .. 1 far) fades what is painted next into the haze; `zoom` enlarges it about the anchor, `flipped`
    mirrors it left to right.
    """

    def __init__(self, size: int, light: Light) -> None:
        self.size = size
        self.factor = min(max(power_of_two(WORKING_SIDE // size), MINIMUM_FACTOR), MAXIMUM_FACTOR)
        self.side = size * self.factor
        self.light = light
        self.depth = 0.0
        self.zoom = 1.0
        self.flipped = False
        self._image = Image.new("RGB", (self.side, self.side))
        self._pen = ImageDraw.Draw(self._image)
        self._glaze = ImageDraw.Draw(self._image, "RGBA")  # blends, which the plain pen does not

    def fill(self, path: Path, color: Rgb, alpha: float = 1.0, glowing: bool = False) -> None:
        """Fill a closed path; what glows keeps its color in any light."""
        if len(path) < 3:
            return
        ink = _whole(self._lit(color, glowing))
        points = self._placed(path).ravel().tolist()
        if alpha < 1:
            self._glaze.polygon(points, fill=(*ink, round(alpha * 255)))
        else:
            self._pen.polygon(points, fill=ink)

    def stroke(self, path: Path | Points, color: Rgb, width: float, glowing: bool = False) -> None:
        """Draw an open line with round ends and corners; width in unit space."""
        ink = _whole(self._lit(color, glowing))
        points = self._placed(np.asarray(path, dtype=np.float64))
        thick = max(1, round(width * self.side * self.zoom))
        self._pen.line(points.ravel().tolist(), fill=ink, width=thick, joint="curve")
        for x, y in (points[0], points[-1]):
            self._pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=ink)

    def outline(self, path: Path, color: Rgb, width: float, glowing: bool = False) -> None:
        """Draw a closed line."""
        self.stroke(np.concatenate([path, path[:2]]), color, width, glowing)

    def shade(self, within: Path, path: Path, color: Rgb, alpha: float = 1.0, glowing: bool = False) -> None:
        """Fill the part of a path that lies within another."""
        box = self._pixels(path, within)
        if box is None or len(path) < 3 or len(within) < 3:
            return
        mask = ImageChops.darker(self._mask(path, box), self._mask(within, box))
        if alpha < 1:
            mask = mask.point([round(level * alpha) for level in range(256)])
        self._image.paste(_whole(self._lit(color, glowing)), box, mask)

    def blend(self, path: Path, top: Rgb, bottom: Rgb, glowing: bool = False) -> None:
        """Fill a closed path with colors that run from its top to its bottom."""
        box = self._pixels(path)
        if box is None:
            return
        heights = self._placed(path)[:, 1]
        rows = (np.arange(box[1], box[3]) - heights.min()) / max(heights.max() - heights.min(), 1.0)
        column = self._column(rows, (top, bottom), glowing)
        self._image.paste(
            column.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.NEAREST), box, self._mask(path, box)
        )

    def wash(self, colors: Sequence[Rgb], top: float = 0.0, bottom: float = 1.0, glowing: bool = False) -> None:
        """Fill the whole width between two heights with colors that run downwards."""
        start, end = round(top * self.side), round(bottom * self.side)
        column = self._column(np.linspace(0, 1, max(end - start, 1)), colors, glowing)
        self._image.paste(column.resize((self.side, max(end - start, 1)), Image.Resampling.NEAREST), (0, start))

    def glow(self, x: float, y: float, radius: float, color: Rgb, strength: float = 1.0) -> None:
        """Let light bleed from a point; strength 0..1."""
        if strength <= 0:
            return
        middle = self._placed(np.array([(x, y)]))[0]
        reach = round(radius * self.side * self.zoom)
        halo = _halo().resize((2 * reach, 2 * reach), Image.Resampling.BILINEAR)
        corner = (round(middle[0]) - reach, round(middle[1]) - reach)
        self._image.paste(_whole(color), corner, halo.point([round(level * strength) for level in range(256)]))

    def mist(self, y: float, half: float, color: Rgb, density: float) -> None:
        """A soft level bank across the whole width, densest at its middle height; density 0..1."""
        start, end = max(round((y - half) * self.side), 0), min(round((y + half) * self.side), self.side)
        heights = (np.arange(start, end) / self.side - y) / half
        column = (255 * density * np.cos(heights * np.pi / 2) ** 2).astype(np.uint8)
        mask = Image.fromarray(column[:, None]).resize((self.side, end - start), Image.Resampling.NEAREST)
        self._image.paste(_whole(color), (0, start, self.side, end), mask)

    def picture(self, scale: int = 1) -> Image.Image:
        """The picture, reduced to `size` times scale; scale must divide the supersampling factor."""
        factor = self.factor // scale
        return self._image.reduce(factor) if factor > 1 else self._image.copy()

    def _placed(self, path: Path) -> Path:
        """The path in pixels of the working sheet."""
        placed = (path - ANCHOR) * self.zoom + ANCHOR if self.zoom != 1 else path
        return (mirrored(placed) if self.flipped else placed) * self.side

    def _lit(self, color: Rgb, glowing: bool) -> Rgb:
        return color if glowing else self.light.tint(color, self.depth)

    def _column(self, rows: NDArray[np.float64], colors: Sequence[Rgb], glowing: bool) -> Image.Image:
        stops = np.linspace(0, 1, len(colors))
        lit = np.array([self._lit(color, glowing) for color in colors])
        column = np.stack([np.interp(rows, stops, lit[:, channel]) for channel in range(3)], axis=1)
        return Image.fromarray(column[:, None].round().astype(np.uint8))

    def _mask(self, path: Path, box: tuple[int, int, int, int]) -> Image.Image:
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        points = self._placed(path) - (box[0], box[1])
        ImageDraw.Draw(mask).polygon(points.ravel().tolist(), fill=255)
        return mask

    def _pixels(self, *paths: Path) -> tuple[int, int, int, int] | None:
        """The pixel box that all the paths share, inside the picture; None when there is none."""
        placed = [self._placed(path) for path in paths]
        least = np.floor(np.max([path.min(axis=0) for path in placed], axis=0)).astype(int)
        most = np.ceil(np.min([path.max(axis=0) for path in placed], axis=0)).astype(int) + 1
        left, top = np.maximum(least, 0).tolist()
        right, bottom = np.minimum(most, self.side).tolist()
        return (left, top, right, bottom) if right > left and bottom > top else None
