"""Mechanical repair of an answer that the schema refuses: numbers clamped, the nearest words, what is unknown left out.

Seldom needed where decoding is constrained; servers that take no schema need it.
"""

from __future__ import annotations

import contextlib
import difflib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from PIL import ImageColor
from pydantic import ValidationError

from assistant.colors import EVERYDAY, parse_color
from assistant.drafts import Act, Draft
from assistant.errors import PalimpsestError
from assistant.steps import STEP_CLASSES, Step
from assistant.steps.base import BOOKKEEPING

MOST_STEPS = 16
_CLOSE = 0.6
_SYNONYMS = {
    "brightness": "exposure", "brighten": "exposure", "darken": "exposure", "grayscale": "black_and_white",
    "greyscale": "black_and_white", "bw": "black_and_white", "monochrome": "black_and_white", "warmth": "temperature",
    "mirror": "flip", "turn": "rotate", "caption": "text", "write": "text", "erase": "heal", "remove": "edit",
    "add": "edit", "replace": "edit", "restyle": "edit", "draw": "generate", "level": "straighten", "frame": "border",
    "noise_reduction": "denoise", "vibrance": "saturation", "mosaic": "pixelate", "outline": "stroke",
}  # fmt: skip
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_COLOR_FIELDS, _WHERE_FIELDS = ("color", "from"), ("where", "subject", "without")


def repaired_text(answer: str) -> Draft | None:
    """A draft from text that ought to be JSON of one; None where nothing can be made of it."""
    start, end = answer.find("{"), answer.rfind("}")
    for part in (answer, answer[start : end + 1]):
        with contextlib.suppress(ValueError, RecursionError):
            return repaired(json.loads(part))
    return None


def repaired(data: object) -> Draft | None:
    """A draft from decoded JSON; None where nothing can be made of it."""
    if isinstance(data, list):
        data = {"steps": data}
    if not isinstance(data, dict):
        return None
    steps = [step for item in _listed(data.get("steps"))[:MOST_STEPS] if (step := repaired_step(item)) is not None]
    fields: dict[str, Any] = {
        "act": _act(data.get("act"), steps),
        "steps": steps,
        "targets": [number for item in _listed(data.get("targets")) if (number := _whole(item)) and number > 0],
        "target": _target(data.get("target")),
        "text": str(data.get("text") or "")[:2000],
        "options": [str(item)[:200] for item in _listed(data.get("options"))][:4],
    }
    if data.get("topic") in ("picture", "history", "help", "other"):
        fields["topic"] = data["topic"]
    try:
        return Draft.model_validate(fields)
    except (ValidationError, PalimpsestError):
        return None


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _act(said: object, steps: list[Step]) -> str:
    draws = bool(steps) and steps[0].op == "generate"
    act = nearest(str(said), get_args(Act)) if said else None
    if act in (None, "edit", "generate"):
        return "generate" if draws else "edit"
    return act


def _target(said: object) -> str | None:
    """“step 2”, “the original” or “v3” as targets are written."""
    words = str(said or "").lower()
    number = re.search(r"[1-9]\d{0,4}", words)
    if "original" in words or words in ("start", "first"):
        return "original"
    if number is None:
        return None
    kind = "variant" if "variant" in words else "after step" if "step" in words else "version"
    return f"{kind} {number[0]}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like it; None when none is."""
    choices = list(known)
    plain = word.strip().lower().replace(" ", "_").replace("-", "_")
    found = plain if plain in choices else next(iter(difflib.get_close_matches(plain, choices, 1, _CLOSE)), None)
    return found


# -- steps -------------------------------------------------------------------------------------------------------------


def repaired_step(data: object) -> Step | None:
    """A step from what ought to be one, else None."""
    if not isinstance(data, Mapping):
        return None
    said = str(data.get("op") or data.get("operation") or data.get("type") or "")
    op = _SYNONYMS.get(said.strip().lower().replace(" ", "_")) or nearest(said, STEP_CLASSES)
    if op is None:
        return None
    cls = STEP_CLASSES[op]
    return _built(cls, _fields(cls, data))


