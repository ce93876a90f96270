"""Several wishes in one breath: verbs shared by two things, “it” for what was just named, wishes taken back."""

# Sayings fill the lines, they do not stand one below the other.
# fmt: off

from __future__ import annotations

from collections.abc import Callable

from assistant.sketchbook.language import plan_bank as bank
from assistant.sketchbook.language.plan_dice import Dice
from assistant.sketchbook.language.plan_generative import person, place, spot, wearable
from assistant.sketchbook.language.plan_piece import Piece, edit, exact
from assistant.sketchbook.language.plan_things import Thing, color, in_quotes, known_thing, new_thing, quoted, region
from assistant.steps import AnyStep


def joined(dice: Dice, parts: list[str]) -> str:
    """ "a, b and c" in one of the ways that people write it."""
    last = dice.pick((" and ", " and ", " and ", ", ", " & ", ", and ", " and also "))
    return dice.pick((", ", ", ", " and ")).join(parts[:-1]) + last + parts[-1]


def _count(dice: Dice) -> int:
    return dice.weighted({2: 7, 3: 2.5, 4: 0.6})


def shared_remove(dice: Dice) -> Piece:
    things = [known_thing(dice) for _ in range(_count(dice))]
    verb = dice.pick(("remove", "remove", "delete", "erase", "get rid of", "take out", "lose", "cut out", "edit out",
        "clear away"))
    said = f"{verb} {joined(dice, _articles(dice, things))}"
    mood = "do"
    if dice.chance(0.2):
        what = joined(dice, [thing.known for thing in things])
        said, mood, verb = dice.pick(((f"{what} should go", "wish", "remove"), (f"i don't want {what}", "wish",
            "remove"), (f"{what} have to go", "wish", "remove"), (f"take {what} away", "do", "take"), (
            f"no {joined(dice, [thing.bare for thing in things])}", "terse", "remove")))
        tail = " away" if verb == "take" else ""
        return Piece(said, tuple(edit(f"{verb} {thing.known}{tail}") if not said.startswith("no ") else edit(
            f"{verb} the {thing.bare}") for thing in things), mood)  # pyright: ignore

    return Piece(said, tuple(edit(f"{verb} {thing.known}") for thing in things))


def _articles(dice: Dice, things: list[Thing]) -> list[str]:
    """Later things may lose their article: "the cup and plates"."""
    if dice.chance(0.2) and all(thing.known == f"the {thing.bare}" for thing in things):
        return [things[0].known, *(thing.bare for thing in things[1:])]
    return [thing.known for thing in things]


def shared_add(dice: Dice) -> Piece:
    things = [new_thing(dice) for _ in range(_count(dice))]
    verb = dice.pick(("add", "add", "add", "put", "place", "insert", "draw", "throw in", "include"))
    kind = dice.number(0, 5)
    if kind <= 1 or (verb == "put" and kind <= 3):
        where = spot(dice)
        said = f"{verb} {joined(dice, [thing.new for thing in things])} {where}"
        return Piece(said, tuple(edit(f"{verb} {thing.new} {where}") for thing in things), "do", things[-1])
    if kind <= 3 and verb != "put":
        return Piece(f"{verb} {joined(dice, [thing.new for thing in things])}", tuple(edit(f"{verb} {thing.new}") for
            thing in things), "do", things[-1])
    parts = [f"{thing.new} {spot(dice)}" for thing in things]
    if dice.chance(0.2):
        said = dice.say("[i want|i'd like|there should be|i would like|we need]") + f" {joined(dice, parts)}"
        return Piece(said, tuple(edit(f"add {part}") for part in parts), "wish")
    return Piece(f"{verb} {joined(dice, parts)}", tuple(edit(f"{verb} {part}") for part in parts), "do", things[-1])


