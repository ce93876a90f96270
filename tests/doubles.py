"""Scripted doubles for the editor, locator and planner: they live in tests only."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np

from assistant.editor import EditRequest, OnStep
from assistant.errors import EditorError
from assistant.history import History
from assistant.pictures import Picture
from assistant.plan import Context, Plan, Wish
from assistant.script import Script
from assistant.sizes import Box, Size
from assistant.vlm import Stop, never


class ScriptedPainter:
    """Paints by inverting some bits of every pixel: which ones follows from instruction and seed.

    A pixel's result depends on that pixel alone, so what it paints moves and turns with the picture, as a patch does.
    """

    num_inference_steps = 4
    drawing_size = Size(1024, 1024)
    joins_wishes = True

    def __init__(self, name: str = "scripted", margin: int = 8) -> None:
        self.name = name
        self.margin = margin
        self.requests: list[EditRequest] = []
        self.drawings: list[str] = []
        self.fail_on: str | None = None
        self.during: Callable[[int], None] = lambda step: None

    @property
    def fingerprint(self) -> str:
        return self.name

    @property
    def calls(self) -> int:
        return len(self.requests)

    def view_box(self, size: Size, box: Box) -> Box:
        return box.grown(self.margin).clipped(size)

    def painted_size(self, size: Size) -> Size:
        return size

    def echo(self, view: Picture) -> Picture | None:
        return None

    def edit(self, request: EditRequest, on_step: OnStep) -> list[Picture]:
        self.requests.append(request)
        self._steps(request.instruction, on_step)
        return [Picture(request.view.rgb ^ bits(request.instruction, seed)) for seed in request.seeds]

    def generate(self, prompt: str, size: Size, seeds: tuple[int, ...], on_step: OnStep) -> list[Picture]:
        self.drawings.append(prompt)
        self._steps(prompt, on_step)
        rows, columns = np.mgrid[0 : size.height, 0 : size.width]
        sheet = np.stack([rows % 251, columns % 241, (rows + columns) % 239], axis=2).astype(np.uint8)
        return [Picture(sheet ^ bits(prompt, seed)) for seed in seeds]

    def _steps(self, words: str, on_step: OnStep) -> None:
        for step in range(1, self.num_inference_steps + 1):
            self.during(step)
            on_step(step, self.num_inference_steps)
        if self.fail_on is not None and self.fail_on in words:
            raise EditorError(f"The painter cannot do “{words}”.", remedy="Say it differently.")


def bits(words: str, seed: int) -> np.ndarray:
    """Three bytes, at least one bit set in each."""
    digest = hashlib.sha256(f"{words}|{seed}".encode()).digest()
    return np.array([value | 1 for value in digest[:3]], np.uint8)


class ScriptedLocator:
    """Finds what it was told of."""

    def __init__(self, **boxes: Box) -> None:
        self.boxes = boxes
        self.asked: list[str] = []

    def locate(self, picture: Picture, phrase: str, script: Script | None = None, stop: Stop = never) -> Box | None:
        self.asked.append(phrase)
        return self.boxes.get(phrase.replace(" ", "_"))


class ScriptedPlanner:
    """Answers each message with the next plan, or with what a function makes of the history."""

    is_ready = True

    def __init__(self, *plans: Plan | Callable[[History], Plan]) -> None:
        self.plans = list(plans)
        self.wishes: list[Wish] = []
        self.contexts: list[Context] = []

    def plan(
        self, wish: Wish, history: History, picture: Picture | None, stop: Callable[[], bool],
        context: Context = Context(),  # noqa: B008 - immutable
    ) -> Plan:  # fmt: skip
        self.wishes.append(wish)
        self.contexts.append(context)
        answer = self.plans.pop(0)
        return answer if isinstance(answer, Plan) else answer(history)
