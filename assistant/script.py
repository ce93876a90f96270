"""A picture is its original plus a script: the script as a pure value, and what may be done to it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable, Mapping
from typing import Annotated

from pydantic import Field, ValidationError, model_validator

from assistant.errors import InvalidScript, UnknownStep
from assistant.frames import Frame
from assistant.records import Records, RegionRecord
from assistant.sizes import SAME_REGION_INSIDE, Box, same_region
from assistant.steps import MAX_SEED, AnyStep, Edit, Generate, Step
from assistant.where import Value

MAX_STEPS = 500
StepId = str


class Script(Value):
    """`original` is a picture id (None when step 1 draws the picture); a reference's number is its place plus 2."""

    original: str | None = None
    references: tuple[str, ...] = ()
    steps: Annotated[tuple[AnyStep, ...], Field(max_length=MAX_STEPS)] = ()

    @model_validator(mode="after")
    def _holds(self) -> Script:
        earlier: set[str] = set()
        for position, step in enumerate(self.steps, start=1):
            if isinstance(step, Generate) and (position > 1 or self.original is not None):
                raise ValueError(f"step {position} draws a new picture, which only step 1 of a new picture may do")
            if step.id in earlier:
                raise ValueError(f"step {position} repeats the id {step.id}")
            if missing := [name for name in step.depends_on if name not in earlier]:
                raise ValueError(f"step {position} builds on {', '.join(missing)}, which does not come before it")
            if step.id:
                earlier.add(step.id)
        return self

    # -- looking ---------------------------------------------------------------------------------------------------

    @property
    def ids(self) -> tuple[StepId, ...]:
        return tuple(step.id for step in self.steps)

    @property
    def enabled(self) -> tuple[Step, ...]:
        """The steps that are played."""
        return tuple(step for step in self.steps if step.enabled)

    def step(self, step_id: StepId) -> Step:
        return self.steps[self.position(step_id) - 1]

    def position(self, step_id: StepId) -> int:
        """1 for the first step. Raises UnknownStep."""
        if step_id not in self.ids:
            raise UnknownStep(
                f"There is no step “{step_id}” in this script.",
                allowed=f"It has the steps {', '.join(self.ids) or '(none)'}.",
                remedy="Name one of these.",
            )
        return self.ids.index(step_id) + 1

    def at(self, position: int) -> Step:
        """The step that people call `position`, 1 for the first. Raises UnknownStep."""
        if not 1 <= position <= len(self.steps):
            raise UnknownStep(
                f"There is no step {position}.",
                allowed=f"This script has {len(self.steps)} steps.",
                remedy="Say a number of one of them." if self.steps else "Ask for a change first.",
            )
        return self.steps[position - 1]

    # -- changing: each returns a new script -----------------------------------------------------------------------

    def append(self, *steps: Step) -> Script:
        """With new steps at the end; those without an id of their own get one, and a seed."""
        fresh = []
        for step in steps:
            update = {"id": new_id(), "seed": new_seed()} if not step.id or step.id in self.ids else {}
            fresh.append(step.model_copy(update=update))
        return self._with((*self.steps, *fresh))

    def revise(self, step_id: StepId, wish: Step) -> Script:
        """The step says something else now; its id, place and seed stay."""
        old = self.step(step_id)
        kept = {"id": old.id, "seed": old.seed, "enabled": True, "revision": old.revision + 1}
        new = wish.model_copy(update={**kept, "depends_on": wish.depends_on or old.depends_on})
        return self._replaced({step_id: new})

    def reseed(self, seeds: Mapping[StepId, int]) -> Script:
        """ "Another one": the same wishes with other seeds."""
        changed = {name: self.step(name).model_copy(update={"seed": seed}) for name, seed in seeds.items()}
        return self._replaced(changed)

    def drop(self, step_ids: Collection[StepId]) -> Script:
        """Without these steps; take `dependants` along, else later steps would build on nothing."""
        for step_id in step_ids:
            self.position(step_id)
        return self._with(tuple(step for step in self.steps if step.id not in step_ids))

    def switch(self, step_ids: Collection[StepId], on: bool) -> Script:
        """The steps stay in sight and are played, or not."""
        return self._replaced({name: self.step(name).model_copy(update={"enabled": on}) for name in step_ids})

    def move(self, step_id: StepId, position: int) -> Script:
        """The step at another place, 1 for the first. Raises InvalidScript when it would come before what it needs."""
        step = self.step(step_id)
        self.at(position)
        others = [other for other in self.steps if other.id != step_id]
        return self._with((*others[: position - 1], step, *others[position - 1 :]))

    def first(self, count: int) -> Script:
        """Only the first `count` steps."""
        return self._with(self.steps[:count])

    def on(self, original: str) -> Script:
        """The same steps on another original picture. Raises InvalidScript when they draw a picture of their own."""
        return self._checked(original, self.references, self.steps)

    def _replaced(self, changed: Mapping[StepId, Step]) -> Script:
        return self._with(tuple(changed.get(step.id, step) for step in self.steps))

    def _with(self, steps: tuple[Step, ...]) -> Script:
        return self._checked(self.original, self.references, steps)

    @staticmethod
    def _checked(original: str | None, references: tuple[str, ...], steps: tuple[Step, ...]) -> Script:
        if len(steps) > MAX_STEPS:
            raise InvalidScript(
                f"The script would have {len(steps)} steps.", allowed=f"At most {MAX_STEPS} are played.",
                remedy="Drop some, or start again from a version.",
            )  # fmt: skip
        try:
            return Script(original=original, references=references, steps=steps)  # pyright: ignore[reportArgumentType]
        except ValidationError as error:
            reasons = "; ".join(item["msg"].removeprefix("Value error, ") for item in error.errors())
            raise InvalidScript(
                f"That order of steps does not hold: {reasons}.",
                remedy="Change or drop the steps that build on it first.",
            ) from error


