"""The embedded model's tokenizer, learned once from what the model will read and write."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from transformers.models.qwen2.tokenization_qwen2 import Qwen2Tokenizer

from assistant.sketchbook.training.vlm_model import build_tokenizer


def provide_tokenizer(folder: Path, texts: Iterable[str], vocab: int, start: Path | None) -> Qwen2Tokenizer:
    """The tokenizer in a run's folder; else that of the model it starts from; else one learned from texts."""
    if not folder.exists():
        made = build_tokenizer(texts, vocab) if start is None else Qwen2Tokenizer.from_pretrained(start)
        partial = folder.with_name(folder.name + ".partial")
        shutil.rmtree(partial, ignore_errors=True)
        made.save_pretrained(partial)
        partial.rename(folder)
    return Qwen2Tokenizer.from_pretrained(folder)
