"""Light, color and detail in people's words: exposure, contrast, warmth, black and white, blur and their kind."""

# Sayings fill the lines, they do not stand one below the other.
# fmt: off

from __future__ import annotations

from collections.abc import Callable

from assistant.sketchbook.language.plan_amounts import color, percent, pixels, plain_percent, stops
from assistant.sketchbook.language.plan_dice import Dice
from assistant.sketchbook.language.plan_piece import Piece, exact
from assistant.sketchbook.language.plan_things import region

WHOLE = "[it|the picture|the photo|the image|this|everything|the whole picture|the whole thing|the shot]"
BIT = "[||||a bit|a little|a touch|slightly|a little bit|a lot|much|way|somewhat|just a touch|a tad]"
_DARKEST = 95
"""Percent of the light that may be taken away."""
_BUT = "[everything but|everything except|everything except for|all but|everything other than|anything but]"


def somewhere(dice: Dice, share: float = 0.45, inverted: float = 0.08) -> tuple[str, dict[str, object]]:
    """What a step works on, as a noun phrase, and the field for it; "it" or the like for the whole picture."""
    if not dice.chance(share):
        return dice.say(WHOLE), {}
    phrase = region(dice)
    if dice.chance(inverted / share):
        return f"{dice.say(_BUT)} the {phrase}", {"where": {"phrase": phrase, "invert": True}}
    if dice.chance(0.08):
        owner = dice.pick(("his", "her"))
        part = dice.pick(("face", "eyes", "shirt", "dress", "hair", "jacket", "skin", "hands"))
        return f"{owner} {part}", {"where": {"phrase": f"{owner} {part}"}}
    return f"the {phrase}", {"where": {"phrase": phrase}}


def _moved(dice: Dice, op: str, up: str, down: str, amount: tuple[str, str, float] | None = None) -> Piece:
    """A change up or down; with an amount, `by` it. Patterns hold {x} and {by}."""
    rises = dice.chance(0.5) or bool(op == "exposure" and amount and amount[1] == "percent" and amount[2] > _DARKEST)
    what, where = somewhere(dice)
    pattern = dice.say(up if rises else down)
    by, fields = "", {"direction": "up" if rises else "down"}
    if amount:
        words, field, value = amount
        by, fields = words, {field: value if rises else -value}
    if where and "{x}" not in pattern:
        pattern += " " + (" in {x}" if dice.chance(0.7) else "on {x}")
    if amount and "{by}" not in pattern:
        pattern += " {by}"
    if not amount and "{by}" in pattern:
        pattern = pattern.replace("{by}", dice.say(BIT))
    said = dice.say(pattern, {"x": what, "by": by})
    verb = said.split()[0] in _VERBS
    return Piece(said, (exact(op, **fields, **where),), "do" if verb else "terse")


_VERBS = frozenset(["make", "brighten", "lighten", "darken", "dim", "raise", "lower", "increase", "decrease", "boost",
    "reduce", "turn", "bump", "drop", "lift", "pull", "bring", "push", "open", "deepen", "recover", "crush", "add",
    "give", "take", "desaturate", "saturate", "mute", "tone", "up", "expose", "underexpose", "overexpose", "pop",
    "intensify", "soften", "flatten", "tame", "cut", "fade", "let", "get", "crank", "dial", "tweak", "go"])


