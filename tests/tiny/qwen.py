"""Qwen-Image-Edit, tiny: the settings of 2511 (pictures to edit are clean at every step) and of 2509, FireRed's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from tests.tiny.qwen_vl import HIDDEN, brain, processor
from tests.tiny.words import qwen_tokenizer

_LATENT = 4


def qwen(zero_cond_t: bool) -> Any:
    """The pipeline, seeded."""
    from diffusers.pipelines.qwenimage.pipeline_qwenimage_edit_plus import QwenImageEditPlusPipeline
    from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler

    torch.manual_seed(20261121)
    scheduler = FlowMatchEulerDiscreteScheduler(
        use_dynamic_shifting=True, base_shift=0.5, max_shift=0.9, max_image_seq_len=8192, shift_terminal=0.02
    )
    parts: Any = {
        "scheduler": scheduler, "vae": codec(), "text_encoder": brain(), "tokenizer": qwen_tokenizer(),
        "processor": processor(), "transformer": transformer(zero_cond_t),
    }  # fmt: skip
    return QwenImageEditPlusPipeline(**parts)


def codec() -> Any:
    from diffusers.models.autoencoders.autoencoder_kl_qwenimage import AutoencoderKLQwenImage

    return AutoencoderKLQwenImage(
        base_dim=8, z_dim=_LATENT, dim_mult=[1, 1, 1, 1], num_res_blocks=1, latents_mean=[0.1] * _LATENT,
        latents_std=[1.5] * _LATENT,
    )  # fmt: skip


def transformer(zero_cond_t: bool) -> Any:
    from diffusers.models.transformers.transformer_qwenimage import QwenImageTransformer2DModel

    return QwenImageTransformer2DModel(
        patch_size=2, in_channels=4 * _LATENT, out_channels=_LATENT, num_layers=2, attention_head_dim=16,
        num_attention_heads=2, joint_attention_dim=HIDDEN, axes_dims_rope=(4, 6, 6), zero_cond_t=zero_cond_t,
    )  # fmt: skip


def save(folder: Path, zero_cond_t: bool = True) -> Path:
    """As a repository folder."""
    qwen(zero_cond_t).save_pretrained(folder)
    return folder
