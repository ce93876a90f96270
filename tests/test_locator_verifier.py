"""Finding a phrase and checking a step, by models that see: in JSON, and in the embedded model's own notations."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from assistant.embedded.kinds import Kinds
from assistant.embedded.looking import SketchbookLocator, SketchbookVerifier
from assistant.embedded.tasks import Tasks
from assistant.errors import BadAnswer, GateError, ModelUnavailable, Stopped
from assistant.history import History, Version
from assistant.locator import LlmLocator
from assistant.pictures import Picture
from assistant.plan import Plan, Wish
from assistant.script import Script
from assistant.script_files import step_from_data
from assistant.session import Session
from assistant.sizes import Box
from assistant.sketchbook.draw import draw
from assistant.sketchbook.scene import Color, Hat, Held, Scene
from assistant.verifier import LlmVerifier, Verdict
from tests.doubles import ScriptedPlanner
from tests.models import ScriptedGate
from tests.worlds import KnowingGate

WIDE = Picture(np.zeros((500, 2000, 3), np.uint8))
HAT = step_from_data({"op": "edit", "modify": "put a green beret on the head"})


# -- finding -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "box"),
    [
        ('{"found":true,"box":[100,200,300,400]}', Box(200, 100, 600, 200)),
        ('{"found":true,"box":[300,400,100,200]}', Box(200, 100, 600, 200)),
        ('{"found":true,"box":[0,0,1000,1000]}', Box(0, 0, 2000, 500)),
        ('{"found":false,"box":[0,0,1000,1000]}', None),
        ('{"found":true,"box":[5,5,5,5]}', None),
        ('{"found":true,"box":[1,2,3]}', None),
        ('{"found":true,"box":[1,2,3,4000]}', None),
        ("the hat is up there", None),
    ],
)
def test_boxes_in_thousandths(answer: str, box: Box | None) -> None:
    gate = ScriptedGate(answer)
    assert LlmLocator(gate).locate(WIDE, "the hat") == box
    assert gate.asked[0][1].pictures == (WIDE,)
    assert gate.asked[0][1].text == "Phrase: the hat"


def test_a_model_that_is_not_there_is_not_a_thing_that_is_not_there() -> None:
    with pytest.raises(ModelUnavailable):
        LlmLocator(ScriptedGate(ModelUnavailable("Gone."))).locate(WIDE, "the hat")


def test_the_embedded_model_finds_in_its_sketchbook_only() -> None:
    scene = Scene(hat=Hat.CAP)
    picture, photo = Picture(draw(scene, 256)), Picture(np.zeros((300, 400, 3), np.uint8))
    gate = KnowingGate({picture.id: scene}, boxes={"the hat": (0.3, 0.05, 0.7, 0.4)})
    locator = SketchbookLocator(Tasks(gate), Kinds(Tasks(gate)))
    found = locator.locate(picture, "the hat")
    assert found is not None
    assert found.iou(Box(76, 12, 180, 103)) > 0.9
    assert locator.locate(picture, "the moon") is None
    assert locator.locate(photo, "the hat") is None
    looks = len([words for words in gate.words if words.startswith("look: kind")])
    assert locator.locate(photo, "the hat") is None
    assert len([words for words in gate.words if words.startswith("look: kind")]) == looks


def test_the_kind_is_that_of_the_picture_that_the_script_began_with() -> None:
    """A sketch stays one when it was cropped to what no longer looks like it; what was drawn here needs no look."""
    sketch, behind = Picture(draw(Scene(hat=Hat.CAP), 256)), Picture(np.full((40, 40, 3), 9, np.uint8))
    gate = KnowingGate({sketch.id: Scene(hat=Hat.CAP)}, boxes={"the hat": (0.3, 0.05, 0.7, 0.4)})
    kinds = Kinds(Tasks(gate))
    locator = SketchbookLocator(Tasks(gate), kinds)
    script = Script(original=sketch.id, steps=(step_from_data({"op": "sepia"}),))
    assert locator.locate(behind, "the hat") is None
    history = History().add(Version(id="v", script=Script(original=sketch.id), picture_id=sketch.id))
    assert kinds(sketch, history) == "sketch"
    assert locator.locate(behind, "the hat", script) is not None
    looks = len(gate.words)
    drawn = Script(steps=(step_from_data({"op": "generate", "prompt": "a man"}),))
    assert locator.locate(behind, "the hat", drawn) is not None
    assert len(gate.words) == looks + 1


def test_looking_for_a_thing_can_be_stopped(session: Session) -> None:
    def waits(stop: Any) -> Any:
        session.stop()
        return Stopped() if stop() else "{}"

    session.renderer.finder.locator = LlmLocator(ScriptedGate(waits))
    plan = Plan(act="edit", steps=(step_from_data({"op": "blur", "where": "the hat"}),))
    assert [event.kind for event in session.run_plan(plan)][-1] == "turn_stopped"


# -- checking ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "done"), [("yes", True), ("no", False), ("unsure", None)])
def test_verdicts(said: str, done: bool | None) -> None:
    gate = ScriptedGate(f'{{"note":"I see.","done":"{said}"}}')
    assert LlmVerifier(gate).check(HAT, WIDE, WIDE) == Verdict(done=done, note="I see.")
    assert len(gate.asked[0][1].pictures) == 2
    assert gate.asked[0][1].text == "Wished: put a green beret on the head"


def test_a_drawing_has_no_before() -> None:
    gate = ScriptedGate('{"note":"I see.","done":"yes"}')
    LlmVerifier(gate).check(step_from_data({"op": "generate", "prompt": "a cat"}), None, WIDE)
    assert len(gate.asked[0][1].pictures) == 1
    assert "only one picture" in gate.asked[0][1].text


BERET, CAP = Scene(hat=Hat.BERET, hat_color=Color.GREEN), Scene(hat=Hat.CAP)


@pytest.mark.parametrize(
    ("sentence", "before", "after", "done", "note"),
    [
        ("put a green beret on the head", Scene(), BERET, True, ""),
        ("put a green beret on the head", Scene(), Scene(), False, "I still see no hat."),
        ("put a green beret on the head", Scene(), CAP, None, ""),  # something new is there: its eyes may be wrong
        ("make the hat green", CAP, Scene(hat=Hat.CAP, hat_color=Color.GREEN), True, ""),
        ("make the hat green", CAP, CAP, False, "I still see a red cap."),
        ("make the hat green", CAP, Scene(hat=Hat.CAP, hat_color=Color.BLUE), None, ""),
        ("take the hat off the head", CAP, Scene(), True, ""),
        ("take the hat off the head", CAP, CAP, False, "I still see a red cap."),
        ("make it better", CAP, CAP, None, ""),
    ],
)
def test_the_embedded_model_speaks_of_what_looks_as_before(
    sentence: str, before: Scene, after: Scene, done: bool | None, note: str
) -> None:
    first, second = (Picture(draw(scene, 256)) for scene in (before, after))
    verifier = SketchbookVerifier(Tasks(KnowingGate({first.id: before, second.id: after})))
    verdict = verifier.check(step_from_data({"op": "edit", "modify": sentence}), first, second)
    assert verdict == Verdict(done=done, note=note)
    assert verifier.check(step_from_data({"op": "sepia"}), first, second) == Verdict()


@pytest.mark.parametrize(
    ("scene", "done"),
    [
        (Scene(hat=Hat.BERET, hat_color=Color.GREEN, held=Held.CUP, held_color=Color.BLUE), True),
        (Scene(hat=Hat.BERET, hat_color=Color.GREEN), None),
        (Scene(), None),
    ],
)
def test_a_drawing_is_confirmed_or_not_spoken_of(scene: Scene, done: bool | None) -> None:
    picture = Picture(draw(scene, 256))
    prompt = "put a green beret on the head; put a blue cup in the hand"
    grounds = {prompt: "hat beret green; held cup blue"}
    verifier = SketchbookVerifier(Tasks(KnowingGate({picture.id: scene}, grounds=grounds)))
    assert verifier.check(step_from_data({"op": "generate", "prompt": prompt}), None, picture) == Verdict(done=done)


class Verifying:
    """Gives the same verdict always, or raises."""

    def __init__(self, verdict: Any) -> None:
        self.verdict = verdict
        self.asked: list[str] = []

    def check(self, step: Any, before: Picture | None, after: Picture, stop: Any = None) -> Verdict:
        assert before is not None
        assert before != after
        self.asked.append(step.op)
        if isinstance(self.verdict, Exception):
            raise self.verdict
        return self.verdict


MISSING = Verdict(done=False, note="No beret.")


@pytest.mark.parametrize(
    "verdict", [MISSING, GateError("no"), BadAnswer("?", "unreadable"), KeyError("hat"), Stopped()]
)
def test_a_turn_tells_what_was_checked_and_survives_a_check_that_fails(session: Session, verdict: Any) -> None:
    verifier = session.verifier = Verifying(verdict)
    plan = Plan(act="edit", steps=(step_from_data({"op": "sepia"}), HAT))
    events = list(session.run_turn(Wish(message="a beret"), ScriptedPlanner(plan)))
    assert verifier.asked == ["edit"]
    assert events[-1].kind == "saved"
    told = [(event.done, event.note) for event in events if event.kind == "checked"]
    assert told == ([(False, "No beret.")] if verdict is MISSING else [])


def test_exact_steps_are_not_checked(session: Session) -> None:
    verifier = session.verifier = Verifying(Verdict())
    plan = Plan(act="edit", steps=(step_from_data({"op": "sepia"}),))
    list(session.run_turn(Wish(message="sepia"), ScriptedPlanner(plan)))
    assert verifier.asked == []


def test_held_things_too() -> None:
    scene = Scene(held=Held.CUP, held_color=Color.BLUE)
    picture = Picture(draw(scene, 256))
    verifier = SketchbookVerifier(Tasks(KnowingGate({picture.id: scene})))
    wished = step_from_data({"op": "edit", "modify": "put a blue cup in the hand"})
    assert verifier.check(wished, None, picture).done is True