def exposure(dice: Dice) -> Piece:
    if dice.chance(0.12):
        rises = dice.chance(0.5)
        said = dice.say("[it's|it is|the picture is|the photo is|this is] [too|way too|a bit too|much too|"
            "rather] [{w}]", {"w": "dark" if rises else "bright"})
        return Piece(said, (exact("exposure", direction="up" if rises else "down"),), "wish")
    amount = None
    if dice.chance(0.6):
        words, value = stops(dice)
        amount = (dice.say("by {s}", {"s": words}), "stops", value)
        if dice.chance(0.35):
            words, value = percent(dice)
            amount = (f"by {words}", "percent", value)
        elif dice.chance(0.3):
            return _signed_exposure(dice, words, value)
    up = ("[brighten {x} {by}|make {x} brighter {by}|lighten {x} {by}|brighten {x} up {by}|brighten up {x} {by}|"
        "raise the exposure {by}|increase the exposure {by}|increase exposure {by}|raise the brightness {by}|"
        "turn the brightness up {by}|bump up the exposure {by}|make {x} {by} brighter|more light|brighter {by}|"
        "lighter|lift the exposure {by}|increase brightness {by}|push the exposure {by}|"
        "turn up the brightness of {x} {by}]")
    down = ("[darken {x} {by}|make {x} darker {by}|dim {x} {by}|lower the exposure {by}|reduce the exposure {by}|"
        "decrease the brightness {by}|turn the brightness down {by}|bring the exposure down {by}|"
        "make {x} {by} darker|less light|darker {by}|drop the exposure {by}|pull the exposure down {by}|"
        "underexpose {x} {by}|decrease exposure {by}|tone down the brightness of {x} {by}]")
    return _moved(dice, "exposure", up, down, amount)


def _signed_exposure(dice: Dice, words: str, value: float) -> Piece:
    rises = dice.chance(0.5)
    sign, way = ("+", "up") if rises else (dice.pick(("-", "−", "minus ")), "down")
    what, where = somewhere(dice, 0.2)
    said = dice.pick((f"exposure {sign}{value:g}", f"{sign}{value:g} {dice.pick(('stops', 'ev', 'EV'))}",
        f"{words} {'brighter' if rises else 'darker'}", f"exposure {way} {words}", f"exposure {way} by {words}",
        f"set exposure to {sign}{value:g}"))
    if where:
        said += f" {dice.pick(('for', 'on', 'in'))} {what}"
    return Piece(said, (exact("exposure", stops=value if rises else -value, **where),), "terse")


def _by_percent(dice: Dice, share: float) -> tuple[str, str, float] | None:
    if not dice.chance(share):
        return None
    words, value = plain_percent(dice)
    return f"by {words}", "percent", value


def _level(dice: Dice, op: str, name: str) -> Piece:
    """ "contrast +20", "saturation at -15"."""
    value = dice.number(1, 16) * 5 if dice.chance(0.8) else dice.number(1, 90)
    rises = dice.chance(0.5)
    sign = dice.pick(("+", "+", "plus ")) if rises else dice.pick(("-", "−", "minus "))
    unit = dice.pick(("", "", "%"))
    what, where = somewhere(dice, 0.15, 0)
    said = dice.say("[|set |put ]{n} [|to |at ]{v}", {"n": name, "v": f"{sign}{value}{unit}"}) + (f" in {what}" if
        where else "")
    return Piece(said, (exact(op, percent=value if rises else -value, **where),), "terse")


def contrast(dice: Dice) -> Piece:
    if dice.chance(0.15):
        return _level(dice, "contrast", "contrast")
    up = ("[more contrast {by}|increase the contrast {by}|raise the contrast {by}|boost contrast {by}|"
        "add {by} contrast|turn up the contrast {by}|make {x} {by} more contrasty|bump the contrast {by}|"
        "give {x} {by} more contrast|contrast up {by}|increase the contrast of {x} {by}|up the contrast {by}|"
        "higher contrast]")
    down = ("[less contrast {by}|lower the contrast {by}|reduce the contrast {by}|decrease contrast {by}|"
        "turn down the contrast {by}|take {by} contrast out|soften the contrast {by}|contrast down {by}|"
        "reduce the contrast of {x} {by}|bring the contrast down {by}|drop the contrast {by}]")
    amount = _by_percent(dice, 0.45)
    if amount:
        up, down = up.replace("add {by} contrast", "add contrast {by}").replace("{by} more", "more"), down.replace(
            "take {by} contrast out", "cut contrast {by}")
    return _moved(dice, "contrast", up, down, amount)


def highlights(dice: Dice) -> Piece:
    if dice.chance(0.2):
        return _level(dice, "highlights", "highlights")
    up = ("[raise the highlights {by}|brighten the highlights {by}|push the highlights {by}|highlights up {by}|"
        "lift the highlights {by}|boost the highlights {by}|increase the highlights {by}]")
    down = ("[recover the highlights {by}|bring down the highlights {by}|lower the highlights {by}|"
        "pull the highlights down {by}|reduce the highlights {by}|tame the highlights {by}|"
        "bring back the highlights {by}|tone down the highlights {by}|highlights down {by}|"
        "darken the highlights {by}]")
    return _moved(dice, "highlights", up, down, _by_percent(dice, 0.5))


