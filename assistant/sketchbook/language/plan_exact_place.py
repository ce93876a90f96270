"""What is laid on a picture or done to one thing in it, in people's words: text, fill, outline, move and their kind."""

# Sayings fill the lines, they do not stand one below the other.
# fmt: off

from __future__ import annotations

from collections.abc import Callable

from assistant.sketchbook.language import plan_bank as bank
from assistant.sketchbook.language.plan_amounts import color, exact_color, pixels, position
from assistant.sketchbook.language.plan_dice import Dice
from assistant.sketchbook.language.plan_piece import Piece, exact
from assistant.sketchbook.language.plan_things import in_quotes, known_thing, known_thing_plain, quoted, region

_FONTS = (("bold", "bold"), ("italic", "italic"), ("serif", "serif"), ("a serif font", "serif"), ("sans serif",
    "sans"), ("a sans font", "sans"), ("mono", "mono"), ("bold italic", "bold italic"), ("Comic Sans", "Comic Sans"),
    ("Arial", "Arial"), ("Helvetica", "Helvetica"), ("Times New Roman", "Times New Roman"), ("Georgia", "Georgia"), (
    "Courier", "Courier"), ("Futura", "Futura"), ("Impact", "Impact"), ("Roboto", "Roboto"), ("a bold font", "bold"),
    ("serif letters", "serif"), ("bold letters", "bold"))


def text(dice: Dice) -> Piece:
    words = quoted(dice)
    fields: dict[str, object] = {"text": words}
    shown = in_quotes(dice, words)
    bare = dice.chance(0.22) and not words.endswith((".", "!")) and "," not in words
    place = looks = ink = ""
    if dice.chance(0.7):
        place, fields["position"] = position(dice)
        if dice.chance(0.05):
            place, fields["position"] = dice.pick((("in the lower third", "lower third"), ("in the upper third",
                "upper third"), ("in the bottom third", "bottom third")))
    if dice.chance(0.4):
        ink, fields["color"] = color(dice, 0.2)
        if ink.startswith("hex"):
            ink = str(fields["color"])
    if dice.chance(0.18):
        size, fields["size"] = pixels(dice, 10, 300)
        looks += dice.pick((f", {size}", f" at {size}", f", size {size}", f", {size} high"))
    if dice.chance(0.18):
        font, fields["font"] = dice.pick(_FONTS)
        looks += f" in {font}" if not looks and dice.chance(0.7) else f", {font}"
    if bare:
        said = _bare(dice, words, place, ink, looks)
    else:
        name = dice.pick(("text", "caption", "title", "words", "text", "headline", "heading", "watermark"))
        said = dice.say(_TEXTS if ink else _PLAIN_TEXTS, {"q": shown, "p": place, "c": ink, "n": name})
        said += looks
    verb = said.split()[0] in ("write", "add", "put", "place", "type", "set", "print", "overlay", "insert", "caption",
        "make")
    return Piece(" ".join(said.split()).replace(" ,", ","), (exact("text", **fields),), "do" if verb else "wish" if
        said.startswith("i ") else "terse")


def _bare(dice: Dice, words: str, place: str, ink: str, looks: str) -> str:
    """Without quotes the words end where the place begins, or the message."""
    tail = f" {place}" + (f" in {ink}" if ink else "") + looks
    return dice.pick(("write", "add the text", "put the words", "write the word" if " " not in words else "write",
        "caption:", "add a caption saying", "add text saying", "put", "text:")) + f" {words}{tail}"


_TEXTS = ("[write {q} {p} in {c}|add the {n} {q} {p} in {c}|put {q} {p} in {c} letters|add {c} text {q} {p}|"
    "write {q} in {c} {p}|{c} text {q} {p}|add a {c} {n} {p} that says {q}|add a {c} {n} {q} {p}|"
    "type {q} {p} in {c}|{q} {p} in {c}|set {q} {p} in {c}|write {p} in {c}: {q}|overlay {q} in {c} {p}|"
    "put a {c} {n} {p} saying {q}|write {q} on the picture {p} in {c}]")
