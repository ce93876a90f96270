"""FLOP of a pipeline's call without its weights: the pipeline runs on the processor, its modules compute shapes only.

Each module is put behind a shadow that hands it tensors of the meta device and gives back zeros, so the very call that
is timed elsewhere is counted here, in seconds and without memory. Heavy: imports torch.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import torch
from torch import nn
from torch.utils._pytree import tree_map

_HIDDEN_STATES = 64
"""More than any text encoder has layers; those that a pipeline reads are all the same here."""


def _without_content(value: Any) -> Any:
    return value.to("meta") if isinstance(value, torch.Tensor) else value


def _zeros(value: Any) -> Any:
    return torch.zeros_like(value, device="cpu") if isinstance(value, torch.Tensor) else value


class _Shadow(nn.Module):
    """Stands for a module on the meta device as if it were on the processor."""

    def __init__(self, module: nn.Module) -> None:
        super().__init__()
        self.__dict__["real"] = module  # not a child: its parameters are nowhere

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["real"], name)

    @property
    def device(self) -> torch.device:
        return torch.device("cpu")

    def forward(self, *args: Any, **named: Any) -> Any:
        return tree_map(_zeros, self.real(*tree_map(_without_content, args), **tree_map(_without_content, named)))


class _CodecShadow(_Shadow):
    """An autoencoder: it is called by its two methods, and its distribution is made anew of zeros."""

    def encode(self, pixels: torch.Tensor, *args: Any, **named: Any) -> Any:
        from diffusers.models.autoencoders.vae import DiagonalGaussianDistribution

        encoded = self.real.encode(pixels.to("meta"))
        if hasattr(encoded, "latents"):
            return SimpleNamespace(latents=_zeros(encoded.latents))
        return SimpleNamespace(latent_dist=DiagonalGaussianDistribution(_zeros(encoded.latent_dist.parameters)))

    def decode(self, latents: torch.Tensor, return_dict: bool = True, **named: Any) -> Any:
        pixels = _zeros(self.real.decode(latents.to("meta"), return_dict=False)[0])
        return SimpleNamespace(sample=pixels) if return_dict else (pixels,)


def _looked(model: Any, vision: dict[str, Any]) -> None:
    """The vision tower's work; where its patches lie stays real, since it is asked for numbers."""
    visual = model.model.visual
    entries = [visual.patch_embed, *([visual.pos_embed] if hasattr(visual, "pos_embed") else [])]
    hooks = [each.register_forward_pre_hook(_on_meta, with_kwargs=True) for each in (*entries, *visual.blocks)]
    hooks += [each.register_forward_hook(lambda _module, _args, output: _zeros(output)) for each in entries]
    visual(vision["pixel_values"].to("meta", model.dtype), grid_thw=vision["image_grid_thw"])
    for hook in hooks:
        hook.remove()


def _on_meta(_module: nn.Module, args: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    real = {name: value for name, value in named.items() if name == "cu_seqlens"}
    return tree_map(_without_content, args), {**tree_map(_without_content, named), **real}


class _TextShadow(_Shadow):
    """A language model that reads: its parts one by one, since joining words and pictures looks at content."""

    def forward(self, *args: Any, input_ids: torch.Tensor, **named: Any) -> Any:
        if named.get("pixel_values") is not None:
            _looked(self.real, named)
        read = _read(self.real, input_ids.shape[0], input_ids.shape[1])
        return SimpleNamespace(hidden_states=(_zeros(read),) * _HIDDEN_STATES)


def _read(model: Any, batch: int, length: int, only_last: bool = False) -> torch.Tensor:
    """Hidden states behind the last layer; the head works on each of them, as pipelines do it, or on the last."""
    decoder = model.get_decoder()
    width = model.get_input_embeddings().embedding_dim
    places = torch.arange(length, device="meta").expand(batch, -1)
    if hasattr(model.model, "visual"):
        places = places.expand(3, -1, -1)
    embeds = torch.empty(batch, length, width, dtype=model.dtype, device="meta")
    seen = torch.empty(batch, 1, length, length, dtype=model.dtype, device="meta")  # made by itself it asks for content
    read = decoder(inputs_embeds=embeds, position_ids=places, use_cache=False, attention_mask=seen).last_hidden_state
    model.lm_head(read[:, -1:] if only_last else read)
    return read


def shadowed(pipeline: Any) -> Any:
    """The pipeline, its modules of the meta device behind shadows."""
    for name in ("transformer", "unet"):
        if getattr(pipeline, name, None) is not None:
            setattr(pipeline, name, _Shadow(getattr(pipeline, name)))
    pipeline.text_encoder = _TextShadow(pipeline.text_encoder)
    pipeline.vae = _CodecShadow(pipeline.vae)
    return pipeline


def plan_forward(model: Any, vision: dict[str, torch.Tensor], tokens: int) -> None:
    """The work of a planner's first pass: the picture, and so many tokens of which only the last is answered."""
    if "pixel_values" in vision:
        _looked(model, vision)
    _read(model, 1, tokens, only_last=True)
