"""Steps that were done, and what people may say of each later: its name, and what they want of it instead."""

# Sayings fill the lines, they do not stand one below the other.
# fmt: off

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from assistant.sketchbook.language import plan_bank as bank
from assistant.sketchbook.language.plan_amounts import POSITIONS, number_words, pixels
from assistant.sketchbook.language.plan_amounts import color as ink_of
from assistant.sketchbook.language.plan_dice import Dice
from assistant.sketchbook.language.plan_generative import place, spot
from assistant.sketchbook.language.plan_numbers import as_digits
from assistant.sketchbook.language.plan_piece import edit, exact
from assistant.sketchbook.language.plan_sketch import draw
from assistant.sketchbook.language.plan_things import article, color, in_quotes, known_thing, new_thing, quoted, region
from assistant.steps import AnyStep

Revised = tuple[str, AnyStep]
"""What is said, and the step as it should be then."""
_NO = "[no,|no|nope,|hmm,|hmm no,|not quite,|actually,|wait,||||sorry,|no wait,|well,|mh,]"


class Done(NamedTuple):
    """`said`: the message that asked for it. `names`: what it is called afterwards: "the crop", "the border"."""

    said: str
    step: AnyStep
    names: tuple[str, ...]
    revise: Callable[[Dice], Revised]
    painted: bool = False
    """Whether it put a thing into the picture, so that "remove the hat" means this step."""


def _instead(dice: Dice, words: str) -> str:
    """ "green": "no, green", "green instead", "i meant green"."""
    return dice.say("[{no} {w}|{no} {w} instead|{no} {w} please|i meant {w}|i'd prefer {w}|rather {w}|{w}|"
        "make that {w}|{no} make that {w}|better {w}|{w} would be better|try {w}|{no} i want {w}|"
        "change that to {w}]", {"no": dice.say(_NO), "w": words})


def added(dice: Dice) -> Done:
    """ "add a red hat on the table" with a color or a place to be changed."""
    thing = new_thing(dice, 0)
    noun, tint = thing.head, color(dice)
    where = spot(dice) if dice.chance(0.6) else ""
    verb = dice.pick(("add", "add", "put", "place"))
    if verb != "add" and not where:
        verb = "add"
    plural = thing.plural
    new = f"{tint} {noun}" if plural else article(f"{tint} {noun}")

    def built(what: str, place: str = where) -> AnyStep:
        return edit(f"{verb} {what} {place}")

    def revise(dice: Dice) -> Revised:
        kind = dice.number(0, 9)
        it = "them" if plural else "it"
        if kind <= 4:
            other = color(dice)
            what = f"{other} {noun}" if plural else article(f"{other} {noun}")
            said = dice.pick((_instead(dice, other), _instead(dice, other), dice.say("{no} make {it} {c}", {"no":
                dice.say(_NO), "it": it, "c": other}), f"make the {noun} {other}", f"make the {noun} {other} instead",
                f"{other}, not {tint}", f"i'd rather have {it} in {other}", f"the {noun} should be {other}",
                f"{article(other) if not plural else other} one would be better" if not plural else f"{other} ones",
                f"make the {noun} {other} instead of {tint}", f"can {it} be {other}?",
                f"change the {noun} to {other}", f"{it} should be {other}"))
            return said, built(what)
        if kind <= 7:
            other = new_thing(dice, 0.6)
            said = dice.pick((_instead(dice, other.new), dice.say(f"{{no}} not a {noun}, {other.new}", {"no": ""}),
                f"make it {other.new} instead", f"i said {other.new}, not {new}",
                f"replace the {noun} with {other.new}", f"{other.new} instead of the {noun}",
                f"swap the {noun} for {other.new}", f"change the {noun} to {other.new}"))
            return said, built(other.new)
        other = spot(dice)
        said = dice.pick((_instead(dice, other), f"put {it} {other}", f"put {it} {other} instead",
            f"move the {noun}, i want {it} {other}", f"not there, {other}", f"{it} should be {other}"))
        return said, built(new, other)

    return Done(f"{verb} {new} {where}".strip(), built(new), (f"the {noun}", f"the {tint} {noun}", f"the {noun}"),
        revise, True)


