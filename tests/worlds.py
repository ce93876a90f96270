"""A gate that knows: what a perfectly trained embedded model would answer, in its own notations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assistant.errors import BadAnswer
from assistant.sketchbook.edits import RULES, Edit, EditKind
from assistant.sketchbook.language.grounding import wishes_of_edit
from assistant.sketchbook.language.locating import write_box
from assistant.sketchbook.language.looking import look_answer, photo_answer, write_look
from assistant.sketchbook.language.sentences import instruction
from assistant.sketchbook.language.wishes import NONE, Wishes, parse_wishes, write_wishes
from assistant.sketchbook.scene import Color, Place, Scene
from assistant.vlm import Message, Notation, Stop, T, never


def canonical() -> dict[str, Wishes]:
    """What each of the painter's own sentences asks for."""
    known: dict[str, Wishes] = {}
    for kind, rule in RULES.items():
        values = [None] if rule.verb in ("remove", "recolor") else [word for word in rule.values if word != NONE]
        for value in values:
            colored = rule.verb == "recolor" or (rule.verb != "remove" and (rule.color_field or value == Place.STUDIO))
            for color in tuple(Color) if colored else (None,):
                edit = Edit(kind=EditKind(kind), value=value, color=color)
                known[instruction(edit)] = wishes_of_edit(edit)
    return known


class KnowingGate:
    """Answers by task; `scenes` says what is in a picture (by id), all others are photographs."""

    def __init__(
        self, scenes: Mapping[str, Scene] | None = None, plans: Mapping[str, str] | None = None,
        grounds: Mapping[str, str] | None = None, boxes: Mapping[str, tuple[float, float, float, float]] | None = None,
        questions: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.scenes, self.plans, self.boxes = scenes or {}, plans or {}, boxes or {}
        self.grounds, self.questions = grounds or {}, questions or {}
        self.words: list[str] = []
        self._canonical = canonical()

    def ask(
        self, messages: Sequence[Message], schema: type[T], notation: Notation[T] | None = None,
        stop: Stop = never, max_tokens: int = 0,
    ) -> T:  # fmt: skip
        (message,) = messages
        assert notation is not None
        self.words.append(message.text)
        task, _, words = message.text.partition(": ")
        tasks: Mapping[str, Callable[[str, Any], str]] = {
            "ground": self._ground, "look": self._look, "locate": self._locate, "ask": self._asked,
        }  # fmt: skip
        answer = tasks.get(task, self._plan)(words if task in tasks else message.text, message)
        try:
            return notation.parse(answer)
        except ValueError as error:
            raise BadAnswer(answer, str(error)) from error

    def _plan(self, prompt: str, message: Message) -> str:
        return self.plans[prompt.rsplit("\n: ", 1)[-1]]

    def _ground(self, sentence: str, message: Message) -> str:
        if sentence in self.grounds:
            parse_wishes(self.grounds[sentence])
            return self.grounds[sentence]
        return write_wishes(self._canonical.get(sentence))

    def _look(self, names: str, message: Message) -> str:
        scene = self.scenes.get(message.pictures[0].id)
        return write_look([look_answer(scene, name) if scene else photo_answer(name) for name in names.split(", ")])

    def _locate(self, phrase: str, message: Message) -> str:
        return write_box(self.boxes.get(phrase))

    def _asked(self, question: str, message: Message) -> str:
        return self.questions.get(question, "unknown")
