"""The exact operations: maths at full resolution, in milliseconds, never through a model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.alpha import opacity_of
from assistant.areas import anchor_of
from assistant.blobs import Blobs
from assistant.finding import Finder
from assistant.frames import Frame
from assistant.operations import detail, geometry, inpaint, overlay, selection, tone
from assistant.operations.base import MEASURES, OPERATIONS, Context, Mapped
from assistant.operations.fonts import font_for
from assistant.pictures import Picture, Pixels
from assistant.records import Measurement, key_of
from assistant.regions import Region, blend, place
from assistant.steps import STEP_CLASSES, Step
from assistant.steps.geometry import Crop
from assistant.steps.overlay import Paste, Text
from assistant.steps.selection import Copy, Move
from assistant.where import BoxWhere, PhraseWhere, Where

__all__ = ["Exact", "detail", "geometry", "inpaint", "overlay", "selection", "tone"]


@dataclass(frozen=True)
class Exact:
    """One exact step, measured, ready to be played on its input."""

    step: Step
    frame: Frame
    """Of the input."""
    measurement: Measurement
    blobs: Blobs
    references: tuple[Picture, ...] = ()

    @classmethod
    def measured(
        cls, step: Step, picture: Picture, frame: Frame, finder: Finder, references: tuple[Picture, ...]
    ) -> Exact:
        """The step with what it has to measure in `picture`, found now."""
        return cls(step, frame, measure(step, picture, frame, finder), finder.blobs, references)

    @property
    def version(self) -> int:
        return OPERATIONS[self.step.op].version

    @property
    def fingerprint(self) -> str:
        """What decides the pixels besides step, input and measurement: version, and for words the font file."""
        font = font_for(self.step.text, self.step.font).fingerprint if isinstance(self.step, Text) else ""
        return f"{self.step.op} {self.version} {font}"

    def _context(self, region: Region | None) -> Context:
        subject = self.measurement.subject and place(self.measurement.subject, self.frame, self.blobs)
        size = self.frame.size
        return Context(size, size.box, region, subject or None, dict(self.measurement.numbers), self.references)

    def behind(self) -> Frame:
        """The frame of the result."""
        mapped = self._mapped()
        return geometry.frame_behind(mapped, self.frame) if mapped else self.frame

    def _mapped(self) -> Mapped | None:
        """Where a geometry step moves pixels; None for other steps, and for a crop to what is out of the frame."""
        entry = OPERATIONS[self.step.op]
        context = self._context(None)
        lost = self.measurement.subject is not None and context.subject is None
        return entry.map(self.step, context) if entry.map and not lost else None

    def play(self, picture: Picture) -> Picture:
        """The picture behind the step. Pixels where the region's alpha is 0 stay equal bit for bit."""
        entry = OPERATIONS[self.step.op]
        if entry.map is not None:
            mapped = self._mapped()
            return Picture(geometry.move_pixels(mapped, picture.pixels)) if mapped else picture
        assert entry.run is not None  # an entry has one of the two
        region = None
        if self.measurement.region is not None:
            region = place(self.measurement.region, self.frame, self.blobs)
            if region is None:
                return picture  # out of the frame for now; the step stays and returns with the frame
        if self.step.family in ("tone", "detail"):
            return Picture(self._colors(picture.pixels, region))
        return Picture(entry.run(picture.pixels, self.step, self._context(region)))

    def _colors(self, pixels: Pixels, region: Region | None) -> Pixels:
        """Tone and detail: colours only, alpha carried, and only the region's surroundings computed."""
        entry = OPERATIONS[self.step.op]
        size = self.frame.size
        assert entry.run is not None
        box = region.box if region else size.box
        margin = entry.margin(self.step, size) if entry.margin and region else 0
        wide = box.grown(margin).clipped(size)
        opacity = opacity_of(pixels[wide.slices]) if entry.margin else None
        context = Context(size, wide, region, None, dict(self.measurement.numbers), self.references, opacity)
        before = np.ascontiguousarray(pixels[:, :, :3][wide.slices])
        changed = entry.run(before, self.step, context)
        if region is None and pixels.shape[2] == 3:
            return changed
        out = pixels.copy()
        inner = box.shifted(-wide.left, -wide.top).slices
        part = blend(np.ascontiguousarray(before[inner]), np.ascontiguousarray(changed[inner]), region and region.alpha)
        out[:, :, :3][box.slices] = part
        return out


def measure(
    step: Step, picture: Picture, frame: Frame, finder: Finder, earlier: Measurement | None = None
) -> Measurement:
    """What the step has to know about its input: where, what it frames, its numbers. Raises RegionNotFound.

    Places that it asked for already, at an `earlier` revision, stay where they were found.
    """
    soft = step.family in ("tone", "detail")
    where: Where | None = getattr(step, "where", None)
    subject = _subject(step)
    asked = key_of(soft, where and where.model_dump_json(), subject and subject.model_dump_json())
    if earlier is not None and earlier.asked == asked:
        region, found = earlier.region, earlier.subject
    else:
        region = finder.find(picture, where, frame, soft) if where is not None else None
        found = finder.find(picture, subject, frame, False) if subject is not None else None
    function = MEASURES.get(step.op)
    placed = place(region, frame, finder.blobs) if region and function else None
    numbers = function(picture, step, placed) if function else {}
    return Measurement(
        step_id=step.id, revision=step.revision, region=region, subject=found, numbers=numbers, asked=asked
    )


def _subject(step: Step) -> Where | None:
    """What else the step looks at: a crop's subject or box, or the thing that a position names."""
    if isinstance(step, Crop):
        if step.box is not None:
            return BoxWhere(box=step.box, unit=step.unit)
        return step.subject or step.without
    if isinstance(step, Move | Copy | Paste | Text) and step.position and anchor_of(step.position) is None:
        return PhraseWhere(phrase=step.position)
    return None


def needs_a_look(step: Step) -> bool:
    """Whether measuring the step takes more than the size of its input."""
    places = [place for place in (getattr(step, "where", None), _subject(step)) if place is not None]
    plain = all(isinstance(place, BoxWhere) and not place.object for place in places)
    return step.op in MEASURES or not plain


def missing_operations() -> set[str]:
    """Operations of the vocabulary that no function carries out, the painted ones aside; empty in a sound build."""
    return {name for name, cls in STEP_CLASSES.items() if cls.family != "generative"} - OPERATIONS.keys()
