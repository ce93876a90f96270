"""Sketchbook's own world in people's words: drawing a person from scratch, and wishes about a drawn one."""

# Sayings fill the lines, they do not stand one below the other.
# fmt: off

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from assistant.sketchbook import scene as world
from assistant.sketchbook.language.plan_dice import Dice
from assistant.sketchbook.language.plan_piece import Frame, Piece, chosen, edit, framed
from assistant.sketchbook.language.plan_things import Thing, article, in_quotes, quoted
from assistant.steps import Generate


def _values(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(str(value) for value in kind if value != "none")


_PEOPLE = (*_values(world.Person), "lady", "guy", "young woman", "young man", "grandma", "grandpa", "grandmother",
    "kid", "person", "teenage girl", "granny", "boy", "elderly man", "pirate", "wizard", "queen", "fisherman")
_SHE = frozenset(("woman", "girl", "old woman", "lady", "young woman", "grandma", "grandmother", "teenage girl",
    "granny", "queen"))
_HATS = (*_values(world.Hat), "hat", "sun hat", "bowler hat", "party hat", "baseball cap", "woolly hat", "knit cap",
    "headscarf", "bucket hat")
_GLASSES = (*_values(world.Glasses), "glasses", "spectacles", "shades", "reading glasses", "heart shaped glasses")
_CLOTHES = (*_values(world.Clothes), "shirt", "jumper", "jacket", "coat", "overalls", "pullover", "blouse", "tuxedo",
    "tee", "gown", "striped top", "rain jacket")
_HELD = (*_values(world.Held), "cup of coffee", "cup of tea", "rose", "cat", "ice cream cone", "lamp", "newspaper",
    "kite")
_BESIDE = (*_values(world.Beside), "puppy", "kitten", "bunny", "sparrow", "fir tree", "bike", "sailboat", "lamp post",
    "sunflowers", "parrot", "fox", "horse")
_PLACES = (*_values(world.Place), "seaside", "woods", "town", "garden", "living room", "bookshop", "coffee shop",
    "field", "harbor", "street", "coast", "countryside", "dunes", "market", "castle")
_STYLES = (*(value for value in _values(world.Style) if value != "flat"), "pencil drawing", "watercolour",
    "comic book", "chalk drawing", "pixel", "flat", "ink drawing", "cartoon", "crayon drawing")
_HAIR_COLORS = (*_values(world.HairColor), "red", "blonde", "silver", "green", "purple", "dark", "strawberry blond",
    "orange", "turquoise")
_HAIR = ("curly hair", "short hair", "long hair", "an afro", "a bob", "a ponytail", "a bun", "braids", "a mohawk",
    "spiky hair", "pigtails", "wavy hair", "messy hair", "a buzz cut", "dreadlocks", "no hair")
_BEARDS = ("moustache", "goatee", "short beard", "long beard", "beard", "mustache", "stubble", "full beard")
_FEELING = (*_values(world.Expression), "smiling", "crying", "grumpy", "cheerful", "scared", "tired", "grinning",
    "serious", "sleeping", "shocked")
_COLORS = (*_values(world.Color), "turquoise", "grey", "dark green", "light blue", "golden", "navy", "beige", "lilac",
    "striped", "polka dot", "silver", "teal")
_SIGNS = (*_values(world.Sign), "sign", "board", "placard", "poster")
_TIMES = ("at dawn", "at sunset", "at night", "by day", "in the evening", "in the morning", "at noon", "at dusk",
    "on a summer day", "in winter", "under the stars", "in autumn")
_WEATHER = ("in the rain", "in the snow", "in fog", "on a cloudy day", "during a storm", "in the sunshine",
    "with snow falling", "on a rainy day", "under a clear sky", "in a thunderstorm", "on a foggy morning")


def _new(dice: Dice, nouns: tuple[str, ...], share: float = 0.6) -> str:
    noun = dice.strange() if dice.chance(0.03) else dice.pick(nouns)
    return article(f"{dice.pick(_COLORS)} {noun}" if dice.chance(share) else noun)


def _place(dice: Dice) -> str:
    if dice.chance(0.15):
        return dice.pick(("in front of a plain wall", "in a studio with a blue backdrop", "on a boat", "in a castle",
            "on the moon", "in paris", "in space"))
    bare = dice.pick(_PLACES)
    return f"{dice.pick(('in', 'at', 'on'))} {dice.pick((f'the {bare}', article(bare)))}"



def who(dice: Dice) -> str:
    """ "a laughing old man", "a girl"."""
    person = dice.pick(_PEOPLE)
    return article(f"{dice.pick(_FEELING)} {person}" if dice.chance(0.3) else person)


def subject(dice: Dice) -> str:
    """Everything that a drawing request says of its picture."""
    parts: list[str] = []
    features: list[Callable[[], str]] = [lambda: dice.say("[with|who has|has]") + " " + (
        f"{dice.pick(_HAIR_COLORS)} hair" if dice.chance(0.4) else dice.pick(_HAIR)), lambda: dice.say(
        "[with|wearing|in|who wears]") + " " + _new(dice, _HATS), lambda: dice.say("[with|wearing]") + " " + _new(
        dice, _GLASSES, 0.4), lambda: dice.say("[in|wearing|dressed in]") + " " + _new(dice, _CLOTHES, 0.7), lambda:
        dice.say("[holding|with|carrying]") + " " + _new(dice, _HELD, 0.5), lambda:
        f"with {_new(dice, _BEARDS, 0.1)}", lambda: _place(dice), lambda: _place(dice), lambda: dice.pick(_TIMES),
        lambda: dice.pick(_WEATHER), lambda: dice.say("[with|next to|beside|and]") + " " + _new(dice, _BESIDE, 0.3),
        lambda: f"{dice.pick(('in', 'as a'))} {dice.pick(_STYLES)}{dice.pick((' style', '', ' style'))}", lambda:
        f"with {article(dice.pick(_SIGNS))} that says {in_quotes(dice, quoted(dice))}", lambda:
        f"looking {dice.pick(_FEELING)}",]
    count = dice.weighted({0: 0.6, 1: 2, 2: 3, 3: 2.5, 4: 1.5, 5: 0.6})
    for feature in dice.some(features[:12] if dice.chance(0.9) else features, count):
        parts.append(feature())
    words = who(dice)
    for part in parts:
        words += dice.pick((" ", " ", " ", ", ")) + part
    return words


_ANYTHING = ("a castle on a hill at sunset", "a red sports car in the rain", "two cats on a windowsill",
    "a bowl of fruit on a wooden table", "a dragon over a medieval town", "an old lighthouse in a storm",
    "a cozy cabin in the snow", "a logo for a bakery", "a robot playing chess", "a mountain lake in autumn",
    "an astronaut riding a horse", "a bouquet of tulips", "a busy street in tokyo at night",
    "a sailboat on a calm sea", "a fox in the forest", "a cup of coffee seen from above")
_DRAW = ("[draw|draw me|generate|create|paint|sketch|make|make me|give me|show me|design|illustrate|draw|i want|"
    "i'd like|i need|new picture:|let's draw|let's start with|start with|please draw|imagine|picture of|"
    "draw a picture of|make a picture of|generate an image of|create a portrait of|a picture of|a portrait of|"
    "an image of|i'd like a picture of|can you draw|could you draw|can you generate|please paint|i want to see|"
    "come up with|a drawing of|redraw it as|draw something new:|forget this one, draw|start over with]")


def draw(dice: Dice) -> Piece:
    """A new picture."""
    style = dice.chance(0.12)
    words = subject(dice) if dice.chance(0.85) else dice.pick(_ANYTHING)
    if style:
        kind = dice.pick(("watercolor", "pencil drawing", "comic", "pixel art portrait", "chalk drawing",
            "neon portrait", "flat illustration", "watercolor portrait", "postcard", "avatar", "cartoon"))
        words = f"{article(kind)} of {words}"
    start = dice.say(_DRAW) if dice.chance(0.9) or words.startswith("in ") else ""
    if style and start.endswith(" of"):
        start = "draw"
    verb = start.split()[0] if start else ""
    mood = "do" if verb in ("draw", "generate", "create", "paint", "sketch", "make", "give", "show", "design",
        "illustrate", "redraw", "imagine", "come") else "wish"
    return Piece(f"{start} {words}".strip(), (Generate(prompt=words),), mood)


_EDITS = (Frame("[give|get|let] {her} {hat}", "", weight=0), Frame("give {her} {hat}", weight=3), Frame(
    "put {hat} on {her}", weight=1.5), Frame("put {hat} on {hers} head"), Frame("add {hat}", weight=1.5), Frame(
    "{she} should wear {hat}", "give {the} {hat}", "wish"), Frame("give {her} {glasses}", weight=1.5), Frame(
    "add {glasses}"), Frame("put {glasses} on {her}"), Frame("make {hers} [hat|glasses|cap|dress|sweater|hoodie|"
    "t-shirt|suit|coat|shirt|scarf|hair|balloon|umbrella] {c}", weight=4), Frame("change the color of {hers} [hat|"
    "glasses|dress|sweater|shirt|hoodie] to {c}"), Frame("change {hers} hair to {hair}", weight=1.5), Frame(
    "give {her} {hair}", weight=2), Frame("make {hers} hair {hc}", weight=2), Frame("dye {hers} hair {hc}"), Frame(
    "{hc} hair", "make the hair {hc}", "terse"), Frame("make {her} [happy|sad|angry|surprised|calm|laugh|wink|"
    "smile|sleepy|look happy|look angry|look surprised|look sad|cry|bald|older|younger|winking]", weight=3), Frame(
    "{she} should [smile|laugh|wink|look sad|look angry|be angry|be happy]", "", "wish", 0), Frame(
    "give {her} {beard}", weight=1.5), Frame("add {beard}"), Frame("shave off the beard"), Frame(
    "dress {her} in {cl}"), Frame("put {her} in {cl}", weight=1.5), Frame("change {hers} [clothes|outfit] to {cl}"),
    Frame("let {her} hold {held}", weight=1.5), Frame("make {her} hold {held}"), Frame("put {held} in {hers} hand",
    weight=1.5), Frame("give {her} {held}"), Frame("put {her} {pl}", weight=2), Frame(
    "change the [background|place|scene] to {bp}", weight=2), Frame("move {her} to {bp}"), Frame("make it [night|"
    "day|sunset|dawn|dark|evening|sunny|snow|rain|foggy|stormy|cloudy|winter|rainy|snowy]", weight=3), Frame(
    "let it [snow|rain]"), Frame("add [rain|snow|fog|clouds|a storm|some fog]"), Frame("add {bes} [next to {her}|"
    "beside {her}|on the left|on the right|to the left|behind {her}|]", weight=4), Frame("put {bes} [next to "
    "{her}|beside {her}|on the left|on the right]", weight=2), Frame("{bes} on the [left|right]", "", "terse", 0),
    Frame("replace the {b1} with {bes}", weight=1.5), Frame("turn the {b1} into {bes}"), Frame(
    "swap the {b1} for {bes}"), Frame("remove the {any}", weight=3), Frame("[take off|take away|lose|get rid of|"
    "delete|erase] the {any}", weight=2), Frame("no {any}", "remove the {any}", "terse"), Frame("without the {any}",
    "remove the {any}", "terse", 0.6), Frame("[make it|turn it into|redraw it in|change the style to|do it in|"
    "restyle it as] {st}", weight=2), Frame("{st} style", "make it {st} style", "terse"), Frame(
    "make it look like a {st}", weight=0.7), Frame("add {sg}", weight=1), Frame("add {sg} that says {q}", weight=1),
    Frame("change the sign to say {q}", weight=0.5), Frame("move the {b1} to the [left|right]", weight=1), Frame(
    "make {hers} skin [darker|paler|tan|brown]", weight=0.5), Frame("turn {her} into {who}", weight=1), Frame(
    "make {her} {who}", weight=0.6), Frame("change the {any} to {bes}", weight=0.5), Frame("make the {any} {c}",
    weight=2), Frame("make the backdrop {c}", weight=0.5),)


def change(dice: Dice, known: str = "") -> Piece:
    """One wish about a drawn person; "her" is put in full when that person was named in the same message."""
    her, hers, she = dice.pick((("her", "her", "she"), ("him", "his", "he"), ("them", "their", "they")))
    if known:
        her, hers, she = ("her", "her", "she") if known in _SHE else ("him", "his", "he")
    elif dice.chance(0.3):
        known = dice.pick(_PEOPLE)
        her, hers, she = f"the {known}", f"the {known}'s", f"the {known}"
        known = ""
    worn = dice.pick((*_HATS[:9], "hat", *_HELD[:8], *_BESIDE[:11], *_SIGNS[:3], "glasses", "beard"))
    slots = {"her": her, "hers": hers, "she": she, "the": her, "hat": _new(dice, _HATS, 0.7), "glasses": _new(dice,
        _GLASSES, 0.5), "c": dice.pick(_COLORS), "hair": dice.pick(_HAIR), "hc": dice.pick(_HAIR_COLORS), "beard":
        article(dice.pick(_BEARDS)), "cl": _new(dice, _CLOTHES, 0.7), "held": _new(dice, _HELD, 0.5), "pl": _place(
        dice), "bp": f"{dice.pick(('the', 'a'))} {dice.pick(_PLACES)}", "bes": _new(dice, _BESIDE, 0.3), "b1":
        dice.pick(_BESIDE), "any": worn, "st": dice.pick(_STYLES), "sg": article(dice.pick(_SIGNS)), "q": in_quotes(
        dice, quoted(dice)), "who": who(dice),}
    frame = chosen(dice, _EDITS)
    if not known:
        return framed(dice, frame, slots)
    full = slots | {"her": f"the {known}", "the": f"the {known}", "hers": f"the {known}'s"}
    said = dice.say(frame.say)
    return Piece(dice.say(said, slots), (edit(dice.say(frame.gold or said, full)),), frame.mood)


WORN = (*_HATS[:14], *_HELD[:8], *_CLOTHES[:8], "sunglasses", "moustache", "goatee")
"""Things of a drawing that people speak of again."""
PEOPLE = tuple(sorted(_PEOPLE, key=len, reverse=True))


def several(dice: Dice) -> Piece:
    """Shared verbs and pronouns in Sketchbook's world."""
    kind = dice.number(0, 5)
    person = dice.pick(_PEOPLE)
    pronoun = ("her", "her") if person in _SHE else ("him", "his")
    hat, glasses, held = _new(dice, _HATS, 0.7), _new(dice, _GLASSES, 0.5), _new(dice, _HELD, 0.4)
    if kind == 0:
        her = dice.pick(("her", "him", f"the {person}"))
        return Piece(f"give {her} {hat} and {glasses}", (edit(f"give {her} {hat}"), edit(f"give {her} {glasses}")))
    if kind == 1:
        doing = dice.pick(("smile", "laugh", "wink", "look angry", "look sad"))
        return Piece(f"give the {person} {hat} and make {pronoun[0]} {doing}", (edit(f"give the {person} {hat}"), edit
            (f"make the {person} {doing}")))
    if kind == 2:
        beside = dice.some(_BESIDE, 2)
        return Piece(f"add {article(beside[0])} and {article(beside[1])}", tuple(edit(f"add {article(one)}") for one
            in beside), "do", Thing(beside[1], article(beside[1]), f"the {beside[1]}"))
    if kind == 3:
        gone = dice.some((*_HATS[:9], "glasses", "beard", *_BESIDE[:11]), 2)
        verb = dice.pick(("remove", "take off", "lose", "delete"))
        return Piece(f"{verb} the {gone[0]} and the {gone[1]}", tuple(edit(f"{verb} the {one}") for one in gone))
    if kind == 4:
        ink, tone, one = dice.pick(_COLORS), dice.pick(_HAIR_COLORS), dice.pick(_CLOTHES)
        return Piece(f"make the {one} {ink} and the hair {tone}", (edit(f"make the {one} {ink}"), edit(
            f"make the hair {tone}")))
    return Piece(f"put {hat} on the {person} and {held} in {pronoun[1]} hand", (edit(f"put {hat} on the {person}"),
        edit(f"put {held} in the {person}'s hand")))
