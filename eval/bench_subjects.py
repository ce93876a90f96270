"""What the bench measures: a profile's painter and planner, with random weights at full size or with their own.

Heavy: imports torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
import psutil
import torch

from assistant.drafts import Draft
from assistant.editor import Editor, EditRequest
from assistant.editor.mending import mend
from assistant.editor.stock import StockEditor
from assistant.errors import BadAnswer, DoesNotFit
from assistant.models import load_models
from assistant.pictures import Picture
from assistant.profiles import Precision, Profile
from assistant.vlm import Gate, Message
from assistant.vlm.encoding import Encoder
from assistant.vlm.local import LanguageModel, LocalGate
from eval.bench_full import BUILDERS, Weights, pipeline_of, planner_of
from eval.bench_measure import tflop
from eval.bench_shapes import plan_forward, shadowed
from eval.bench_smaller import make_small
from eval.bench_words import WISHES, Family, planning_prompt, processor

SEEN = 1024
"""Side in px of the picture that a planner is shown."""
_SPARE_GB = 1.0
_REQUESTS = 8
"""As many unlike requests of one kind; more runs than that begin again."""


class _Endless:
    """A notation of words without an end: an answer is cut at exactly as many tokens as were asked for."""

    grammar = "start: /[a-z ]{4000,}/"

    def parse(self, text: str) -> Draft:
        raise ValueError("it has no end")


@dataclass(frozen=True)
class Planning:
    """A planner at work on prompts and answers of given lengths."""

    gate: Gate | None
    family: Family
    sees: bool = True

    def messages(self, tokens: int) -> tuple[Message, ...]:
        """A conversation of about so many tokens, with a picture where the model sees one; 0 for our own prompt."""
        picture = (scenery(SEEN, 0),) if self.sees else ()
        system = planning_prompt() if not tokens else ""
        bare = (Message("system", system), Message("user", WISHES[0], picture))
        encoder = Encoder(processor(self.family))
        missing = max(0, tokens - len(encoder.messages(bare).ids))
        filling = (" ".join(WISHES) + " ") * (missing // 40 + 1)
        words = filling.split(" ")[:missing] if tokens else []
        while len(encoder.text(" ".join(words))) > missing:
            words.pop()
        return (Message("system", system + " ".join(words)), bare[1])

    def length(self, messages: Sequence[Message]) -> int:
        """Tokens of a conversation, its picture's included."""
        return len(Encoder(processor(self.family)).messages(messages).ids)

    def answer(self, messages: Sequence[Message], tokens: int) -> None:
        """Read the messages and write exactly so many tokens, each chosen among many."""
        assert self.gate is not None
        try:
            self.gate.ask(messages, Draft, notation=_Endless(), max_tokens=tokens)
        except BadAnswer:
            return
        raise AssertionError("an answer without an end has ended")


@dataclass(frozen=True)
class Subject:
    """What is measured, and how it was made."""

    profile: Profile
    editor: Editor
    device: torch.device
    words: str
    planning: Planning | None = None
    counted: StockEditor | None = None
    """The same pipeline on the meta device; None where FLOP are counted in the run itself."""
    planner: Any = None
    """The model that plans, on the meta device."""

    def plan_tflop(self, messages: Sequence[Message], answer: int) -> float:
        """The prompt at once, and each token of the answer; what these look back at is left out: a hundredth."""
        assert self.planning is not None
        encoded = Encoder(processor(self.planning.family)).messages(messages)
        prompt = tflop(lambda: plan_forward(self.planner, encoded.vision, len(encoded.ids)))
        return prompt + answer * tflop(lambda: plan_forward(self.planner, {}, 1))

    def edit_tflop(self, request: EditRequest) -> float:
        """Of the modules on the meta device: with one step and with two, which tells all; else of the run itself."""
        if self.counted is None:
            return tflop(lambda: self.editor.edit(request, _silent))
        one, two = (self._tflop_of_steps(request, steps) for steps in (1, 2))
        return one + (request.num_inference_steps - 1) * (two - one)

    def _tflop_of_steps(self, request: EditRequest, steps: int) -> float:
        counted = self.counted
        assert counted is not None
        counted.texts.forget()
        counted.pictures.forget()
        return tflop(lambda: counted.edit(replace(request, num_inference_steps=steps), _silent))


