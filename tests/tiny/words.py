"""Tiny tokenizers of the real classes, with the real chat templates' shape.

Each call gives a new one: a tokenizer remembers how it was last told to cut and pad, and saves that with itself.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from assistant.vlm.encoding import CHAT

_SENTENCES = ["make the hat green", "a red hat", "no hat, a fox on a white sheet of paper"] * 3


def _new_each_time(build: Callable[[], Any]) -> Callable[[], Any]:
    """Copies of one that is built once: learning the pieces twice may give other pieces."""
    once = cache(build)
    return wraps(build)(lambda: copy.deepcopy(once()))


@_new_each_time
def qwen_tokenizer() -> Any:
    """A byte-level BPE in Qwen's own class, with its special tokens."""
    from assistant.sketchbook.training.vlm_model import build_tokenizer

    tokenizer = build_tokenizer(["make the hat green", "Picture 1: describe the key features"] * 3, 400)
    tokenizer.chat_template = CHAT
    return tokenizer


@_new_each_time
def t5_tokenizer() -> Any:
    """A unigram tokenizer in T5's own class, learned here; without the sentinels of its training."""
    from tokenizers import Tokenizer, pre_tokenizers
    from tokenizers.models import Unigram
    from tokenizers.trainers import UnigramTrainer
    from transformers import T5Tokenizer

    learner = Tokenizer(Unigram())
    learner.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = UnigramTrainer(
        vocab_size=60, special_tokens=["<pad>", "</s>", "<unk>"], unk_token="<unk>", show_progress=False,
        initial_alphabet=[*"abcdefghijklmnopqrstuvwxyz▁"],
    )  # fmt: skip
    learner.train_from_iterator(_SENTENCES, trainer)
    pieces = json.loads(learner.to_str())["model"]["vocab"]
    return T5Tokenizer(vocab=[tuple(piece) for piece in pieces], extra_ids=0)


@_new_each_time
def clip_tokenizer() -> Any:
    """CLIP's own class with the letters as its words' ends and beginnings, 77 places."""
    from tokenizers import pre_tokenizers
    from transformers import CLIPTokenizer

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    pieces = [*letters, *(f"{letter}</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    return CLIPTokenizer(vocab={piece: number for number, piece in enumerate(pieces)}, merges=[], model_max_length=77)
