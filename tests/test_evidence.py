"""What a small model reads out of a sentence counts only where words of the sentence speak of it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from assistant.drafts import State
from assistant.embedded.completer import SketchbookCompleter
from assistant.embedded.tasks import Grounded, Tasks
from assistant.planning.resolving import Slot
from assistant.script_files import step_from_data
from assistant.sketchbook.language.evidence import NOTHING, TABLE, grounded, speaks_of
from assistant.sketchbook.language.grounding import ground_sample
from assistant.sketchbook.language.wishes import VALUES, Assignment
from assistant.sketchbook.training.evidence import learn
from tests.models import ScriptedGate


@pytest.mark.parametrize(
    ("sentence", "attribute"),
    [
        ("put a green beret on the head", "hat"), ("give him a baret", "hat"), ("make it nihgt", "time"),
        ("shave it off", "beard"), ("make her smile", "expression"), ("mach es Nacht", "time"),
        ("ponle un sombrero", "hat"), ("make it a watercolour", "style"), ("let it snow", "weather"),
        ("give her a golden bun", "hair_color"), ("a yellow beard", "hair_color"),
    ],
)  # fmt: skip
def test_words_speak_of_things_also_misspelled_and_in_other_tongues(sentence: str, attribute: str) -> None:
    assert speaks_of(sentence, Assignment(attribute=attribute))


@pytest.mark.parametrize(
    ("sentence", "attribute"),
    [
        ("make her taller", "expression"), ("add a halo", "beside"), ("give her a green scarf", "hat"),
        ("make the grandpa wave", "expression"), ("add subtitles", "sign"), ("a red cape", "hat"),
    ],
)  # fmt: skip
def test_what_no_word_speaks_of_is_a_guess(sentence: str, attribute: str) -> None:
    assert not speaks_of(sentence, Assignment(attribute=attribute))


def test_hardly_any_right_reading_is_taken_for_a_guess() -> None:
    rng = np.random.default_rng(20261122)
    samples = [ground_sample(rng) for _ in range(2000)]
    read = [(sentence, wish) for sentence, wishes in samples for wish in wishes or ()]
    refused = [item for item in read if not speaks_of(*item)]
    assert len(refused) < len(read) / 100, refused


def test_the_table_is_what_learning_gives() -> None:
    """In short: the words that are met most stand where they stand in the shipped table."""
    shipped = json.loads(files("assistant.sketchbook.language").joinpath(TABLE).read_text("utf-8"))
    assert set(shipped) == {*VALUES, NOTHING}
    learned = learn(sentences=12_000)
    words = [(name, word) for name in ("hat", "time", "expression", "held") for word in learned[name]]
    known = sum(word in shipped[name] for name, word in words)
    assert known > 0.8 * len(words)


def test_the_part_that_was_understood_is_done_and_the_rest_is_said() -> None:
    wishes = (Assignment(attribute="hat", value="beret"), Assignment(attribute="expression", value="sleepy"))
    assert grounded("make her taller and give her a beret", wishes) == wishes[:1]
    gate = ScriptedGate(Grounded(wishes=wishes))
    step = step_from_data({"op": "edit", "modify": "make her taller and give her a beret", "seed": 0})
    state = State(message="oh, make her taller and give her a beret", picture="sketch", version=1, versions=1)
    done = SketchbookCompleter(Tasks(gate)).complete((Slot(step),), state, None, lambda: False)
    assert [edit.modify for edit in done.steps[0]] == ["put a brown beret on the head"]  # pyright: ignore[reportAttributeAccessIssue]
    assert done.notes == ("Not all of “make her taller and give her a beret” is in my sketchbook; I do what is.",)


def test_a_mere_guess_is_refused_in_its_own_words() -> None:
    gate = ScriptedGate(Grounded(wishes=(Assignment(attribute="expression", value="sleepy"),)))
    step = step_from_data({"op": "edit", "modify": "make her taller"})
    state = State(message="oh, make her taller and give her a beret", picture="sketch", version=1, versions=1)
    done = SketchbookCompleter(Tasks(gate)).complete((Slot(step),), state, None, lambda: False)
    assert done.steps == ((),)
    assert done.notes == ("My sketchbook has nothing like “make her taller”.",)
    assert done.offers


def test_a_correction_speaks_of_what_it_corrects() -> None:
    old = step_from_data({"op": "edit", "modify": "put a red beret on the head"})
    hat = Assignment(attribute="hat", value="same", color="green")  # pyright: ignore[reportArgumentType]
    gate = ScriptedGate(Grounded(wishes=(hat,)), Grounded(wishes=(Assignment(attribute="hat", value="beret"),)))
    step = step_from_data({"op": "edit", "modify": "make it green"})
    state = State(message="oh, make her taller and give her a beret", picture="sketch", version=1, versions=1)
    done = SketchbookCompleter(Tasks(gate)).complete((Slot(step, old),), state, None, lambda: False)
    assert [edit.modify for edit in done.steps[0]] == ["put a green beret on the head"]  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("picture", ["sketch", "photo"])
def test_nobody_is_quoted_with_words_of_the_models(picture: Any) -> None:
    gate = ScriptedGate(Grounded(wishes=None))
    step = step_from_data({"op": "edit", "modify": "give her a scarf"})
    state = State(message="ponle una bufanda", picture=picture, version=1, versions=1)
    done = SketchbookCompleter(Tasks(gate)).complete((Slot(step),), state, None, lambda: False)
    assert "“ponle una bufanda”" in done.notes[0]
