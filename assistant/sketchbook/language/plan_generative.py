"""Single wishes that have to be painted, on photographs: remove, add, replace, color, look, pose, style, scenery."""

# Sayings fill the lines, they do not stand one below the other.
# fmt: off

from __future__ import annotations

from collections.abc import Callable

from assistant.sketchbook.language import plan_bank as bank
from assistant.sketchbook.language.plan_dice import Dice
from assistant.sketchbook.language.plan_piece import Frame, Piece, chosen, edit, framed
from assistant.sketchbook.language.plan_things import Thing, article, color, in_quotes, known_thing, new_thing, quoted

REMOVE = (Frame("[remove|delete|erase|take out|get rid of|lose|cut out|edit out|clear away|take away|eliminate|"
    "wipe away|drop|ditch|edit away|photoshop out] {x}", weight=6), Frame("remove {x}", weight=5), Frame(
    "take {x} [out|away|off]", weight=1), Frame("get {x} out of [the picture|there|the shot|the frame]", weight=0.5),
    Frame("make {x} [disappear|go away|vanish]", weight=0.6), Frame("remove {x} [completely|entirely|]", weight=0.5),
    Frame("{x} [has to go|needs to go|must go|should go|should be gone|should disappear|can go|is in the way|"
    "is distracting]", "remove {x}", "wish", 1.2), Frame("i [don't want|do not want|don't need|"
    "don't like] {x} [there|in the picture|in there|anymore|]", "remove {x}", "wish"), Frame("{x} [out|gone|away]",
    "remove {x}", "terse", 0.6), Frame("no [more|] {b}", "remove {x}", "terse", 0.6), Frame("[without|minus] {x}",
    "remove {x}", "terse", 0.5), Frame("[i want|i'd like|i would like|i need] {x} [removed|gone|erased|deleted|"
    "out of the picture]", "remove {x}", "wish"),)
ADD = (Frame("[add|put|place|insert|include|throw in|draw|paint|stick] {n} {s}", weight=6), Frame("add {n}", weight=
    3), Frame("add {n} {s}", weight=3), Frame("put {n} {s}", weight=2), Frame("add {n} to {k}", weight=1), Frame(
    "[put|place|hang|set|stick] {n} on {k}", weight=1.4), Frame("have {n} {s}", weight=0.3), Frame(
    "let there be {n} {s}", weight=0.3), Frame("make {n} appear {s}", weight=0.3), Frame("[there should be|"
    "there could be|there ought to be|there must be|i want|i'd like|i would like|i need|we need|i'd love] {n} {s}",
    "add {n} {s}", "wish", 2), Frame("[it|the picture|the scene|this] [needs|could use|should have|"
    "is missing] {n} [{s}|]", "", "wish", 0), Frame("{n} {s}", "add {n} {s}", "terse", 1.5), Frame("{n}", "add {n}",
    "terse", 0.8), Frame("{s} {n}", "add {n} {s}", "terse", 0.4), Frame(
    "[how about|what about|maybe|and maybe] {n} {s}", "add {n} {s}", "terse", 0.7), Frame(
    "[can i have|could we have|can we have|can i get] {n} {s}", "add {n} {s}", "wish", 0.8),)
REPLACE = (Frame("replace {x} [with|by] {n}", weight=4), Frame("swap {x} [for|with] {n}", weight=2), Frame(
    "[exchange|trade] {x} for {n}", weight=1), Frame("swap out {x} for {n}"), Frame("switch {x} [to|with|for] {n}"),
    Frame("turn {x} into {n}", weight=2), Frame("[change|transform|convert|morph] {x} [to|into] {n}", weight=2), Frame
    ("make {x} {n}", weight=0.7), Frame("substitute {n} for {x}", weight=0.5), Frame(
    "put {n} [where {x} is|in place of {x}|instead of {x}]", weight=0.8), Frame("{x} [->|→|=>|to|becomes] {n}",
    "replace {x} with {n}", "terse", 1.2), Frame("{n} instead of {x}", "replace {x} with {n}", "terse"), Frame(
    "{n} in place of {x}", "replace {x} with {n}", "terse", 0.5), Frame(
    "{x} out, {n} [in|there instead|in its place|instead]", "replace {x} with {n}", "terse", 0.8), Frame("[i'd "
    "rather have|i'd prefer|i want|i would like] {n} [instead of|in place of] {x}", "replace {x} with {n}", "wish"),
    Frame("{x} should be {n} [instead|]", "make {x} {n}", "wish", 0.7), Frame("[remove|take away|take out|erase|"
    "get rid of] {x} and put {n} [there instead|in its place|there|instead]", "replace {x} with {n}", weight=1),)
