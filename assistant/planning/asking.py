"""The last rung: what is asked or done when the model gave no usable plan, and when there is no picture."""

from __future__ import annotations

import re

from assistant.drafts import State
from assistant.plan import Plan
from assistant.planning.resolving import summary_of
from assistant.script import new_id, new_seed
from assistant.steps import Edit
from assistant.where import Where

_HISTORY = re.compile(
    r"\b(undo|redo|revert|back|again|before|previous|earlier|last|first|step|version|variant|original|instead|no|not|"
    r"another|same|other|drop|keep|that|it|them|he|she|him|her)\b",
    re.IGNORECASE,
)
"""Words that point into the conversation: such a message is no instruction by itself."""
_LONGEST, _LONGEST_STEP = 120, 60
_OFFERED = re.compile(r"^(?:(?:change step \d+:|now) )+", re.IGNORECASE)
"""How the readings below begin: one that was taken and not understood is not wrapped again."""


def own_words_plan(state: State, pointed: Where | None) -> Plan | None:
    """The person's own words as the instruction; only for an editor that follows any, and for a message by itself."""
    if state.picture == "none" or not state.message or _HISTORY.search(state.message):
        return None
    step = Edit(modify=state.message[:2000], where=pointed, id=new_id(), seed=new_seed())
    return Plan(act="edit", steps=(step,), summary=summary_of((step,)))


def asked_again(state: State) -> Plan:
    """A question with two readings as buttons: a change of what was done last, or something new.

    Each is a message in words that the embedded model was taught for just that.
    """
    said = _OFFERED.sub("", " ".join(state.message.split()))
    said = said if len(said) <= _LONGEST else said[: _LONGEST - 1].rstrip() + "…"
    if state.picture == "none":
        return no_picture(state)
    if not state.steps:
        return Plan(
            act="ask",
            text="I could not make a plan of that. Say one change at a time, or begin with one of these.",
            options=("fix the exposure and colors automatically", "crop it to a square"),
        )
    last = state.steps[-1]
    return Plan(
        act="ask",
        text=f"I could not make a plan of that. Is it about step {last.number} ({_begin(last.words)}), or is it new?",
        options=(f"change step {last.number}: {said}", f"now {said}"),
    )


def _begin(words: str) -> str:
    return words if len(words) <= _LONGEST_STEP else words[: _LONGEST_STEP - 1].rstrip() + "…"


def no_picture(state: State) -> Plan:
    """A wish for a change where there is nothing to change."""
    return Plan(
        act="ask",
        text="There is no picture yet to do that to. Open one, or say what I shall draw.",
        options=("draw a woman with red hair on a beach", "draw a man with a hat in a city at night"),
    )
