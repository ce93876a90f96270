"""The pipeline editor: tiny stock classes with random weights, saved, loaded, painted with."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion_instruct_pix2pix import (
    StableDiffusionInstructPix2PixPipeline,
)
from safetensors.torch import load_file, save_file

from assistant.blobs import MemoryBlobs
from assistant.editor import EditRequest
from assistant.editor.diffusion import PipelineEditor, load_painter, weights_hash
from assistant.errors import EditorError, Stopped
from assistant.keep import enlarged_note
from assistant.pictures import Picture
from assistant.render import Renderer
from assistant.script_files import script_from_data
from assistant.sizes import Box, Size
from assistant.sketchbook.training.codec import CodecShape
from assistant.sketchbook.training.unet import UnetShape, export

HIDDEN = 24
CODEC = CodecShape(encoder_width=8, decoder_width=8, encoder_blocks=(0, 0, 0, 0, 1), decoder_blocks=(1, 0, 0, 0, 0))
UNET = UnetShape(widths=(32, 32), head=16, groups=8, hidden=HIDDEN, cross=32)


def encode(texts: Sequence[str]) -> torch.Tensor:
    """Features that depend on the words."""
    made = torch.zeros(len(texts), 64, HIDDEN)
    for row, text in zip(made, texts, strict=True):
        row[: len(text)] = torch.randn(len(text), HIDDEN, generator=torch.Generator().manual_seed(sum(text.encode())))
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.set_num_threads(1)
    torch.manual_seed(7)
    path = tmp_path_factory.mktemp("painter") / "export"
    codec = CODEC.build()
    with torch.no_grad():
        list(codec.decoder.parameters())[-2].mul_(20)  # else everything it paints is nearly grey
    export(UNET.build(), codec, path)
    return path


@pytest.fixture(scope="module")
def editor(folder: Path) -> PipelineEditor:
    return load_painter(folder, encode, torch.float32)


@pytest.fixture(scope="module")
def view() -> Picture:
    rows, columns = np.mgrid[0:200, 0:150]
    return Picture(np.stack([rows, columns, (rows * columns) // 120], axis=2).astype(np.uint8))


def request(view: Picture, seeds: tuple[int, ...] = (1,), instruction: str = "put a hat on") -> EditRequest:
    return EditRequest(instruction, view, None, (), seeds, 4)


def quiet(_done: int, _total: int) -> None:
    return None


def apart(one: Picture, other: Picture) -> int:
    """Largest difference in codes."""
    return int(np.abs(one.pixels.astype(int) - other.pixels).max())


def test_it_paints_what_words_seed_and_view_decide(editor: PipelineEditor, view: Picture) -> None:
    (painted,) = editor.edit(request(view), quiet)
    assert painted.size == view.size
    assert editor.edit(request(view), quiet) == [painted]
    assert apart(editor.edit(request(view, instruction="make it night"), quiet)[0], painted) > 0
    assert apart(editor.edit(request(view, seeds=(2,)), quiet)[0], painted) > 0
    assert apart(editor.edit(request(Picture(255 - view.pixels)), quiet)[0], painted) > 0


def test_candidates_in_one_batch_are_those_painted_alone(editor: PipelineEditor, view: Picture) -> None:
    together = editor.edit(request(view, seeds=(3, 1, 2**40 + 5)), quiet)
    for seed, picture in zip((3, 1, 2**40 + 5), together, strict=True):
        assert apart(editor.edit(request(view, seeds=(seed,)), quiet)[0], picture) <= 1
    assert len({picture.id for picture in together}) == 3


@pytest.mark.parametrize("size", [(256, 256), (64, 40), (300, 300), (1000, 431), (77, 100), (500, 9), (1, 1), (3, 700)])
def test_every_size_comes_back_as_it_was(editor: PipelineEditor, size: tuple[int, int]) -> None:
    width, height = size
    rng = np.random.default_rng(width)
    view = Picture(rng.integers(0, 256, (height, width, 3)).astype(np.uint8))
    assert editor.edit(request(view), quiet)[0].size == view.size
    echo = editor.echo(view)
    assert echo is not None
    assert echo.size == view.size


def test_the_view_is_the_whole_picture_at_the_trained_size(editor: PipelineEditor) -> None:
    assert editor.view_box(Size(800, 600), Box(10, 10, 20, 20)) == Box(0, 0, 800, 600)
    assert editor.painted_size(Size(800, 600)) == Size(256, 192)
    assert editor.painted_size(Size(80, 60)) == Size(256, 192)
    assert enlarged_note(editor.painted_size(Size(1000, 750)), Size(1000, 750)) == (
        "painted at 256 × 192, enlarged 3.9 ×",
    )


def test_padding_is_reflection(editor: PipelineEditor, view: Picture) -> None:
    assert editor._prepared(view.pixels).shape == (1, 3, 256, 192)
    wide = np.random.default_rng(1).integers(0, 256, (256, 250, 3)).astype(np.uint8)
    prepared = editor._prepared(wide)
    assert prepared.shape == (1, 3, 256, 256)
    assert torch.equal(prepared[0, :, :, :250].permute(1, 2, 0) * 255, torch.from_numpy(wide).float())
    assert torch.equal(prepared[..., 250:], prepared[..., 243:249].flip(-1))


def test_the_echo_knows_nothing_of_words_or_noise(editor: PipelineEditor, view: Picture) -> None:
    assert editor.echo(view) == editor.echo(view)


def test_progress_is_told_and_stop_leaves_it_ready(editor: PipelineEditor, view: Picture) -> None:
    seen: list[tuple[int, int]] = []
    expected = editor.edit(request(view), lambda done, total: seen.append((done, total)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]

    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        editor.edit(request(view), stop)
    assert editor.edit(request(view), quiet) == expected


def test_no_guidance_runs(editor: PipelineEditor, view: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    shapes: list[tuple[torch.Size, torch.Size]] = []
    forward = editor.pipeline.unet.forward

    def watched(sample: torch.Tensor, timestep: torch.Tensor, **more: torch.Tensor) -> object:
        shapes.append((sample.shape, more["encoder_hidden_states"].shape))
        return forward(sample, timestep, **more)

    monkeypatch.setattr(editor.pipeline.unet, "forward", watched)
    editor.edit(request(view, seeds=(1, 2)), quiet)
    assert shapes == [(torch.Size((2, 64, 16, 12)), torch.Size((2, 64, HIDDEN)))] * 4


def test_two_threads_paint_what_turns_would(editor: PipelineEditor, view: Picture) -> None:
    expected = [editor.edit(request(view, seeds=(seed,)), quiet) for seed in range(4)]
    found: dict[int, list[Picture]] = {}

    def work(seed: int) -> None:
        found[seed] = editor.edit(request(view, seeds=(seed,)), quiet)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[seed] for seed in range(4)] == expected


def test_a_new_picture_has_the_size_asked_for(editor: PipelineEditor) -> None:
    pictures = editor.generate("draw a cat", Size(300, 200), (4, 5), quiet)
    assert [picture.size for picture in pictures] == [Size(300, 200)] * 2
    assert pictures[0] != pictures[1]


def test_the_fingerprint_follows_weights_and_precision(folder: Path, editor: PipelineEditor, tmp_path: Path) -> None:
    assert load_painter(folder, encode, torch.float32).fingerprint == editor.fingerprint
    assert load_painter(folder, encode, torch.bfloat16).fingerprint != editor.fingerprint
    assert load_painter(folder, encode, torch.float32, "another encoder").fingerprint != editor.fingerprint
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    assert weights_hash(other) == weights_hash(folder)
    weights = load_file(other / "unet" / "diffusion_pytorch_model.safetensors")
    weights["conv_in.bias"] += 1
    save_file(weights, other / "unet" / "diffusion_pytorch_model.safetensors")
    assert load_painter(other, encode, torch.float32).fingerprint != editor.fingerprint


def test_bfloat16_paints_nearly_the_same(folder: Path, editor: PipelineEditor, view: Picture) -> None:
    half = load_painter(folder, encode, torch.bfloat16).edit(request(view), quiet)[0]
    assert np.abs(half.pixels.astype(int) - editor.edit(request(view), quiet)[0].pixels).mean() < 3


def test_the_folder_is_a_stock_pipeline(folder: Path, editor: PipelineEditor) -> None:
    none = dict.fromkeys(("text_encoder", "tokenizer", "safety_checker", "feature_extractor"))
    stock = StableDiffusionInstructPix2PixPipeline.from_pretrained(folder, dtype=torch.float32, **none)
    assert stock.config["requires_safety_checker"] is False
    assert stock.vae_scale_factor == 16
    for name, weight in stock.unet.state_dict().items():
        assert torch.equal(weight, editor.pipeline.unet.state_dict()[name])


def test_a_folder_without_a_painter_is_a_sentence(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(EditorError, match="There is no painter"):
        load_painter(tmp_path, encode)
    broken = tmp_path / "broken"
    shutil.copytree(folder, broken)
    (broken / "unet" / "config.json").unlink()
    with pytest.raises(EditorError, match="does not load"):
        load_painter(broken, encode)


def test_references_are_refused_in_words(editor: PipelineEditor, view: Picture) -> None:
    with pytest.raises(EditorError, match="second picture"):
        editor.edit(EditRequest("x", view, None, (view,), (1,), 4), quiet)


def test_a_rendered_local_edit_leaves_the_rest_bit_for_bit(editor: PipelineEditor, astronaut: Picture) -> None:
    blobs = MemoryBlobs()
    place = [100, 100, 300, 300]
    steps = [{"op": "edit", "modify": "put a hat on", "where": {"box": place}}]
    script = script_from_data({"original": blobs.put(astronaut.pixels), "steps": steps})
    picture = Renderer(blobs, editor).render(script).picture
    touched = (picture.pixels != astronaut.pixels).any(axis=2)
    assert touched[120:280, 120:280].any()
    touched[50:350, 50:350] = False
    assert not touched.any()
