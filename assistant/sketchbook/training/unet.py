"""The painter's parts: the UNet and its noise schedule, what it learns from a batch, how it paints, how it is exported.

The UNet sees the noisy latents and those of the picture before (Brooks et al., "InstructPix2Pix", 2023) and says the
picture after itself ("sample"): where a wish leaves little open, that is an ordinary fit at every step. The schedule
ends in pure noise and steps are counted from there (Lin et al., "Common Diffusion Noise Schedules and Sample Steps are
Flawed", 2024).
"""

import copy
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import torch
from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny
from diffusers.models.embeddings import TextTimeEmbedding
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion_instruct_pix2pix import (
    StableDiffusionInstructPix2PixPipeline,
)
from diffusers.schedulers.scheduling_ddim import DDIMScheduler
from torch import nn

from assistant.sketchbook.training.codec import EXPORT_TYPE, LATENTS, STAGES
from assistant.sketchbook.training.shards import SIDE

PLACES = 64  # of an instruction's features, padded with zeros; no mask tells the UNet which are padding
INFERENCE_STEPS = 4
TRAIN_STEPS = 1000
_LARGEST_FILE = "14MB"
CELLS = SIDE >> (STAGES - 1)  # latents a side of a whole picture

TextFeatures = Callable[[Sequence[str]], torch.Tensor]
"""Instructions to features, (B, PLACES, hidden), float32 on the CPU."""


@dataclass(frozen=True)
class UnetShape:
    """The size of the UNet; of the default 7.6 M weights, 15.1 MB at half precision."""

    widths: tuple[int, ...] = (128, 160)
    layers: int = 1  # residual blocks a level on the way down, one more on the way up
    head: int = 32  # channels of an attention head
    groups: int = 16  # of normalisation
    latents: int = LATENTS
    hidden: int = 256  # of the text's features
    cross: int = 256  # of what attention sees of them
    said: int = 256  # of time and pooled words together, which scale and shift what is normalised

    def build(self) -> UNet2DConditionModel:
        """The untrained stock model: attention over picture and words at every level, no feed-forward blocks.

        The words are also pooled and added to every block beside the time, as DeepFloyd IF does; that begins as zero.
        """
        levels = len(self.widths)
        unet = UNet2DConditionModel(
            sample_size=CELLS,
            in_channels=2 * self.latents,
            out_channels=self.latents,
            block_out_channels=self.widths,
            layers_per_block=self.layers,
            down_block_types=("SimpleCrossAttnDownBlock2D",) * levels,
            mid_block_type="UNetMidBlock2DSimpleCrossAttn",
            up_block_types=("SimpleCrossAttnUpBlock2D",) * levels,
            attention_head_dim=self.head,
            norm_num_groups=self.groups,
            cross_attention_dim=self.cross,
            encoder_hid_dim=self.hidden,
            encoder_hid_dim_type="text_proj",
            time_embedding_dim=self.said,
            resnet_time_scale_shift="scale_shift",
            addition_embed_type="text",
            addition_embed_type_num_heads=max(1, self.hidden // self.head),
        )
        pooled = unet.add_embedding
        assert isinstance(pooled, TextTimeEmbedding)
        nn.init.zeros_(pooled.norm2.weight)
        return unet


def make_scheduler() -> DDIMScheduler:
    """The schedule of training and use; `clip_sample` would cut latents at ±1."""
    return DDIMScheduler(
        num_train_timesteps=TRAIN_STEPS,
        beta_schedule="scaled_linear",
        beta_start=0.00085,
        beta_end=0.012,
        clip_sample=False,
        set_alpha_to_one=True,
        timestep_spacing="trailing",
        rescale_betas_zero_snr=True,
        prediction_type="sample",
    )


@cache
def used_timesteps() -> tuple[int, ...]:
    """Those of INFERENCE_STEPS steps: 999, 749, 499, 249."""
    scheduler = make_scheduler()
    scheduler.set_timesteps(INFERENCE_STEPS)
    return tuple(int(step) for step in scheduler.timesteps)


@torch.no_grad()
def fit_to_features(unet: UNet2DConditionModel, features: torch.Tensor) -> None:
    """Starts the projection of the text's features as the identity, brought to variance 1 over its real places."""
    projection = unet.encoder_hid_proj
    assert isinstance(projection, nn.Linear)
    real = features[features.abs().sum(dim=2) > 0]
    deviation = real.std(dim=0).clamp_min(1e-4)
    eye = torch.eye(projection.out_features, projection.in_features)
    projection.weight.copy_(eye / deviation)
    projection.bias.zero_()


def take_over(unet: UNet2DConditionModel, other: UNet2DConditionModel) -> None:
    """Copies the weights of one UNet into another of a like shape; parts that the other lacks stay as they are."""
    own = unet.state_dict()
    fitting = {
        name: weight for name, weight in other.state_dict().items() if name in own and own[name].shape == weight.shape
    }
    unet.load_state_dict(fitting, strict=False)


@torch.no_grad()
def paint(
    unet: UNet2DConditionModel, source: torch.Tensor, features: torch.Tensor, noise: torch.Tensor
) -> torch.Tensor:
    """What the pipeline does between encoder and decoder: latents of the pictures after, (B, latents, h, w)."""
    scheduler = make_scheduler()
    scheduler.set_timesteps(INFERENCE_STEPS)
    latents = noise
    for timestep in scheduler.timesteps:
        said = unet(torch.cat([latents, source], dim=1), timestep, features).sample
        latents = scheduler.step(said.float(), int(timestep), latents.float(), return_dict=False)[0]
    return latents


def export(unet: UNet2DConditionModel, vae: AutoencoderTiny, folder: Path) -> None:
    """Writes a pipeline folder at half precision, whole or not at all."""
    pipeline = StableDiffusionInstructPix2PixPipeline(
        unet=_halved(unet), vae=_halved(vae), scheduler=make_scheduler(),  # pyright: ignore[reportArgumentType]
        text_encoder=None, tokenizer=None, safety_checker=None, feature_extractor=None,  # pyright: ignore[reportArgumentType]
        requires_safety_checker=False,
    )  # fmt: skip
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    pipeline.save_pretrained(partial, max_shard_size=_LARGEST_FILE)
    _forget_what_is_derived(partial / "vae" / "config.json")
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)


def _halved(module: nn.Module) -> nn.Module:
    """A copy on the CPU at half precision; the classes' own method to get there warns of a list that is empty here."""
    return nn.Module.to(copy.deepcopy(module), device="cpu", dtype=EXPORT_TYPE).eval()


def _forget_what_is_derived(config: Path) -> None:
    """AutoencoderTiny writes a field that it then warns of when it reads it, and from where it was read itself."""
    fields = json.loads(config.read_text())
    for name in ("block_out_channels", "_name_or_path"):
        fields.pop(name, None)
    config.write_text(json.dumps(fields, indent=2) + "\n")
