"""What the painter reads: hidden states of the language model's lower layers, computed once for each sentence."""

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import AutoTokenizer, Qwen3VLForConditionalGeneration

from assistant.sketchbook.training.unet import PLACES, TextFeatures

LAYER = 2  # the decoder layer behind which is read, 1 for the first; without the final norm
_REMEMBERED = 60_000  # sentences
_BATCH = 64


def vlm_features(folder: Path) -> TextFeatures:
    """Features by the language model in a folder; each text is read by itself, padding is zero.

    Of a text of more than PLACES tokens the rest is left out, for no single sentence shall end a training.
    """
    tokenizer: Any = AutoTokenizer.from_pretrained(folder)
    model = Qwen3VLForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).eval()
    decoder: Any = model.get_decoder()
    decoder.layers = decoder.layers[: LAYER + 1]  # the last one's output would go through the final norm
    embeddings: Any = model.get_input_embeddings()
    width = int(embeddings.weight.shape[1])

    @torch.inference_mode()
    def features(texts: Sequence[str]) -> torch.Tensor:
        made = torch.zeros(len(texts), PLACES, width)
        ids = [tokenizer(text, add_special_tokens=False)["input_ids"][:PLACES] for text in texts]
        longest = max(len(row) for row in ids)
        padded = torch.tensor([[*row, *[0] * (longest - len(row))] for row in ids])
        # Attention looks back only, so what is padded behind a text does not change it.
        states = decoder(input_ids=padded, use_cache=False, output_hidden_states=True).hidden_states[LAYER]
        for number, row in enumerate(ids):
            made[number, : len(row)] = states[number, : len(row)]
        return made

    return features


class Remembered:
    """Features of sentences seen before are kept, without their padding, the oldest forgotten first."""

    def __init__(self, features: TextFeatures) -> None:
        self._features = features
        self._known: OrderedDict[str, torch.Tensor] = OrderedDict()

    def __call__(self, texts: Sequence[str]) -> torch.Tensor:
        """(B, PLACES, hidden)."""
        new = sorted(set(texts) - self._known.keys())
        for start in range(0, len(new), _BATCH):
            some = new[start : start + _BATCH]
            for text, rows in zip(some, self._features(some), strict=True):
                used = int(rows.abs().sum(dim=1).gt(0).sum())
                self._known[text] = rows[:used].half()
        rows = [self._known[text] for text in texts]
        made = torch.zeros(len(texts), PLACES, rows[0].shape[1])
        for number, row in enumerate(rows):
            made[number, : len(row)] = row
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return made
