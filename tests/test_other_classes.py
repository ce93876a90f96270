"""What is ours of two classes: DreamLite with several candidates, and the blocks of FLUX.3 as a pipeline."""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers.pipelines.dreamlite.pipeline_dreamlite_mobile import DreamLiteMobilePipeline
from PIL import Image

from assistant.editor import EditRequest
from assistant.editor.loading import load_pipeline
from assistant.editor.stock import StockEditor
from assistant.errors import EditorError, Stopped
from assistant.pictures import Picture
from tests.tiny import folder_of, tiny
from tests.tiny.flux3 import REPO


def loaded(name: str, folder: Path | None = None) -> Any:
    torch.set_num_threads(1)
    return load_pipeline(tiny(name), folder or folder_of(name), dtype=torch.float32)


def request() -> EditRequest:
    codes = np.random.default_rng(0).integers(0, 256, (70, 90, 3), np.uint8)
    return EditRequest("a red hat", Picture(codes), None, (), (1,), 2)


def test_the_stock_dreamlite_cannot_paint_two_candidates_of_an_edit() -> None:
    parts = loaded("dreamlite").components
    pipeline = DreamLiteMobilePipeline(**parts)
    pipeline.set_progress_bar_config(disable=True)
    picture = Image.new("RGB", (64, 64))
    with pytest.raises(RuntimeError, match="Sizes of tensors must match"):
        pipeline("a hat", picture, num_images_per_prompt=2, num_inference_steps=1)


def test_dreamlites_pad_embedding_changes_nothing_for_one_prompt() -> None:
    pipeline = loaded("dreamlite")
    said: dict[str, Any] = {
        "mode": "generate", "prompts": ["a fox"], "device": torch.device("cpu"), "dtype": torch.float32,
    }  # fmt: skip
    plain, mask = pipeline.encode_prompt(**said)
    padded, _ = pipeline.encode_prompt(**said, text_pad_embedding=torch.full((plain.shape[-1],), 7.0))
    assert mask.all()
    assert torch.equal(plain, padded)


def test_flux3_comes_from_its_folder_alone_and_without_its_upsampler() -> None:
    folder = folder_of("flux3-klein")
    index = json.loads((folder / "modular_model_index.json").read_text())
    assert index["transformer"][2]["pretrained_model_name_or_path"] == REPO  # as on the hub
    assert "prompt_upsampler" in index
    pipeline = loaded("flux3-klein")
    assert not any(name.startswith("prompt_upsampler") for name in pipeline.components)
    assert all(part is not None for part in pipeline.components.values())
    for name in pipeline.pretrained_component_names:
        assert pipeline.get_component_spec(name).pretrained_model_name_or_path == str(folder)


def test_flux3_says_what_is_missing(tmp_path: Path) -> None:
    folder = shutil.copytree(folder_of("flux3-klein"), tmp_path / "repository")
    shutil.rmtree(folder / "transformer")
    with pytest.raises(EditorError, match=r"flux3-klein does not load.*transformer"):
        loaded("flux3-klein", folder)


def test_a_stop_of_flux3_is_not_written_down_as_a_failure(capfd: pytest.CaptureFixture[str]) -> None:
    written: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.addFilter(lambda record: bool(written.append(record)))
    logger = logging.getLogger("diffusers.modular_pipelines.modular_pipeline")
    logger.addHandler(handler)
    pipeline = loaded("flux3-klein")
    editor = StockEditor(pipeline, tiny("flux3-klein"), "print")
    capfd.readouterr()

    def stop(step: int, of: int) -> None:
        raise Stopped

    try:
        with pytest.raises(Stopped):
            editor.edit(request(), stop)
    finally:
        logger.removeHandler(handler)
    assert not written
    assert capfd.readouterr().err == ""  # nor is there a progress bar


def test_flux3_paints_the_same_from_outside_its_device() -> None:
    inside, outside = loaded("flux3-klein"), loaded("flux3-klein")
    here = torch.device("cpu")
    outside.enable_group_offload(onload_device=here, offload_device=here, offload_type="leaf_level", use_stream=False)
    first, second = (
        StockEditor(pipeline, tiny("flux3-klein"), "print").edit(request(), lambda step, of: None)[0].rgb
        for pipeline in (inside, outside)
    )
    assert np.array_equal(first, second)
