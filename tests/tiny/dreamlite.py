"""DreamLite mobile, tiny: a Qwen3-VL, three stages of a U-Net, a codec of four."""

from __future__ import annotations

from pathlib import Path

import torch

from tests.tiny.vision import assert_kept, brain


def save(folder: Path) -> Path:
    """As a repository folder."""
    from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny
    from diffusers.models.unets.unet_dreamlite import DreamLiteUNetModel
    from diffusers.pipelines.dreamlite.pipeline_dreamlite_mobile import DreamLiteMobilePipeline
    from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler

    torch.manual_seed(20261121)
    text_encoder, processor = brain()
    hidden = text_encoder.config.text_config.hidden_size
    unet = DreamLiteUNetModel(
        block_out_channels=(8, 8, 16), layers_per_block=1, attention_head_dim=(1, 1, 2), norm_num_groups=4,
        cross_attention_dim=16, encoder_hid_dim=hidden, encoder_hid_dim_type="text_proj_rms",
        addition_embed_type="time", addition_time_embed_dim=8, projection_class_embeddings_input_dim=16,
    )  # fmt: skip
    vae = AutoencoderTiny(
        encoder_block_out_channels=(8, 8, 8, 8), decoder_block_out_channels=(8, 8, 8, 8),
        num_encoder_blocks=(1, 1, 1, 1), num_decoder_blocks=(1, 1, 1, 1),
    )  # fmt: skip
    pipeline = DreamLiteMobilePipeline(
        text_encoder=text_encoder, tokenizer=processor.tokenizer, processor=processor, vae=vae, unet=unet,
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True),
    )  # fmt: skip
    pipeline.save_pretrained(folder)
    assert_kept(processor.tokenizer, folder / "tokenizer")
    return folder
