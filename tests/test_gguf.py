"""A painter's transformer from a GGUF file: it paints like its own weights, takes adapters, and bad files are named."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import gguf
import numpy as np
import pytest
import torch
from diffusers.loaders.single_file_model import SINGLE_FILE_LOADABLE_CLASSES

from assistant.editor import EditRequest
from assistant.editor.loading import fingerprint_of, load_pipeline
from assistant.editor.stock import StockEditor
from assistant.errors import (
    CheckpointError,
    DamagedCheckpoint,
    DoesNotFit,
    EditorError,
    NotInstalled,
    UnknownProfile,
    UnsafeCheckpoint,
)
from assistant.fitting import Machine, fit
from assistant.gguf_files import GgufFile, gguf_file
from assistant.models import chosen_profile, load_models
from assistant.pictures import Picture
from assistant.profiles import PROFILES
from tests.test_adapters import lora, saved
from tests.tiny import folder_of, tiny

KIND = gguf.GGMLQuantizationType.Q8_0


def write(path: Path) -> Path:
    """The tiny transformer of Qwen-Image-Edit in 8-bit blocks; what fits no block stays as it is."""
    transformer = load_pipeline(tiny("qwen"), folder_of("qwen"), dtype=torch.float32).transformer
    writer = gguf.GGUFWriter(path, "qwen_image")
    for name, weight in transformer.state_dict().items():
        numbers = weight.numpy()
        if numbers.ndim == 2 and numbers.shape[1] % 32 == 0:
            writer.add_tensor(name, gguf.quants.quantize(numbers, KIND), raw_dtype=KIND)
        else:
            writer.add_tensor(name, numbers)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("gguf") / "qwen-image-edit-2511-Q8_0.gguf")


def painted(own: Path | None, *adapters: Path) -> np.ndarray:
    torch.set_num_threads(1)
    pipeline = load_pipeline(tiny("qwen"), folder_of("qwen"), adapters, torch.float32, gguf=own)
    view = Picture(np.random.default_rng(0).integers(0, 256, (70, 90, 3), np.uint8))
    request = EditRequest("a red hat", view, None, (), (1,), 4)
    (made,) = StockEditor(pipeline, tiny("qwen"), "x").edit(request, lambda step, of: None)
    return made.rgb.astype(int)


def test_it_paints_nearly_as_its_own_weights_do(file: Path) -> None:
    plain, small = painted(None), painted(file)
    assert not np.array_equal(plain, small)
    assert np.abs(plain - small).mean() < 4


def test_an_adapter_works_on_it(file: Path, tmp_path: Path) -> None:
    light = saved(tmp_path / "light.safetensors", lora("peft"))
    plain, small = painted(None, light), painted(file, light)
    assert not np.array_equal(painted(file), small)
    assert np.abs(plain - small).mean() < 4


def test_another_file_is_another_painter(file: Path, tmp_path: Path) -> None:
    folder = folder_of("qwen")
    names = {fingerprint_of(tiny("qwen"), folder, "x", files) for files in ([], [file])}
    assert len(names) == 2
    other = tmp_path / file.name
    content = bytearray(file.read_bytes())
    content[-200:] = bytes(200)
    other.write_bytes(content)
    assert fingerprint_of(tiny("qwen"), folder, "x", [other]) not in names


def test_memory_is_reckoned_with_the_file(file: Path) -> None:
    qwen = PROFILES["qwen"]
    own = gguf_file(file, qwen)
    assert own.within(qwen).memory_gb("bf16") == pytest.approx(
        qwen.memory_gb("bf16") - 2 * qwen.parts.transformer + own.gb, abs=0.2
    )
    card = Machine("cuda", "a card", 24, 24, 64, (8, 9))
    assert fit(own.within(qwen), card, streams=False).precision == "bf16"
    assert fit(qwen, card).precision == "4bit"
    large = GgufFile(file, 21.8).within(qwen)  # never made smaller than it is, however small the rest
    assert large.memory_gb("4bit") > 21.8 + qwen.working_gb
    with pytest.raises(DoesNotFit, match=r"or choose (?!qwen)"):
        fit(large, Machine("cuda", "a card", 16, 16, 64, (8, 9)), streams=False)
    kontext = GgufFile(file, 6.9).within(PROFILES["kontext"])
    with pytest.raises(DoesNotFit, match="hours"):  # fewer bits are no less work
        fit(kontext, Machine(ram_free_gb=64))


def test_whoever_takes_one_has_a_transformer_that_loads_from_a_file(file: Path) -> None:
    taking = {"klein", "klein-kv", "qwen", "firered", "qwen21", "kontext"}
    for name in PROFILES.keys() - taking:
        with pytest.raises(UnsafeCheckpoint, match=f"{name} cannot.*These can: klein, klein-kv"):
            gguf_file(file, PROFILES[name])
    for name in taking:
        assert gguf_file(file, PROFILES[name]).path == file
        pipeline = load_pipeline(tiny(name), folder_of(name), dtype=torch.float32)
        assert type(pipeline.transformer).__name__ in SINGLE_FILE_LOADABLE_CLASSES


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (None, NotInstalled, "There is no file"),
        (b"<!doctype html>", UnsafeCheckpoint, "not a GGUF file"),
        (b"GGUF\x09\x00\x00\x00", DamagedCheckpoint, "version 9"),
    ],
)
def test_bad_files_are_named(tmp_path: Path, content: bytes | None, error: type[CheckpointError], words: str) -> None:
    path = tmp_path / "own.gguf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error, match=words):
        load_models(PROFILES["qwen"], gguf=path)


def test_auto_does_not_choose_for_a_file(file: Path) -> None:
    with pytest.raises(UnknownProfile, match="--profile"):
        chosen_profile("auto", file)


def test_a_file_cut_short_is_said_to_be(file: Path, tmp_path: Path) -> None:
    short = tmp_path / "short.gguf"
    short.write_bytes(file.read_bytes()[:3000])
    with pytest.raises(EditorError, match="does not load"):
        painted(short)


def test_a_missing_package_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EditorError, match=r"gguf.*\[gpu\]"):
        painted(file)