def shadows(dice: Dice) -> Piece:
    if dice.chance(0.2):
        return _level(dice, "shadows", "shadows")
    up = ("[lift the shadows {by}|raise the shadows {by}|open up the shadows {by}|brighten the shadows {by}|"
        "open the shadows {by}|shadows up {by}|bring up the shadows {by}|lighten the shadows {by}|"
        "pull up the shadows {by}]")
    down = ("[deepen the shadows {by}|darken the shadows {by}|lower the shadows {by}|crush the shadows {by}|"
        "make the shadows darker {by}|shadows down {by}|drop the shadows {by}|pull the shadows down {by}]")
    return _moved(dice, "shadows", up, down, _by_percent(dice, 0.5))


def saturation(dice: Dice) -> Piece:
    if dice.chance(0.15):
        return _level(dice, "saturation", "saturation")
    up = ("[more saturation {by}|increase the saturation {by}|boost the saturation {by}|"
        "make {x} more saturated {by}|make the colors pop {by}|boost the colors {by}|"
        "make the colors stronger {by}|saturate {x} {by}|more vivid colors|make {x} more vivid {by}|"
        "raise the saturation of {x} {by}|turn up the colors {by}|intensify the colors {by}|"
        "crank up the saturation {by}|make the colours more intense {by}]")
    down = ("[less saturation {by}|reduce the saturation {by}|lower the saturation {by}|desaturate {x} {by}|"
        "make {x} less saturated {by}|mute the colors {by}|tone down the colors {by}|make the colors paler {by}|"
        "desaturate {x} {by}|decrease saturation {by}|fade the colors {by}|turn down the saturation of {x} {by}]")
    return _moved(dice, "saturation", up, down, _by_percent(dice, 0.45))


def temperature(dice: Dice) -> Piece:
    what, where = somewhere(dice, 0.3)
    if dice.chance(0.25):
        kelvin = dice.number(20, 100) * 100 if dice.chance(0.9) else dice.number(2000, 12000)
        said = dice.say("[set the white balance to|color temperature|set the temperature to|white balance|"
            "temperature|make it|wb|change the white balance to|put the color temperature at] {k}[K| K|k| kelvin|"
            " Kelvin]", {"k": str(kelvin)})
        return Piece(said + (f" in {what}" if where else ""), (exact("temperature", kelvin=kelvin, **where),), "do" if
            said.split()[0] in ("set", "make", "change", "put") else "terse")
    warm = dice.chance(0.55)
    words = "warmer" if warm else dice.pick(("cooler", "colder"))
    if dice.chance(0.35):
        by, value = plain_percent(dice)
        said = dice.say("[make {x} {w} by {b}|make {x} {b} {w}|{w} by {b}|{v} {x} by {b}]", {"x": what, "w": words,
            "b": by, "v": "warm up" if warm else "cool down"})
        if where and what not in said:
            said += f" in {what}"
        return Piece(said, (exact("temperature", percent=value if warm else -value, **where),), "do" if said.split()[
            0] in ("make", "warm", "cool") else "terse")
    pattern = ("[make {x} {b} {w}|{v} {x} {b}|make {x} {w}|make the light in {x} {b} {w}|give {x} a {w} tone|"
        "{b} {w}|{w} tones|{w} light|{v2} {x} up {b}|make the colors {b} {w}]")
    said = dice.say(pattern.replace("{b}", BIT), {"x": what, "w": words, "v": "warm up" if warm else "cool down", "v2":
        "warm" if warm else "cool"})
    if where and what not in said:
        said += f" in {what}"
    return Piece(said, (exact("temperature", direction="warmer" if warm else "cooler", **where),), "do" if said.split
        ()[0] in ("make", "warm", "cool", "give") else "terse")


