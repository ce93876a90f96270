"""Messages about what was done before: change it, take it out, back, forward, to a version, to a variant."""

# Sayings fill the lines, they do not stand one below the other.
# fmt: off

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from assistant.drafts import Draft, Spoken, State, StateStep
from assistant.sketchbook.language.plan_dice import Dice
from assistant.sketchbook.language.plan_done import KINDS, Done, drawn
from assistant.sketchbook.language.plan_generative import wearable, wish
from assistant.sketchbook.language.plan_piece import Piece, edit
from assistant.sketchbook.language.plan_sketch import WORN
from assistant.sketchbook.language.plan_things import color
from assistant.sketchbook.language.plan_weave import Woven, weave
from assistant.steps import AnyStep
from assistant.wording import in_words

Sampled = tuple[State, Draft]


class Past(NamedTuple):
    """A dialogue so far: what was done, in order."""

    done: tuple[Done, ...]
    picture: str
    first: int = 0
    """Place of the first step that can be revised or taken out; the drawing of a sketch is before it."""

    def on(self, picture: str) -> Past:
        """The same steps on a photograph or on a drawing."""
        return Past(self.done[self.first :], picture) if picture == "photo" else self._replace(picture=picture)

    @property
    def places(self) -> range:
        return range(self.first, len(self.done))


_ANSWERS = ("Done.", "Done: {w}.", "{w}", "I did that: {w}.", "Here it is.", "OK. {w}.",
    "Done: {w}. Say what comes next.", "I painted it: {w}.", "Finished in 2 s.", "")


def past(dice: Dice, least: int = 1, most: int = 5) -> Past:
    """Some steps, all different in kind of name, so that a name points at one of them."""
    count = min(most, dice.weighted({1: 3, 2: 3, 3: 2.5, 4: 1.5, 5: 1, 6: 0.5, 8: 0.3}))
    done: list[Done] = []
    names: set[str] = set()
    while len(done) < max(least, count):
        new = dice.weighted(KINDS)(dice)
        if not names & set(new.names):
            done.append(new)
            names |= set(new.names)
    if dice.chance(0.3):
        return Past((drawn(dice), *done), "sketch", 1)
    return Past(tuple(done), "photo")


def state_of(dice: Dice, past: Past, message: str, **more: int) -> State:
    """The state after a past, with the last one or two turns, and versions that fit."""
    steps = tuple(StateStep(number=n, words=in_words(done.step), enabled=not dice.chance(0.03)) for n, done in
        enumerate(past.done, 1))
    turns: list[Spoken] = []
    for done in past.done[-dice.weighted({1: 4, 2: 3}) :] if dice.chance(0.85) else ():
        turns.append(Spoken(role="user", text=done.said))
        answer = dice.pick(_ANSWERS).format(w=in_words(done.step))
        if answer:
            turns.append(Spoken(role="assistant", text=answer))
    versions = len(past.done) + 1 + (dice.number(1, 4) if dice.chance(0.25) else 0)
    fields = {"version": len(past.done) + 1, "versions": versions} | more
    return State.model_validate({"message": message, "picture": past.picture, "steps": steps, "turns": turns[-4:], **
        fields})


def _sample(dice: Dice, past: Past, said: str, draft: Draft, **more: int) -> Sampled:
    """`said` as somebody types it, with the draft."""
    return state_of(dice, past, _touched(dice, said), **more), draft


def _touched(dice: Dice, said: str) -> str:
    woven = weave(dice, [Piece(said, (), "terse")], plain=0.85)
    return woven.text


def _more(dice: Dice) -> Woven | None:
    """Now and then something new behind it."""
    return weave(dice, [wish(dice)], plain=1) if dice.chance(0.13) else None


def _with(dice: Dice, said: str, more: Woven | None) -> str:
    if more is None:
        return said
    text = more.text[0].lower() + more.text[1:] if more.steps and not more.text.isupper() else more.text
    return f"{said}{dice.pick((' and ', ', and ', '. also ', ', then ', '. ', ' and also '))}{text}"


_ABOUT = "[{x}:|{x}:|about {x},|{x} again:|step {n}:|for step {n},|change step {n}:]"


def revise(dice: Dice) -> Sampled:
    before = past(dice)
    place = len(before.done) - 1 if dice.chance(0.75) else dice.pick(before.places)
    done = before.done[place]
    said, step = _another(dice, done) if done.painted and dice.chance(0.06) else done.revise(dice)
    if place != len(before.done) - 1 and not any(_names(name, said) for name in (*done.names, *_nouns(done))):
        said = f"{dice.say(_ABOUT, {'x': dice.pick(done.names), 'n': str(place + 1)})} {said}"
    more = _more(dice)
    steps: tuple[AnyStep, ...] = (step, *(more.steps if more else ()))
    return _sample(dice, before, _with(dice, said, more), Draft(act="revise", targets=(place + 1,), steps=steps))


