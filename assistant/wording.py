"""Steps in plain words, as people see them in the list of what was done, and as the planner is told of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.steps import (
    AnyStep,
    Auto,
    BlackAndWhite,
    Blur,
    Border,
    Contrast,
    Copy,
    Crop,
    Denoise,
    Edit,
    Exposure,
    Fill,
    Flip,
    Generate,
    Gradient,
    Grain,
    Heal,
    Highlights,
    Move,
    Pad,
    Paste,
    Pixelate,
    Recolor,
    Resize,
    Rotate,
    Saturation,
    Scale,
    Sepia,
    Shadows,
    Sharpen,
    Step,
    Straighten,
    Stroke,
    Temperature,
    Text,
    Tint,
    Vignette,
)
from assistant.where import BoxWhere, ColorWhere, MaskWhere, PhraseWhere, PointWhere, Where

_ARTICLES = ("the ", "a ", "an ", "his ", "her ", "their ", "my ", "all ", "both ", "everything", "this", "that", "it")
_SIDES = {"left", "right", "top", "bottom", "center", "centre", "middle"}


def in_words(step: AnyStep) -> str:
    """One line without a full stop: "crop to 4:5", "exposure +1 stop"; a generative step's own sentence."""
    return _WORDS[type(step)](step)


def number(value: float) -> str:
    """At most two decimals, no trailing zeros: 0.33, 20, 1350."""
    return f"{round(value, 2):.2f}".rstrip("0").rstrip(".")


def _signed(value: float, unit: str) -> str:
    return f"{'+' if value >= 0 else '−'}{number(abs(value))}{unit}"


def where_words(where: Where) -> str:
    """A place as words that follow "in" or a verb: "the sky", "everything but the dog", "the marked area"."""
    words = _place_words(where)
    return f"everything but {words}" if where.invert else words


def _place_words(where: Where) -> str:
    match where:
        case PhraseWhere(phrase=phrase) if phrase == "here":
            return "the marked area"
        case PhraseWhere(phrase=phrase):
            return phrase if phrase.lower().startswith(_ARTICLES) else f"the {phrase}"
        case BoxWhere(object=True):
            return "the object in the box"
        case BoxWhere():
            return "the box"
        case MaskWhere() | PointWhere():
            return "the marked area"
        case ColorWhere(color=color):
            return f"everything {color}"


def _inside(step: Any) -> str:
    return f" in {where_words(step.where)}" if step.where is not None else ""


def _place(position: str) -> str:
    """A position as it is said after a verb: "at the top left", or the user's own phrase."""
    words = position.lower().split()
    if words and set(words) <= _SIDES:
        return f"at the {position}" if words != ["center"] else "in the center"
    return position if len(words) > 2 else f"at the {position}"


def _colored(color: str) -> str:
    return f"{color} "


def _crop(step: Crop) -> str:
    parts = []
    if step.subject is not None:
        parts.append(f"around {where_words(step.subject)}")
    if step.aspect:
        parts.append(f"to {'a square' if step.aspect == '1:1' else step.aspect}")
    if step.without is not None:
        parts.append(f"so that {where_words(step.without)} is cut off")
    if step.side:
        parts.append(f"{_share(step)} off the {step.side}")
    if step.box:
        unit = "%" if step.unit == "percent" else " px"
        parts.append(f"to the box {', '.join(number(edge) for edge in step.box)}{unit}")
    return "crop " + " ".join(parts)


def _share(step: Any) -> str:
    return f"{number(step.percent)}%" if step.percent is not None else f"{step.px} px"


def _rotate(step: Rotate) -> str:
    return "rotate upside down" if step.degrees == 180 else f"rotate {number(step.degrees)}° {step.direction}"


def _straighten(step: Straighten) -> str:
    return "straighten" if step.degrees is None else f"straighten by {number(step.degrees)}°"


def _flip(step: Flip) -> str:
    return "mirror left to right" if step.direction == "horizontal" else "flip upside down"


def _resize(step: Resize) -> str:
    if step.percent is not None:
        return f"resize to {number(step.percent)}%"
    if step.long_side:
        return f"resize to {step.long_side} px on the long side"
    if step.width and step.height:
        stretched = ", stretched" if step.fit == "stretch" else ""
        return f"resize to {step.width} × {step.height} px{stretched}"
    return f"resize to {step.width} px wide" if step.width else f"resize to {step.height} px high"


def _pad(step: Pad) -> str:
    if step.aspect:
        goal = "a square" if step.aspect == "1:1" else step.aspect
        return f"pad to {goal} with {step.color}" + (f" at the {step.side}" if step.side else "")
    sides = f"at the {step.side}" if step.side else "all around"
    return f"add {_share(step)} of {step.color} {sides}"


def _border(step: Border) -> str:
    return f"{_colored(step.color)}border, {_share(step)}"


def _exposure(step: Exposure) -> str:
    if step.stops is not None:
        unit = " stop" if abs(step.stops) <= 1 else " stops"
        return f"exposure {_signed(step.stops, unit)}{_inside(step)}"
    if step.percent is not None:
        return f"exposure {_signed(step.percent, '%')}{_inside(step)}"
    return f"make {_whole(step)} {'brighter' if step.direction == 'up' else 'darker'}"


