"""Every error that Palimpsest raises on purpose, drawn once.

PalimpsestError
├── PictureError            a file that does not become a picture
│   ├── UnsupportedFormat   not one of the formats that are read or written
│   ├── DamagedPicture      empty, cut off or garbled
│   └── UnsafePicture       too many pixels, too many bytes, or sides out of bounds
├── ScriptError             a script or a step that does not hold
│   ├── InvalidScript       unknown operation, unknown field, value out of range
│   └── UnknownStep         a step id or position that the script does not have
├── OperationError          a valid step that this picture does not allow
│   ├── RegionNotFound      the place that a step names was not found in the picture
│   └── MissingFont         no installed font has the letters
├── EditorError             the painter failed or is not there
├── GateError               the language model failed
│   ├── ModelUnavailable    it is not there, or its server does not answer
│   └── BadAnswer           what it said is not what it was asked for
├── TooLarge                more was sent at once than is taken
├── UnknownProfile          no such choice of models
├── CheckpointError         the weights of a profile cannot be used
│   ├── NotInstalled        not fetched, or not all of them
│   ├── DamagedCheckpoint   a file is not what the hub said it is
│   ├── UnsafeCheckpoint    files or settings that could run code
│   └── FetchFailed         they could not be downloaded
├── DoesNotFit              a profile needs more than this machine has
├── PlanError               a plan that does not fit its session
├── SessionError            the session cannot do that now
│   ├── SessionBusy         a turn runs and another one waits already
│   └── BatchFull           a run on other pictures has as many results as one file takes
├── StoreError              what is kept on disk cannot be read or written
│   ├── NotFound            no such session, version or picture for this owner
│   ├── StoreFull           the disk is full
│   ├── StoreReadOnly       the folder may not be written
│   ├── StoreTooNew         written by a newer Palimpsest
│   └── DamagedStore        a stored file is missing or altered
└── Stopped                 the person pressed Stop
"""

from __future__ import annotations


class PalimpsestError(Exception):
    """Says what was received, what is allowed and what to do, in sentences a person can act on.

    `received` is the whole first sentence; `allowed` and `remedy` are sentences too and may be empty.
    """

    def __init__(self, received: str, *, allowed: str = "", remedy: str = "") -> None:
        self.received = received
        self.allowed = allowed
        self.remedy = remedy
        super().__init__(" ".join(part for part in (received, allowed, remedy) if part))


class PictureError(PalimpsestError):
    """A file that does not become a picture."""


class UnsupportedFormat(PictureError):
    """Not one of the formats that are read or written."""


class DamagedPicture(PictureError):
    """Empty, cut off or garbled."""


class UnsafePicture(PictureError):
    """Too many pixels, too many bytes, or sides out of bounds."""


class ScriptError(PalimpsestError):
    """A script or a step that does not hold."""


class InvalidScript(ScriptError):
    """Unknown operation, unknown field, value out of range."""


class UnknownStep(ScriptError):
    """A step id or position that the script does not have."""


class OperationError(PalimpsestError):
    """A valid step that this picture does not allow."""


class RegionNotFound(OperationError):
    """The place that a step names was not found in the picture; the page opens the brush on this one."""


class MissingFont(OperationError):
    """No installed font has the letters."""


class EditorError(PalimpsestError):
    """The painter failed or is not there."""


class GateError(PalimpsestError):
    """The language model failed."""


class ModelUnavailable(GateError):
    """It is not there, or its server does not answer: asking again at once would not help."""


class BadAnswer(GateError):
    """What it said is not what it was asked for; `answer` is that, `reason` why, for asking again."""

    def __init__(self, answer: str, reason: str) -> None:
        self.answer = answer
        self.reason = reason
        super().__init__(
            "The language model gave an answer that cannot be used.", allowed=reason, remedy="Say it in other words."
        )


class TooLarge(PalimpsestError):
    """More was sent at once than is taken."""


class UnknownProfile(PalimpsestError):
    """No such choice of models."""


class CheckpointError(PalimpsestError):
    """The weights of a profile cannot be used; the remedy names the command that mends it."""


class NotInstalled(CheckpointError):
    """Not fetched, or not all of them."""


class DamagedCheckpoint(CheckpointError):
    """A file is not what the hub said it is."""


class UnsafeCheckpoint(CheckpointError):
    """Files or settings that could run code."""


class FetchFailed(CheckpointError):
    """They could not be downloaded."""


class DoesNotFit(PalimpsestError):
    """A profile needs more than this machine has."""


class PlanError(PalimpsestError):
    """A plan that does not fit its session."""


class SessionError(PalimpsestError):
    """The session cannot do that now."""


class SessionBusy(SessionError):
    """A turn runs and another one waits already."""


class BatchFull(SessionError):
    """A run on other pictures has as many results as one file takes."""


class StoreError(PalimpsestError):
    """What is kept on disk cannot be read or written."""


class NotFound(StoreError):
    """No such session, version or picture for this owner."""


class StoreFull(StoreError):
    """The disk is full."""


class StoreReadOnly(StoreError):
    """The folder may not be written."""


class StoreTooNew(StoreError):
    """Written by a newer Palimpsest."""


class DamagedStore(StoreError):
    """A stored file is missing or altered."""


class Stopped(PalimpsestError):
    """The person pressed Stop."""

    def __init__(self) -> None:
        super().__init__("Stopped.", remedy="Nothing was changed; finished steps can be kept.")
