"""The closed world: scenes, edits, and the way back."""

import numpy as np
import pytest
from pydantic import ValidationError

from assistant.sketchbook.draw import Attribute, attribute_box
from assistant.sketchbook.edits import (
    RULES,
    Edit,
    EditKind,
    ImpossibleEdit,
    attribute,
    change,
    edit_box,
    inverse,
    possible_edits,
    random_edit,
    scope,
)
from assistant.sketchbook.scene import (
    Beside,
    Color,
    Glasses,
    HairStyle,
    Hat,
    Held,
    Place,
    Scene,
    Side,
    Sign,
    Style,
    Time,
    Weather,
    random_scene,
)

HATTED = Scene(hat=Hat.CAP, hat_color=Color.GREEN)


def some_scenes(count: int, seed: int = 0) -> list[Scene]:
    rng = np.random.default_rng(seed)
    return [random_scene(rng) for _ in range(count)]


def test_random_scenes_repeat_with_the_seed_and_differ_without() -> None:
    assert some_scenes(5) == some_scenes(5)
    assert len(set(some_scenes(50))) == 50


def test_random_scenes_reach_every_value_of_every_attribute() -> None:
    scenes = some_scenes(1500, seed=1)
    for rule in RULES.values():
        assert {getattr(scene, rule.field) for scene in scenes} == set(rule.values), rule.field
    assert {scene.side for scene in scenes} == set(Side)


@pytest.mark.parametrize("scene", some_scenes(20), ids=str)
def test_a_scene_survives_json(scene: Scene) -> None:
    assert Scene.model_validate_json(scene.model_dump_json()) == scene


