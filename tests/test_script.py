"""The script as a pure value: ids, seeds, revise, drop with dependants, switch, move, variants, JSON."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InvalidScript, UnknownStep
from assistant.frames import Frame, PixelMap
from assistant.records import Measurement, Patch, Records, RegionRecord
from assistant.script import Script, dependants, joins_pass, seed_from, variant_of, variant_seed
from assistant.script_files import dump_script, load_script, mapped_masks, masks_of, script_from_data, step_from_data
from assistant.sizes import Box, Size
from assistant.steps import STEP_CLASSES, Edit
from assistant.vocabulary import vocabulary

PAGE = Frame.of_original(Size(200, 100))


def script(*steps: dict[str, Any]) -> Script:
    return script_from_data({"original": "0" * 64, "steps": list(steps)})


FOUR = script(
    {"op": "exposure", "stops": 0.5, "id": "light"},
    {"op": "edit", "modify": "a hat", "where": "head", "id": "hat", "seed": 7},
    {"op": "edit", "modify": "a feather on the hat", "id": "feather", "seed": 8, "depends_on": ["hat"]},
    {"op": "crop", "aspect": "4:5", "id": "crop"},
)


# -- ids, seeds, order -------------------------------------------------------------------------------------------------


def test_appended_steps_get_an_id_and_a_seed_of_their_own() -> None:
    step = step_from_data({"op": "grain"}).model_copy(update={"id": "", "seed": 0})
    grown = FOUR.append(step, step)
    assert grown.ids[:4] == FOUR.ids
    assert len(set(grown.ids)) == 6
    assert len({grown.at(5).seed, grown.at(6).seed, 0}) == 3


def test_revising_keeps_id_place_and_seed() -> None:
    revised = FOUR.revise("hat", step_from_data({"op": "edit", "modify": "a green hat", "where": "head"}))
    new, old = revised.step("hat"), FOUR.step("hat")
    assert (revised.ids, new.seed, new.revision) == (FOUR.ids, old.seed, old.revision + 1)
    assert isinstance(new, Edit)
    assert new.modify == "a green hat"
    assert revised.revise("hat", old).step("hat").revision == 2


def test_another_one_changes_only_the_seed() -> None:
    other = FOUR.reseed({"hat": 99})
    assert other.step("hat") == FOUR.step("hat").model_copy(update={"seed": 99})
    assert other.drop(["hat", "feather"]) == FOUR.drop(["hat", "feather"])


def test_moving_a_step() -> None:
    assert FOUR.move("crop", 1).ids == ("crop", "light", "hat", "feather")
    assert FOUR.move("light", 4).ids == ("hat", "feather", "crop", "light")
    with pytest.raises(InvalidScript, match="builds on hat"):
        FOUR.move("feather", 1)
    with pytest.raises(UnknownStep, match="4 steps"):
        FOUR.move("light", 5)


@pytest.mark.parametrize("step_id", ["", "nobody", "HAT"])
def test_a_step_that_is_not_there_is_named(step_id: str) -> None:
    with pytest.raises(UnknownStep, match="light, hat, feather, crop"):
        FOUR.step(step_id)


def test_switching_off_keeps_the_step() -> None:
    off = FOUR.switch(["hat", "feather"], False)
    assert off.ids == FOUR.ids
    assert [step.id for step in off.enabled] == ["light", "crop"]
    assert off.switch(["hat", "feather"], True) == FOUR


@pytest.mark.parametrize(
    "data",
    [
        {"steps": [{"op": "sepia"}, {"op": "generate", "prompt": "a cat"}]},
        {"original": "0" * 64, "steps": [{"op": "generate", "prompt": "a cat"}]},
        {"steps": [{"op": "sepia", "id": "a"}, {"op": "auto", "id": "a"}]},
        {"steps": [{"op": "sepia", "id": "a", "depends_on": ["b"]}, {"op": "auto", "id": "b"}]},
    ],
    ids=["generate-second", "generate-on-a-picture", "id-twice", "builds-on-a-later-step"],
)
def test_scripts_that_do_not_hold(data: dict[str, Any]) -> None:
    with pytest.raises(InvalidScript):
        script_from_data(data)


# -- dependants --------------------------------------------------------------------------------------------------------


def patch(step_id: str, box: Box, frame: Frame = PAGE, scope: str = "local") -> Patch:
    return Patch.model_validate(
        {
            "step_ids": (step_id,), "key": step_id, "wish_key": "", "input_key": "", "frame": frame, "box": box,
            "pixels": "", "alpha": None, "view_box": box, "view_id": "", "instruction": "", "seed": 1,
            "editor": "", "num_inference_steps": 1, "scope": scope,
        }
    )  # fmt: skip


def found(step_id: str, box: Box, frame: Frame = PAGE) -> Measurement:
    return Measurement(step_id=step_id, revision=0, region=RegionRecord(frame=frame, box=box))


def test_dropping_takes_dependants_along() -> None:
    deeper = FOUR.append(step_from_data({"op": "edit", "modify": "a bead", "id": "bead", "depends_on": ["feather"]}))
    assert dependants(deeper, ["hat"], Records()) == ("feather", "bead")
    assert dependants(deeper, ["light"], Records()) == ()
    assert deeper.drop(["hat", "feather", "bead"]).ids == ("light", "crop")
    with pytest.raises(InvalidScript, match="builds on hat"):
        deeper.drop(["hat"])


HAT = Box(20, 20, 60, 50)


@pytest.mark.parametrize(
    ("box", "frame", "expected"),
    [
        pytest.param(Box(30, 25, 50, 45), PAGE, True, id="inside"),
        pytest.param(Box(30, 25, 66, 45), PAGE, True, id="mostly-inside"),
        pytest.param(Box(50, 40, 90, 80), PAGE, False, id="mostly-outside"),
        pytest.param(Box(10, 5, 30, 25), PAGE.after(PixelMap.crop(Box(20, 20, 120, 90))), True, id="seen-after-a-crop"),
        pytest.param(Box(30, 25, 50, 45), PAGE.after(PixelMap.crop(Box(20, 20, 120, 90))), False, id="beside-it"),
    ],
)
def test_what_lies_inside_a_patch_builds_on_it(box: Box, frame: Frame, expected: bool) -> None:
    two = script({"op": "edit", "modify": "a hat", "id": "hat"}, {"op": "blur", "where": "brim", "id": "blur"})
    records = Records(measurements=(found("blur", box, frame),), patches=(patch("hat", HAT),))
    assert dependants(two, ["hat"], records) == (("blur",) if expected else ())
    whole = Records(measurements=records.measurements, patches=(patch("hat", HAT, scope="global"),))
    assert dependants(two, ["hat"], whole) == ()


# -- passes and variants -----------------------------------------------------------------------------------------------


def edit(scope: str = "local", step_id: str = "a", **more: Any) -> Edit:
    step = step_from_data({"op": "edit", "modify": "x", "scope": scope, "id": step_id})
    assert isinstance(step, Edit)
    return step.model_copy(update=more)


@pytest.mark.parametrize(
    ("members", "step", "box", "expected"),
    [
        pytest.param([(edit(), HAT)], edit(step_id="b"), HAT, True, id="same-box"),
        pytest.param([(edit(), HAT)], edit(step_id="b"), Box(45, 20, 85, 50), False, id="iou-0.23"),
        pytest.param([(edit(), HAT)], edit(step_id="b"), Box(40, 20, 80, 50), True, id="iou-0.33"),
        pytest.param([(edit(), HAT)], edit(step_id="b"), Box(25, 25, 30, 30), True, id="small-inside"),
        pytest.param([(edit(), HAT)], edit("global", "b"), HAT, False, id="local-then-global"),
        pytest.param([(edit("global"), HAT)], edit("global", "b"), Box(0, 0, 1, 1), True, id="two-global"),
        pytest.param([(edit(), HAT)], edit(step_id="b", depends_on=("a",)), HAT, False, id="builds-on-a-member"),
    ],
)
def test_passes(members: list[tuple[Edit, Box]], step: Edit, box: Box, expected: bool) -> None:
    assert joins_pass(members, step, box) is expected


def test_variants_have_seeds_of_their_own_that_follow_from_the_step() -> None:
    variants = [variant_of(FOUR, FOUR.ids, number) for number in range(8)]
    assert variants[0] == FOUR
    assert len({variant.step("hat").seed for variant in variants}) == 8
    assert all(variant.step("light") == FOUR.step("light") for variant in variants)
    assert variants[3].step("hat").seed == variant_seed(7, 3) == seed_from(7, 3)
    only_feather = variant_of(FOUR, ["feather"], 2)
    assert only_feather.step("hat") == FOUR.step("hat")


# -- JSON --------------------------------------------------------------------------------------------------------------


def test_a_script_comes_back_from_json_as_it_was() -> None:
    everything = script(
        *({"op": "text", "text": "ü — 夏", "where": place} for place in (
            "the sign", {"box": [1, 2, 3, 4], "unit": "percent", "object": True}, {"mask": "m" * 10},
            {"point": [5, 6], "tolerance": 3}, {"color": "#ff0000", "invert": True, "feather": 2.5},
        )),
        {"op": "recolor", "from": "red", "color": "#1a73e8"},
        {"op": "edit", "modify": "x", "preserve": "y", "scope": "global", "references": [2, 3]},
    )  # fmt: skip
    assert load_script(dump_script(everything)) == everything
    assert load_script(dump_script(FOUR)) == FOUR
    assert Script.model_validate_json(FOUR.model_dump_json(by_alias=True)) == FOUR


def test_a_bare_list_is_a_script_and_plays_the_same_twice() -> None:
    text = json.dumps([{"op": "grain"}, {"op": "grain"}])
    first, second = load_script(text), load_script(text)
    assert first == second
    assert first.ids == ("s1", "s2")
    assert first.at(1).seed != first.at(2).seed


ELSEWHERE = [
    ('{"steps": [{"op": "zap"}]}', "“zap”", "exposure"),
    ('{"steps": [{"stops": 1}]}', "no known operation", "exposure"),
    ('{"steps": [{"op": "blur", "radius": 900}]}', "900", "500"),
    ('{"steps": [{"op": "blur", "radios": 9}]}', "“radios”", "radius"),
    ('{"steps": [{"op": "exposure", "stops": "lots"}]}', "lots", "number"),
    ('{"steps": [{"op": "exposure", "stops": NaN}]}', "nan", "finite"),
    ('{"steps": [{"op": "exposure"}]}', "exposure", "stops, percent, direction"),
    ('{"steps": [{"op": "exposure", "stops": 1, "percent": 3}]}', "stops, percent", "exactly one"),
    ('{"steps": [{"op": "fill", "where": "x", "color": "blurple"}]}', "blurple", "purple"),
    ('{"steps": [{"op": "blur", "where": {"circle": 3}}]}', "circle", "phrase, box, mask, point, color"),
    ('{"steps": [{"op": "crop", "box": [9, 9, 1, 1]}]}', "9.0, 9.0, 1.0, 1.0", "left < right"),
    ('{"steps": [{"op": "crop", "aspect": "4;5"}]}', "4;5", "4:5"),
    ('{"steps": [{"op": "move", "where": "x"}]}', "move", "position"),
    ('{"steps": ["sepia"]}', "Step 1", "op"),
    ('{"steps": {"op": "sepia"}}', "no list", "steps"),
    ('{"script": []}', "“script”", "steps"),
    ('{"palimpsest": 99, "steps": []}', "99", "1"),
    ("[1, 2", "not JSON", "steps"),
    ("", "not JSON", "steps"),
    ("[" * 100_000, "not JSON", "steps"),
    ("[" + " " * 1_000_001 + "]", "1,000,003", "1,000,000"),
    (json.dumps([{"op": "sepia"}] * 501), "501", "500"),
]


@pytest.mark.parametrize(("text", "received", "allowed"), ELSEWHERE, ids=[item[0][:40] for item in ELSEWHERE])
def test_a_script_from_elsewhere_is_refused_in_a_sentence(text: str, received: str, allowed: str) -> None:
    with pytest.raises(InvalidScript) as caught:
        load_script(text)
    message = str(caught.value)
    assert received in message
    assert allowed in message
    assert len(message) < 700


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_no_json_at_all_breaks_the_reader(data: Any) -> None:
    for whole in (data, {"steps": data}, {"steps": [data]}, {"steps": [{"op": "blur", "where": data}]}):
        with contextlib.suppress(InvalidScript):
            script_from_data(whole)


def test_masks_are_found_and_renamed() -> None:
    one = script({"op": "heal", "where": {"mask": "spot"}}, {"op": "crop", "subject": {"mask": "cat"}})
    assert masks_of(one) == {"spot", "cat"}
    assert masks_of(mapped_masks(one, str.upper)) == {"SPOT", "CAT"}


# -- the vocabulary ----------------------------------------------------------------------------------------------------


def test_every_operation_explains_itself() -> None:
    entries = {entry["op"]: entry for entry in vocabulary()}
    assert entries.keys() == STEP_CLASSES.keys()
    for entry in entries.values():
        assert entry["doc"].endswith(".")
        assert "Any" not in json.dumps(entry)
    assert entries["exposure"]["fields"]["stops"]["type"] == "number (≥ -5, ≤ 5)"
    assert entries["recolor"]["fields"].keys() == {"color", "from", "tolerance", "where"}


def test_a_wish_is_short() -> None:
    assert FOUR.at(1).wish() == {"op": "exposure", "stops": 0.5}
