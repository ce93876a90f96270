"""The embedded language model before training: a stock Qwen3-VL at tiny size, its tokenizer and its processor.

A turn of the user is `<|im_start|>`, its pictures, its text, `<|im_end|>`; the assistant's text follows at once and
ends with `<|im_end|>` too. Coordinates are single tokens, `<0>` to `<99>`, that decoding does not leave out.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from tokenizers import AddedToken, Regex, Tokenizer, decoders, normalizers, pre_tokenizers
from tokenizers.models import BPE
from tokenizers.trainers import BpeTrainer
from transformers import GenerationConfig, Qwen3VLConfig, Qwen3VLForConditionalGeneration, Qwen3VLProcessor
from transformers.models.qwen2.tokenization_qwen2 import PRETOKENIZE_REGEX, Qwen2Tokenizer
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil
from transformers.models.qwen3_vl.video_processing_qwen3_vl import Qwen3VLVideoProcessor

END_OF_TEXT, TURN, END_OF_TURN = "<|endoftext|>", "<|im_start|>", "<|im_end|>"
PICTURE, VIDEO = "<|image_pad|>", "<|video_pad|>"
PICTURE_START, PICTURE_END = "<|vision_start|>", "<|vision_end|>"
SPECIAL = (END_OF_TEXT, TURN, END_OF_TURN, PICTURE_START, PICTURE_END, PICTURE, VIDEO)
COORDINATES = tuple(f"<{percent}>" for percent in range(100))
PATCH, MERGE = 16, 2  # px of a patch's side; patches of a visual token's side
PICTURE_SIDE = 256  # px; other pictures get about as many
PICTURE_TOKENS = (PICTURE_SIDE // (PATCH * MERGE)) ** 2
_PIXELS = PICTURE_SIDE**2

CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{% if message.role != 'assistant' %}{{ '<|im_start|>' }}{% endif %}"
    "{% if message.content is string %}{{ message.content }}{% else %}"
    "{% for part in message.content %}{% if part.type == 'image' %}"
    "{{ '<|vision_start|><|image_pad|><|vision_end|>' }}{% endif %}{% endfor %}"
    "{% for part in message.content %}{% if part.type == 'text' %}{{ part.text }}{% endif %}{% endfor %}"
    "{% endif %}{{ '<|im_end|>' }}"
    "{% endfor %}"
)


@dataclass(frozen=True)
class VlmShape:
    """The size of the model, beside its vocabulary."""

    hidden: int = 256
    layers: int = 6
    heads: int = 4
    key_heads: int = 2
    mlp: int = 640
    vision_hidden: int = 128
    vision_layers: int = 4
    vision_heads: int = 4
    vision_mlp: int = 384

    @property
    def head(self) -> int:
        """Width of a head of attention."""
        return self.hidden // self.heads

    @property
    def sections(self) -> tuple[int, int, int]:
        """How many frequencies of a head's rotation tell time, height and width."""
        each = self.head // 2 // 3
        return self.head // 2 - 2 * each, each, each


TINY = VlmShape(
    hidden=32, layers=3, heads=2, key_heads=1, mlp=48, vision_hidden=16, vision_layers=2, vision_heads=2, vision_mlp=32
)


