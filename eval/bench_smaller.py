"""Models that are already loaded, with their weights in fewer bits: by torchao to 8, by bitsandbytes to 4.

The program itself does this while it loads (`assistant.editor.placing`); random weights have no file to load from.
Heavy: torchao and bitsandbytes are imported where they are asked for.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

import torch
from torch import nn

from assistant.errors import EditorError
from assistant.profiles import Precision

_FP8_CAPABILITY = (8, 9)
_MULTIPLE = 16
"""Sides of a matrix that fp8 products take."""


def make_small(models: Sequence[Any], precision: Precision, device: torch.device) -> None:
    """The painters and text encoders of pipelines, and language models; codecs stay. Raises EditorError."""
    if precision == "bf16":
        return
    for model in models:
        for part in _large_parts(model):
            _eight(part, device) if precision == "8bit" else _four(part, device)


def _large_parts(model: Any) -> list[nn.Module]:
    names = ("transformer", "unet", "text_encoder")
    return [model] if isinstance(model, nn.Module) else [getattr(model, name) for name in names if hasattr(model, name)]


def _eight(model: nn.Module, device: torch.device) -> None:
    """fp8 products where the card has them, else only the weights in whole numbers."""
    quantization = _needed("torchao.quantization", "torchao")
    fp8 = device.type == "cuda" and torch.cuda.get_device_capability(device) >= _FP8_CAPABILITY
    config = quantization.Float8DynamicActivationFloat8WeightConfig() if fp8 else quantization.Int8WeightOnlyConfig()
    quantization.quantize_(model, config, filter_fn=_is_large)


def _is_large(module: nn.Module, name: str) -> bool:
    """Large products; a head is left alone: its weights may be the embedding's."""
    if not isinstance(module, nn.Linear) or name.endswith("lm_head"):
        return False
    return module.in_features % _MULTIPLE == 0 and module.out_features % _MULTIPLE == 0


def _four(model: nn.Module, device: torch.device) -> None:
    """nf4, each matrix in place of its own."""
    layers = _needed("bitsandbytes", "bitsandbytes").nn
    large = [(name, module) for name, module in model.named_modules() if _is_large(module, name)]
    for name, module in large:
        assert isinstance(module, nn.Linear)
        small = layers.Linear4bit(
            module.in_features, module.out_features, bias=module.bias is not None, quant_type="nf4",
            compute_dtype=module.weight.dtype, device="meta",
        )  # fmt: skip
        small.weight = layers.Params4bit(module.weight.data, requires_grad=False, quant_type="nf4").to(device)
        small.bias = module.bias
        owner, _, own = name.rpartition(".")
        setattr(model.get_submodule(owner), own, small)


def _needed(module: str, package: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise EditorError(
            f"To make the models small enough takes {package}, which is not installed.",
            remedy='Install it: pip install -e ".[gpu]"',
        ) from error
