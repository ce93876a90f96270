"""The language of the sketchbook's world: canonical sentences, and the tasks that lead from people's words to edits."""

import itertools
from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest

from assistant.sketchbook.draw import attribute_box
from assistant.sketchbook.edits import (
    Edit,
    EditKind,
    change,
    edit_box,
    possible_edits,
    scope,
)
from assistant.sketchbook.language.asking import ASK_GRAMMAR, ask_sample, parse_question, say, write_question
from assistant.sketchbook.language.completing import Completed, Unpaintable, complete, complete_scene
from assistant.sketchbook.language.grounding import (
    GROUND_GRAMMAR,
    Assignment,
    Wishes,
    ground_prompt,
    ground_sample,
    parse_wishes,
    wishes_of_edit,
    wishes_of_scene,
    write_wishes,
)
from assistant.sketchbook.language.locating import (
    AREAS,
    LOCATE_GRAMMAR,
    locate_sample,
    parse_box,
    thing_box,
    within,
    write_box,
)
from assistant.sketchbook.language.looking import (
    NAMES,
    look_answer,
    look_grammar,
    look_prompt,
    parse_look,
    photo_answer,
    seen,
    write_look,
)
from assistant.sketchbook.language.phrasing import Dice
from assistant.sketchbook.language.sentences import describe, instruction, where_phrase
from assistant.sketchbook.language.wishes import COLORED, NONE, OTHER, SAME, SIDED, VALUES
from assistant.sketchbook.scene import (
    Beside,
    Color,
    HairStyle,
    Hat,
    Held,
    Person,
    Place,
    Scene,
    Side,
    Sign,
    Style,
    random_scene,
)

MOST_PAINTER_WORDS = 45
HATTED = Scene(hat=Hat.BERET, hat_color=Color.RED)


def some_scenes(count: int, seed: int = 0) -> list[Scene]:
    rng = np.random.default_rng(seed)
    return [random_scene(rng) for _ in range(count)]


def some_grounded(count: int, seed: int = 0) -> list[tuple[str, Wishes | None]]:
    rng = np.random.default_rng(seed)
    return [ground_sample(rng) for _ in range(count)]


def every_edit(scenes: Iterable[Scene]) -> list[Edit]:
    return [edit for scene in scenes for edit in possible_edits(scene)]


def completed(wishes: str, seed: int = 0, **seen_there: str) -> tuple[Completed, ...]:
    """The edits for written wishes, where they can be painted."""
    found = complete(parse_wishes(wishes) or (), seed, seen_there)
    assert isinstance(found, tuple), found
    return found


# --- the painter's sentences


