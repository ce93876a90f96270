"""The judge of plans: what counts as the same step, how steps are matched, and the baseline beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.drafts import Draft
from assistant.steps import BlackAndWhite, Border, Edit, Exposure
from eval.dev import Item, read_items, score, total
from eval.matching import Counts, Wanted, as_wanted, match, same_step, token_f1
from eval.metrics import resampled, share
from eval.splitter import split


def exact(op: str, **params: Any) -> Wanted:
    return Wanted(op=op, params=params)


def words(*texts: str) -> Wanted:
    return Wanted(texts=texts)


@pytest.mark.parametrize(
    ("said", "wanted", "value"),
    [
        ("Remove the red car", "remove red car", 1.0),
        ("remove the car", "add a tree", 0.0),
        ("make the woman's hat green", "make the woman’s hat red", 0.75),
        ("red red red", "red", 0.5),
        ("把领带改成红色", "把领带改成蓝色", 6 / 7),
        ("", "remove it", 0.0),
    ],
)
def test_token_f1(said: str, wanted: str, value: float) -> None:
    assert token_f1(said, wanted) == pytest.approx(value)


@pytest.mark.parametrize(
    ("said", "gold", "same"),
    [
        (exact("exposure", stops=0.333), exact("exposure", stops=0.33), True),
        (exact("exposure", stops=0.5), exact("exposure", stops=-0.5), False),
        (exact("exposure", direction="up"), exact("contrast", direction="up"), False),
        (exact("border", color="#ffffff", percent=3), exact("border", color="white"), True),
        (exact("border", color="black", percent=3), exact("border", color="white"), False),
        (exact("border", percent=3), exact("border", color="white"), True),  # white is what it is anyway
        (exact("blur", where="background", percent=40), exact("blur", where="background"), False),
        (exact("blur", where="background", percent=20), exact("blur", where="the background"), True),
        (exact("text", text="Hello", position="top"), exact("text", text="hello", position="top"), False),
        (exact("rotate", degrees=90), exact("rotate", degrees=90, direction="clockwise"), True),
        (exact("gradient", colors=["transparent", "#000"]), exact("gradient", colors=["transparent", "black"]), True),
        (words("remove the car"), exact("heal", where="car"), False),
        (words("quita el sombrero"), words("quita el sombrero", "take off the hat"), True),
        (words("take the hat off"), words("quita el sombrero", "take off the hat"), True),
    ],
)
def test_when_two_steps_are_the_same(said: Wanted, gold: Wanted, same: bool) -> None:
    assert same_step(said, gold) is same


def test_steps_of_ours_are_compared_by_what_was_asked() -> None:
    assert as_wanted(Edit(id="e", seed=3, modify="add a hat")) == words("add a hat")
    said = as_wanted(Exposure(id="x", stops=1, where="the sky"))  # pyright: ignore[reportArgumentType]
    assert said == exact("exposure", stops=1.0, where="the sky")


def test_each_gold_step_is_matched_once() -> None:
    gold = [words("remove the cup"), words("remove the plate"), exact("sepia")]
    assert match([words("remove the cup"), words("remove the cup"), exact("sepia")], gold) == Counts(3, 3, 2)
    assert match(gold[::-1], gold).f1 == 1.0
    assert match([], gold) == Counts(0, 3, 0)
    assert match([], []).f1 == 1.0


@pytest.fixture
def items(tmp_path: Path) -> list[Item]:
    rows = [
        {
            "id": "a", "picture": "photo", "context": [{"role": "user", "text": "hi"}], "script": ["1. sepia"],
            "text": "ein Hut, dann schwarzweiß", "act": "edit", "target": None,
            "note": "en: add a hat | black and white",
            "steps": [{"kind": "generative", "text": "ein Hut"},
                      {"kind": "exact", "op": "black_and_white", "params": {}}],
        },
        {
            "id": "b", "picture": "none", "context": [], "script": [], "text": "drop it", "act": "drop",
            "target": [2, 1], "note": "", "steps": [],
        },
    ]  # fmt: skip
    path = tmp_path / "items.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return read_items(path)


def test_items_become_states_and_are_scored(items: list[Item]) -> None:
    assert items[0].state.steps[0].words == "sepia"
    assert items[1].state.picture == "none"
    drafts = {
        "ein Hut, dann schwarzweiß": Draft(act="edit", steps=(BlackAndWhite(), Edit(modify="add a hat"))),
        "drop it": Draft(act="drop", targets=(1, 2)),
    }
    right = score(items, lambda state: drafts[state.message])
    assert [outcome.exact for outcome in right] == [True, True]
    wrong = score(items, lambda state: Draft(act="edit", steps=(Border(percent=3),)))
    assert not any(outcome.exact or outcome.act_right for outcome in wrong[1:])
    assert total(outcome.counts for outcome in wrong) == Counts(2, 2, 0)
    assert not any(outcome.exact for outcome in score(items, lambda state: None))


def test_the_splitter_cuts_and_knows_a_few_operations() -> None:
    assert split("Please remove the cup and add a vase, then crop to 4:5.") == [
        words("remove the cup"), words("add a vase"), exact("crop", aspect="4:5"),
    ]  # fmt: skip
    assert split("write Hello at the top") == [exact("text", text="Hello", position="top")]
    assert split("salt and pepper hair") == [words("salt and pepper hair")]


def test_intervals_hold_the_figure_and_shrink_with_the_sample() -> None:
    small, large = share(8, 10), share(800, 1000)
    assert small.low < 0.8 < small.high
    assert large.high - large.low < (small.high - small.low) / 5
    assert share(10, 10).low < 1.0
    mean = resampled([1.0, 2.0, 3.0] * 50, lambda values: sum(values) / len(values))
    assert mean.low < mean.value == 2.0 < mean.high
