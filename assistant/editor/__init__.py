"""The door to what paints: a request, and what answers it. The renderer is its only caller."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from assistant.pictures import Picture, Pixels
from assistant.sizes import Box, Size

OnStep = Callable[[int, int], None]
"""Called behind each denoising step with its number, from 1, and how many there are; raises Stopped to stop."""


@dataclass(frozen=True, eq=False)
class EditRequest:
    """Everything that decides the painted pixels."""

    instruction: str
    view: Picture
    """What the editor sees."""
    mask: Pixels | None
    """(h, w) of the view, 255 where paint is wanted; None for everywhere."""
    references: tuple[Picture, ...]
    seeds: tuple[int, ...]
    """One candidate for each."""
    num_inference_steps: int


class Editor(Protocol):
    """Instruction-editing diffusion, or what stands in for it."""

    @property
    def fingerprint(self) -> str:
        """Model, weights and precision: another one paints other pixels."""
        ...

    @property
    def num_inference_steps(self) -> int: ...

    @property
    def drawing_size(self) -> Size:
        """Of a new picture when none was said."""
        ...

    @property
    def joins_wishes(self) -> bool:
        """Whether several wishes about one place are better asked for at once than one behind the other."""
        ...

    def painted_size(self, size: Size) -> Size:
        """How many pixels a view of `size` really gets before it is brought to that size."""
        ...

    def view_box(self, size: Size, box: Box) -> Box:
        """Which part of a picture of `size` to look at when `box` of it is to change; contains the box."""
        ...

    def edit(self, request: EditRequest, on_step: OnStep) -> list[Picture]:
        """One RGB picture of the view's size for each seed. Raises EditorError or what `on_step` raises."""
        ...

    def echo(self, view: Picture) -> Picture | None:
        """The view as it comes back when nothing is asked for: a codec's own loss; None when there is no codec."""
        ...

    def generate(self, prompt: str, size: Size, seeds: tuple[int, ...], on_step: OnStep) -> list[Picture]:
        """New RGB pictures of `size` from words, one for each seed. Raises as `edit`."""
        ...