def test_sentences_of_different_edits_differ_and_add_reads_like_replace() -> None:
    sentences: dict[str, tuple[str, str | None, Color | None, Side | None]] = {}
    for edit in every_edit(some_scenes(60)):
        kind = edit.kind.replace("replace", "add")
        assert sentences.setdefault(instruction(edit), (kind, edit.value, edit.color, edit.side)) == (
            kind,
            edit.value,
            edit.color,
            edit.side,
        )
    assert len(sentences) > 500


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (Edit(kind=EditKind.ADD_HAT, value="beret", color=Color.GREEN), "put a green beret on the head"),
        (Edit(kind=EditKind.REPLACE_HAT, value="cap", color=Color.ORANGE), "put an orange cap on the head"),
        (Edit(kind=EditKind.REMOVE_GLASSES), "take the glasses off the face"),
        (Edit(kind=EditKind.RECOLOR_HAT, color=Color.RED), "make the hat red"),
        (Edit(kind=EditKind.HAIR_STYLE, value="long"), "make the hair long"),
        (Edit(kind=EditKind.ADD_BESIDE, value="dog", side=Side.LEFT), "put a dog beside the person on the left"),
        (Edit(kind=EditKind.CLOTHES, value="dungarees"), "dress the person in dungarees"),
        (
            Edit(kind=EditKind.PLACE, value="studio", color=Color.BLUE),
            "move the scene to a studio with a blue backdrop",
        ),
        (Edit(kind=EditKind.TIME, value="night"), "make it night"),
        (Edit(kind=EditKind.STYLE, value="watercolor"), "draw it in watercolor"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_instruction(edit: Edit, sentence: str) -> None:
    assert instruction(edit) == sentence


def test_every_sentence_is_short_and_has_no_pronouns() -> None:
    for edit in every_edit(some_scenes(20)):
        words = instruction(edit).split()
        assert 3 <= len(words) <= 11, words
        assert not {"her", "his", "him", "them", "their", "she", "he"} & set(words), words


def test_every_local_edit_names_a_part_and_every_global_edit_names_none() -> None:
    for edit in every_edit(some_scenes(40)):
        assert (where_phrase(edit) is None) == (scope(edit) == "global"), edit


def test_descriptions_differ_where_the_scenes_look_different() -> None:
    for scene in some_scenes(30, seed=5):
        for edit in possible_edits(scene):
            assert describe(change(scene, edit)) != describe(scene), edit


def test_descriptions_are_short_and_in_a_fixed_order() -> None:
    scenes = some_scenes(400, seed=6)
    assert max(len(describe(scene).split()) for scene in scenes) <= MOST_PAINTER_WORDS
    assert describe(Scene()) == (
        "draw a woman, fair skin, brown bob, happy face, yellow sweater, in a meadow, day, clear, in flat colors"
    )
    full = Scene(
        person=Person.OLD_MAN, hat=Hat.CAP, held=Held.CUP, beside=Beside.DOG, sign=Sign.BANNER, style=Style.CHALK
    )
    assert describe(full).endswith(
        "holding a red cup on the left, dog on the right, banner on the left, in a meadow, day, clear, in chalk"
    )


# --- wishes


@pytest.mark.parametrize(
    "line",
    [
        "unknown",
        "hat beret green",
        "hat any green",
        "hat any",
        "hat same yellow",
        "hat none",
        "hat other straw hat",
        "hat other same black",
        "hat other any",
        "hair long; hair_color ginger",
        "beside dog left",
        "held ice cream red right; place studio blue; time night",
        "backdrop red",
        "sign any left",
    ],
)
def test_wishes_are_read_as_they_are_written(line: str) -> None:
    assert write_wishes(parse_wishes(line)) == line


def test_left_open_is_not_the_same_as_staying() -> None:
    assert parse_wishes("hat any yellow") == (Assignment(attribute="hat", value=None, color=Color.YELLOW),)
    assert parse_wishes("hat same yellow") == (Assignment(attribute="hat", value=SAME, color=Color.YELLOW),)


def test_a_later_wish_takes_the_place_of_an_earlier_one() -> None:
    assert parse_wishes("hat none; time night; hat crown") == parse_wishes("time night; hat crown")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "hat",
        "hat ",
        "hat dog",
        "tail long",
        "hair long red",
        "hat beret left",
        "clothes none",
        "hat none red",
        "time night; ",
        "hair_color other none",
        "hat other none",
        "place beach red",
    ],
)
def test_what_does_not_fit_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_wishes(line)


def test_ground_samples_repeat_with_the_seed_and_are_many() -> None:
    assert some_grounded(40) == some_grounded(40)
    assert len({text for text, _ in some_grounded(5000)}) > 4000


def test_ground_samples_survive_writing_and_name_each_attribute_once() -> None:
    for text, wishes in some_grounded(3000, seed=1):
        assert parse_wishes(write_wishes(wishes)) == wishes, text
        assert text.strip()
        assert not set("{}[]|") & set(text), text
        names = [wish.attribute for wish in wishes or ()]
        assert len(names) == len(set(names)), text


def test_ground_samples_reach_every_value_color_and_side() -> None:
    wishes = [wish for _, found in some_grounded(20_000, seed=2) for wish in found or ()]
    for name, values in VALUES.items():
        said = {wish.value for wish in wishes if wish.attribute == name}
        assert said >= {str(value) for value in values}, name
        assert {None, OTHER} <= said, name
    for name in COLORED:
        assert {wish.color for wish in wishes if wish.attribute == name and wish.value == SAME} >= set(Color)
    for name in SIDED:
        assert {wish.side for wish in wishes if wish.attribute == name} == {None, *Side}


def test_a_tenth_and_more_of_the_ground_samples_is_outside_the_world() -> None:
    outside = sum(wishes is None for _, wishes in some_grounded(4000, seed=3))
    assert 0.1 < outside / 4000 < 0.2


