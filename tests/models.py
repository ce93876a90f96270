"""The embedded model's own classes at the smallest size, untrained, saved and loaded again; and gates by script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import torch

from assistant.vlm import Message, Notation, Stop, T, never
from assistant.vlm.door import at_the_door
from assistant.vlm.local import LanguageModel
from assistant.vlm.words import read_answer

_WORDS = [
    "make the hat green and crop it to a square",
    "write Hello at the top, half a stop brighter",
    '{"act":"edit","steps":[{"op":"crop","aspect":"1:1"},{"op":"edit","modify":"add a red hat"}]}',
]


@lru_cache(maxsize=1)
def tiny_folder() -> Path:
    """Where the untrained model was saved."""
    from assistant.sketchbook.training.vlm_model import TINY, build_model, build_processor, build_tokenizer

    tokenizer = build_tokenizer(_WORDS * 3, 500)
    torch.manual_seed(20261121)
    folder = Path(mkdtemp(prefix="palimpsest-tiny-"))
    build_model(TINY, tokenizer).save_pretrained(folder)
    build_processor(tokenizer).save_pretrained(folder)
    return folder


@lru_cache(maxsize=1)
def tiny_model() -> LanguageModel:
    """One model for all tests: nothing of a question outlives it."""
    return LanguageModel.load(tiny_folder())


class ScriptedGate:
    """Says what it was told to: text, read as a model's answer would be; an object as it is; an error, raised."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[Message, ...]] = []
        self.schemas: list[type[Any]] = []

    def ask(
        self, messages: Sequence[Message], schema: type[T], notation: Notation[T] | None = None,
        stop: Stop = never, max_tokens: int = 0,
    ) -> T:  # fmt: skip
        self.asked.append(tuple(messages))
        self.schemas.append(schema)
        answer = self.answers.pop(0)
        with at_the_door():
            if isinstance(answer, Callable):
                answer = answer(stop)
            if isinstance(answer, BaseException):
                raise answer
            return read_answer(answer, schema, notation) if isinstance(answer, str) else answer