COLOR = (Frame("make {x} {c}", weight=5), Frame("[paint|color|colour|dye|turn|spray] {x} {c}", weight=3), Frame(
    "change {x} to {c}", weight=2), Frame("change the [color|colour] of {x} to {c}", weight=1.5), Frame(
    "change {x} [color|colour] to {c}", weight=0.7), Frame("recolor {x} [to|in] {c}", weight=0.6), Frame(
    "give {x} a {c} [color|tone|look|paint job]", weight=0.7), Frame("{x} should be {c}", "make {x} {c}", "wish",
    1.5), Frame("[i want|i'd like|i would like|i need] {x} [to be|in|] {c}", "make {x} {c}", "wish", 1.2), Frame(
    "{x} {c}", "make {x} {c}", "terse"), Frame("{x} in {c}", "make {x} {c}", "terse", 0.8), Frame("{x}: {c}",
    "make {x} {c}", "terse", 0.5), Frame("{x} -> {c}", "make {x} {c}", "terse", 0.7), Frame("[can|could] {x} be {c}",
    "make {x} {c}", "wish", 0.6), Frame("{x} would look better in {c}", "make {x} {c}", "wish", 0.4),)
LOOK = (Frame("make {x} {l}", weight=5), Frame("make {x} look {l}", weight=1), Frame("turn {x} {l}", weight=0.5),
    Frame("{x} should be {l}", "make {x} {l}", "wish", 1), Frame("{x} should look {l}", "make {x} look {l}", "wish",
    0.7), Frame("{x} {l}", "make {x} {l}", "terse", 0.7), Frame("[i want|i'd like] {x} to be {l}", "make {x} {l}",
    "wish", 0.7), Frame("give {x} {p}", weight=1.2), Frame("cover {x} [in|with] {q}", weight=0.8), Frame(
    "fill {x} with {q}", weight=0.5), Frame("make {x} [bigger|smaller|a bit bigger|much larger|a little smaller|"
    "twice as wide|taller]", weight=1.2), Frame("[enlarge|shrink|open|close|clean|fix|repair|decorate|"
    "straighten out|light up|tidy up|iron|whiten|restore] {x}", weight=1.2), Frame("make {x} out of [wood|glass|"
    "gold|stone|paper|lego|ice|chocolate]", weight=0.6), Frame("set {x} on fire", weight=0.4),)
POSE = (Frame("make {who} {d}", weight=4), Frame("[have|let] {who} {d}", weight=2), Frame("{who} should {d}",
    "make {who} {d}", "wish", 1.5), Frame("[i want|i'd like] {who} to {d}", "make {who} {d}", "wish", 1), Frame(
    "give {who} {w}", weight=4), Frame("put {w} on {who}", weight=2), Frame("dress {who} in {w}", weight=1), Frame(
    "{who} should [wear|have] {w}", "give {who} {w}", "wish", 1.2), Frame("{who} with {w}", "give {who} {w}", "terse",
    0.7), Frame("make {who} [older|younger|taller|happier|bald|look tired|look like a pirate|"
    "look like a superhero|a vampire|a zombie|slimmer|stronger]", weight=1), Frame("change {own} hair to {h}", weight=
    1), Frame("give {who} {h}", weight=1), Frame("make {own} hair {h}", weight=1), Frame("take off {own} {g}", weight=
    0.6), Frame("change {own} {g} to {w}", weight=1), Frame("make {own} {g} {c}", weight=1.5), Frame(
    "{own} {g} should be {c}", "make {own} {g} {c}", "wish", 0.8), Frame("{own} {g} {c}", "make {own} {g} {c}",
    "terse", 0.5), Frame("remove {own} {g}", weight=1),)
