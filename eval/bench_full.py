"""Pipelines of the profiles at their full size with random weights, made directly where they are to run.

Parameters are placed on the meta device first, so nothing is held twice and no float32 copy is made; buffers are
computed as usual. With the device "meta" nothing is filled: to count parameters and FLOP. Dimensions are those of
diffusers' conversion scripts and, for language models, as remembered and held against parameter counts; see `INFERRED`.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

from assistant.errors import UnknownProfile
from assistant.profiles import Parts, Profile
from eval.bench_words import processor, tokenizer

STD = 0.02
"""Of the random weights: what these models are initialised with, small enough that nothing overflows."""
INFERRED: Mapping[str, str] = {
    "klein": "none; counts agree with the table of profiles",
    "klein-kv": "none; counts agree with the table of profiles",
    "longcat": "10 + 20 blocks from the 6.27 billion parameters that are published",
    "qwen": "zero_cond_t of 2511 as remembered, no model card at hand; the Lightning adapter is left out",
    "firered": "as qwen",
    "dreamlite": "the UNet from modules/dreamlite.json of a public fork (jamesanto/DreamLite), not from where the "
    "weights are; it has the 0.39 billion parameters that are published. The codec is taken to be TAESD's",
}
"""By profile: what of the configuration was not read where the weights are published."""
_FLUX_VAE: Mapping[str, Any] = {
    "down_block_types": ("DownEncoderBlock2D",) * 4, "up_block_types": ("UpDecoderBlock2D",) * 4,
    "block_out_channels": (128, 256, 512, 512), "layers_per_block": 2, "latent_channels": 16, "use_quant_conv": False,
    "use_post_quant_conv": False, "scaling_factor": 0.3611, "shift_factor": 0.1159,
}  # fmt: skip
_FREQUENCIES = {"rope_type": "default", "mrope_interleaved": True, "mrope_section": [24, 20, 20], "rope_theta": 5e6}
_SIZES_VL3: Mapping[str, tuple[dict[str, int], int]] = {
    "2B": ({"hidden_size": 2048, "intermediate_size": 6144, "num_hidden_layers": 28, "num_attention_heads": 16}, 2048),
    "4B": ({"hidden_size": 2560, "intermediate_size": 9728, "num_hidden_layers": 36, "num_attention_heads": 32}, 2560),
}


@contextmanager
def _empty() -> Iterator[None]:
    """Models made here have their parameters on the meta device and are not initialised; buffers are real."""
    from accelerate import init_empty_weights
    from transformers.initialization import no_init_weights

    with init_empty_weights(include_buffers=False), no_init_weights(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of initialising empty parameters
        yield


class Weights:
    """Makes models with seeded random weights on one device."""

    def __init__(self, device: str = "cpu", dtype: torch.dtype = torch.bfloat16, seed: int = 0) -> None:
        self.device, self.dtype = torch.device(device), dtype
        self._generator = None if self.is_empty else torch.Generator(self.device).manual_seed(seed)

    @property
    def is_empty(self) -> bool:
        """Nothing but shapes."""
        return self.device.type == "meta"

    def made(self, make: Callable[[], nn.Module]) -> Any:
        """The model, in evaluation; shared parameters stay shared."""
        with _empty():
            model = make()
        tie: Any = getattr(model, "tie_weights", None)
        if tie is not None:
            tie()  # placing them on the meta device parted them
        known: dict[int, nn.Parameter] = {}
        for module in model.modules():
            for name, old in module._parameters.items():
                if old is not None:
                    if id(old) not in known:
                        known[id(old)] = nn.Parameter(self._filled(old, name), requires_grad=False)
                    module._parameters[name] = known[id(old)]
            for name, buffer in module._buffers.items():
                if buffer is not None and not self.is_empty:
                    module._buffers[name] = buffer.to(self.device)
        return model.eval()

    def _filled(self, like: torch.Tensor, name: str) -> torch.Tensor:
        """Noise for what multiplies or is looked up; 1 for scales and 0 for shifts, which have one dimension."""
        made = torch.empty(like.shape, dtype=self.dtype, device=self.device)
        if self.is_empty:
            return made
        if name == "gamma" or (made.ndim == 1 and name != "bias"):
            return made.fill_(1)
        return made.zero_() if made.ndim == 1 else made.normal_(0, STD, generator=self._generator)


# -- language models ---------------------------------------------------------------------------------------------------


def qwen3(weights: Weights, hidden: int, mlp: int, tied: bool) -> Any:
    """Qwen3-4B (2560, 9728, tied) or 8B (4096, 12288): 36 layers, 32 heads of 128, 8 of keys."""
    from transformers import Qwen3Config, Qwen3ForCausalLM

    config = Qwen3Config(
        vocab_size=151936, hidden_size=hidden, intermediate_size=mlp, num_hidden_layers=36, num_attention_heads=32,
        num_key_value_heads=8, head_dim=128, tie_word_embeddings=tied, max_position_embeddings=40960,
        rope_parameters={"rope_type": "default", "rope_theta": 1e6},
    )  # fmt: skip
    return weights.made(lambda: Qwen3ForCausalLM(config))


def qwen3_vl(weights: Weights, size: str) -> Any:
    """Qwen3-VL 2B or 4B, with its vision tower of 24 layers."""
    from transformers import Qwen3VLConfig, Qwen3VLForConditionalGeneration

    dimensions, out = _SIZES_VL3[size]
    text = {
        **dimensions, "vocab_size": 151936, "num_key_value_heads": 8, "head_dim": 128, "rope_parameters": _FREQUENCIES,
        "max_position_embeddings": 262144, "tie_word_embeddings": True, **_ends(),
    }  # fmt: skip
    vision = {
        "depth": 24, "hidden_size": 1024, "intermediate_size": 4096, "num_heads": 16, "patch_size": 16,
        "out_hidden_size": out, "num_position_embeddings": 2304, "deepstack_visual_indexes": [5, 11, 17],
    }  # fmt: skip
    config = Qwen3VLConfig(text_config=text, vision_config=vision, tie_word_embeddings=True, **_marks())
    return weights.made(lambda: Qwen3VLForConditionalGeneration(config))


def qwen25_vl(weights: Weights) -> Any:
    """Qwen2.5-VL-7B, with its vision tower of 32 layers, four of which see everything."""
    from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration

    text = {
        "vocab_size": 152064, "hidden_size": 3584, "intermediate_size": 18944, "num_hidden_layers": 28,
        "num_attention_heads": 28, "num_key_value_heads": 4, "max_position_embeddings": 128000, **_ends(),
        "rope_parameters": {"rope_type": "default", "mrope_section": [16, 24, 24], "rope_theta": 1e6},
    }  # fmt: skip
    vision = {"depth": 32, "hidden_size": 1280, "intermediate_size": 3420, "num_heads": 16, "out_hidden_size": 3584}
    config = Qwen2_5_VLConfig(text_config=text, vision_config=vision, **_marks())
    return weights.made(lambda: Qwen2_5_VLForConditionalGeneration(config))


def _marks() -> dict[str, Any]:
    """The numbers of the control tokens in our tokenizer, all of them valid in the large vocabulary."""
    names = {
        "image_token_id": "<|image_pad|>", "video_token_id": "<|video_pad|>",
        "vision_start_token_id": "<|vision_start|>", "vision_end_token_id": "<|vision_end|>",
    }  # fmt: skip
    return {name: tokenizer().convert_tokens_to_ids(token) for name, token in names.items()}


def _ends() -> dict[str, Any]:
    return {"eos_token_id": tokenizer().eos_token_id, "pad_token_id": tokenizer().pad_token_id}


# -- pipelines ---------------------------------------------------------------------------------------------------------


def _scheduler() -> Any:
    from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler

    return FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True)


def _flux2(weights: Weights, kind: str, blocks: tuple[int, int], heads: int, text: tuple[int, int, bool]) -> Any:
    import diffusers
    from diffusers.models.autoencoders.autoencoder_kl_flux2 import AutoencoderKLFlux2
    from diffusers.models.transformers.transformer_flux2 import Flux2Transformer2DModel

    transformer = weights.made(
        lambda: Flux2Transformer2DModel(
            num_layers=blocks[0], num_single_layers=blocks[1], num_attention_heads=heads, attention_head_dim=128,
            joint_attention_dim=3 * text[0], guidance_embeds=False,
        )
    )  # fmt: skip
    return getattr(diffusers, kind)(
        scheduler=_scheduler(), vae=weights.made(AutoencoderKLFlux2), text_encoder=qwen3(weights, *text),
        tokenizer=tokenizer(), transformer=transformer, is_distilled=True,
    )  # fmt: skip


def klein(weights: Weights) -> Any:
    """FLUX.2 klein 4B: 5 double and 20 single blocks of 24 heads of 128."""
    return _flux2(weights, "Flux2KleinPipeline", (5, 20), 24, (2560, 9728, True))


def klein_kv(weights: Weights) -> Any:
    """FLUX.2 klein 9B-KV: 8 and 24 blocks of 32 heads."""
    return _flux2(weights, "Flux2KleinKVPipeline", (8, 24), 32, (4096, 12288, False))


def longcat(weights: Weights) -> Any:
    """LongCat-Image-Edit: 10 double and 20 single blocks, FLUX.1's codec."""
    from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
    from diffusers.models.transformers.transformer_longcat_image import LongCatImageTransformer2DModel
    from diffusers.pipelines.longcat_image.pipeline_longcat_image_edit import LongCatImageEditPipeline

    return LongCatImageEditPipeline(
        scheduler=_scheduler(), vae=weights.made(lambda: AutoencoderKL(**_FLUX_VAE)), tokenizer=tokenizer(),
        text_encoder=qwen25_vl(weights), text_processor=processor("qwen2.5"),
        transformer=weights.made(lambda: LongCatImageTransformer2DModel(num_layers=10, num_single_layers=20)),
    )  # fmt: skip


