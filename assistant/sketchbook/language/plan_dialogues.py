"""Made-up dialogues for the planner's language: an endless stream of states with the draft that each of them means.

Nothing of it is copied from anybody's messages; people's words are imitated by patterns.
"""

# Sayings fill the lines, they do not stand one below the other.
# fmt: off

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from assistant.drafts import Draft, State
from assistant.sketchbook.language import plan_bank as bank
from assistant.sketchbook.language import (
    plan_exact_place,
    plan_exact_shape,
    plan_exact_tone,
    plan_history,
    plan_multi,
    plan_talk,
)
from assistant.sketchbook.language.plan_dice import Dice
from assistant.sketchbook.language.plan_foreign import foreign
from assistant.sketchbook.language.plan_generative import person, wish
from assistant.sketchbook.language.plan_history import past, state_of
from assistant.sketchbook.language.plan_piece import Piece
from assistant.sketchbook.language.plan_plain import plain
from assistant.sketchbook.language.plan_pointed import pointed
from assistant.sketchbook.language.plan_sketch import PEOPLE, change, draw, several
from assistant.sketchbook.language.plan_talk import impossible
from assistant.sketchbook.language.plan_things import known_thing
from assistant.sketchbook.language.plan_weave import Woven, weave
from assistant.steps import Edit

Sampled = tuple[State, Draft]


def exact_wish(dice: Dice) -> Piece:
    """One exact wish of any family."""
    book = dice.weighted({"tone": 5, "shape": 3, "place": 4})
    kinds = {"tone": plan_exact_tone.KINDS, "shape": plan_exact_shape.KINDS, "place": plan_exact_place.KINDS}[book]
    return dice.weighted(kinds)(dice)


def any_wish(dice: Dice) -> Piece:
    """One wish on a photograph, or several in one breath."""
    kind = dice.number(0, 9)
    if kind <= 3:
        return wish(dice)
    return exact_wish(dice) if kind <= 7 else dice.weighted(plan_multi.KINDS)(dice)


def photo_edit(dice: Dice) -> Sampled:
    """A message about a photograph, with one to six steps."""
    count = dice.weighted({1: 4, 2: 3.5, 3: 2, 4: 0.7, 5: 0.3})
    pieces = [any_wish(dice) for _ in range(count)]
    while sum(len(piece.steps) for piece in pieces) > 6 and len(pieces) > 1:
        pieces.pop()
    return _edited(dice, pieces)


def sketch_edit(dice: Dice) -> Sampled:
    """A message about a drawing."""
    count = dice.weighted({1: 5, 2: 3.5, 3: 1.5, 4: 0.4})
    pieces = [_sketch_wish(dice) for _ in range(count)]
    return _edited(dice, pieces, "sketch")


def _sketch_wish(dice: Dice) -> Piece:
    kind = dice.number(0, 9)
    if kind <= 6:
        return change(dice)
    return several(dice) if kind == 7 else exact_wish(dice) if kind == 8 else wish(dice)


def _edited(dice: Dice, pieces: list[Piece], picture: str = "photo") -> Sampled:
    if dice.chance(0.02):
        pieces.insert(dice.number(0, len(pieces)), Piece(impossible(dice), ()))
    woven = weave(dice, pieces)
    references = max(piece.references for piece in pieces)
    if dice.chance(0.25):
        before = past(dice).on(picture)
        return state_of(dice, before, woven.text, references=references), Draft(act="edit", steps=woven.steps)
    state = {"message": woven.text, "picture": picture, "references": references, "versions": 1, "version": 1}
    return State.model_validate(state), Draft(act="edit", steps=woven.steps)


def plainly(dice: Dice) -> Sampled:
    """Common wishes in a row, now and then in the middle of a conversation."""
    picture = dice.pick(("photo", "photo", "sketch"))
    woven = plain(dice, picture == "sketch")
    draft = Draft(act="edit", steps=woven.steps)
    if dice.chance(0.3):
        return state_of(dice, past(dice).on(picture), woven.text), draft
    return State.model_validate({"message": woven.text, "picture": picture, "versions": 1, "version": 1}), draft