STYLE = (Frame("[make it|turn it into|turn this into|turn the picture into|turn the photo into|convert it to|"
    "transform it into|redraw it as|render it as|make this] {st}", weight=4), Frame("make [it|the picture|"
    "the photo|this|everything] look like {st}", weight=2), Frame("make it {bs} style", weight=1), Frame(
    "[redo|restyle|repaint] it in {bs} style", weight=1), Frame("apply a {bs} [style|effect|look]", weight=0.8), Frame
    ("give it a {bs} [style|look|feel|vibe]", weight=1), Frame("[in the style of|as] {st}", "make it {st}", "terse",
    0.7), Frame("{bs} style", "make it {bs} style", "terse", 0.8), Frame("{bs}", "make it {bs}", "terse", 0.3), Frame(
    "[i want it|it should look] like {st}", "make it look like {st}", "wish", 0.8), Frame("i want it [to be|as] {st}",
    "make it {st}", "wish", 0.5),)
SCENE = (Frame("change the [background|backdrop|scenery] to {pl}", weight=3), Frame(
    "replace the background with {pl}", weight=2), Frame("make the background {pl}", weight=1.5), Frame(
    "put {who} [in|on|at] {pl}", weight=1.5), Frame("set it in {pl}", weight=0.7), Frame(
    "[move|transport] {who} to {pl}", weight=0.7), Frame("swap the background for {pl}"), Frame(
    "[background:|background =|as background] {pl}", "change the background to {pl}", "terse", 0.8), Frame(
    "{pl} in the background", "add {pl} in the background", "terse", 0.5), Frame("the background should be {pl}",
    "make the background {pl}", "wish"), Frame("make it {t}", weight=2), Frame(
    "change [it|the time of day|the scene|day] to {t}"), Frame("turn [it|day] into {t}", weight=0.8), Frame(
    "it should be {t}", "make it {t}", "wish"), Frame("make it {we}", weight=2), Frame("add {wn}", weight=1.5), Frame(
    "let it [snow|rain]", weight=0.7), Frame("make it look like {se}", weight=0.8), Frame("make it {se}", weight=
    0.8), Frame("{t} [please|]", "make it {t}", "terse", 0), Frame("change the weather to {wn}", weight=0.8), Frame(
    "change the sky to {sk}", weight=1.5), Frame("make the sky {sk}", weight=1), Frame("replace the sky with {sk}",
    weight=1), Frame("turn the sky into {sk}", weight=0.8), Frame("{bs} sky", "add {bs} sky", "terse", 0.6), Frame(
    "extend the [background|scene|sky|picture] to the [left|right]", weight=0.5), Frame(
    "[the season should be|season:] {se}", "make it {se}", "wish", 0.3),)
SIGN = (Frame("[change|make] {o} to say {q}", "change {o} to say {q}", weight=0), Frame("change {o} to say {q}",
    weight=2), Frame("make {o} [say|read] {q}", weight=2), Frame("write {q} on {o}", weight=2), Frame(
    "put {q} on {o}", weight=1), Frame("{o} should [say|read] {q}", "make {o} say {q}", "wish", 1.2), Frame(
    "change the text on {o} to {q}", weight=1.5), Frame("replace the [words|text|writing|letters] on {o} with {q}",
    weight=1), Frame("add a sign that says {q}", weight=1), Frame("add a {m} sign with the word {q} {s}", weight=
    0.7), Frame("print {q} on {o}", weight=0.7), Frame("paint {q} on {o}", weight=0.4),)
LIGHT = (Frame("add [warm|soft|cold|golden|dramatic|purple|blue|neon|harsh] [light|lighting] from the [left|right|"
    "top|window|back]", weight=2), Frame("make the light come from the [left|right|window|back]"), Frame("add [a "
    "lens flare|sun rays|god rays|a soft glow|bokeh|long shadows|dramatic shadows|rim light|a spotlight on {who}]",
    weight=2), Frame("make the [lighting|light] [softer|more dramatic|moodier|harsher|golden|more natural|"
    "like golden hour]", weight=2), Frame("light {own} face from the [left|right|side|front]"), Frame("relight "
    "[it|the scene|the picture] as if it [was|were] [night|sunset|candle light|noon]"), Frame("remove the [shadow|"
    "shadows|glare|reflection|reflections] [from|on] {own} face"),)
