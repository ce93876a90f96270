"""The training of the eyes at tiny size: what is asked is what the scene shows, and only the eyes learn."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.random import default_rng
from safetensors.torch import load_file

from assistant.sketchbook.draw import draw
from assistant.sketchbook.scene import Color, Glasses, Hat, Place, Scene, Side
from assistant.sketchbook.training import eyes
from assistant.sketchbook.training.eyes import CELLS, PLACED, EyesSettings, lesson, train_eyes
from assistant.sketchbook.training.running import Budget
from assistant.sketchbook.training.shards import SIDE, draw_shards
from assistant.sketchbook.training.vlm import export
from assistant.sketchbook.training.vlm_model import TINY, build_model, build_tokenizer
from assistant.sketchbook.training.vlm_pictures import WHOLE, View

STEPS = 4
SCENE = Scene(hat=Hat.BERET, hat_color=Color.GREEN, glasses=Glasses.NONE, place=Place.BEACH)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> EyesSettings:
    folder = tmp_path_factory.mktemp("eyes")
    tokenizer = build_tokenizer(["look: hat; a green beret"] * 3, 400)
    torch.manual_seed(0)
    export(build_model(TINY, tokenizer), tokenizer, folder / "start")
    shards = draw_shards(folder / "shards", 0, 4, lambda done, of: None)
    budget = Budget(steps=STEPS, checkpoint_steps=2)
    return EyesSettings(folder / "out", folder / "start", shards, budget, batch=4, held_out=3)


def answered(questions: list[int]) -> dict[str, str]:
    """The answers in words; without those that are not known."""
    pairs = zip(eyes._QUESTIONS.items(), questions, strict=True)
    return {name: str(words[number]) for (name, words), number in pairs if number >= 0}


def test_a_lesson_tells_what_the_scene_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eyes, "random_view", lambda rng: View(WHOLE))
    made = lesson(default_rng(0), SCENE, draw(SCENE, SIDE))
    told = answered(made.answers)
    assert told["hat"] == "beret"
    assert told["hat color"] == "green"
    assert told["glasses"] == "none"
    assert "glasses color" not in told
    assert told["place"] == "beach"
    assert told["kind"] == "sketch"
    hat, glasses = (made.places[PLACED.index(name)] for name in ("hat", "glasses"))
    assert hat[: CELLS // 2].any()
    assert not hat[CELLS - 1].any()
    assert not glasses.any()


def test_grey_hides_colors_and_a_photograph_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eyes, "random_view", lambda rng: View(WHOLE, grey=True))
    told = answered(lesson(default_rng(0), SCENE.model_copy(update={"side": Side.LEFT}), draw(SCENE, SIDE)).answers)
    assert "hair_color" not in told
    assert told["place"] == "beach"
    other = lesson(default_rng(1), None, None)
    assert answered(other.answers) == {"kind": "photo"}
    assert (other.places < 0).all()


def test_only_the_eyes_learn_and_a_stop_changes_nothing(settings: EyesSettings, tmp_path: Path) -> None:
    straight = train_eyes(settings, False, lambda line: None)
    other = EyesSettings(**{**vars(settings), "out": tmp_path / "stopped"})
    train_eyes(other, False, lambda line: None, stop=lambda step: step == 2)
    assert not (other.out / "report.json").exists()
    gone_on = train_eyes(other, True, lambda line: None)
    for one, two in zip(straight.eyes.parameters(), gone_on.eyes.parameters(), strict=True):
        assert torch.equal(one, two)
    start = load_file(settings.start / "model.safetensors")
    end = load_file(settings.out / "export" / "model.safetensors")
    changed = {name for name in start if not torch.equal(start[name].float(), end[name].to(start[name].dtype).float())}
    assert changed
    assert all(".visual." in name for name in changed)
    report = json.loads((settings.out / "report.json").read_text())
    assert set(report["told_right"]) <= set(eyes._QUESTIONS)
    assert all(0 <= value <= 1 for value in report["told_right"].values())
    assert np.isfinite(straight._stepper.usual)
