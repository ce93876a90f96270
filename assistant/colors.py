"""Colours as people say them: names, hex and rgb(), read once into RGBA bytes."""

from __future__ import annotations

import difflib
from typing import NamedTuple

from PIL import ImageColor

from assistant.errors import InvalidScript

TRANSPARENT = "transparent"

# Everyday names that CSS does not have.
EVERYDAY = {
    "amber": "#ffbf00", "apricot": "#fbceb1", "bronze": "#cd7f32", "burgundy": "#800020", "champagne": "#f7e7ce",
    "charcoal": "#36454f", "cherry": "#c41e3a", "copper": "#b87333", "cream": "#fffdd0", "emerald": "#50c878",
    "lilac": "#c8a2c8", "magenta": "#ff00ff", "mint": "#98ff98", "mustard": "#e1ad01", "ochre": "#cc7722",
    "off white": "#faf9f6", "peach": "#ffdab9", "petrol": "#005f6a", "rose": "#ff66cc", "ruby": "#9b111e",
    "rust": "#b7410e", "sand": "#e2ca76", "scarlet": "#ff2400", "terracotta": "#cc4e3a", "wine": "#722f37",
}  # fmt: skip


class Color(NamedTuple):
    """sRGB bytes, each 0 to 255; alpha 255 is opaque."""

    red: int
    green: int
    blue: int
    alpha: int = 255

    @property
    def rgb(self) -> tuple[int, int, int]:
        return self.red, self.green, self.blue

    @property
    def hex(self) -> str:
        opaque = f"#{self.red:02x}{self.green:02x}{self.blue:02x}"
        return opaque if self.alpha == 255 else f"{opaque}{self.alpha:02x}"


def parse_color(text: str) -> Color:
    """Read "#1a73e8", "#18f", "rgb(26, 115, 232)", "hsl(210, 80%, 50%)", "dark green" or "transparent".

    Raises InvalidScript with the nearest names when the word is no colour.
    """
    words = " ".join(text.strip().lower().split())
    if words == TRANSPARENT:
        return Color(0, 0, 0, 0)
    for candidate in (EVERYDAY.get(words, words), words.replace(" ", "").replace("grey", "gray")):
        try:
            return Color(*ImageColor.getcolor(candidate, "RGBA"))  # pyright: ignore[reportGeneralTypeIssues]
        except ValueError:
            continue
    known = [*ImageColor.colormap, *EVERYDAY]
    near = ", ".join(difflib.get_close_matches(words, known, n=3, cutoff=0.5)) or "red, navy, gold"
    raise InvalidScript(
        f"“{text[:40]}” is not a colour.",
        allowed=f"A colour is a name ({near} …), #rrggbb, rgb(r, g, b) or “transparent”.",
        remedy="Use one of these.",
    )