SHIFT = (Frame("[move|put|place] {x} [next to|behind|in front of|under|below|above|on top of|beside|inside|"
    "closer to|further away from] {y}", weight=3), Frame("[turn|rotate] {x} [around|to the left|to the right|"
    "towards the camera]", weight=0.7), Frame("swap {x} and {y}", weight=0.5), Frame("{x} should [be|stand|hang|"
    "lie] [next to|behind|in front of|under|on] {y}", "move {x} {rel} {y}", "wish", 0),)


def remove(dice: Dice) -> Piece:
    thing = known_thing(dice)
    frame = chosen(dice, REMOVE)
    if "{b}" in frame.say and thing.known != f"the {thing.bare}":
        frame = REMOVE[1]
    slots = {"x": thing.known, "b": thing.bare}
    return framed(dice, frame, slots)


def add(dice: Dice) -> Piece:
    thing, host = new_thing(dice), known_thing(dice)
    frame = chosen(dice, ADD)
    return framed(dice, frame, {"n": thing.new, "s": spot(dice), "k": host.known}, thing)


def spot(dice: Dice) -> str:
    """Where in the scene: "on the table", "next to the red car"."""
    if dice.chance(0.5):
        return dice.pick(dice.theme.spots if dice.theme and dice.chance(0.8) else bank.SPOTS)
    return f"{dice.pick(_BY)} {known_thing(dice).known}"


_BY = ("next to", "behind", "in front of", "on", "under", "above", "beside", "near", "in", "on top of",
    "to the left of", "to the right of", "over", "below", "at", "by")


def replace(dice: Dice) -> Piece:
    old, new = known_thing(dice), new_thing(dice)
    return framed(dice, chosen(dice, REPLACE), {"x": old.known, "n": new.new}, new)


def recolor(dice: Dice) -> Piece:
    thing = known_thing(dice)
    return framed(dice, chosen(dice, COLOR), {"x": thing.known, "c": color(dice)}, thing)


def look(dice: Dice) -> Piece:
    thing = known_thing(dice) if dice.chance(0.7) else _scenery(dice)
    slots = {"x": thing.known, "l": dice.pick(bank.LOOKS), "p": dice.pick(bank.PATTERNS), "q": dice.pick(bank.PLURALS)}
    return framed(dice, chosen(dice, LOOK), slots, thing)


def _scenery(dice: Dice) -> Thing:
    noun = dice.pick(bank.SCENERY)
    return Thing(noun, f"the {noun}", f"the {noun}", head=noun)


_HAIR = ("long hair", "short hair", "curly hair", "blond hair", "red hair", "braids", "a ponytail", "a mohawk",
    "an afro", "blue hair", "grey hair", "a bob", "a bun", "long blond hair")
_HAIR_LOOKS = ("long", "short", "curly", "blond", "pink", "green", "red", "straight", "wavy", "longer", "shorter",
    "grey", "darker", "black and curly")


def person(dice: Dice) -> str:
    """ "the woman", "her", "him": "her" stays when nobody was named before."""
    return f"the {dice.pick(bank.PEOPLE)}" if dice.chance(0.6) else dice.pick(("him", "her", "the woman", "the man",
        "them"))


def pose(dice: Dice) -> Piece:
    who = person(dice)
    frame = chosen(dice, POSE)
    if frame.mood != "do" and who in ("him", "her", "them"):
        who = f"the {dice.pick(bank.SOLE)}"
    named = who.startswith("the ") and not {"with", "in", "on"} & set(who.split())
    own = f"{who}'s" if named else {"him": "his", "them": "their"}.get(who, "her")
    hair = dice.pick(_HAIR_LOOKS) if "make {own} hair" in frame.say else dice.pick(_HAIR)
    slots = {"who": who, "d": dice.pick(bank.DOINGS), "w": wearable(dice), "own": own, "h": hair, "g": dice.pick(
        bank.WEARABLES), "c": color(dice)}
    noun = who.removeprefix("the ")
    return framed(dice, frame, slots, Thing(noun, who, who, head=noun) if who.startswith("the") else None)