def qwen(weights: Weights) -> Any:
    """Qwen-Image-Edit-2511: 60 double blocks, as the class has them by itself."""
    from diffusers.models.autoencoders.autoencoder_kl_qwenimage import AutoencoderKLQwenImage
    from diffusers.models.transformers.transformer_qwenimage import QwenImageTransformer2DModel
    from diffusers.pipelines.qwenimage.pipeline_qwenimage_edit_plus import QwenImageEditPlusPipeline

    return QwenImageEditPlusPipeline(
        scheduler=_scheduler(), vae=weights.made(AutoencoderKLQwenImage), text_encoder=qwen25_vl(weights),
        tokenizer=tokenizer(), processor=processor("qwen2.5"),
        transformer=weights.made(lambda: QwenImageTransformer2DModel(zero_cond_t=True)),
    )  # fmt: skip


def dreamlite(weights: Weights) -> Any:
    """DreamLite mobile: a UNet of 256, 512 and 896 channels with one head of keys, and a tiny codec."""
    from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny
    from diffusers.models.unets.unet_dreamlite import DreamLiteUNetModel

    from assistant.editor.dreamlite import DreamLite

    unet = weights.made(
        lambda: DreamLiteUNetModel(
            sample_size=128, block_out_channels=(256, 512, 896), attention_head_dim=(4, 8, 14),
            transformer_layers_per_block=(1, 2, 4), ff_mult=3, cross_attention_dim=2304, encoder_hid_dim=2048,
            encoder_hid_dim_type="text_proj_rms", addition_embed_type="time", addition_time_embed_dim=256,
            projection_class_embeddings_input_dim=512, use_linear_projection=True,
        )
    )  # fmt: skip
    return DreamLite(
        text_encoder=qwen3_vl(weights, "2B"), tokenizer=tokenizer(), processor=processor("qwen3"),
        vae=weights.made(AutoencoderTiny), unet=unet, scheduler=_scheduler(),
    )  # fmt: skip


