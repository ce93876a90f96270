"""FLUX.3 klein: blocks of modular diffusers, dressed as the pipeline that the stock editor expects.

Heavy: imported late. The blocks are the library's own, named here and not in the repository, so no code of a
repository can be asked for. The prompt upsampler, another model of several billions, is taken out: our planner writes
the instruction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from logging import CRITICAL
from pathlib import Path
from typing import Any, Self

import torch
from diffusers.hooks.group_offloading import apply_group_offloading
from diffusers.modular_pipelines.flux3.encoders import Flux3DistilledTextEncoderStep
from diffusers.modular_pipelines.flux3.modular_blocks_flux3_distilled import Flux3DistilledAutoBlocks
from diffusers.modular_pipelines.flux3.modular_pipeline import Flux3DistilledModularPipeline
from diffusers.utils import logging

_UPSAMPLER, _WORDS = "prompt_upsampler", "text_encoder"
_MODELS = ("transformer", "text_encoder", "vae")


class _Words(Flux3DistilledTextEncoderStep):
    """Reads the prompt through the pipeline's `encode_prompt`, which may remember what it read."""

    @torch.no_grad()
    def __call__(self, components: Any, state: Any) -> Any:
        block: Any = self.get_block_state(state)
        self.check_inputs(block)
        block.prompt_embeds = components.encode_prompt(block.prompt)
        self.set_block_state(state, block)
        return components, state


@dataclass(frozen=True)
class Painted:
    """What a call gives, as the other pipelines give it."""

    images: Any


class Flux3(Flux3DistilledModularPipeline):
    """The blocks, and what the editor calls on any pipeline."""

    @classmethod
    def from_pretrained(  # pyright: ignore[reportIncompatibleMethodOverride]
        cls, folder: Path | str, dtype: torch.dtype, quantization_config: Any = None, local_files_only: bool = True,
        use_safetensors: bool = True, **parts: Any,
    ) -> Self:  # fmt: skip
        """Everything in the folder, loaded at once; `parts` are loaded already. Raises ValueError, OSError."""
        pipeline = cls(blocks=blocks(), pretrained_model_name_or_path=str(folder), local_files_only=local_files_only)
        small: Mapping[str, Any] = getattr(quantization_config, "quant_mapping", None) or {}
        for name in pipeline.pretrained_component_names:
            if name in parts:
                continue
            said: dict[str, Any] = {"local_files_only": local_files_only}
            if name in _MODELS:
                said |= {"dtype": dtype, "use_safetensors": use_safetensors, "quantization_config": small.get(name)}
            parts[name] = pipeline.get_component_spec(name).load(**said)
        pipeline.register_components(**parts)
        return pipeline

    @property
    def processor(self) -> Any:
        """Of pictures and words for the text encoder; the repository calls it a tokenizer."""
        return self.tokenizer

    def encode_prompt(self, prompt: str) -> torch.Tensor:
        """(1, places, layers × hidden) of one prompt; the painter sees the padding too."""
        own: Any = self._blocks
        step = own.sub_blocks[_WORDS]
        return step._get_qwen3_vl_prompt_embeds(
            self.text_encoder, self.tokenizer, prompt, self._execution_device, pad_multiple=step.pad_multiple
        )

    def __call__(self, **arguments: Any) -> Painted:  # pyright: ignore[reportIncompatibleMethodOverride]
        with _without_tracebacks():
            return Painted(super().__call__(output="images", **arguments))

    def set_progress_bar_config(self, **kwargs: Any) -> None:
        """Also of the loop, which lies several blocks deep."""
        for block in _all_of(self._blocks):
            if "progress_bar" in dir(block):
                block.set_progress_bar_config(**kwargs)

    def maybe_free_model_hooks(self) -> None:
        """Nothing is left behind here: these blocks hang no hooks on their models."""

    def enable_group_offload(self, onload_device: torch.device, offload_device: torch.device, **how: Any) -> None:
        """Each model lies outside and is let in part by part for its work."""
        for name in _MODELS:
            apply_group_offloading(getattr(self, name), onload_device, offload_device, **how)


def blocks() -> Any:
    """The library's blocks for the distilled model, without the upsampler."""
    made = Flux3DistilledAutoBlocks()
    made.sub_blocks.pop(_UPSAMPLER)
    made.sub_blocks[_WORDS] = _Words()
    return made


def _all_of(block: Any) -> Iterator[Any]:
    yield block
    for inner in getattr(block, "sub_blocks", {}).values():
        yield from _all_of(inner)


@contextmanager
def _without_tracebacks() -> Iterator[None]:
    """The blocks write a traceback for whatever is raised in them, also for a person's stop."""
    logger = logging.get_logger("diffusers.modular_pipelines.modular_pipeline")
    before = logger.level
    logger.setLevel(CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
