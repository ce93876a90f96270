"""Where a pipeline's parts go and how small they are made: what a placement decided, carried out.

Heavy: imported late. torchao and bitsandbytes are imported only where a placement asks for them.
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

import torch

from assistant.errors import EditorError
from assistant.fitting import How, Placement

_PACKAGE: dict[How, str] = {"torchao-fp8": "torchao", "torchao-int8": "torchao", "nf4": "bitsandbytes"}
_LARGE = ("transformer", "unet", "text_encoder", "text_encoder_2")
"""What is made small; a codec stays as it is: it decides the pixels and weighs little."""


def dtype_of(placement: Placement) -> torch.dtype:
    return torch.bfloat16 if placement.dtype == "bfloat16" else torch.float32


def quantization_of(placement: Placement, components: set[str]) -> Any:
    """What `from_pretrained` takes for the named components; None where nothing is made small. Raises EditorError."""
    if placement.how == "none":
        return None
    _needs(placement.how)
    from diffusers.quantizers.pipe_quant_config import PipelineQuantizationConfig

    of_editor, of_language = _configs(placement.how, dtype_of(placement))
    mapping = {
        name: of_language if name.startswith("text_encoder") else of_editor for name in _LARGE if name in components
    }
    return PipelineQuantizationConfig(quant_mapping=mapping)


def language_quantization(placement: Placement) -> Any:
    """The same for a planner of its own, which transformers loads."""
    if placement.how == "none":
        return None
    _needs(placement.how)
    return _configs(placement.how, dtype_of(placement))[1]


def _needs(how: How) -> None:
    package = _PACKAGE.get(how)
    if package is not None and importlib.util.find_spec(package) is None:
        raise EditorError(
            f"To make the models small enough ({how}) takes {package}, which is not installed.",
            remedy='Install it: pip install -e ".[gpu]"',
        )


def _configs(how: How, dtype: torch.dtype) -> tuple[Any, Any]:
    """For models of diffusers, and for models of transformers."""
    import transformers
    from diffusers.quantizers import quantization_config as of_diffusers

    if how == "nf4":
        said: dict[str, Any] = {
            "load_in_4bit": True, "bnb_4bit_quant_type": "nf4", "bnb_4bit_compute_dtype": dtype,
        }  # fmt: skip
        return of_diffusers.BitsAndBytesConfig(**said), transformers.BitsAndBytesConfig(**said)
    ways: Any = importlib.import_module("torchao.quantization")  # optional: not there for who checks types
    small = ways.Float8DynamicActivationFloat8WeightConfig() if how == "torchao-fp8" else ways.Int8WeightOnlyConfig()
    return of_diffusers.TorchAoConfig(small), transformers.TorchAoConfig(small)


def place(pipeline: Any, placement: Placement) -> Any:
    """Moves the pipeline to its device, or leaves it outside and lets each part in for its work."""
    if placement.tile and hasattr(pipeline.vae, "enable_tiling"):
        pipeline.vae.enable_tiling()
    if placement.offload == "group":
        pipeline.enable_group_offload(
            onload_device=torch.device(placement.device), offload_device=torch.device("cpu"),
            offload_type="leaf_level", use_stream=placement.device == "cuda",
        )  # fmt: skip
        return pipeline
    return pipeline.to(placement.device)