_PLAIN_TEXTS = ("[write {q} {p}|add the {n} {q} {p}|put {q} {p}|add a {n} {p} that says {q}|type {q} {p}|"
    "add text {q} {p}|write {q} {p}|text {q} {p}|{q} {p}|place the words {q} {p}|add a {n} {q} {p}|"
    "overlay the text {q} {p}|put the text {q} {p}|i want it to say {q} {p}|print {q} {p}|write {p} {q}|"
    "caption it {q} {p}|add {q} {p}|write {q} on the photo {p}|insert the {n} {q} {p}]")


def paste(dice: Dice) -> Piece:
    number = 2 if dice.chance(0.8) else 3
    name = dice.pick((f"picture {number}", f"image {number}", f"photo {number}", "the second picture" if number == 2
        else "the third picture", "the other picture" if number == 2 else "picture 3", "the logo" if number == 2 else
        "picture 3", f"the logo from picture {number}", f"the logo (picture {number})", "my logo" if number == 2 else
        "image 3", "the second image" if number == 2 else "the third image"))
    fields: dict[str, object] = {"reference": number}
    place = size = ""
    if dice.chance(0.8):
        place, fields["position"] = position(dice)
    if dice.chance(0.4):
        value = dice.number(1, 16) * 5
        fields["percent"] = float(value)
        size = dice.pick((f"at {value}%", f"{value}% wide", f", {value} percent of the width", f"with {value}% width",
            f"at {value} percent"))
    said = dice.say("[paste|put|place|overlay|lay|add|stick|drop] {n} {p} {s}", {"n": name, "p": place or dice.pick((
        "on it", "on top", "on the picture", "")), "s": size}).replace(" ,", ",")
    return Piece(said, (exact("paste", **fields),), "do", None, number - 1)


def fill(dice: Dice) -> Piece:
    kind = dice.number(0, 9)
    words, name = color(dice, 0.3)
    if kind <= 2:
        said = dice.say("[make the background transparent|transparent background|remove the background|"
            "cut out the background|delete the background|background transparent|get rid of the background|"
            "knock out the background|erase the background|take the background out|"
            "i need a transparent background|background removed|no background]")
        return Piece(said, (exact("fill", where="background", color="transparent"),), "do" if said.split()[0] in (
            "make", "remove", "cut", "delete", "get", "knock", "erase", "take") else "wish" if said.startswith("i ")
            else "terse")
    if kind <= 7:
        plain = dice.pick(("", "plain ", "solid ", "", "simple ", "pure ")) if name != words or not words.startswith(
            "hex") else ""
        said = dice.say("[make the background {k}{c}|{k}{c} background|change the background to {k}{c}|"
            "set the background to {k}{c}|replace the background with {k}{c}|background {c}|"
            "fill the background with {k}{c}|put a {k}{c} background|put it on a {k}{c} background|"
            "background: {c}|paint the background {c}|give it a {k}{c} background|use a {k}{c} background|"
            "turn the background {k}{c}|i want a {k}{c} background]", {"c": words, "k": plain})
        return Piece(said, (exact("fill", where="background", color=name),), "wish" if said.startswith("i ") else
            "terse" if said.split()[0] not in ("make", "change", "set", "replace", "fill", "put", "paint", "give",
            "use", "turn") else "do")
    phrase = region(dice)
    said = dice.say("[fill the {x} with {c}|fill {x} in {c}|color over the {x} with {c}|fill in the {x} with {c}|"
        "flood the {x} with {c}|fill the {x} {c}|put solid {c} over the {x}]", {"x": phrase, "c": words})
    return Piece(said, (exact("fill", where=phrase, color=name),))


def recolor(dice: Dice) -> Piece:
    words, name = exact_color(dice)
    if dice.chance(0.3):
        old_words, old = color(dice, 0.4)
        words, name = color(dice, 0.6)
        said = dice.say("[change all the {o} to {c}|replace {o} with {c}|turn everything {o} into {c}|" "change "
            "{o} to {c} everywhere|make everything that is {o} {c}|recolor {o} to {c}|" "swap {o} for {c} "
            "everywhere|change all {o} pixels to {c}|replace the color {o} with {c}|" "everything {o} should be "
            "{c}|all {o} -> {c}|turn all {o} parts {c}|map {o} to {c}]", {"o": old_words, "c": words})
        verb = said.split()[0] in ("change", "replace", "turn", "make", "recolor", "swap", "map")
        return Piece(said, (exact("recolor", **{"color": name, "from": old}),), "do" if verb else "terse")
    phrase = region(dice) if dice.chance(0.3) else known_thing_plain(dice)
    said = dice.say("[make the {x} {c}|recolor the {x} to {c}|change the {x} to {c}|"
        "change the color of the {x} to {c}|color the {x} {c}|set the {x} to {c}|the {x} should be {c}|"
        "make the {x} exactly {c}|turn the {x} {c}|paint the {x} {c}|{x} in {c}|the {x} in {c}|"
        "give the {x} the color {c}|recolor {x} {c}]", {"x": phrase, "c": words})
    if phrase == "background":
        return Piece(said, (exact("fill", where=phrase, color=name),), "do" if not said.startswith(("the ", phrase))
            else "terse")
    return Piece(said, (exact("recolor", where=phrase, color=name),), "terse" if said.startswith(("the ", phrase))
        else "do")


