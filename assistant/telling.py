"""How what happens in a turn is put into events, and which of them are remembered."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import TypeVar

from assistant.errors import PlanError, RegionNotFound
from assistant.events import Answered, Asked, Event, Planned, StepFailed, VariantStarted
from assistant.plan import Plan, Wish
from assistant.playing import Interrupted
from assistant.revising import Revised
from assistant.script import Script
from assistant.wording import in_words

MAX_MESSAGE = 4000
MAX_VARIANTS = 8
Result = TypeVar("Result")


def told(events: list[Event], event: Event) -> Iterator[Event]:
    """Yield the event and remember it."""
    events.append(event)
    yield event


def recorded(events: list[Event], inner: Generator[Event, None, Result]) -> Generator[Event, None, Result]:
    """Pass events on and keep them, denoising progress aside."""
    while True:
        try:
            event = next(inner)
        except StopIteration as end:
            return end.value
        if event.kind != "step_progress":
            events.append(event)
        yield event


def check(wish: Wish) -> None:
    """Raises PlanError for a message too long to be read, and for more variants than are made at a time, or none."""
    if len(wish.message) > MAX_MESSAGE:
        raise PlanError(
            f"The message has {len(wish.message):,} characters.",
            allowed=f"At most {MAX_MESSAGE:,} are read.",
            remedy="Say it shorter, or in several messages.",
        )
    if not 1 <= wish.variants <= MAX_VARIANTS:
        raise PlanError(
            f"{wish.variants} variants were asked for.",
            allowed=f"1 to {MAX_VARIANTS} are made at a time.",
            remedy="Ask for fewer.",
        )


def planned(plan: Plan, revised: Revised, repaints: int) -> Planned:
    """What will be done, before it is."""
    words = _words(revised.script, revised.new_ids)
    return Planned(
        act=plan.act, summary=plan.summary, step_ids=revised.new_ids, step_words=words,
        dropped_ids=revised.dropped_ids, repaints=repaints, chosen=plan.chosen, notes=plan.notes, offers=plan.options,
    )  # fmt: skip


def _words(script: Script, step_ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(in_words(script.step(step_id)) for step_id in step_ids)  # pyright: ignore[reportArgumentType]


def another(number: int, script: Script, revised: Revised) -> Iterator[VariantStarted]:
    """The words of variant `number`, from 0, where they are not those of the plan."""
    words = _words(script, revised.new_ids)
    if words != _words(revised.script, revised.new_ids):
        yield VariantStarted(number=number + 1, step_ids=revised.new_ids, step_words=words)


def label_of(script: Script, revised: Revised, label: str) -> str:
    """What a version is called: the turn's label, or its own words where other things were chosen for it."""
    words = _words(script, revised.new_ids)
    return label if words == _words(revised.script, revised.new_ids) else "; ".join(words)


def spoken(plan: Plan) -> Asked | Answered:
    """What a plan that only talks says."""
    if plan.act == "ask":
        return Asked(question=plan.text, options=plan.options)
    return Answered(text=plan.text, offers=plan.options, refused=plan.act == "refuse")


def failure(end: Interrupted) -> StepFailed:
    """Why a step could not run, in its own words."""
    return StepFailed(
        step_ids=tuple(step.id for step in end.steps), op=end.steps[0].op if end.steps else "", message=str(end.cause),
        show_me=isinstance(end.cause, RegionNotFound),
    )  # fmt: skip
