"""Passes: adjacent generative steps that are painted in one editor call, and the one place that calls the editor."""

from __future__ import annotations

import queue
import threading
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import numpy as np

from assistant.alpha import opacity_of
from assistant.blobs import Blobs
from assistant.editor import Editor, EditRequest, OnStep
from assistant.errors import EditorError, PalimpsestError, Stopped
from assistant.events import StepProgress
from assistant.frames import Frame
from assistant.ground import gives_ground
from assistant.keep import PAINTED_OVER, STAYS_CLEAR, Kept, enlarged_note, grown, keep_global, keep_local
from assistant.patches import cut, drift_outside, is_view_again, view_of
from assistant.pictures import Picture, Pixels, content_id
from assistant.records import Measurement, Meets, Patch, RegionRecord, key_of
from assistant.regions import Region, region_of_mask
from assistant.script import seed_from
from assistant.sizes import Box, Size
from assistant.steps import Edit, Generate

_SPARE_PATCHES = 256
"""Patches remembered beyond the records: variants that are played next, or a script played without its records."""
Result = TypeVar("Result")
Painting = Generator[StepProgress, None, Patch]


@dataclass(frozen=True, eq=False)
class Pass:
    """Edits painted together: their joint region in the frame of their input."""

    steps: tuple[Edit, ...]
    measurements: tuple[Measurement, ...]
    region: Region | None
    """None for the whole picture."""
    reach: Region | None
    """What a patch may touch: the region, or more where it is soft (rule 9)."""
    visible: bool
    """False while all of it lies out of the frame."""
    frame: Frame
    input_key: str
    reference_ids: tuple[str, ...]
    """Of the pictures it takes from."""

    @classmethod
    def of(
        cls,
        members: Sequence[tuple[Edit, Measurement, Region | None]],
        frame: Frame,
        input_key: str,
        references: tuple[str, ...],
    ) -> Pass:
        """Put the members together; `references` are the picture ids of the whole script."""
        whole = any(measurement.region is None for _, measurement, _ in members)
        regions = [region for _, _, region in members if region]
        joint = None if whole else _union(regions, frame.size)
        soft = all(measurement.region and _is_soft(measurement.region) for _, measurement, _ in members)
        reach = Region(grown(joint.box, frame.size)) if joint and soft else joint
        steps = tuple(edit for edit, _, _ in members)
        measurements = tuple(measurement for _, measurement, _ in members)
        numbers = dict.fromkeys(number for step in steps for number in step.references)
        if beyond := [number for number in numbers if number > len(references) + 1]:
            raise EditorError(
                f"There is no picture {beyond[0]} to take from.",
                allowed=f"This script has {len(references)} references, numbered from 2.",
                remedy="Add the picture first.",
            )
        taken = tuple(references[number - 2] for number in numbers)
        return cls(steps, measurements, joint, reach, whole or joint is not None, frame, input_key, taken)

    @property
    def step_ids(self) -> tuple[str, ...]:
        return tuple(step.id for step in self.steps)

    @property
    def seed(self) -> int:
        """Of the call: the step's own, or one that follows from all members' seeds."""
        return self.seed_by({step.id: step.seed for step in self.steps})

    def seed_by(self, seeds: Mapping[str, int]) -> int:
        """The same with other seeds for the members (those of a variant)."""
        own = [seeds.get(step.id, step.seed) for step in self.steps]
        return own[0] if len(own) == 1 else seed_from(*own)

    @property
    def box(self) -> Box:
        return self.region.box if self.region else self.frame.size.box

    @cached_property
    def instruction(self) -> str:
        wishes = [step.modify.strip().rstrip(".") for step in self.steps]
        kept = [step.preserve.strip().rstrip(".") for step in self.steps if step.preserve.strip()]
        return ". ".join([*wishes, *(f"Keep {what}" for what in dict.fromkeys(kept))])

    @cached_property
    def meets(self) -> Meets:
        """How its paint meets transparency: what changes only the looks of the whole picture gives it no ground."""
        lays = self.steps[0].scope == "local" or any(gives_ground(step.modify, step.preserve) for step in self.steps)
        return "laid" if lays else "keeps"

    def wish_key(self, seed: int) -> str:
        """Wish, place and seed: what decides the pixels besides the view and the editor."""
        places = [measurement.found for measurement in self.measurements]
        return key_of(self.instruction, self.steps[0].scope, self.reference_ids, places, seed)

    def trusted(self, patches: Iterable[Patch]) -> Patch | None:
        """A patch that was painted on this very input: no need to look at pixels."""
        wish = self.wish_key(self.seed)
        same = (patch for patch in patches if patch.wish_key == wish and patch.input_key == self.input_key)
        return next(same, None)

    def seen_again(self, patches: Sequence[Patch], picture: Picture, blobs: Blobs) -> Patch | None:
        """A patch of this wish whose view is here again, moved by whole pixels at most; the latest first."""
        wish = self.wish_key(self.seed)
        for patch in reversed(patches):
            if patch.wish_key == wish and _covers(patch, self) and is_view_again(patch, picture, self.frame, blobs):
                return patch
        return None

    def drift(self, before: Picture, behind: Picture) -> float:
        return drift_outside(before, behind, self.reach)

    @property
    def hard(self) -> bool:
        """Whether nothing outside the region may change."""
        return self.reach is self.region


