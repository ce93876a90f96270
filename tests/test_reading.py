"""Messages that words alone can tell, and what a small model makes of them without."""

from __future__ import annotations

import pytest

from assistant.drafts import Draft, Spoken, State, StateStep
from assistant.embedded.aiming import put_right
from assistant.embedded.dialect import SketchbookDialect
from assistant.embedded.reading import (
    asks_about_the_picture,
    text_alone,
    text_moved,
    text_resized,
    wants_no_new_picture,
)
from assistant.embedded.tasks import Tasks
from assistant.steps import Edit, Generate, Temperature, Text
from assistant.wording import in_words
from tests.worlds import KnowingGate


def state(message: str, *words: str, pointed: bool = False) -> State:
    steps = tuple(StateStep(number=number, words=said) for number, said in enumerate(words, 1))
    return State(message=message, picture="sketch", steps=steps, version=1, versions=1, pointed=pointed)


@pytest.mark.parametrize(
    ("message", "asks"),
    [
        ("is she wearing a hat?", True), ("Does he have a beard?", True), ("and is it night?", True),
        ("are there any clouds?", True), ("has the man got glasses?", True),
        ("is it possible to make it night?", False), ("is there a way to remove the hat?", False),
        ("can you give her a hat?", False), ("is she wearing a hat", False), ("what colour is her hair?", False),
        ("a hat, is she happy?", False),
    ],
)  # fmt: skip
def test_a_question_about_the_picture(message: str, asks: bool) -> None:
    assert asks_about_the_picture(message) == asks


@pytest.mark.parametrize(
    ("message", "changes"),
    [
        ("make it night", True), ("please remove the hat", True), ("ok, now give her glasses", True),
        ("make a new picture of a cat", False), ("make me a drawing of a man", False), ("a woman on a beach", False),
        ("give me another one", False), ("draw a man", False),
    ],
)  # fmt: skip
def test_a_change_is_no_new_picture(message: str, changes: bool) -> None:
    assert wants_no_new_picture(message) == changes


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("no, put it at the top", "top"), ("No, write it on the bottom right please!", "bottom right"),
        ("move the text to the left", "left"), ("put the caption in the middle instead", "middle"),
        ("put it at the top", None),  # of what? the model may know
        ("no, put the hat at the top", None), ("no, put it at the top and make it red", None),
    ],
)  # fmt: skip
def test_a_text_is_moved_and_nothing_else(message: str, place: str | None) -> None:
    moved = text_moved(
        state(message, "black and white", "write “Hello there” at the bottom in red, serif", "crop to 4:5")
    )
    wanted = Draft(
        act="revise", targets=(2,), steps=(Text(text="Hello there", position=place, color="red", font="serif"),)
    )
    assert moved == (wanted if place else None)
    assert text_moved(state(message, "black and white")) is None


def test_a_text_that_is_written_again_is_the_one_that_was_written() -> None:
    yellow = Text(text="Mission day", position="bottom", color="yellow")
    draft = Draft(act="revise", targets=(1,), steps=(yellow, Temperature(direction="warmer"), Text(text="Mission day")))
    words = ("warmer 20%", "write “Mission day” at the bottom")
    assert text_alone(draft, state("make the text yellow", *words)) == Draft(
        act="revise", targets=(2,), steps=(yellow,)
    )
    assert text_alone(draft, state("make it warm and yellow", *words)) == draft
    plain = Draft(act="edit", steps=(Text(text="Mission day", position="bottom"),))
    there = state("make the text serif", "write “Mission day” at the top right in gold, bold")
    serif = Text(text="Mission day", position="top right", color="gold", font="serif")
    assert text_alone(plain, there).steps == (serif,)
    low = there.model_copy(update={"message": "the text at the bottom, please"})
    assert text_alone(plain, low).steps == (serif.model_copy(update={"position": "bottom", "font": "bold"}),)
    other = Draft(act="edit", steps=(Text(text="Bye"),))
    assert text_alone(other, state("add the text Bye", *words)) == other


