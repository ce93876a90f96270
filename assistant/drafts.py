"""What goes into and comes out of a language model that plans: the bounded state, and the draft of a plan.

A draft speaks of steps and versions by the numbers that people see; the planner turns it into a plan.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from assistant.steps import AnyStep
from assistant.where import Value

Act = Literal["edit", "generate", "revise", "drop", "undo", "redo", "goto", "ask", "answer", "refuse"]
PictureKind = Literal["none", "photo", "sketch"]
Topic = Literal["picture", "history", "help", "other"]
MAX_STATE_STEPS = 16
MAX_STATE_TURNS = 2


class Spoken(Value):
    """One message of the dialogue so far."""

    role: Literal["user", "assistant"]
    text: str


class StateStep(Value):
    """A step that was done, as people see it: its place in the script, from 1, and its words."""

    number: int = Field(ge=1)
    words: str
    enabled: bool = True


class State(Value):
    """All that the planner is told: its size does not grow with the conversation."""

    message: str
    picture: PictureKind = "photo"
    pointed: bool = False
    """Whether the person brushed, boxed or clicked a place."""
    references: int = Field(default=0, ge=0)
    """Pictures to take from beside the one being edited; the first of them is called picture 2."""
    steps: tuple[StateStep, ...] = Field(default=(), max_length=MAX_STATE_STEPS)
    turns: tuple[Spoken, ...] = Field(default=(), max_length=2 * MAX_STATE_TURNS)
    version: int = Field(default=0, ge=0)
    """Number of the version on show; 0 without a picture."""
    versions: int = Field(default=0, ge=0)
    variants: int = Field(default=1, ge=1)
    """How many variants the last turn made."""


class Draft(Value):
    """What the model says to do."""

    act: Act
    steps: tuple[AnyStep, ...] = Field(
        default=(), max_length=16,
        description="New steps in order. For revise: first one new step for each target, then what is appended.",
    )  # fmt: skip
    targets: tuple[int, ...] = Field(default=(), max_length=16, description="revise, drop: numbers of steps.")
    target: str | None = Field(
        default=None,
        pattern=r"^(original|(after step|version|variant) [1-9]\d{0,4})$",
        description="goto: “original”, “after step 2”, “version 3” or “variant 2”.",
    )
    text: str = Field(default="", max_length=2000, description="ask: the question; answer: the answer; refuse: why.")
    options: tuple[str, ...] = Field(
        default=(), max_length=4, description="ask: the readings to choose from; refuse: what can be done instead."
    )
    topic: Topic | None = Field(
        default=None, description="answer: what the question is about, when the answer is left to be looked up."
    )

    @model_validator(mode="after")
    def _fits_its_act(self) -> Draft:
        if self.act in ("revise", "drop") and not self.targets:
            raise ValueError(f"{self.act} needs the numbers of steps in targets")
        if self.act == "revise" and len(self.steps) < len(self.targets):
            raise ValueError(f"revise of {len(self.targets)} steps needs as many new steps, not {len(self.steps)}")
        if self.act in ("edit", "generate") and not self.steps:
            raise ValueError(f"{self.act} needs steps")
        if (self.act == "generate") != any(step.op == "generate" for step in self.steps[:1]):
            raise ValueError("generate begins with a step that generates, and nothing else does")
        if self.act == "goto" and self.target is None:
            raise ValueError("goto needs a target")
        if self.act in ("ask", "refuse") and not self.text:
            raise ValueError(f"{self.act} needs a text")
        if self.act == "answer" and not self.text and self.topic is None:
            raise ValueError("answer needs a text or a topic")
        return self
