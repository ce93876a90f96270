"""People's requests with gold plans (JSON lines): read, told to a planner as its state, and scored."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.drafts import MAX_STATE_STEPS, MAX_STATE_TURNS, Draft, PictureKind, Spoken, State, StateStep
from eval.matching import Counts, Wanted, as_wanted, match

_KINDS: dict[str, PictureKind] = {"photo": "photo", "illustration": "sketch", "none": "none"}
Drafting = Callable[[State], Draft | None]
"""A planner at work: None when it could not make anything of the message."""


@dataclass(frozen=True)
class Item:
    """One message with what was meant by it."""

    id: str
    state: State
    act: str
    target: str | list[int] | None
    steps: tuple[Wanted, ...]


@dataclass(frozen=True)
class Outcome:
    """What a planner made of an item."""

    item: Item
    draft: Draft | None
    counts: Counts

    @property
    def act_right(self) -> bool:
        return self.draft is not None and self.draft.act == self.item.act

    @property
    def target_right(self) -> bool:
        """The same steps or version; true where there is none to name."""
        wanted, draft = self.item.target, self.draft
        if wanted is None:
            return True
        if draft is None:
            return False
        if isinstance(wanted, list):
            said = draft.targets
            return set(said) == set(wanted) if draft.act == "drop" else list(said) == wanted
        return draft.target == wanted

    @property
    def exact(self) -> bool:
        """Act, target and all steps."""
        counts = self.counts
        return self.act_right and self.target_right and counts.said == counts.wanted == counts.matched


def read_items(path: Path, limit: int | None = None) -> list[Item]:
    """The items of a file. Raises OSError, ValueError."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_item(json.loads(line)) for line in lines if line.strip()][:limit]


def _item(row: dict[str, Any]) -> Item:
    return Item(row["id"], _state(row), row["act"], row["target"], _gold(row["steps"], row["note"]))


def _state(row: dict[str, Any]) -> State:
    steps = []
    for line in row["script"][-MAX_STATE_STEPS:]:
        number, words = line.split(". ", 1)
        steps.append(StateStep(number=int(number), words=words))
    turns = tuple(Spoken(**turn) for turn in row["context"][-2 * MAX_STATE_TURNS :])
    count = 0 if row["picture"] == "none" else len(steps) + 1
    return State(
        message=row["text"], picture=_KINDS[row["picture"]], steps=tuple(steps), turns=turns, version=count,
        versions=count, references=int("second" in row["text"]),
    )  # fmt: skip


def _gold(steps: Sequence[dict[str, Any]], note: str) -> tuple[Wanted, ...]:
    english = [words.strip() for words in note.removeprefix("en:").split("|")] if note.startswith("en:") else []
    wanted = []
    for number, step in enumerate(steps):
        if step["kind"] == "exact":
            wanted.append(Wanted(op=step["op"], params=step["params"]))
        else:
            others = english[number : number + 1] if len(english) == len(steps) else []
            wanted.append(Wanted(texts=(step["text"], *others)))
    return tuple(wanted)


def score(items: Iterable[Item], drafting: Drafting) -> list[Outcome]:
    """Every item given to a planner."""
    outcomes = []
    for item in items:
        draft = drafting(item.state)
        said = [as_wanted(step) for step in draft.steps] if draft else []
        outcomes.append(Outcome(item, draft, match(said, item.steps)))
    return outcomes


def total(counts: Iterable[Counts]) -> Counts:
    """All steps together."""
    return sum(counts, Counts(0, 0, 0))