def gradient(dice: Dice) -> Piece:
    pairs = [color(dice, 0.15) for _ in range(3 if dice.chance(0.15) else 2)]
    ways = {"down": ("from top to bottom", "downwards", ""), "up": ("from bottom to top", "upwards"), "right": (
        "from left to right", "to the right"), "left": ("from right to left", "to the left")}
    way = dice.weighted({"down": 4, "up": 1, "right": 1.5, "left": 0.7})
    phrase = region(dice) if dice.chance(0.55) else ""
    words = dice.pick(ways[way])
    fields: dict[str, object] = {"colors": tuple(name for _, name in pairs)}
    fields |= {"where": phrase} if phrase else {}
    fields |= {"direction": way} if words else {}
    said = dice.say("[put a gradient [from |]{c} {o} {w}|add a {c} gradient {o} {w}|gradient from {c} {o} {w}|"
        "{c} gradient {o} {w}|fill {f} with a gradient from {c} {w}|lay a gradient [from |]{c} {o} {w}|"
        "overlay a {c} gradient {o} {w}]", {"c": " to ".join(words for words, _ in pairs), "o": f"over the {phrase}"
        if phrase else dice.pick(("over it", "over the picture", "")), "f": f"the {phrase}" if phrase else "it", "w":
        words})
    return Piece(said, (exact("gradient", **fields),), "do" if said.split()[0] in ("put", "add", "fill", "lay",
        "overlay") else "terse")


def stroke(dice: Dice) -> Piece:
    phrase = known_thing_plain(dice) if dice.chance(0.8) else dice.pick(("face", "woman", "man", "logo", "sign",
        "dog", "sky"))
    words, name = color(dice, 0.15)
    fields: dict[str, object] = {"where": phrase}
    size = ""
    if dice.chance(0.5):
        size, fields["px"] = pixels(dice, 1, 40)
    ink = words if dice.chance(0.85) else ""
    if ink:
        fields["color"] = name
    said = dice.say("[outline the {x} in {c} {t}|add a {s} {c} outline around the {x}|" "draw a {s} {c} line "
        "around the {x}|put a {s} {c} outline around the {x}|stroke the {x} with {c} {t}|" "{s} {c} outline "
        "around the {x}|trace the {x} in {c} {t}|give the {x} a {s} {c} outline|"
        "add a {s} {c} stroke around the {x}]" if ink else "[outline the {x} {t}|add a {s} outline around the {x}|"
        "put a {s} outline around the {x}|give the {x} a {s} outline]", {"x": phrase, "c": ink, "s": size, "t":
        dice.pick((f", {size}", f"with {size}", f"{size} wide")) if size else ""}).replace(" ,", ",")
    return Piece(said, (exact("stroke", **fields),), "terse" if said.split()[0] not in ("outline", "add", "draw",
        "put", "stroke", "trace", "give") else "do")


_SECRETS = ("face", "faces", "license plate", "number plate", "name", "address", "sign", "phone number", "logo",
    "screen", "kids' faces", "man's face", "woman's face", "child's face", "text", "name tag", "credit card", "email",
    "people in the background", "street sign", "house number")


