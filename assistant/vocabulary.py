"""The vocabulary in words, generated from the step classes: for the command line, the docs and the planner's prompt."""

from __future__ import annotations

import re
import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from assistant.steps import STEP_CLASSES, Step
from assistant.steps.base import BOOKKEEPING
from assistant.where import Value

_BOUNDS = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< "}


def vocabulary() -> list[dict[str, Any]]:
    """For each operation `op`, `family`, `doc`, `fields` (type, default, description) and `one_of`."""
    return [_entry(op, cls) for op, cls in STEP_CLASSES.items()]


def _entry(op: str, cls: type[Step]) -> dict[str, Any]:
    own = {name: info for name, info in cls.model_fields.items() if name not in BOOKKEEPING and name != "op"}
    return {
        "op": op,
        "family": cls.family,
        "doc": " ".join((cls.__doc__ or "").split()),
        "fields": {info.alias or name: _field(info) for name, info in own.items()},
        "one_of": list(cls.one_of),
    }


def _field(info: FieldInfo) -> dict[str, Any]:
    required = info.is_required()
    default = None if required else info.default
    return {
        "type": _type_words(info),
        "required": required,
        "default": list(default) if isinstance(default, tuple) else default,
        "description": info.description or "",
    }


def _type_words(info: FieldInfo) -> str:
    bounds = ", ".join(dict.fromkeys(_bounds([*info.metadata, *_inner(info.annotation)])))
    words = _words(info.annotation)
    return f"{words} ({bounds})" if bounds else words


def _inner(annotation: Any) -> list[Any]:
    """Metadata of the parts of a union."""
    if get_origin(annotation) in (Union, types.UnionType):
        return [item for part in get_args(annotation) for item in _inner(part)]
    if get_origin(annotation) is Annotated:
        _, *metadata = get_args(annotation)
        return [item for data in metadata for item in (data.metadata if isinstance(data, FieldInfo) else [data])]
    return []


def _bounds(metadata: list[Any]) -> list[str]:
    return [
        f"{sign}{getattr(item, name):g}" for item in metadata for name, sign in _BOUNDS.items() if hasattr(item, name)
    ]


def _words(annotation: Any) -> str:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _words(args[0])
    if origin is Literal:
        return " | ".join(str(value) for value in args)
    if origin in (Union, types.UnionType):
        if any(isinstance(_bare(part), type) and issubclass(_bare(part), Value) for part in args):
            return "where"
        return " | ".join(dict.fromkeys(_words(part) for part in args if part is not type(None)))
    if origin is tuple:
        parts = [_words(part) for part in args if part is not Ellipsis]
        return f"list of {parts[0]}" if Ellipsis in args or len(set(parts)) == 1 else f"[{', '.join(parts)}]"
    return {"str": "text", "int": "whole number", "float": "number", "bool": "true | false"}.get(
        getattr(annotation, "__name__", ""), re.sub(r"\W+", " ", str(annotation)).strip()
    )


def _bare(annotation: Any) -> Any:
    return _bare(get_args(annotation)[0]) if get_origin(annotation) is Annotated else annotation