def shared_color(dice: Dice) -> Piece:
    things = [known_thing(dice) for _ in range(_count(dice))]
    if dice.chance(0.35):
        ink = color(dice)
        verb = dice.pick(("make", "make", "paint", "turn", "color"))
        said = f"{verb} {joined(dice, [thing.known for thing in things])} {ink}"
        return Piece(said, tuple(edit(f"{verb} {thing.known} {ink}") for thing in things))
    inks = [color(dice) if dice.chance(0.7) else dice.pick(bank.LOOKS) for _ in things]
    verb = dice.pick(("make", "make", "make", "turn", "paint"))
    parts = [f"{thing.known} {ink}" for thing, ink in zip(things, inks, strict=True)]
    if dice.chance(0.2):
        link = dice.pick((" to ", " to ", " into "))
        parts = [f"{thing.known}{link}{ink}" for thing, ink in zip(things, inks, strict=True)]
        verb = "change"
    if dice.chance(0.2):
        said = dice.pick((joined(dice, [f"{thing.known} {dice.pick(('in', 'should be'))} {ink}" for thing, ink in zip(
            things, inks, strict=True)]), joined(dice, [f"{thing.bare} {ink}" for thing, ink in zip(things, inks,
            strict=True)])))
        known = " in " in said or " should be " in said
        return Piece(said, tuple(edit(f"make {thing.known if known else thing.bare} {ink}") for thing, ink in zip(
            things, inks, strict=True)), "terse")
    return Piece(f"{verb} {joined(dice, parts)}", tuple(edit(f"{verb} {part}") for part in parts), "do", things[-1])


def shared_replace(dice: Dice) -> Piece:
    pairs = [(known_thing(dice), new_thing(dice)) for _ in range(2)]
    verb, link = dice.pick((("replace", "with"), ("replace", "with"), ("swap", "for"), ("swap", "with"), ("change",
        "to"), ("change", "into"), ("turn", "into"), ("exchange", "for"), ("replace", "by")))
    parts = [f"{old.known} {link} {new.new}" for old, new in pairs]
    return Piece(f"{verb} {joined(dice, parts)}", tuple(edit(f"{verb} {part}") for part in parts))


def shared_give(dice: Dice) -> Piece:
    who = person(dice)
    if dice.chance(0.35):
        people = [f"the {dice.pick(bank.SOLE)}" for _ in range(2)]
        things = [wearable(dice) for _ in range(2)]
        return Piece(f"give {joined(dice, [f'{one} {thing}' for one, thing in zip(people, things, strict=True)])}",
            tuple(edit(f"give {one} {thing}") for one, thing in zip(people, things, strict=True)))
    things = [wearable(dice) for _ in range(_count(dice))]
    thing = Thing(who.removeprefix("the "), who, who, head=who.removeprefix("the ")) if who.startswith("the ") else None
    return Piece(f"give {who} {joined(dice, things)}", tuple(edit(f"give {who} {thing}") for thing in things), "do",
        thing)


def shared_doings(dice: Dice) -> Piece:
    who = person(dice)
    if dice.chance(0.4):
        people = [f"the {one}" for one in dice.some(bank.SOLE, 2)]
        doing = dice.pick([doing for doing in bank.DOINGS[:28] if " his " not in doing and " her " not in doing])
        return Piece(f"make {joined(dice, people)} {doing}", tuple(edit(f"make {one} {doing}") for one in people))
    doings = [doing.replace(" his ", " the ").replace(" her ", " the ") for doing in dice.some(bank.DOINGS, 2)]
    verb = dice.pick(("make", "have", "let"))
    return Piece(f"{verb} {who} {joined(dice, doings)}", tuple(edit(f"{verb} {who} {doing}") for doing in doings))


def shared_exact(dice: Dice) -> Piece:
    """One exact verb on two regions, or two exact wishes with one verb."""
    one, other = region(dice), region(dice)
    patterns = (("blur", "blur", {}), ("sharpen", "sharpen", {}), ("pixelate", "pixelate", {}), ("brighten",
        "exposure", {"direction": "up"}), ("darken", "exposure", {"direction": "down"}), ("desaturate", "saturation",
        {"direction": "down"}),)
    if dice.chance(0.5):
        verb, op, fields = dice.pick(patterns)
        return Piece(f"{verb} the {one} and the {other}", tuple(exact(op, **fields, where=where) for where in (one,
            other)))
    more = {"contrast": exact("contrast", direction="up"), "saturation": exact("saturation", direction="up"),
        "sharpness": exact("sharpen"), "grain": exact("grain")}
    names = dice.some(list(more), 2)
    if dice.chance(0.3):
        return Piece(dice.pick(("add a vignette and some grain", "add a vignette and film grain")), (exact(
            "vignette"), exact("grain")))
    return Piece(dice.pick((f"more {names[0]} and {names[1]}", f"more {names[0]}, more {names[1]}",
        f"add more {names[0]} and {names[1]}")), tuple(more[name] for name in names), "terse")


