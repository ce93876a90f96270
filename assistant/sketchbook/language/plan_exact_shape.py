"""Where the pixels are, in people's words: crop, rotate, straighten, mirror, resize, bars and borders."""

# Sayings fill the lines, they do not stand one below the other.
# fmt: off

from __future__ import annotations

from collections.abc import Callable

from assistant.sketchbook.language.plan_amounts import aspect, color, degrees, percent, pixels
from assistant.sketchbook.language.plan_dice import Dice
from assistant.sketchbook.language.plan_piece import Mood, Piece, exact, said
from assistant.sketchbook.language.plan_things import known_thing

IT = "[it|the picture|the photo|the image|this|]"
SIDES = ("top", "bottom", "left", "right")
_SIDE = {"top": "[the top|top|the top edge|the top side]", "bottom":
    "[the bottom|bottom|the bottom edge|the lower edge]", "left": "[the left|left|the left side|the left edge|"
    "the left hand side]", "right": "[the right|right|the right side|the right edge|the right hand side]"}


_ASPECTS = ("[crop IT to {a}|crop IT to {a}|crop to {a}|{a} crop|crop {a}|make IT {a}|cut IT to {a}|crop IT in {a}|"
    "trim IT to {a}|reframe IT to {a}|change the aspect ratio to {a}|i need IT in {a}|crop IT down to {a}|"
    "crop IT {a}|" "format {a}]").replace("IT", IT)


def crop(dice: Dice) -> Piece:
    kind = dice.number(0, 19)
    if kind <= 8:
        words, ratio = aspect(dice)
        text = dice.say(_ASPECTS, {"a": words})
        return Piece(text, (exact("crop", aspect=ratio),), _mood(text, "crop make cut trim reframe change"))
    if kind <= 13:
        thing = known_thing(dice)
        what, phrase = thing.known, thing.known.removeprefix("the ")
        if dice.chance(0.3):
            words, ratio = aspect(dice)
            text = dice.say("[crop to {a} around {x}|crop IT to {a} on {x}|crop to {x} in {a}|crop in on {x}, {a}|"
                "crop IT around {x} to {a}|{a} crop around {x}|{a} crop of {x}]".replace("IT", IT), {"a": words, "x":
                what})
            return Piece(text, (exact("crop", aspect=ratio, subject=phrase),), _mood(text, "crop"))
        text = dice.say("[crop to {x}|crop in on {x}|crop IT around {x}|crop IT so only {x} is left|"
            "crop close to {x}|zoom in on {x}|crop tightly around {x}|crop so that {x} fills the frame|"
            "crop down to just {x}|crop to just {x}|crop on {x}|crop IT to {x}|zoom into {x}|"
            "crop so that only {x} remains]".replace("IT", IT), {"x": what})
        return Piece(text, (exact("crop", subject=phrase),))
    if kind <= 15:
        thing = known_thing(dice)
        phrase = thing.known.removeprefix("the ")
        text = dice.say("[crop out {x}|crop {x} out|crop {x} away|crop IT so that {x} is out|cut off {x}|"
            "crop IT so {x} is gone|crop IT to get rid of {x}|crop off {x}|crop without {x}|"
            "crop so you don't see {x}|crop IT so that {x} is not visible anymore]".replace("IT",
            "[it|the picture]"), {"x": thing.known})
        return Piece(text, (exact("crop", without=phrase),))
    side = dice.pick(SIDES)
    place = dice.say(_SIDE[side])
    if kind == 16:
        words, px = pixels(dice, 5, 400)
        fields: dict[str, object] = {"px": px}
    else:
        words, value = percent(dice, 5, 50)
        fields = {"percent": value}
    if words in ("a third", "half", "a quarter"):
        share = {"a third": "third", "half": "half", "a quarter": "quarter"}[words]
        text = dice.say("[cut|crop|trim|chop|take] [off the {s} {h}|the {s} {h} off|away the {s} {h}]", {"s": side,
            "h": share})
        return Piece(text, (exact("crop", side=side, **fields),))
    text = dice.say("[crop {w} off {p}|cut {w} off {p}|trim {w} from {p}|cut off {w} at {p}|take {w} off {p}|"
        "crop {w} from {p}|remove {w} from {p}|cut {w} from {p}|crop off {p} {w}|shave {w} off {p}|"
        "trim {p} by {w}|crop {p} by {w}|cut away {w} on {p}]", {"w": words, "p": place})
    return Piece(text, (exact("crop", side=side, **fields),))


