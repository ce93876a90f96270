"""Which step a message means by name, and a wish written twice: what a small model gets wrong and words can tell.

“Undo the night” means the step that made it night, whatever number the model wrote. Only what the message names is put
right; a draft that no word speaks against stays as it is.
"""

from __future__ import annotations

import re

from assistant.drafts import Draft, State
from assistant.sketchbook.language.plan_spans import GLUE
from assistant.sketchbook.language.wishes import NONE, VALUES
from assistant.sketchbook.scene import Color
from assistant.steps import AnyStep, Edit

_SAME_THING = 3
"""What naming the same thing of the world weighs; another word in common weighs 1."""
_NO_NAMES = GLUE | {"head", "face", "scene", "instead", "please", "undo", "again"}
_CORRECTS = re.compile(r"\s*(?:no|nope|i meant|i mean|wrong)\b", re.IGNORECASE)
_TAKES_OFF = re.compile(r"(?:remove|take off|take away|take|lose|erase|delete)\b", re.IGNORECASE)
_PUTS_ON = re.compile(r"(?:put|add|give)\b", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:different|another|other|else)\b", re.IGNORECASE)
_INSTEAD = re.compile(r"\b(?:no|nope|not|instead|rather|meant|mean|wrong|actually)\b", re.IGNORECASE)


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


_NO_THINGS = {NONE, *map(str, Color)}
"""Words of the world that name nothing by themselves: a hat may be blue as well as hair."""
_NAMES = {
    name: _any_of([name.replace("_", " "), *(str(word) for word in values if str(word) not in _NO_THINGS)])
    for name, values in VALUES.items()
    if values is not Color
}


def put_right(draft: Draft, state: State) -> Draft:
    """The draft without a wish said twice, aimed at the step that the message names, and asking for another thing where
    the message does."""
    return _another(_aimed(draft, state), state)


def _another(draft: Draft, state: State) -> Draft:
    """“A different hat”, where the same one would be painted again: the person's own words are the wish."""
    step = draft.steps[0] if draft.act == "revise" and len(draft.steps) == len(draft.targets) == 1 else None
    if not isinstance(step, Edit) or not _OTHER.search(state.message):
        return draft
    said = state.steps[draft.targets[0] - 1].words
    if step.modify != said or not things_named(state.message) & things_named(said):
        return draft
    return draft.model_copy(update={"steps": (step.model_copy(update={"modify": state.message.strip()}),)})


def _aimed(draft: Draft, state: State) -> Draft:
    if draft.act == "revise" and state.pointed and not _INSTEAD.search(state.message):
        draft = Draft(act="edit", steps=draft.steps)  # a place of its own: something new
    steps = _once(draft.steps)
    if draft.act == "revise":
        count = len(draft.targets)
        steps = (*steps[:count], *(step for step in steps[count:] if _was_said(step, state.message)))
    if len(steps) < len(draft.steps):
        targets = draft.targets[: len(steps)] if draft.act == "revise" else draft.targets
        draft = draft.model_copy(update={"steps": steps, "targets": targets})
    if (put := _put_on_here(draft, state)) is not None:
        return Draft(act="drop", targets=(put,))
    shares = _shares(state, state.message)
    if not any(shares.values()) and draft.act == "revise" and len(draft.steps) == 1 and isinstance(steps[0], Edit):
        shares = _shares(state, steps[0].modify)  # “make it blue”: what the wish is about was left to the model
    named = _named(shares)
    if named is None:
        return draft
    if draft.act in ("drop", "revise") and len(draft.targets) == 1:
        in_common = shares.get(draft.targets[0], 0)
        return draft if in_common else draft.model_copy(update={"targets": (named,)})
    corrects = draft.act == "edit" and len(draft.steps) == 1 and _CORRECTS.match(state.message)
    if corrects and isinstance(draft.steps[0], Edit):
        return draft.model_copy(update={"act": "revise", "targets": (named,)})
    return draft


def _put_on_here(draft: Draft, state: State) -> int | None:
    """The step that put on what is to be taken off, where the drawing had none of it: without that step it is gone."""
    step = draft.steps[0] if draft.act == "edit" and len(draft.steps) == 1 else None
    if not isinstance(step, Edit) or not _TAKES_OFF.match(step.modify) or not state.steps:
        return None
    things = things_named(step.modify)
    about = [earlier for earlier in state.steps if things & things_named(earlier.words)]
    drawn_here = state.steps[0].words.startswith("draw ") and state.steps[0] not in about
    if len(things) == 1 and drawn_here and len(about) == 1 and _PUTS_ON.match(about[0].words):
        return about[0].number
    return None


def _once(steps: tuple[AnyStep, ...]) -> tuple[AnyStep, ...]:
    """A painted wish that is there already changes nothing."""
    kept: list[AnyStep] = []
    for step in steps:
        if not (isinstance(step, Edit) and any(step.wish() == other.wish() for other in kept)):
            kept.append(step)
    return tuple(kept)


def things_named(text: str) -> frozenset[str]:
    """The attributes of the sketchbook's world that a text speaks of."""
    return frozenset(name for name, words in _NAMES.items() if words.search(text.lower()))


def _was_said(step: AnyStep, message: str) -> bool:
    """Not so of a painted wish beside a correction, in a color that only stood in an earlier step."""
    words = re.findall(r"[a-z]+", step.modify.lower()) if isinstance(step, Edit) else []
    return all(word in message.lower() for word in words if word in tuple(Color))


def _about(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The things of the world that a text names, and its other words."""
    words = frozenset(re.findall(r"[a-z]{3,}", text.lower())) - _NO_NAMES - frozenset(map(str, Color))
    return things_named(text), words


def _shares(state: State, text: str) -> dict[int, int]:
    """How much each step has in common with the text."""
    things, words = _about(text)
    found: dict[int, int] = {}
    for step in state.steps:
        own_things, own_words = _about(step.words)
        found[step.number] = _SAME_THING * len(things & own_things) + len(words & own_words)
    return found


def _named(shares: dict[int, int]) -> int | None:
    """The step that has most in common with the message, the later of two; None where none has anything."""
    most = max(shares.values(), default=0)
    return max(number for number, share in shares.items() if share == most) if most else None
