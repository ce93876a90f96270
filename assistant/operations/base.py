"""How an operation is written: one function per step class, entered in a table under the step's `op`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeVar

from assistant.colors import Color
from assistant.errors import OperationError
from assistant.frames import Affine, PixelMap
from assistant.pictures import Picture, Pixels
from assistant.regions import Region
from assistant.sizes import Box, Size
from assistant.steps import Step


@dataclass(frozen=True)
class Context:
    """What a function may know besides the pixels and its step.

    `box` is the part of a picture of `size` that the pixels are; they differ only for tone and detail in a region.
    """

    size: Size
    box: Box
    region: Region | None = None
    """Where, as it lies in this picture; None for the whole picture."""
    subject: Region | None = None
    """What a crop frames or leaves out, or the thing that a position names."""
    numbers: dict[str, tuple[float, ...]] = field(default_factory=dict)
    """What was measured in the picture, recorded with the step."""
    references: tuple[Picture, ...] = ()
    opacity: Pixels | None = None
    """How visible the pixels of `box` are, for what mixes neighbours (tone and detail); None where all are opaque."""

    @property
    def selected(self) -> Region:
        """The region of an operation that cannot do without."""
        return self.region or Region(self.size.box)

    def reference(self, number: int) -> Picture:
        """The picture that people call `number`, 2 for the first reference. Raises OperationError."""
        if not 2 <= number <= len(self.references) + 1:
            raise OperationError(
                f"There is no picture {number} to take.",
                allowed=f"This script has {len(self.references)} references, numbered from 2.",
                remedy="Add the picture first.",
            )
        return self.references[number - 2]


class Resampling(NamedTuple):
    """A map that is not whole-pixel: `affine` from pixel edges before to pixel edges behind, and the size behind."""

    affine: Affine
    size: Size


class Mapped(NamedTuple):
    """What a geometry step does: where pixels go, and what fills the room that it opens."""

    way: PixelMap | Resampling
    fill: Color = Color(0, 0, 0, 0)


StepT = TypeVar("StepT", bound=Step)
PixelFunction = Callable[[Pixels, Any, Context], Pixels]
GeometryFunction = Callable[[Any, Context], Mapped]


class MeasureFunction(Protocol):
    def __call__(self, picture: Picture, step: Any, region: Region | None) -> dict[str, tuple[float, ...]]: ...


class Operation(NamedTuple):
    """An entry of the table; raise `version` when the same step gives other pixels than before."""

    run: PixelFunction | None
    map: GeometryFunction | None
    version: int
    margin: Callable[[Any, Size], int] | None = None
    """How many px around a region the function has to see (blur, sharpen)."""


OPERATIONS: dict[str, Operation] = {}
MEASURES: dict[str, MeasureFunction] = {}


def operation(
    cls: type[StepT], version: int = 1, margin: Callable[[StepT, Size], int] | None = None
) -> Callable[[Callable[[Pixels, StepT, Context], Pixels]], Callable[[Pixels, StepT, Context], Pixels]]:
    """Enter a function from (H, W, 3 or 4) pixels to pixels; tone and detail see and return (H, W, 3)."""

    def enter(function: Callable[[Pixels, StepT, Context], Pixels]) -> Callable[[Pixels, StepT, Context], Pixels]:
        OPERATIONS[cls.model_fields["op"].default] = Operation(function, None, version, margin)
        return function

    return enter


def geometry(
    cls: type[StepT], version: int = 1
) -> Callable[[Callable[[StepT, Context], Mapped]], Callable[[StepT, Context], Mapped]]:
    """Enter a function that says where pixels go."""

    def enter(function: Callable[[StepT, Context], Mapped]) -> Callable[[StepT, Context], Mapped]:
        OPERATIONS[cls.model_fields["op"].default] = Operation(None, function, version)
        return function

    return enter


def measure(cls: type[Step]) -> Callable[[MeasureFunction], MeasureFunction]:
    """Enter a function that measures numbers in the step's input; they are recorded and not measured again."""

    def enter(function: MeasureFunction) -> MeasureFunction:
        MEASURES[cls.model_fields["op"].default] = function
        return function

    return enter


def signed_amount(percent: float | None, up: bool | None, default: float) -> float:
    """A signed share, -1 to 1, from a number or, when none was said, from the direction."""
    if percent is not None:
        return percent / 100
    return default if up else -default
