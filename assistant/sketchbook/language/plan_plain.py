"""What people ask for most, said plainly and several at a time: a common wish must never be lost among its neighbours.

The other books teach the many ways to say one thing; this one teaches to say every thing of a long list.
"""

# Sayings fill the lines, they do not stand one below the other.
# fmt: off

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from assistant.sketchbook.language import plan_bank as bank
from assistant.sketchbook.language.plan_dice import Dice
from assistant.sketchbook.language.plan_generative import person
from assistant.sketchbook.language.plan_piece import Piece, edit, exact, said
from assistant.sketchbook.language.plan_sketch import change
from assistant.sketchbook.language.plan_things import known_thing, new_thing, region
from assistant.sketchbook.language.plan_weave import Woven

_IT = "[it|it|the picture|the photo|the image|this]"
_COUNTS = {1: 1.5, 2: 3, 3: 4, 4: 2.5, 5: 1.2, 6: 0.5}
_LINKS = (", ", ", ", ", ", " and ", " and ", ", and ", ", then ", " then ", " and then ", ". ", ". then ", ". also ",
    "; ", ", also ")
_LAST = (" and ", " and ", ", and ", ", then ", " and then ", ", and finally ", ". ")
_OPENINGS = ("please ", "can you ", "could you ", "now ", "ok, ", "then ", "i'd like you to ", "hey, ")
_CLOSINGS = (" please", ", please", ", thanks", " thanks", "!", ".", ".", ".")
_COLORS = ("white", "black", "red", "blue", "green", "yellow", "orange", "purple", "pink", "gold", "gray", "navy",
    "dark green", "light blue")
_WORDS = ("Hello", "Happy Birthday", "Summer 2026", "Merry Christmas", "Thank you", "Sale", "Welcome", "Good morning",
    "hello world", "Home", "Our trip", "Anna & Ben", "Save the date", "OPEN", "Paris", "Love", "Best of 2025", "My cat")
_BOTH = {"up": "[more|add|increase the|boost the|raise the|bump up the]", "down":
    "[less|reduce the|lower the|decrease the|cut the]"}


def _brightness(dice: Dice) -> Piece:
    if dice.chance(0.35):
        words, stops = dice.pick((("half a stop", 0.5), ("one stop", 1.0), ("a stop", 1.0), ("two stops", 2.0),
            ("a third of a stop", 0.33), ("1.5 stops", 1.5)))
        up = dice.chance(0.6)
        pattern = f"[{{s}} {{b}}|make {_IT} {{s}} {{b}}|{{v}} {_IT} by {{s}}|{{v}} by {{s}}]"
        slots = {"s": words, "b": "brighter" if up else "darker", "v": "brighten" if up else "darken"}
        return said(dice, pattern, "exposure", slots, stops=stops if up else -stops)
    up = dice.chance(0.6)
    pattern = (f"[make {_IT} [|a bit |a little |much ][brighter|lighter]|brighten {_IT} [|up |a bit]|brighter|"
        "a bit brighter|more light]" if up else
        f"[make {_IT} [|a bit |a little |much ]darker|darken {_IT}[| a bit]|darker|a bit darker|less light]")
    return said(dice, pattern, "exposure", direction="up" if up else "down")


def _level(dice: Dice, op: str, noun: str) -> Piece:
    up = dice.chance(0.6)
    way = "up" if up else "down"
    if dice.chance(0.2):
        percent = dice.number(1, 10) * 5
        sign = "+" if up else "-"
        return said(dice, f"{noun} {sign}{percent}[|%]", op, percent=percent if up else -percent)
    return said(dice, f"{_BOTH[way]} {noun}", op, direction=way)


def _warmth(dice: Dice) -> Piece:
    way = dice.pick(("warmer", "warmer", "cooler"))
    other = "[|a bit |a little |slightly ]"
    return said(dice, f"[make {_IT} {other}{way}|{way}|{other}{way} [colors|tones|]]", "temperature", direction=way)


