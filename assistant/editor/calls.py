"""From a request to the arguments of each pipeline class: one small function for each, and what the class can do.

Sources: the `__call__` of the classes in diffusers 0.42; tests/test_profiles_paint.py holds the two together.
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
    side: int = 1024
    """Of the square with as many pixels as are painted at once; some classes bring every picture to that area."""

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
    encodes: str = "encode_prompt"
    """Its method that runs the text encoder."""
    area: str = ""
    """The module of a class that brings every picture to a megapixel itself; see `area`."""


def flux2_klein(call: Call) -> dict[str, Any]:
    """Flux2KleinPipeline and its form that keeps keys and values: the edited picture first, references behind it."""
    return {**call.shared, **call.sides, "image": call.images or None}


def qwen_edit_plus(call: Call) -> dict[str, Any]:
    """QwenImageEditPlusPipeline: without a size it takes the last reference's, and without a negative prompt no
    guidance, whatever its scale.
    """
    guided = call.guidance.get("true_cfg_scale", 1.0) > 1
    return {**call.shared, **call.sides, **({"negative_prompt": " "} if guided else {}), "image": call.images}


def longcat(call: Call) -> dict[str, Any]:
    """LongCatImageEditPipeline: one picture, and its size is the size that is painted."""
    return {**call.shared, "image": call.image}


def flux_kontext(call: Call) -> dict[str, Any]:
    """FluxKontextPipeline: brings the size to `max_area`, and the picture to another one, unless told not to."""
    return {
        **call.shared, **call.sides, "image": call.image, "max_area": call.size.pixels, "_auto_resize": False,
    }  # fmt: skip


def dreamlite(call: Call) -> dict[str, Any]:
    """DreamLiteMobilePipeline: one picture or none, no guidance."""
    return {**call.shared, **call.sides, "image": call.image}


def flux3(call: Call) -> dict[str, Any]:
    """The blocks of FLUX.3: a single picture and a given size are kept whole; several are cut to multiples of 16."""
    return {**call.shared, **call.sides, "image": call.images or None}


def qwen_image_21(call: Call) -> dict[str, Any]:
    """QwenImage21Pipeline brings every picture to the square of `output_resolution`; guidance takes a second prompt."""
    guided = call.guidance.get("true_cfg_scale", 1.0) > 1
    return {
        **call.shared, **call.sides, "image": call.images or None, "output_resolution": call.side,
        **({"negative_prompt": " "} if guided else {}),
    }  # fmt: skip


def instruct_pix2pix(call: Call) -> dict[str, Any]:
    """InstructPix2Pix paints at its picture's size and asks for the picture once for each candidate."""
    return {**call.shared, "image": [call.image] * len(call.generators)}


TRAITS: dict[PipelineName, Trait] = {
    "DreamLiteMobilePipeline": Trait(dreamlite, calls_back=False),
    "Flux3DistilledModularPipeline": Trait(flux3, calls_back=False),
    "QwenImage21Pipeline": Trait(qwen_image_21),
    "StableDiffusionInstructPix2PixPipeline": Trait(instruct_pix2pix, draws=False, encodes="_encode_prompt"),
    "Flux2KleinPipeline": Trait(flux2_klein),
    "Flux2KleinKVPipeline": Trait(flux2_klein),
    "FluxKontextPipeline": Trait(flux_kontext),
    "QwenImageEditPlusPipeline": Trait(
        qwen_edit_plus, draws=False, area="diffusers.pipelines.qwenimage.pipeline_qwenimage_edit_plus"
    ),
    "LongCatImageEditPipeline": Trait(
        longcat, calls_back=False, draws=False, area="diffusers.pipelines.longcat_image.pipeline_longcat_image_edit"
    ),
}
