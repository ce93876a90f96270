"""Tiny tokenizers of the real classes, with the real chat templates' shape."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

CHAT = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n"
    "{% if message.content is string %}{{ message.content }}{% else %}{% for part in message.content %}"
    "{% if part.type == 'image' %}<|vision_start|><|image_pad|><|vision_end|>{% else %}{{ part.text }}{% endif %}"
    "{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


@lru_cache(maxsize=1)
def qwen_tokenizer() -> Any:
    """A byte-level BPE in Qwen's own class, with its special tokens."""
    from assistant.sketchbook.training.vlm_model import build_tokenizer

    tokenizer = build_tokenizer(["make the hat green", "Picture 1: describe the key features"] * 3, 400)
    tokenizer.chat_template = CHAT
    return tokenizer