def test_the_canonical_sentences_can_be_said_back() -> None:
    for scene in some_scenes(20, seed=4):
        found = complete_scene(wishes_of_scene(scene), 0)
        assert isinstance(found, tuple)
        assert describe(found[0]) == describe(scene)
        assert found[1] == () or HairStyle.BALD in (scene.hair,)
        for edit in possible_edits(scene):
            found = complete(wishes_of_edit(edit), 0, seen(scene))
            assert isinstance(found, tuple)
            (step,) = found
            assert change(scene, step.edit) == change(scene, edit)


# --- what the grammars allow


@pytest.fixture(scope="module")
def tokenizer():
    transformers = pytest.importorskip("transformers")
    tokenizers = pytest.importorskip("tokenizers")
    letters = sorted(tokenizers.pre_tokenizers.ByteLevel.alphabet())
    bare = tokenizers.Tokenizer(
        tokenizers.models.BPE(vocab={letter: at for at, letter in enumerate(letters)}, merges=[])
    )
    bare.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    bare.decoder = tokenizers.decoders.ByteLevel()
    bare.add_special_tokens(["<|im_end|>"])
    bare.add_tokens([tokenizers.AddedToken(f"<{step}>", normalized=False) for step in range(100)])
    return transformers.PreTrainedTokenizerFast(tokenizer_object=bare, eos_token="<|im_end|>")


@pytest.fixture(scope="module")
def accepts(tokenizer):
    """Whether a grammar allows a line from its beginning to its end."""
    llguidance = pytest.importorskip("llguidance")
    vocabulary = pytest.importorskip("llguidance.hf").from_tokenizer(tokenizer)
    matchers: dict[str, Any] = {}

    def check(grammar: str, line: str) -> bool:
        matcher = matchers.setdefault(grammar, llguidance.LLMatcher(vocabulary, grammar))
        assert not matcher.is_error(), matcher.get_error()
        matcher.reset()
        tokens = tokenizer(line, add_special_tokens=False).input_ids
        return matcher.try_consume_tokens(tokens) == len(tokens) and matcher.is_accepting()

    return check


def test_the_ground_grammar_allows_every_target(accepts) -> None:
    lines = {write_wishes(wishes) for _, wishes in some_grounded(500, seed=7)}
    assert all(accepts(GROUND_GRAMMAR, line) for line in lines)


@pytest.mark.parametrize(
    "line", ["hat  beret", "hat dog", "hair long red", "unknown; hat none", "clothes none", "Hat none"]
)
def test_the_ground_grammar_allows_nothing_that_does_not_fit(accepts, line: str) -> None:
    assert not accepts(GROUND_GRAMMAR, line)


def test_the_look_grammar_allows_every_answer(accepts) -> None:
    rng = np.random.default_rng(8)
    for scene in some_scenes(60, seed=8):
        names = tuple(rng.permutation(NAMES)[: 1 + int(rng.integers(5))].tolist())
        for answers in ([look_answer(scene, name) for name in names], [photo_answer(name) for name in names]):
            line = write_look(answers)
            assert accepts(look_grammar(names), line), line
            assert parse_look(line, names) == dict(zip(names, answers, strict=True))


def test_the_ask_grammar_allows_every_target(accepts) -> None:
    rng = np.random.default_rng(9)
    lines = {write_question(ask_sample(rng)[1]) for _ in range(400)}
    assert all(accepts(ASK_GRAMMAR, line) for line in lines)
    assert not accepts(ASK_GRAMMAR, "shoes")


def test_the_locate_grammar_allows_boxes_and_none(accepts) -> None:
    assert accepts(LOCATE_GRAMMAR, write_box((0.1, 0.2, 0.55, 1.0)))
    assert accepts(LOCATE_GRAMMAR, write_box(None))
    assert not accepts(LOCATE_GRAMMAR, "<1><2><3>")


# --- looking and asking


