"""A tiny Qwen3-VL and its processor, as text encoder of several pipelines, and what shows that words survive saving."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.sketchbook.training.vlm_model import TINY, VlmShape, build_model, build_processor
from assistant.vlm.encoding import CHAT
from tests.tiny.words import qwen_tokenizer

_SENTENCE = "make the hat green and write Hello, a fox"


def brain(shape: VlmShape = TINY) -> tuple[Any, Any]:
    """Model and processor, from torch's own generator. The processor leaves multiples of 32 px as they are."""
    tokenizer = qwen_tokenizer()
    processor = build_processor(tokenizer)
    processor.image_processor.size = {"shortest_edge": 32 * 32, "longest_edge": 1024 * 1024}
    processor.chat_template = CHAT
    return build_model(shape, tokenizer).eval(), processor


def assert_kept(tokenizer: Any, folder: Path) -> None:
    """The tokenizer in the folder reads the same numbers out of the same words."""
    again = type(tokenizer).from_pretrained(folder, local_files_only=True)
    assert again(_SENTENCE)["input_ids"] == tokenizer(_SENTENCE)["input_ids"]
    assert len(again) == len(tokenizer)
