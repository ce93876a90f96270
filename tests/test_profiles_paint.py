"""Every profile's editor: the same classes at tiny size, loaded by the real code, painting."""

from __future__ import annotations

import inspect
from functools import lru_cache
from typing import Any

import diffusers
import numpy as np
import pytest
import torch

from assistant.editor import EditRequest
from assistant.editor.calls import TRAITS, Call
from assistant.editor.flux3 import blocks
from assistant.editor.loading import fingerprint_of, load_pipeline
from assistant.editor.stock import StockEditor
from assistant.errors import EditorError, Stopped
from assistant.pictures import Picture
from assistant.profiles import PROFILES
from assistant.sizes import Box, Size
from tests.tiny import BUILDERS, folder_of, tiny

SEEDS = (11, 12, 13)


@lru_cache
def editor_of(name: str) -> StockEditor:
    torch.set_num_threads(1)
    profile, folder = tiny(name), folder_of(name)
    pipeline = load_pipeline(profile, folder, dtype=torch.float32)
    return StockEditor(pipeline, profile, fingerprint_of(profile, folder, "float32"))


@pytest.fixture(params=list(BUILDERS))
def editor(request: pytest.FixtureRequest) -> StockEditor:
    return editor_of(request.param)


def view(width: int = 90, height: int = 70, seed: int = 0) -> Picture:
    return Picture(np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8))


def painted(
    editor: StockEditor, seeds: tuple[int, ...] = SEEDS[:1], words: str = "a red hat", of: Picture | None = None,
    references: tuple[Picture, ...] = (),
) -> list[np.ndarray]:  # fmt: skip
    request = EditRequest(words, of or view(), None, references, seeds, editor.num_inference_steps)
    return [picture.rgb.astype(int) for picture in editor.edit(request, lambda step, of: None)]


def test_every_profile_has_tiny_classes() -> None:
    assert set(BUILDERS) == set(PROFILES) - {"sketchbook"}


@pytest.mark.parametrize(("width", "height"), [(90, 70), (300, 40), (33, 129), (640, 480)])
def test_a_picture_comes_back_at_its_own_size(editor: StockEditor, width: int, height: int) -> None:
    request = EditRequest("a red hat", view(width, height), None, (), (1,), editor.num_inference_steps)
    (picture,) = editor.edit(request, lambda step, of: None)
    assert picture.size == (width, height)
    assert picture.pixels.std() > 0


def test_words_seed_and_picture_each_count_and_nothing_else(editor: StockEditor) -> None:
    (first,) = painted(editor)
    assert np.array_equal(first, painted(editor)[0])
    for other in (painted(editor, (99,)), painted(editor, words="no hat"), painted(editor, of=view(seed=5))):
        assert not np.array_equal(first, other[0])


def test_candidates_are_those_of_their_seeds(editor: StockEditor) -> None:
    together = painted(editor, SEEDS)
    assert len(together) == len(SEEDS)
    assert not np.array_equal(together[0], together[1])
    for seed, picture in zip(SEEDS, together, strict=True):
        (alone,) = painted(editor, (seed,))
        assert np.abs(alone - picture).mean() < 1.0  # a batch rounds otherwise


def test_each_step_is_told_and_can_be_the_last(editor: StockEditor) -> None:
    told: list[tuple[int, int]] = []
    request = EditRequest("a red hat", view(), None, (), SEEDS[:1], editor.num_inference_steps)
    editor.edit(request, lambda step, of: told.append((step, of)))
    assert told == [(step, editor.num_inference_steps) for step in range(1, editor.num_inference_steps + 1)]
    before = painted(editor)

    def stop(step: int, of: int) -> None:
        if step == 2:
            raise Stopped

    with pytest.raises(Stopped):
        editor.edit(request, stop)
    assert np.array_equal(before[0], painted(editor)[0])  # nothing is left of what was stopped


def test_references_are_seen_or_refused(editor: StockEditor) -> None:
    most = editor.profile.sizes.references
    others = tuple(view(80, 60, seed) for seed in range(7, 8 + most))
    with pytest.raises(EditorError, match="other picture"):
        painted(editor, references=others)
    if most:
        plain, one = painted(editor)[0], painted(editor, references=others[:1])[0]
        assert not np.array_equal(plain, one)
        assert not np.array_equal(one, painted(editor, references=(view(80, 60, 99),))[0])
        assert len(painted(editor, references=others[:most])) == 1


def test_a_new_picture_from_words(editor: StockEditor) -> None:
    one, two = editor.generate("a fox", Size(120, 80), SEEDS[:2], lambda step, of: None)
    assert one.size == two.size == (120, 80)
    assert not np.array_equal(one.pixels, two.pixels)


def test_the_echo_is_the_codecs_own(editor: StockEditor) -> None:
    echo = editor.echo(view())
    assert echo is not None
    assert echo.size == (90, 70)
    again = editor.echo(view())
    assert again is not None
    assert np.array_equal(echo.pixels, again.pixels)


def test_a_place_in_a_large_picture_is_seen_with_what_is_around_it(editor: StockEditor) -> None:
    size, box = Size(3000, 2000), Box(100, 1500, 160, 1540)
    seen = editor.view_box(size, box)
    assert seen.contains(box)
    assert size.box.contains(seen)
    assert seen.size.pixels >= 0.9 * min(size.pixels, editor.rule.pixels)


def test_texts_and_pictures_are_encoded_once(editor: StockEditor) -> None:
    editor.texts.forget()
    editor.pictures.forget()
    painted(editor)
    misses = editor.texts.misses, editor.pictures.misses
    painted(editor, (77,))
    assert (editor.texts.misses, editor.pictures.misses) == misses


@pytest.mark.parametrize("name", [name for name in PROFILES if name != "sketchbook"])
@pytest.mark.parametrize("count", [1, 3])
def test_the_class_takes_every_argument_that_we_pass(name: str, count: int) -> None:
    profile = PROFILES[name]
    trait = TRAITS[profile.pipeline]
    from PIL import Image

    pictures = [Image.new("RGB", (64, 64))] * (1 + profile.sizes.references)
    generators = [torch.Generator()] * (count if trait.batches else 1)
    call = Call("words", pictures[0], tuple(pictures[1:]), Size(64, 64), generators, 4, profile.guidance)
    passed: dict[str, Any] = {**trait.arguments(call), "output_type": "np"}
    if trait.calls_back:
        passed["callback_on_step_end"] = print
    known = taken_by(profile.pipeline)
    assert set(passed) <= known, set(passed) - known
    assert trait.calls_back == ("callback_on_step_end" in known)


def taken_by(name: str) -> set[str]:
    """The arguments of a class's call; blocks declare theirs."""
    if name == "Flux3DistilledModularPipeline":
        return set(blocks().input_names)
    return set(inspect.signature(getattr(diffusers, name).__call__).parameters)
