"""Gate and painter that stand there at once; what is behind them loads at its first use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.editor import Editor, EditRequest, OnStep
from assistant.pictures import Picture
from assistant.sizes import Box, Size
from assistant.vlm import MAX_TOKENS, Gate, Message, Notation, Stop, T, never

SECONDS_ELSEWHERE = 60.0
"""For a plan of models of some billions: 30 to 100 tokens a second on a graphics card, fewer without."""


class Weights(Protocol):
    """What loads when it is asked for."""

    @property
    def gate(self) -> Gate:
        """Raises ModelUnavailable."""
        ...

    @property
    def painter(self) -> Editor:
        """Raises EditorError, ModelUnavailable."""
        ...


class LazyGate:
    """The gate to a language model that is loaded when first asked."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    def ask(
        self, messages: Sequence[Message], schema: type[T], notation: Notation[T] | None = None,
        stop: Stop = never, max_tokens: int = MAX_TOKENS,
    ) -> T:  # fmt: skip
        """As Gate.ask."""
        return self._weights.gate.ask(messages, schema, notation, stop, max_tokens)


class LazyEditor:
    """A painter that is loaded when first asked."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    @property
    def fingerprint(self) -> str:
        return self._weights.painter.fingerprint

    @property
    def num_inference_steps(self) -> int:
        return self._weights.painter.num_inference_steps

    @property
    def drawing_size(self) -> Size:
        return self._weights.painter.drawing_size

    @property
    def joins_wishes(self) -> bool:
        return self._weights.painter.joins_wishes

    def painted_size(self, size: Size) -> Size:
        return self._weights.painter.painted_size(size)

    def view_box(self, size: Size, box: Box) -> Box:
        return self._weights.painter.view_box(size, box)

    def edit(self, request: EditRequest, on_step: OnStep) -> list[Picture]:
        return self._weights.painter.edit(request, on_step)

    def generate(self, prompt: str, size: Size, seeds: tuple[int, ...], on_step: OnStep) -> list[Picture]:
        return self._weights.painter.generate(prompt, size, seeds, on_step)

    def echo(self, view: Picture) -> Picture | None:
        return self._weights.painter.echo(view)