def _silent(done: int, total: int) -> None:
    """Tells nobody."""


def scenery(side: int, number: int, wide: int = 0) -> Picture:
    """Coloured clouds, square unless `wide` says otherwise; another picture for each number."""
    rng = np.random.default_rng((side, number))
    noise = rng.integers(0, 256, (side // 4, (wide or side) // 4, 3), np.uint8)
    return Picture(np.asarray(cv2.resize(cv2.GaussianBlur(noise, (0, 0), 2), (wide or side, side)), np.uint8))


def requests(profile: Profile, side: int, references: int, count: int) -> list[EditRequest]:
    """Edits of one kind, unlike one another's and another kind's in words and pictures: nothing is remembered."""
    kind = 1000 * (10 * references + count)
    return [
        EditRequest(
            f"{WISHES[number % len(WISHES)]} {side} {kind + number}", scenery(side, kind + number), None,
            tuple(scenery(side, kind + 100 + 10 * number + other) for other in range(references)), tuple(range(count)),
            profile.num_inference_steps,
        )
        for number in range(_REQUESTS)
    ]  # fmt: skip


# -- making them -------------------------------------------------------------------------------------------------------


def with_own_weights(profile: Profile, compiled: bool) -> Subject:
    """As the program itself loads it. Raises CheckpointError, DoesNotFit."""
    models = load_models(profile, compiled=compiled)
    models.ready()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if profile.is_embedded:
        return Subject(profile, models.editor, device, "its own weights")
    subject = Subject(profile, models.editor, device, "its own weights", _planning(profile, models.gate))
    return _with_counts(subject) if profile.name in BUILDERS else subject


def with_random_weights(profile: Profile, device: str, precision: Precision, compiled: bool, seed: int) -> Subject:
    """At full size; "meta" only counts. Raises DoesNotFit, UnknownProfile, EditorError."""
    place = torch.device(device)
    words = f"random weights, {precision}{', compiled' if compiled else ''}"
    if place.type == "meta":
        return _with_counts(Subject(profile, _editor(profile, Weights("meta")), place, words, _planning(profile, None)))
    _check_room(profile, place)
    weights = Weights(device, seed=seed)
    pipeline = pipeline_of(profile, weights)
    planner = planner_of(profile, weights)
    make_small([pipeline, *(planner[:1] if planner else [])], precision, place)
    mend(pipeline)
    language = LanguageModel(*planner) if planner else LanguageModel.shared(pipeline)
    editor = StockEditor(pipeline, profile, words, guard=nullcontext if planner else language.running)
    if compiled:
        from assistant.editor.compiling import compile_blocks

        compile_blocks(editor)
    planning = _planning(profile, LocalGate(language))
    return _with_counts(Subject(profile, editor, place, words, planning))


def _planning(profile: Profile, gate: Gate | None) -> Planning:
    old = profile.pipeline in ("QwenImageEditPlusPipeline", "LongCatImageEditPipeline")
    return Planning(gate, "qwen2.5" if old else "qwen3", profile.sees)


def _editor(profile: Profile, weights: Weights) -> StockEditor:
    return StockEditor(shadowed(pipeline_of(profile, weights)), profile, "counted only")


def _with_counts(subject: Subject) -> Subject:
    """With the same models on the meta device, to count."""
    empty = Weights("meta")
    counted = _editor(subject.profile, empty)
    own = planner_of(subject.profile, empty)
    planner = own[0] if own else counted.pipeline.text_encoder.real
    return replace(subject, counted=counted, planner=planner)


def _check_room(profile: Profile, device: torch.device) -> None:
    """Raises DoesNotFit where making it would take what others use."""
    free = psutil.virtual_memory().available if device.type == "cpu" else torch.cuda.mem_get_info(device)[0]
    needed = profile.memory_gb("bf16") + _SPARE_GB
    if free / 1e9 < needed:
        raise DoesNotFit(
            f"{profile.name} at full size needs about {needed:.0f} GB; {free / 1e9:.1f} are free ({device.type}).",
            allowed="Random weights are made in bf16 and made smaller afterwards.",
            remedy="Measure it on another machine, or count it only: --device meta",
        )