def pixelate(dice: Dice) -> Piece:
    phrase = dice.pick(_SECRETS) if dice.chance(0.75) else known_thing_plain(dice)
    fields: dict[str, object] = {"where": phrase}
    size = ""
    if dice.chance(0.2):
        words, fields["px"] = pixels(dice, 4, 60)
        size = dice.pick((f"with {words} blocks", f"in {words} blocks", f", block size {words}", f"at {words}"))
    said = dice.say("[pixelate the {x} {s}|pixelate {x} {s}|censor the {x} {s}|make the {x} unrecognizable {s}|"
        "anonymize the {x} {s}|pixelize the {x} {s}|hide the {x} behind pixels {s}|put a mosaic over the {x} {s}|"
        "mosaic the {x} {s}|make the {x} unreadable {s}|pixelate out the {x} {s}]", {"x": phrase, "s": size}).replace(
        " ,", ",")
    return Piece(said, (exact("pixelate", **fields),))


def move(dice: Dice) -> Piece:
    op = "move" if dice.chance(0.7) else "copy"
    thing = known_thing(dice)
    phrase = thing.known.removeprefix("the ")
    verb = dice.pick(("move", "shift", "push", "slide", "nudge", "move")) if op == "move" else dice.pick(("copy",
        "duplicate", "clone", "put a copy of"))
    if dice.chance(0.6):
        words, px = pixels(dice, 5, 300)
        way = dice.pick(("left", "right", "up", "down"))
        said = dice.say("[{v} {x} {n} {w}|{v} {x} {w} by {n}|{v} {x} {n} {t}]", {"v": verb, "x": thing.known, "n":
            words, "w": way, "t": f"to the {way}" if way in ("left", "right") else f"{way}wards"})
        return Piece(said, (exact(op, where=phrase, direction=way, px=px),))
    _, name = position(dice)
    place = {"top": "to the top", "bottom": "to the bottom", "center": dice.pick(("to the center", "to the middle",
        "into the middle of the frame", "into the center")), "left": dice.pick(("to the left edge",
        "to the left side", "all the way to the left")), "right": dice.pick(("to the right edge", "to the right side",
        "all the way to the right"))}.get(name) or dice.pick((f"to the {name}", f"into the {name} corner",
        f"to the {name} corner", f"to the {name} of the picture"))
    return Piece(f"{verb} {thing.known} {place}", (exact(op, where=phrase, position=name),))


def scale(dice: Dice) -> Piece:
    thing = known_thing(dice)
    phrase = thing.known.removeprefix("the ")
    value = dice.number(1, 16) * 5
    options = ((f"make {{x}} {value}% bigger", 100 + value), (f"make {{x}} {value} percent larger", 100 + value), (
        f"enlarge {{x}} by {value}%", 100 + value), (f"make {{x}} {value}% smaller", 100 - value), (
        f"shrink {{x}} by {value} percent", 100 - value), (f"scale {{x}} to {value}%", value), (
        f"scale {{x}} up by {value}%", 100 + value), (f"scale {{x}} down to {value} percent", value), (
        "make {x} twice as big", 200), ("double the size of {x}", 200), ("make {x} half as big", 50), (
        "halve the size of {x}", 50), ("make {x} three times as big", 300), ("make {x} a third smaller", 67), (
        "shrink {x} to half its size", 50), ("make {x} half the size", 50), ("enlarge {x} by a quarter", 125), (
        "make {x} one and a half times as big", 150), ("make {x} twice the size", 200), ("shrink {x} by a third",
        67), ("make {x} 1.5 times bigger", 150), ("make {x} 3x bigger", 300), ("blow {x} up to 200%", 200), (
        "make {x} double the size", 200), (f"scale {{x}} {100 + value}%", 100 + value), ("make {x} 2x as large",
        200),)
    pattern, result = dice.pick(options)
    return Piece(dice.say(pattern, {"x": thing.known}), (exact("scale", where=phrase, percent=result),))


def heal(dice: Dice) -> Piece:
    phrase = dice.pick(("scratch", "scratches", "stain", "spot", "spots", "pimple", "pimples", "dust", "power lines",
        "crack", "blemish", "blemishes", "sensor spots", "fold", "date stamp", *bank.PLURALS[-8:]))
    return Piece(dice.say("[heal the {x}|spot heal the {x}|heal {x}|heal away the {x}|" "use the healing brush on "
        "the {x}|content-aware fill the {x}]", {"x": phrase}), (exact("heal", where=phrase),))


KINDS: dict[Callable[[Dice], Piece], float] = {
    text: 8, fill: 4, recolor: 3, gradient: 1.5, stroke: 1.5, pixelate: 2.5, move: 2.5, scale: 2, heal: 0.5, paste: 1,
}
