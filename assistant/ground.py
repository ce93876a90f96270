"""Whether a wish for a whole picture gives what is transparent in it a ground, or leaves it clear: its words decide."""

from __future__ import annotations

import re

_LOOKS = (
    # colour
    "black[- ]and[- ]white", "monochrome", "gr[ae]yscale", "sepia", "vintage", "colou?rs?", "colou?rful", "pastel",
    "warm(?:er)?", "cool(?:er)?", "cold(?:er)?", "bright(?:er)?", "dark(?:er)?", "contrast", "saturated", "tones?",
    # light and time of day
    "light(?:er|ing)?", "sunlight", "moonlight", "golden hour", "dawn", "sunrise", "morning", "day(?:light|time)?",
    "sunset", "dusk", "evening", "night",
    # season and weather
    "spring", "summer", "autumn", "winter", "weather", "sunny", "cloudy", "rain(?:y|ing)?", "snow(?:y|ing)?",
    "fog(?:gy)?", "mist(?:y)?", "storm(?:y)?",
    # style
    "styles?", "painting", "painted", "watercolou?r", "drawing", "sketch", "pencil", "ink", "chalk", "oil", "comic",
    "cartoon", "anime", "pixel art", "neon", "cinematic", "film",
)  # fmt: skip
_LOOK = rf"(?:{'|'.join(_LOOKS)})"
_BEHIND = r"(?:back(?:ground|drop)s?|transparen\w+)"
_PLACES = (
    "ground", "floor", "sky", "landscape", "surroundings", "beach", "sea", "lake", "harbou?r", "forest", "woods",
    "meadow", "field", "park", "garden", "desert", "mountains?", "city", "street", "room", "table", "desk",
    "put", "places?", "move", "on", "onto", "behind", "beside", "under", "near", "inside",
)  # fmt: skip
# "in watercolor", "in the style of" and "at night" name no place; "in a forest" and "in a bright kitchen" do.
_NO_PLACE = rf"(?:(?:an?|the) )?(?:\w+ )?(?:{_LOOK} )*{_LOOK}(?:\W*$|[,.;]| (?:of|and|with|but)\b)"
_SPEAKS_OF_LOOKS = re.compile(rf"\b{_LOOK}\b", re.IGNORECASE)
_SPEAKS_OF_GROUND = re.compile(
    rf"\b(?:{_BEHIND}|{'|'.join(_PLACES)})\b|\b(?:in|at) (?!{_NO_PLACE})", re.IGNORECASE
)  # fmt: skip
_KEEPS_GROUND = re.compile(
    r"\b(?:keep|leave|preserve|without changing|without touching|do(?: not|n['’]t) (?:change|touch))"
    rf"(?: (?!but|and|change)\w+){{0,3}} {_BEHIND}\b(?: (?:as it is|unchanged|transparent))?",
    re.IGNORECASE,
)


def gives_ground(wish: str, kept: str = "") -> bool:
    """Whether paint shall show on what was transparent, by a wish for the whole picture and what it shall keep.

    It shall, unless the wish is about nothing but how things look (style, light, time of day, weather, colour) or says
    that what lies behind them stays: paint too much is seen and undone, paint that is missing looks like no answer.
    """
    rest = " ".join(_KEEPS_GROUND.sub("", wish).split())
    stays = rest != " ".join(wish.split()) or re.search(_BEHIND, kept, re.IGNORECASE)
    return bool(_SPEAKS_OF_GROUND.search(rest)) or not (stays or _SPEAKS_OF_LOOKS.search(rest))