@pytest.mark.parametrize(
    ("scene", "name", "answer"),
    [
        (HATTED, "hat", "red beret"),
        (Scene(), "hat", "none"),
        (Scene(), "clothes", "yellow sweater"),
        (Scene(), "kind", "sketch"),
        (Scene(hair=HairStyle.MOHAWK, hat=Hat.CAP), "hair", "bald"),
        (Scene(hair=HairStyle.BUN, hat=Hat.CAP), "hair", "short"),
        (Scene(hair=HairStyle.BUN), "hair", "bun"),
        (Scene(hair=HairStyle.BALD), "hair_color", "none"),
        (Scene(place=Place.STUDIO, backdrop=Color.BLUE), "backdrop", "blue"),
        (Scene(), "backdrop", "none"),
        (Scene(beside=Beside.DOG, side=Side.LEFT), "side", "left"),
        (Scene(), "side", "none"),
    ],
    ids=lambda value: "" if isinstance(value, Scene) else value,
)
def test_look_answer(scene: Scene, name: str, answer: str) -> None:
    assert look_answer(scene, name) == answer


def test_scenes_that_can_be_told_apart_get_different_answers() -> None:
    for scene in some_scenes(15, seed=10):
        for edit in possible_edits(scene):
            assert seen(scene) != seen(change(scene, edit)), edit


@pytest.mark.parametrize(
    ("line", "names"),
    [("beret", ("hat",)), ("green dog", ("hat",)), ("none; none", ("hat",)), ("noon", ("time",))],
)
def test_answers_that_are_none_are_refused(line: str, names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_look(line, names)


def test_prompts_are_short() -> None:
    assert look_prompt(("hat", "time")) == "look: hat, time"
    assert ground_prompt("make it night") == "ground: make it night"


def test_questions_repeat_with_the_seed_and_reach_every_name() -> None:
    first, again = ([ask_sample(np.random.default_rng(seed)) for seed in range(30)] for _ in range(2))
    assert first == again
    rng = np.random.default_rng(11)
    asked = [ask_sample(rng) for _ in range(3000)]
    assert {name for _, names in asked for name in names or ()} == set(NAMES)
    assert all(parse_question(write_question(names)) == names for _, names in asked)
    assert len({text for text, _ in asked}) > 1500


def test_a_question_about_nothing_in_the_picture_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="shoes"):
        parse_question("hat; shoes")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"hair_color": "ginger", "person": "woman"}, "Her hair is ginger."),
        ({"time": "night"}, "It is night."),
        ({"held": "none", "person": "girl"}, "She is holding nothing."),
        ({"hat": "green beret", "person": "old man"}, "He is wearing a green beret."),
        ({"glasses": "none"}, "The person is not wearing glasses."),
        ({"beside": "dog", "side": "left"}, "There is a dog beside the person. It stands on the left."),
        ({"hair": "ponytail", "person": "girl"}, "Her hair is in a ponytail."),
        ({"place": "beach"}, "The person is on a beach."),
        ({"kind": "sketch"}, "It is a sketch."),
        ({"weather": "rain"}, "It is raining."),
    ],
    ids=str,
)
def test_say(values: dict[str, str], sentence: str) -> None:
    assert say([name for name in values if name != "person"], values) == sentence


def test_every_answer_can_be_said() -> None:
    for scene in some_scenes(200, seed=12):
        for name in NAMES:
            text = say([name], seen(scene))
            assert text == "" or (text[0].isupper() and text.endswith(".")), (name, text)


# --- locating


@pytest.mark.parametrize("box", [(0.0, 0.0, 1.0, 1.0), (0.12, 0.05, 0.8, 0.4), (0.99, 0.99, 1.0, 1.0)], ids=str)
def test_boxes_come_back_within_a_hundredth(box: tuple[float, float, float, float]) -> None:
    assert parse_box(write_box(box)) == pytest.approx(box, abs=0.011)


def test_nothing_is_no_box_and_edges_are_put_in_order() -> None:
    assert parse_box(write_box(None)) is None
    assert parse_box("<80><40><12><5>") == parse_box("<12><5><80><40>") == pytest.approx((0.12, 0.05, 0.81, 0.41))
    with pytest.raises(ValueError, match="box"):
        parse_box("<80><40><12>")


