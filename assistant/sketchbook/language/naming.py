"""Short names for values, as the card says what was chosen: “a green beret”, “long hair”, “on a beach”."""

from assistant.sketchbook.language.sentences import PLACES, STYLES, noun
from assistant.sketchbook.scene import Color, HairStyle, Place, Style

_HAIR_NOUNS = frozenset({HairStyle.AFRO, HairStyle.BOB, HairStyle.PONYTAIL, HairStyle.BUN, HairStyle.MOHAWK})
_WITH_A_NOUN = {"skin": "{} skin", "hair_color": "{} hair", "expression": "{} face", "backdrop": "{} backdrop"}
_WEATHER = {"clear": "clear weather", "cloudy": "cloudy weather"}


def named(attribute: str, value: str | None, color: Color | None = None) -> str:
    """A value of an attribute in words."""
    if value is None:
        return f"{color} {attribute}" if color else attribute
    if attribute == "hair":
        return _hair(value)
    if attribute == "place":
        return PLACES[Place(value)] + (f" with {noun('backdrop', color)}" if color else "")
    if attribute == "style":
        return STYLES[Style(value)]
    if attribute in _WITH_A_NOUN:
        return _WITH_A_NOUN[attribute].format(value)
    if attribute in ("time", "weather"):
        return _WEATHER.get(value, value)
    return noun(value, color)


def _hair(value: str) -> str:
    if value == HairStyle.BALD:
        return "a bald head"
    if value == HairStyle.BRAIDS:
        return value
    return noun(value) if value in _HAIR_NOUNS else f"{value} hair"