def named_again(dice: Dice) -> Piece:
    """Two wishes of which the second says "it" or "her" for what the first names."""
    if dice.chance(0.5):
        who = dice.pick(bank.SOLE)
        thing = Thing(who, f"the {who}", f"the {who}", head=who)
        first = dice.pick((f"give the {who} {wearable(dice)}", f"make the {who} {dice.pick(bank.DOINGS[:8])}",
            f"move the {who} closer", f"put the {who} {dice.pick(('on', 'in', 'at'))} {place(dice)}"))
        her = {"her": "her", "him": "his"}.get(thing.pronoun, "its")
        object_ = thing.pronoun if thing.pronoun != "it" else dice.pick(("him", "her", "them"))
        part = dice.pick(bank.PARTS)
        ink, worn, doing = color(dice), wearable(dice), dice.pick(bank.DOINGS[:8])
        second, gold = dice.pick(((f"make {object_} {doing}", f"make the {who} {doing}"), (f"give {object_} {worn}",
            f"give the {who} {worn}"), (f"make {her if her != 'its' else 'their'} {part} {ink}",
            f"make the {who}'s {part} {ink}"), (f"put {worn} on {object_}", f"put {worn} on the {who}"), (
            f"change {her if her != 'its' else 'their'} {part} to {ink}", f"change the {who}'s {part} to {ink}"),))
    else:
        thing = new_thing(dice)
        first = f"{dice.pick(('add', 'put', 'place'))} {thing.new} {spot(dice)}"
        it = "them" if thing.plural else "it"
        look, ink, other = dice.pick(bank.LOOKS), color(dice), new_thing(dice)
        relation = dice.pick(("on", "next to", "behind", "under", "in front of", "above"))
        second, gold = dice.pick(((f"make {it} {look}", f"make {thing.again} {look}"), (f"make {it} {ink}",
            f"make {thing.again} {ink}"), (f"put {other.new} {relation} {it}",
            f"put {other.new} {relation} {thing.again}"), (f"paint {it} {ink}", f"paint {thing.again} {ink}"), (
            f"give {it} {wearable(dice)}", ""), (f"add {other.new} {relation} {it}",
            f"add {other.new} {relation} {thing.again}"),))
        gold = gold or second.replace(f"give {it}", f"give {thing.again}")
    link = dice.pick((" and ", ", then ", " and then ", ". ", ", "))
    return Piece(f"{first}{link}{second}", (edit(first), edit(gold)), "do", thing)


_OOPS = ("[no wait,|no,|actually|actually no,|sorry, i mean|i mean|no make that|wait no,|or rather|hmm, no,|"
    "scratch that,|ehm no|no no,|make that|oops,|— no,|or better|on second thought]")


def taken_back(dice: Dice) -> Piece:
    """A wish said wrong and put right in the same message: only what holds in the end counts."""
    kind = dice.number(0, 7)
    oops = dice.say(_OOPS)
    if kind == 0:
        thing, wrong, right = known_thing(dice), color(dice), color(dice)
        return Piece(f"make {thing.known} {wrong}, {oops} {right}", (edit(f"make {thing.known} {right}"),))
    if kind == 1:
        wrong, right, where = new_thing(dice), new_thing(dice), spot(dice)
        order = dice.chance(0.5)
        said = (f"add {wrong.new} {where}, {oops} {right.new}" if order else
            f"add {wrong.new}, {oops} {right.new} {where}")
        return Piece(said, (edit(f"add {right.new} {where}"),), "do", right)
    if kind == 2:
        old, wrong, right = known_thing(dice), new_thing(dice), new_thing(dice)
        return Piece(f"replace {old.known} with {wrong.new}, {oops} {right.new}", (edit(
            f"replace {old.known} with {right.new}"),))
    if kind == 3:
        wrong, right = known_thing(dice), known_thing(dice)
        return Piece(dice.pick((f"remove {wrong.known}, {oops} {right.known}", f"remove {wrong.known}. no, keep "
            f"{wrong.known}, remove {right.known}", f"remove {wrong.known}, no leave {wrong.known} and remove "
            f"{right.known} instead")), (edit(f"remove {right.known}"),))
    if kind == 4:
        kept, gone = new_thing(dice), new_thing(dice)
        bye = dice.say("[forget|skip|no, leave out|never mind|scratch|actually no|drop]")
        said = f"add {kept.new} and {gone.new}{dice.pick(('. ', ', ', '... '))}{bye} the {gone.bare}"
        return Piece(said, (edit(f"add {kept.new}"),), "do", kept)
    if kind == 5:
        wrong, right = place(dice), place(dice)
        return Piece(f"change the background to {wrong}, {oops} {right}", (edit(f"change the background to {right}"),))
    if kind == 6:
        wrong, right = dice.some(("4:5", "16:9", "1:1", "3:2", "9:16"), 2)
        return Piece(f"crop it to {wrong}, {oops} {right}", (exact("crop", aspect=right),))
    words, right = dice.number(1, 9) * 10, dice.number(1, 9) * 10
    return Piece(f"blur the background by {words}%, {oops} {right}%", (exact("blur", percent=right, where=
        "background"),))