@pytest.mark.parametrize("name", ["hat", "glasses", "beard", "beside", "held"])
def test_a_thing_lies_in_its_attribute_box_and_is_not_found_when_absent(name: str) -> None:
    for scene in some_scenes(12, seed=13):
        box = thing_box(scene, name)
        assert (box is None) == (getattr(scene, name) == NONE)
        if box:
            assert_inside(box, attribute_box(scene, name))  # pyright: ignore[reportArgumentType]


def assert_inside(box: tuple[float, float, float, float], outer: tuple[float, float, float, float]) -> None:
    slack = 0.03
    assert box[0] >= outer[0] - slack
    assert box[1] >= outer[1] - slack
    assert box[2] <= outer[2] + slack
    assert box[3] <= outer[3] + slack


def test_different_hats_have_different_boxes() -> None:
    boxes = {thing_box(Scene(hat=hat), "hat") for hat in (Hat.BEANIE, Hat.TOP_HAT, Hat.COWBOY_HAT, Hat.WIZARD_HAT)}
    assert len(boxes) == 4


def test_what_is_beside_changes_sides_with_the_scene() -> None:
    right = thing_box(Scene(beside=Beside.DOG, side=Side.RIGHT), "beside")
    left = thing_box(Scene(beside=Beside.DOG, side=Side.LEFT), "beside")
    assert right
    assert left == pytest.approx((1 - right[2], right[1], 1 - right[0], right[3]))


def test_boxes_are_relative_to_the_window() -> None:
    assert within((0.25, 0.25, 0.5, 0.5), (0.0, 0.0, 0.5, 0.5)) == pytest.approx((0.5, 0.5, 1.0, 1.0))
    assert within((0.6, 0.6, 0.9, 0.9), (0.0, 0.0, 0.5, 0.5)) is None


def test_locate_samples_repeat_and_name_both_what_is_there_and_what_is_not() -> None:
    scenes = some_scenes(8, seed=14)
    first, again = (
        [locate_sample(np.random.default_rng(seed), scene, (0.1, 0.0, 0.9, 0.9)) for seed, scene in enumerate(scenes)]
        for _ in range(2)
    )
    assert first == again
    rng = np.random.default_rng(15)
    boxes = [locate_sample(rng, scene)[1] for scene, _ in itertools.product(scenes, range(20))]
    assert 0.1 < sum(box is None for box in boxes) / len(boxes) < 0.6
    assert all(0 <= edge <= 1.0001 for box in boxes if box for edge in (max(box[0], 0), box[3] - max(box[3] - 1, 0)))


def test_the_room_for_what_comes_is_where_the_edit_may_paint() -> None:
    for scene in some_scenes(10, seed=16):
        for edit in possible_edits(scene):
            phrase = where_phrase(edit) or ""
            area = phrase.removesuffix(" on the left").removesuffix(" on the right")
            if area in AREAS and not edit.side:
                assert attribute_box(scene, AREAS[area]) == edit_box(scene, edit)


# --- completing


def test_what_is_left_open_is_drawn_by_seed_and_attribute_alone() -> None:
    for seed in range(20):
        (alone,) = completed("hat any", seed)
        _, along = completed("time any; hat any", seed)
        assert alone == along == completed("hat any", seed)[0]
    assert len({completed("hat any", seed)[0].edit.value for seed in range(60)}) == len(Hat) - 1


def test_an_open_choice_differs_from_what_is_there_and_is_said() -> None:
    for seed in range(40):
        (step,) = completed("hat any", seed, hat="green cap")
        assert step.edit.kind is EditKind.REPLACE_HAT
        assert step.edit.value != "cap"
        assert step.chosen == (step.sentence.removeprefix("put ").removesuffix(" on the head"),)
        assert completed("time any", seed, time="night")[0].edit.value != "night"


