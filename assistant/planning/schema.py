"""The schema of a draft as constrained decoding needs it: what it lets through is, nearly always, a draft that holds.

Made from the step classes, with what JSON Schema can say of their own checks: one of several fields, colors, aspects,
what belongs to which act. Bookkeeping is left out: a model does not name ids or draw seeds.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from PIL import ImageColor

from assistant.colors import EVERYDAY, TRANSPARENT
from assistant.drafts import Draft
from assistant.steps import STEP_CLASSES, Step
from assistant.steps.base import BOOKKEEPING

Json = dict[str, Any]
LONGEST_TEXT = 400
"""Characters of one text in an answer."""
MOST_TARGETS = 4
_COLOR_FIELDS = ("color", "from", "colors")
_WHERE_FIELDS = ("where", "subject", "without")
_WAYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "crop": (
        ("aspect",), ("box",), ("subject",), ("without",), ("side", "percent"), ("side", "px"), ("aspect", "box"),
        ("aspect", "subject"), ("aspect", "without"),
    ),
    "resize": (("width",), ("height",), ("width", "height"), ("long_side",), ("percent",)),
    "move": (("position",), ("direction", "px")),
    "copy": (("position",), ("direction", "px")),
    "recolor": (("where",), ("from",), ("where", "from")),
}  # fmt: skip
"""Fields of which some go together: exactly one of these sets is given."""


class DraftAnswer(Draft):
    """A draft whose schema says more than pydantic's own."""

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> Json:
        return draft_schema()


@lru_cache(maxsize=1)
def draft_schema() -> Json:
    """One kind of object for each act."""
    step, drawn = {"$ref": "#/$defs/Step"}, {"$ref": "#/$defs/Generate"}
    steps = {"type": "array", "items": step, "maxItems": 12}
    some = {**steps, "minItems": 1}
    acts = [
        _act("edit", {"steps": some}),
        _act("generate", {"steps": {**steps, "prefixItems": [drawn], "minItems": 1}}),
        *(_revise(count, steps) for count in range(1, MOST_TARGETS + 1)),
        _act("drop", {"targets": _numbers(1, 16), "steps": steps}, optional=("steps",)),
        _act("undo"),
        _act("redo"),
        _act("goto", {"target": _target(), "steps": steps}, optional=("steps",)),
        *(_act(act, {"text": _text(), "options": _options()}) for act in ("ask", "refuse")),
        _act("answer", {"text": _text()}),
        _act("answer", {"topic": {"enum": ["picture", "history", "help"]}}),
    ]
    definitions = {"Step": {"anyOf": _steps()}, "Generate": _step("generate", STEP_CLASSES["generate"])[0]}
    return {"anyOf": acts, "$defs": {**definitions, "Where": _where(), "Color": _color()}}


def _act(act: str, fields: Json | None = None, optional: Iterable[str] = ()) -> Json:
    return _object({"act": {"const": act}, **(fields or {})}, optional)


def _object(properties: Json, optional: Iterable[str] = ()) -> Json:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _revise(count: int, steps: Json) -> Json:
    return _act("revise", {"targets": _numbers(count, count), "steps": {**steps, "minItems": count}})


def _numbers(least: int, most: int) -> Json:
    number = {"type": "integer", "minimum": 1, "maximum": 500}
    return {"type": "array", "items": number, "minItems": least, "maxItems": most}


def _target() -> Json:
    return {"type": "string", "pattern": "^(original|(after step|version|variant) [1-9][0-9]{0,2})$"}


def _text() -> Json:
    return {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}


def _options() -> Json:
    return {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 120}, "maxItems": 4}


# -- steps -------------------------------------------------------------------------------------------------------------


def _steps() -> list[Json]:
    return [each for op, cls in STEP_CLASSES.items() if op != "generate" for each in _step(op, cls)]


def _step(op: str, cls: type[Step]) -> list[Json]:
    """One object for each way in which the operation's fields go together."""
    schema = cls.model_json_schema()
    required = set(schema.get("required", ()))
    properties = schema["properties"].items()
    fields = {name: _field(name, info) for name, info in properties if name not in {*BOOKKEEPING, "op"}}
    ways = _WAYS.get(op) or tuple((name,) for name in cls.one_of) or ((),)
    alternatives = {name for way in ways for name in way}
    found = []
    for way in ways:
        own = {name: info for name, info in fields.items() if name not in alternatives or name in way}
        if "unit" in own and "box" in alternatives and "box" not in way:
            del own["unit"]
        needed = {"op", *way, *required}
        found.append(_object({"op": {"const": op}, **own}, optional=[name for name in own if name not in needed]))
    return found


def _field(name: str, info: Json) -> Json:
    """A field of a step, without null and without what is only said for people."""
    if name in _COLOR_FIELDS:
        color = {"$ref": "#/$defs/Color"}
        return {"type": "array", "items": color, "minItems": 2, "maxItems": 4} if name == "colors" else color
    if name in _WHERE_FIELDS:
        return {"$ref": "#/$defs/Where"}
    if name == "aspect":
        return {"type": "string", "pattern": "^[1-9][0-9]?:[1-9][0-9]?$"}
    bare = {key: value for key, value in info.items() if key not in ("title", "default", "description")}
    if choices := [item for item in bare.get("anyOf", ()) if item.get("type") != "null"]:
        bare = {key: value for key, value in choices[0].items() if key not in ("title", "description")}
    if bare.get("type") == "string" and "enum" not in bare:
        bare["maxLength"] = min(LONGEST_TEXT, bare.get("maxLength", LONGEST_TEXT))
        bare.setdefault("minLength", 1)
    return bare


def _where() -> Json:
    """Words, words turned round, a box, or a color. Brush strokes and clicks are people's to give."""
    words = {"type": "string", "minLength": 1, "maxLength": 120}
    edge = {"type": "number", "minimum": -16384, "maximum": 16384}
    box = {"type": "array", "items": edge, "minItems": 4, "maxItems": 4}
    unit = {"enum": ["px", "percent"]}
    return {
        "anyOf": [
            words,
            _object({"phrase": words, "invert": {"type": "boolean"}}, optional=("invert",)),
            _object({"box": box, "unit": unit, "invert": {"type": "boolean"}}, optional=("unit", "invert")),
            _object({"color": {"$ref": "#/$defs/Color"}}),
        ]
    }


def _color() -> Json:
    names = dict.fromkeys([*ImageColor.colormap, *EVERYDAY, TRANSPARENT])
    return {"anyOf": [{"enum": list(names)}, {"type": "string", "pattern": "^#[0-9a-f]{6}$"}]}