def replaced_later(dice: Dice) -> Piece:
    """ "remove the hat and give her a cap instead": two sentences, one replacement or two wishes."""
    old, new = known_thing(dice), new_thing(dice)
    said = dice.say("[take {x} out and put {n} there|{x} away, {n} there instead|delete {x}, put {n} in its place|"
        "instead of {x} i want {n}|get rid of {x}, {n} should be there instead|where {x} is put {n}|"
        "lose {x} and put {n} there instead]", {"x": old.known, "n": new.new})
    return Piece(said, (edit(f"replace {old.known} with {new.new}"),), "wish" if "should" in said or said.startswith((
        "instead", "the ", "both", "all")) else "do", new)


def said_twice(dice: Dice) -> Piece:
    """A wish with its reason or a description after it, which is not another wish."""
    thing = known_thing(dice)
    why = dice.say("[it's distracting|it looks weird|i don't like it|it ruins the shot|it's ugly|"
        "it doesn't belong there|i never liked it|nobody needs it|it draws attention]")
    return Piece(dice.pick((f"remove {thing.known}, {why}", f"remove {thing.known} because {why}",
        f"{thing.known} - {why}, remove {thing.pronoun if not thing.plural else 'them'}")), (edit(
        f"remove {thing.known}"),))


def scene_text(dice: Dice) -> Piece:
    words = in_quotes(dice, quoted(dice))
    thing = new_thing(dice)
    return Piece(f"add {thing.new} with {words} on it", (edit(f"add {thing.new} with {words} on it"),), "do", thing)


def list_of_things(dice: Dice) -> Piece:
    """ "red scarf, blue hat, no glasses"."""
    parts: list[str] = []
    steps: list[AnyStep] = []
    for _ in range(_count(dice)):
        thing = new_thing(dice, 0.2)
        if dice.chance(0.25):
            gone = known_thing(dice)
            parts.append(f"no {gone.bare}")
            steps.append(edit(f"remove the {gone.bare}"))
        else:
            parts.append(thing.bare)
            steps.append(edit(f"add {thing.bare}"))
    return Piece(dice.pick((", ", ", ", " + ", " and ", "; ")).join(parts), tuple(steps), "terse")


def mixed_make(dice: Dice) -> Piece:
    """ "make the sky pink and the picture warmer": one verb for what is painted and what is computed."""
    thing, tint = known_thing(dice), color(dice)
    words, step = dice.pick((("it warmer", exact("temperature", direction="warmer")), ("the picture brighter", exact(
        "exposure", direction="up")), ("everything a bit darker", exact("exposure", direction="down")), (
        "the background blurry", exact("blur", where="background")), ("the whole thing black and white", exact(
        "black_and_white")), ("the colors more saturated", exact("saturation", direction="up")), (
        "the background transparent", exact("fill", where="background", color="transparent")), (
        "the background white", exact("fill", where="background", color="white")), ("the picture sharper", exact(
        "sharpen")), ("the face brighter", exact("exposure", direction="up", where="face")), ("it cooler", exact(
        "temperature", direction="cooler")), ("the sky darker", exact("exposure", direction="down", where="sky")), (
        "the faces unrecognizable", exact("pixelate", where="faces")),))
    if dice.chance(0.5):
        return Piece(f"make {thing.known} {tint} and {words}", (edit(f"make {thing.known} {tint}"), step))
    return Piece(f"make {words} and {thing.known} {tint}", (step, edit(f"make {thing.known} {tint}")))


KINDS: dict[Callable[[Dice], Piece], float] = {shared_remove: 4, shared_add: 4, shared_color: 4, shared_replace: 2,
    shared_give: 2, shared_doings: 1.5, shared_exact: 1, named_again: 5, taken_back: 3, replaced_later: 1.5,
    said_twice: 1, scene_text: 0.4, list_of_things: 1.5, mixed_make: 1.5,}
