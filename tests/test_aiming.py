"""A draft put right by the message's own words: which step is meant, what is said twice, what is left alone."""

from __future__ import annotations

import pytest

from assistant.drafts import Draft, State, StateStep
from assistant.embedded.aiming import put_right, things_named
from assistant.steps import Edit, Rotate

WORDS = (
    "draw a woman, tan skin, long ginger hair, on a beach",
    "put red round glasses on the face",
    "put a green beret on the head",
    "make it night",
    "crop to 4:5",
)


def state(message: str) -> State:
    steps = tuple(StateStep(number=number, words=words) for number, words in enumerate(WORDS, 1))
    return State(message=message, picture="sketch", steps=steps, version=2, versions=2)


def edit(words: str) -> Edit:
    return Edit(modify=words)


@pytest.mark.parametrize(
    ("message", "written", "meant"),
    [
        ("undo the night", 2, 4),
        ("without the hat please", 2, 3),
        ("take the glasses off again", 2, 2),
        ("undo the crop", 2, 5),
        ("take that back", 2, 2),  # no word speaks of any step
        ("undo the beard", 3, 3),  # nor does this one
    ],
)
def test_a_step_is_meant_by_its_name(message: str, written: int, meant: int) -> None:
    draft = put_right(Draft(act="drop", targets=(written,)), state(message))
    assert draft.targets == (meant,)


def test_a_correction_is_of_the_step_that_it_names() -> None:
    new = edit("make the hat yellow")
    aimed = Draft(act="revise", targets=(3,), steps=(new,))
    assert put_right(Draft(act="revise", targets=(4,), steps=(new,)), state("make the hat yellow instead")) == aimed
    assert put_right(Draft(act="edit", steps=(new,)), state("no, make the hat yellow")) == aimed
    for message in ("make the hat yellow", "now make the hat yellow"):
        plain = Draft(act="edit", steps=(new,))
        assert put_right(plain, state(message)) == plain
    leaked = Draft(act="revise", targets=(3,), steps=(new, edit("make the hat green"), edit("add a yellow cat")))
    assert put_right(leaked, state("no, make the hat yellow, and add a yellow cat")).steps == (new, leaked.steps[2])
    snow = Draft(act="edit", steps=(edit("make it snow"),))
    assert put_right(snow, state("no, let it be as it is")) == snow


def test_the_later_of_two_steps_with_the_name_is_meant() -> None:
    words = ("put a green beret on the head", "put a red top hat on the head", "make it night")
    steps = tuple(StateStep(number=number, words=said) for number, said in enumerate(words, 1))
    asked = State(message="undo the hat", picture="sketch", steps=steps)
    assert put_right(Draft(act="drop", targets=(3,)), asked).targets == (2,)
    assert put_right(Draft(act="drop", targets=(1,)), asked).targets == (1,)


def test_a_painted_wish_is_painted_once() -> None:
    twice = Draft(act="edit", steps=(edit("remove the cat"), edit("remove the cat"), edit("make it night")))
    assert [step.wish()["modify"] for step in put_right(twice, state("…")).steps] == ["remove the cat", "make it night"]
    turn = Rotate(degrees=90, direction="clockwise")
    turned = Draft(act="edit", steps=(turn, turn))
    assert put_right(turned, state("turn it right twice")) == turned


def test_things_are_named_by_their_kinds_too() -> None:
    assert things_named("What colour is her hair?") == {"hair"}
    assert things_named("Undo the beret and the night") == {"hat", "time"}
    assert things_named("who are you?") == frozenset()


def test_what_a_message_does_not_name_is_what_its_wish_is_about() -> None:
    meant = put_right(
        Draft(act="revise", targets=(1,), steps=(edit("put a blue beret on the head"),)), state("make it blue")
    )
    assert meant.targets == (3,)
    unknown = Draft(act="revise", targets=(1,), steps=(edit("make it shine"),))
    assert put_right(unknown, state("make it shine")) == unknown


def test_a_different_one_is_not_the_same_again() -> None:
    again = Draft(act="revise", targets=(3,), steps=(edit(WORDS[2]),))
    assert put_right(again, state("no, a different hat")).steps == (edit("no, a different hat"),)
    assert put_right(again, state("try that hat again")) == again  # another seed
    assert put_right(again, state("another one")) == again
