"""The palette: what the named colours look like, and small sums with colours (red, green, blue; 0..255)."""

from functools import cache

from assistant.sketchbook.scene import Colour, HairColour, Skin

Rgb = tuple[float, float, float]

_SHADOW = (0.62, 0.52, 0.68)  # shadows lean to violet


@cache
def rgb(code: str) -> Rgb:
    """The colour of a hexadecimal code such as "#f4a259"."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mix(first: Rgb, second: Rgb, share: float) -> Rgb:
    """The way from the first colour to the second; share 0..1."""
    return (
        first[0] + (second[0] - first[0]) * share,
        first[1] + (second[1] - first[1]) * share,
        first[2] + (second[2] - first[2]) * share,
    )


def darker(colour: Rgb, amount: float = 0.5) -> Rgb:
    """The colour in shadow; amount 0..1."""
    return mix(colour, (colour[0] * _SHADOW[0], colour[1] * _SHADOW[1], colour[2] * _SHADOW[2]), amount)


def lighter(colour: Rgb, amount: float = 0.3) -> Rgb:
    """The colour in light; amount 0..1."""
    return mix(colour, (255.0, 250.0, 235.0), amount)


def brightness(colour: Rgb) -> float:
    """How light the eye finds the colour, 0..255."""
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]


PAPER = rgb("#fbf7ee")
INK = rgb("#2b2436")
WHITE = rgb("#fffdf6")
WOOD = rgb("#b9814f")
METAL = rgb("#59606f")
LAMP_LIGHT = rgb("#ffdf8a")
LEAF = rgb("#5f9e57")

COLOURS: dict[Colour, Rgb] = {
    Colour.RED: rgb("#d8413f"),
    Colour.ORANGE: rgb("#f08a35"),
    Colour.YELLOW: rgb("#f6c73f"),
    Colour.GREEN: rgb("#4a9d5b"),
    Colour.BLUE: rgb("#3d74c6"),
    Colour.PURPLE: rgb("#8253b4"),
    Colour.PINK: rgb("#f08fb4"),
    Colour.BROWN: rgb("#8a5a3c"),
    Colour.BLACK: rgb("#3a3844"),
    Colour.WHITE: rgb("#f4f0e6"),
}

SKIN: dict[Skin, Rgb] = {
    Skin.PALE: rgb("#fbdfcd"),
    Skin.FAIR: rgb("#f3c4a2"),
    Skin.OLIVE: rgb("#dfab7c"),
    Skin.TAN: rgb("#c88a5c"),
    Skin.BROWN: rgb("#9c6242"),
    Skin.DARK: rgb("#6b4230"),
}

HAIR: dict[HairColour, Rgb] = {
    HairColour.BLACK: rgb("#322c3a"),
    HairColour.BROWN: rgb("#6b4a33"),
    HairColour.AUBURN: rgb("#a23a26"),
    HairColour.GINGER: rgb("#dc7430"),
    HairColour.BLOND: rgb("#efc766"),
    HairColour.GREY: rgb("#9b9ba3"),
    HairColour.WHITE: rgb("#efece4"),
    HairColour.BLUE: rgb("#4585cf"),
    HairColour.PINK: rgb("#ee7fae"),
}