def _another(dice: Dice, done: Done) -> tuple[str, AnyStep]:
    """The same wish again: revised to what it is already, so that only chance is another."""
    noun = done.names[0].removeprefix("the ")
    return dice.say("[another one|try again|a different one|try that again|another try|again, but different|"
        "show me another {n}|a different {n} please|different {n}|one more try|redo {x} differently|"
        "give me another version of {x}|i don't like this one, another one|try another {n}|not this one, another]", {
        "n": noun, "x": done.names[0]}), done.step


def _names(name: str, said: str) -> bool:
    return f" {name} " in f" {said.replace(',', ' ').replace(':', ' ')} "


def _nouns(done: Done) -> tuple[str, ...]:
    return tuple(name.removeprefix("the ") for name in done.names[:1])


def revise_two(dice: Dice) -> Sampled:
    """One wish for two steps: "make both green"."""
    before = past(dice, 2)
    places = sorted(dice.some(before.places, 2))
    changes = [before.done[place].revise(dice) for place in places]
    parts = [said if any(_names(name, said) for name in before.done[place].names) else
        f"{before.done[place].names[0]}: {said}" for place, (said, _) in zip(places, changes, strict=True)]
    said = dice.pick((" and ", ", ", ", and ", ". ")).join(parts)
    return _sample(dice, before, said, Draft(act="revise", targets=tuple(place + 1 for place in places), steps=tuple(
        step for _, step in changes)))


_DROP = ("[undo {x}|remove {x}|take {x} away again|drop {x}|forget {x}|lose {x}|no {b} after all|without {x}|"
    "get rid of {x}|take {x} out again|i don't want {x} anymore|delete {x}|{x} was a bad idea|{x} should go|"
    "please undo {x}|revert {x}|cancel {x}|take back {x}|never mind {x}|scrap {x}|i don't like {x}, take it out|"
    "remove {x} again|leave out {x}|skip {x}|undo just {x}]")
_DROP_PAINTED = ("[remove {x}|take {x} away|remove {x} again|take {x} off|get rid of {x}|lose {x}|no {b}|"
    "without {x}|delete {x}|i don't want {x} after all|{x} was a mistake|drop {x}|undo {x}|erase {x}|"
    "{x} doesn't work, remove it|take {x} out again|no {b} please]")


def drop(dice: Dice) -> Sampled:
    before = past(dice)
    able = len(before.places)
    count = 2 if able > 2 and dice.chance(0.25) else 1
    places = sorted(dice.some(before.places, count))
    kind = dice.number(0, 19)
    if count == 1 and kind <= 2:
        number = places[0] + 1
        said = dice.say("[drop step {n}|remove step {n}|undo step {n}|delete step {n}|take out step {n}|"
            "without step {n}|step {n} can go|undo number {n}|forget step {n}]", {"n": str(number)})
    elif count == 2 and kind <= 4:
        one, other = (str(place + 1) for place in places)
        said = dice.say("[drop steps {a} and {b}|undo steps {a} and {b}|remove {a} and {b}|"
            "delete step {a} and step {b}|steps {a} and {b} can go]", {"a": one, "b": other})
    elif able > 1 and kind == 5:
        count = dice.number(2, min(3, able))
        places = list(range(len(before.done) - count, len(before.done)))
        said = dice.say("[undo|drop|remove|take back|revert] the last [{w}|{n}] [steps|changes|edits]", {"w": ("two",
            "three")[count - 2], "n": str(count)})
    elif able > 2 and kind == 6:
        kept = places[0]
        places = [place for place in before.places if place != kept]
        said = dice.say("[drop everything but {x}|remove everything except {x}|undo everything but {x}|"
            "keep only {x}|only keep {x}, undo the rest]", {"x": dice.pick(before.done[kept].names)})
    else:
        names = [dice.pick(before.done[place].names) for place in places]
        painted = all(before.done[place].painted for place in places)
        words = " and ".join(names)
        said = dice.say(_DROP_PAINTED if painted else _DROP, {"x": words, "b": words.removeprefix("the ")})
    more = _more(dice)
    draft = Draft(act="drop", targets=tuple(place + 1 for place in places), steps=more.steps if more else ())
    return _sample(dice, before, _with(dice, said, more), draft)


_UNDO = ("[undo|undo|undo that|undo it|undo please|go back|go back one step|one step back|step back|back|"
    "take that back|revert that|revert the last change|undo the last step|undo the last change|undo the last one|"
    "nope, undo|oops, undo|i don't like that, undo|no, go back|cancel that|ctrl z|ctrl+z|undo last|go one back|"
    "back one step|not good, go back|that's worse, undo it|take it back|previous version|back please|"
    "let's go back one|hm no, undo that|reverse that|forget that last one|i liked it better before|revert|"
    "roll back one step|no that's bad, undo|the one before was better]")
_REDO = ("[redo|redo that|redo it|redo please|bring it back|put it back|forward|go forward|one step forward|"
    "undo the undo|ctrl y|ctrl+y|no, redo it|actually i liked it, redo|bring that back|do it again after all|"
    "restore that|redo the last step|redo the last change|step forward|go forward again|actually, put it back|"
    "no wait, bring it back|again please, redo|reapply that|redo what you undid|i changed my mind, redo it]")


def undo(dice: Dice) -> Sampled:
    return _sample(dice, past(dice), dice.say(_UNDO), Draft(act="undo"))


