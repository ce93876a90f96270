"""The conversation as a planner is told of it: turns in words, the bounded state, and messages for models of JSON.

Nothing here grows with the number of turns: turn 200 costs what turn 20 costs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from assistant.drafts import MAX_STATE_STEPS, MAX_STATE_TURNS, PictureKind, Spoken, State, StateStep
from assistant.events import Answered, Asked, Event, Moved, Planned, StepFailed, TurnFailed, TurnStopped
from assistant.history import History, Version
from assistant.pictures import Picture
from assistant.plan import Context, Wish
from assistant.steps import Step
from assistant.turns import Turn
from assistant.vlm import Message
from assistant.wording import in_words

MAX_SAID = 300
"""Characters of a turn, either side, that the planner is told."""
MAX_STEP_WORDS = 160
_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        "the and but not for with from this that these those its his her him she they them your you our are was were "
        "make made add put set get have has had more less than then now please can could would should into onto out "
        "off over under again also too very just all some any one picture image photo step",
    )
)


def spoken_turns(turns: Sequence[Turn]) -> tuple[Spoken, ...]:
    """The last finished turns as they were said, at most MAX_STATE_TURNS of them."""
    finished = [turn for turn in turns[-2 * MAX_STATE_TURNS - 1 :] if turn.status != "running"]
    said = [
        (Spoken(role="user", text=_cut(turn.message, MAX_SAID)), Spoken(role="assistant", text=reply_of(turn)))
        for turn in finished[-MAX_STATE_TURNS:]
    ]
    return tuple(spoken for pair in said for spoken in pair)


def reply_of(turn: Turn) -> str:
    """What the assistant answered in a turn, in a sentence or two."""
    undone = any(isinstance(event, StepFailed | TurnFailed | TurnStopped) for event in turn.events)
    events = [event for event in turn.events if not (undone and isinstance(event, Planned))]
    parts = [words for event in events if (words := _event_words(event))]
    return _cut(" ".join(dict.fromkeys(parts)) or "Done.", MAX_SAID)


def _event_words(event: Event) -> str:
    match event:
        case Planned():
            done = f"Done: {event.summary}." if event.summary else "Done."
            return " ".join([done.replace("..", "."), *event.chosen, *event.notes, " / ".join(event.offers)]).strip()
        case Asked(question=text, options=offers) | Answered(text=text, offers=offers):
            return f"{text} {' / '.join(offers)}".strip()
        case Moved(version_number=number, note=note):
            return f"Now on version {number}. {note}".strip()
        case StepFailed(message=message) | TurnFailed(message=message):
            return f"That failed: {message}"
        case TurnStopped():
            return "Stopped; nothing was changed."
        case _:
            return ""


def _cut(text: str, longest: int) -> str:
    """The text in one line, with … in place of what is too long."""
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


# -- the state ---------------------------------------------------------------------------------------------------------


def state_of(wish: Wish, history: History, context: Context, picture: PictureKind) -> State:
    """What the planner is told; `picture` is the kind of what is on show."""
    current = history.current
    return State(
        message=wish.message.strip(),
        picture="none" if current is None else picture,
        pointed=wish.where is not None,
        references=context.references,
        steps=_steps(current, wish.message) if current else (),
        turns=tuple(
            item.model_copy(update={"text": _cut(item.text, MAX_SAID)})
            for item in context.spoken[-2 * MAX_STATE_TURNS :]
        ),
        version=history.number(current.id) if current else 0,
        versions=len(history.versions),
        variants=len(history.variants(current.id)) if current else 1,
    )


def _steps(current: Version, message: str) -> tuple[StateStep, ...]:
    """The steps that share words with the message, then the latest, in the script's order and by its numbers."""
    said = _telling(message)
    all_steps = [_state_step(number, step) for number, step in enumerate(current.script.steps, start=1)]
    latest = sorted(all_steps, key=lambda item: (not said & {*_telling(item.words), str(item.number)}, -item.number))
    return tuple(sorted(latest[:MAX_STATE_STEPS], key=lambda item: item.number))


def _state_step(number: int, step: Step) -> StateStep:
    return StateStep(number=number, words=_cut(in_words(step), MAX_STEP_WORDS), enabled=step.enabled)  # pyright: ignore[reportArgumentType]


def _telling(text: str) -> set[str]:
    """The words that say something, without a plural's s; and numbers."""
    words = {word.removesuffix("s") for word in re.findall(r"\w+", text.lower())}
    return {word for word in words - _STOP_WORDS if len(word) > 2 or word.isdigit() or not word.isascii()}


# -- messages for models that speak JSON -------------------------------------------------------------------------------


def messages_of(system: str, state: State, picture: Picture | None = None, complaint: str = "") -> tuple[Message, ...]:
    """The system prompt, which is the same in every turn, and the state with the message in its last line.

    `complaint` says what was wrong with a first answer.
    """
    known = {"picture": state.picture} | state.model_dump(exclude={"message"}, exclude_defaults=True)
    lines = [f"State: {_json(known)}", f"Message: {_json(state.message)}"]
    if complaint:
        lines.append(f"Your first answer could not be used: {_cut(complaint, MAX_SAID)}. Answer again.")
    pictures = (picture,) if picture is not None else ()
    return Message("system", system), Message("user", "\n".join(lines), pictures)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
