"""The language model's forward pass in training: whole batches, without masks, logits only where there is a loss.

Rows are padded on the right, which a causal model never sees. On processors attention is written out as matrix
products: at these lengths they take a third of the time of torch's own kernel, forth and back, in bfloat16.
"""

from dataclasses import dataclass
from types import MethodType
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional
from transformers import AttentionInterface, Qwen3VLForConditionalGeneration

from assistant.sketchbook.training.vlm_model import MERGE, PATCH

_FRAMES = 2  # a picture counts as a film of two
_ATTENTION = "written_out"


@dataclass(frozen=True)
class Batch:
    """Samples of about the same length; a row is predicted from left to right."""

    ids: torch.Tensor  # (B, T), padded on the right
    positions: torch.Tensor  # (3, B, T): time, row and column
    weights: torch.Tensor  # (B, T): how much the prediction of this token counts
    pictures: tuple[NDArray[np.uint8], ...]  # (H, W, 3) each, in the order of their tokens; sides are multiples of 32
    tasks: torch.Tensor  # (B,) numbers of tasks

    @property
    def tokens(self) -> int:
        """Tokens computed, padding included."""
        return self.ids.numel()


def positions_of(length: int, picture_at: int, grid: tuple[int, int]) -> NDArray[np.int64]:
    """Time, row and column of every token, (3, length); a picture of grid (rows, columns) begins at `picture_at`."""
    rows, columns = grid
    size = rows * columns
    places = np.tile(np.arange(length), (3, 1))
    if size:
        row, column = np.divmod(np.arange(size), columns)
        places[:, picture_at : picture_at + size] = picture_at + np.stack([np.zeros_like(row), row, column])
        places[:, picture_at + size :] += max(rows, columns) - size
    return places


def patches_of(
    picture: NDArray[np.uint8], place: torch.device | None = None
) -> tuple[torch.Tensor, tuple[int, int, int]]:
    """What the stock image processor makes of a picture that fits already: patches (N, 1536) and its grid.

    Computed at `place`: on a GPU bytes travel, an eighth of what the patches weigh.
    """
    high, wide = picture.shape[0] // PATCH, picture.shape[1] // PATCH
    parts = torch.tensor(picture, device=place).view(high // MERGE, MERGE, PATCH, wide // MERGE, MERGE, PATCH, 3)
    patches = parts.permute(0, 3, 1, 4, 6, 2, 5).float().div(127.5).sub(1)
    twice = patches.unsqueeze(5).expand(-1, -1, -1, -1, -1, _FRAMES, -1, -1)
    return twice.reshape(high * wide, -1), (1, high, wide)


def attend(
    module: nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    scaling: float,
    is_causal: bool | None = None,
    **_: Any,
) -> tuple[torch.Tensor, None]:
    """Attention as transformers wants it, heads that share a key in one product; only causal or without any mask."""
    batch, heads, length, width = query.shape
    shared = key.shape[1]
    causal = module.is_causal if is_causal is None else is_causal
    query = (query * scaling).to(value.dtype).reshape(batch, shared, heads // shared * length, width)
    scores = (query @ key.to(value.dtype).mT).view(batch, heads, length, length)
    if causal:
        scores = scores + torch.full((length, length), -torch.inf, dtype=scores.dtype, device=scores.device).triu(1)
    weights = torch.softmax(scores, -1, dtype=scores.dtype).view(batch, shared, heads // shared * length, length)
    made = (weights @ value).view(batch, heads, length, width)
    return made.transpose(1, 2).contiguous(), None


def embed_patches(module: Any, hidden_states: torch.Tensor) -> torch.Tensor:
    """The stock class's convolution over whole patches, (N, 1536) to (N, hidden), as the matrix product that it is."""
    weight = module.proj.weight.flatten(1)
    return functional.linear(hidden_states.view(-1, weight.shape[1]), weight, module.proj.bias)


def prepare(model: Qwen3VLForConditionalGeneration) -> None:
    """Chooses the attention, and the way to see a patch, that are fastest here."""
    if next(model.parameters()).device.type == "cpu":
        AttentionInterface.register(_ATTENTION, attend)
        model.set_attn_implementation(_ATTENTION)
        patches = model.model.visual.patch_embed
        patches.forward = MethodType(embed_patches, patches)


def hidden_states(model: Qwen3VLForConditionalGeneration, batch: Batch) -> torch.Tensor:
    """The last ones, (B, T, hidden); pictures are seen by the model's own eyes."""
    inner = model.model
    place = next(model.parameters()).device
    ids = batch.ids.to(place)
    embedded = inner.language_model.embed_tokens(ids)
    if batch.pictures:
        patches, grids = zip(*(patches_of(picture, place) for picture in batch.pictures), strict=True)
        seen = inner.visual(torch.cat(patches), grid_thw=torch.tensor(grids, device=place), return_dict=True)
        shown = (ids == model.config.image_token_id)[..., None].expand_as(embedded)
        embedded = embedded.masked_scatter(shown, seen.pooler_output.to(embedded.dtype))
    return inner.language_model(
        inputs_embeds=embedded, position_ids=batch.positions.to(place), use_cache=False
    ).last_hidden_state


@dataclass(frozen=True)
class Predictions:
    """What the model says at every place that counts."""

    logits: torch.Tensor  # (N, vocabulary)
    wanted: torch.Tensor  # (N,)
    weights: torch.Tensor  # (N,)
    rows: torch.Tensor  # (N,) of the batch

    @property
    def errors(self) -> torch.Tensor:
        """Cross-entropy of each, (N,)."""
        return functional.cross_entropy(self.logits.float(), self.wanted, reduction="none")


def predict(model: Qwen3VLForConditionalGeneration, batch: Batch) -> Predictions:
    """The model's word for every token that counts, from what stands before it."""
    states = hidden_states(model, batch)
    rows, columns = batch.weights.nonzero(as_tuple=True)
    place = states.device
    return Predictions(
        logits=model.lm_head(states[rows.to(place), columns.to(place) - 1]),
        wanted=batch.ids[rows, columns].to(place),
        weights=batch.weights[rows, columns].to(place),
        rows=rows,
    )


def loss_of(model: Qwen3VLForConditionalGeneration, batch: Batch) -> torch.Tensor:
    """The mean error of the batch's tokens, by weight."""
    said = predict(model, batch)
    return (said.errors * said.weights).sum() / said.weights.sum()