def _transparency_note(painting: Pass, picture: Picture) -> tuple[str, ...]:
    """What a whole repainted picture does to what is transparent, in words; nothing where nothing is."""
    if painting.steps[0].scope == "local" or opacity_of(picture.pixels) is None:
        return ()
    return (STAYS_CLEAR if painting.meets == "keeps" else PAINTED_OVER,)


def _is_soft(record: RegionRecord) -> bool:
    """A phrase's or a drawn box; whatever has an outline of its own is hard."""
    return record.mask is None and not record.outside


def _union(regions: Sequence[Region], size: Size) -> Region | None:
    if len(regions) <= 1:
        return regions[0] if regions else None
    mask = regions[0].mask(size)
    for region in regions[1:]:
        np.maximum(mask, region.mask(size), out=mask)
    return region_of_mask(mask)


def _covers(patch: Patch, painting: Pass) -> bool:
    """Whether the moved patch reaches everywhere that is to be painted; a frame that grew shows more than was."""
    way = patch.frame.way_to(painting.frame)
    return way is not None and way.box(patch.box).contains(painting.box)


class Painter:
    """Calls the editor for passes and turns what it painted into patches. Keeps what was painted for variants."""

    def __init__(self, blobs: Blobs, editor: Editor) -> None:
        self.blobs = blobs
        self.editor = editor
        self._spare: OrderedDict[str, Patch] = OrderedDict()
        self._lock = threading.Lock()

    def _remember(self, patches: Sequence[Patch]) -> None:
        with self._lock:
            self._spare.update({patch.key: patch for patch in patches})
            while len(self._spare) > _SPARE_PATCHES:
                self._spare.popitem(last=False)

    @property
    def fingerprint(self) -> str:
        return f"{self.editor.fingerprint} {self.editor.num_inference_steps}"

    def view_box(self, painting: Pass, size: Size) -> Box:
        if painting.steps[0].scope == "global":
            return size.box
        return self.editor.view_box(size, painting.box).clipped(size)

    # -- finding again -------------------------------------------------------------------------------------------------

    def own(self, patches: Iterable[Patch]) -> tuple[Patch, ...]:
        """Those that this very editor painted, on the input that they name."""
        steps = self.editor.num_inference_steps
        same = self.editor.fingerprint
        return tuple(
            patch for patch in patches if patch.editor == same and patch.num_inference_steps == steps and not patch.kept
        )

    def found(self, painting: Pass, picture: Picture, patches: Sequence[Patch]) -> Patch | None:
        """A patch of this editor for the same view somewhere else, or painted a moment ago for a sibling."""
        view_box = self.view_box(painting, picture.size)
        view_id = view_of(picture, view_box).id
        key = self._key(painting.wish_key(painting.seed), view_id, self._mask(painting, view_box))
        with self._lock:
            spare = self._spare.get(key)
        known = next((patch for patch in patches if patch.key == key), spare)
        return self._relocated(known, painting, view_box) if known else None

    def _relocated(self, patch: Patch, painting: Pass, view_box: Box) -> Patch:
        """The same view elsewhere: the patch with its box shifted along."""
        if patch.frame == painting.frame and patch.view_box == view_box:
            return patch
        dx, dy = view_box.left - patch.view_box.left, view_box.top - patch.view_box.top
        moved = {"frame": painting.frame, "box": patch.box.shifted(dx, dy), "view_box": view_box}
        key = key_of(patch.key, painting.frame, view_box)
        return patch.model_copy(update={**moved, "key": key, "input_key": painting.input_key})

    def _key(self, wish: str, view_id: str, mask: Pixels | None) -> str:
        return key_of(wish, self.fingerprint, view_id, "everywhere" if mask is None else content_id(mask))

    @staticmethod
    def _mask(painting: Pass, view_box: Box) -> Pixels | None:
        if painting.region is None:
            return None
        return np.ascontiguousarray(painting.region.mask(painting.frame.size)[view_box.slices])

    # -- painting ------------------------------------------------------------------------------------------------------

    def paint(
        self, painting: Pass, picture: Picture,
        sibling_seeds: Sequence[int], stop: Callable[[], bool],
    ) -> Painting:  # fmt: skip
        """Paint the pass now; siblings' candidates come from the same call and are kept for them."""
        view_box = self.view_box(painting, picture.size)
        view = view_of(picture, view_box)
        mask = self._mask(painting, view_box)
        seeds = tuple(dict.fromkeys((painting.seed, *sibling_seeds)))
        taken = tuple(Picture(self.blobs.get(blob_id)) for blob_id in painting.reference_ids)
        request = EditRequest(
            painting.instruction, view, mask, taken, seeds,
            self.editor.num_inference_steps,
        )  # fmt: skip
        images = yield from self._streamed(painting.step_ids, stop, lambda on_step: self.editor.edit(request, on_step))
        self._check(images, len(seeds), view.size)
        if painting.steps[0].scope == "local":
            self.blobs.put_soon(view)  # a later picture may hold it again, moved
        echo = self.editor.echo(view)
        made = zip(seeds, images, strict=True)
        kept = [(seed, self._kept(painting, image, view, echo, view_box)) for seed, image in made]
        told = _transparency_note(painting, picture)
        patches = [self._patch(painting, view, view_box, seed, replace(one, notes=one.notes + told))
                   for seed, one in kept]  # fmt: skip
        self._remember(patches)
        return patches[0]

    def _kept(self, painting: Pass, image: Picture, view: Picture, echo: Picture | None, view_box: Box) -> Kept:
        """What is taken of a painted view: without an echo to compare with, all of the region."""
        if echo is None:
            region = painting.region or Region(painting.frame.size.box.intersection(view_box))
            return Kept(cut(image, view_box, region), 1.0)
        painted_size = self.editor.painted_size(view.size)
        if painting.steps[0].scope == "global":
            return keep_global(image, view, echo, view_box, painted_size)
        kept = keep_local(image, view, echo, view_box, painted_size, painting.region, painting.hard)
        enlarged = enlarged_note(painted_size, view.size) if kept.changed else ()
        return replace(kept, notes=kept.notes + enlarged)

    def _patch(self, painting: Pass, view: Picture, view_box: Box, seed: int, kept: Kept) -> Patch:
        wish = painting.wish_key(seed)
        placed = kept.placed
        return Patch(
            step_ids=painting.step_ids,
            key=self._key(wish, view.id, self._mask(painting, view_box)),
            wish_key=wish,
            input_key=painting.input_key,
            frame=painting.frame,
            box=placed.box,
            pixels=self.blobs.put_soon(Picture(placed.pixels)),
            alpha=None if placed.alpha is None else self.blobs.put_soon(placed.alpha),
            view_box=view_box,
            view_id=view.id,
            instruction=painting.instruction,
            seed=seed,
            editor=self.editor.fingerprint,
            num_inference_steps=self.editor.num_inference_steps,
            scope=painting.steps[0].scope,
            meets=painting.meets,
            changed_too_much=kept.changed_too_much,
            notes=kept.notes,
        )

    @staticmethod
    def drawn(step: Generate, patches: Iterable[Patch]) -> Patch | None:
        """The drawing of this step among patches, whoever drew it."""
        wish = _drawing_wish(step, step.seed)
        return next((patch for patch in patches if patch.wish_key == wish), None)

    def drawn_by_it(self, step: Generate, patches: Iterable[Patch]) -> Patch | None:
        """The same, by this very editor, also when it was a sibling's."""
        key = self._drawing_key(step, step.seed)
        with self._lock:
            spare = self._spare.get(key)
        return next((patch for patch in patches if patch.key == key), spare)

    def _drawing_key(self, step: Generate, seed: int) -> str:
        return key_of(_drawing_wish(step, seed), self.fingerprint)

    def draw(self, step: Generate, seeds: Sequence[int], stop: Callable[[], bool]) -> Painting:
        """A new picture from words, recorded as a patch that covers its whole frame."""
        usual = self.editor.drawing_size
        size = Size(step.width or usual.width, step.height or usual.height)
        all_seeds = tuple(dict.fromkeys(seeds))
        images = yield from self._streamed(
            (step.id,), stop, lambda on_step: self.editor.generate(step.prompt, size, all_seeds, on_step)
        )
        self._check(images, len(all_seeds), images[0].size if images else size)
        frame = Frame.of_original(images[0].size)
        notes = enlarged_note(self.editor.painted_size(frame.size), frame.size)
        patches = [
            Patch(
                step_ids=(step.id,), key=self._drawing_key(step, seed), wish_key=_drawing_wish(step, seed),
                input_key="", frame=frame, box=frame.size.box, pixels=self.blobs.put_soon(image), alpha=None,
                view_box=frame.size.box, view_id="", instruction=step.prompt, seed=seed,
                editor=self.editor.fingerprint, num_inference_steps=self.editor.num_inference_steps,
                scope="global", notes=notes,
            )
            for seed, image in zip(all_seeds, images, strict=True)
        ]  # fmt: skip
        self._remember(patches)
        return patches[0]

    def _check(self, images: list[Picture], count: int, size: Size) -> None:
        if len(images) != count or any(image.size != size or image.mode != "RGB" for image in images):
            shapes = ", ".join(f"{image.mode} {image.size}" for image in images) or "nothing"
            raise EditorError(
                f"The editor returned {shapes} for {count} candidates of {size}.",
                remedy="This is a fault of the profile; choose another one.",
            )

    @staticmethod
    def _streamed(
        step_ids: tuple[str, ...], stop: Callable[[], bool], call: Callable[[OnStep], Result]
    ) -> Generator[StepProgress, None, Result]:
        """Run `call` in a thread and yield its progress; stops it between denoising steps."""
        news: queue.SimpleQueue[StepProgress | None] = queue.SimpleQueue()
        result: list[Result] = []
        failure: list[BaseException] = []

        abandoned = threading.Event()

        def on_step(done: int, total: int) -> None:
            if stop() or abandoned.is_set():
                raise Stopped
            news.put(StepProgress(step_ids=step_ids, done=done, total=total))

        def work() -> None:
            try:
                result.append(call(on_step))
            except BaseException as error:  # noqa: BLE001 - carried over to the caller's thread and raised there
                failure.append(error)
            finally:
                news.put(None)

        thread = threading.Thread(target=work, name="painting", daemon=True)
        thread.start()
        try:
            while (progress := news.get()) is not None:
                yield progress
        finally:
            abandoned.set()  # whoever stops listening stops the painting too
            thread.join()
        if failure:
            raise _as_ours(failure[0]) from failure[0]
        return result[0]


def _drawing_wish(step: Generate, seed: int) -> str:
    return key_of("generate", step.prompt, step.width, step.height, seed)


def _as_ours(failure: BaseException) -> BaseException:
    """What a model library throws, as a sentence; our own errors and interrupts as they are."""
    if isinstance(failure, PalimpsestError) or not isinstance(failure, Exception):
        return failure
    return EditorError(
        f"The painter failed ({type(failure).__name__}: {str(failure)[:200]}).",
        remedy="Try again, smaller or with another profile.",
    )
