"""Framing never moves: at the profiles' own sizes, what reaches the codec is what we prepared, bit for bit."""

from __future__ import annotations

import importlib
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from assistant.editor import EditRequest
from assistant.editor.area import held_to
from assistant.editor.calls import TRAITS
from assistant.editor.loading import load_pipeline
from assistant.editor.sizing import _sizes_that_stay, room_for  # pyright: ignore[reportPrivateUsage]
from assistant.editor.stock import StockEditor, _prepared, smaller  # pyright: ignore[reportPrivateUsage]
from assistant.errors import EditorError
from assistant.pictures import Picture
from assistant.profiles import PROFILES, SizeRule
from assistant.sizes import Size
from tests.tiny import folder_of

NAMES = ["qwen", "firered", "longcat", "kontext"]
FILLING = ["qwen", "firered", "longcat"]
SIZES = [(640, 480), (1000, 707), (300, 40), (77, 512), (1024, 1024), (1500, 1000), (1117, 901)]


@lru_cache
def editor_of(name: str) -> StockEditor:
    """Of the profile's own sizes; its transformer and its codec only pass things on."""
    torch.set_num_threads(1)
    profile = PROFILES[name]
    pipeline = load_pipeline(profile, folder_of(name), dtype=torch.float32)
    pipeline.transformer.forward = lambda hidden_states, **_: (hidden_states,)
    pipeline.vae.decode = _decode
    return StockEditor(pipeline, profile, "a fingerprint")


def _decode(latents: torch.Tensor, return_dict: bool = True) -> tuple[torch.Tensor]:
    *before, height, width = latents.shape
    return (torch.zeros(before[0], 3, *before[2:], height * 8, width * 8),)


def _spied(editor: StockEditor) -> list[np.ndarray]:
    """Where every picture that reaches the codec will lie, (H, W, 3) in -1..1."""
    seen: list[np.ndarray] = []

    def encode(image: torch.Tensor) -> Any:
        *before, height, width = image.shape
        seen.append(image.reshape(3, height, width).numpy().transpose(1, 2, 0))
        channels = getattr(editor.pipeline.vae.config, "latent_channels", None) or editor.pipeline.vae.config.z_dim
        return SimpleNamespace(latents=torch.zeros(before[0], channels, *before[2:], height // 8, width // 8))

    editor.pictures.function = encode
    editor.pictures.forget()
    return seen


def picture(size: tuple[int, int], seed: int = 0) -> Picture:
    return Picture(np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), np.uint8))


def edited(editor: StockEditor, view: Picture, *references: Picture) -> Picture:
    (made,) = editor.edit(EditRequest("a red hat", view, None, references, (1,), 2), lambda step, of: None)
    return made


def assert_untouched(seen: list[np.ndarray], pictures: list[Picture], rule: SizeRule) -> None:
    assert len(seen) == len(pictures)
    for numbers, given in zip(seen, pictures, strict=True):
        prepared = _prepared(given.rgb, room_for(rule, given.size))
        assert np.array_equal(numbers, 2.0 * (prepared.astype(np.float32) / 255) - 1)  # the processor's arithmetic


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NAMES)
def test_what_reaches_the_codec_is_what_was_prepared(name: str, size: tuple[int, int]) -> None:
    editor = editor_of(name)
    seen = _spied(editor)
    assert edited(editor, picture(size)).size == size
    assert_untouched(seen, [picture(size)], editor.rule)


@pytest.mark.parametrize("name", [name for name in NAMES if PROFILES[name].sizes.references])
def test_references_are_not_resampled_either(name: str) -> None:
    editor = editor_of(name)
    seen = _spied(editor)
    pictures = [picture((1000, 707)), picture((300, 500), 1), picture((640, 100), 2)]
    assert edited(editor, *pictures).size == (1000, 707)
    assert_untouched(seen, pictures, editor.rule)


@pytest.mark.parametrize("name", NAMES)
def test_smaller_for_want_of_memory_is_not_resampled_either(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = editor_of(name)
    failures, passed_on = [1, 1], editor.pipeline.transformer.forward

    def forward(**given: Any) -> Any:
        if failures:
            failures.pop()
            raise torch.OutOfMemoryError
        return passed_on(**given)

    monkeypatch.setattr(editor.pipeline.transformer, "forward", forward)
    seen, view = _spied(editor), picture((1500, 1000))
    assert edited(editor, view).size == (1500, 1000)
    assert_untouched(seen[-1:], [view], smaller(editor.rule))
    assert seen[-1].size < 0.6 * seen[0].size


@pytest.mark.parametrize("name", FILLING)
@pytest.mark.parametrize("pixels", [1024**2, 724**2, 128**2])
def test_every_size_that_stays_stays(name: str, pixels: int) -> None:
    profile, module = PROFILES[name], TRAITS[PROFILES[name].pipeline].area
    owner = importlib.import_module(module)
    sizes = _sizes_that_stay(pixels, profile.sizes.multiple, profile.sizes.fills_up)
    assert len(sizes) >= 5
    with held_to(module, pixels):
        assert [owner.calculate_dimensions(1024 * 1024, size.aspect) for size in sizes] == list(sizes)
        assert owner.calculate_dimensions(384 * 384, 1.0) == (384, 384)


def test_an_area_is_given_back() -> None:
    module = TRAITS["LongCatImageEditPipeline"].area
    owner = importlib.import_module(module)
    own = owner.calculate_dimensions
    with held_to(module, 128**2), pytest.raises(ZeroDivisionError):
        owner.calculate_dimensions(1024 * 1024, 0.0)
    assert owner.calculate_dimensions is own
    with pytest.raises(KeyError), held_to(module, 128**2):
        raise KeyError
    with held_to(module, 1024**2):
        assert owner.calculate_dimensions is own
    assert owner.calculate_dimensions is own


@pytest.mark.parametrize("name", NAMES)
def test_little_is_wasted_on_what_a_view_is_continued_by(name: str) -> None:
    rule = PROFILES[name].sizes
    for width, height in [(640, 480), (480, 640), (1500, 1000), (1000, 1000), (1920, 1080), (1080, 1920)]:
        room = room_for(rule, Size(width, height))
        assert room.inner.pixels >= 0.9 * room.outer.pixels


def test_another_size_than_was_asked_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    editor = editor_of("kontext")
    _spied(editor)
    monkeypatch.setattr(editor.pipeline.vae, "decode", lambda *_, **__: (torch.zeros(1, 3, 512, 512),))
    with pytest.raises(EditorError, match="512 × 512"):
        edited(editor, picture((640, 480)))
