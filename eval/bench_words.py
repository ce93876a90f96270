"""A tokenizer and processors for random weights: the real classes, ids valid for any vocabulary, about as many tokens.

It learns the pipelines' own templates and our prompts, so that a word of theirs is one token, as it is in the real one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

from assistant.planning.dialects import operations_table
from assistant.prompts import prompt
from assistant.vlm.encoding import CHAT

Family = Literal["qwen2.5", "qwen3"]
VOCABULARY = 4000
"""Tokens at most."""
_PIXELS: dict[Family, tuple[int, dict[str, int]]] = {
    "qwen2.5": (14, {"shortest_edge": 56 * 56, "longest_edge": 28 * 28 * 1280}),
    "qwen3": (16, {"shortest_edge": 65536, "longest_edge": 16777216}),
}
"""A patch's side in px, and how many pixels a picture is brought to: as published with the models."""
TEMPLATE = (
    "system Describe the key features of the input image (color, shape, size, texture, objects, background), then "
    "explain how the user's text instruction should alter or modify the image. Generate a new image that meets the "
    "user's requirements while maintaining consistency with the original input where appropriate. user Picture "
    "assistant As an image editing expert, first analyze the content and attributes of the input image(s). Then, "
    "based on the user's editing instructions, clearly and precisely determine how to modify the given image(s), "
    "ensuring that only the specified parts are altered and all other aspects remain consistent with the "
    "original(s). [Edit]: A diptych with two side-by-side images of the same scene. Compared to the right side, the "
    "left one has Describe the image by detailing the quantity, spatial relationships of the objects and "
    "background:"
)
"""What diffusers' pipelines wrap instructions in."""
WISHES = (
    "put a green beret on the head of the woman on the left and keep her hair as it is",
    "turn the street behind her into a quiet beach at sunset with two small boats",
    "remove the cup and the plates from the table and lay a red cloth over it",
    "give him round glasses and a blue coat and make it look like early morning",
    "replace the sign above the door with one that says OPEN in white letters",
    "make the old car yellow and let it stand in fresh snow under a grey sky",
)


def planning_prompt() -> str:
    """What a planner that was not trained by us is told before anything else."""
    return prompt("plan", operations=operations_table())


@lru_cache(maxsize=1)
def tokenizer() -> Any:
    """A byte-level BPE in Qwen's own class, with its control tokens."""
    from assistant.sketchbook.training.vlm_model import END_OF_TEXT, build_tokenizer

    made = build_tokenizer([TEMPLATE, planning_prompt(), *WISHES] * 2, VOCABULARY)
    made.chat_template = CHAT
    made.pad_token = END_OF_TEXT
    return made


@lru_cache(maxsize=2)
def processor(family: Family) -> Any:
    """What makes tensors of a conversation with pictures, as many tokens a picture as the real one."""
    from transformers import Qwen2_5_VLProcessor, Qwen3VLProcessor
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil
    from transformers.models.qwen2_vl.video_processing_qwen2_vl import Qwen2VLVideoProcessor
    from transformers.models.qwen3_vl.video_processing_qwen3_vl import Qwen3VLVideoProcessor

    patch, pixels = _PIXELS[family]
    said: dict[str, Any] = {"patch_size": patch, "merge_size": 2}
    pictures = Qwen2VLImageProcessorPil(**said, size=pixels, temporal_patch_size=2)
    if family == "qwen2.5":
        videos: Any = Qwen2VLVideoProcessor(**said)
        return Qwen2_5_VLProcessor(pictures, tokenizer(), videos, chat_template=CHAT)
    return Qwen3VLProcessor(pictures, tokenizer(), Qwen3VLVideoProcessor(**said), chat_template=CHAT)
