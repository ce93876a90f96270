"""FLUX.3 klein, tiny: a Qwen3-VL of 33 layers (every fourth is read), one block of each kind, a codec of four."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch

from assistant.sketchbook.training.vlm_model import VlmShape
from tests.tiny.klein import codec
from tests.tiny.vision import assert_kept, brain

REPO, UPSAMPLER = "black-forest-labs/flux-3-image-klein", "black-forest-labs/flux-3-image-klein-pup"
_READ = 8
"""Layers of the text encoder."""
_DEEP = VlmShape(
    hidden=16, layers=33, heads=2, key_heads=1, mlp=24, vision_hidden=16, vision_layers=1, vision_heads=2, vision_mlp=24
)


def save(folder: Path) -> Path:
    """As a repository folder: a modular_model_index.json that names the places of the parts."""
    from diffusers.models.transformers.transformer_flux3 import Flux3Transformer2DModel
    from diffusers.modular_pipelines.flux3.modular_blocks_flux3_distilled import Flux3DistilledAutoBlocks

    torch.manual_seed(20261121)
    text_encoder, processor = brain(_DEEP)
    transformer = Flux3Transformer2DModel(
        in_channels=16, cond_in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16,
        num_attention_heads=2, joint_attention_dim=_READ * _DEEP.hidden, timestep_channels=32,
        axes_dims_rope=(4, 4, 4, 4), flow_map=True,
    )  # fmt: skip
    vae = codec()
    parts: dict[str, Any] = {
        "text_encoder": text_encoder, "tokenizer": processor, "transformer": transformer, "vae": vae,
    }  # fmt: skip
    pipeline = Flux3DistilledAutoBlocks().init_pipeline()
    pipeline.update_components(**parts)
    pipeline.save_pretrained(str(folder), overwrite_modular_index=True)
    _as_on_the_hub(folder / "modular_model_index.json")
    assert_kept(processor.tokenizer, folder / "tokenizer")
    return folder


def _as_on_the_hub(index: Path) -> None:
    """The index of a fetched copy still names the repositories on the hub, the upsampler's among them."""
    known = json.loads(index.read_text())
    for name, value in known.items():
        if isinstance(value, list):
            value[2]["pretrained_model_name_or_path"] = UPSAMPLER if name.startswith("prompt_upsampler") else REPO
    index.write_text(json.dumps(known))
