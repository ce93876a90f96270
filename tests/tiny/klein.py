"""FLUX.2 klein, tiny: a Qwen3 of 28 layers (layers 9, 18 and 27 are read), one block of each kind, a codec of four."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from tests.tiny.words import qwen_tokenizer

_HIDDEN = 16


def codec() -> Any:
    """The codec of FLUX.2 and FLUX.3."""
    from diffusers.models.autoencoders.autoencoder_kl_flux2 import AutoencoderKLFlux2

    return AutoencoderKLFlux2(
        block_out_channels=(8, 8, 8, 8), down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4, layers_per_block=1, latent_channels=4, norm_num_groups=4,
        sample_size=64,
    )  # fmt: skip


def klein(kind: str = "Flux2KleinPipeline") -> Any:
    """The pipeline, seeded."""
    import diffusers
    from diffusers.models.transformers.transformer_flux2 import Flux2Transformer2DModel
    from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler
    from transformers import Qwen3Config, Qwen3ForCausalLM

    torch.manual_seed(20261121)
    tokenizer = qwen_tokenizer()
    text_encoder = Qwen3ForCausalLM(
        Qwen3Config(
            vocab_size=len(tokenizer), hidden_size=_HIDDEN, intermediate_size=32, num_hidden_layers=28, head_dim=8,
            num_attention_heads=2, num_key_value_heads=2,
        )
    )  # fmt: skip
    transformer = Flux2Transformer2DModel(
        patch_size=1, in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=3 * _HIDDEN, timestep_guidance_channels=32, axes_dims_rope=(4, 4, 4, 4),
        guidance_embeds=False,
    )  # fmt: skip
    vae = codec()
    parts: Any = {
        "scheduler": FlowMatchEulerDiscreteScheduler(), "vae": vae, "text_encoder": text_encoder.eval(),
        "tokenizer": tokenizer, "transformer": transformer, "is_distilled": True,
    }  # fmt: skip
    return getattr(diffusers, kind)(**parts)


def save(folder: Path, kind: str = "Flux2KleinPipeline") -> Path:
    """As a repository folder."""
    klein(kind).save_pretrained(folder)
    return folder
