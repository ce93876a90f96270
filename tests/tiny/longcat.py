"""LongCat-Image-Edit, tiny: Qwen2.5-VL, one block of each kind, the codec of FLUX."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from tests.tiny.flux import codec, scheduler
from tests.tiny.qwen_vl import HIDDEN, brain, processor
from tests.tiny.words import qwen_tokenizer


def longcat() -> Any:
    """The pipeline, seeded."""
    from diffusers.models.transformers.transformer_longcat_image import LongCatImageTransformer2DModel
    from diffusers.pipelines.longcat_image.pipeline_longcat_image_edit import LongCatImageEditPipeline

    torch.manual_seed(20261121)
    transformer = LongCatImageTransformer2DModel(
        in_channels=64, num_layers=1, num_single_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=HIDDEN, pooled_projection_dim=HIDDEN, axes_dims_rope=[4, 6, 6],
    )  # fmt: skip
    parts: Any = {
        "scheduler": scheduler(), "vae": codec(), "text_encoder": brain(), "tokenizer": qwen_tokenizer(),
        "text_processor": processor(), "transformer": transformer,
    }  # fmt: skip
    return LongCatImageEditPipeline(**parts)


def save(folder: Path) -> Path:
    """As a repository folder."""
    longcat().save_pretrained(folder)
    return folder