# -- ids and seeds -----------------------------------------------------------------------------------------------------


def new_id() -> str:
    """A lasting id for a step, version, turn or session: 12 hex digits."""
    return secrets.token_hex(6)


def new_seed() -> int:
    return secrets.randbelow(MAX_SEED + 1)


def seed_from(*parts: object) -> int:
    """A seed that follows from what is given: the same parts, the same seed."""
    text = "|".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def variant_seed(seed: int, variant: int) -> int:
    """Seed of variant k of a step (rule 13); variant 0 is the step itself."""
    return seed if variant == 0 else seed_from(seed, variant)


def variant_of(script: Script, step_ids: Collection[StepId], variant: int) -> Script:
    """The script with variant k's seeds for those of `step_ids` that are painted."""
    painted = [step for step in script.steps if step.id in step_ids and step.is_generative]
    return script.reseed({step.id: variant_seed(step.seed, variant) for step in painted})


# -- what hangs together -----------------------------------------------------------------------------------------------


def _regions_of(step: Step, records: Records) -> Iterable[RegionRecord]:
    measurement = records.measurement(step.id, step.revision)
    return [region for region in (measurement.region, measurement.subject) if region] if measurement else []


def _built_on(records: Records, step: Step, later: Step) -> bool:
    """Whether the later step works inside what `step` painted: its own place in the patch, if it shares one."""
    patch = next((item for item in reversed(records.patches) if step.id in item.step_ids), None)
    if patch is None or patch.scope == "global":
        return False
    places = [(region.frame, region.box) for region in _regions_of(step, records)] or [(patch.frame, patch.box)]
    return any(
        _box_in(region, frame).share_inside(box) >= SAME_REGION_INSIDE
        for region in _regions_of(later, records)
        for frame, box in places
        if not region.outside
    )


def _box_in(region: RegionRecord, frame: Frame) -> Box:
    """The region's box as it lies in another frame."""
    corners = [region.frame.point_to(frame, x, y) for x in region.box[::2] for y in region.box[1::2]]
    xs, ys = sorted(round(x) for x, _ in corners), sorted(round(y) for _, y in corners)
    return Box(xs[0], ys[0], xs[-1], ys[-1])


def dependants(script: Script, step_ids: Collection[StepId], records: Records) -> tuple[StepId, ...]:
    """The later steps that build on any of these, directly or through another: said so, or inside its patch."""
    gone = [script.step(name) for name in step_ids]
    found: list[StepId] = []
    for later in script.steps:
        position = script.position(later.id)
        before = [step for step in gone if script.position(step.id) < position]
        if later.id not in step_ids and any(
            step.id in later.depends_on or _built_on(records, step, later) for step in before
        ):
            gone.append(later)
            found.append(later.id)
    return tuple(found)


def joins_pass(members: Collection[tuple[Edit, Box]], step: Edit, box: Box) -> bool:
    """Whether one more edit may be painted in the same editor call (rule 10).

    Two global wishes merge, local and global never; local ones merge in the same region; a step that builds on
    a member of the pass waits for it.
    """
    if any(member.id in step.depends_on or member.scope != step.scope for member, _ in members):
        return False
    return step.scope == "global" or all(same_region(member_box, box) for _, member_box in members)
