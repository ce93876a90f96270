"""Qwen-Image 2.1, tiny: a Qwen3-VL whose slots stand for two by two latents, one block, a codec of five stages."""

from __future__ import annotations

from pathlib import Path

import torch

from tests.tiny.vision import assert_kept, brain

_CHANNELS = 4


def save(folder: Path) -> Path:
    """As a repository folder."""
    from diffusers.models.autoencoders.autoencoder_kl_qwenimage21 import AutoencoderKLQwenImage21
    from diffusers.models.transformers.transformer_qwenimage21 import QwenImage21Transformer2DModel
    from diffusers.pipelines.qwenimage21.pipeline_qwenimage21 import QwenImage21Pipeline
    from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler

    torch.manual_seed(20261121)
    text_encoder, processor = brain()
    transformer = QwenImage21Transformer2DModel(
        in_channels=_CHANNELS, out_channels=_CHANNELS, num_layers=1, attention_head_dim=16, num_attention_heads=2,
        context_in_dim=text_encoder.config.text_config.hidden_size, axes_dims_rope=(4, 6, 6),
    )  # fmt: skip
    vae = AutoencoderKLQwenImage21(
        base_dim=8, decoder_base_dim=8, z_dim=_CHANNELS, dim_mult=[1, 1, 1, 1, 1], num_res_blocks=1,
        latents_mean=[0.0] * _CHANNELS, latents_std=[1.0] * _CHANNELS,
    )  # fmt: skip
    pipeline = QwenImage21Pipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True), vae=vae, text_encoder=text_encoder,
        processor=processor, transformer=transformer,
    )  # fmt: skip
    pipeline.save_pretrained(folder)
    assert_kept(processor.tokenizer, folder / "processor")
    return folder
