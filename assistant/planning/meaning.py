"""Whether a draft means something here: steps, versions and pictures that exist, boxes inside the picture.

What can be put right without asking is; the rest is said in words that the model is told.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from assistant.drafts import Draft
from assistant.history import History
from assistant.sizes import Size
from assistant.steps import AnyStep
from assistant.where import BoxWhere, MaskWhere, PointWhere

PLACES = ("where", "subject", "without")
"""Fields of steps that say where."""


class Meant(NamedTuple):
    """A draft put right as far as possible, and what is still wrong with it."""

    draft: Draft
    problems: tuple[str, ...] = ()


def meaning_of(draft: Draft, history: History, references: int, size: Size | None) -> Meant:
    """Check a draft against the session; `size` is that of the picture on show."""
    count = len(history.current.script.steps) if history.current else 0
    problems: list[str] = []
    draft = _without_drawing(_with_targets(draft, count, problems), history, problems)
    if draft.act == "goto":
        problems += _aim_problems(draft.target or "", history, count)
    measured = draft.act == "edit"
    steps: list[AnyStep] = []
    for step in draft.steps:
        mended = _in_frame(_with_references(step, references, problems), size if measured else None, problems)
        steps.append(_without_masks(mended))
        measured = measured and step.family != "geometry"
    return Meant(draft.model_copy(update={"steps": tuple(steps)}), tuple(dict.fromkeys(problems)))


def _with_targets(draft: Draft, count: int, problems: list[str]) -> Draft:
    """Only targets that exist, each once, as long as one does; a revision of one that does not goes with it."""
    if draft.act not in ("revise", "drop"):
        return draft
    places = {number: place for place, number in reversed(list(enumerate(draft.targets))) if 1 <= number <= count}
    kept = sorted(places.values())
    if not kept:
        problems.append(f"there is no step {draft.targets[0]}: the steps are numbered 1 to {count}")
        return draft
    steps = draft.steps
    if draft.act == "revise":
        steps = (*(steps[place] for place in kept), *steps[len(draft.targets) :])
    return draft.model_copy(update={"targets": tuple(draft.targets[place] for place in kept), "steps": steps})


def _without_drawing(draft: Draft, history: History, problems: list[str]) -> Draft:
    """The step that drew the picture holds all the others: to correct it is a new edit, and it cannot be taken back."""
    first = history.current.script.steps[:1] if history.current else ()
    if draft.act not in ("revise", "drop") or 1 not in draft.targets or not first or first[0].op != "generate":
        return draft
    place, others = draft.targets.index(1), tuple(number for number in draft.targets if number != 1)
    if draft.act == "drop":
        if not others:
            problems.append("step 1 drew the picture: without it there is none")
            return draft
        return draft.model_copy(update={"targets": others})
    moved = (*draft.steps[:place], *draft.steps[place + 1 :])
    steps = (*moved[: len(others)], draft.steps[place], *moved[len(others) :])
    return draft.model_copy(update={"act": "revise" if others else "edit", "targets": others, "steps": steps})


def _aim_problems(target: str, history: History, count: int) -> list[str]:
    kind, _, number = target.rpartition(" ")
    current = history.current
    if current is None:
        return ["there is no version yet"]
    most = {
        "after step": count, "version": len(history.versions), "variant": len(history.variants(current.id)),
    }.get(kind)  # fmt: skip
    if most is not None and not 1 <= int(number) <= most:
        return [f"there is no {kind.removeprefix('after ')} {number}: they are numbered 1 to {most}"]
    return []


def _with_references(step: AnyStep, references: int, problems: list[str]) -> AnyStep:
    """Only pictures that exist, as long as one does."""
    if step.op == "edit" and step.references:
        known = tuple(number for number in step.references if number <= references + 1)
        if known:
            return step.model_copy(update={"references": known})
        problems.append(_no_picture(step.references[0], references))
    if step.op == "paste" and step.reference > references + 1:
        if references == 1:
            return step.model_copy(update={"reference": 2})
        problems.append(_no_picture(step.reference, references))
    return step


def _no_picture(number: int, references: int) -> str:
    known = f"they are numbered 2 to {references + 1}" if references else "there is only the one being edited"
    return f"there is no picture {number} to take from: {known}"


def _in_frame(step: AnyStep, size: Size | None, problems: list[str]) -> AnyStep:
    """Boxes clipped to the picture; without `size` (earlier geometry) only percent can be checked."""
    updates: dict[str, Any] = {}
    for name in PLACES:
        where = getattr(step, name, None)
        if isinstance(where, BoxWhere) and (box := _clipped(where.box, where.unit, size, problems)):
            updates[name] = where.model_copy(update={"box": box})
    box = getattr(step, "box", None)
    if step.op == "crop" and box is not None and (clipped := _clipped(box, step.unit, size, problems)):
        updates["box"] = clipped
    return step.model_copy(update=updates) if updates else step


def _clipped(
    box: tuple[float, float, float, float], unit: str, size: Size | None, problems: list[str]
) -> tuple[float, float, float, float] | None:
    """The part of the box in the picture; None when that is not known, or is nothing."""
    width, height = (100, 100) if unit == "percent" else size or (None, None)
    if width is None or height is None:
        return None
    left, top, right, bottom = max(0, box[0]), max(0, box[1]), min(width, box[2]), min(height, box[3])
    if right <= left or bottom <= top:
        known = "percent" if unit == "percent" else "px"
        problems.append(f"the box {list(box)} lies outside the picture of {width} × {height} {known}")
        return None
    return left, top, right, bottom


def _without_masks(step: AnyStep) -> AnyStep:
    """Brush strokes and clicks are the person's: a model cannot know them."""
    made_up = [name for name in PLACES if isinstance(getattr(step, name, None), MaskWhere | PointWhere)]
    updates = {name: {"phrase": "here"} for name in made_up}
    if not updates:
        return step
    return type(step).model_validate({**step.model_dump(by_alias=True), **updates})
