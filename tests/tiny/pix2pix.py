"""InstructPix2Pix, tiny: a CLIP of words, two stages of a U-Net, a codec of four."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from tests.tiny.vision import assert_kept


def clip_tokenizer() -> Any:
    """A letter for each token, in CLIP's own class and at its own length."""
    from transformers import CLIPTokenizer

    letters = sorted({chr(code) for code in range(33, 127) if not chr(code).isupper()})
    words = [*letters, *(letter + "</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    vocabulary = {word: number for number, word in enumerate(words)}
    return CLIPTokenizer(vocab=vocabulary, merges=[], model_max_length=77)


def save(folder: Path) -> Path:
    """As a repository folder."""
    from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
    from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion_instruct_pix2pix import (
        StableDiffusionInstructPix2PixPipeline,
    )
    from diffusers.schedulers.scheduling_euler_ancestral_discrete import EulerAncestralDiscreteScheduler
    from transformers import CLIPTextConfig, CLIPTextModel

    torch.manual_seed(20261121)
    tokenizer = clip_tokenizer()
    text_encoder = CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokenizer), hidden_size=16, intermediate_size=24, num_hidden_layers=2,
            num_attention_heads=2, bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )  # fmt: skip
    unet = UNet2DConditionModel(
        in_channels=8, out_channels=4, block_out_channels=(8, 16), layers_per_block=1, norm_num_groups=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=16, attention_head_dim=2,
    )  # fmt: skip
    four: dict[str, Any] = {
        "block_out_channels": (8, 8, 8, 8), "down_block_types": ("DownEncoderBlock2D",) * 4,
        "up_block_types": ("UpDecoderBlock2D",) * 4,
    }  # fmt: skip
    vae = AutoencoderKL(**four, layers_per_block=1, latent_channels=4, norm_num_groups=4, sample_size=64)
    parts: Any = {
        "vae": vae, "text_encoder": text_encoder.eval(), "tokenizer": tokenizer, "unet": unet,
        "scheduler": EulerAncestralDiscreteScheduler(), "safety_checker": None, "feature_extractor": None,
    }  # fmt: skip
    StableDiffusionInstructPix2PixPipeline(**parts, requires_safety_checker=False).save_pretrained(folder)
    assert_kept(tokenizer, folder / "tokenizer")
    return folder