def _mood(text: str, verbs: str) -> Mood:
    if text.split()[0] in verbs.split():
        return "do"
    return "wish" if text.startswith("i ") else "terse"


def rotate(dice: Dice) -> Piece:
    kind = dice.number(0, 9)
    left = dice.chance(0.5)
    way = "counterclockwise" if left else "clockwise"
    if kind <= 2:
        side = "left" if left else "right"
        text = dice.say("[rotate IT [to the |]{s}|turn IT to the {s}|rotate IT 90 degrees to the {s}|rotate {s}|"
            "turn IT a quarter turn to the {s}|rotate IT a quarter turn {s}|rotate IT 90° {s}|"
            "turn IT {s} by 90 degrees]".replace("IT", "[it|the picture|the photo|this]"), {"s": side})
        return Piece(text, (exact("rotate", degrees=90, direction=way),))
    if kind == 3:
        text = dice.say("[turn IT upside down|rotate IT by 180 degrees|rotate 180|rotate IT 180°|half a turn|"
            "rotate IT half a turn|turn IT around 180 degrees|upside down]".replace("IT",
            "[it|the picture|the photo|this]"))
        return Piece(text, (exact("rotate", degrees=180),), _mood(text, "turn rotate"))
    value = dice.pick((90, 90, 90, 270, 45, 30, 15, 5, 10, 60, 2, 3, 1.5, 20, 12, 7.5, 135, 25, 4))
    words = degrees(dice, value)
    if kind <= 5 and value <= 180:
        text = dice.say("[rotate IT [by |]{d}|turn IT {d}|rotate {d}|{d} rotation|rotate the whole thing {d}]".replace
            ("IT", "[it|the picture|the photo|this|the image]"), {"d": words})
        return Piece(text, (exact("rotate", degrees=value),), _mood(text, "rotate turn"))
    spoken = dice.pick(("counterclockwise", "counter-clockwise", "anticlockwise", "ccw", "counter clockwise",
        "to the left", "left", "anti-clockwise") if left else ("clockwise", "cw", "to the right", "right",
        "clockwise"))
    text = dice.say("[rotate IT [by |]{d} {w}|turn IT {d} {w}|rotate {d} {w}|rotate IT {w} by {d}|{d} {w}|"
        "turn {d} {w}|spin IT {d} {w}]".replace("IT", "[it|the picture|the photo|this|the image]"), {"d": words, "w":
        spoken})
    return Piece(text, (exact("rotate", degrees=value, direction=way),), _mood(text, "rotate turn spin"))


def straighten(dice: Dice) -> Piece:
    if dice.chance(0.2):
        value = dice.pick((1, 2, 3, 1.5, 0.5, 2.5, 4, 5))
        back = dice.chance(0.4)
        way = dice.pick(("counterclockwise", "to the left") if back else ("clockwise", "to the right", ""))
        words = f"{degrees(dice, value)} {way}"
        return said(dice, "[straighten it by {d}|straighten {d}|straighten the picture by {d}|"
            "straighten the horizon by {d}]", "straighten", {"d": words}, degrees=-value if back else value)
    pattern = ("[straighten IT|straighten the horizon|level the horizon|make the horizon straight|"
        "straighten IT up|level IT|fix the crooked horizon|fix the tilt|the horizon is crooked|"
        "the horizon is tilted|it's crooked|make the horizon level|correct the tilt|straighten the picture|"
        "straighten out the horizon|fix the tilted horizon|the picture is a bit tilted|get the horizon straight|"
        "horizon straight]")
    text = dice.say(pattern.replace("IT", "[it|the photo|the image|this]"))
    mood = "wish" if " is " in text or "it's" in text else _mood(text, "straighten level make fix correct get")
    return Piece(text, (exact("straighten"),), mood)