def generated(dice: Dice) -> Sampled:
    """A picture from nothing, or a new one, and what is done to it at once."""
    pieces = [draw(dice)]
    for _ in range(dice.weighted({0: 7, 1: 2, 2: 1})):
        known = next((person for person in PEOPLE if f" {person}" in f" {pieces[0].say}"), "")
        pieces.append(change(dice, known) if known and dice.chance(0.5) else exact_wish(dice))
    woven = weave(dice, pieces[:1], plain=0.6) if len(pieces) == 1 else _drawn_then(dice, pieces)
    draft = Draft(act="generate", steps=woven.steps)
    if dice.chance(0.75):
        return State(message=woven.text, picture="none", references=max(piece.references for piece in pieces)), draft
    return state_of(dice, past(dice), woven.text, references=max(piece.references for piece in pieces)), draft


def _drawn_then(dice: Dice, pieces: list[Piece]) -> Woven:
    first = weave(dice, pieces[:1], plain=0.8)
    rest = weave(dice, pieces[1:], plain=0.9)
    text = rest.text[0].lower() + rest.text[1:] if not rest.text.isupper() else rest.text
    end = dice.pick((". then ", ", then ", " and then ", ". ", ". also ", ", and "))
    return Woven(first.text.rstrip(".!?… 🙂🙏❤️") + end + text, (*first.steps, *rest.steps))


def from_reference(dice: Dice) -> Sampled:
    """Wishes that take something from another picture."""
    number = 2 if dice.chance(0.8) else 3
    name = dice.pick((f"picture {number}", f"image {number}", "the second picture" if number == 2 else
        "the third picture", "the other picture" if number == 2 else f"photo {number}", f"photo {number}"))
    said = dice.say(_TAKEN, {"p": name, "w": dice.pick(bank.WEARABLES), "k": known_thing(dice).known, "t": dice.pick(
        bank.THINGS), "h": person(dice)})
    steps = (Edit(modify=said, references=(number,)),)
    woven = weave(dice, [Piece(said, steps, "do", None, number - 1)], plain=0.7)
    return State(message=woven.text, references=number - 1, version=1, versions=1), Draft(act="edit", steps=woven.
        steps)


_TAKEN = ("[put the {w} from {p} on {h}|use the background of {p}|replace {k} with the {t} from {p}|"
    "add the {t} from {p}|give {h} the {w} from {p}|take the sky from {p}|put {h} into {p}|copy the style of {p}|"
    "make it look like {p}|use the colors of {p}|add the person from {p}|swap the face with the one in {p}|"
    "put the {t} from {p} on the table|replace the background with {p}|dress {h} in the {w} from {p}]")


def other_tongue(dice: Dice) -> Sampled:
    piece = foreign(dice)
    state = State(message=piece.say, picture=dice.pick(("photo", "photo", "sketch")), version=1, versions=1)
    return state, Draft(act="edit", steps=piece.steps)


def talk(dice: Dice) -> Sampled:
    return dice.weighted(plan_talk.KINDS)(dice)


def history(dice: Dice) -> Sampled:
    return dice.weighted(plan_history.KINDS_OF_TALK)(dice)


def span_drill(dice: Dice) -> Sampled:
    """One wish, said plainly: what is to be copied, and from where."""
    piece = dice.weighted({wish: 5, exact_wish: 4, change: 1})(dice)
    woven = weave(dice, [piece], plain=0.9)
    return State(message=woven.text, references=piece.references, versions=1, version=1), Draft(act="edit", steps=
        woven.steps)


FULL: dict[Callable[[Dice], Sampled], float] = {photo_edit: 10, plainly: 7, sketch_edit: 4, generated: 2, pointed: 1.2,
    from_reference: 0.5, other_tongue: 1.6, talk: 3, history: 6,}


def plan_sample(rng: np.random.Generator, stage: float = 1.0) -> tuple[State, Draft]:
    """A state and its draft. `stage` 0 gives plain single wishes, 1 everything; between them a mixture."""
    dice = Dice(rng)
    if dice.chance(1 - stage):
        return span_drill(dice)
    return dice.weighted(FULL)(dice)