@pytest.mark.parametrize(
    ("wishes", "there", "sentences"),
    [
        ("hat same yellow", {"hat": "red beret"}, ["make the hat yellow"]),
        ("hat same yellow", {}, ["make the hat yellow"]),
        ("hat beret green", {"hat": "red beret"}, ["make the hat green"]),
        ("hat crown red", {"hat": "red beret"}, ["put a red crown on the head"]),
        ("hat none", {"hat": "red beret"}, ["take the hat off the head"]),
        ("clothes dress red", {}, ["dress the person in a dress", "make the clothes red"]),
        ("clothes dress red", {"clothes": "blue dress"}, ["make the clothes red"]),
        ("place studio red", {"place": "studio", "backdrop": "blue"}, ["make the backdrop red"]),
        ("backdrop red", {"place": "beach"}, ["move the scene to a studio with a red backdrop"]),
        ("beside dog left", {}, ["put a dog beside the person on the left"]),
        ("beside dog left", {"beside": "cat", "side": "left"}, ["put a dog beside the person"]),
        ("beside dog", {"held": "red cup", "side": "left"}, ["put a dog beside the person"]),
    ],
    ids=str,
)
def test_complete(wishes: str, there: dict[str, str], sentences: list[str]) -> None:
    assert [step.sentence for step in completed(wishes, 0, **there)] == sentences


def test_recoloring_what_is_not_there_puts_one_there() -> None:
    (step,) = completed("hat same yellow", 3, hat="none")
    assert step.edit.kind is EditKind.ADD_HAT
    assert step.edit.color is Color.YELLOW


def test_hair_on_a_bald_head_grows_before_it_is_colored() -> None:
    grown, colored = completed("hair_color ginger", 1, hair="bald", beard="none")
    assert grown.edit.kind is EditKind.HAIR_STYLE
    assert grown.edit.value != "bald"
    assert colored.sentence == "color the hair ginger"


def test_a_taken_side_is_said_with_the_free_one() -> None:
    found = complete(parse_wishes("beside dog left") or (), 0, {"held": "red cup", "side": "right"})
    assert isinstance(found, Unpaintable)
    assert found.offers == ("put a dog beside the person on the right",)


@pytest.mark.parametrize(
    "line", ["hat other straw hat", "hair_color other pink", "place other city; time night", "hat other same black"]
)
def test_what_the_world_lacks_is_answered_with_offers_that_work(line: str) -> None:
    wishes = parse_wishes(line) or ()
    for found in (complete(wishes, 5, {}), complete_scene(wishes, 5)):
        assert isinstance(found, Unpaintable)
        assert found.sentence.startswith("My sketchbook has no such")
        assert 1 <= len(found.offers) <= 3
    near = complete(wishes, 5, {})
    assert isinstance(near, Unpaintable)
    if line == "hat other straw hat":
        assert near.offers[0] == "put a straw hat on the head"


def test_all_ground_samples_complete_to_edits_that_the_scene_allows() -> None:
    scenes = some_scenes(50, seed=17)
    for number, (text, wishes) in enumerate(some_grounded(1200, seed=18)):
        scene = scenes[number % len(scenes)]
        found = complete(wishes or (), number, seen(scene))
        if isinstance(found, Unpaintable):
            assert found.offers, text
            continue
        for step in found:
            assert step.sentence == instruction(step.edit)
            if step.edit.kind.startswith("remove") and getattr(scene, step.edit.kind.removeprefix("remove ")) == NONE:
                continue
            scene = change(scene, step.edit)


def test_a_whole_picture_keeps_to_what_was_said_and_repeats_with_the_seed() -> None:
    wishes = parse_wishes("person old man; hat any red; beside dog left; place beach") or ()
    found = complete_scene(wishes, 7)
    assert found == complete_scene(wishes, 7)
    assert isinstance(found, tuple)
    scene, chosen = found
    assert (scene.person, scene.place, scene.beside, scene.side) == (Person.OLD_MAN, Place.BEACH, Beside.DOG, Side.LEFT)
    assert scene.hat is not Hat.NONE
    assert scene.hat_color is Color.RED
    assert scene.held is Held.NONE
    assert f"a {scene.hat}" in chosen
    others = [complete_scene(wishes, seed) for seed in range(8)]
    assert len({describe(other[0]) for other in others if isinstance(other, tuple)}) > 4


# --- wording


def test_a_pattern_says_all_its_alternatives() -> None:
    dice = Dice(np.random.default_rng(0))
    said = {dice.say("[put|set] {a} on[| top]", {"a": "it"}) for _ in range(100)}
    assert said == {"put it on", "set it on", "put it on top", "set it on top"}


@pytest.mark.parametrize("pattern", ["[put|set", "put]"])
def test_a_pattern_with_a_wrong_bracket_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="bracket"):
        Dice(np.random.default_rng(0)).say(pattern)