def flip(dice: Dice) -> Piece:
    if dice.chance(0.65):
        text = dice.say("[flip IT|mirror IT|flip IT horizontally|mirror IT horizontally|flip horizontally|"
            "flip IT left to right|mirror|mirror image|swap left and right|flip horizontal|flip IT sideways|"
            "horizontal flip|flip the whole picture left-right|reverse IT left to right|mirror the image|"
            "mirror it left to right]".replace("IT", "[it|the picture|the photo|this|the image]"))
        return Piece(text, (exact("flip"),), _mood(text, "flip mirror swap reverse") if text not in ("mirror",
            "mirror image") else "terse")
    text = dice.say("[flip IT vertically|flip IT upside down|mirror IT vertically|flip vertically|"
        "flip IT top to bottom|vertical flip|flip vertical|mirror IT top to bottom|flip IT on its head|"
        "mirror IT upside down]".replace("IT", "[it|the picture|the photo|this|the image]"))
    return Piece(text, (exact("flip", direction="vertical"),), _mood(text, "flip mirror"))


_SIDE_PX = (640, 800, 1000, 1024, 1080, 1200, 1280, 1350, 1440, 1500, 1600, 1920, 2000, 2048, 2400, 2560, 3000, 3840,
    4000, 500, 400, 300, 256, 512, 720)


def _side(dice: Dice) -> int:
    return dice.pick(_SIDE_PX) if dice.chance(0.75) else dice.number(100, 4000)


def resize(dice: Dice) -> Piece:
    kind, width, height = dice.number(0, 9), _side(dice), _side(dice)
    px = dice.pick((" px", "px", " pixels", "", " pixel"))
    it = "[it|the picture|the photo|the image|this]"
    if kind <= 3:
        both = dice.pick((f"{width}x{height}", f"{width} x {height}", f"{width} by {height}", f"{width}×{height}",
            f"{width}*{height}")) + dice.pick((px, ""))
        if dice.chance(0.12):
            text = dice.say(f"[resize {it} to {{b}} and [stretch it|distort it if needed|ignore the aspect ratio|"
                f"don't keep the proportions]|stretch {it} to {{b}}|squeeze {it} into {{b}}]", {"b": both})
            return Piece(text, (exact("resize", width=width, height=height, fit="stretch"),))
        text = dice.say(f"[resize {it} to {{b}}|resize to {{b}}|scale {it} to {{b}}|make {it} {{b}}|{{b}}|"
            f"export at {{b}}|crop and resize to {{b}}|i need {it} at {{b}}|size {{b}}|bring {it} to {{b}}|"
            f"crop {it} to {{b}}]", {"b": both})
        return Piece(text, (exact("resize", width=width, height=height),), _mood(text,
            "resize scale make export crop bring"))
    if kind == 4:
        return said(dice, f"[resize {it} to {{b}} wide|make {it} {{b}} wide|resize to a width of {{b}}|"
            f"scale {it} to {{b}} width|set the width to {{b}}|resize {it} to width {{b}}]", "resize", {"b":
            f"{width}{px}"}, width=width)
    if kind == 5:
        return said(dice, f"[resize {it} to {{b}} high|make {it} {{b}} tall|resize to a height of {{b}}|"
            f"scale {it} to {{b}} height|set the height to {{b}}|make {it} {{b}} high]", "resize", {"b":
            f"{height}{px}"}, height=height)
    if kind == 6:
        return said(dice, f"[resize {it} to {{b}} on the long side|long side {{b}}|scale the long edge to {{b}}|"
            f"resize {it} so the longest side is {{b}}|make the longest side {{b}}|"
            f"shrink {it} to {{b}} on the longest edge|resize to {{b}} long edge]", "resize", {"b": f"{width}{px}"},
            long_side=width)
    words, value = dice.pick((("half the size", 50), ("half size", 50), ("50%", 50), ("25%", 25), (
        "a quarter of its size", 25), ("twice the size", 200), ("200%", 200), ("75 percent", 75), ("150%", 150), (
        "a third of its size", 33), ("80%", 80), ("double the size", 200), ("40 percent", 40), ("300%", 300), ("10%",
        10), ("60 %", 60)))
    verb = "enlarge" if value > 100 else dice.pick(("shrink", "downsize", "reduce"))
    return said(dice, f"[resize {it} to {{b}}|scale {it} to {{b}}|resize to {{b}}|make {it} {{b}}|" f"{{v}} {it} "
        f"to {{b}}|resize the whole picture to {{b}}|downscale to {{b}}]" if value < 100 else f"[resize {it} to "
        f"{{b}}|scale {it} to {{b}}|upscale to {{b}}|{{v}} {it} to {{b}}]", "resize", {"b": words, "v": verb},
        percent=value)