def colored(dice: Dice) -> Done:
    """ "make the car red"."""
    thing, tint = known_thing(dice), color(dice)
    verb = dice.pick(("make", "make", "paint", "turn"))
    wanted = f"{verb} {thing.known} {tint}"

    def revise(dice: Dice) -> Revised:
        other = color(dice)
        it = "them" if thing.plural else "it"
        if dice.chance(0.2):
            wrong = known_thing(dice)
            return dice.pick((f"no, {wrong.known}", f"not {thing.known}, {wrong.known}", f"i meant {wrong.known}",
                f"no i meant {wrong.known}, not {thing.known}", f"wrong one, {wrong.known}")), edit(
                f"{verb} {wrong.known} {tint}")
        said = dice.pick((_instead(dice, other), _instead(dice, other), f"make {it} {other}",
            f"{other} instead of {tint}", f"{thing.known} should be {other}", f"make {thing.known} {other} instead",
            f"{tint} doesn't work, try {other}", f"{verb} {it} {other} instead",
            f"i don't like the {tint}, {other} please"))
        return said, edit(f"{verb} {thing.known} {other}")

    return Done(wanted, edit(wanted), (f"the {tint} {thing.head}", f"the {tint}", f"the {thing.head} color",
        f"the {tint} color"), revise)


def dressed(dice: Dice) -> Done:
    """ "give the woman a red hat"."""
    who = dice.pick((f"the {dice.pick(bank.SOLE)}", "her", "him", "the woman", "the man"))
    noun, tint = dice.pick(bank.WEARABLES), color(dice)
    pattern = dice.pick(("give {who} {w}", "give {who} {w}", "put {w} on {who}"))
    tail = pattern.replace("{who}", who)

    def built(words: str) -> AnyStep:
        return edit(tail.replace("{w}", words))

    def revise(dice: Dice) -> Revised:
        other = color(dice)
        if dice.chance(0.55):
            said = dice.pick((_instead(dice, other), _instead(dice, other), f"make the {noun} {other}",
                f"make it {other}", f"the {noun} should be {other}", f"{other}, not {tint}", f"{other} {noun} please",
                f"no, {article(f'{other} {noun}')}", f"make the {noun} {other} instead",
                f"change the {noun} color to {other}"))
            return said, built(article(f"{other} {noun}"))
        new = article(dice.pick(bank.WEARABLES)) if dice.chance(0.5) else article(
            f"{other} {dice.pick(bank.WEARABLES)}")
        said = dice.pick((_instead(dice, new), f"{new} instead of the {noun}", f"no {noun}, {new}",
            f"replace the {noun} with {new}", f"swap the {noun} for {new}", f"not a {noun}, {new}", f"make it {new}",
            f"{new} would look better"))
        return said, built(new)

    new = article(f"{tint} {noun}")
    return Done(tail.replace("{w}", new), built(new), (f"the {noun}", f"the {tint} {noun}", f"the {noun}"), revise,
        True)


def staged(dice: Dice) -> Done:
    """ "change the background to a beach"."""
    where = place(dice)
    pattern = dice.pick(("change the background to {p}", "replace the background with {p}", "make the background {p}",
        "put {w} in {p}")).replace("{w}", dice.pick(("her", "him", "the woman", "the man", "them")))

    def revise(dice: Dice) -> Revised:
        other = place(dice)
        said = dice.pick((_instead(dice, other), _instead(dice, other), f"{other} instead of {where}",
            f"make it {other}", f"make the background {other}", f"not {where}, {other}",
            f"a different background: {other}", f"change the background to {other}", f"try {other} instead"))
        return said, edit(pattern.replace("{p}", other))

    return Done(pattern.replace("{p}", where), edit(pattern.replace("{p}", where)), ("the background",
        "the new background", "the background change"), revise)


def cropped(dice: Dice) -> Done:
    ratio = dice.pick(("1:1", "4:5", "16:9", "3:2", "9:16", "4:3", "5:4", "2:1"))
    said = dice.pick((f"crop to {ratio}", f"crop it to {ratio}", f"{ratio} please", f"make it {ratio}"))
    if ratio == "1:1":
        said = dice.pick(("crop to a square", "square crop", "crop it square", "make it square"))



    def revise(dice: Dice) -> Revised:
        other = dice.pick([one for one in ("1:1", "4:5", "16:9", "3:2", "9:16", "4:3", "5:4", "21:9", "7:5") if one !=
            ratio])
        words = other if other != "1:1" else dice.pick(("square", "a square", "1:1"))
        return dice.pick((_instead(dice, words), _instead(dice, words), f"make the crop {words}",
            f"crop to {words} instead", f"change the crop to {words}", f"make it {words} instead")), exact("crop",
            aspect=other)

    return Done(said, exact("crop", aspect=ratio), ("the crop", "the cropping", "the crop"), revise)


