"""Where the pixels are: cut, turn, mirror, resize, surround."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from assistant.steps.base import Aspect, Pixels, Side, Somewhere, Step
from assistant.where import ColorText, Coordinate, Unit


class Crop(Step):
    """Cut the picture: to a shape, to a box, around a subject, off one side, or so that something is left out."""

    family = "geometry"
    op: Literal["crop"] = "crop"
    aspect: Aspect = None
    box: tuple[Coordinate, Coordinate, Coordinate, Coordinate] | None = Field(
        default=None, description="left, top, right, bottom"
    )
    unit: Unit = Field(default="px", description="Unit of the box.")
    subject: Somewhere = Field(default=None, description="What to frame.")
    without: Somewhere = Field(default=None, description="What to cut off.")
    side: Side | None = Field(default=None, description="The side to cut from, by percent or px.")
    percent: float | None = Field(default=None, gt=0, lt=100, description="Share of that side to cut off.")
    px: Pixels = None

    @model_validator(mode="after")
    def _one_way(self) -> Crop:
        ways = [name for name in ("box", "subject", "without", "side") if getattr(self, name) is not None]
        if len(ways) > 1 or not (ways or self.aspect):
            raise ValueError(f"needs one of aspect, box, subject, without, side; given: {', '.join(ways) or 'none'}")
        if self.box and (self.box[2] <= self.box[0] or self.box[3] <= self.box[1]):
            raise ValueError(f"a box needs left < right and top < bottom, not {list(self.box)}")
        if (self.side is not None) != ((self.percent is not None) ^ (self.px is not None)):
            raise ValueError("side goes with exactly one of percent and px")
        return self


class Rotate(Step):
    """Turn the whole picture. Quarter turns are exact; other angles keep every pixel and leave empty corners."""

    family = "geometry"
    op: Literal["rotate"] = "rotate"
    degrees: float = Field(gt=0, lt=360, description="How far.")
    direction: Literal["clockwise", "counterclockwise"] = "clockwise"


class Straighten(Step):
    """Level the horizon and cut the corners off."""

    family = "geometry"
    op: Literal["straighten"] = "straighten"
    degrees: float | None = Field(
        default=None, ge=-45, le=45, description="Clockwise positive; found in the picture when left out."
    )


class Flip(Step):
    """Mirror the picture."""

    family = "geometry"
    op: Literal["flip"] = "flip"
    direction: Literal["horizontal", "vertical"] = Field(
        default="horizontal", description="horizontal swaps left and right."
    )


class Resize(Step):
    """Another number of pixels. Width and height together fill that size and cut what stands over, never distort."""

    family = "geometry"
    op: Literal["resize"] = "resize"
    width: Pixels = None
    height: Pixels = None
    long_side: Pixels = None
    percent: float | None = Field(default=None, ge=1, le=1000, description="Of the present size.")
    fit: Literal["cover", "stretch"] = Field(default="cover", description="With width and height: cut, or distort.")

    @model_validator(mode="after")
    def _one_way(self) -> Resize:
        ways = [self.width or self.height, self.long_side, self.percent]
        if sum(way is not None for way in ways) != 1:
            raise ValueError("needs width and/or height, or long_side, or percent")
        return self


class Pad(Step):
    """Add bars around the picture, up to an aspect or by an amount."""

    family = "geometry"
    op: Literal["pad"] = "pad"
    one_of = ("aspect", "px", "percent")
    aspect: Aspect = None
    px: Pixels = None
    percent: float | None = Field(default=None, gt=0, le=200, description="Of the picture's side.")
    side: Side | None = Field(default=None, description="Only there; all around when left out.")
    color: ColorText = Field(default="white", description="Colour of the bars, or “transparent”.")


class Border(Step):
    """A frame of one colour around the picture."""

    family = "geometry"
    op: Literal["border"] = "border"
    one_of = ("px", "percent")
    px: Pixels = None
    percent: float | None = Field(default=None, gt=0, le=50, description="Of the short side.")
    color: ColorText = Field(default="white", description="Colour of the frame.")
