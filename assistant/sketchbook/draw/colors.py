"""The palette: what the named colors look like, and small sums with colors (red, green, blue; 0..255)."""

from functools import cache

from assistant.sketchbook.scene import Color, HairColor, Skin

Rgb = tuple[float, float, float]

_SHADOW = (0.62, 0.52, 0.68)  # shadows lean to violet


@cache
def rgb(code: str) -> Rgb:
    """The color of a hexadecimal code such as "#f4a259"."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mix(first: Rgb, second: Rgb, share: float) -> Rgb:
    """The way from the first color to the second; share 0..1."""
    return (
        first[0] + (second[0] - first[0]) * share,
        first[1] + (second[1] - first[1]) * share,
        first[2] + (second[2] - first[2]) * share,
    )


def darker(color: Rgb, amount: float = 0.5) -> Rgb:
    """The color in shadow; amount 0..1."""
    return mix(color, (color[0] * _SHADOW[0], color[1] * _SHADOW[1], color[2] * _SHADOW[2]), amount)


def lighter(color: Rgb, amount: float = 0.3) -> Rgb:
    """The color in light; amount 0..1."""
    return mix(color, (255.0, 250.0, 235.0), amount)


def brightness(color: Rgb) -> float:
    """How light the eye finds the color, 0..255."""
    return 0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2]


PAPER = rgb("#fbf7ee")
INK = rgb("#2b2436")
WHITE = rgb("#fffdf6")
WOOD = rgb("#b9814f")
METAL = rgb("#59606f")
LAMP_LIGHT = rgb("#ffdf8a")
LEAF = rgb("#5f9e57")

COLORS: dict[Color, Rgb] = {
    Color.RED: rgb("#d8413f"),
    Color.ORANGE: rgb("#f08a35"),
    Color.YELLOW: rgb("#f6c73f"),
    Color.GREEN: rgb("#4a9d5b"),
    Color.BLUE: rgb("#3d74c6"),
    Color.PURPLE: rgb("#8253b4"),
    Color.PINK: rgb("#f08fb4"),
    Color.BROWN: rgb("#8a5a3c"),
    Color.BLACK: rgb("#3a3844"),
    Color.WHITE: rgb("#f4f0e6"),
}

SKIN: dict[Skin, Rgb] = {
    Skin.PALE: rgb("#fbdfcd"),
    Skin.FAIR: rgb("#f3c4a2"),
    Skin.OLIVE: rgb("#dfab7c"),
    Skin.TAN: rgb("#c88a5c"),
    Skin.BROWN: rgb("#9c6242"),
    Skin.DARK: rgb("#6b4230"),
}

HAIR: dict[HairColor, Rgb] = {
    HairColor.BLACK: rgb("#322c3a"),
    HairColor.BROWN: rgb("#6b4a33"),
    HairColor.AUBURN: rgb("#a23a26"),
    HairColor.GINGER: rgb("#dc7430"),
    HairColor.BLOND: rgb("#efc766"),
    HairColor.GREY: rgb("#9b9ba3"),
    HairColor.WHITE: rgb("#efece4"),
    HairColor.BLUE: rgb("#4585cf"),
    HairColor.PINK: rgb("#ee7fae"),
}
