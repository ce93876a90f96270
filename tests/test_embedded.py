"""The embedded model behind the planner: its notation, what it completes, what it refuses and offers instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from skimage import data

from assistant.drafts import State
from assistant.embedded.completer import SketchbookCompleter, sign_words
from assistant.embedded.dialect import SketchbookAnswerer, SketchbookDialect
from assistant.embedded.kinds import Kinds, own_colors
from assistant.embedded.looking import SketchbookLocator
from assistant.embedded.tasks import Tasks
from assistant.errors import BadAnswer
from assistant.history import History, Version
from assistant.pictures import Picture
from assistant.plan import Plan, Wish
from assistant.planner import LlmPlanner
from assistant.revising import apply_plan, sibling_seeds, variant_scripts
from assistant.script import Script
from assistant.script_files import step_from_data
from assistant.sessions import Sessions
from assistant.sketchbook.draw import draw
from assistant.sketchbook.scene import Beside, Color, Hat, Scene, Side, Sign
from assistant.steps import AnyStep, Edit, Text
from assistant.vlm.local import LocalGate
from assistant.where import MaskWhere, PhraseWhere
from tests.doubles import ScriptedPainter
from tests.models import tiny_model
from tests.worlds import KnowingGate

PHOTO = Picture(np.random.default_rng(3).integers(0, 256, (120, 160, 3)).astype(np.uint8))


def history_of(*steps: AnyStep, original: str | None = "o") -> History:
    script = Script(original=original, steps=steps)
    return History().add(Version(id="v", script=script, picture_id="p"))


def planner_of(gate: KnowingGate) -> LlmPlanner:
    tasks = Tasks(gate)
    return LlmPlanner(gate, SketchbookDialect(), SketchbookCompleter(tasks), Kinds(tasks), SketchbookAnswerer(tasks))


def planned(
    message: str, draft: str, scene: Scene | None = None, grounds: Mapping[str, str] | None = None,
    steps: tuple[AnyStep, ...] = (), where: Any = None, empty: bool = False,
) -> Plan:  # fmt: skip
    picture = Picture(draw(scene, 64)) if scene else PHOTO
    gate = KnowingGate({picture.id: scene} if scene else {}, {message: draft}, grounds)
    history = History() if empty else history_of(*steps)
    return planner_of(gate).plan(Wish(message=message, where=where), history, None if empty else picture, lambda: False)


def sentences(plan: Plan) -> list[str]:
    return [getattr(step, "modify", step.op) for step in plan.steps]


def test_json_in_an_answer_of_lines_is_not_taken_for_a_draft() -> None:
    assert planned("caption it", 'edit\nwrite {"act":"edit","steps":[{"op":"sepia"}]}', Scene()).act == "ask"


# -- the sketchbook ----------------------------------------------------------------------------------------------------


def test_what_is_open_is_chosen_by_the_seed_and_said() -> None:
    plan = planned("give her a hat", "edit\nedit give her a hat", Scene(), {"give her a hat": "hat any"})
    (step,) = plan.steps
    assert isinstance(step, Edit)
    assert step.modify.startswith("put a")
    assert step.modify.endswith("on the head")
    (chosen,) = plan.chosen
    color_and_hat = step.modify.removeprefix("put ").removesuffix(" on the head")
    assert chosen == f"I chose {color_and_hat}."
    assert (step.scope, step.where) == ("local", PhraseWhere(phrase="the area around the head"))
    assert plan.summary == step.modify


def test_several_wishes_in_one_sentence_become_steps() -> None:
    wish = "green beret, round black glasses and make it night"
    message = f"{wish}, then sepia"
    plan = planned(
        message, f"edit\nedit {wish}\nsepia", Scene(),
        {wish: "hat beret green; glasses round glasses black; time night"},
    )  # fmt: skip
    assert sentences(plan) == [
        "put a green beret on the head", "put black round glasses on the face", "make it night", "sepia",
    ]  # fmt: skip
    assert len({step.id for step in plan.steps} | {""}) == 5
    assert [getattr(step, "scope", None) for step in plan.steps] == ["local", "local", "global", None]
    assert plan.chosen == ()


def test_later_wishes_know_of_earlier_ones() -> None:
    scene = Scene(beside=Beside.DOG, side=Side.LEFT)
    plan = planned(
        "no dog, a cat instead, and a cap", "edit\nedit no dog\nedit a cat instead\nedit a red cap\nedit make it green",
        scene, {"no dog": "beside none", "a cat instead": "beside cat left", "a red cap": "hat cap red",
                "make it green": "hat same green"},
    )  # fmt: skip
    assert sentences(plan)[2:] == ["put a red cap on the head", "make the hat green"]
    assert sentences(plan)[1].startswith("put a cat beside the person")


def test_a_brushed_place_stays_the_place() -> None:
    brush = MaskWhere(mask="m")
    plan = planned("a red cap here", "edit\nedit a red cap ~ here", Scene(), {"a red cap": "hat cap red"}, where=brush)
    assert getattr(plan.steps[0], "where", None) == brush


def test_a_correction_keeps_what_was_not_taken_back() -> None:
    red = step_from_data({"op": "edit", "id": "s1", "seed": 7, "modify": "put a red beret on the head"})
    shown = Scene(hat=Hat.BERET, hat_color=Color.RED)
    for sentence, wishes in (("make the hat green", "hat same green"), ("add a green hat", "hat any green")):
        message = f"no, {sentence}"
        plan = planned(message, f"revise 1\nedit {sentence}", shown, {sentence: wishes}, (red,))
        (revision,) = plan.revisions
        assert (revision.step_id, revision.step.seed) == ("s1", 7)
        assert getattr(revision.step, "modify", "") == "put a green beret on the head"
        assert plan.chosen == ()


def test_another_one_is_the_same_wish_with_another_seed() -> None:
    red = step_from_data({"op": "edit", "id": "s1", "modify": "put a red beret on the head"})
    plan = planned("another one", "revise 1\nedit put a red beret on the head", Scene(), steps=(red,))
    assert plan.reseeds == ("s1",)


def test_drawing() -> None:
    said = "a woman with long red hair on a beach"
    wishes = "person woman; hair long; hair_color ginger; place beach"
    plan = planned(f"draw {said}", f"generate\ndraw {said}", grounds={said: wishes}, empty=True)
    (step,) = plan.steps
    prompt = getattr(step, "prompt", "")
    assert prompt.startswith("draw a woman, ")
    assert "long ginger hair" in prompt
    assert "on a beach" in prompt
    assert plan.chosen[0].startswith("I chose ")


def test_variants_are_different_completions(sessions: Sessions, painter: ScriptedPainter) -> None:
    session = sessions.create("ann")
    scene = Scene()
    picture = Picture(draw(scene, 64))
    session.add_picture(picture)
    boxes = {"the area around the head": (0.2, 0.0, 0.8, 0.4)}
    gate = KnowingGate(
        {picture.id: scene}, {"a hat": "edit\nedit give her a hat"}, {"give her a hat": "hat any"}, boxes
    )
    session.renderer.finder.locator = SketchbookLocator(Tasks(gate), Kinds(Tasks(gate)))
    events = list(session.run_turn(Wish(message="a hat", variants=4), planner_of(gate)))
    current = session.history.current
    assert current is not None
    variants = session.history.variants(current.id)
    said = [getattr(version.script.at(1), "modify", "") for version in variants]
    assert len(said) == len(set(said)) == 4
    assert [request.instruction for request in painter.requests] == said
    assert [version.label for version in variants] == said
    started = [event for event in events if event.kind == "variant_started"]
    assert [(event.number, event.step_words) for event in started] == [(n, (said[n - 1],)) for n in (2, 3, 4)]
    assert len({version.script.at(1).id for version in variants}) == 1


def test_variants_of_what_was_said_in_full_are_one_batch() -> None:
    picture = Picture(draw(Scene(), 64))
    gate = KnowingGate({picture.id: Scene()}, {"night": "edit\nedit make it night"})
    plan = planner_of(gate).plan(Wish(message="night", variants=3), history_of(), picture, lambda: False)
    base = history_of().versions[0]
    revised = apply_plan(plan, base, ())
    scripts = variant_scripts(plan, revised, 3)
    assert len(sibling_seeds(scripts)) == 2
    assert len({script.steps[0].seed for script in scripts}) == 3


# -- signs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "words", "rest"),
    [
        ("add a sign that says HELLO", "HELLO", "add a sign"),
        ("add a sign that says “Back soon”", "Back soon", "add a sign"),
        ('put up a chalkboard with the words "Soup 4 €"', "Soup 4 €", "put up a chalkboard"),
        ("a man with a sign saying hello on a beach", "hello", "a man with a sign on a beach"),
        ("make the sign say 'Bye'", "Bye", "make the sign"),
        ("add a wooden sign", "", "add a wooden sign"),
        ("make her say cheese", "", "make her say cheese"),
    ],
)
def test_words_for_signs(sentence: str, words: str, rest: str) -> None:
    assert sign_words(sentence) == (words, rest)


def test_signs_are_painted_blank_and_lettered_exactly() -> None:
    sentence = "add a wooden sign that says HELLO"
    plan = planned(sentence, f"edit\nedit {sentence}", Scene(), {"add a wooden sign": "sign wooden sign right"})
    sign, text = plan.steps
    assert getattr(sign, "modify", "").startswith("put up a wooden sign in the corner")
    assert isinstance(text, Text)
    assert (text.text, text.where) == ("HELLO", PhraseWhere(phrase="the writing on the sign"))
    assert text.depends_on == (sign.id,)


def test_a_sign_that_is_there_is_only_lettered() -> None:
    sentence = "make the sign say BYE"
    plan = planned(sentence, f"edit\nedit {sentence}", Scene(sign=Sign.BANNER), {"make the sign": "sign any"})
    (text,) = plan.steps
    assert isinstance(text, Text)
    assert text.text == "BYE"
    assert text.depends_on == ()


def test_a_drawn_sign_is_lettered() -> None:
    said = "a boy with a banner saying “Happy birthday”"
    plan = planned(f"draw {said}", f"generate\ndraw {said}", grounds={"a boy with a banner": "person boy; sign banner"}, empty=True)  # fmt: skip  # noqa: E501
    assert [step.op for step in plan.steps] == ["generate", "text"]


# -- what it cannot do -------------------------------------------------------------------------------------------------


def test_a_photograph_is_not_painted_on() -> None:
    plan = planned("add a red hat", "edit\nedit add a red hat")
    assert plan.act == "refuse"
    assert "knows only its own sketchbook" in plan.text
    assert plan.options


def test_exact_steps_of_the_same_message_still_run() -> None:
    plan = planned("add a red hat and make it sepia", "edit\nedit add a red hat\nsepia")
    assert (plan.act, sentences(plan)) == ("edit", ["sepia"])
    assert "“add a red hat” would have to be painted" in plan.notes[0]
    assert plan.options


def test_the_nearest_that_works_on_a_photograph() -> None:
    brush = MaskWhere(mask="m")
    offers = planned("remove the cup", "edit\nedit remove the cup").options
    assert offers[0] == "erase the cup"
    healed = planned("erase the cup", "edit\nedit erase the cup").steps[0]
    assert healed.wish() == {"op": "heal", "where": {"phrase": "the cup"}}
    pointed = planned("remove this", "edit\nedit remove this ~ here", where=brush).steps[0]
    assert (pointed.op, getattr(pointed, "where", None)) == ("heal", brush)
    assert planned("make the car red", "edit\nedit make the car red").options == ("recolor the car to red",)
    red = planned("make this red", "edit\nedit make this red ~ here", where=brush).steps[0]
    assert (red.op, getattr(red, "color", None), getattr(red, "where", None)) == ("recolor", "red", brush)


@pytest.mark.parametrize(
    ("sentence", "wishes", "said"),
    [
        ("add a dragon", "unknown", "nothing like “add a dragon”"),
        ("give her a sombrero", "hat other straw hat", "no such hat"),
    ],
)
def test_outside_of_the_world(sentence: str, wishes: str, said: str) -> None:
    plan = planned(sentence, f"edit\nedit {sentence}", Scene(), {sentence: wishes})
    assert plan.act == "refuse"
    assert said in plan.text
    assert plan.options


def test_a_drawing_outside_of_the_world() -> None:
    plan = planned("draw a castle", "generate\ndraw a castle", empty=True)
    assert plan.act == "refuse"
    assert all(option.startswith("draw") for option in plan.options)


# -- questions, kinds, garbage -----------------------------------------------------------------------------------------


def test_questions_about_the_picture() -> None:
    scene = Scene(hat=Hat.CAP, hat_color=Color.BLUE)
    picture = Picture(draw(scene, 64))
    gate = KnowingGate({picture.id: scene}, {"what is on her head?": "answer picture"},
                       questions={"what is on her head?": "hat"})  # fmt: skip
    plan = planner_of(gate).plan(Wish(message="what is on her head?"), history_of(), picture, lambda: False)
    assert plan.act == "answer"
    assert "blue cap" in plan.text
    assert planned("what is it?", "answer picture").text.startswith("It is a photograph of 160 × 120 pixels.")
    assert "nothing was changed" in planned("what did you do?", "answer history").text
    assert "photographs too" in planned("what can you do?", "answer help").text


def test_a_drawn_picture_is_a_sketch_without_a_look() -> None:
    gate = KnowingGate()
    kinds = Kinds(Tasks(gate))
    drawn = history_of(step_from_data({"op": "generate", "prompt": "draw a woman"}), original=None)
    assert kinds(PHOTO, drawn) == "sketch"
    assert gate.words == []
    few = Picture(PHOTO.pixels // 64 * 64)
    assert kinds(few, history_of()) == kinds(few, history_of()) == "photo"
    assert gate.words == ["look: kind"]


def test_what_has_too_many_colors_is_no_drawing() -> None:
    gate = KnowingGate()
    assert Kinds(Tasks(gate)).of(Picture(np.ascontiguousarray(data.astronaut()))) == "photo"
    assert gate.words == []
    for style in ("flat", "pencil", "watercolor"):
        scene = Scene.model_validate({"style": style})
        assert own_colors(Picture(np.asarray(draw(scene, 256), np.uint8))) < 0.5


def test_the_model_is_not_asked_the_same_again() -> None:
    with pytest.raises(BadAnswer):
        SketchbookDialect().draft(KnowingGate(), State(message="x"), complaint="there is no step 9")


def test_untrained_weights_never_crash_a_turn(sessions: Sessions) -> None:
    tasks = Tasks(LocalGate(tiny_model()))
    planner = LlmPlanner(
        tasks.gate, SketchbookDialect(), SketchbookCompleter(tasks), Kinds(tasks), SketchbookAnswerer(tasks), seconds=5
    )
    session = sessions.create("ann")
    session.add_picture(PHOTO)
    for message in ("add a red hat", "crop it to a square and write Hello at the top", "undo", "what is it?", "帽子"):
        events = list(session.run_turn(Wish(message=message), planner))
        assert events
        assert not any("went wrong inside" in getattr(event, "message", "") for event in events)


def test_another_hat_is_another() -> None:
    red = Edit(id="s1", modify="put a red beret on the head")
    shown = Scene(hat=Hat.BERET, hat_color=Color.RED)
    hats = set[str]()
    for seed in range(12):
        old = red.model_copy(update={"seed": seed})
        plan = planned("a different hat", f"revise 1\nedit {red.modify}", shown, {"a different hat": "hat any"}, (old,))
        (revision,) = plan.revisions
        hats.add(getattr(revision.step, "modify", ""))
    assert red.modify not in hats
    assert len(hats) > 3
    assert all(hat.startswith("put a") and hat.endswith("on the head") for hat in hats)
