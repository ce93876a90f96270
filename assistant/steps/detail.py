"""Sharpness, noise and the look of a lens or a film."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.steps.base import Somewhere, Step, Strength


class Sharpen(Step):
    """Crisper edges."""

    family = "detail"
    op: Literal["sharpen"] = "sharpen"
    percent: Strength = 50
    where: Somewhere = None


class Blur(Step):
    """Softer, by a Gaussian."""

    family = "detail"
    op: Literal["blur"] = "blur"
    percent: Strength = Field(default=20, description="100 is a twentieth of the long side.")
    radius: float | None = Field(
        default=None, gt=0, le=500, description="Standard deviation in px, instead of percent."
    )
    where: Somewhere = None


class Denoise(Step):
    """Smooth noise away and keep the edges."""

    family = "detail"
    op: Literal["denoise"] = "denoise"
    percent: Strength = 50
    where: Somewhere = None


class Vignette(Step):
    """Darken towards the corners."""

    family = "detail"
    op: Literal["vignette"] = "vignette"
    percent: Strength = 35
    where: Somewhere = None


class Grain(Step):
    """Film grain; the step's seed decides which."""

    family = "detail"
    op: Literal["grain"] = "grain"
    percent: Strength = 25
    where: Somewhere = None