def _fields(cls: type[Step], data: Mapping[Any, Any]) -> dict[str, Any]:
    known = {name: info for name, info in cls.model_json_schema()["properties"].items() if name not in BOOKKEEPING}
    known.pop("op")
    fields: dict[str, Any] = {}
    for said, value in data.items():
        name = nearest(str(said), known) if said not in ("op", "operation", "type") else None
        if name is not None and name not in fields and (mended := _mended(name, known[name], value)) is not None:
            fields[name] = mended
    given = [name for name in cls.one_of if name in fields]
    return {name: value for name, value in fields.items() if name not in given[1:]}


def _built(cls: type[Step], fields: dict[str, Any]) -> Step | None:
    """The step; fields that it refuses and does not need are left out."""
    for _ in range(3):
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            refused = {str(item["loc"][0]) for item in error.errors() if item["loc"]} & fields.keys()
            if not refused:
                return None
            fields = {name: value for name, value in fields.items() if name not in refused}
        except PalimpsestError:
            return None
    return None


def _mended(name: str, info: dict[str, Any], value: Any) -> Any:
    if name in _WHERE_FIELDS:
        return _mended_where(value)
    if name in _COLOR_FIELDS:
        return mended_color(str(value))
    if name == "colors":
        return [color for item in _listed(value) if (color := mended_color(str(item)))]
    kinds = [item for item in info.get("anyOf", [info]) if item.get("type") != "null"]
    return _mended_plain(kinds[0], value)


def _mended_plain(kind: dict[str, Any], value: Any) -> Any:
    if "enum" in kind:
        return nearest(str(value), kind["enum"])
    match kind.get("type"):
        case "number" | "integer":
            return _clamped(kind, value)
        case "string":
            return str(value)[: kind.get("maxLength", 2000)]
        case "array" if len(kind.get("prefixItems", ())) == 4:
            return _ordered(value)
    return value


def _clamped(kind: dict[str, Any], value: Any) -> float | int | None:
    found = _NUMBER.search(str(value).replace("−", "-"))
    if found is None or isinstance(value, bool):
        return None
    number = float(found[0])
    low, high = kind.get("minimum", kind.get("exclusiveMinimum")), kind.get("maximum", kind.get("exclusiveMaximum"))
    number = max(number, low) if low is not None else number
    number = min(number, high) if high is not None else number
    return round(number) if kind["type"] == "integer" else number


def _whole(value: Any) -> int | None:
    found = re.search(r"\d{1,5}", str(value))
    return int(found[0]) if found else None


def _ordered(value: Any) -> list[float] | None:
    """The four numbers of a box, left before right and top before bottom."""
    numbers = [float(found[0]) for item in _listed(value) if (found := _NUMBER.search(str(item)))]
    if len(numbers) != 4:
        return None
    left, top, right, bottom = numbers
    return [min(left, right), min(top, bottom), max(left, right), max(top, bottom)]


def _mended_where(value: Any) -> Any:
    """Words or a box or a color; masks and points are people's to give."""
    if isinstance(value, str):
        return value[:200] or None
    if not isinstance(value, Mapping):
        return None
    invert = {"invert": True} if value.get("invert") is True else {}
    if isinstance(value.get("phrase"), str) and value["phrase"]:
        return {"phrase": value["phrase"][:200], **invert}
    if (box := _ordered(value.get("box"))) is not None:
        unit = "percent" if value.get("unit") == "percent" else "px"
        return {"box": box, "unit": unit, **invert}
    color = mended_color(str(value.get("color") or ""))
    return {"color": color, **invert} if color else None


def mended_color(said: str) -> str | None:
    """A color that can be read: as it is, or the nearest name."""
    try:
        parse_color(said)
    except PalimpsestError:
        close = difflib.get_close_matches(said.lower(), [*ImageColor.colormap, *EVERYDAY], 1, _CLOSE)
        return close[0] if close else None
    return said
