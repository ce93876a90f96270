"""One step as one line: its operation, then its values in a fixed order, each after its key; parts that are the
person's own words come last, each behind a sign: `@` position, `~` where, `!` where not, `^` picture, `=` text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from assistant.colors import parse_color
from assistant.drafts import State
from assistant.errors import PalimpsestError
from assistant.sketchbook.language.plan_numbers import as_digits
from assistant.sketchbook.language.plan_spans import HERE, as_typed, shown
from assistant.steps import STEP_CLASSES, AnyStep, Edit, Generate, Step
from assistant.where import PhraseWhere

GENERATIVE = {"edit": "modify", "draw": "prompt"}
_POSITIONS = ("top", "bottom", "center", "left", "right", "top left", "top right", "bottom left", "bottom right")


class Key(NamedTuple):
    """A value of a line: the step's field, what is written before it (bare words stand alone), and its kind.

    Kinds: number, signed, whole, aspect, color, colors, box, words, or a tuple of words to choose from.
    """

    field: str
    word: str
    kind: str | tuple[str, ...]


def _choice(field: str, *words: str) -> Key:
    return Key(field, "", words)


_PERCENT, _SIGNED, _PX = (
    Key("percent", "percent", "number"),
    Key("percent", "percent", "signed"),
    Key("px", "px", "whole"),
)
_COLOR = Key("color", "color", "color")
_SIDE = _choice("side", "top", "bottom", "left", "right")
_UP_DOWN = _choice("direction", "up", "down")
_FOUR = _choice("direction", "left", "right", "up", "down")


class Form(NamedTuple):
    """How an operation is written: its keys, and which of its fields the signs are for."""

    keys: tuple[Key, ...] = ()
    at: bool = False
    where: str = ""
    without: str = ""
    """The field that `!` is for; empty: `!` turns `where` round."""
    usual: Mapping[str, Any] = {}
    """What is meant when an amount that a step needs was not said."""


_AMOUNT = Form((_UP_DOWN, _SIGNED), where="where")
_STRENGTH = Form((_PERCENT,), where="where")
FORMS: dict[str, Form] = {
    "crop": Form((Key("aspect", "aspect", "aspect"), _SIDE, _PERCENT, _PX, Key("box", "box", "box")),
                 where="subject", without="without"),
    "rotate": Form((Key("degrees", "degrees", "number"), _choice("direction", "clockwise", "counterclockwise"))),
    "straighten": Form((Key("degrees", "degrees", "signed"),)),
    "flip": Form((_choice("direction", "horizontal", "vertical"),)),
    "resize": Form((Key("width", "width", "whole"), Key("height", "height", "whole"), Key("long_side", "long", "whole"),
                    _PERCENT, _choice("fit", "cover", "stretch"))),
    "pad": Form((Key("aspect", "aspect", "aspect"), _SIDE, _PX, _PERCENT, _COLOR), usual={"percent": 10.0}),
    "border": Form((_PX, _PERCENT, _COLOR), usual={"percent": 4.0}),
    "exposure": Form((_UP_DOWN, Key("stops", "stops", "signed"), _SIGNED), where="where"),
    "contrast": _AMOUNT, "highlights": _AMOUNT, "shadows": _AMOUNT, "saturation": _AMOUNT,
    "temperature": Form(
        (_choice("direction", "warmer", "cooler"), Key("kelvin", "kelvin", "number"), _SIGNED), where="where"),
    "tint": Form((_choice("direction", "green", "magenta"), _COLOR, _PERCENT), where="where"),
    "black_and_white": _STRENGTH, "sepia": _STRENGTH, "auto": _STRENGTH, "sharpen": _STRENGTH,
    "blur": Form((_PERCENT, Key("radius", "radius", "number")), where="where"),
    "denoise": _STRENGTH, "vignette": _STRENGTH, "grain": _STRENGTH,
    "text": Form((_COLOR, Key("size", "size", "whole"), Key("font", "font", "words")), at=True, where="where"),
    "paste": Form((Key("reference", "", "whole"), _PERCENT), at=True),
    "fill": Form((_COLOR,), where="where"),
    "recolor": Form((_COLOR, Key("from_", "from", "color")), where="where"),
    "gradient": Form(
        (Key("colors", "color", "colors"), _choice("direction", "down", "up", "right", "left")), where="where"),
    "stroke": Form((_PX, _COLOR), where="where"),
    "pixelate": Form((_PX,), where="where"),
    "move": Form((_FOUR, _PX), at=True, where="where"),
    "copy": Form((_FOUR, _PX), at=True, where="where"),
    "scale": Form((_PERCENT,), where="where"),
    "heal": Form(where="where"),
}  # fmt: skip


def write_line(step: AnyStep) -> str:
    """Raises ValueError for what cannot be said in a line: boxes, masks, clicks, what to preserve."""
    return shown(_written(step), 5_000)


def _written(step: AnyStep) -> str:
    if isinstance(step, Generate):
        return f"draw {step.prompt}"
    if isinstance(step, Edit):
        return f"edit {step.modify}{_signed_parts(step)}"
    form, given = FORMS[step.op], _given(step)
    usual = form.usual if not any(step.model_dump()[name] for name in ("aspect", "px") if name in given) else {}
    parts = [step.op]
    for key in form.keys:
        if key.field in given and given[key.field] != usual.get(key.field):
            parts += [key.word, _value(given[key.field], key)] if key.kind != "colors" else [_colors(given["colors"])]
    return " ".join(part for part in parts if part) + _signed_parts(step)


def _given(step: Step) -> dict[str, Any]:
    """Fields that were said, by their names in the class; what is only a default was not."""
    fields = type(step).model_fields
    return {
        name: value
        for name in fields
        if (value := getattr(step, name)) is not None and (fields[name].is_required() or name in step.model_fields_set)
    }


def _colors(colors: tuple[str, ...]) -> str:
    return " ".join(f"color {color}" for color in colors)


def _value(value: Any, key: Key) -> str:
    if key.kind == "box":
        return " ".join(as_digits(edge) for edge in value)
    return as_digits(value) if isinstance(value, int | float) else str(value)


def _signed_parts(step: Any) -> str:
    parts = ""
    form = FORMS.get(step.op, Form(where="where"))
    if form.at and step.position is not None and not (step.op == "paste" and step.position == "center"):
        parts += f" @ {step.position}"
    for field, mark in ((form.where, "~"), (form.without, "!")):
        where = getattr(step, field) if field else None
        if where is not None:
            if not isinstance(where, PhraseWhere) or where.feather is not None or (where.invert and form.without):
                raise ValueError(f"a line can only name a place in words, not {where!r}")
            parts += f" {'!' if where.invert else mark} {where.phrase}"
    if step.op == "edit":
        parts += "".join(f" ^ {reference}" for reference in step.references)
    return parts + (f" = {step.text}" if step.op == "text" else "")


def parse_line(line: str, state: State) -> AnyStep:
    """Raises ValueError for an unknown line and for values out of range."""
    op, _, rest = line.partition(" ")
    if op != "text":
        rest = rest.replace("‹", "<")
    if op in GENERATIVE:
        return _generative(op, rest)
    if op not in FORMS:
        raise ValueError(f"no operation is called “{op[:40]}”")
    form = FORMS[op]
    fields: dict[str, Any] = {"op": op}
    rest = f" {rest}"
    if op == "text":
        rest, _, text = rest.partition(" = ")
        fields["text"] = as_typed(text.strip(), state)
    rest, places = _places(rest, form)
    fields |= places
    if form.at:
        rest, _, position = rest.partition(" @ ")
        fields |= {"position": position} if position else {}
    fields |= _keyed(rest.split(), form)
    if form.usual and not fields.keys() & {"px", "percent", "aspect"}:
        fields |= form.usual
    return _built(fields)


def _built(fields: dict[str, Any]) -> Any:
    try:
        return STEP_CLASSES[fields["op"]].model_validate(fields)
    except PalimpsestError as error:
        raise ValueError(str(error)) from error


def _generative(op: str, rest: str) -> Any:
    if op == "draw":
        return _built({"op": "generate", "prompt": rest})
    found = re.search(r"(?: \^ \d+)+$", rest)
    references = found[0].split(" ^ ")[1:] if found else []
    rest = rest[: found.start()] if found else rest
    sentence, _, phrase = rest.partition(" ~ ")
    fields: dict[str, Any] = {"op": "edit", "modify": sentence, "references": tuple(map(int, references))}
    return _built(fields | ({"where": {"phrase": phrase}} if phrase else {}))


def _places(rest: str, form: Form) -> tuple[str, dict[str, Any]]:
    found = re.search(r" ([~!]) ", rest) if form.where else None
    if not found:
        return rest, {}
    phrase, negative = rest[found.end() :], found[1] == "!"
    if negative and form.without:
        return rest[: found.start()], {form.without: {"phrase": phrase}}
    return rest[: found.start()], {form.where: {"phrase": phrase, "invert": negative}}


def _keyed(words: list[str], form: Form) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    by_word = {key.word: key for key in form.keys if key.word}
    bare = {word: key for key in form.keys if isinstance(key.kind, tuple) for word in key.kind}
    unnamed = next((key for key in form.keys if not key.word and not isinstance(key.kind, tuple)), None)
    while words:
        word = words.pop(0)
        if word in by_word and words:
            key = by_word[word]
            value, words = _taken(key, words, by_word.keys() | bare.keys())
            fields[key.field] = (*fields.get(key.field, ()), value) if key.kind == "colors" else value
        elif word in bare:
            fields[bare[word].field] = word
        elif unnamed:
            fields[unnamed.field] = word
        else:
            raise ValueError(f"“{word[:40]}” has no place in this line")
    return fields


def _taken(key: Key, words: list[str], stops: set[str]) -> tuple[Any, list[str]]:
    if key.kind == "box":
        return tuple(words[:4]), words[4:]
    if key.kind == "words":
        return " ".join(words), []
    if key.kind in ("color", "colors"):
        end = next((n for n, word in enumerate(words[1:], 1) if word in stops and not _is_color(words[: n + 1])), None)
        return " ".join(words[:end]), words[end:] if end else []
    return words[0], words[1:]


def _is_color(words: list[str]) -> bool:
    try:
        parse_color(" ".join(words))
    except PalimpsestError:
        return False
    return True


def positions() -> tuple[str, ...]:
    """Positions that have a name of their own."""
    return _POSITIONS


__all__ = ["FORMS", "HERE", "Form", "Key", "parse_line", "positions", "write_line"]
