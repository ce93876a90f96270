"""What a turn yields: small frozen events that the chat, the command line, the API, evaluation and tests all read."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, TypeAdapter

from assistant.records import BoxField
from assistant.where import Value


class Waiting(Value):
    """Another message is being worked on; this one comes next."""

    kind: Literal["waiting"] = "waiting"


class Loading(Value):
    """The models are being loaded; the message is read as soon as they are there."""

    kind: Literal["loading"] = "loading"


class Planned(Value):
    """The message was understood: what will be done, in words."""

    kind: Literal["planned"] = "planned"
    act: str
    summary: str
    step_ids: tuple[str, ...] = ()
    step_words: tuple[str, ...] = ()
    """Each of these steps in words."""
    dropped_ids: tuple[str, ...] = ()
    repaints: int = Field(default=0, ge=0)
    """How many painted steps have to run again because something before them changed."""
    chosen: tuple[str, ...] = ()
    """What was left open and chosen for the person."""
    notes: tuple[str, ...] = ()
    """What was asked for and will not be done, and why."""
    offers: tuple[str, ...] = ()
    """What can be done instead of that."""


class Asked(Value):
    """A question back, with readings to choose from."""

    kind: Literal["asked"] = "asked"
    question: str
    options: tuple[str, ...] = ()


class Answered(Value):
    """An answer, or a refusal with what can be done instead."""

    kind: Literal["answered"] = "answered"
    text: str
    offers: tuple[str, ...] = ()
    refused: bool = False


class VariantStarted(Value):
    """Another variant is played in which other things were chosen; its steps in its own words."""

    kind: Literal["variant_started"] = "variant_started"
    number: int
    """2 for the second variant of the turn."""
    step_ids: tuple[str, ...]
    step_words: tuple[str, ...]


class StepStarted(Value):
    """A step, or a pass of several, begins to run."""

    kind: Literal["step_started"] = "step_started"
    step_ids: tuple[str, ...]
    op: str


class StepProgress(Value):
    """Denoising step `done` of `total` is over."""

    kind: Literal["step_progress"] = "step_progress"
    step_ids: tuple[str, ...]
    done: int
    total: int


class StepDone(Value):
    """A step has run."""

    kind: Literal["step_done"] = "step_done"
    step_ids: tuple[str, ...]
    op: str
    seconds: float
    changed: float = Field(ge=0, le=1)
    """Share of the picture's pixels that differ from before; 1 when the frame changed."""
    box: BoxField | None = None
    """What was painted, in px of the step's input."""
    drift: float = Field(default=0.0, ge=0)
    """Largest difference, in codes, outside what the step may change; 0 for local steps by construction."""
    notes: tuple[str, ...] = ()


class Checked(Value):
    """Somebody looked whether what a step wished is in the picture."""

    kind: Literal["checked"] = "checked"
    step_ids: tuple[str, ...]
    done: bool | None = None
    """None when that could not be told."""
    note: str = ""


class StepFailed(Value):
    """A step could not run; those before it are kept."""

    kind: Literal["step_failed"] = "step_failed"
    step_ids: tuple[str, ...]
    op: str
    message: str
    show_me: bool = False
    """Whether a brush stroke, box or click would help."""


class Saved(Value):
    """The turn is on disk: from here on it is never lost."""

    kind: Literal["saved"] = "saved"
    version_id: str
    version_number: int
    partial: bool = False
    branch: bool = False
    """Whether the pointer stayed elsewhere because it was moved while the turn ran."""


class Moved(Value):
    """The pointer went to a version without painting anything."""

    kind: Literal["moved"] = "moved"
    version_id: str
    version_number: int
    note: str = ""


class TurnStopped(Value):
    """The person pressed Stop; the tree is untouched, `kept_steps` finished steps can still be kept."""

    kind: Literal["turn_stopped"] = "turn_stopped"
    kept_steps: int = 0


class TurnFailed(Value):
    """The turn ended without a new version."""

    kind: Literal["turn_failed"] = "turn_failed"
    message: str


Event: TypeAlias = Annotated[
    Waiting
    | Loading
    | Planned
    | Asked
    | Answered
    | VariantStarted
    | StepStarted
    | StepProgress
    | StepDone
    | Checked
    | StepFailed
    | Saved
    | Moved
    | TurnStopped
    | TurnFailed,
    Field(discriminator="kind"),
]
EVENTS: TypeAdapter[tuple[Event, ...]] = TypeAdapter(tuple[Event, ...])
RenderEvent: TypeAlias = StepStarted | StepProgress | StepDone