BUILDERS: Mapping[str, Callable[[Weights], Any]] = {
    "klein": klein, "klein-kv": klein_kv, "longcat": longcat, "qwen": qwen, "firered": qwen, "dreamlite": dreamlite,
}  # fmt: skip


def pipeline_of(profile: Profile, weights: Weights) -> Any:
    """The profile's pipeline at full size. Raises UnknownProfile where there is no configuration."""
    if profile.name not in BUILDERS:
        raise UnknownProfile(
            f"There is no full-size configuration of {profile.name} with random weights.",
            allowed=f"There are: {', '.join(BUILDERS)}.",
            remedy="Choose one of them, or measure with its own weights.",
        )
    pipeline = BUILDERS[profile.name](weights)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def planner_of(profile: Profile, weights: Weights) -> Any:
    """The model of a planner of its own, and its processor; None where the text encoder plans."""
    return (qwen3_vl(weights, "4B"), processor("qwen3")) if profile.planner is not None else None


def parts_of(profile: Profile) -> Parts:
    """Billions of parameters, counted without any memory."""
    empty = Weights("meta")
    pipeline, planner = pipeline_of(profile, empty), planner_of(profile, empty)
    painter = getattr(pipeline, "transformer", None) or pipeline.unet
    return Parts(
        billions(painter), billions(pipeline.text_encoder), billions(pipeline.vae),
        billions(planner[0]) if planner else 0.0,
    )  # fmt: skip


def billions(model: nn.Module) -> float:
    """Of parameters; shared ones count once."""
    return sum(each.numel() for each in model.parameters()) / 1e9
