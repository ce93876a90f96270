"""What is laid on the picture."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from assistant.steps.base import Place, Somewhere, Step
from assistant.where import ColorText


class Text(Step):
    """Words set on the picture."""

    family = "overlay"
    op: Literal["text"] = "text"
    text: str = Field(min_length=1, max_length=500, description="The words, with line breaks if wanted.")
    position: Place = None
    color: ColorText | None = Field(default=None, description="Chosen to be readable there when left out.")
    size: Annotated[int | None, Field(ge=4, le=4000, description="Letter height in px; fitted when left out.")] = None
    percent: float = Field(default=100, ge=10, le=1000, description="Of that height: 140 for larger letters.")
    font: str | None = Field(
        default=None, max_length=80, description="A family name, or serif, sans, mono, bold, italic."
    )
    where: Somewhere = Field(default=None, description="Fit the words into this region.")


class Paste(Step):
    """Lay a reference picture on this one."""

    family = "overlay"
    op: Literal["paste"] = "paste"
    reference: int = Field(ge=2, le=16, description="2 is the second picture.")
    position: Place = Field(default="center", description="Where it goes.")
    percent: float = Field(default=25, gt=0, le=400, description="Its width, of the picture's width.")
