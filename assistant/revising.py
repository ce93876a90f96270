"""From a plan and the version it is about to the script to render: pure, and the place where a plan may not fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assistant.errors import PlanError
from assistant.history import Version
from assistant.plan import Plan
from assistant.records import Records
from assistant.script import Script, StepId, dependants, new_seed, variant_of
from assistant.steps import Edit


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


def variant_scripts(plan: Plan, revised: Revised, count: int) -> list[Script]:
    """The script of each variant: other seeds, and what was chosen otherwise for it (rule 13)."""
    scripts = [variant_of(revised.script, revised.new_ids, number) for number in range(count)]
    for number, steps in enumerate(plan.alternatives[: count - 1], start=1):
        for step in steps:
            scripts[number] = scripts[number].revise(step.id, step)
    return scripts


def sibling_seeds(scripts: Sequence[Script]) -> list[dict[StepId, int]]:
    """Seeds of the variants that wish the same as the first: they can be painted in one batch with it."""
    wishes = [[step.wish() for step in script.steps] for script in scripts]
    pairs = zip(scripts[1:], wishes[1:], strict=True)
    return [{step.id: step.seed for step in script.steps} for script, wished in pairs if wished == wishes[0]]


def _with_references(script: Script, references: tuple[str, ...]) -> Script:
    return Script(original=script.original, references=references, steps=script.steps)  # pyright: ignore[reportArgumentType]


def may_repaint(plan: Plan, base: Version) -> bool:
    """Whether a plan can touch what was painted before: anything but steps added behind it in another place."""
    if plan.revisions or plan.drops or plan.switches or plan.shifts or plan.reseeds or plan.first is not None:
        return True
    # A painted step behind a painted one may join its pass, which is then painted anew.
    played = base.script.enabled
    return bool(plan.steps and played) and isinstance(plan.steps[0], Edit) and isinstance(played[-1], Edit)


def finished_script(revised: Revised, base: Version | None, done: tuple[StepId, ...]) -> Script | None:
    """What is left when only `done` ran: added steps that did not run go, revised ones say again what they said.

    None when nothing new ran, or when an old step was in the way.
    """
    script, new = revised.script, set(revised.new_ids)
    missing = [step.id for step in script.enabled if step.id not in done]
    if not set(missing) <= new or not set(done) & new:
        return None
    before = {step.id: step for step in base.script.steps} if base else {}
    steps = [before.get(step.id, step) if step.id in missing else step for step in script.steps]
    restored = Script(original=script.original, references=script.references, steps=tuple(steps))  # pyright: ignore[reportArgumentType]
    added = [step_id for step_id in missing if step_id not in before]
    return restored.drop({*added, *dependants(restored, added, revised.records)})
