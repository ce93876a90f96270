"""Qwen2.5-VL, tiny, with its processor: the brain of Qwen-Image-Edit and of LongCat."""

from __future__ import annotations

from typing import Any

from assistant.vlm.encoding import CHAT
from tests.tiny.words import qwen_tokenizer

HIDDEN = 32
_PATCH, _MERGE = 14, 2


def brain() -> Any:
    """The model; its weights come from torch's own generator."""
    from transformers import GenerationConfig, Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration

    tokenizer = qwen_tokenizer()
    number = tokenizer.convert_tokens_to_ids
    config = Qwen2_5_VLConfig(
        text_config={
            "vocab_size": len(tokenizer), "hidden_size": HIDDEN, "intermediate_size": 48, "num_hidden_layers": 2,
            "num_attention_heads": 2, "num_key_value_heads": 1, "max_position_embeddings": 4096,
            "rope_parameters": {"rope_type": "default", "rope_theta": 10000.0, "mrope_section": [2, 3, 3]},
            "bos_token_id": None, "eos_token_id": number("<|im_end|>"),
        },
        vision_config={
            "depth": 2, "hidden_size": 16, "intermediate_size": 24, "num_heads": 2, "patch_size": _PATCH,
            "spatial_merge_size": _MERGE, "temporal_patch_size": 2, "out_hidden_size": HIDDEN, "window_size": 112,
            "fullatt_block_indexes": [1],
        },
        image_token_id=number("<|image_pad|>"), video_token_id=number("<|video_pad|>"),
        vision_start_token_id=number("<|vision_start|>"), vision_end_token_id=number("<|vision_end|>"),
    )  # fmt: skip
    model = Qwen2_5_VLForConditionalGeneration(config)
    ends = [number("<|im_end|>"), number("<|endoftext|>")]
    model.generation_config = GenerationConfig(do_sample=False, eos_token_id=ends, pad_token_id=ends[1])
    return model.eval()


def processor() -> Any:
    """What turns words and pictures into tensors, few of them."""
    from transformers import Qwen2VLImageProcessorPil, Qwen2VLProcessor, Qwen2VLVideoProcessor

    side = _PATCH * _MERGE
    return Qwen2VLProcessor(
        image_processor=Qwen2VLImageProcessorPil(
            size={"shortest_edge": 4 * side**2, "longest_edge": 64 * side**2}, patch_size=_PATCH, merge_size=_MERGE,
            temporal_patch_size=2,
        ),
        tokenizer=qwen_tokenizer(), video_processor=Qwen2VLVideoProcessor(patch_size=_PATCH, merge_size=_MERGE),
        chat_template=CHAT,
    )  # fmt: skip
