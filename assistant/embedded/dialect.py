"""The planner's notation of the embedded model, and its answers to questions."""

from __future__ import annotations

from assistant.drafts import Draft, State, Topic
from assistant.embedded.aiming import put_right, things_named
from assistant.embedded.reading import (
    asks_about_the_picture,
    text_alone,
    text_moved,
    text_resized,
    wants_no_new_picture,
)
from assistant.embedded.tasks import Tasks
from assistant.errors import BadAnswer
from assistant.history import History
from assistant.pictures import Picture
from assistant.planning.answering import history_words
from assistant.sketchbook.language.asking import say
from assistant.vlm import Gate, Stop, never

_DESCRIBED = ("person", "hair", "clothes", "place")
_HELP = (
    "I draw and change illustrated portraits of my own small world: people with hair, hats, glasses, beards and "
    "clothes, things in their hands and beside them, signs, places, times of day, weathers and ways of drawing. On any "
    "picture, photographs too, I crop, turn, resize, correct light and color, blur, sharpen, write, frame, recolor, "
    "erase and move things exactly. Say several things at once, change or take back a step, undo, or go back to any "
    "version."
)


class SketchbookDialect:
    """Short lines instead of JSON."""

    def draft(
        self, gate: Gate, state: State, stop: Stop = never, picture: Picture | None = None, complaint: str = ""
    ) -> Draft:
        """As Dialect.draft. Asked again, the model would say the same again: a complaint ends the ladder."""
        if complaint:
            raise BadAnswer("", complaint)
        if alone := text_moved(state) or text_resized(state):
            return alone
        draft = text_alone(put_right(self._planned(gate, state, stop), state), state)
        if asks_about_the_picture(state.message) and draft.act not in ("answer", "ask", "refuse"):
            draft = Draft(act="answer", topic="picture")
        unknown = draft.act == "answer" and draft.topic == "other"
        if unknown and state.picture == "sketch" and things_named(state.message):
            return draft.model_copy(update={"topic": "picture", "text": ""})
        return draft

    @staticmethod
    def _planned(gate: Gate, state: State, stop: Stop) -> Draft:
        """The model's draft; once more without what was said before, where that made it draw all anew."""
        draft = Tasks(gate).plan(state, stop)
        if draft.act == "generate" and state.version and wants_no_new_picture(state.message):
            return Tasks(gate).plan(state.model_copy(update={"turns": ()}), stop)
        return draft

    def repaired(self, answer: str) -> Draft | None:
        """As Dialect.repaired: its lines are bound to their grammar, and no JSON to be mended."""
        return None


class SketchbookAnswerer:
    """Answers about the picture in the words of the sketchbook's world."""

    def __init__(self, tasks: Tasks) -> None:
        self.tasks = tasks

    def answer(self, topic: Topic, state: State, history: History, picture: Picture | None, stop: Stop) -> str:
        """As Answerer.answer."""
        if topic == "history":
            return history_words(history)
        if topic != "picture" or picture is None:
            return _HELP
        if state.picture == "photo":
            return (
                f"It is a photograph of {picture.size} pixels. What it shows I cannot tell: the built-in model knows "
                "only the pictures of its sketchbook."
            )
        names = self.tasks.asked_about(state.message, stop) or _DESCRIBED
        wanted = tuple(dict.fromkeys((*names, "person")))
        return say(names, self.tasks.look(picture, wanted, stop)) or "That I cannot tell."
