"""Where in the picture a step works: a phrase, a box, a brushed mask, a clicked point or a colour."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from assistant.colors import parse_color
from assistant.errors import InvalidScript
from assistant.sizes import Box, Size

Unit = Literal["px", "percent"]
Coordinate = Annotated[float, Field(ge=-100_000, le=100_000)]
ColorText = Annotated[str, Field(max_length=40), BeforeValidator(lambda value: _checked_color(value))]


def _checked_color(value: object) -> object:
    if isinstance(value, str):
        try:
            parse_color(value)
        except InvalidScript as error:
            raise ValueError(str(error)) from error
    return value


class Value(BaseModel):
    """Base of every value in a script: immutable, closed to unknown fields, finite numbers only."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)


class Selection(Value):
    """What every way of pointing has in common."""

    invert: bool = Field(default=False, description="Work on everything but this.")
    feather: float | None = Field(
        default=None,
        ge=0,
        le=500,
        description="Width in px of the soft edge, inwards; the operation chooses when left out.",
    )


class Vantage(Value):
    """The picture that somebody pointed at: its frame, as records write frames.

    What was pointed out there is found again in a step's input, wherever crops, turns and scaling have moved it.
    """

    base: str = Field(max_length=64, description="What names the picture up to the last resampling.")
    moved: tuple[int, int, int, int, int, int, int, int] = Field(description="The whole-pixel way from there.")
    affine: tuple[float, float, float, float, float, float] = Field(description="From shares of the original's sides.")


class Pointed(Selection):
    """A place that was shown, not named."""

    seen: Vantage | None = Field(default=None, description="What was pointed at; the step's own input when left out.")


class PhraseWhere(Selection):
    """Words: an area of the frame (“left half”), “faces”, or a thing that the locator finds (“the hat”)."""

    phrase: str = Field(min_length=1, max_length=200, description="The region in the user's words.")


class BoxWhere(Pointed):
    """A rectangle, or the object inside it."""

    box: tuple[Coordinate, Coordinate, Coordinate, Coordinate] = Field(description="left, top, right, bottom")
    unit: Unit = Field(default="px", description="Whether the four numbers are pixels or percent of width and height.")
    object: bool = Field(default=False, description="Only the object inside the box, cut out along its edge.")

    @model_validator(mode="after")
    def _has_area(self) -> BoxWhere:
        left, top, right, bottom = self.box
        if right <= left or bottom <= top:
            raise ValueError(f"a box needs left < right and top < bottom, not {list(self.box)}")
        return self

    def pixels(self, size: Size) -> Box:
        """The rectangle in whole pixels of a picture of `size`, clipped to it; may be empty."""
        return box_pixels(self.box, self.unit, size).clipped(size)


class MaskWhere(Pointed):
    """What was brushed: a stored mask of the size of the picture that was brushed on, 255 inside."""

    mask: str = Field(min_length=1, max_length=200, description="Id of the stored mask (in a script file: a PNG).")


class PointWhere(Pointed):
    """A click: the connected area around the point whose colour is alike."""

    point: tuple[Coordinate, Coordinate] = Field(description="x, y")
    unit: Unit = Field(default="px", description="Whether the two numbers are pixels or percent of width and height.")
    tolerance: int = Field(
        default=32, ge=0, le=255, description="Largest difference in any channel that still belongs."
    )


class ColorWhere(Selection):
    """Every pixel of a colour, wherever it is."""

    color: ColorText = Field(description="A name, #rrggbb or rgb(r, g, b).")
    tolerance: int = Field(
        default=32, ge=0, le=255, description="Largest difference in any channel that still belongs."
    )


_KEYS = ("phrase", "box", "mask", "point", "color")


def _kind(value: Any) -> str | None:
    keys = value.keys() if isinstance(value, dict) else type(value).model_fields if isinstance(value, Value) else ()
    return next((key for key in _KEYS if key in keys), None)


def _from_words(value: object) -> object:
    return {"phrase": value} if isinstance(value, str) else value


Where: TypeAlias = Annotated[
    Annotated[PhraseWhere, Tag("phrase")]
    | Annotated[BoxWhere, Tag("box")]
    | Annotated[MaskWhere, Tag("mask")]
    | Annotated[PointWhere, Tag("point")]
    | Annotated[ColorWhere, Tag("color")],
    Discriminator(
        _kind,
        custom_error_type="where",
        custom_error_message="a place is words, or one of phrase, box, mask, point, color",
    ),
    BeforeValidator(_from_words),
]
"""Plain words stand for a phrase: `"where": "the hat"`."""


def box_pixels(box: tuple[float, float, float, float], unit: Unit, size: Size) -> Box:
    """Four numbers in px or percent of `size` as whole pixels, rounded to the nearest edge; not clipped."""
    left, top, right, bottom = box
    if unit == "percent":
        left, right = left * size.width / 100, right * size.width / 100
        top, bottom = top * size.height / 100, bottom * size.height / 100
    return Box(round(left), round(top), round(right), round(bottom))
