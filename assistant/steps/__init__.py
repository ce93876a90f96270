"""The closed vocabulary: one frozen class per operation, told apart by `op`.

From these classes and nowhere else come the schema that constrains the model's decoding, the table of operations in the
planner's prompt, the docs, and the check of hand-written scripts.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias, get_args

from pydantic import Field, TypeAdapter

from assistant.steps.base import MAX_SEED, Step
from assistant.steps.detail import Blur, Denoise, Grain, Sharpen, Vignette
from assistant.steps.generative import Edit, Generate
from assistant.steps.geometry import Border, Crop, Flip, Pad, Resize, Rotate, Straighten
from assistant.steps.overlay import Paste, Text
from assistant.steps.selection import Copy, Fill, Gradient, Heal, Move, Pixelate, Recolor, Scale, Stroke
from assistant.steps.tone import (
    Auto,
    BlackAndWhite,
    Contrast,
    Exposure,
    Highlights,
    Saturation,
    Sepia,
    Shadows,
    Temperature,
    Tint,
)

AnyStep: TypeAlias = Annotated[
    Generate | Edit | Crop | Rotate | Straighten | Flip | Resize | Pad | Border | Exposure | Contrast | Highlights
    | Shadows | Saturation | Temperature | Tint | BlackAndWhite | Sepia | Auto | Sharpen | Blur | Denoise | Vignette
    | Grain | Text | Paste | Fill | Recolor | Gradient | Stroke | Pixelate | Move | Copy | Scale | Heal,
    Field(discriminator="op"),
]  # fmt: skip
STEP: TypeAdapter[Step] = TypeAdapter(AnyStep)
STEP_CLASSES: dict[str, type[Step]] = {cls.model_fields["op"].default: cls for cls in get_args(get_args(AnyStep)[0])}
"""Operation name to class, in the order of the vocabulary."""

__all__ = [
    "MAX_SEED",
    "STEP",
    "STEP_CLASSES",
    "AnyStep",
    "Auto",
    "BlackAndWhite",
    "Blur",
    "Border",
    "Contrast",
    "Copy",
    "Crop",
    "Denoise",
    "Edit",
    "Exposure",
    "Fill",
    "Flip",
    "Generate",
    "Gradient",
    "Grain",
    "Heal",
    "Highlights",
    "Move",
    "Pad",
    "Paste",
    "Pixelate",
    "Recolor",
    "Resize",
    "Rotate",
    "Saturation",
    "Scale",
    "Sepia",
    "Shadows",
    "Sharpen",
    "Step",
    "Straighten",
    "Stroke",
    "Temperature",
    "Text",
    "Tint",
    "Vignette",
]
