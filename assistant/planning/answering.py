"""Answers to questions: what was done, what can be done, and what is in the picture."""

from __future__ import annotations

from typing import Protocol

from pydantic import Field

from assistant.drafts import State, Topic
from assistant.history import History
from assistant.pictures import Picture
from assistant.prompts import prompt
from assistant.vlm import Gate, Message, Stop
from assistant.vocabulary import vocabulary
from assistant.where import Value
from assistant.wording import in_words

_SHOWN_STEPS = 12


class Answerer(Protocol):
    """Answers a question about what a model's draft only names as a topic."""

    def answer(self, topic: Topic, state: State, history: History, picture: Picture | None, stop: Stop) -> str:
        """A few plain sentences. Raises as Gate.ask."""
        ...


class Said(Value):
    """An answer in words."""

    text: str = Field(min_length=1, max_length=600)


class ModelAnswerer:
    """Looks at the picture through the gate; the rest is known without a model."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate

    def answer(self, topic: Topic, state: State, history: History, picture: Picture | None, stop: Stop) -> str:
        """As Answerer.answer."""
        if topic in ("history", "help") or picture is None:
            return known_answer(topic, history)
        messages = (Message("system", prompt("describe")), Message("user", state.message, (picture,)))
        return self.gate.ask(messages, Said, stop=stop).text


def known_answer(topic: Topic, history: History) -> str:
    """What needs no look at the picture."""
    return history_words(history) if topic == "history" else help_words(history)


def history_words(history: History) -> str:
    """What was done to the picture on show, step by step."""
    current = history.current
    if current is None:
        return "There is no picture yet, so nothing was done."
    steps = current.script.steps
    here = f"This is version {history.number(current.id)} of {len(history.versions)}."
    if not steps:
        return f"{here} It is the original: nothing was changed."
    numbered = list(enumerate(steps, start=1))
    shown = [f"{number}. {in_words(step)}{'' if step.enabled else ' (off)'}" for number, step in numbered]  # pyright: ignore[reportArgumentType]
    left_out = f"… and {len(shown) - _SHOWN_STEPS} before. " if len(shown) > _SHOWN_STEPS else ""
    return f"{here} Steps: {left_out}{'; '.join(shown[-_SHOWN_STEPS:])}."


def help_words(history: History) -> str:
    """What can be asked for."""
    families: dict[str, list[str]] = {}
    for entry in vocabulary():
        families.setdefault(entry["family"], []).append(entry["op"].replace("_", " "))
    exact = "; ".join(f"{family}: {', '.join(ops)}" for family, ops in families.items() if family != "generative")
    begin = "Open a picture or ask me to draw one. " if history.current is None else ""
    return (
        f"{begin}Say what to change in your own words, several things at once if you like. I can paint changes "
        f"(add, remove, replace, restyle), and do these exactly: {exact}. You can revise a step (“no, make it green”), "
        "take one back (“without the crop”), undo, redo, and go back to any version."
    )