def _whole(step: Any) -> str:
    return where_words(step.where) if step.where is not None else "it"


def _amount(step: Contrast | Highlights | Shadows | Saturation) -> str:
    how = _signed(step.percent, "%") if step.percent is not None else str(step.direction)
    return f"{step.op} {how}{_inside(step)}"


def _temperature(step: Temperature) -> str:
    if step.kelvin is not None:
        return f"color temperature {number(step.kelvin)} K{_inside(step)}"
    if step.percent is not None:
        return f"make {_whole(step)} {'warmer' if step.percent >= 0 else 'cooler'} by {number(abs(step.percent))}%"
    return f"make {_whole(step)} {step.direction}"


def _tint(step: Tint) -> str:
    share = f" by {number(step.percent)}%" if step.percent != 20 else ""
    return f"tint {_whole(step)} {step.color or step.direction}{share}"


def _strength(words: str, usual: float) -> Callable[[Any], str]:
    def said(step: Any) -> str:
        share = f", {number(step.percent)}%" if step.percent != usual else ""
        return f"{words}{_inside(step)}{share}"

    return said


def _on_it(words: str, usual: float) -> Callable[[Any], str]:
    def said(step: Any) -> str:
        share = f" by {number(step.percent)}%" if step.percent != usual else ""
        return f"{words} {where_words(step.where) if step.where is not None else 'the picture'}{share}"

    return said


def _blur(step: Blur) -> str:
    if step.radius is not None:
        return f"blur {_on(step)}, {number(step.radius)} px"
    return _on_it("blur", 20)(step)


def _on(step: Any) -> str:
    return where_words(step.where) if step.where is not None else "the picture"


def _text(step: Text) -> str:
    size = f"{step.size} px" if step.size else None
    share = f"{number(step.percent)}% size" if step.percent != 100 else None
    looks = [part for part in (step.color, step.font, size, share) if part]
    place = f" {_place(step.position)}" if step.position else ""
    return f"write “{step.text}”{place}{_inside(step)}" + (f" in {', '.join(looks)}" if looks else "")


def _paste(step: Paste) -> str:
    place = _place(step.position) if step.position else "in the center"
    size = f", {number(step.percent)}% wide" if step.percent != 25 else ""
    return f"paste picture {step.reference} {place}{size}"


def _fill(step: Fill) -> str:
    if step.color == "transparent":
        return f"make {where_words(step.where)} transparent"
    return f"fill {where_words(step.where)} with {step.color}"


def _recolor(step: Recolor) -> str:
    what = f"what is {step.from_}{_inside(step)}" if step.from_ else _on(step)
    return f"recolor {what} to {step.color}"


def _gradient(step: Gradient) -> str:
    over = f" over {where_words(step.where)}" if step.where is not None else ""
    ways = {"down": "", "up": ", upwards", "right": ", to the right", "left": ", to the left"}
    return f"gradient from {' to '.join(step.colors)}{over}{ways[step.direction]}"


def _stroke(step: Stroke) -> str:
    return f"{_colored(step.color)}line around {where_words(step.where)}, {step.px} px"


def _pixelate(step: Pixelate) -> str:
    return f"pixelate {where_words(step.where)}" + (f", blocks of {step.px} px" if step.px else "")


def _placed(verb: str) -> Callable[[Any], str]:
    def said(step: Move | Copy) -> str:
        if step.position is not None:
            where = step.position if len(step.position.split()) > 2 else f"the {step.position}"
            return f"{verb} {where_words(step.where)} to {where}"
        return f"{verb} {where_words(step.where)} {step.px} px {step.direction}"

    return said


_WORDS: dict[type[Step], Callable[[Any], str]] = {
    Edit: lambda step: step.modify,
    Generate: lambda step: step.prompt,
    Crop: _crop,
    Rotate: _rotate,
    Straighten: _straighten,
    Flip: _flip,
    Resize: _resize,
    Pad: _pad,
    Border: _border,
    Exposure: _exposure,
    Contrast: _amount,
    Highlights: _amount,
    Shadows: _amount,
    Saturation: _amount,
    Temperature: _temperature,
    Tint: _tint,
    BlackAndWhite: _strength("black and white", 100),
    Sepia: _strength("sepia", 100),
    Auto: _strength("auto-enhance", 100),
    Sharpen: _on_it("sharpen", 50),
    Blur: _blur,
    Denoise: _on_it("remove noise from", 50),
    Vignette: _strength("vignette", 35),
    Grain: _strength("film grain", 25),
    Text: _text,
    Paste: _paste,
    Fill: _fill,
    Recolor: _recolor,
    Gradient: _gradient,
    Stroke: _stroke,
    Pixelate: _pixelate,
    Move: _placed("move"),
    Copy: _placed("copy"),
    Scale: lambda step: f"scale {where_words(step.where)} to {number(step.percent)}%",
    Heal: lambda step: f"erase {where_words(step.where)}",
}