@pytest.mark.parametrize("fields", [{"hat": "helmet"}, {"tail": "long"}, {"variation": -1}], ids=str)
def test_a_scene_knows_only_its_words(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Scene.model_validate(fields)


@pytest.mark.parametrize(
    ("bare", "colored"),
    [
        (Scene(), Scene(hat_color=Color.BLUE)),
        (Scene(), Scene(glasses_color=Color.BLUE)),
        (Scene(), Scene(held_color=Color.BLUE)),
        (Scene(place=Place.BEACH), Scene(place=Place.BEACH, backdrop=Color.BLUE)),
        (Scene(), Scene(side=Side.LEFT)),
    ],
    ids=["hat", "glasses", "held", "backdrop", "side"],
)
def test_what_is_absent_has_no_color_and_no_side(bare: Scene, colored: Scene) -> None:
    assert bare == colored


def test_every_kind_of_edit_has_a_rule_and_is_possible_somewhere() -> None:
    assert set(RULES) == set(EditKind)
    assert {edit.kind for scene in some_scenes(40) for edit in possible_edits(scene)} == set(EditKind)


@pytest.mark.parametrize("scene", some_scenes(12, seed=2), ids=str)
def test_change_and_its_inverse_lead_back(scene: Scene) -> None:
    for edit in possible_edits(scene):
        after = change(scene, edit)
        assert after != scene
        assert change(after, inverse(scene, edit)) == scene, edit


@pytest.mark.parametrize("scene", some_scenes(6, seed=3), ids=str)
def test_possible_edits_are_distinct_and_survive_json(scene: Scene) -> None:
    edits = possible_edits(scene)
    assert len(set(edits)) == len(edits)
    assert all(Edit.model_validate_json(edit.model_dump_json()) == edit for edit in edits)


@pytest.mark.parametrize(
    ("scene", "edit", "expected"),
    [
        (
            Scene(),
            Edit(kind=EditKind.ADD_HAT, value="beret", color=Color.RED),
            Scene(hat=Hat.BERET, hat_color=Color.RED),
        ),
        (HATTED, Edit(kind=EditKind.REPLACE_HAT, value="crown"), Scene(hat=Hat.CROWN, hat_color=Color.GREEN)),
        (HATTED, Edit(kind=EditKind.RECOLOR_HAT, color=Color.PINK), Scene(hat=Hat.CAP, hat_color=Color.PINK)),
        (HATTED, Edit(kind=EditKind.REMOVE_HAT), Scene()),
        (
            Scene(),
            Edit(kind=EditKind.ADD_BESIDE, value="dog", side=Side.LEFT),
            Scene(beside=Beside.DOG, side=Side.LEFT),
        ),
        (Scene(), Edit(kind=EditKind.ADD_HELD, value="cup", side=Side.RIGHT), Scene(held=Held.CUP, side=Side.LEFT)),
        (
            Scene(),
            Edit(kind=EditKind.PLACE, value="studio", color=Color.BLUE),
            Scene(place=Place.STUDIO, backdrop=Color.BLUE),
        ),
        (Scene(), Edit(kind=EditKind.TIME, value="night"), Scene(time=Time.NIGHT)),
    ],
    ids=lambda value: value.kind if isinstance(value, Edit) else "",
)
def test_change(scene: Scene, edit: Edit, expected: Scene) -> None:
    assert change(scene, edit) == expected


@pytest.mark.parametrize(
    ("scene", "edit"),
    [
        (Scene(), Edit(kind=EditKind.REMOVE_HAT)),
        (Scene(), Edit(kind=EditKind.RECOLOR_HAT, color=Color.RED)),
        (HATTED, Edit(kind=EditKind.ADD_HAT, value="beret", color=Color.RED)),
        (HATTED, Edit(kind=EditKind.RECOLOR_HAT)),
        (HATTED, Edit(kind=EditKind.REPLACE_HAT, value="none")),
        (Scene(), Edit(kind=EditKind.ADD_GLASSES)),
        (Scene(place=Place.BEACH), Edit(kind=EditKind.BACKDROP, color=Color.RED)),
        (Scene(held=Held.CUP), Edit(kind=EditKind.ADD_BESIDE, value="dog", side=Side.LEFT)),
        (Scene(), Edit(kind=EditKind.TIME, value="night", side=Side.LEFT)),
    ],
    ids=lambda value: value.kind if isinstance(value, Edit) else "",
)
def test_impossible_edits_say_so(scene: Scene, edit: Edit) -> None:
    with pytest.raises(ImpossibleEdit, match="cannot"):
        change(scene, edit)


def test_a_word_of_another_attribute_is_refused() -> None:
    with pytest.raises(ValueError, match="dog"):
        change(Scene(), Edit(kind=EditKind.ADD_HAT, value="dog", color=Color.RED))


def test_hair_that_a_hat_hides_cannot_be_edited() -> None:
    edits = possible_edits(Scene(hat=Hat.BEANIE, hair=HairStyle.BALD))
    assert not any(edit.kind is EditKind.HAIR_STYLE and edit.value == HairStyle.MOHAWK for edit in edits)
    assert not any(edit.kind is EditKind.HAIR_COLOR for edit in edits)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Edit(kind=EditKind.PLACE, value=Place.CITY), "global"),
        (Edit(kind=EditKind.TIME, value=Time.NIGHT), "global"),
        (Edit(kind=EditKind.WEATHER, value=Weather.SNOW), "global"),
        (Edit(kind=EditKind.STYLE, value=Style.NEON), "global"),
        (Edit(kind=EditKind.ADD_GLASSES, value=Glasses.ROUND, color=Color.RED), "local"),
        (Edit(kind=EditKind.ADD_SIGN, value=Sign.BUBBLE), "local"),
    ],
    ids=lambda value: value.kind if isinstance(value, Edit) else "",
)
def test_scope(edit: Edit, expected: str) -> None:
    assert scope(edit) == expected


def test_random_edit_is_possible_and_repeats_with_the_seed() -> None:
    for number, scene in enumerate(some_scenes(10, seed=4)):
        edit = random_edit(np.random.default_rng(number), scene)
        assert edit in possible_edits(scene)
        assert edit == random_edit(np.random.default_rng(number), scene)


@pytest.mark.parametrize(
    ("scene", "edit", "name", "side"),
    [
        (HATTED, Edit(kind=EditKind.RECOLOR_HAT, color=Color.RED), "hat", Side.RIGHT),
        (Scene(), Edit(kind=EditKind.ADD_BESIDE, value="dog", side=Side.LEFT), "beside", Side.LEFT),
        (Scene(beside=Beside.DOG, side=Side.LEFT), Edit(kind=EditKind.REMOVE_BESIDE), "beside", Side.LEFT),
        (Scene(held=Held.CUP, side=Side.LEFT), Edit(kind=EditKind.REMOVE_HELD), "held", Side.LEFT),
    ],
    ids=lambda value: value.kind if isinstance(value, Edit) else "",
)
def test_the_box_of_an_edit_is_where_the_thing_is_or_comes(
    scene: Scene, edit: Edit, name: Attribute, side: Side
) -> None:
    assert attribute(edit) == name
    assert edit_box(scene, edit) == attribute_box(Scene(beside=Beside.DOG, side=side), name)
