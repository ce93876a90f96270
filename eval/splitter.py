"""The baseline that a planner has to beat: a message cut at separators, a few exact operations by pattern."""

from __future__ import annotations

import re

from eval.matching import Wanted

VERBS = (
    "make", "add", "remove", "delete", "replace", "change", "turn", "put", "give", "take", "draw", "paint", "set",
    "place", "move", "swap", "erase", "crop", "rotate", "flip", "blur", "write", "brighten", "darken", "sharpen",
)  # fmt: skip
"""Twenty-five: a new step begins behind “and” or a comma where one of them follows."""
_SEPARATOR = re.compile(
    r"\s*(?:[.;!?\n]+|\bthen\b|\bfinally\b|[,]?\s*\band\s+(?=(?:{0})\b)|,\s*(?=(?:{0})\b))\s*".format("|".join(VERBS)),
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:[-*\d.)]+|and|also|please|can you|could you|first|now|next|ok|so|,)\s+", re.IGNORECASE)
_ASPECT = re.compile(r"\b(\d+(?:\.\d+)?)\s*[:x]\s*(\d+(?:\.\d+)?)\b")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)")


def split(message: str) -> list[Wanted]:
    """The steps that separators and patterns find."""
    return [_step(part) for part in _parts(message)]


def _parts(message: str) -> list[str]:
    parts = []
    for part in _SEPARATOR.split(message):
        words = part.strip(" ,")
        while (match := _LEAD.match(words)) and match.end() < len(words):
            words = words[match.end() :]
        if words:
            parts.append(words)
    return parts


def _step(words: str) -> Wanted:
    said = words.lower()
    if "crop" in said or "square" in said:
        aspect = _ASPECT.search(said)
        return Wanted(op="crop", params={"aspect": f"{aspect[1]}:{aspect[2]}" if aspect else "1:1"})
    if "black and white" in said or "b&w" in said or "grayscale" in said:
        return Wanted(op="black_and_white")
    if "sepia" in said:
        return Wanted(op="sepia")
    if re.search(r"\b(flip|mirror)\b", said):
        return Wanted(op="flip", params={"direction": "vertical" if "vertical" in said else "horizontal"})
    if re.search(r"\brotate\b", said):
        number = _NUMBER.search(said)
        away = "counterclockwise" if "left" in said or "counter" in said else "clockwise"
        return Wanted(op="rotate", params={"degrees": float(number[1]) if number else 90.0, "direction": away})
    if match := re.match(r"(?:write|caption|text)\s+[\"'“]?(.+?)[\"'”]?(?:\s+(?:at|on|in)\s+(?:the\s+)?(.+))?$", words):
        return Wanted(op="text", params={"text": match[1]} | ({"position": match[2]} if match[2] else {}))
    if re.search(r"\b(brighter|brighten|lighter)\b", said):
        return Wanted(op="exposure", params={"direction": "up"})
    if re.search(r"\b(darker|darken)\b", said):
        return Wanted(op="exposure", params={"direction": "down"})
    if re.search(r"\bsharpen\b", said):
        return Wanted(op="sharpen")
    if match := re.search(r"\bblur\s+(?:the\s+)?(.+)", said):
        return Wanted(op="blur", params={"where": match[1]})
    return Wanted(texts=(words,))
