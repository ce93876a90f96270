"""How much a step does: its amount made larger or smaller, and its direction turned round."""

from __future__ import annotations

from typing import Any, NamedTuple

from assistant.steps import AnyStep
from assistant.steps.base import Amount
from assistant.steps.detail import Blur, Denoise, Grain, Sharpen, Vignette
from assistant.steps.geometry import Border, Crop, Pad, Straighten
from assistant.steps.overlay import Text
from assistant.steps.selection import Copy, Move, Pixelate, Scale, Stroke
from assistant.steps.tone import USUAL_PERCENT, USUAL_STOPS, Auto, BlackAndWhite, Exposure, Sepia, Temperature, Tint

_NO_CHANGE_KELVIN, _KELVIN_STEP = 6500.0, 50
_FINE = 10
"""Numbers below are kept to a tenth, others whole."""
_OPPOSITE = {
    "clockwise": "counterclockwise", "horizontal": "vertical", "left": "right", "up": "down", "warmer": "cooler",
    "green": "magenta",
}  # fmt: skip
_OPPOSITE |= {other: one for one, other in _OPPOSITE.items()}


class _Amount(NamedTuple):
    """A number of a step, and the one at which it would do nothing."""

    field: str
    value: float
    nothing: float = 0.0


def scaled(step: AnyStep, times: float) -> AnyStep | None:
    """The step with its effect so many times as strong; None where it has no amount, or can do no more."""
    amount = _amount(step)
    if amount is None:
        return None
    wanted = amount.nothing + (amount.value - amount.nothing) * times
    number = _rounded(step, amount.field, _within(step, amount.field, wanted))
    if number == getattr(step, amount.field):
        return None
    return _with(step, amount.field, number)


def turned(step: AnyStep) -> AnyStep | None:
    """The step the other way: turned, mirrored, moved, warmed or brightened; None where there is no other way."""
    if isinstance(step, Crop) and step.aspect:
        width, height = step.aspect.split(":")
        return step.model_copy(update={"aspect": f"{height}:{width}"}) if width != height else None
    if direction := getattr(step, "direction", None):
        return step.model_copy(update={"direction": _OPPOSITE[direction]})
    amount = _amount(step)
    if amount is None or not isinstance(step, Amount | Exposure | Temperature | Straighten):
        return None  # less than nothing of it there is not
    number = _within(step, amount.field, 2 * amount.nothing - amount.value)
    return _with(step, amount.field, _rounded(step, amount.field, number))


def sign_of(step: AnyStep) -> int:
    """Whether there is more (1) or less (-1) of what the step's operation is about."""
    amount = _amount(step)
    return -1 if amount is not None and amount.value < amount.nothing else 1


def _amount(step: AnyStep) -> _Amount | None:
    match step:
        case Exposure(stops=None, percent=None):
            return _Amount("stops", USUAL_STOPS if step.direction == "up" else -USUAL_STOPS)
        case Exposure(stops=float(stops)):
            return _Amount("stops", stops)
        case Temperature(kelvin=float(kelvin)):
            return _Amount("kelvin", kelvin, _NO_CHANGE_KELVIN)
        case Blur(radius=float(radius)):
            return _Amount("radius", radius)
        case Straighten(degrees=float(degrees)):
            return _Amount("degrees", degrees)
        case Scale() | Text():
            return _Amount("percent", step.percent, 100.0)
        case Amount() | Temperature() | Exposure():
            more = step.direction in ("up", "warmer")
            usual = USUAL_PERCENT if more else -USUAL_PERCENT
            return _Amount("percent", usual if step.percent is None else step.percent)
        case Tint() | BlackAndWhite() | Sepia() | Auto() | Sharpen() | Blur() | Denoise() | Vignette() | Grain():
            return _Amount("percent", step.percent)
        case Border() | Pad() | Stroke() | Pixelate() | Move() | Copy():
            number = next(((name, value) for name in ("px", "percent") if (value := getattr(step, name, None))), None)
            return _Amount(*number) if number else None
    return None


def _within(step: AnyStep, field: str, number: float) -> float:
    """The number, within what the field takes."""
    for bound in type(step).model_fields[field].metadata:
        number = max(number, getattr(bound, "ge", number))
        number = min(number, getattr(bound, "le", number))
    return number


def _rounded(step: AnyStep, field: str, number: float) -> float:
    if field == "kelvin":
        return float(_KELVIN_STEP * round(number / _KELVIN_STEP))
    if field == "stops":
        return round(number, 2)
    if field == "px":
        return max(1, round(number))
    return float(round(number)) if abs(number) >= _FINE else round(number, 1)


def _with(step: AnyStep, field: str, number: float) -> AnyStep:
    """The step with the number in place of whatever said it."""
    others: dict[str, Any] = dict.fromkeys(step.one_of)
    return step.model_copy(update={**others, field: number})
