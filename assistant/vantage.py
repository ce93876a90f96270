"""From which picture a place was shown: written into a plan where the steps work on another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeGuard, TypeVar

from assistant.frames import Frame
from assistant.plan import Plan, Revision
from assistant.records import vantage_of
from assistant.script import Script, StepId
from assistant.script_files import PLACES
from assistant.steps import AnyStep
from assistant.where import Pointed, Where

AnyOf = TypeVar("AnyOf", bound=AnyStep)
_HOW = {"invert": False, "feather": None, "seen": None}
"""What of a place is not the place itself."""


def seen_from(
    plan: Plan, where: Where | None, base: Script | None, elsewhere: bool, frame_of: Callable[[], Frame]
) -> Plan:
    """The plan in which `where`, as somebody pointed it out, says from which picture, for steps that get another one.

    `frame_of` finds that picture's frame. `base` is the script that the plan changes; with `elsewhere` its picture is
    not the one pointed at. A step that gets that very picture keeps the plain place, which means the same on others.
    """
    if not isinstance(where, Pointed):
        return plan

    def seen(step: AnyOf) -> AnyOf:
        meant = {name: place for name in PLACES if _is_plainly(place := getattr(step, name, None), where)}
        if not meant:
            return step
        vantage = vantage_of(frame_of())
        return step.model_copy(
            update={name: place.model_copy(update={"seen": vantage}) for name, place in meant.items()}
        )

    moved = elsewhere or bool(plan.drops or plan.switches or plan.shifts or plan.first is not None)
    several = len(plan.revisions) > 1
    revised = {item.step_id for item in plan.revisions if moved or several or _moves_behind(base, item.step_id)}
    moved = moved or bool(plan.revisions)
    away = [moved or any(step.family == "geometry" for step in plan.steps[:at]) for at in range(len(plan.steps))]
    steps = [seen(step) if far else step for step, far in zip(plan.steps, away, strict=True)]
    ids = revised | {step.id for step, far in zip(plan.steps, away, strict=True) if far}
    revisions = [
        Revision(step_id=item.step_id, step=seen(item.step)) if item.step_id in revised else item
        for item in plan.revisions
    ]
    others = [tuple(seen(step) if step.id in ids else step for step in other) for other in plan.alternatives]
    return plan.model_copy(update={"steps": tuple(steps), "revisions": tuple(revisions), "alternatives": tuple(others)})


def _moves_behind(base: Script | None, step_id: StepId) -> bool:
    """Whether the picture on show lies elsewhere than the step's input."""
    if base is None or step_id not in base.ids:
        return False
    behind = base.steps[base.position(step_id) - 1 :]
    return any(step.family == "geometry" and step.enabled for step in behind)


def _is_plainly(place: Where | None, where: Pointed) -> TypeGuard[Pointed]:
    """Whether it is the place that was pointed out, and does not say yet from where."""
    if not isinstance(place, Pointed) or place.seen is not None:
        return False
    return place.model_copy(update=_HOW) == where.model_copy(update=_HOW)
