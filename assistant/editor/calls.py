"""From a request to the arguments of each pipeline class: one small function for each, and what the class can do.

Sources: the `__call__` of the classes in diffusers 0.42; tests/test_signatures.py holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image

from assistant.profiles import PipelineName
from assistant.sizes import Size


@dataclass(frozen=True)
class Call:
    """One call of a pipeline, in no pipeline's terms."""

    instruction: str
    image: Image.Image | None
    """What is edited, RGB, at `size`; None for a new picture."""
    references: tuple[Image.Image, ...]
    size: Size
    generators: list[Any]
    """A `torch.Generator` for each candidate."""
    num_inference_steps: int
    guidance: Mapping[str, float]

    @property
    def images(self) -> list[Image.Image]:
        return [*([self.image] if self.image else []), *self.references]

    @property
    def shared(self) -> dict[str, Any]:
        """What every pipeline takes under the same names."""
        return {
            "prompt": self.instruction, "num_inference_steps": self.num_inference_steps, **self.guidance,
            "generator": self.generators if len(self.generators) > 1 else self.generators[0],
            "num_images_per_prompt": len(self.generators),
        }  # fmt: skip

    @property
    def sides(self) -> dict[str, int]:
        return {"width": self.size.width, "height": self.size.height}


@dataclass(frozen=True)
class Trait:
    """What a pipeline class can do beside painting one picture."""

    arguments: Callable[[Call], dict[str, Any]]
    batches: bool = True
    """Several candidates in one call."""
    calls_back: bool = True
    """It knows `callback_on_step_end`."""
    draws: bool = True
    """It makes new pictures from words alone."""


def flux2_klein(call: Call) -> dict[str, Any]:
    """Flux2KleinPipeline and its form that keeps keys and values: the edited picture first, references behind it."""
    return {**call.shared, **call.sides, "image": call.images or None}


TRAITS: dict[PipelineName, Trait] = {
    "Flux2KleinPipeline": Trait(flux2_klein),
    "Flux2KleinKVPipeline": Trait(flux2_klein),
}
