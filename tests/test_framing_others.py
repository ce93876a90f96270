"""Framing never moves, for the other families' classes: the codec sees what we prepared, at the profiles' own sizes."""

from __future__ import annotations

from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from diffusers.pipelines.qwenimage21.pipeline_qwenimage21 import calculate_dimensions

from assistant.editor import EditRequest
from assistant.editor.loading import load_pipeline
from assistant.editor.sizing import _sizes_that_stay, room_for  # pyright: ignore[reportPrivateUsage]
from assistant.editor.stock import StockEditor, _prepared, smaller  # pyright: ignore[reportPrivateUsage]
from assistant.errors import Stopped
from assistant.pictures import Picture
from assistant.profiles import PROFILES
from tests.tiny import folder_of

NAMES = ["dreamlite", "flux3-klein", "qwen21", "pix2pix"]
SIZES = [(640, 480), (1000, 707), (300, 40), (77, 512), (1024, 1024), (1500, 1000)]


@lru_cache
def editor_of(name: str) -> StockEditor:
    """Of the profile's own sizes."""
    torch.set_num_threads(1)
    return StockEditor(load_pipeline(PROFILES[name], folder_of(name), dtype=torch.float32), PROFILES[name], "print")


def seen(editor: StockEditor, *pictures: Picture) -> list[torch.Tensor]:
    """What the codec is handed for an edit of the first that takes from the others; behind it all is stopped."""
    given: list[torch.Tensor] = []
    channels, factor = (4, 16) if editor.profile.name == "qwen21" else (4, 8)

    def encode(image: torch.Tensor) -> Any:
        given.append(image)
        if len(given) == len(pictures):
            raise Stopped
        *before, height, width = image.shape
        latents = torch.zeros(1, channels, *before[2:], height // factor, width // factor)
        return SimpleNamespace(latent_dist=SimpleNamespace(mode=lambda: latents))

    editor.pictures.function = encode
    editor.pictures.forget()
    if editor.profile.name == "qwen21":  # reads every picture whole before the codec is asked; seconds for nothing here
        editor.texts.function = lambda **_: (torch.zeros(1, 4, 8), None, None)
    with pytest.raises(Stopped):
        editor.edit(EditRequest("a red hat", pictures[0], None, pictures[1:], (1,), 2), lambda step, of: None)
    return given


def picture(size: tuple[int, int], seed: int = 0) -> Picture:
    return Picture(np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), np.uint8))


def prepared(editor: StockEditor, given: Picture) -> torch.Tensor:
    """(3, H, W) as every image processor makes it of codes, to the last bit."""
    codes = _prepared(given.rgb, room_for(editor.rule, given.size))
    return torch.from_numpy(codes.astype(np.float32) / 255).permute(2, 0, 1) * 2 - 1


def assert_untouched(editor: StockEditor, given: list[torch.Tensor], pictures: list[Picture]) -> None:
    for image, each in zip(given, pictures, strict=True):
        expected = prepared(editor, each)
        colours = image.reshape(-1, *expected.shape[1:])
        assert torch.equal(colours[:3], expected)
        assert (colours[3:] == 1).all()  # nothing is transparent


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NAMES)
def test_what_reaches_the_codec_is_what_was_prepared(name: str, size: tuple[int, int]) -> None:
    editor, view = editor_of(name), picture(size)
    assert_untouched(editor, seen(editor, view), [view])


@pytest.mark.parametrize("name", ["flux3-klein", "qwen21"])
def test_references_are_not_resampled_either(name: str) -> None:
    editor = editor_of(name)
    pictures = [picture((1000, 707)), picture((300, 500), 1), picture((640, 100), 2)]
    assert_untouched(editor, seen(editor, *pictures), pictures)


@pytest.mark.parametrize("times", [0, 1, 2])
def test_every_size_of_qwen21_stays(times: int) -> None:
    rule = PROFILES["qwen21"].sizes
    for _ in range(times):
        rule = smaller(rule)
    side = int(rule.pixels**0.5)
    assert side**2 == rule.pixels
    sizes = _sizes_that_stay(rule.pixels, rule.multiple, rule.fills_up)
    assert len(sizes) >= 5
    assert [calculate_dimensions(side**2, size.aspect)[:2] for size in sizes] == list(sizes)