def tint(dice: Dice) -> Piece:
    what, where = somewhere(dice, 0.25)
    amount = ""
    fields: dict[str, object] = {}
    if dice.chance(0.35):
        words, value = plain_percent(dice)
        amount = f"by {words}"
        fields["percent"] = value
    if dice.chance(0.5):
        way = dice.pick(("green", "magenta"))
        said = dice.say("[tint {x} {w} {a}|shift the tint towards {w} {a}|push the tint to {w} {a}|"
            "a bit more {w} in the tint {a}|move the tint towards {w} {a}|add some {w} tint {a}|{w} tint {a}|"
            "shift the white balance to {w} {a}]", {"x": what, "w": way, "a": amount})
        fields["direction"] = way
    else:
        words, value = color(dice, 0.3)
        if value in ("green", "magenta"):
            words = value = "blue"
        said = dice.say("[tint {x} {w} {a}|give {x} a {w} tint {a}|add a {w} tint {a}|{w} color cast {a}|"
            "tint {x} with {w} {a}|{w} tint over {x} {a}|add a {w} color cast {a}]", {"x": what, "w": words, "a":
            amount})
        fields["color"] = value
    if where and what not in said:
        said += f" in {what}"
    return Piece(said, (exact("tint", **fields, **where),), "do" if said.split()[0] in ("tint", "shift", "push",
        "move", "add", "give") else "terse")


def _look(op: str, patterns: str, amounts: str, share: float = 0.3, region_share: float = 0.3) -> Callable[[Dice],
    Piece]:
    """An operation with a strength of 0 to 100: with `{a}` percent said, or without."""

    def piece(dice: Dice) -> Piece:
        what, where = somewhere(dice, region_share)
        fields: dict[str, object] = {}
        if dice.chance(share):
            words, fields["percent"] = plain_percent(dice, 10, 100)
            words = words if not words.isalpha() else f"{words} percent" if "percent" not in words else words
            said = dice.say(amounts, {"x": what, "a": words})
        else:
            said = dice.say(patterns, {"x": what})
        if where and what not in said:
            said += f" {dice.pick(('in', 'on', 'for'))} {what}"
        verb = said.split()[0] in ("make", "convert", "turn", "add", "apply", "sharpen", "blur", "denoise", "remove",
            "reduce", "give", "put", "soften", "fix", "improve", "enhance", "clean", "smooth", "darken", "take",
            "auto-enhance", "set", "desaturate", "optimize")
        return Piece(said, (exact(op, **fields, **where),), "do" if verb else "terse")

    return piece


black_and_white = _look("black_and_white", "[make {x} black and white|convert {x} to black and white|"
    "turn {x} black and white|black and white|b&w|bw|{x} in black and white|make {x} monochrome|make {x} b&w|"
    "convert {x} to grayscale|grayscale|monochrome|turn {x} into black and white|take all the color out of {x}|"
    "make {x} grayscale|remove all color from {x}|greyscale|turn {x} black & white|make {x} bw]", "[make {x} {a} "
    "black and white|black and white at {a}|{a} black and white|convert {x} to black and white, {a}|"
    "black and white with {a} strength]", 0.1,)
sepia = _look("sepia", "[make {x} sepia|sepia|sepia tone|add a sepia tone|apply sepia to {x}|turn {x} sepia|"
    "give {x} a sepia tone|apply a sepia filter|sepia look|give {x} a sepia look|sepia effect]", "[sepia at {a}|"
    "{a} sepia|apply sepia at {a}|make {x} sepia, {a}|add {a} sepia|sepia {a}]", 0.3, 0.15,)
auto = _look("auto", "[auto enhance|enhance {x}|make {x} look nicer|improve {x}|auto levels|fix the colors|"
    "make {x} look better|auto correct {x}|auto-enhance {x}|fix the exposure and colors automatically|"
    "make {x} nicer|make {x} prettier|auto white balance|clean up the colors|optimize {x}|just make {x} look good|"
    "auto fix|auto adjust|auto tone|improve the picture quality|enhance the colors automatically]", "[auto "
    "enhance at {a}|auto correct {x} at {a}|enhance {x} by {a}]", 0.06, 0.06,)