def bordered(dice: Dice) -> Done:
    words, name = ink_of(dice, 0.1)
    width = dice.pick((5, 10, 12, 20, 30, 40, 50, 60, 80))

    def revise(dice: Dice) -> Revised:
        if dice.chance(0.5):
            other_words, other = ink_of(dice, 0.1)
            said = dice.pick((f"make the border {other_words}", f"{other_words} border instead", _instead(dice,
                other_words), f"the frame should be {other_words}", f"border in {other_words}",
                f"the border in {other_words} please", f"change the border color to {other_words}"))
            return said, exact("border", px=width, color=other)
        return _another_width(dice, width, lambda px: exact("border", px=px, color=name), "the border")

    return Done(f"add a {width} px {words} border", exact("border", px=width, color=name), ("the border", "the frame",
        "the border"), revise)


def _another_width(dice: Dice, width: int, built: Callable[[int], AnyStep], name: str) -> Revised:
    kind = dice.number(0, 3)
    if kind == 0:
        return dice.pick((f"make {name} twice as thick", f"{name} twice as wide", f"double {name}")), built(width * 2)
    if kind == 1 and width % 2 == 0:
        return dice.pick((f"make {name} half as thick", "half of that", "half as wide", "half the width")), built(
            width // 2)
    said, px = pixels(dice, 2, 120)
    return dice.pick((f"make {name} {'thicker' if px > width else 'thinner'}, {said}", f"{said} instead",
        f"no, {said}", f"{name} should be {said}", f"{name}: {said}", f"make it {said}",
        f"{'thicker' if px > width else 'thinner'}, {said}", f"{said} is better")), built(px)


_TONES = (("contrast", 1, ("the contrast",)), ("saturation", 1, ("the saturation", "the colors")), ("shadows", 1, (
    "the shadows",)), ("highlights", 1, ("the highlights",)), ("exposure", 1, ("the exposure", "the brightness")), (
    "blur", 0, ("the blur",)), ("sharpen", 0, ("the sharpening", "the sharpness")), ("vignette", 0, ("the vignette",)),
    ("grain", 0, ("the grain", "the film grain")), ("denoise", 0, ("the noise reduction",)), ("sepia", 0, (
    "the sepia", "the sepia tone")))


def toned(dice: Dice) -> Done:
    """A change by percent, with a place or without."""
    op, signed, names = dice.pick(_TONES)
    value = dice.number(1, 9) * 10 if dice.chance(0.7) else dice.number(1, 18) * 5
    value = -value if signed and dice.chance(0.35) else value
    where: dict[str, Any] = {"where": region(dice)} if op != "vignette" and dice.chance(0.4) else {}

    def built(percent: float, places: dict[str, Any] = where) -> AnyStep:
        return exact(op, percent=percent, **places)

    def revise(dice: Dice) -> Revised:
        kind, name, sign = dice.number(0, 9), dice.pick(names), -1 if value < 0 else 1
        if kind <= 2 and abs(value) % 2 == 0:
            return dice.pick(("half of that", "half as much", "only half of that", f"{name}: half as much",
                "too much, half of that", "cut that in half", "half that", f"half of {name} please",
                "too strong, half of it is enough")), built(value / 2)
        if kind == 3 and abs(value) <= 45:
            said = dice.pick(("twice as much", "double that", f"double {name}", "twice that", "twice as strong"))
            return said, built(value * 2)
        if kind <= 5 and where:
            other = region(dice)
            return dice.pick((f"no, the {other}", f"i meant the {other}", f"not the {where['where']}, the {other}",
                f"on the {other} instead", f"the {other} instead of the {where['where']}")), built(value, {"where":
                other})
        other = dice.number(1, 19) * 5
        words = dice.pick((f"{other}%", f"{other}", f"{other} percent", f"{number_words(other)} percent"))
        way = "more" if other > abs(value) else "less"
        return dice.pick((f"make that {words}", f"{words} instead", f"no, {words}", f"{name} at {words}",
            f"{way}, {words}", f"set {name} to {words}", f"make it {words}", f"i'd say {words}",
            f"not {abs(value)}, {words}", f"{name} should be {words}", f"a bit {way}: {words}")), built(sign *
            other)

    said = f"{op} {value}%" if not where else f"{op} {value}% on the {where['where']}"
    return Done(said, built(value), names, revise)


def stopped(dice: Dice) -> Done:
    """Exposure in stops."""
    value = dice.pick((0.5, 1, 1.5, 2, -0.5, -1, -2, 0.33, -0.33, 0.7))

    def revise(dice: Dice) -> Revised:
        if dice.chance(0.35) and value not in (0.33, -0.33, 0.7):
            return dice.pick(("half of that", "too much, half of that", "half as much", "only half")), exact(
                "exposure", stops=value / 2)
        other, words = dice.pick(((0.5, "half a stop"), (1, "one stop"), (1.5, "a stop and a half"), (2,
            "two stops"), (0.33, "a third of a stop"), (0.7, "0.7 stops"), (0.25, "a quarter stop")))
        return dice.pick((f"{words} instead", f"no, {words}", f"make that {words}", f"only {words}",
            f"{words} is enough", f"i meant {words}")), exact("exposure", stops=other if value > 0 else -other)

    return Done(f"exposure {as_digits(value)} stops", exact("exposure", stops=value), ("the exposure",
        "the brightening" if value > 0 else "the darkening", "the exposure change"), revise)


def written(dice: Dice) -> Done:
    """Words on the picture."""
    words, (said_color, ink) = quoted(dice), ink_of(dice, 0.1)
    fields: dict[str, Any] = {"text": words, "position": dice.pick(POSITIONS)}
    fields |= {"color": ink} if dice.chance(0.6) else {}
    fields |= {"size": dice.number(2, 12) * 10} if dice.chance(0.3) else {}

    def revise(dice: Dice) -> Revised:
        kind = dice.number(0, 9)
        name = dice.pick(("the text", "the text", "the caption", "the words", "the writing", "the title"))
        if kind <= 2:
            other_words, other = ink_of(dice, 0.15)
            return dice.pick((f"make {name} {other_words}", f"{name} in {other_words}",
                f"{other_words} letters please", f"{name} should be {other_words}",
                f"change {name} color to {other_words}", _instead(dice, other_words))), exact("text", **{**fields,
                "color": other})
        if kind <= 5:
            new = quoted(dice)
            shown = in_quotes(dice, new)
            return dice.pick((f"change {name} to {shown}", f"{name} should say {shown}", f"no, write {shown}",
                f"make {name} say {shown}", f"{shown} instead", f"i meant {shown}", f"replace {name} with {shown}",
                f"it should read {shown}")), exact("text", **{**fields, "text": new})
        if kind <= 7:
            where = dice.pick([one for one in POSITIONS if one != fields["position"]])
            return dice.pick((f"move {name} to the {where}", f"put {name} at the {where}",
                f"{name} at the {where} instead", f"no, at the {where}", f"{where} instead",
                f"{name} should be at the {where}")), exact("text", **{**fields, "position": where})
        if "size" in fields and kind == 8:
            return dice.pick((f"make {name} twice as big", f"{name} twice as large", "double the size")), exact(
                "text", **{**fields, "size": fields["size"] * 2})
        said, px = pixels(dice, 10, 300)
        return dice.pick((f"make {name} bigger, {said}", f"{name} size {said}", f"{said} high please",
            f"{name} at {said}", f"smaller, {said}" if px < 60 else f"bigger, {said}")), exact("text", **{**fields,
            "size": px})

    tail = f" in {said_color}" if "color" in fields else ""
    return Done(f"write {in_quotes(dice, words)} at the {fields['position']}{tail}", exact("text", **fields), (
        "the text", "the caption", "the words", "the writing"), revise)


def filled(dice: Dice) -> Done:
    words, name = ink_of(dice, 0.2)

    def revise(dice: Dice) -> Revised:
        other_words, other = ink_of(dice, 0.2)
        if dice.chance(0.15):
            return dice.pick(("make it transparent instead", "no, transparent", "transparent instead",
                "transparent please")), exact("fill", where="background", color="transparent")
        return dice.pick((_instead(dice, other_words), f"make the background {other_words}",
            f"{other_words} background instead", f"the background should be {other_words}",
            f"{other_words} instead of {words}")), exact("fill", where="background", color=other)

    return Done(f"make the background {words}", exact("fill", where="background", color=name), ("the background",
        "the background color", "the fill", f"the {words} background"), revise)


def turned(dice: Dice) -> Done:
    degrees, back = dice.pick((90, 90, 45, 5, 10, 30)), dice.chance(0.5)
    way = {"direction": "counterclockwise" if back else "clockwise"}

    def revise(dice: Dice) -> Revised:
        if dice.chance(0.6):
            other = "clockwise" if back else "counterclockwise"
            return dice.pick(("the other way", "other direction", "wrong way", "no, the other way",
                "the other direction please", "no, the other way round",
                f"to the {'right' if back else 'left'} instead", f"no, {other}")), exact("rotate", degrees=degrees,
                direction=other)
        value = dice.pick((90, 180, 45, 15, 20, 3))
        return dice.pick((f"{value} degrees instead", f"no, {value}°", f"make that {value} degrees",
            f"only {value} degrees" if value < degrees else f"{value} degrees")), exact("rotate", degrees=value, **
            way)

    return Done(f"rotate {degrees} degrees {way['direction']}", exact("rotate", degrees=degrees, **way), (
        "the rotation", "the turn", "the rotation"), revise)


def plain(dice: Dice) -> Done:
    """A step without amounts, of which people only say that it should go."""
    said, step, names = dice.pick((("black and white", exact("black_and_white"), ("the black and white", "the b&w",
        "black and white")), ("flip it", exact("flip"), ("the flip", "the mirroring")), ("mirror it", exact("flip"), (
        "the mirroring", "the flip")), ("auto enhance", exact("auto"), ("the auto enhance", "the enhancement")), (
        "straighten it", exact("straighten"), ("the straightening", "the straightening")), ("make it warmer", exact(
        "temperature", direction="warmer"), ("the warmth", "the warm tone")), ("add a vignette", exact("vignette"), (
        "the vignette", "the dark corners")), ("add film grain", exact("grain"), ("the grain", "the film grain")), (
        "pixelate the faces", exact("pixelate", where="faces"), ("the pixelation", "the pixels")), (
        "blur the background", exact("blur", where="background"), ("the blur", "the background blur")), ("sharpen it",
        exact("sharpen"), ("the sharpening",)), ("make it sepia", exact("sepia"), ("the sepia", "the sepia tone")), (
        "boost the saturation", exact("saturation", direction="up"), ("the saturation", "the color boost")), (
        "more contrast", exact("contrast", direction="up"), ("the contrast", "the extra contrast")),))

    def revise(dice: Dice) -> Revised:
        value = dice.number(1, 9) * 10
        if step.op in ("grain", "blur", "sharpen", "sepia", "vignette", "black_and_white", "auto"):
            where = {"where": "background"} if step.op == "blur" else {}
            return dice.pick((f"only {value}%", f"{value} percent", f"{names[0]} at {value}%",
                f"make {names[0]} {value}%", f"{names[0]} only {value} percent")), exact(step.op, percent=value, **
                where)
        if step.op in ("saturation", "contrast"):
            return dice.pick((f"only {value}%", f"by {value} percent", f"{names[0]} +{value}")), exact(step.op,
                percent=value)
        if step.op == "temperature":
            return dice.pick(("no, cooler", "cooler instead", "the other way, cooler", "i meant cooler")), exact(
                "temperature", direction="cooler")
        if step.op == "pixelate":
            other = dice.pick(("license plate", "sign", "logo", "name tag"))
            return dice.pick((f"no, the {other}", f"i meant the {other}", f"not the faces, the {other}")), exact(
                "pixelate", where=other)
        if step.op == "flip":
            return dice.pick(("no, vertically", "vertically instead", "the other way, vertically",
                "upside down instead")), exact("flip", direction="vertical")
        return dice.pick((f"by {value // 10} degrees", f"only {value // 10} degrees", f"no, by {value // 10}°")), exact(
            "straighten", degrees=value // 10)

    return Done(said, step, names, revise)


def drawn(dice: Dice) -> Done:
    """The drawing that a sketch begins with; to have it otherwise is to draw again, so that nothing is revised."""
    piece = draw(dice)

    def revise(dice: Dice) -> Revised:
        raise ValueError("a drawing is drawn again, not revised")

    return Done(piece.say, piece.steps[0], ("the drawing",), revise)


KINDS: dict[Callable[[Dice], Done], float] = {added: 5, colored: 3, dressed: 4, staged: 2, cropped: 2, bordered: 2,
    toned: 4, stopped: 1, written: 2.5, filled: 1.2, turned: 0.8, plain: 4,}
