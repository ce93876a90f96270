"""Places of the frame that have a name and need no model: "left half", "lower third", "top right corner"."""

from __future__ import annotations

from typing import NamedTuple

from assistant.sizes import Box, Size


class Area(NamedTuple):
    """Shares of width and height, 0 to 1; half-open like a Box."""

    left: float
    top: float
    right: float
    bottom: float

    def pixels(self, size: Size) -> Box:
        return Box(
            round(self.left * size.width), round(self.top * size.height),
            round(self.right * size.width), round(self.bottom * size.height),
        )  # fmt: skip


_SYNONYMS = {
    "upper": "top", "lower": "bottom", "centre": "center", "middle": "center",
    "whole": "everything", "all": "everything",     "lefthand": "left", "righthand": "right",
}  # fmt: skip
_FILLER = {"the", "of", "side", "in", "at", "on", "part", "picture", "image", "photo", "frame", "edge", "very"}
_PICTURE = {"picture", "image", "photo", "frame"}
_SHARES = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4}
CORNER_SHARE = 1 / 3
"""How much of each side "left", "top right" or "the corner" takes when no share is said."""
EVERYTHING = Area(0, 0, 1, 1)


def _span(word: str | None, share: float) -> tuple[float, float]:
    if word in ("left", "top"):
        return 0.0, share
    if word in ("right", "bottom"):
        return 1 - share, 1.0
    return (1 - share) / 2, (1 + share) / 2


def parse_area(phrase: str) -> Area | None:
    """The named place of the frame, or None when the words name something in the picture."""
    said = [_SYNONYMS.get(word, word) for word in phrase.lower().replace("-", " ").replace("hand side", "side").split()]
    words = [word for word in said if word not in _FILLER]
    if words in (["everything"], ["everything", "everything"]) or (not words and _PICTURE & set(said)):
        return EVERYTHING
    share_word = next((word for word in words if word in (*_SHARES, "corner")), None)
    sides = [word for word in words if word != share_word]
    horizontal = next((word for word in sides if word in ("left", "right")), None)
    vertical = next((word for word in sides if word in ("top", "bottom")), None)
    known = {horizontal, vertical, "center"}
    if not sides or len(sides) > 2 or any(word not in known for word in sides):
        return None
    share = _SHARES.get(share_word or "", CORNER_SHARE)
    if share_word == "quarter" and len(sides) == 2:
        share = 1 / 2  # the top right quarter of a picture is half as wide and half as high
    columns, rows = _span(horizontal, share), _span(vertical, share)
    if share_word in _SHARES and len(sides) == 1:
        # "left half" is a full-height band; "center third" is a band across.
        columns = columns if horizontal else (0.0, 1.0)
        rows = rows if not horizontal else (0.0, 1.0)
    elif len(sides) == 1 and sides[0] != "center":
        columns = columns if horizontal else (0.0, 1.0)
        rows = rows if vertical else (0.0, 1.0)
    return Area(columns[0], rows[0], columns[1], rows[1])


class Anchor(NamedTuple):
    """Where something sits in its place: 0 at the left or top edge, 0.5 in the middle, 1 at the right or bottom."""

    x: float
    y: float


def anchor_of(phrase: str) -> Anchor | None:
    """How things lean in a named position: "top left" leans to both edges, "lower third" is centred in it."""
    words = {_SYNONYMS.get(word, word) for word in phrase.lower().replace("-", " ").split()}
    if parse_area(phrase) is None:
        return None
    if words & _SHARES.keys():
        return Anchor(0.5, 0.5)
    x = 0.0 if "left" in words else 1.0 if "right" in words else 0.5
    y = 0.0 if "top" in words else 1.0 if "bottom" in words else 0.5
    return Anchor(x, y)