def pad(dice: Dice) -> Piece:
    words, name = color(dice, 0.12)
    colored = dice.chance(0.7)
    fields: dict[str, object] = {"color": name} if colored else {}
    ink = words if colored else ""
    if dice.chance(0.5):
        said_aspect, ratio = aspect(dice)
        text = dice.say("[add {c} bars to make it {a}|pad it to {a} with {c}|pad to {a} {w}|letterbox to {a} {w}|"
            "make it {a} with {c} bars|add {c} bars to get {a}|put {c} bars around it to make it {a}|"
            "extend it to {a} with {c} bars|fill it up to {a} with {c}|{a} with {c} bars|"
            "don't crop, pad it to {a} {w}]".replace(" with {c}]", " {w}]").replace(" with {c}|", " {w}|"), {"c": ink,
            "a": said_aspect, "w": f"with {ink}" if ink else ""})
        return Piece(text, (exact("pad", aspect=ratio, **fields),), _mood(text,
            "add pad letterbox make put extend fill"))
    side = dice.pick(SIDES)
    if dice.chance(0.6):
        amount, value = pixels(dice, 10, 400)
        fields["px"] = value
    else:
        amount, value = percent(dice, 5, 50)
        amount = f"{int(value)}%" if amount.startswith(("a ", "half")) else amount
        fields["percent"] = value
    space = dice.pick(("space", "bars", "padding", "canvas", "margin")) if not colored else dice.pick(("space",
        "bars", "padding", ""))
    if dice.chance(0.4):
        text = dice.say("[add {n} of {c} {sp} all around|pad it by {n} {w}|add {n} {c} {sp} around it|"
            "{n} {c} padding|pad all sides by {n} {w}|put {n} of {c} {sp} around the picture]", {"n": amount, "c":
            ink, "sp": space or "padding", "w": f"with {ink}" if ink else ""})
    else:
        fields["side"] = side
        text = dice.say("[add {n} of {c} {sp} on {p}|add {n} of {c} {sp} at {p}|"
            "extend the canvas by {n} on {p} {w}|pad {p} by {n} {w}|add {n} {c} {sp} to {p}|"
            "put a {c} bar of {n} at {p}|add a {n} {c} bar at {p}]", {"n": amount, "c": ink, "sp": space or "space",
            "p": f"the {side}", "w": f"in {ink}" if ink else ""})
    return Piece(text, (exact("pad", **fields),), _mood(text, "add pad put extend"))


def border(dice: Dice) -> Piece:
    words, name = color(dice, 0.15)
    ink, fields = (words, {"color": name}) if dice.chance(0.85) else ("", {})
    amount, given = "", {"percent": 4.0}
    if dice.chance(0.6):
        if dice.chance(0.7):
            amount, value = pixels(dice, 2, 120)
            given = {"px": value}
        else:
            value = dice.number(1, 20)
            amount, given = dice.pick((f"{value}%", f"{value} percent", f"{number_of(value)} percent")), {"percent":
                float(value)}
    frame = dice.pick(("border", "border", "frame", "border", "outline around the picture", "edge"))
    text = dice.say("[add a {n} {c} {f}|{n} {c} {f}|put a {c} {f} around it {x}|add a {c} {f} {x}|"
        "give it a {n} {c} {f}|frame it in {c} {x}|a {n} {c} {f}|surround it with a {n} {c} {f}|"
        "put a {n} {c} {f} around the picture|make a {c} {f} {x}]" if ink else "[add a {n} {f}|"
        "put a {n} {f} around it|give it a {n} {f}|{n} {f}]", {"n": amount, "c": ink, "f": frame, "x": dice.pick((
        f", {amount}", f"of {amount}", f"with {amount}", f"{amount} wide")) if amount else ""})
    return Piece(text.replace(" ,", ","), (exact("border", **given, **fields),), _mood(text,
        "add put give frame surround make"))


def number_of(value: int) -> str:
    """A small number as people write it."""
    from assistant.sketchbook.language.plan_amounts import number_words

    return number_words(value)


KINDS: dict[Callable[[Dice], Piece], float] = {crop: 7, rotate: 3, straighten: 1.5, flip: 2.5, resize: 3, pad: 2,
    border: 2.5}
