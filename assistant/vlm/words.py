"""Words of the model's own making kept out of other people's text, and answers read into schemas."""

from __future__ import annotations

import re
from collections.abc import Collection

from pydantic import ValidationError

from assistant.errors import BadAnswer
from assistant.vlm import Notation, T

_CONTROL = re.compile(
    r"<\|[^<>|\s]{1,40}\|>|</?s>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|</?think>", re.IGNORECASE
)
"""What the tokenizers of the field use: Qwen, Llama, Mistral, Gemma."""
_MAX_REASONS = 3


def without_control(text: str, specials: Collection[str] = ()) -> str:
    """The text without anything that spells a control token, also not one that appears when another is taken out."""
    while True:
        cleaned = _CONTROL.sub("", text)
        for special in specials:
            cleaned = cleaned.replace(special, "")
        if cleaned == text:
            return text
        text = cleaned


def read_answer(text: str, schema: type[T], notation: Notation[T] | None = None) -> T:
    """The answer as an instance of the schema. Raises BadAnswer."""
    try:
        return notation.parse(text) if notation else schema.model_validate_json(text)
    except ValidationError as error:
        raise BadAnswer(text, reasons_of(error)) from error
    except ValueError as error:
        raise BadAnswer(text, str(error) or "it cannot be read") from error


def reasons_of(error: ValidationError) -> str:
    """What does not hold, short enough to be told to the model."""
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    reasons = [
        ": ".join(part for part in (".".join(map(str, item["loc"])), item["msg"].removeprefix("Value error, ")) if part)
        for item in problems[:_MAX_REASONS]
    ]
    return "; ".join(reasons)
