"""What the language model is worth: on samples it never saw, decoding under the grammar, letter for letter.

Greedy decoding under a grammar writes the right answer exactly when at every place of the right answer the likeliest
allowed token is the right one, so one pass over the right answer tells it, without any loop.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from transformers import Qwen3VLForConditionalGeneration

from assistant.sketchbook.training.vlm_forward import predict
from assistant.sketchbook.training.vlm_samples import Encoded, batch_of

_ROWS = 16  # samples a batch
FIGURES = ("loss", "right", "exact")


@dataclass(frozen=True)
class Figures:
    """Of one task: the mean error of a token that counts, the share of these said right, and of whole answers."""

    loss: float
    right: float
    exact: float
    answers: tuple[bool, ...]  # whether each sample, in the order given, was answered right


@torch.inference_mode()
def measure(model: Qwen3VLForConditionalGeneration, samples: Sequence[Encoded], padding: int) -> Figures:
    """The figures of samples of one task; they need their `choices`."""
    errors: list[torch.Tensor] = []
    right: list[torch.Tensor] = []
    answers: dict[int, bool] = {}
    order = sorted(range(len(samples)), key=lambda index: len(samples[index].ids))
    for start in range(0, len(order), _ROWS):
        rows = order[start : start + _ROWS]
        with torch.autocast(next(model.parameters()).device.type, torch.bfloat16):
            said = predict(model, batch_of([samples[row] for row in rows], padding))
        errors.append(said.errors.cpu())
        allowed = torch.from_numpy(np.concatenate([_allowed(samples[row], said.logits.shape[1]) for row in rows]))
        chosen = said.logits.float().cpu().masked_fill(~allowed, -torch.inf).argmax(1)
        right.append(chosen == said.wanted.cpu())
        for place, row in enumerate(rows):
            answers[row] = bool(right[-1][said.rows == place].all())
    return Figures(
        loss=float(torch.cat(errors).mean()),
        right=float(torch.cat(right).float().mean()),
        exact=sum(answers.values()) / len(answers),
        answers=tuple(answers[row] for row in range(len(samples))),
    )


def _allowed(sample: Encoded, vocabulary: int) -> np.ndarray:
    """What the grammar allows at each place that counts, (places, vocabulary)."""
    assert sample.choices is not None
    counted = sample.weights[-len(sample.choices) :] > 0
    return np.unpackbits(sample.choices[counted], axis=1, bitorder="little")[:, :vocabulary].astype(bool)


def columns_of(tasks: Sequence[str]) -> tuple[str, ...]:
    """Names of the figures of all tasks, for the curves."""
    return tuple(f"{task}_{figure}" for task in tasks for figure in FIGURES)


def as_row(figures: Mapping[str, Figures]) -> dict[str, float]:
    """The figures under those names."""
    return {f"{task}_{name}": getattr(values, name) for task, values in figures.items() for name in FIGURES}
