"""FLUX.1 Kontext, tiny: CLIP and T5, one block of each kind, guidance embedded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from tests.tiny.flux import codec, scheduler
from tests.tiny.words import clip_tokenizer, t5_tokenizer

_HIDDEN = 16


def kontext() -> Any:
    """The pipeline, seeded."""
    from diffusers.models.transformers.transformer_flux import FluxTransformer2DModel
    from diffusers.pipelines.flux.pipeline_flux_kontext import FluxKontextPipeline

    torch.manual_seed(20261121)
    transformer = FluxTransformer2DModel(
        in_channels=64, num_layers=1, num_single_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=_HIDDEN, pooled_projection_dim=_HIDDEN, guidance_embeds=True, axes_dims_rope=(4, 6, 6),
    )  # fmt: skip
    parts: Any = {
        "scheduler": scheduler(), "vae": codec(), "text_encoder": _clip(), "tokenizer": clip_tokenizer(),
        "text_encoder_2": _t5(), "tokenizer_2": t5_tokenizer(), "transformer": transformer,
    }  # fmt: skip
    return FluxKontextPipeline(**parts)


def _clip() -> Any:
    from transformers import CLIPTextConfig, CLIPTextModel

    tokenizer = clip_tokenizer()
    config = CLIPTextConfig(
        vocab_size=len(tokenizer), hidden_size=_HIDDEN, intermediate_size=32, num_hidden_layers=2,
        num_attention_heads=2, max_position_embeddings=77, bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id,
    )  # fmt: skip
    return CLIPTextModel(config).eval()


def _t5() -> Any:
    from transformers import T5Config, T5EncoderModel

    config = T5Config(
        vocab_size=len(t5_tokenizer()), d_model=_HIDDEN, d_kv=8, d_ff=32, num_layers=2, num_heads=2,
        feed_forward_proj="gated-gelu", is_encoder_decoder=False, use_cache=False,
    )  # fmt: skip
    return T5EncoderModel(config).eval()


def save(folder: Path) -> Path:
    """As a repository folder."""
    kontext().save_pretrained(folder)
    return folder
