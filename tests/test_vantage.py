"""A place is where it was shown, whatever crops, turns and messages lie between the picture on show and the step."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest

from assistant.blobs import MemoryBlobs
from assistant.errors import OperationError
from assistant.finding import Finder
from assistant.frames import Frame, PixelMap
from assistant.history import Version
from assistant.pictures import Picture, Pixels
from assistant.plan import Plan, Revision, Wish
from assistant.records import vantage_of
from assistant.script_files import step_from_data
from assistant.session import Session
from assistant.sizes import Box, Size
from assistant.steps import AnyStep
from assistant.where import BoxWhere, MaskWhere, PointWhere, Vantage, Where
from tests.doubles import ScriptedPlanner

WIDTH, HEIGHT = 40, 20
LEFT_QUARTER = BoxWhere(box=(0, 0, 25, 100), unit="percent")


def step(op: str, **fields: Any) -> AnyStep:
    return step_from_data({"op": op, **fields})


@pytest.fixture
def wide(session: Session) -> Session:
    noise = np.random.default_rng(5).integers(60, 120, (HEIGHT, WIDTH, 3))
    session.add_picture(Picture(noise.astype(np.uint8)))
    return session


def now(session: Session) -> Version:
    current = session.history.current
    assert current is not None
    return current


def do(session: Session, plan: Plan, where: Where | None = None) -> None:
    events = list(session.run_plan(plan, Wish(message="x", where=where)))
    assert events[-1].kind == "saved", events


def add(session: Session, *steps: AnyStep, where: Where | None = None) -> None:
    do(session, Plan(act="edit", steps=steps), where)


def here(session: Session, where: Where) -> None:
    """“Here” on the first step."""
    old = now(session).script.steps[0]
    new = old.model_copy(update={"where": where})
    do(session, Plan(act="revise", revisions=(Revision(step_id=old.id, step=new),)), where)  # pyright: ignore[reportArgumentType]


def changed(before: Pixels, after: Pixels, least: int = 1) -> Box:
    """Around the pixels that differ by `least` codes or more."""
    rows, columns = np.nonzero((np.abs(before.astype(int) - after) >= least).any(axis=2))
    return Box(int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)


def brushed(session: Session, box: Box) -> MaskWhere:
    size = session.picture().size
    mask = np.zeros((size.height, size.width), np.uint8)
    mask[box.slices] = 255
    return MaskWhere(mask=session.add_mask(mask))


GEOMETRY = [
    step("crop", box=[20, 0, 40, 20]),
    step("flip"),
    step("rotate", degrees=90),
    step("rotate", degrees=20),
    step("pad", px=4, color="white"),
    step("resize", width=80, height=40),
]


@pytest.mark.parametrize("moving", GEOMETRY, ids=str)
@pytest.mark.parametrize("kind", ["box", "mask"])
def test_a_step_is_pointed_at_in_the_picture_on_show(wide: Session, moving: AnyStep, kind: str) -> None:
    add(wide, moving)
    plain = wide.picture().pixels
    wide.history = wide.history.undo()
    add(wide, step("exposure", stops=1))
    add(wide, moving)
    size = wide.picture().size
    x, y = size.width // 2, size.height // 2
    shown = Box(x - 7, y - 5, x + 6, y + 4)
    box = BoxWhere.model_validate({"box": list(shown), "feather": 0})
    here(wide, box if kind == "box" else brushed(wide, shown).model_copy(update={"feather": 0}))
    resampled = moving.op == "resize" or moving.wish().get("degrees") == 20
    found = changed(plain, wide.picture().pixels, least=16 if resampled else 1)
    assert all(abs(a - b) <= (2 if resampled else 0) for a, b in zip(found, shown, strict=True)), (found, shown)


def test_a_click_is_brought_along(wide: Session) -> None:
    pixels = wide.picture().pixels.copy()
    pixels[5:9, 30:34] = 250
    wide.add_picture(Picture(pixels))
    add(wide, step("exposure", stops=-1))
    add(wide, step("flip"))
    x, y = 100 * (WIDTH - 32) / WIDTH, 100 * 7 / HEIGHT
    here(wide, PointWhere(point=(x, y), unit="percent", tolerance=8, feather=0))
    assert changed(pixels[:, ::-1], wide.picture().pixels) == Box(WIDTH - 34, 5, WIDTH - 30, 9)


def test_an_object_in_a_box_is_brought_along() -> None:
    frame = Frame.of_original(Size(WIDTH, HEIGHT))
    flat = np.full((HEIGHT, WIDTH, 3), 40, np.uint8)
    flat[6:14, 26:34] = (250, 240, 230)
    flipped = frame.after(PixelMap.flip(frame.size, horizontal=True))
    where = BoxWhere(box=(4, 4, 16, 16), object=True, seen=vantage_of(flipped))
    record = Finder(MemoryBlobs()).find(Picture(flat), where, frame, False)
    assert record.frame == frame
    assert record.box == Box(26, 6, 34, 14)


def test_crop_and_brighten_what_was_shown_before_the_crop(wide: Session) -> None:
    before = wide.picture().pixels
    where = BoxWhere(box=(25, 0, 35, 20), feather=0)
    brighter = step("exposure", stops=1, where=where.model_dump(mode="json"))
    add(wide, step("crop", box=[20, 0, 40, 20]), brighter, where=where)
    assert changed(before[:, 20:], wide.picture().pixels) == Box(5, 0, 15, 20)


def test_what_was_pointed_at_while_a_crop_ran(wide: Session) -> None:
    before = wide.picture().pixels
    began, go = threading.Event(), threading.Event()

    def crop(history: Any) -> Plan:
        began.set()
        assert go.wait(20)
        return Plan(act="edit", steps=(step("crop", box=[20, 0, 40, 20]),))

    where = BoxWhere(box=(25, 0, 35, 20), feather=0)
    first = wide.ticket()
    second = wide.ticket()
    plan = Plan(act="edit", steps=(step("exposure", stops=1, where=where.model_dump(mode="json")),))
    running = threading.Thread(target=lambda: list(wide.run_turn(Wish(message="crop"), ScriptedPlanner(crop), first)))
    running.start()
    assert began.wait(20)
    go.set()
    list(wide.run_turn(Wish(message="brighter here", where=where), ScriptedPlanner(plan), second))
    running.join()
    assert changed(before[:, 20:], wide.picture().pixels) == Box(5, 0, 15, 20)


def test_a_place_in_the_very_picture_stays_plain(wide: Session) -> None:
    add(wide, step("flip"))
    add(wide, step("exposure", stops=1, where=LEFT_QUARTER.model_dump(mode="json")), where=LEFT_QUARTER)
    assert now(wide).script.steps[1].wish()["where"] == {"box": [0, 0, 25, 100], "unit": "percent"}


@pytest.mark.parametrize(
    "bad",
    [
        Vantage(base="x", moved=(1, 1, 1, 1, 0, 0, 4, 4), affine=(1, 0, 0, 0, 1, 0)),
        Vantage(base="x", moved=(1, 0, 0, 1, 0, 0, 4, 4), affine=(1e-5, 0, 1e308, 0, 1, 0)),
        Vantage(base="x", moved=(1, 0, 0, 1, 0, 0, 4, 4), affine=(1, 0, 0, 1, 0, 0)),
    ],
)
def test_a_vantage_that_is_none_ends_in_a_sentence(bad: Vantage) -> None:
    where, black = BoxWhere(box=(0, 0, 1, 1), seen=bad), Picture(np.zeros((4, 4, 3), np.uint8))
    with pytest.raises(OperationError, match="cannot be made out"):
        Finder(MemoryBlobs()).find(black, where, Frame.of_original(black.size), False)


@pytest.mark.parametrize("kind", ["box", "object", "click", "mask"])
def test_a_place_that_a_later_step_adds_is_not_there_for_an_earlier_one(wide: Session, kind: str) -> None:
    add(wide, step("blur"))
    add(wide, step("pad", px=8, color="white"))
    known = now(wide)
    where = {
        "box": BoxWhere(box=(0, 0, 5, 5)), "object": BoxWhere(box=(0, 0, 5, 5), object=True),
        "click": PointWhere(point=(2, 2)), "mask": brushed(wide, Box(0, 0, 5, 5)),
    }[kind]  # fmt: skip
    old = known.script.steps[0]
    new = old.model_copy(update={"where": where})
    plan = Plan(act="revise", revisions=(Revision(step_id=old.id, step=new),))  # pyright: ignore[reportArgumentType]
    events = list(wide.run_plan(plan, Wish(message="x", where=where)))
    assert now(wide) == known
    (said,) = [item.message for item in events if item.kind == "step_failed"]
    assert "does not lie in the picture that this step gets" in said


def test_variants_have_the_place_too(wide: Session) -> None:
    where = BoxWhere(box=(60, 20, 80, 80), unit="percent")
    crop = step("crop", box=[20, 0, 40, 20]).model_copy(update={"id": "c"})
    hat = step("edit", modify="a red hat", where=where.model_dump(mode="json")).model_copy(update={"id": "h"})
    blue = hat.model_copy(update={"modify": "a blue hat"})
    plan = Plan(act="edit", steps=(crop, hat), alternatives=((blue,),))
    list(wide.run_plan(plan, Wish(message="x", where=where, variants=2)))
    boxes = {version.records.patches[-1].box for version in wide.history.versions[-2:]}
    assert boxes == {Box(4, 4, 12, 16)}


@pytest.mark.parametrize("also", ["drop", "revise"])
def test_a_crop_that_goes_or_changes_in_the_same_plan(wide: Session, also: str) -> None:
    add(wide, step("crop", box=[20, 0, 40, 20]))
    add(wide, step("exposure", stops=1))
    crop, exposure = now(wide).script.steps
    where = BoxWhere(box=(5, 0, 10, 20), feather=0)
    brighter = Revision(step_id=exposure.id, step=step("exposure", stops=1, where=where.model_dump(mode="json")))
    wider = Revision(step_id=crop.id, step=step("crop", box=[10, 0, 40, 20]))
    plan = Plan(act="revise", revisions=(brighter,), drops=(crop.id,))
    do(wide, plan if also == "drop" else Plan(act="revise", revisions=(wider, brighter)), where)
    original = wide.picture(wide.history.versions[1].id).pixels
    left = 0 if also == "drop" else 10
    assert changed(original[:, left:], wide.picture().pixels) == Box(25 - left, 0, 30 - left, 20)


# -- measured once -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["box", "mask"])
def test_changing_a_number_leaves_the_place(wide: Session, kind: str) -> None:
    original = wide.picture().pixels
    add(wide, step("crop", box=[20, 0, 40, 20]))
    where = BoxWhere(box=(0, 0, 10, 20), feather=0) if kind == "box" else brushed(wide, Box(0, 0, 10, 20))
    place = where.model_copy(update={"feather": 0}).model_dump(mode="json", exclude_defaults=True)
    add(wide, step("exposure", stops=1, where=place))
    crop, exposure = now(wide).script.steps
    do(wide, Plan(act="drop", drops=(crop.id,)))
    assert changed(original, wide.picture().pixels) == Box(20, 0, 30, 20)
    halved = step("exposure", stops=0.5, where=place)
    do(wide, Plan(act="revise", revisions=(Revision(step_id=exposure.id, step=halved),)))
    assert changed(original, wide.picture().pixels) == Box(20, 0, 30, 20)
    moved = step("exposure", stops=0.5, where={"box": [0, 0, 5, 5], "feather": 0})
    do(wide, Plan(act="revise", revisions=(Revision(step_id=exposure.id, step=moved),)))
    assert changed(original, wide.picture().pixels) == Box(0, 0, 5, 5)