def wearable(dice: Dice) -> str:
    noun = dice.strange() if dice.chance(0.05) else dice.pick(bank.WEARABLES)
    return article(noun if dice.chance(0.35) else
        f"{color(dice) if dice.chance(0.6) else dice.pick(bank.ADJECTIVES + bank.MATERIALS)} {noun}")


def style(dice: Dice) -> Piece:
    bare = dice.strange() if dice.chance(0.05) else dice.pick(bank.STYLES)
    plain = bare in ("watercolor", "comic", "anime", "pixel art", "neon", "pop art", "stained glass",
        "clay animation", "film noir", "embroidery")
    return framed(dice, chosen(dice, STYLE), {"st": bare if plain else article(bare), "bs": bare})


_SKIES = ("a sunset", "a purple sunset", "a starry night", "stormy clouds", "a clear blue sky", "a pink sunrise",
    "northern lights", "a rainbow", "dark clouds", "a full moon", "fireworks", "a galaxy")
_WEATHERS = ("rain", "snow", "foggy", "rainy", "snowy", "sunny", "stormy", "cloudy", "windy", "misty", "overcast")


def place(dice: Dice) -> str:
    bare = dice.pick(bank.PLACES)
    if bare.startswith(("a ", "an ", "the ")) or bare in ("tokyo", "paris", "new york", "london", "venice", "rome",
        "berlin", "mars", "space", "outer space", "underwater", "mountains"):
        return bare
    if dice.chance(0.1):
        return f"a {dice.strange()}"
    return f"{dice.pick(('a', 'the'))} {bare}" if bare[0] not in "aeiou" else article(bare)


def scene(dice: Dice) -> Piece:
    slots = {"pl": place(dice), "who": person(dice), "t": dice.pick(bank.TIMES), "we": dice.pick(_WEATHERS), "wn":
        dice.pick(bank.WEATHER), "se": dice.pick(bank.SEASONS), "sk": dice.pick(_SKIES), "bs": dice.pick(("sunset",
        "starry", "stormy", "pink", "dramatic", "night", "cloudy", "golden"))}
    return framed(dice, chosen(dice, SCENE), slots)


_BOARDS = ("sign", "billboard", "shop sign", "street sign", "t-shirt", "shirt", "mug", "poster", "banner", "door",
    "wall", "hat", "label", "book cover", "license plate", "chalkboard", "box", "bus", "menu", "cake", "store window",
    "neon sign", "flag", "truck", "newspaper")


def sign(dice: Dice) -> Piece:
    thing = dice.pick(_BOARDS)
    words = in_quotes(dice, quoted(dice))
    slots = {"o": f"the {thing}", "q": words, "m": dice.pick(bank.MATERIALS), "s": dice.pick(bank.SPOTS)}
    return framed(dice, chosen(dice, SIGN), slots, Thing(thing, f"the {thing}", f"the {thing}", head=thing))


def light(dice: Dice) -> Piece:
    return framed(dice, chosen(dice, LIGHT), {"who": person(dice), "own": dice.pick(("her", "his", "the woman's",
        "the man's"))})


def shift(dice: Dice) -> Piece:
    one, other = known_thing(dice), known_thing(dice)
    return framed(dice, chosen(dice, SHIFT), {"x": one.known, "y": other.known, "rel": "next to"}, one)


KINDS: dict[Callable[[Dice], Piece], float] = {
    remove: 5, add: 6, replace: 4, recolor: 4, look: 2, pose: 3, style: 1.5, scene: 4, sign: 1.5, light: 1, shift: 1,
}


def wish(dice: Dice) -> Piece:
    """One generative wish on a photograph."""
    return dice.weighted(KINDS)(dice)


__all__ = ["add", "color", "edit", "person", "place", "recolor", "remove", "replace", "spot", "wearable", "wish"]
