"""From a draft to a plan: numbers become ids, places that were pointed at are put on, new steps get ids and seeds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from assistant.drafts import Draft
from assistant.history import History, Version
from assistant.plan import Plan, Revision
from assistant.planning.meaning import PLACES
from assistant.script import new_id, new_seed, seed_from
from assistant.steps import AnyStep
from assistant.where import PhraseWhere, Where
from assistant.wording import in_words

_POINTING = frozenset(
    {"here", "this", "that", "it", "these", "those", "there", "this one", "that one", "this place", "this part",
     "this area", "the marked area", "marked area", "the selection", "selection", "the selected area"}
)  # fmt: skip
"""What people call a place that they point at."""
_PLACEABLE = frozenset({"tone", "detail", "selection"})
_LONGEST_SUMMARY = 200


class Slot(NamedTuple):
    """A step of a draft with its id, seed and place; `replaces` is the old step that it revises."""

    step: AnyStep
    replaces: AnyStep | None = None


def slots_of(draft: Draft, history: History, pointed: Where | None, seed: int | None = None) -> tuple[Slot, ...]:
    """The draft's steps, ready to be completed. A revised step keeps id and seed, and its place unless it says one.

    New steps' seeds follow from `seed` where one is given.
    """
    olds: list[AnyStep | None] = []
    if draft.act == "revise" and history.current is not None:
        olds = [history.current.script.at(number) for number in draft.targets]  # pyright: ignore[reportAssignmentType]
    olds += [None] * (len(draft.steps) - len(olds))
    placed = _all_placed(draft.steps, pointed)
    seeds = [new_seed() if seed is None else seed_from(seed, number) for number in range(len(placed))]
    return tuple(Slot(_named(step, old, own), old) for step, old, own in zip(placed, olds, seeds, strict=True))


def _named(step: AnyStep, old: AnyStep | None, seed: int) -> AnyStep:
    if old is None:
        return step.model_copy(update={"id": new_id(), "seed": seed})
    kept: dict[str, Any] = {"id": old.id, "seed": old.seed}
    if old.op == step.op and getattr(step, "where", None) is None and getattr(old, "where", None) is not None:
        kept["where"] = getattr(old, "where", None)
    return step.model_copy(update=kept)


# -- where the person pointed ------------------------------------------------------------------------------------------


def _all_placed(steps: Sequence[AnyStep], pointed: Where | None) -> list[AnyStep]:
    """The place put on the steps that speak of "this"; if none does, on every step that could work in one place."""
    if pointed is None:
        return list(steps)
    speaking = [step for step in steps if any(_points(getattr(step, name, None)) for name in PLACES)]
    return [_placed(step, pointed, everywhere=not speaking) for step in steps]


def _points(where: Where | None) -> bool:
    return isinstance(where, PhraseWhere) and where.phrase.lower().strip() in _POINTING


def _placed(step: AnyStep, pointed: Where, everywhere: bool) -> AnyStep:
    updates = {}
    for name in PLACES:
        where = getattr(step, name, None)
        if where is not None and _points(where):
            updates[name] = pointed.model_copy(update={"invert": where.invert != pointed.invert})
    if everywhere and _could_be_placed(step):
        updates["where"] = pointed
    return step.model_copy(update=updates) if updates else step


def _could_be_placed(step: AnyStep) -> bool:
    if getattr(step, "where", "none") is not None:
        return False
    return step.family in _PLACEABLE or step.op == "text" or (step.op == "edit" and step.scope == "local")


# -- the plan ----------------------------------------------------------------------------------------------------------


def plan_of(draft: Draft, slots: Sequence[Slot], done: Sequence[tuple[AnyStep, ...]], history: History) -> Plan:
    """The plan of a draft whose slots became `done`: each slot's steps, none for what cannot be done."""
    if draft.act in ("ask", "answer", "refuse"):
        return Plan(act=draft.act, text=draft.text, options=draft.options)
    if draft.act in ("undo", "redo"):
        return Plan(act=draft.act, summary=draft.act)
    if draft.act == "goto":
        return _goto(draft.target or "original", _added(slots, done), history)
    if draft.act == "drop":
        return _drop(draft, _added(slots, done), history)
    revisions, reseeds, added = _sorted_out(slots, done)
    if revisions or reseeds:
        return _revise(revisions, reseeds, added, history)
    return Plan(act="generate" if draft.act == "generate" else "edit", steps=added, summary=summary_of(added))


