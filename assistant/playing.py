"""What one rendering carries with it: the chain of stages, what it found out, and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field

import numpy as np

from assistant.errors import PalimpsestError
from assistant.events import RenderEvent
from assistant.frames import Frame
from assistant.pictures import Picture
from assistant.records import Measurement, Patch, Records
from assistant.script import Script, StepId
from assistant.sizes import Box
from assistant.steps import Step

Rendering = Generator[RenderEvent, None, "Rendered"]


@dataclass(frozen=True)
class Rendered:
    """The end of a rendering: the picture, its frame, and the records that play it again."""

    picture: Picture
    frame: Frame
    records: Records
    painted: tuple[tuple[StepId, ...], ...] = ()
    """The passes for which the editor was called."""


class Interrupted(PalimpsestError):
    """A step failed or was stopped; everything before it is in `rendered`."""

    def __init__(
        self, cause: PalimpsestError, steps: tuple[Step, ...], done: tuple[StepId, ...], rendered: Rendered
    ) -> None:
        super().__init__(cause.received, allowed=cause.allowed, remedy=cause.remedy)
        self.cause = cause
        self.steps = steps
        self.done = done
        self.rendered = rendered


class Unforeseen(Exception):
    """A forecast has come to a step that would have to look at a picture which is not painted yet."""


@dataclass(frozen=True)
class Stage:
    """One link of the chain: how to get from the picture before to the picture behind."""

    key: str
    frame: Frame
    make: Callable[[Picture], Picture]
    steps: tuple[Step, ...] = ()


@dataclass
class Play:
    """What one rendering has found out so far."""

    script: Script
    records: Records
    """What is known from before."""
    more_patches: tuple[Patch, ...] = ()
    """Patches of other versions, which may fit again."""
    stop: Callable[[], bool] = lambda: False
    keep_painted: bool = False
    sibling_seeds: tuple[dict[StepId, int], ...] = ()
    replay: bool = False
    dry: bool = False
    measured: dict[StepId, Measurement] = field(default_factory=dict)
    """What this rendering plays from."""
    patches: dict[str, Patch] = field(default_factory=dict)
    """Likewise, by key."""
    chain: list[Stage] = field(default_factory=list)
    references: tuple[Picture, ...] = ()
    painted: list[tuple[StepId, ...]] = field(default_factory=list)
    dirty: list[Box] = field(default_factory=list)
    """In a forecast: boxes that would be painted anew, in px of the frame they lie in."""

    @property
    def last(self) -> Stage:
        return self.chain[-1]

    def record(self) -> Records:
        """What was used, and what belongs to steps that are switched off or out of the frame for now."""
        shown = {step_id for patch in self.patches.values() for step_id in patch.step_ids}
        own = self.records.needed_by({step.id: step.revision for step in self.script.steps})
        kept = [item for item in own.measurements if item.step_id not in self.measured]
        unseen = [patch for patch in own.patches if not shown & set(patch.step_ids)]
        return Records(measurements=(*self.measured.values(), *kept), patches=(*self.patches.values(), *unseen))


NOTHING = Picture(np.zeros((1, 1, 3), np.uint8))


def drain(rendering: Rendering) -> Rendered:
    """Run a rendering to its end and leave its events aside."""
    while True:
        try:
            next(rendering)
        except StopIteration as end:
            return end.value