def build_tokenizer(texts: Iterable[str], vocab_size: int) -> Qwen2Tokenizer:
    """A byte-level BPE of at most `vocab_size` tokens in all, learned from the texts; deterministic."""
    learner = Tokenizer(BPE())
    learner.normalizer = normalizers.NFC()
    learner.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PRETOKENIZE_REGEX), behavior="isolated", invert=False),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    learner.decoder = decoders.ByteLevel()
    trainer = BpeTrainer(
        vocab_size=vocab_size - len(SPECIAL) - len(COORDINATES),
        min_frequency=2,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    learner.train_from_iterator(texts, trainer)
    learned = learner.get_vocab()
    merges: Any = _merges(learner)  # the class says strings and takes pairs
    tokenizer = Qwen2Tokenizer(vocab=dict(sorted(learned.items(), key=itemgetter(1))), merges=merges)
    marks: Any = [AddedToken(token, special=True, normalized=False) for token in SPECIAL]
    places: Any = [AddedToken(token, normalized=False) for token in COORDINATES]
    tokenizer.add_tokens(marks, special_tokens=True)
    tokenizer.add_tokens(places)
    tokenizer.eos_token = END_OF_TURN
    return tokenizer


def number_of(tokenizer: Qwen2Tokenizer, token: str) -> int:
    """The number of one token."""
    number = tokenizer.convert_tokens_to_ids(token)
    assert isinstance(number, int)
    return number


def _merges(learner: Tokenizer) -> list[tuple[str, str]]:
    """What was learned, in order: the class asks for it apart from the vocabulary."""
    return [tuple(merge) for merge in json.loads(learner.to_str())["model"]["merges"]]


def build_processor(tokenizer: Qwen2Tokenizer) -> Qwen3VLProcessor:
    """What turns messages into tensors: a picture of any size becomes about 64 visual tokens, of 256 px exactly."""
    pixels = {"shortest_edge": _PIXELS, "longest_edge": _PIXELS}
    return Qwen3VLProcessor(
        image_processor=Qwen2VLImageProcessorPil(
            size=pixels,
            patch_size=PATCH,
            merge_size=MERGE,
            temporal_patch_size=2,
            image_mean=[0.5] * 3,
            image_std=[0.5] * 3,
        ),
        tokenizer=tokenizer,
        video_processor=Qwen3VLVideoProcessor(patch_size=PATCH, merge_size=MERGE, cap_pixels_per_frame=True),
        chat_template=CHAT_TEMPLATE,
    )


def build_config(shape: VlmShape, tokenizer: Qwen2Tokenizer) -> Qwen3VLConfig:
    """The stock configuration of the shape, with the tokenizer's own numbers."""

    def number(token: str) -> int:
        return number_of(tokenizer, token)

    text = {
        "vocab_size": len(tokenizer),
        "hidden_size": shape.hidden,
        "intermediate_size": shape.mlp,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "num_key_value_heads": shape.key_heads,
        "head_dim": shape.head,
        "max_position_embeddings": 2048,
        "tie_word_embeddings": True,
        "pad_token_id": number(END_OF_TEXT),
        "eos_token_id": number(END_OF_TURN),
        "rope_parameters": {
            "rope_type": "default",
            "rope_theta": 10000.0,
            "mrope_section": list(shape.sections),
            "mrope_interleaved": True,
        },
    }
    vision = {
        "depth": shape.vision_layers,
        "hidden_size": shape.vision_hidden,
        "intermediate_size": shape.vision_mlp,
        "num_heads": shape.vision_heads,
        "patch_size": PATCH,
        "spatial_merge_size": MERGE,
        "temporal_patch_size": 2,
        "out_hidden_size": shape.hidden,
        "num_position_embeddings": (PICTURE_SIDE // PATCH) ** 2,
        "deepstack_visual_indexes": [],
    }
    return Qwen3VLConfig(
        text_config=text,
        vision_config=vision,
        image_token_id=number(PICTURE),
        video_token_id=number(VIDEO),
        vision_start_token_id=number(PICTURE_START),
        vision_end_token_id=number(PICTURE_END),
        tie_word_embeddings=True,
    )


def build_model(shape: VlmShape, tokenizer: Qwen2Tokenizer) -> Qwen3VLForConditionalGeneration:
    """The untrained stock model; its weights come from torch's own generator."""
    model = Qwen3VLForConditionalGeneration(build_config(shape, tokenizer))
    model.generation_config = GenerationConfig(
        do_sample=False,
        eos_token_id=tokenizer.convert_tokens_to_ids(END_OF_TURN),
        pad_token_id=tokenizer.convert_tokens_to_ids(END_OF_TEXT),
    )
    return model
