"""What has to be painted by a model."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from assistant.steps.base import Pixels, Somewhere, Step


class Generate(Step):
    """A new picture from words; only as step 1."""

    family = "generative"
    op: Literal["generate"] = "generate"
    prompt: str = Field(min_length=1, max_length=2000, description="What the picture shows.")
    width: Pixels = None
    height: Pixels = None


class Edit(Step):
    """A change that has to be painted: add, remove, replace, recolour, restyle, relight, expression, scenery."""

    family = "generative"
    op: Literal["edit"] = "edit"
    modify: str = Field(min_length=1, max_length=2000, description="What to change, understandable alone.")
    preserve: str = Field(default="", max_length=1000, description="What must stay as it is.")
    where: Somewhere = None
    scope: Literal["local", "global"] = Field(default="local", description="One place, or the whole picture repainted.")
    references: tuple[Annotated[int, Field(ge=2, le=16)], ...] = Field(
        default=(), max_length=8, description="Numbers of the pictures to take from; 2 is the second picture."
    )