sharpen = _look("sharpen", "[sharpen {x}|make {x} sharper|make {x} crisper|sharpen {x} a bit|sharper|"
    "more sharpness|add some sharpness|make {x} crisp|give {x} more sharpness|sharpen {x} up|sharpen up {x}|"
    "add sharpness|a little sharper|make {x} a bit sharper]", "[sharpen {x} by {a}|sharpening {a}|sharpen {x} {a}|"
    "sharpness {a}|add {a} sharpness|sharpen {x} at {a}]", 0.35, 0.4,)
denoise = _look("denoise", "[denoise {x}|remove the noise|reduce the noise|less noise|reduce noise in {x}|"
    "clean up the noise|noise reduction|get rid of the noise|remove noise from {x}|smooth out the noise|"
    "take the noise out|apply noise reduction|denoise]", "[denoise {x} by {a}|noise reduction {a}|"
    "reduce the noise by {a}|denoise {a}|denoise {x} at {a}|remove {a} of the noise]", 0.3, 0.3,)
vignette = _look("vignette", "[add a vignette|vignette|put a vignette on {x}|add a soft vignette|"
    "darken the corners|add a subtle vignette|darken the edges a bit|apply a vignette|a light vignette|"
    "give {x} a vignette|add a strong vignette|with a vignette|slight vignette|add some vignetting]", "[add a {a} "
    "vignette|vignette {a}|vignette at {a}|add a vignette of {a}|add a vignette with {a}|vignette strength {a}|"
    "put a vignette at {a}]", 0.35, 0,)
grain = _look("grain", "[add grain|add some film grain|add film grain|film grain|make {x} grainy|a bit of grain|"
    "add a little grain|give {x} some grain|some grain|apply film grain|add a touch of grain|grainy film look]",
    "[add {a} grain|grain {a}|grain at {a}|film grain {a}|add film grain at {a}|add grain, {a}|set grain to {a}|"
    "add {a} film grain]", 0.4, 0.08,)


def blur(dice: Dice) -> Piece:
    what, where = somewhere(dice, 0.85, 0.12)
    kind = dice.number(0, 9)
    if kind <= 1:
        words, value = pixels(dice, 2, 60)
        said = dice.say("[blur {x} with a radius of {r}|gaussian blur {r} on {x}|blur {x} by {r}|blur {x}, {r}|"
            "blur {x} with {r}|blur {x} radius {r}|{r} blur on {x}]", {"x": what, "r": words})
        return Piece(said, (exact("blur", radius=value, **where),), "do" if said.startswith("blur") else "terse")
    if kind <= 4:
        words, value = plain_percent(dice, 5, 90)
        words = words if not words.isalpha() else f"{words} percent" if "percent" not in words else words
        said = dice.say("[blur {x} by {a}|blur {x} {a}|{a} blur on {x}|add {a} blur to {x}|make {x} {a} blurrier|"
            "blur {x} at {a}]", {"x": what, "a": words})
        return Piece(said, (exact("blur", percent=value, **where),), "do" if said.split()[0] in ("blur", "add",
            "make") else "terse")
    if where.get("where") == {"phrase": "background"} and dice.chance(0.4):
        said = dice.pick(("background blur", "blurry background", "out of focus background", "blurred background",
            "throw the background out of focus", "background out of focus", "soft background"))
        return Piece(said, (exact("blur", **where),), "do" if said.startswith("throw") else "terse")
    said = dice.say("[blur {x}|blur {x}|blur out {x}|make {x} blurry|soften {x}|make {x} blurred|blur {x} a bit|"
        "make {x} out of focus|blur {x} slightly|put {x} out of focus|defocus {x}|add blur to {x}|make {x} softer|"
        "blur {x} strongly|blur {x} more]", {"x": what})
    return Piece(said, (exact("blur", **where),))


KINDS: dict[Callable[[Dice], Piece], float] = {exposure: 6, contrast: 3, highlights: 2, shadows: 2, saturation: 3,
    temperature: 3, tint: 1.5, black_and_white: 3, sepia: 1.5, auto: 1.5, sharpen: 2.5, blur: 5, denoise: 1.5,
    vignette: 2.5, grain: 2.5,}