def _grey(dice: Dice) -> Piece:
    return said(dice, f"[make {_IT} black and white|black and white|turn {_IT} black and white|black & white|"
        f"convert {_IT} to black and white|in black and white|make {_IT} b&w|make {_IT} grayscale]", "black_and_white")


def _crop(dice: Dice) -> Piece:
    if dice.chance(0.35):
        return said(dice, f"[crop {_IT} [to|into] a square|crop to [a |]square|make {_IT} square|square crop|"
            "crop square]", "crop", aspect="1:1")
    ratio = dice.pick(("4:5", "16:9", "3:2", "4:3", "2:3", "9:16", "5:4", "3:4", "1:1", "21:9", "5:7"))
    pattern = f"[crop {_IT} to|crop to|crop|trim {_IT} to|cut {_IT} to|make {_IT}] {ratio}"
    return said(dice, pattern, "crop", aspect=ratio)


def _turn(dice: Dice) -> Piece:
    way, words = dice.pick((("clockwise", "right"), ("counterclockwise", "left")))
    pattern = (f"[turn|rotate] [{_IT} |{_IT} |][to the |]{words}" if dice.chance(0.7) else
        f"rotate {_IT} [90 degrees|90°|by 90 degrees] {way}")
    return said(dice, pattern, "rotate", degrees=90, direction=way)


def _flip(dice: Dice) -> Piece:
    if dice.chance(0.3):
        return said(dice, f"flip {_IT} [upside down|vertically]", "flip", direction="vertical")
    return said(dice, f"[flip {_IT}|mirror {_IT}|flip {_IT} horizontally|mirror {_IT} horizontally]", "flip")


def _text(dice: Dice) -> Piece:
    words = dice.pick(_WORDS) if dice.chance(0.7) else dice.pick(bank.THINGS).capitalize()
    quoted = dice.pick((words, words, words, f'"{words}"', f"“{words}”", f"'{words}'"))
    place = dice.pick(("top", "bottom", "center", "top left", "top right", "bottom left", "bottom right"))
    color = dice.pick(_COLORS) if dice.chance(0.2) else ""
    where = "in the" if place != "top" and place != "bottom" else "at the"
    corner = " corner" if " " in place and dice.chance(0.5) else ""
    verb = dice.pick(("write", "write", "put", "add the text", "add the words", "type", "print"))
    said_place = dice.pick((f" {where} {place}{corner}", f" {where} {place}{corner}", f" {place}" if verb != "put" else
        f" {where} {place}"))
    inner = f" in {color}" if color else ""
    pattern = f"{verb} {{q}}{inner}{said_place}"
    fields = {"text": words, "position": place} | ({"color": color} if color else {})
    return Piece(dice.say(pattern, {"q": quoted}), (exact("text", **fields),))


def _border(dice: Dice) -> Piece:
    color = dice.pick(_COLORS)
    return said(dice, f"[add|put|give it] a {color} [border|frame]", "border", color=color, percent=4.0)


def _whole(dice: Dice, op: str, pattern: str) -> Piece:
    return said(dice, pattern, op)


def _at(dice: Dice, op: str, pattern: str) -> Piece:
    phrase = dice.pick(("background", "background", "sky", "foreground", "faces")) if dice.chance(0.6) else region(dice)
    return said(dice, pattern, op, {"x": phrase}, where={"phrase": phrase})


def _remove(dice: Dice) -> Piece:
    thing = known_thing(dice).known
    sentence = dice.say("[remove|remove|delete|erase|take out|get rid of] {x}", {"x": thing})
    return Piece(sentence, (edit(sentence),))


def _add(dice: Dice) -> Piece:
    new, place = new_thing(dice).new, known_thing(dice).known
    sentence = dice.say("[add {n}|add {n}|put {n} [on|next to|behind|in front of] {k}|add {n} [on|next to|behind] {k}]",
        {"n": new, "k": place})
    return Piece(sentence, (edit(sentence),))


def _recolor(dice: Dice) -> Piece:
    sentence = dice.say("[make|make|paint|color|turn] {x} {c}", {"x": known_thing(dice).known, "c": dice.pick(_COLORS)})
    return Piece(sentence, (edit(sentence),))


