"""Every profile from a message to a painted version: its own gate, its own painter, one brain where they share one."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
import torch
from pydantic import BaseModel

from assistant.drafts import Draft, State
from assistant.editor.stock import StockEditor
from assistant.events import StepDone
from assistant.fitting import Placement
from assistant.models.crew import Models
from assistant.models.stock import load_stock
from assistant.pictures import Picture
from assistant.plan import Wish
from assistant.planner import LlmPlanner
from assistant.profiles import Repo
from assistant.session import Session
from assistant.sessions import Sessions
from assistant.steps import Edit
from assistant.store import Store
from assistant.vlm import Gate, Message, Stop, never
from tests.models import tiny_folder
from tests.tiny import BUILDERS, folder_of, tiny

CPU = Placement("cpu", "float32", "bf16", "none", "none", False, 0.1, "tiny")


class Said(BaseModel):
    """An answer that an untrained model can give only rightly."""

    modify: Literal["add a red hat", "make it night"]


class Small:
    """A dialect of one wish: the gate is the real one, the model behind it has learned nothing."""

    def draft(
        self, gate: Gate, state: State, stop: Stop = never, picture: Picture | None = None, complaint: str = ""
    ) -> Draft:
        message = Message("user", "What shall be done?", (picture,) if picture else ())
        said = gate.ask((message,), Said, stop=stop, max_tokens=64)
        return Draft(act="edit", steps=(Edit(modify=said.modify, scope="global"),))

    def repaired(self, answer: str) -> Draft | None:
        return None


@lru_cache
def models_of(name: str) -> Models:
    torch.set_num_threads(1)
    profile = replace(tiny(name), adapters=())  # tests/test_adapters.py puts them on

    def where(repo: Repo) -> Path:
        return tiny_folder() if repo == profile.planner else folder_of(name)

    models = load_stock(profile, where, lambda: CPU)
    assert isinstance(models.planner, LlmPlanner)
    models.planner.dialect = Small()
    return models


def session_of(models: Models, folder: Path) -> Session:
    sessions = Sessions(Store(folder), models.planner, models.editor, models.locator)
    session = sessions.create("ann")
    session.add_picture(Picture(np.random.default_rng(0).integers(0, 256, (70, 90, 3), np.uint8)), "a.png")
    return session


@pytest.mark.parametrize("name", list(BUILDERS))
def test_a_message_becomes_a_painted_version(name: str, tmp_path: Path) -> None:
    models = models_of(name)
    session = session_of(models, tmp_path)
    before = session.picture()
    list(session.run_turn(Wish(message="do something", variants=2), models.planner))
    turn = session.turns[-1]
    assert turn.status == "done", turn.events
    assert len(turn.version_ids) == 2
    assert session.picture().size == before.size
    assert any(isinstance(event, StepDone) for event in turn.events)
    list(session.run_turn(Wish(message="do it again"), models.planner))
    assert session.turns[-1].status == "done", session.turns[-1].events
    assert len(session.history.current.script.steps) == 2  # pyright: ignore[reportOptionalMemberAccess]


def test_too_little_memory_is_a_sentence_and_the_session_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = models_of("klein")
    session = session_of(models, tmp_path)
    tried: list[bool] = []

    def none_left(self: StockEditor, work: object, rule: object, steps: int, on_step: object, at_once: bool) -> None:
        tried.append(at_once)
        raise torch.OutOfMemoryError

    with monkeypatch.context() as short:
        short.setattr(StockEditor, "_called", none_left)
        list(session.run_turn(Wish(message="do something", variants=3), models.planner))
    assert tried == [True, False, False]
    assert session.turns[-1].status == "failed"
    assert "memory" in str(session.turns[-1].events[-1])
    list(session.run_turn(Wish(message="again"), models.planner))
    assert session.turns[-1].status == "done"