def test_a_new_place_is_a_new_step() -> None:
    blue = Edit(modify="make this blue")
    draft = Draft(act="revise", targets=(1,), steps=(blue,))
    assert put_right(draft, state("make this blue", "blur here", pointed=True)) == Draft(act="edit", steps=(blue,))
    assert put_right(draft, state("no, make this blue", "blur here", pointed=True)).act == "revise"
    assert put_right(draft, state("make this blue", "blur here")).act == "revise"


def test_what_was_put_on_here_is_taken_off_by_leaving_it_out() -> None:
    off = Draft(act="edit", steps=(Edit(modify="remove the hat"),))
    drawn, crown = "draw a woman, tan skin, on a beach", "put a blue crown on the head"
    assert put_right(off, state("remove the hat", drawn, crown)) == Draft(act="drop", targets=(2,))
    assert put_right(off, state("remove the hat", "draw a woman, red cap, on a beach", crown)) == off
    assert put_right(off, state("remove the hat", crown)) == off  # who knows what was there before
    assert put_right(off, state("remove the hat", drawn, crown, "make the hat green")) == off


def test_a_change_that_became_a_new_picture_is_planned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    anew, change = (
        Draft(act="generate", steps=(Generate(prompt="a man"),)),
        Draft(act="edit", steps=(Edit(modify="night"),)),
    )
    monkeypatch.setattr(Tasks, "plan", lambda self, asked, stop: anew if asked.turns else change)
    asked = state("make it night", "draw a woman").model_copy(
        update={"turns": (Spoken(role="user", text="what did you change?"),)}
    )
    dialect = SketchbookDialect()
    assert dialect.draft(KnowingGate(), asked) == change
    assert dialect.draft(KnowingGate(), asked.model_copy(update={"message": "draw a man"})) == anew
    assert dialect.draft(KnowingGate(), asked.model_copy(update={"message": "is she wearing a hat?"})).act == "answer"


@pytest.mark.parametrize(
    ("message", "percent"),
    [
        ("make the text bigger", 140), ("Bigger letters please!", 140), ("the caption is too small", 140),
        ("can you make the words a bit smaller?", 83.3), ("make it much bigger", 200), ("smaller", 71.4),
        ("the title is too big", 71.4), ("make the hat bigger", None), ("make it smaller and crop it", None),
        ("make the text red", None), ("bigger and smaller", None), ("", None),
    ],
)  # fmt: skip
def test_letters_grow_and_shrink(message: str, percent: float | None) -> None:
    words = "black and white", "write “Hello there” at the bottom in red, serif, 40 px"
    step = Text(text="Hello there", position="bottom", color="red", font="serif", size=40, percent=percent or 100)
    assert text_resized(state(message, *words)) == (
        Draft(act="revise", targets=(2,), steps=(step,)) if percent else None
    )
    assert state("x", in_words(step)).steps[0].words == words[1] + (f", {percent}% size" if percent else "")


def test_letters_go_on_growing() -> None:
    for said, percent in ((", 140% size", 196), (", 900% size", 1000)):
        resized = text_resized(state("bigger", f"write “Hello” at the top in red{said}"))
        assert resized is not None
        assert resized.steps == (Text(text="Hello", position="top", color="red", percent=percent),)


@pytest.mark.parametrize("message", ["bigger", "make it bigger"])
def test_bigger_is_the_texts_only_right_behind_it(message: str) -> None:
    assert text_resized(state(message, "write “Hello” at the top", "crop to 4:5")) is None
    assert text_resized(state(message, "crop to 4:5")) is None


def test_a_text_gets_what_was_said_of_it_and_keeps_the_rest() -> None:
    draft = Draft(act="revise", targets=(1,), steps=(Text(text="Hello", position="top"),))
    said = state("make the text much bigger and blue", "write “Hello” at the bottom in red, serif, 40 px")
    (step,) = text_alone(draft, said).steps
    assert step == Text(text="Hello", position="bottom", color="blue", font="serif", size=40, percent=200)
