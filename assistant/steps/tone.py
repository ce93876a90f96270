"""Light and colour."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.steps.base import Amount, Signed, Somewhere, Step, Strength, UpDown
from assistant.where import ColorText

USUAL_STOPS = 0.5
USUAL_PERCENT = 25.0
"""What “more” and “less” are where no number was said."""


class Exposure(Step):
    """Brighter or darker, as a camera would: in linear light."""

    family = "tone"
    op: Literal["exposure"] = "exposure"
    one_of = ("stops", "percent", "direction")
    stops: float | None = Field(default=None, ge=-5, le=5, description="One stop up doubles the light.")
    percent: float | None = Field(default=None, ge=-95, le=400, description="Of the light.")
    direction: UpDown = None
    where: Somewhere = None


class Contrast(Amount):
    """Spread or gather light and dark around the middle."""

    family = "tone"
    op: Literal["contrast"] = "contrast"


class Highlights(Amount):
    """Brighten or recover the bright parts."""

    family = "tone"
    op: Literal["highlights"] = "highlights"


class Shadows(Amount):
    """Lift or deepen the dark parts."""

    family = "tone"
    op: Literal["shadows"] = "shadows"


class Saturation(Amount):
    """Stronger or paler colours."""

    family = "tone"
    op: Literal["saturation"] = "saturation"


class Temperature(Step):
    """Warmer or cooler light."""

    family = "tone"
    op: Literal["temperature"] = "temperature"
    one_of = ("kelvin", "percent", "direction")
    kelvin: float | None = Field(
        default=None, ge=2000, le=15000, description="As in raw editors: 6500 changes nothing."
    )
    percent: Signed = None
    direction: Literal["warmer", "cooler"] | None = Field(default=None, description="When no number was said.")
    where: Somewhere = None


class Tint(Step):
    """Towards green, towards magenta, or towards a colour."""

    family = "tone"
    op: Literal["tint"] = "tint"
    one_of = ("direction", "color")
    direction: Literal["green", "magenta"] | None = None
    color: ColorText | None = Field(default=None, description="The colour to lean to.")
    percent: Strength = 20
    where: Somewhere = None


class BlackAndWhite(Step):
    """Take the colour out, by the eye's brightness in linear light."""

    family = "tone"
    op: Literal["black_and_white"] = "black_and_white"
    percent: Strength = 100
    where: Somewhere = None


class Sepia(Step):
    """The brown of old prints."""

    family = "tone"
    op: Literal["sepia"] = "sepia"
    percent: Strength = 100
    where: Somewhere = None


class Auto(Step):
    """Black and white points, brightness and white balance, measured in the picture and gently applied."""

    family = "tone"
    op: Literal["auto"] = "auto"
    percent: Strength = 100
    where: Somewhere = None
