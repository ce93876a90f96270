"""The planner: what a person said becomes a plan, by way of a language model's draft.

The ladder (DESIGN 6.17): the schema, the meaning, mechanical repair, one more try with the error told to the model, and
at last a question. Whatever the model says, a turn ends in a plan or in one of our own errors.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from assistant.dialogue import state_of
from assistant.drafts import Draft, PictureKind, State
from assistant.errors import BadAnswer, GateError, ModelUnavailable, PalimpsestError, Stopped
from assistant.history import History
from assistant.loading import Loader
from assistant.pictures import Picture
from assistant.plan import Context, Plan, Wish
from assistant.planning.adjusting import adjusted
from assistant.planning.answering import Answerer, ModelAnswerer
from assistant.planning.asking import asked_again, no_picture, own_words_plan
from assistant.planning.dialects import Dialect
from assistant.planning.meaning import Meant, meaning_of
from assistant.planning.resolving import Slot, plan_of, slots_of
from assistant.steps import AnyStep, Edit
from assistant.vlm import Gate, Stop

SECONDS = 10.0
"""For the whole ladder."""
_TRIES = 2
_MOST_VARIANTS = 8
"""Are completed; whoever asks for more, or for none, is told so when the plan is carried out."""
_LOG = logging.getLogger(__name__)
KindOf = Callable[[Picture, History, Stop], PictureKind]


class Completion(NamedTuple):
    """What a painter can paint of the slots: for each its steps, none for what cannot be done."""

    steps: tuple[tuple[AnyStep, ...], ...]
    chosen: tuple[str, ...] = ()
    """What was left open and chosen, in words."""
    notes: tuple[str, ...] = ()
    """What cannot be done, and why."""
    offers: tuple[str, ...] = ()
    """Messages that would do the nearest thing instead."""
    alternatives: tuple[tuple[AnyStep, ...], ...] = ()
    """For each variant behind the first: those of the steps, by id, for which its seed chooses otherwise."""


class Completer(Protocol):
    """Makes of a draft's steps what this painter can paint; drawn from each step's seed, so that it can be repeated."""

    def complete(
        self, slots: Sequence[Slot], state: State, picture: Picture | None, stop: Stop, variants: int = 1
    ) -> Completion:
        """Raises as Gate.ask."""
        ...


def _photograph(picture: Picture, history: History, stop: Stop) -> PictureKind:
    return "photo"


@dataclass(frozen=True)
class _Asked:
    """One message with all that is known around it."""

    wish: Wish
    history: History
    context: Context
    picture: Picture | None
    state: State
    stop: Stop
    until: float

    def limited(self) -> bool:
        """Stop, and the end of the time for planning."""
        return self.stop() or time.monotonic() > self.until


def _said_anew(asked: _Asked) -> Draft | None:
    """The draft of a message that says in other words what one painted step shall do; None for any other message."""
    current = asked.history.current
    if asked.wish.about is None or current is None:
        return None
    old = current.script.step(asked.wish.about)
    if not isinstance(old, Edit):
        return None
    new = old.model_copy(update={"modify": asked.wish.message[:2000], "where": asked.wish.where})
    return Draft(act="revise", targets=(current.script.position(old.id),), steps=(new,))


def _adjusted(asked: _Asked) -> Draft | None:
    """The draft of a message that asks for more, less or the other way of what was done last.

    None where it shows a place, or answers a question: “half” is then half of something else.
    """
    spoken = asked.context.spoken
    answers = bool(spoken) and spoken[-1].role == "assistant" and spoken[-1].text.rstrip().endswith("?")
    return None if asked.wish.where is not None or answers else adjusted(asked.wish.message, asked.history)


class LlmPlanner:
    """Plans with a language model behind a gate."""

    def __init__(
        self, gate: Gate, dialect: Dialect, completer: Completer | None = None, kind_of: KindOf = _photograph,
        answerer: Answerer | None = None, follows_words: bool = False, seconds: float = SECONDS,
        loader: Loader | None = None,
    ) -> None:  # fmt: skip
        """`follows_words`: the editor follows any instruction, so a person's own words may be one.

        `loader` loads the model; a plan waits for it, and that time is not the plan's.
        """
        self.gate = gate
        self.dialect = dialect
        self.completer = completer
        self.kind_of = kind_of
        self.answerer = answerer or ModelAnswerer(gate)
        self.follows_words = follows_words
        self.seconds = seconds
        self.loader = loader

    @property
    def is_ready(self) -> bool:
        """As Planner.is_ready."""
        return self.loader is None or self.loader.state == "ready"

    def plan(
        self, wish: Wish, history: History, picture: Picture | None, stop: Stop,
        context: Context = Context(),  # noqa: B008 - immutable
    ) -> Plan:  # fmt: skip
        """As Planner.plan. Raises ModelUnavailable and Stopped."""
        if self.loader is not None:
            self.loader.wait(stop)
        until = time.monotonic() + self.seconds
        state = state_of(wish, history, context, self._kind(picture, history, stop, until))
        asked = _Asked(wish, history, context, picture, state, stop, until)
        draft = _said_anew(asked) or _adjusted(asked) or self._drafted(asked)
        if draft is None:
            return self._at_last(asked)
        try:
            return self._planned(draft, asked)
        except ModelUnavailable:
            raise
        except Stopped:
            if stop():
                raise
            return self._at_last(asked)
        except PalimpsestError as error:
            _LOG.warning("a draft could not become a plan: %s", error, exc_info=True)
            return self._at_last(asked)

    def _kind(self, picture: Picture | None, history: History, stop: Stop, until: float) -> PictureKind:
        if picture is None:
            return "none"
        try:
            return self.kind_of(picture, history, lambda: stop() or time.monotonic() > until)
        except Stopped:
            if stop():
                raise
            return "photo"
        except GateError as error:
            _LOG.warning("the kind of the picture could not be told: %s", error, exc_info=True)
            return "photo"

    # -- the ladder ----------------------------------------------------------------------------------------------------

    def _drafted(self, asked: _Asked) -> Draft | None:
        """A draft that holds; None when the model gave none in two tries, or in the time there is."""
        complaint = ""
        for _ in range(_TRIES):
            try:
                meant = self._tried(asked, complaint)
            except Stopped:
                if asked.stop():
                    raise
                return None
            except ModelUnavailable:
                raise
            except BadAnswer as error:
                meant, complaint = self._mended(error, asked), error.reason
            except GateError as error:
                _LOG.warning("the language model failed: %s", error, exc_info=True)
                complaint = ""
                continue
            if meant is not None and not meant.problems:
                return meant.draft
            complaint = "; ".join(meant.problems) if meant else complaint
        return None

    def _tried(self, asked: _Asked, complaint: str) -> Meant:
        draft = self.dialect.draft(self.gate, asked.state, asked.limited, asked.picture, complaint)
        if not isinstance(draft, Draft):
            raise BadAnswer(str(draft), "it is not a draft")
        return self._meaning(draft, asked)

    def _mended(self, error: BadAnswer, asked: _Asked) -> Meant | None:
        draft = self.dialect.repaired(error.answer)
        return self._meaning(draft, asked) if draft else None

    @staticmethod
    def _meaning(draft: Draft, asked: _Asked) -> Meant:
        size = asked.picture.size if asked.picture is not None else None
        return meaning_of(draft, asked.history, asked.context.references, size)

    def _at_last(self, asked: _Asked) -> Plan:
        own = own_words_plan(asked.state, asked.wish.where) if self.follows_words else None
        return own or asked_again(asked.state)

    # -- from draft to plan --------------------------------------------------------------------------------------------

    def _planned(self, draft: Draft, asked: _Asked) -> Plan:
        if asked.picture is None and draft.act not in ("generate", "ask", "answer", "refuse"):
            return no_picture(asked.state)
        if draft.act == "answer":
            return self._answered(draft, asked)
        slots = slots_of(draft, asked.history, asked.wish.where, asked.wish.seed)
        completion = self._completed(slots, asked)
        done = completion.steps
        if draft.act == "generate" and not done[0]:
            done = ()
        if slots and not any(done) and draft.act not in ("drop", "goto"):
            text = " ".join(completion.notes) or "I cannot do that here."
            return Plan(act="refuse", text=text, options=completion.offers)
        plan = plan_of(draft, slots, done, asked.history)
        extra = {"chosen": completion.chosen, "notes": completion.notes, "options": plan.options or completion.offers}
        return plan.model_copy(update={**extra, "alternatives": completion.alternatives})

    def _completed(self, slots: Sequence[Slot], asked: _Asked) -> Completion:
        if self.completer is None or not any(slot.step.is_generative for slot in slots):
            return Completion(tuple((slot.step,) for slot in slots))
        variants = min(max(asked.wish.variants, 1), _MOST_VARIANTS)
        return self.completer.complete(slots, asked.state, asked.picture, asked.limited, variants)

    def _answered(self, draft: Draft, asked: _Asked) -> Plan:
        text = draft.text
        if not text and draft.topic:
            try:
                text = self.answerer.answer(draft.topic, asked.state, asked.history, asked.picture, asked.limited)
            except ModelUnavailable:
                raise
            except PalimpsestError as error:
                if asked.stop():
                    raise Stopped from None
                _LOG.warning("a question could not be answered: %s", error)
        return Plan(act="answer", text=text or "That I cannot tell. Ask it in other words.")
