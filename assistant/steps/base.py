"""What every step has in common, and the kinds of field that several of them use."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from assistant.where import Value, Where

Family = Literal["generative", "geometry", "tone", "detail", "overlay", "selection"]
Side = Literal["top", "bottom", "left", "right"]
MAX_SEED = 2**32 - 1
MAX_SIDE_PX = 16_384
BOOKKEEPING = frozenset({"id", "seed", "revision", "enabled", "depends_on"})

Strength = Annotated[float, Field(ge=0, le=100, description="How much, 0 to 100 percent.")]
Signed = Annotated[float | None, Field(ge=-100, le=100, description="How much, -100 to 100 percent.")]
UpDown = Annotated[Literal["up", "down"] | None, Field(description="More or less, when no number was said.")]
Somewhere = Annotated[Where | None, Field(description="Only there; the whole picture when left out.")]
There = Annotated[Where, Field(description="What is selected.")]
Pixels = Annotated[int | None, Field(ge=1, le=MAX_SIDE_PX, description="In px.")]
Place = Annotated[
    str | None, Field(max_length=100, description="“top”, “bottom right”, “lower third” …, or a thing in the picture.")
]


def _aspect_words(value: object) -> object:
    return "1:1" if isinstance(value, str) and value.strip().lower() == "square" else value


def _checked_aspect(value: object) -> object:
    value = _aspect_words(value)
    if isinstance(value, str):
        match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*[:x/×]\s*(\d+(?:\.\d+)?)\s*", value)
        if not match or not 1 / 50 <= float(match[1]) / max(float(match[2]), 1e-9) <= 50:
            raise ValueError(f"an aspect is written like 4:5, at most 50:1, not “{value[:20]}”")
        return f"{match[1]}:{match[2]}"
    return value


Aspect = Annotated[str | None, BeforeValidator(_checked_aspect), Field(description="Width to height, like 4:5.")]


class Step(Value):
    """One wish. `id`, `seed`, `revision`, `enabled` and `depends_on` are bookkeeping, the rest is what was asked."""

    family: ClassVar[Family]
    one_of: ClassVar[tuple[str, ...]] = ()
    """Exactly one of these fields must be given."""

    op: Any  # a literal in every subclass
    id: str = Field(default="", pattern=r"^[a-zA-Z0-9_-]{0,40}$", description="Lasting name of the step.")
    seed: int = Field(default=0, ge=0, le=MAX_SEED, description="Drawn once; revising keeps it.")
    revision: int = Field(default=0, ge=0, description="How often it was revised.")
    enabled: bool = Field(default=True, description="False: switched off, kept in sight.")
    depends_on: tuple[str, ...] = Field(default=(), description="Ids of the steps it builds on.")

    @model_validator(mode="after")
    def _exactly_one(self) -> Step:
        given = [name for name in self.one_of if getattr(self, name) is not None]
        if self.one_of and len(given) != 1:
            choices = ", ".join(self.one_of)
            raise ValueError(f"needs exactly one of {choices}; given: {', '.join(given) or 'none'}")
        return self

    @property
    def is_generative(self) -> bool:
        return self.family == "generative"

    def wish(self) -> dict[str, Any]:
        """`op` and what was asked, without bookkeeping and defaults: short, JSON-ready, comparable."""
        dumped = self.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=set(BOOKKEEPING))
        return {"op": self.op, **{key: value for key, value in dumped.items() if key != "op"}}


class Amount(Step):
    """A signed change in percent, or just more or less."""

    one_of = ("percent", "direction")
    percent: Signed = None
    direction: UpDown = None
    where: Somewhere = None
