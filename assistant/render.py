"""Playing a script: step by step, from the record and the cache where they hold, by operations and editor where not."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence

import numpy as np

from assistant.blobs import Blobs
from assistant.cache import PictureCache
from assistant.editor import Editor
from assistant.errors import EditorError, InvalidScript, PalimpsestError, Stopped
from assistant.events import RenderEvent, StepDone, StepStarted
from assistant.finding import Finder, Locator
from assistant.frames import Frame
from assistant.operations import Exact, measure, needs_a_look
from assistant.painting import Painter, Pass
from assistant.patches import changed_share, paste, place_patch
from assistant.pictures import Picture
from assistant.playing import NOTHING, Interrupted, Play, Rendered, Rendering, Stage, Unforeseen, drain
from assistant.records import Measurement, Patch, Records, key_of
from assistant.regions import Region, place
from assistant.script import Script, StepId, joins_pass
from assistant.sizes import Box
from assistant.steps import Edit, Generate, Paste, Step


class Renderer:
    """Plays scripts. One renderer serves many sessions; what it keeps is cache and may be thrown away."""

    def __init__(
        self,
        blobs: Blobs,
        editor: Editor | None = None,
        locator: Locator | None = None,
        cache: PictureCache | None = None,
    ) -> None:
        self.blobs = blobs
        self.finder = Finder(blobs, locator)
        self.cache = cache if cache is not None else PictureCache()
        self.editor = editor
        self.painter = Painter(blobs, editor) if editor else None

    # -- what callers use ----------------------------------------------------------------------------------------------

    def play(
        self,
        script: Script,
        records: Records | None = None,
        more_patches: Sequence[Patch] = (),
        stop: Callable[[], bool] = lambda: False,
        keep_painted: bool = False,
        sibling_seeds: Sequence[dict[StepId, int]] = (),
    ) -> Rendering:
        """Render the script, yielding events for what really runs; returns what was rendered.

        `records` are those of the version it grew from; `more_patches` may fit again too. `keep_painted` keeps an old
        patch, resampled, where it would have to be painted anew. `sibling_seeds` are the seeds of variants that will
        be played next: their first painted step is made in the same editor call. Raises Interrupted when a step fails
        or `stop` says so.
        """
        run = Play(
            script, records or Records(), tuple(more_patches), stop, keep_painted, sibling_seeds=tuple(sibling_seeds)
        )
        return (yield from self._run(run))

    def render(self, script: Script, records: Records | None = None) -> Rendered:
        """`play` without the events."""
        return drain(self.play(script, records))

    def replay(self, script: Script, records: Records) -> Picture:
        """The same pixels as when it was recorded: patches are taken from the record, whatever editor is loaded.

        Raises what kept it from playing: NotFound, DamagedStore, or what a step raises.
        """
        try:
            return drain(self._run(Play(script, records, replay=True))).picture
        except Interrupted as end:
            raise end.cause from end

    def frame_of(self, script: Script, records: Records) -> Frame:
        """The frame of the picture that a recorded script leads to; only what the record lacks is looked at."""
        run = Play(script, records, replay=True)
        drain(self._run(run, forced=False))
        return run.last.frame

    def repaints(
        self,
        script: Script,
        records: Records,
        more_patches: Sequence[Patch] = (),
        stop: Callable[[], bool] = lambda: False,
    ) -> list[tuple[StepId, ...]]:
        """Passes with steps that were painted before and would have to be painted anew; paints nothing itself.

        Where a new step has to look at a picture that is not there yet, everything painted behind it counts.
        """
        if not records.patches:
            return []
        run = Play(script, records, tuple(more_patches), stop, keep_painted=True, dry=True)
        try:
            drain(self._run(run))
        except (Interrupted, Unforeseen):
            reached = {step.id for stage in run.chain for step in stage.steps}
            ahead = {step.id for step in script.enabled} - reached
            late = [patch.step_ids for patch in records.patches if set(patch.step_ids) <= ahead]
            run.painted.extend(step_ids for step_ids in late if step_ids not in run.painted)
        return run.painted

    # -- building the chain --------------------------------------------------------------------------------------------

    def _run(self, run: Play, forced: bool = True) -> Rendering:
        run.references = tuple(Picture(self.blobs.get(blob_id)) for blob_id in run.script.references)
        steps = list(run.script.enabled)
        taken: tuple[Step, ...] = ()
        try:
            yield from self._begin(run, steps)
            # What a forecast wants to know ends with the last painted step.
            while any(step.is_generative for step in steps) if run.dry else steps:
                taken = (steps[0],)
                if run.stop():
                    raise Stopped
                if isinstance(steps[0], Edit):
                    taken = yield from self._add_pass(run, [step for step in steps if isinstance(step, Edit)], steps)
                else:
                    yield from self._add_exact(run, steps[0])
                del steps[: len(taken)]
            taken = ()
            picture = (yield from self._forced(run)) if forced and not run.dry else NOTHING
        except Interrupted:
            raise
        except PalimpsestError as error:
            raise (yield from self._interrupted(run, error, taken)) from error
        return Rendered(picture, run.last.frame, run.record(), tuple(run.painted))

    def _interrupted(
        self, run: Play, error: PalimpsestError, steps: tuple[Step, ...]
    ) -> Generator[RenderEvent, None, Interrupted]:
        """The failure with the picture of all steps that ran through."""
        picture = None
        while picture is None and run.chain:
            try:
                picture = yield from self._forced(run)
            except PalimpsestError:
                steps = run.last.steps
                run.chain.pop()
        if picture is None:
            return Interrupted(error, steps, (), Rendered(NOTHING, Frame.of_original(NOTHING.size), run.record()))
        done = tuple(step.id for stage in run.chain for step in stage.steps)
        return Interrupted(error, steps, done, Rendered(picture, run.last.frame, run.record(), tuple(run.painted)))

    def _begin(self, run: Play, steps: list[Step]) -> Generator[RenderEvent, None, None]:
        original = run.script.original
        if original is not None:
            run.chain.append(Stage(original, Frame.of_original(self._original(original).size), lambda picture: picture))
            return
        if not steps or not isinstance(steps[0], Generate):
            raise InvalidScript(
                "There is no picture to work on.",
                allowed="A script starts from a picture, or its first step is “generate”.",
                remedy="Upload a picture, or say what to draw.",
            )
        step = steps.pop(0)
        assert isinstance(step, Generate)
        seeds = (step.seed, *(seeds[step.id] for seeds in run.sibling_seeds if step.id in seeds))
        patch = self._drawn(run, step)
        if patch is None:
            yield StepStarted(step_ids=(step.id,), op=step.op)
            started = time.perf_counter()
            patch = yield from self._painter().draw(step, seeds, run.stop)
            run.painted.append((step.id,))
            seconds = time.perf_counter() - started
            yield StepDone(
                step_ids=(step.id,), op=step.op, seconds=seconds, changed=1.0, box=patch.box, notes=patch.notes
            )
        run.patches[patch.key] = patch
        key, drawn = key_of("drawn", patch.key), patch
        run.chain.append(Stage(key, patch.frame, lambda _: Picture(self.blobs.get(drawn.pixels)), (step,)))

    def _drawn(self, run: Play, step: Generate) -> Patch | None:
        if run.replay and (old := run.records.patches_of((step.id,))):
            return old[0]
        known = Painter.drawn(step, run.records.patches)
        return known or self._painter().drawn_by_it(step, run.more_patches)

    def _original(self, picture_id: str) -> Picture:
        picture = self.cache.get(picture_id)
        if picture is None:
            picture = Picture(self.blobs.get(picture_id))
            self.cache.put(picture_id, picture)
        return picture

    def _painter(self) -> Painter:
        if self.painter is None:
            raise EditorError(
                "This step has to be painted, and no painter is loaded.",
                allowed="Without one, every exact operation works.",
                remedy="Switch the step off, or start with a profile that paints.",
            )
        return self.painter

    def _measured(self, run: Play, step: Step) -> Generator[RenderEvent, None, Measurement]:
        known = run.records.measurement(step.id, step.revision)
        if known is None:
            if run.dry and needs_a_look(step):
                raise Unforeseen
            plain = Picture(np.zeros((*run.last.frame.size[::-1], 3), np.uint8)) if run.dry else None
            picture = plain or (yield from self._forced(run))
            finder = self.finder.within(run.script, run.stop)
            known = measure(step, picture, run.last.frame, finder, run.records.earlier(step.id))
        run.measured[step.id] = known
        return known

    def _add_exact(self, run: Play, step: Step) -> Generator[RenderEvent, None, None]:
        before = run.last
        measurement = yield from self._measured(run, step)
        exact = Exact(step, before.frame, measurement, self.blobs, run.references)
        pasted = run.script.references[step.reference - 2 : step.reference - 1] if isinstance(step, Paste) else ()
        key = key_of(before.key, exact.fingerprint, _wish_text(step), measurement.found, pasted)
        run.chain.append(Stage(key, exact.behind(), exact.play, (step,)))

    def _add_pass(
        self, run: Play, edits: list[Edit], steps: list[Step]
    ) -> Generator[RenderEvent, None, tuple[Step, ...]]:
        """The next pass: the first edit and what may be painted with it."""
        before = run.last
        members: list[tuple[Edit, Box]] = []
        regions: list[tuple[Edit, Measurement, Region | None]] = []
        for step, edit in zip(steps, edits, strict=False):
            if step is not edit:
                break
            measurement = yield from self._measured(run, edit)
            region = measurement.region and place(measurement.region, before.frame, self.blobs)
            box = region.box if region else before.frame.size.box
            if members and not self._joins(run, members, edit, box):
                break
            members.append((edit, box))
            regions.append((edit, measurement, region or None))
        painting = Pass.of(regions, before.frame, before.key, run.script.references)
        patch = self._trusted(run, painting)
        if patch is None and painting.visible:
            picture = yield from self._forced(run)
            patch = yield from self._painted(run, painting, picture)
        self._add_patch(run, painting, patch)
        return painting.steps

    def _joins(self, run: Play, members: list[tuple[Edit, Box]], edit: Edit, box: Box) -> bool:
        """Whether an edit is painted with those before it: as it was, else as the editor does it best."""
        if not joins_pass(members, edit, box):
            return False
        own = tuple(step.id for step, _ in members)
        if any({*own, edit.id} <= set(patch.step_ids) for patch in run.records.patches):
            return True
        if run.replay:
            return all(patch.step_ids != own for patch in run.records.patches)
        return self.painter is None or self.painter.editor.joins_wishes

    def _trusted(self, run: Play, painting: Pass) -> Patch | None:
        """The patch that needs no look at pixels: the recorded one in a replay, else one painted on this very input.

        What this version already shows is kept whoever painted it; patches of other versions count only if this editor
        painted them.
        """
        if run.replay:
            old = run.records.patches_of(painting.step_ids)
            return old[0] if old else None
        own = self.painter.own(run.more_patches) if self.painter else ()
        return painting.trusted((*run.records.patches, *own))

    def _painted(self, run: Play, painting: Pass, picture: Picture) -> Generator[RenderEvent, None, Patch | None]:
        """A patch for the pass: found again, kept, or painted now."""
        old = run.records.patches_of(painting.step_ids)
        view_box = self.painter.view_box(painting, picture.size) if self.painter else painting.box
        stale = run.dry and any(not view_box.intersection(box).is_empty for box in run.dirty)
        patch = None if stale else self._seen_again(run, painting, picture)
        if patch is not None:
            return patch
        if run.dry:
            run.dirty.append(painting.box)
            if any(set(patch.step_ids) & set(painting.step_ids) for patch in run.records.patches):
                run.painted.append(painting.step_ids)
            return old[0] if old else None
        if run.keep_painted and old:
            # From now on it counts as painted on this input.
            key = key_of("kept", old[0].key, painting.input_key)
            return old[0].model_copy(update={"key": key, "input_key": painting.input_key, "kept": True})
        painter = self._painter()
        yield StepStarted(step_ids=painting.step_ids, op="edit")
        started = time.perf_counter()
        siblings = [painting.seed_by(seeds) for seeds in run.sibling_seeds]
        patch = yield from painter.paint(painting, picture, siblings, run.stop)
        run.painted.append(painting.step_ids)
        stage = self._stage_of(run.last, painting, patch)
        behind = stage.make(picture)
        self.cache.put(stage.key, behind)
        yield StepDone(
            step_ids=painting.step_ids, op="edit", seconds=time.perf_counter() - started,
            changed=changed_share(picture, behind), box=patch.box, drift=painting.drift(picture, behind),
            notes=patch.notes,
        )  # fmt: skip
        return patch

    def _seen_again(self, run: Play, painting: Pass, picture: Picture) -> Patch | None:
        own = self.painter.own(run.more_patches) if self.painter else ()
        patch = painting.seen_again((*own, *run.records.patches), picture, self.blobs)
        if patch is None and self.painter:
            patch = self.painter.found(painting, picture, (*self.painter.own(run.records.patches), *own))
        return patch

    def _add_patch(self, run: Play, painting: Pass, patch: Patch | None) -> None:
        before = run.last
        if patch is None:
            # Out of the frame for now, or unknown in a forecast: nothing of it shows.
            run.chain.append(Stage(before.key, before.frame, lambda picture: picture, painting.steps))
            return
        run.patches[patch.key] = patch
        run.chain.append(self._stage_of(before, painting, patch))

    def _stage_of(self, before: Stage, painting: Pass, patch: Patch) -> Stage:
        meets = () if patch.meets == "covers" else (patch.meets,)  # older patches keep their keys
        key, frame = key_of(before.key, "patch", patch.key, patch.box, patch.frame, *meets), before.frame
        return Stage(key, frame, lambda picture: paste(picture, place_patch(patch, frame, self.blobs)), painting.steps)

    # -- making pictures -----------------------------------------------------------------------------------------------

    def _forced(self, run: Play) -> Generator[RenderEvent, None, Picture]:
        """The picture at the end of the chain, made from the last one that the cache still has."""
        have = len(run.chain) - 1
        picture = self.cache.get(run.chain[have].key)
        while picture is None and have > 0:
            have -= 1
            picture = self.cache.get(run.chain[have].key)
        if picture is None:
            first = run.chain[0]
            picture = self._original(first.key) if run.script.original else first.make(NOTHING)
            self.cache.put(first.key, picture)
        for stage in run.chain[have + 1 :]:
            if run.stop():
                raise Stopped
            picture = yield from self._made(run, stage, picture)
        return picture

    def _made(self, run: Play, stage: Stage, before: Picture) -> Generator[RenderEvent, None, Picture]:
        exact = len(stage.steps) == 1 and not stage.steps[0].is_generative
        names = tuple(step.id for step in stage.steps)
        if exact and not run.dry:
            yield StepStarted(step_ids=names, op=stage.steps[0].op)
        started = time.perf_counter()
        picture = stage.make(before)
        seconds = time.perf_counter() - started
        if run.dry:
            return picture  # not cached: what really runs says so in events
        self.cache.put(stage.key, picture)
        if exact:
            changed = 1.0 if stage.steps[0].family == "geometry" else changed_share(before, picture)
            yield StepDone(step_ids=names, op=stage.steps[0].op, seconds=seconds, changed=changed)
        return picture


def _wish_text(step: Step) -> str:
    """The step's parameters and seed, exactly."""
    return f"{sorted(step.wish().items())} {step.seed}"