def redo(dice: Dice) -> Sampled:
    before = past(dice)
    state, draft = _sample(dice, before, dice.say(_REDO), Draft(act="redo"))
    said = dice.pick(("undo", "undo that", "go back", "step back"))
    turns = (*state.turns[:2], Spoken(role="user", text=said), Spoken(role="assistant", text=dice.pick(("Undone.",
        "Went back one step.", "Back at version 2.")))) if dice.chance(0.8) else state.turns
    back = dice.number(1, 2)
    return state.model_copy(update={"turns": turns, "versions": state.versions + back}), draft


_ORIGINAL = ("[go back to the original|back to the original|show me the original|start over|start again|"
    "reset everything|reset|undo everything|back to the start|original please|the original picture again|"
    "go back to the very beginning|throw it all away and start over|restore the original|start from scratch|"
    "show the original|remove all edits|revert to original|i want the original back|discard all changes|"
    "back to square one]")


def goto(dice: Dice) -> Sampled:
    before = past(dice, 1, 6)
    count, kind, variants = len(before.done), dice.number(0, 9), 1
    if kind <= 2:
        said, target = dice.say(_ORIGINAL), "original"
    elif kind <= 4:
        number = dice.number(1, count)
        said = dice.say("[go back to step {n}|how it was after step {n}|back to step {n}|"
            "show me the picture after step {n}|go to step {n}|as it was after step {n}|return to step {n}|"
            "jump back to step {n}|after step {n}]", {"n": str(number)})
        target = f"after step {number}"
    elif kind == 5:
        place = dice.pick(before.places)
        name = dice.pick(before.done[place].names)
        said = dice.say("[go back to before {x}|the version before {x}|how it was before {x}|back to before {x}|"
            "show me how it looked before {x}|before {x}|as it was before {x}]", {"x": name})
        target = f"after step {place}" if place else "original"
    elif kind == 6:
        place = dice.pick(before.places)
        said = dice.say("[go back to after {x}|the version with {x} but nothing later|"
            "how it looked right after {x}|back to when {x} was just done|back to right after {x}]", {"x": dice.pick(
            before.done[place].names)})
        target = f"after step {place + 1}"
    elif kind == 7:
        number = dice.number(1, count + 1)
        said = dice.say("[go to version {n}|back to version {n}|version {n}|show version {n}|"
            "i liked version {n} better|version {n} please|use version {n}|take version {n}|open version {n}|v{n}|"
            "switch to version {n}|return to version {n}]", {"n": str(number)})
        target = f"version {number}"
    else:
        variants = dice.number(2, 5)
        number = dice.number(1, variants)
        word = ("first", "second", "third", "fourth", "fifth")[number - 1]
        said = dice.say("[take the {w} one|the {w} one|use variant {n}|variant {n}|i like the {w} best|"
            "i like number {n}|the {w} variant please|number {n}|take number {n}|go with the {w}|option {n}|"
            "{w} one please|let's use the {w} one|the {w} is the best|pick {n}|choose the {w} one|i'll take {n}]", {
            "w": word, "n": str(number)})
        target = f"variant {number}"
    more = weave(dice, [wish(dice)], plain=1) if dice.chance(0.2) else None
    draft = Draft(act="goto", target=target, steps=more.steps if more else ())
    return _sample(dice, before, _with(dice, said, more), draft, variants=variants)


def onward(dice: Dice) -> Sampled:
    """Just another wish in the middle of a dialogue: an edit, whatever was done before."""
    before = past(dice)
    pieces = [wish(dice) for _ in range(dice.weighted({1: 3, 2: 1}))]
    woven = weave(dice, pieces)
    return state_of(dice, before, woven.text), Draft(act="edit", steps=woven.steps)


def of_the_drawing(dice: Dice) -> Sampled:
    """Something that was drawn, not added: to change it or take it away is an edit."""
    first = drawn(dice)
    while not (worn := [noun for noun in WORN if f" {noun}" in f" {in_words(first.step)}"]):
        first = drawn(dice)
    before = Past((first,), "sketch", 1)
    noun, ink, other = dice.pick(worn), color(dice), wearable(dice)
    said, gold = dice.pick(((f"remove the {noun}", ""), (f"make the {noun} {ink}", ""), (f"no {noun}",
        f"remove the {noun}"), (f"take off the {noun}", ""), (f"replace the {noun} with {other}", ""), (
        f"the {noun} should be {ink}", f"make the {noun} {ink}"), (f"change the {noun} to {other}", ""), (
        f"the {noun} in {ink}", f"make the {noun} {ink}"), (f"{other} instead of the {noun}",
        f"replace the {noun} with {other}"), (f"get rid of the {noun}", ""),))
    woven = weave(dice, [Piece(said, (edit(gold or said),))], plain=0.7)
    return state_of(dice, before, woven.text), Draft(act="edit", steps=woven.steps)


KINDS_OF_TALK: dict[Callable[[Dice], Sampled], float] = {revise: 8, revise_two: 0.7, drop: 4, undo: 1.5, redo: 1.2,
    goto: 3.5, onward: 3, of_the_drawing: 0.8}
