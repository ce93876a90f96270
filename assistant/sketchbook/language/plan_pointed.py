"""Messages that go with a place marked on the picture: "remove this", "blur it here"."""

# Sayings fill the lines, they do not stand one below the other.
# fmt: off

from __future__ import annotations

from assistant.drafts import Draft, State
from assistant.sketchbook.language import plan_bank as bank
from assistant.sketchbook.language.plan_amounts import exact_color, percent, stops
from assistant.sketchbook.language.plan_dice import Dice
from assistant.sketchbook.language.plan_generative import color, wish
from assistant.sketchbook.language.plan_piece import Piece, exact
from assistant.sketchbook.language.plan_spans import HERE
from assistant.sketchbook.language.plan_things import new_thing
from assistant.sketchbook.language.plan_weave import weave
from assistant.steps import AnyStep, Edit

THIS = ("[this|this|that|it|this thing|that thing|what i marked|the marked area|this part|here|this area|"
    "the selection|this spot|the thing i marked|this one|what is marked|the area i painted]")


def pointed(dice: Dice) -> tuple[State, Draft]:
    """One wish about the marked place, sometimes with another about the whole picture."""
    sketch = dice.chance(0.3)
    piece = _piece(dice, sketch)
    pieces = [piece] if dice.chance(0.75) else [piece, wish(dice)]
    woven = weave(dice, pieces, plain=0.7)
    state = State(message=woven.text, picture="sketch" if sketch else "photo", pointed=True, version=1, versions=1)
    return state, Draft(act="edit", steps=woven.steps)


def _piece(dice: Dice, sketch: bool) -> Piece:
    this = dice.say(THIS)
    kind = dice.number(0, 15)
    if kind <= 3:
        said = dice.say("[remove {t}|erase {t}|delete {t}|get rid of {t}|take {t} away|clean up {t}|heal {t}|"
            "retouch {t}|make {t} disappear]", {"t": this})
        return Piece(said, (edited(said) if sketch and not said.startswith("heal") else exact("heal", where=HERE),))
    if kind <= 8:
        return _changed(dice, this)
    said, step = _exacts(dice)
    return Piece(said.replace("{t}", this), (step,))


def edited(said: str) -> Edit:
    """A generative wish about the marked place."""
    return Edit.model_validate({"modify": said, "where": HERE})


def _changed(dice: Dice, this: str) -> Piece:
    thing, ink = new_thing(dice), color(dice)
    here = dice.pick(("here", "here", "there", "in this spot", "where i marked", "in the marked area"))
    said = dice.pick((f"add {thing.new} {here}", f"put {thing.new} {here}", f"replace {this} with {thing.new}",
        f"turn {this} into {thing.new}", f"make {this} {ink}", f"paint {this} {ink}", f"change {this} to {thing.new}",
        f"make {this} {dice.pick(bank.LOOKS)}", f"i want {thing.new} {here}"))
    gold = said.replace("i want ", "add ")
    return Piece(said, (edited(gold),))


_EXACT: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("[blur {t}|make {t} blurry|soften {t}|blur {t} out]", "blur", {}),
    ("[pixelate {t}|censor {t}|make {t} unreadable]", "pixelate", {}),
    ("[brighten {t}|make {t} brighter|lighten {t}|more light {t}]", "exposure", {"direction": "up"}),
    ("[darken {t}|make {t} darker]", "exposure", {"direction": "down"}),
    ("[sharpen {t}|make {t} sharper]", "sharpen", {}),
    ("[make {t} black and white|{t} in black and white|desaturate {t} completely]", "black_and_white", {}),
    ("[make {t} warmer|warm up {t}]", "temperature", {"direction": "warmer"}),
    ("[outline {t} in red|draw a red line around {t}]", "stroke", {"color": "red"}),
    ("[denoise {t}|reduce the noise in {t}]", "denoise", {}),
    ("[more contrast in {t}|increase the contrast of {t}]", "contrast", {"direction": "up"}),
    ("[make {t} more colorful|boost the colors of {t}|saturate {t}]", "saturation", {"direction": "up"}),
    ("[make {t} transparent|cut {t} out]", "fill", {"color": "transparent"}),
    ("[make {t} twice as big|double the size of {t}]", "scale", {"percent": 200}),
)


def _exacts(dice: Dice) -> tuple[str, AnyStep]:
    kind = dice.number(0, 18)
    if kind < len(_EXACT):
        pattern, op, fields = _EXACT[kind]
        return dice.say(pattern), exact(op, where=HERE, **fields)
    words, value = percent(dice, 5, 60)
    light, stop = stops(dice)
    spoken, ink = exact_color(dice)
    return dice.pick((
        (f"blur {{t}} by {words}", exact("blur", percent=value, where=HERE)),
        (f"brighten {{t}} by {light}", exact("exposure", stops=stop, where=HERE)),
        (f"make {{t}} {spoken}", exact("recolor", color=ink, where=HERE)),
        (f"fill {{t}} with {spoken}", exact("fill", color=ink, where=HERE)),
        (dice.pick(("crop to {t}", "crop in on {t}", "crop around {t}")), exact("crop", subject=HERE)),
        (dice.pick(("blur everything but {t}", "blur everything except {t}")),
         exact("blur", where={"phrase": HERE, "invert": True})),
    ))
