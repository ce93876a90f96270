"""What the page is told: sessions, turns, versions and steps as plain data. Words are made here, markup is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.events import (
    Answered,
    Asked,
    Checked,
    Event,
    Loading,
    Moved,
    Planned,
    Saved,
    StepDone,
    StepFailed,
    StepProgress,
    StepStarted,
    TurnFailed,
    TurnStopped,
    Waiting,
)
from assistant.history import History, Version
from assistant.script import Script
from assistant.steps import Step
from assistant.turns import Turn
from assistant.wording import in_words

Data = dict[str, Any]


def version_view(history: History, version: Version) -> Data:
    """A version for the tree of the page."""
    return {
        "id": version.id, "number": history.number(version.id), "parent": version.parent, "label": version.label,
        "turn": version.turn_id, "variant": version.variant, "partial": version.partial,
        "steps": len(version.script.steps),
    }  # fmt: skip


def step_view(step: Step) -> Data:
    """A step for the script list, with what its form needs."""
    return {
        "id": step.id, "op": step.op, "words": in_words(step), "enabled": step.enabled,  # pyright: ignore[reportArgumentType]
        "revision": step.revision, "generative": step.is_generative, "wish": step.wish(), "seed": step.seed,
    }  # fmt: skip


def turn_view(turn: Turn, events: Sequence[Event], base: Script | None = None) -> Data:
    """One message and what came of it; of a running turn so far. `base` names earlier steps that are painted again."""
    view: Data = {
        "id": turn.id, "number": turn.number, "message": turn.message, "pointed": turn.where is not None,
        "status": turn.status, "base": turn.base_version, "cards": [], "versions": list(turn.version_ids),
        "can_keep": turn.kept is not None,
    }  # fmt: skip
    cards: dict[tuple[str, ...], Data] = {}
    words: dict[str, str] = {}
    for event in events:
        _take(view, cards, words, event)
    _name_the_rest(cards, base)
    if turn.status != "running":
        cards = {
            ids: card | {"state": "stopped"} if card["state"] == "running" else card for ids, card in cards.items()
        }
    view["cards"] = list(cards.values())
    return view


def _name_the_rest(cards: dict[tuple[str, ...], Data], base: Script | None) -> None:
    """Cards of steps that this turn's plan does not speak of: they were there before, and some are painted again."""
    earlier = {step.id: step for step in base.steps} if base else {}
    for ids, card in list(cards.items()):
        if card["words"]:
            continue
        card["words"] = [in_words(earlier[name]) for name in ids if name in earlier]  # pyright: ignore[reportArgumentType]
        if card["words"] and card["state"] == "done" and card["op"] not in ("edit", "generate"):
            del cards[ids]  # exact steps run again behind every change: nothing to tell


def lost_view(message: str, number: int, words: str) -> Data:
    """A message of which nothing could be recorded: why not."""
    return {
        "id": f"lost-{number}", "number": 0, "message": message, "status": "failed", "cards": [], "versions": [],
        "failed": words,
    }  # fmt: skip


def waiting_view(message: str) -> Data:
    """A message that waits for the one before it."""
    return {"id": "waiting", "number": 0, "message": message, "status": "waiting", "cards": [], "versions": []}


def _take(view: Data, cards: dict[tuple[str, ...], Data], words: dict[str, str], event: Event) -> None:
    match event:
        case Waiting():
            view["waited"] = True
        case Planned():
            words |= dict(zip(event.step_ids, event.step_words, strict=False))
            view["planned"] = {
                "act": event.act, "summary": event.summary, "repaints": event.repaints, "chosen": list(event.chosen),
                "notes": list(event.notes), "offers": list(event.offers), "dropped": len(event.dropped_ids),
                "steps": list(event.step_words),
            }  # fmt: skip
        case Asked():
            view["asked"] = {"text": event.question, "options": list(event.options)}
        case Answered():
            view["answered"] = {"text": event.text, "offers": list(event.offers), "refused": event.refused}
        case Saved():
            view["branch"] = view.get("branch", False) or event.branch
            view["saved"] = True
        case Moved():
            view["moved"] = {"version": event.version_id, "number": event.version_number, "note": event.note}
        case TurnStopped():
            view["stopped"] = {"kept_steps": event.kept_steps}
        case TurnFailed():
            view["failed"] = event.message
        case StepStarted() | StepProgress() | StepDone() | StepFailed() | Checked():
            _take_step(cards, words, event)
        case Loading():
            view["loading"] = True
        case _:
            pass  # a variant's own words are its version's label


def _take_step(
    cards: dict[tuple[str, ...], Data], words: dict[str, str],
    event: StepStarted | StepProgress | StepDone | StepFailed | Checked,
) -> None:  # fmt: skip
    said = [words[name] for name in event.step_ids if name in words]
    card = cards.setdefault(event.step_ids, {"ids": list(event.step_ids), "words": said, "state": "running"})
    match event:
        case StepStarted():
            card |= {"op": event.op, "state": "running"}
        case StepProgress():
            card |= {"done": event.done, "total": event.total}
        case StepDone():
            card |= {
                "op": event.op, "state": "done", "seconds": event.seconds, "changed": event.changed,
                "drift": event.drift, "notes": list(event.notes), "box": list(event.box) if event.box else None,
            }  # fmt: skip
        case StepFailed():
            card |= {"op": event.op, "state": "failed", "message": event.message, "show_me": event.show_me}
        case Checked():
            card["checked"] = {"done": event.done, "note": event.note}
