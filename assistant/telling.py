"""How what happens in a turn is put into events, and which of them are remembered."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TypeVar

from assistant.errors import PlanError, RegionNotFound
from assistant.events import Answered, Asked, Event, Planned, StepFailed
from assistant.plan import Plan, Wish
from assistant.playing import Interrupted
from assistant.revising import Revised
from assistant.wording import in_words

MAX_MESSAGE = 4000
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


def checked_length(wish: Wish) -> None:
    """Raises PlanError for a message that is too long to be read."""
    if len(wish.message) > MAX_MESSAGE:
        raise PlanError(
            f"The message has {len(wish.message):,} characters.",
            allowed=f"At most {MAX_MESSAGE:,} are read.",
            remedy="Say it shorter, or in several messages.",
        )


def planned(plan: Plan, revised: Revised, repaints: int) -> Planned:
    """What will be done, before it is."""
    words = tuple(in_words(revised.script.step(step_id)) for step_id in revised.new_ids)  # pyright: ignore[reportArgumentType]
    return Planned(
        act=plan.act, summary=plan.summary, step_ids=revised.new_ids, step_words=words,
        dropped_ids=revised.dropped_ids, repaints=repaints, chosen=plan.chosen, notes=plan.notes, offers=plan.options,
    )  # fmt: skip


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
