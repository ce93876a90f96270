"""From a plan and the version it is about to the script to render: pure, and the place where a plan may not fit."""

from __future__ import annotations

from typing import NamedTuple

from assistant.errors import PlanError
from assistant.history import Version
from assistant.plan import Plan
from assistant.records import Records
from assistant.script import Script, StepId, dependants, new_seed


class Revised(NamedTuple):
    """The new script with what is known of it."""

    script: Script
    records: Records
    new_ids: tuple[StepId, ...]
    """Steps that the turn added, changed or gave another seed."""
    dropped_ids: tuple[StepId, ...]
    """Steps that went, dependants among them."""


def apply_plan(plan: Plan, base: Version | None, references: tuple[str, ...]) -> Revised:
    """The script after the plan. Raises PlanError, UnknownStep or InvalidScript when it does not fit the version."""
    if base is None and plan.act != "generate":
        raise PlanError(
            "There is no picture yet to do that to.",
            allowed="Without a picture, only drawing a new one is possible.",
            remedy="Upload a picture, or say what to draw.",
        )
    script = Script(references=references) if base is None else _with_references(base.script, references)
    records = Records() if base is None else base.records
    if plan.first is not None:
        script = script.first(plan.first)
    dropped: tuple[StepId, ...] = ()
    if plan.drops:
        dropped = (*plan.drops, *dependants(script, plan.drops, records))
        script = script.drop(dropped)
    for revision in plan.revisions:
        script = script.revise(revision.step_id, revision.step)
    for switch in plan.switches:
        names = [switch.step_id] if switch.on else [switch.step_id, *dependants(script, [switch.step_id], records)]
        script = script.switch(names, switch.on)
    for shift in plan.shifts:
        script = script.move(shift.step_id, shift.position)
    if plan.reseeds:
        script = script.reseed({step_id: new_seed() for step_id in plan.reseeds})
    before = set(script.ids)
    script = script.append(*plan.steps)
    added = tuple(step_id for step_id in script.ids if step_id not in before)
    revised = tuple(revision.step_id for revision in plan.revisions)
    return Revised(script, records, (*revised, *plan.reseeds, *added), dropped)


def _with_references(script: Script, references: tuple[str, ...]) -> Script:
    return Script(original=script.original, references=references, steps=script.steps)  # pyright: ignore[reportArgumentType]
