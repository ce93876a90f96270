"""Playing scripts: what runs again and what does not, counted in calls of the editor."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from assistant.blobs import MemoryBlobs
from assistant.cache import PictureCache
from assistant.errors import EditorError, Stopped
from assistant.events import StepDone, StepProgress, StepStarted
from assistant.pictures import Picture
from assistant.playing import Interrupted, Rendered, drain
from assistant.records import Records
from assistant.render import Renderer
from assistant.script import Script, variant_of
from assistant.script_files import script_from_data
from assistant.sizes import Box
from tests.doubles import ScriptedLocator, ScriptedPainter, bits

HAT = Box(100, 60, 180, 120)
CUP = Box(300, 300, 380, 390)
LOCATOR = ScriptedLocator(hat=HAT, cup=CUP, hair=Box(95, 50, 185, 130))


class Easel:
    """A renderer with a scripted painter on one picture."""

    def __init__(self, picture: Picture, painter: ScriptedPainter | None = None) -> None:
        self.blobs = MemoryBlobs()
        self.painter = painter or ScriptedPainter()
        self.renderer = Renderer(self.blobs, self.painter, LOCATOR)
        self.picture = picture
        self.original = self.blobs.put(picture.pixels)

    def script(self, *steps: Mapping[str, object]) -> Script:
        return script_from_data({"original": self.original, "steps": list(steps)})

    def afresh(self, script: Script, painter: ScriptedPainter | None = None) -> Picture:
        """The same script with nothing cached and nothing recorded."""
        return Renderer(self.blobs, painter or ScriptedPainter(), LOCATOR).render(script).picture


@pytest.fixture
def easel(astronaut: Picture) -> Easel:
    return Easel(astronaut)


def add(what: str, where: object = "hat", **more: object) -> dict[str, object]:
    return {"op": "edit", "modify": what, "where": where, **more}


SIX = (
    {"op": "exposure", "stops": 0.5},
    add("a red hat"),
    {"op": "contrast", "percent": 20},
    add("a blue cup", "cup"),
    {"op": "crop", "box": [20, 20, 480, 480]},
    {"op": "text", "text": "Hello", "position": "top"},
)


def test_a_local_step_changes_nothing_outside_its_region(easel: Easel) -> None:
    rendered = easel.renderer.render(easel.script(add("a red hat")))
    changed = (rendered.picture.pixels != easel.picture.pixels).any(axis=2)
    inside = np.zeros_like(changed)
    inside[HAT.slices] = True
    assert changed[inside].all()
    assert not changed[~inside].any()
    expected = easel.picture.crop(HAT).pixels ^ bits("a red hat", rendered.records.patches[0].seed)
    assert np.array_equal(rendered.picture.crop(HAT).pixels, expected)


def test_the_editor_sees_the_view_and_the_mask(easel: Easel) -> None:
    easel.renderer.render(easel.script(add("a red hat")))
    (request,) = easel.painter.requests
    assert request.view == easel.picture.crop(HAT.grown(8))
    assert request.mask is not None
    assert request.mask.sum() == 255 * HAT.area


def test_rendering_again_paints_nothing(easel: Easel) -> None:
    script = easel.script(*SIX)
    first = easel.renderer.render(script)
    assert easel.painter.calls == 2
    again = easel.renderer.render(script, first.records)
    assert easel.painter.calls == 2
    assert again.picture == first.picture == easel.afresh(script)


@pytest.mark.parametrize(
    ("number", "change", "calls"),
    [
        # What changed → editor calls it costs. A tone step before a patch changes the patch's view.
        pytest.param(6, {"op": "text", "text": "Goodbye", "position": "top"}, 0, id="text-at-the-end"),
        pytest.param(5, {"op": "crop", "box": [40, 40, 440, 440]}, 0, id="crop-after-everything"),
        pytest.param(4, add("a green cup", "cup"), 1, id="second-patch"),
        pytest.param(3, {"op": "contrast", "percent": 30}, 1, id="tone-between-the-patches"),
        pytest.param(2, add("a green hat"), 1, id="first-patch-is-not-in-the-second-ones-view"),
        pytest.param(1, {"op": "exposure", "stops": -0.5}, 2, id="tone-before-everything"),
        pytest.param(1, {"op": "flip"}, 0, id="flip-before-everything"),
    ],
)
def test_changing_one_step_of_six_runs_what_depends_on_it(
    easel: Easel, number: int, change: Mapping[str, object], calls: int
) -> None:
    base = easel.script(*SIX if "flip" not in change.values() else ({"op": "flip"}, {"op": "flip"}, *SIX[1:4]))
    before = easel.renderer.render(base)
    easel.painter.requests.clear()
    if change == {"op": "flip"}:
        script = base.drop([base.at(1).id])
    else:
        script = base.revise(base.at(number).id, easel.script(change).steps[0])
    renderer = easel.renderer
    expected_repaints = renderer.repaints(script, before.records)
    rendered = renderer.render(script, before.records)
    assert easel.painter.calls == calls
    if number not in (2, 4):  # a revised painted step is new, not painted *again*
        assert len(expected_repaints) == calls
    if change != {"op": "flip"}:
        assert rendered.picture == easel.afresh(script)


@pytest.mark.parametrize(
    "geometry",
    [
        {"op": "crop", "box": [50, 30, 500, 500]},
        {"op": "crop", "box": [140, 90, 500, 500]},
        {"op": "pad", "px": 17, "color": "red"},
        {"op": "border", "px": 9},
        {"op": "flip", "direction": "horizontal"},
        {"op": "flip", "direction": "vertical"},
        {"op": "rotate", "degrees": 90},
        {"op": "rotate", "degrees": 90, "direction": "counterclockwise"},
        {"op": "rotate", "degrees": 180},
    ],
    ids=lambda step: "-".join(str(value) for value in step.values()),
)
def test_whole_pixel_geometry_before_a_patch_moves_it_without_a_call(
    easel: Easel, geometry: Mapping[str, object]
) -> None:
    before = easel.renderer.render(easel.script(add("a red hat"), add("a blue cup", "cup")))
    easel.painter.requests.clear()
    base = easel.script(add("a red hat"), add("a blue cup", "cup"))
    extra = script_from_data({"original": easel.original, "steps": [{**geometry, "id": "geo"}]}).steps[0]
    script = base.append(extra).move("geo", 1)
    rendered = easel.renderer.render(script, before.records)
    assert easel.painter.calls == 0
    # Painting first and moving afterwards is the same picture.
    after = easel.renderer.render(base.append(extra), before.records)
    assert rendered.picture == after.picture


def test_a_crop_deletes_nothing(easel: Easel) -> None:
    base = easel.script(add("a red hat"))
    first = easel.renderer.render(base)
    crop = script_from_data({"steps": [{"op": "crop", "id": "crop", "box": [250, 250, 500, 500]}]}).steps[0]
    away = base.append(crop).move("crop", 1)
    without = easel.renderer.render(away, first.records)
    assert without.picture == easel.picture.crop(Box(250, 250, 500, 500))
    assert without.records.patches == first.records.patches
    back = easel.renderer.render(away.drop(["crop"]), without.records)
    assert back.picture == first.picture
    assert easel.painter.calls == 1


def test_resampling_before_a_patch_paints_it_anew_or_keeps_it(easel: Easel) -> None:
    base = easel.script(add("a red hat"))
    first = easel.renderer.render(base)
    resize = script_from_data({"steps": [{"op": "resize", "id": "r", "percent": 50}]}).steps[0]
    script = base.append(resize).move("r", 1)
    assert easel.renderer.repaints(script, first.records) == [base.ids]
    kept = drain(easel.renderer.play(script, first.records, keep_painted=True))
    assert easel.painter.calls == 1
    small_hat = Box(52, 32, 88, 58)
    inner = kept.picture.crop(small_hat).pixels.astype(int)
    painted = first.picture.pixels[::2, ::2][small_hat.slices].astype(int)
    assert np.abs(inner - painted).mean() < 20
    outside = np.ones(kept.picture.pixels.shape[:2], bool)
    outside[Box(49, 29, 91, 61).slices] = False
    plain = easel.afresh(script.drop(base.ids))
    assert np.array_equal(kept.picture.pixels[outside], plain.pixels[outside])
    easel.renderer.render(script, first.records)
    assert easel.painter.calls == 2


def test_switching_off_and_on_paints_nothing(easel: Easel) -> None:
    script = easel.script(*SIX)
    first = easel.renderer.render(script)
    off = easel.renderer.render(script.switch([script.at(2).id], False), first.records)
    assert off.picture != first.picture
    on = easel.renderer.render(script, off.records)
    assert on.picture == first.picture
    assert easel.painter.calls == 2


# -- passes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "calls"),
    [
        pytest.param((add("a hat"), add("long hair", "hair")), 1, id="same-region"),
        pytest.param((add("a hat"), add("a cup", "cup")), 2, id="different-regions"),
        pytest.param((add("night", None, scope="global"), add("snow", None, scope="global")), 1, id="two-global"),
        pytest.param((add("a hat"), add("night", None, scope="global")), 2, id="local-and-global"),
        pytest.param((add("a hat", id="a"), add("a feather", id="b", depends_on=["a"])), 2, id="builds-on"),
        pytest.param((add("a hat"), {"op": "sepia"}, add("a feather")), 2, id="exact-between"),
    ],
)
def test_what_is_painted_in_one_call(easel: Easel, steps: tuple[Mapping[str, object], ...], calls: int) -> None:
    rendered = easel.renderer.render(easel.script(*steps))
    assert easel.painter.calls == calls
    assert len(rendered.records.patches) == calls


class OneByOne(ScriptedPainter):
    joins_wishes = False


TWO = (add("a red hat"), add("a feather on it"), {"op": "edit", "modify": "make it night"},
       {"op": "edit", "modify": "let it snow"})  # fmt: skip


def test_an_editor_that_learned_wishes_one_by_one_is_asked_so(astronaut: Picture) -> None:
    easel = Easel(astronaut, OneByOne())
    script = easel.script(*TWO)
    rendered = easel.renderer.render(script)
    assert [request.instruction for request in easel.painter.requests] == [
        "a red hat", "a feather on it", "make it night", "let it snow",
    ]  # fmt: skip
    assert easel.renderer.render(script, rendered.records).picture == rendered.picture
    assert easel.painter.calls == 4
    alone = Renderer(easel.blobs, None, LOCATOR)
    assert alone.replay(script, rendered.records) == rendered.picture
    assert Renderer(easel.blobs, ScriptedPainter(), LOCATOR).replay(script, rendered.records) == rendered.picture


def test_what_was_painted_at_once_stays_so_whoever_goes_on(easel: Easel) -> None:
    script = easel.script(*TWO)
    rendered = easel.renderer.render(script)
    assert easel.painter.calls == 1
    other = OneByOne("another")
    renderer = Renderer(easel.blobs, other, LOCATOR)
    assert renderer.replay(script, rendered.records) == rendered.picture
    longer = script_from_data({**script.model_dump(by_alias=True), "steps": [
        *(step.model_dump(by_alias=True) for step in script.steps), add("a blue cup", "cup")]})  # fmt: skip
    again = renderer.render(longer, rendered.records)
    assert [request.instruction for request in other.requests] == ["a blue cup"]
    assert again.records.patches[:1] == rendered.records.patches


def test_a_pass_says_all_its_wishes_and_what_to_keep(easel: Easel) -> None:
    easel.renderer.render(easel.script(add("add a hat.", preserve="the face"), add("make the hair long", "hair")))
    assert easel.painter.requests[0].instruction == "add a hat. make the hair long. Keep the face"


def test_variants_come_from_one_call(easel: Easel) -> None:
    script = easel.script({"op": "exposure", "stops": 0.3}, add("a hat"), {"op": "sepia"})
    scripts = [variant_of(script, script.ids, number) for number in range(4)]
    seeds = [{step.id: step.seed for step in other.steps} for other in scripts[1:]]
    pictures = [drain(easel.renderer.play(scripts[0], sibling_seeds=seeds)).picture]
    pictures += [easel.renderer.render(other).picture for other in scripts[1:]]
    assert easel.painter.calls == 1
    assert len({picture.id for picture in pictures}) == 4
    assert [picture.id for picture in pictures] == [easel.afresh(other).id for other in scripts]


# -- events, stop, failure ---------------------------------------------------------------------------------------------


def test_events_tell_what_ran(easel: Easel) -> None:
    script = easel.script({"op": "exposure", "stops": 0.5}, add("a hat"), {"op": "crop", "aspect": "1:1"})
    events = list(easel.renderer.play(script))
    started = [event.op for event in events if isinstance(event, StepStarted)]
    assert started == ["exposure", "edit", "crop"]
    progress = [(event.done, event.total) for event in events if isinstance(event, StepProgress)]
    assert progress == [(1, 4), (2, 4), (3, 4), (4, 4)]
    done = {event.op: event for event in events if isinstance(event, StepDone)}
    assert done["edit"].drift == 0
    assert done["edit"].box == HAT
    assert done["edit"].changed == pytest.approx(HAT.area / easel.picture.size.pixels)
    assert list(easel.renderer.play(script)) == []  # everything is in the cache


def test_stop_between_denoising_steps_keeps_what_was_finished(easel: Easel) -> None:
    stopped = False

    def during(step: int) -> None:
        nonlocal stopped
        stopped = stopped or step == 3

    easel.painter.during = during
    script = easel.script({"op": "sepia"}, add("a hat"), {"op": "flip"})
    with pytest.raises(Interrupted) as caught:
        drain(easel.renderer.play(script, stop=lambda: stopped))
    assert isinstance(caught.value.cause, Stopped)
    assert caught.value.done == script.ids[:1]
    assert caught.value.rendered.picture == easel.afresh(script.first(1))


def test_a_failing_step_names_itself_and_keeps_the_steps_before(easel: Easel) -> None:
    easel.painter.fail_on = "impossible"
    script = easel.script({"op": "sepia"}, add("something impossible"), {"op": "flip"})
    with pytest.raises(Interrupted) as caught:
        easel.renderer.render(script)
    assert isinstance(caught.value.cause, EditorError)
    assert [step.id for step in caught.value.steps] == [script.at(2).id]
    assert caught.value.rendered.picture == easel.afresh(script.first(1))


def test_without_a_painter_exact_steps_work_and_painted_ones_say_so(astronaut: Picture) -> None:
    easel = Easel(astronaut)
    renderer = Renderer(easel.blobs)
    assert renderer.render(easel.script({"op": "sepia"})).picture.size == astronaut.size
    with pytest.raises(Interrupted, match="no painter is loaded"):
        renderer.render(easel.script(add("a hat", {"box": [1, 1, 50, 50]})))


def test_an_editor_that_returns_another_size_is_refused(easel: Easel) -> None:
    easel.painter.edit = lambda request, on_step: [Picture(np.zeros((9, 9, 3), np.uint8))]  # type: ignore[method-assign]
    with pytest.raises(Interrupted, match="RGB 9 × 9"):
        easel.renderer.render(easel.script(add("a hat")))


# -- record and replay -------------------------------------------------------------------------------------------------


def test_replay_needs_no_editor_and_gives_the_same_pixels(easel: Easel) -> None:
    script = easel.script(*SIX)
    first: Rendered = easel.renderer.render(script)
    records = Records.model_validate_json(first.records.model_dump_json())
    assert records == first.records
    alone = Renderer(easel.blobs, editor=None, locator=None)
    assert alone.replay(script, records) == first.picture


def test_another_editor_paints_only_what_is_new(easel: Easel) -> None:
    script = easel.script(*SIX)
    first = easel.renderer.render(script)
    other = ScriptedPainter("another model")
    renderer = Renderer(easel.blobs, other, LOCATOR)
    assert renderer.replay(script, first.records) == first.picture
    # What the version shows stays, whoever painted it: a new profile does not repaint an accepted hat.
    more = script.append(*easel.script({"op": "sepia", "id": "sepia"}).steps)
    renderer.render(more, first.records)
    assert other.calls == 0
    renderer.render(script.reseed({script.at(2).id: 5}), first.records)
    assert other.calls == 1
    renderer.render(script)
    assert other.calls == 3


def test_without_a_painter_a_painted_version_can_still_be_worked_on(easel: Easel) -> None:
    script = easel.script(*SIX)
    first = easel.renderer.render(script)
    alone = Renderer(easel.blobs)
    more = script.append(*easel.script({"op": "sepia", "id": "sepia"}).steps)
    assert alone.render(more, first.records).picture == easel.renderer.render(more, first.records).picture


def test_a_phrase_is_looked_up_once(easel: Easel) -> None:
    LOCATOR.asked.clear()
    script = easel.script(add("a hat"), {"op": "blur", "where": "cup"})
    first = easel.renderer.render(script)
    easel.renderer.render(script.append(*easel.script({"op": "sepia"}).steps[:0]), first.records)
    Renderer(easel.blobs, easel.painter, LOCATOR).render(script, first.records)
    assert LOCATOR.asked == ["hat", "cup"]


def test_the_cache_keeps_its_budget(astronaut: Picture) -> None:
    easel = Easel(astronaut)
    cache = PictureCache(budget=3 * astronaut.pixels.nbytes)
    renderer = Renderer(easel.blobs, cache=cache)
    script = easel.script(*[{"op": "exposure", "stops": 0.1 * number} for number in range(-5, 6)])
    picture = renderer.render(script).picture
    assert cache.bytes_used <= cache.budget
    assert picture == easel.afresh(script)
