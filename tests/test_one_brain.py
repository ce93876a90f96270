"""Planner and painter share one Qwen2.5-VL: neither notices the other."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import numpy as np
import pytest
import torch
from pydantic import BaseModel, Field

from assistant.editor import EditRequest
from assistant.editor.loading import load_pipeline
from assistant.editor.stock import StockEditor
from assistant.pictures import Picture
from assistant.vlm import Message
from assistant.vlm.local import LanguageModel, LocalGate, _Reading  # pyright: ignore[reportPrivateUsage]
from tests.tiny import folder_of, tiny


class Answer(BaseModel):
    act: Literal["edit", "ask"]
    words: str = Field(max_length=12)
    strength: int = Field(ge=0, le=99)


class Brain(NamedTuple):
    """One module for two."""

    editor: StockEditor
    gate: LocalGate


@lru_cache
def brain_of(name: str) -> Brain:
    torch.set_num_threads(1)
    pipeline = load_pipeline(tiny(name), folder_of(name), dtype=torch.float32)
    language = LanguageModel.shared(pipeline)
    return Brain(StockEditor(pipeline, tiny(name), "a fingerprint", guard=language.running), LocalGate(language))


@pytest.fixture(params=["qwen", "longcat"])
def brain(request: pytest.FixtureRequest) -> Brain:
    return brain_of(request.param)


def picture(width: int = 140, height: int = 90, seed: int = 0) -> Picture:
    return Picture(np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8))


def plan(brain: Brain, words: str = "what is to be done?") -> list[Answer]:
    messages = [Message("system", "You plan."), Message("user", words, (picture(), picture(200, 333, 1)))]
    return [brain.gate.ask(messages, Answer), brain.gate.ask([Message("user", words)], Answer)]


def edit(brain: Brain, words: str) -> np.ndarray:
    request = EditRequest(words, picture(), None, (), (1,), 2)
    return brain.editor.edit(request, lambda step, of: None)[0].pixels


def test_the_planner_is_the_text_encoder(brain: Brain) -> None:
    assert brain.gate.language.model is brain.editor.pipeline.text_encoder


def test_plans_are_the_same_before_and_after_an_edit(brain: Brain) -> None:
    before = plan(brain)
    edit(brain, "a red hat")
    assert plan(brain) == before
    assert brain.gate.language.model.model.rope_deltas is None


def test_edits_are_the_same_before_and_after_a_plan(brain: Brain) -> None:
    brain.editor.texts.forget()
    before = edit(brain, "a green hat")
    plan(brain)
    brain.editor.texts.forget()
    assert np.array_equal(edit(brain, "a green hat"), before)


def test_token_by_token_is_the_same_as_all_at_once(brain: Brain) -> None:
    """With a cache, behind a picture: places are counted on from where the picture ends."""
    language = brain.gate.language
    encoded = language.encoder.messages([Message("user", "what?", (picture(),))])
    reading = _Reading(language)
    reading.prompt(encoded)
    stepwise = [reading.more([token]) for token in (5, 9, 11)][-1]
    kinds = torch.nn.functional.pad(encoded.vision["mm_token_type_ids"], (0, 3))
    with language.running():
        whole = language.model(
            input_ids=torch.tensor([[*encoded.ids, 5, 9, 11]]), **{**encoded.vision, "mm_token_type_ids": kinds}
        )
    assert encoded.ids.count(language.processor.image_token_id) >= 4
    assert torch.allclose(stepwise, whole.logits[0, -1], atol=1e-4)


def test_planning_and_painting_at_once_is_as_in_turns(brain: Brain) -> None:
    words = ("a red hat", "no hat", "make it night")

    def plans() -> list[Any]:
        return [plan(brain, each) for each in words]

    def edits() -> list[Any]:
        brain.editor.texts.forget()
        return [edit(brain, each) for each in words]

    alone = plans(), edits()
    results: dict[str, list[Any]] = {}
    work = {"a": plans, "b": plans, "c": edits, "d": edits}
    threads = [
        threading.Thread(target=lambda name=name, each=each: results.update({name: each()}))
        for name, each in work.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results["a"] == results["b"] == alone[0]
    assert all(np.array_equal(*pair) for name in "cd" for pair in zip(results[name], alone[1], strict=True))


def test_the_planner_may_think_while_the_painter_paints(brain: Brain) -> None:
    """The lock is held around the encoder only."""
    free: list[bool] = []

    def on_step(step: int, of: int) -> None:
        def attempt() -> None:
            free.append(brain.gate.language.lock.acquire(blocking=False))
            if free[-1]:
                brain.gate.language.lock.release()

        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()

    brain.editor.texts.forget()
    brain.editor.edit(EditRequest("a red hat", picture(), None, (), (1,), 2), on_step)
    assert free == [True, True]


def test_a_repository_without_a_chat_template_plans_too(brain: Brain, monkeypatch: pytest.MonkeyPatch) -> None:
    before = plan(brain)
    monkeypatch.setattr(brain.gate.language.processor, "chat_template", None)
    assert plan(brain) == before
