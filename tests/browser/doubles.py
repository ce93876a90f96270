"""A planner that knows one conversation by heart, and a painter that can be slow or fail: for the browser's tests."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.editor import OnStep
from assistant.errors import EditorError, PlanError
from assistant.history import History
from assistant.pictures import Picture
from assistant.plan import Context, Plan, Revision, Wish
from assistant.script_files import step_from_data
from assistant.sizes import Size
from assistant.steps import AnyStep
from tests.doubles import ScriptedPainter

SLOWLY = "slowly"
"""A step with this word in it is painted until somebody says stop, or lets it go on."""
IMPOSSIBLE = "impossible"
LET_GO = "let-go"
"""A file in the data folder that lets slow steps go on."""
_LONGEST = 60.0


def local(words: str, box: tuple[int, int, int, int]) -> AnyStep:
    return step_from_data({"op": "edit", "modify": words, "where": {"box": list(box), "unit": "percent"}})


def exact(op: str, **fields: Any) -> AnyStep:
    return step_from_data({"op": op, **fields})


def _global(words: str) -> AnyStep:
    return step_from_data({"op": "edit", "modify": words, "scope": "global"})


def _saying(history: History, words: str) -> AnyStep:
    """The step on show that has these words in it. Raises PlanError."""
    current = history.current
    found = [step for step in (current.script.steps if current else ()) if words in getattr(step, "modify", "")]
    if not found:
        raise PlanError(f"No step says “{words}”.", remedy="Say another one.")
    return found[-1]  # pyright: ignore[reportReturnType]


def _edit(*steps: AnyStep, summary: str = "", **more: Any) -> Plan:
    return Plan(act="edit", steps=steps, summary=summary or f"{len(steps)} steps", **more)


def _yellow(history: History) -> Plan:
    revision = Revision(step_id=_saying(history, "hat").id, step=local("give her a yellow hat", (30, 0, 70, 30)))
    return Plan(act="revise", revisions=(revision,), summary="make the hat yellow")


def _day(history: History) -> Plan:
    return Plan(act="drop", drops=(_saying(history, "night").id,), summary="make it night")


def _beard(history: History) -> Plan:
    beard = local("give her a beard", (40, 55, 60, 75)), local("give her a top hat", (30, 0, 70, 30))
    return _edit(*beard, summary="a beard and a top hat")


GLASSES = local("give her round glasses", (35, 35, 65, 45))
HAT = local("give her a green hat", (30, 0, 70, 30))
_BY_HEART: dict[str, Callable[[History], Plan]] = {
    "give her round glasses and a green hat, and make it night": lambda _: _edit(
        GLASSES, HAT, _global("make it night"), summary="round glasses, a green hat, and night",
        chosen=("I chose round glasses with a thin black rim.",),
    ),
    "no, make the hat yellow": _yellow,
    "undo the night": _day,
    "what colour is her hair?": lambda _: Plan(act="answer", text="Her hair is red.", options=("make it blonde",)),
    "crop it to 4:5 and write Hello at the top": lambda _: _edit(
        exact("crop", aspect="4:5"), exact("text", text="Hello", position="top")
    ),
    "write Hello over you": lambda _: _edit(exact("text", text="Hello\nyou", position="top")),
    "go back to the first one": lambda history: Plan(act="goto", target=history.numbered(1).id, summary="version 1"),
    "and there, give her a beard and a top hat": _beard,
    "make it nicer": lambda _: Plan(act="ask", text="What do you mean by nicer?", options=("brighter", "a red hat")),
    "brighter": lambda _: _edit(exact("exposure", stops=0.5)),
    "brighter, then a hat": lambda _: _edit(exact("exposure", stops=0.5), HAT),
    "a red hat": lambda _: _edit(local("give her a red hat", (30, 0, 70, 30))),
    "glasses slowly": lambda _: _edit(local(f"glasses, {SLOWLY}", (35, 35, 65, 45))),
    "brighter, then glasses slowly": lambda _: _edit(
        exact("exposure", stops=0.5), local(f"glasses, {SLOWLY}", (35, 35, 65, 45))
    ),
    "brighter, then the impossible": lambda _: _edit(
        exact("exposure", stops=0.5), local(f"the {IMPOSSIBLE}", (35, 35, 65, 45))
    ),
    "put picture 2 in the corner": lambda _: _edit(exact("paste", reference=2, position="top left", percent=30)),
}  # fmt: skip


class ByHeart:
    """Plans the messages above by looking at the history, draws what begins with “draw”, and knows nothing else."""

    is_ready = True

    def plan(
        self, wish: Wish, history: History, picture: Picture | None, stop: Callable[[], bool],
        context: Context = Context(),  # noqa: B008 - immutable
    ) -> Plan:  # fmt: skip
        """As Planner.plan."""
        message = wish.message.strip()
        if wish.about is not None and history.current is not None:
            new = history.current.script.step(wish.about).model_copy(update={"modify": message})
            return Plan(act="revise", revisions=(Revision(step_id=wish.about, step=new),), summary=message)  # pyright: ignore[reportArgumentType]
        if message.startswith("draw "):
            steps = (exact("generate", prompt=message.removeprefix("draw ")),)
            return Plan(act="generate", steps=steps, summary=message)
        if message in _BY_HEART:
            return _BY_HEART[message](history)
        return Plan(act="refuse", text=f"I do not know how to do that: {message[:200]}", options=("brighter",))


class Painter(ScriptedPainter):
    """Paints small, and is slow or fails where the words say so."""

    drawing_size = Size(256, 256)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._let_go = folder / LET_GO

    def _steps(self, words: str, on_step: OnStep) -> None:
        until = time.monotonic() + _LONGEST
        while SLOWLY in words and not self._let_go.exists() and time.monotonic() < until:
            on_step(1, self.num_inference_steps)
            time.sleep(0.03)
        if IMPOSSIBLE in words:
            raise EditorError(f"The painter cannot do “{words}”.", remedy="Say it differently.")
        super()._steps(words, on_step)