def _scene(dice: Dice) -> Piece:
    sentence = dice.say("[make it [night|evening|winter|summer|autumn|foggy|rainy|sunny|snowy|sunset|a cartoon|"
        "a watercolor|a pencil sketch|an oil painting]|change the background to a [beach|forest|city|mountain lake]|"
        "let it [snow|rain]|add [snow|rain|fog|a rainbow|clouds]]")
    return Piece(sentence, (edit(sentence),))


def _person(dice: Dice) -> Piece:
    who = dice.pick(("him", "her", "them")) if dice.chance(0.4) else person(dice)
    sentence = dice.say("[give {w} [a {c} hat|round glasses|a beard|a {c} scarf|sunglasses|a {c} jacket|long hair]|"
        "put a [|{c} ]hat on {w}|make {w} [smile|laugh|younger|older|look at the camera]]",
        {"w": who, "c": dice.pick(_COLORS)})
    return Piece(sentence, (edit(sentence),))


WISHES: dict[Callable[[Dice], Piece], float] = {
    _brightness: 3, partial(_level, op="contrast", noun="contrast"): 1.5,
    partial(_level, op="saturation", noun="saturation"): 1.2, _warmth: 2, _grey: 2, _crop: 4, _turn: 2, _flip: 1.5,
    _text: 4, _border: 1.2, _remove: 4, _add: 2.5, _recolor: 2.5, _scene: 2.5, _person: 2.5,
    partial(_whole, op="sharpen", pattern=f"[sharpen {_IT}|make {_IT} sharper|sharpen|sharper]"): 1,
    partial(_whole, op="sepia", pattern=f"[make {_IT} sepia|sepia|add a sepia tone|turn {_IT} sepia]"): 0.7,
    partial(_whole, op="vignette", pattern="[add a [|soft |slight ]vignette|vignette|put a vignette on it]"): 1,
    partial(_whole, op="grain", pattern="[add [|some |a bit of |a little ][film |]grain|film grain|some grain]"): 1,
    partial(_whole, op="auto", pattern="[auto tone|fix the colors|auto enhance|enhance it|auto correct it]"): 0.5,
    partial(_whole, op="denoise", pattern="[remove the noise|denoise it|reduce the noise|less noise]"): 0.5,
    partial(_at, op="blur", pattern="[blur|blur|soften|blur out] the {x}"): 2,
    partial(_at, op="pixelate", pattern="pixelate the {x}"): 0.7,
}


def plain(dice: Dice, sketch: bool) -> Woven:
    """One to six common wishes, joined as people join them; on a sketch some are about its person."""
    pieces: list[Piece] = []
    for _ in range(dice.weighted(_COUNTS)):
        piece = change(dice) if sketch and dice.chance(0.5) else dice.weighted(WISHES)(dice)
        if not _is_near(piece, pieces):
            pieces.append(piece)
    text = pieces[0].say
    one = dice.pick(_LINKS) if dice.chance(0.7) else ""
    for place, piece in enumerate(pieces[1:], 2):
        link = dice.pick(_LAST) if place == len(pieces) and dice.chance(0.6) else one or dice.pick(_LINKS)
        text += link + piece.say
    return Woven(_spoken(dice, text), tuple(step for piece in pieces for step in piece.steps))


def _is_near(piece: Piece, others: list[Piece]) -> bool:
    """Whether the same was asked already; painted wishes and texts may stand beside others of their kind."""
    ops = {step.op for other in others for step in other.steps} - {"edit", "text", "blur", "pixelate"}
    return any(step.op in ops for step in piece.steps) or any(piece.say == other.say for other in others)


def _spoken(dice: Dice, text: str) -> str:
    if dice.chance(0.15):
        text = dice.pick(_OPENINGS) + text
    if dice.chance(0.25) and text[-1].isalnum():
        text += dice.pick(_CLOSINGS)
    if dice.chance(0.3):
        text = re.sub(r"(^|[.!?] )([a-z])", lambda found: found[1] + found[2].upper(), text)
    return text
