"""JSON schemas as constrained decoders want them: closed, short, made from the pydantic classes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import BaseModel

_NOISE = ("title", "default", "discriminator")


@lru_cache(maxsize=64)
def schema_of(schema: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of the class: objects closed to other keys, titles and defaults left out. Not to be changed."""
    return _closed(schema.model_json_schema())


def _closed(node: Any) -> Any:
    if isinstance(node, list):
        return [_closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    own = {name: value for name, value in node.items() if name not in _NOISE or name == "properties"}
    for names in ("properties", "$defs"):
        if names in own:
            own[names] = {name: _closed(value) for name, value in own[names].items()}
    closed = {name: value if name in ("properties", "$defs") else _closed(value) for name, value in own.items()}
    if "properties" in closed:
        closed.setdefault("additionalProperties", False)
    return closed
