"""The tiny repositories say what the real ones would: their tokenizers are the same when they are read again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.tiny import folder_of
from tests.tiny.words import clip_tokenizer, qwen_tokenizer, t5_tokenizer

TEXTS = ["a red hat", "make the hat green, 9 Ünd 帽子", "<|im_end|> Picture 1: <|vision_start|><|image_pad|>", ""]


@pytest.mark.parametrize(
    ("name", "part", "build"),
    [
        ("qwen", "tokenizer", qwen_tokenizer), ("longcat", "tokenizer", qwen_tokenizer),
        ("kontext", "tokenizer", clip_tokenizer), ("kontext", "tokenizer_2", t5_tokenizer),
    ],
)  # fmt: skip
def test_a_tokenizer_reads_the_same_when_it_is_loaded(name: str, part: str, build: Callable[[], Any]) -> None:
    built = build()
    loaded = type(built).from_pretrained(folder_of(name) / part, local_files_only=True)
    assert [loaded(text)["input_ids"] for text in TEXTS] == [built(text)["input_ids"] for text in TEXTS]
    assert (len(loaded), loaded.all_special_tokens) == (len(built), built.all_special_tokens)


@pytest.mark.parametrize(("name", "part"), [("qwen", "processor"), ("longcat", "text_processor")])
def test_a_processor_reads_the_same_when_it_is_loaded(name: str, part: str) -> None:
    from transformers import AutoProcessor

    loaded = AutoProcessor.from_pretrained(folder_of(name) / part, local_files_only=True)
    assert type(loaded).__name__ == "Qwen2VLProcessor"
    assert loaded.chat_template == qwen_tokenizer().chat_template
    assert loaded.image_token_id == qwen_tokenizer().convert_tokens_to_ids("<|image_pad|>")
