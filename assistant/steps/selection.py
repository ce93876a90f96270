"""What is done to something selected."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from assistant.steps.base import Pixels, Place, Somewhere, Step, There
from assistant.where import ColorText


class Fill(Step):
    """One colour over what is selected; “transparent” cuts it out."""

    family = "selection"
    op: Literal["fill"] = "fill"
    where: There
    color: ColorText = Field(description="The colour, or “transparent”.")


class Recolor(Step):
    """An exact colour for what is selected; its light and shade stay."""

    family = "selection"
    op: Literal["recolor"] = "recolor"
    color: ColorText = Field(description="The new colour.")
    from_: ColorText | None = Field(default=None, alias="from", description="Only what has this colour now.")
    tolerance: int = Field(default=32, ge=0, le=255, description="How far from “from” still counts, in any channel.")
    where: Somewhere = None

    @model_validator(mode="after")
    def _something_to_recolor(self) -> Recolor:
        if self.from_ is None and self.where is None:
            raise ValueError("needs where, or from, or both")
        return self


class Gradient(Step):
    """A run of colours over what is selected."""

    family = "selection"
    op: Literal["gradient"] = "gradient"
    where: Somewhere = None
    colors: tuple[ColorText, ...] = Field(min_length=2, max_length=8, description="From first to last.")
    direction: Literal["down", "up", "right", "left"] = Field(default="down", description="Where the last colour lies.")


class Stroke(Step):
    """A line around what is selected."""

    family = "selection"
    op: Literal["stroke"] = "stroke"
    where: There
    color: ColorText = "white"
    px: int = Field(default=6, ge=1, le=500, description="Width of the line, outside the selection.")


class Pixelate(Step):
    """Coarse blocks over what is selected, so that it cannot be read."""

    family = "selection"
    op: Literal["pixelate"] = "pixelate"
    where: There
    px: Pixels = Field(default=None, description="Side of a block; a twelfth of the region when left out.")


class Placed(Step):
    where: There
    direction: Literal["left", "right", "up", "down"] | None = Field(default=None, description="With px.")
    px: Pixels = None
    position: Place = None

    @model_validator(mode="after")
    def _one_way(self) -> Placed:
        if (self.position is None) == (self.direction is None) or (self.direction is None) != (self.px is None):
            raise ValueError("needs either position, or direction with px")
        return self


class Move(Placed):
    """Put what is selected elsewhere in the frame and heal the place it left."""

    family = "selection"
    op: Literal["move"] = "move"


class Copy(Placed):
    """Put a second one of what is selected elsewhere in the frame."""

    family = "selection"
    op: Literal["copy"] = "copy"


class Scale(Step):
    """Make what is selected larger or smaller around its middle and heal what it uncovers."""

    family = "selection"
    op: Literal["scale"] = "scale"
    where: There
    percent: float = Field(ge=1, le=1000, description="Of its size.")


class Heal(Step):
    """Erase what is selected and fill the place from its surroundings."""

    family = "selection"
    op: Literal["heal"] = "heal"
    where: There