def summary_of(steps: Sequence[AnyStep]) -> str:
    """What was understood, in a line."""
    words = "; ".join(in_words(step) for step in steps)
    return words if len(words) <= _LONGEST_SUMMARY else words[: _LONGEST_SUMMARY - 1].rstrip() + "…"


def _added(slots: Sequence[Slot], done: Sequence[tuple[AnyStep, ...]]) -> tuple[AnyStep, ...]:
    return tuple(step for slot, steps in zip(slots, done, strict=True) if slot.replaces is None for step in steps)


def _sorted_out(
    slots: Sequence[Slot], done: Sequence[tuple[AnyStep, ...]]
) -> tuple[tuple[Revision, ...], tuple[str, ...], tuple[AnyStep, ...]]:
    """Revisions, steps that only want another seed ("another one"), and what is appended."""
    revisions: list[Revision] = []
    reseeds: list[str] = []
    extra: list[AnyStep] = []
    for slot, steps in zip(slots, done, strict=True):
        if slot.replaces is None or not steps:
            extra += steps
        elif steps[0].is_generative and steps[0].wish() == slot.replaces.wish():
            reseeds.append(slot.replaces.id)
            extra += steps[1:]
        else:
            revisions.append(Revision(step_id=slot.replaces.id, step=steps[0]))
            extra += steps[1:]
    return tuple(revisions), tuple(reseeds), tuple(extra)


def _revise(
    revisions: tuple[Revision, ...], reseeds: tuple[str, ...], added: tuple[AnyStep, ...], history: History
) -> Plan:
    script = _current(history).script
    parts = [f"step {script.position(item.step_id)} is now “{in_words(item.step)}”" for item in revisions]
    parts += [f"another take on step {script.position(step_id)}" for step_id in reseeds]
    summary = "; ".join([*parts, *([summary_of(added)] if added else [])])[:_LONGEST_SUMMARY]
    return Plan(act="revise", revisions=revisions, reseeds=reseeds, steps=added, summary=summary)


def _drop(draft: Draft, added: tuple[AnyStep, ...], history: History) -> Plan:
    gone = [_current(history).script.at(number) for number in draft.targets]
    words = [f"without step {number}: {in_words(step)}" for number, step in zip(draft.targets, gone, strict=True)]  # pyright: ignore[reportArgumentType]
    summary = "; ".join([*words, *([summary_of(added)] if added else [])])[:_LONGEST_SUMMARY]
    return Plan(act="drop", drops=tuple(step.id for step in gone), steps=added, summary=summary)


def _goto(target: str, added: tuple[AnyStep, ...], history: History) -> Plan:
    current = _current(history)
    kind, _, number = target.rpartition(" ")
    first: int | None = None
    match kind:
        case "version":
            version = history.numbered(int(number))
        case "variant":
            version = history.variants(current.id)[int(number) - 1]
        case "after step":
            version, first = _after(int(number), current, history)
        case _:
            version = history.path(current.id)[0]
    words = f"back to {target}" if kind != "variant" else f"{target} it is"
    summary = "; ".join([words, *([summary_of(added)] if added else [])])[:_LONGEST_SUMMARY]
    return Plan(act="goto", target=version.id, first=first, steps=added, summary=summary)


def _after(number: int, current: Version, history: History) -> tuple[Version, int | None]:
    """The version that already is the current one's first steps and nothing else, or the current one cut off there."""
    wanted = current.script.steps[:number]
    for version in reversed(history.path(current.id)):
        if version.script.steps == wanted:
            return version, None
    return current, number


def _current(history: History) -> Version:
    assert history.current is not None  # meaning_of refuses what needs a version where there is none
    return history.current
