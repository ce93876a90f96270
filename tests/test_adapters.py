"""LoRAs on the editor's transformer: the keys that real files have, on and off, damaged ones; Lightning's schedule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from assistant.editor import EditRequest
from assistant.editor.loading import load_pipeline
from assistant.editor.stock import StockEditor
from assistant.errors import EditorError
from assistant.pictures import Picture
from tests.tiny import folder_of, tiny

RANK, WIDE = 4, 32
PLACES = ["attn.to_q", "attn.to_k", "attn.to_v", "attn.to_out.0", "attn.add_q_proj", "img_mlp.net.2", "img_mod.1"]
SHAPES = {"img_mlp.net.2": (WIDE, 4 * WIDE), "img_mod.1": (6 * WIDE, WIDE)}
"""Out and in, where they differ."""


def lora(form: str, scale: float = 1.0) -> dict[str, torch.Tensor]:
    """Random weights for both blocks, named as the authors of Lightning do or as peft does."""
    generator = torch.Generator().manual_seed(4)
    weights: dict[str, torch.Tensor] = {}
    for block in range(2):
        for place in PLACES:
            out, into = SHAPES.get(place, (WIDE, WIDE))
            down = torch.randn(RANK, into, generator=generator) * scale
            up = torch.randn(out, RANK, generator=generator) * scale
            name = f"transformer_blocks.{block}.{place}"
            if form == "lightning":
                weights |= {f"{name}.lora_down.weight": down * 8, f"{name}.lora_up.weight": up}
                weights[f"{name}.alpha"] = torch.tensor(RANK / 8)  # as 8 to a rank of 64
            else:
                weights |= {f"transformer.{name}.lora_A.weight": down, f"transformer.{name}.lora_B.weight": up}
    return weights


def saved(path: Path, weights: dict[str, torch.Tensor]) -> Path:
    save_file(weights, path)
    return path


def editor_with(*adapters: Path) -> StockEditor:
    torch.set_num_threads(1)
    pipeline = load_pipeline(tiny("qwen"), folder_of("qwen"), adapters, torch.float32)
    return StockEditor(pipeline, tiny("qwen"), "a fingerprint")


def painted(editor: StockEditor) -> np.ndarray:
    view = Picture(np.random.default_rng(0).integers(0, 256, (70, 90, 3), np.uint8))
    (made,) = editor.edit(EditRequest("a red hat", view, None, (), (1,), 4), lambda step, of: None)
    return made.rgb.astype(int)


@pytest.mark.parametrize("form", ["lightning", "peft"])
def test_an_adapter_paints_otherwise_until_it_is_taken_off(form: str, tmp_path: Path) -> None:
    plain = painted(editor_with())
    editor = editor_with(saved(tmp_path / "light.safetensors", lora(form)))
    assert not np.array_equal(painted(editor), plain)
    editor.pipeline.disable_lora()
    assert np.array_equal(painted(editor), plain)
    editor.pipeline.enable_lora()
    assert not np.array_equal(painted(editor), plain)
    editor.pipeline.unload_lora_weights()
    assert np.array_equal(painted(editor), plain)


def test_both_forms_are_the_same_adapter_and_several_add_up(tmp_path: Path) -> None:
    one = saved(tmp_path / "one.safetensors", lora("lightning"))
    two = saved(tmp_path / "two.safetensors", lora("peft"))
    alone = painted(editor_with(one))
    assert np.array_equal(alone, painted(editor_with(two)))
    both = editor_with(one, two)
    assert both.pipeline.get_active_adapters() == ["adapter0", "adapter1"]
    assert not np.array_equal(alone, painted(both))


def damaged(path: Path) -> None:
    path.write_bytes(saved(path, lora("peft")).read_bytes()[:-100])


def not_weights(path: Path) -> None:
    path.write_bytes(b"<!DOCTYPE html> not found")


def of_another_model(path: Path) -> None:
    save_file({"transformer.blocks.0.mlp.lora_A.weight": torch.zeros(4, 8)}, path)


def of_another_size(path: Path) -> None:
    save_file({name: torch.cat([each, each]) for name, each in lora("peft").items()}, path)


def of_no_lora(path: Path) -> None:
    save_file({"transformer_blocks.0.attn.to_q.weight": torch.zeros(WIDE, WIDE)}, path)


def of_a_text_encoder(path: Path) -> None:
    save_file({"text_encoder.layers.0.q_proj.lora_A.weight": torch.zeros(4, WIDE)}, path)


def missing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize(
    "make", [damaged, not_weights, of_another_model, of_another_size, of_no_lora, of_a_text_encoder, missing]
)
def test_a_file_that_does_not_fit_is_told(make: Any, tmp_path: Path) -> None:
    make(path := tmp_path / "light.safetensors")
    with pytest.raises(EditorError, match=r"“light.safetensors” does not load \(.+\)"):
        editor_with(path)


def test_a_pickle_is_not_read(tmp_path: Path) -> None:
    torch.save(lora("peft"), tmp_path / "light.bin")
    with pytest.raises(EditorError):
        editor_with(tmp_path / "light.bin")


def test_lightning_has_its_authors_schedule() -> None:
    """A shift of 3 whatever the size: 1, 0.9, 0.75, 0.5 for four steps."""
    scheduler = editor_with().pipeline.scheduler
    base, most = scheduler.config["base_shift"], scheduler.config["max_shift"]
    assert base == most
    scheduler.set_timesteps(sigmas=np.linspace(1.0, 0.25, 4), mu=base)
    assert scheduler.sigmas.tolist() == pytest.approx([1.0, 0.9, 0.75, 0.5, 0.0])


def test_others_keep_their_repositories_schedule() -> None:
    own = load_pipeline(tiny("firered"), folder_of("firered"), dtype=torch.float32).scheduler.config
    assert (own["shift_terminal"], own["max_shift"]) == (0.02, 0.9)
