"""What the planner says to do with a message, as a value; and the door that planners stand behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

from pydantic import model_validator

from assistant.drafts import Spoken
from assistant.history import History
from assistant.pictures import Picture
from assistant.steps import AnyStep
from assistant.where import Value, Where

Act = Literal["edit", "generate", "revise", "drop", "undo", "redo", "goto", "ask", "answer", "refuse"]


class Revision(Value):
    """A step that says something else now."""

    step_id: str
    step: AnyStep


class Switch(Value):
    """A step switched on or off."""

    step_id: str
    on: bool


class Shift(Value):
    """A step moved to another place, 1 for the first."""

    step_id: str
    position: int


class Plan(Value):
    """One act. `steps` are appended after everything else; `goto` with steps is a branch from there.

    A plan names steps and versions by their ids: positions and numbers are turned into ids on arrival.
    """

    act: Act
    summary: str = ""
    """What was understood, in the user's language."""
    steps: tuple[AnyStep, ...] = ()
    revisions: tuple[Revision, ...] = ()
    drops: tuple[str, ...] = ()
    switches: tuple[Switch, ...] = ()
    shifts: tuple[Shift, ...] = ()
    reseeds: tuple[str, ...] = ()
    """Steps that get another seed: "another one"."""
    target: str | None = None
    """Version to go to."""
    first: int | None = None
    """With `target`: only that version's first steps ("after step 2")."""
    text: str = ""
    """The question, the answer, or why not."""
    options: tuple[str, ...] = ()
    """Readings to choose from, or what can be done instead."""
    chosen: tuple[str, ...] = ()
    """What the person left open and the planner chose: "I chose a green beret"."""
    alternatives: tuple[tuple[AnyStep, ...], ...] = ()
    """For each variant behind the first: steps, by their ids, in which other things were chosen."""
    notes: tuple[str, ...] = ()
    """What was asked for and will not be done, and why."""

    @model_validator(mode="after")
    def _fits_its_act(self) -> Plan:
        needed = {
            "edit": self.steps or self.switches or self.shifts or self.reseeds,
            "generate": self.steps and self.steps[0].op == "generate",
            "revise": self.revisions or self.reseeds,
            "drop": self.drops,
            "goto": self.target,
            "ask": self.text,
            "answer": self.text,
            "refuse": self.text,
        }
        if self.act in needed and not needed[self.act]:
            raise ValueError(f"a plan to {self.act} says nothing to {self.act}")
        return self


class Wish(Value):
    """What the person said: the message and, perhaps, where on the picture they pointed."""

    message: str
    where: Where | None = None
    variants: int = 1
    keep_painted: bool = False
    """Keep what was painted, resampled, where a change before it would have it painted anew."""
    about: str | None = None
    """Id of a painted step: the message is what it shall say instead, so nothing has to be made out."""
    seed: int | None = None
    """New steps' seeds follow from it, so that the same wish is painted the same again."""


class Context(Value):
    """What a planner is told of the session beside its tree."""

    spoken: tuple[Spoken, ...] = ()
    """The last turns, in words."""
    references: int = 0
    """How many pictures there are to take from."""


class Planner(Protocol):
    """Turns a wish into a plan, knowing the tree of versions and the current picture."""

    @property
    def is_ready(self) -> bool:
        """Whether `plan` begins at once; False when it has to wait for a model that is loaded first."""
        ...

    def plan(
        self, wish: Wish, history: History, picture: Picture | None, stop: Callable[[], bool], context: Context = ...
    ) -> Plan:
        """Raises PlanError when it cannot, Stopped when `stop` said so."""
        ...
