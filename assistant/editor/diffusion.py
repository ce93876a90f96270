"""A stock diffusers pipeline as an editor: InstructPix2Pix without guidance, told by hidden states instead of a prompt.

Heavy: imported late. Brooks, Holynski, Efros, "InstructPix2Pix", 2023, for the pipeline; Lin et al., "Common Diffusion
Noise Schedules and Sample Steps are Flawed", 2024, for the trailing schedule that ends in pure noise.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion_instruct_pix2pix import (
    StableDiffusionInstructPix2PixPipeline,
)
from diffusers.schedulers.scheduling_ddim import DDIMScheduler
from diffusers.utils import logging

from assistant.editor import EditRequest, OnStep
from assistant.errors import EditorError
from assistant.pictures import Picture, Pixels
from assistant.sizes import Box, Size, centered
from assistant.sketchbook.draw import blank_sheet

TextEncoder = Callable[[Sequence[str]], torch.Tensor]
"""Instructions to features, (B, places, hidden)."""

TRAINED_SIDE = 256
"""Longest side in px of what the embedded painter was trained on."""
NUM_INFERENCE_STEPS = 4
_BFLOAT16_PROCESSORS = ("avx512_bf16", "amx_bf16", "arm_bf16", "bf16")
DRAWING_SIDE = 512
"""Of a new picture, in px; painted at the trained side and enlarged, so that text set on it is sharp."""


class PipelineEditor:
    """Looks at the whole picture at the trained size; one call at a time, whatever thread it comes from."""

    num_inference_steps = NUM_INFERENCE_STEPS
    drawing_size = Size(DRAWING_SIDE, DRAWING_SIDE)
    joins_wishes = False  # it learned them one by one: of glasses and a hat at once it paints the hat

    def __init__(
        self,
        pipeline: StableDiffusionInstructPix2PixPipeline,
        encode: TextEncoder,
        fingerprint: str,
        side: int = TRAINED_SIDE,
        lock: threading.RLock | None = None,
    ) -> None:
        """`lock` is one that others who use the same modules (the text encoder's) hold too."""
        self.pipeline = pipeline
        self.fingerprint = fingerprint
        self._encode = encode
        self._side = side
        self._lock = lock or threading.RLock()
        self._multiple = pipeline.vae_scale_factor << (len(pipeline.unet.config["block_out_channels"]) - 1)
        pipeline.set_progress_bar_config(disable=True)

    # -- sizes ---------------------------------------------------------------------------------------------------------

    def view_box(self, size: Size, box: Box) -> Box:
        """The whole picture: the painter has never seen parts of one."""
        return size.box

    def painted_size(self, size: Size) -> Size:
        """The size with its longer side at the trained one, whatever it was."""
        return size.scaled(self._side / max(size))

    def _prepared(self, view: Pixels) -> torch.Tensor:
        """(1, 3, h, w) in 0..1 of the trained size, continued by reflection to what codec and UNet can halve."""
        size = Size(view.shape[1], view.shape[0])
        small = resized(view.astype(np.float32), self.painted_size(size))
        room = self.painted_size(size).snapped(self._multiple)
        missing = ((0, room.height - small.shape[0]), (0, room.width - small.shape[1]), (0, 0))
        padded = np.pad(small, missing, mode="reflect").clip(0, 255) / 255  # Lanczos overshoots
        return torch.from_numpy(padded).permute(2, 0, 1)[None].contiguous()

    def _finished(self, painted: torch.Tensor, size: Size) -> list[Picture]:
        """(B, 3, h, w) in 0..1 cut back and brought to `size`."""
        inner = self.painted_size(size)
        kept = painted[:, :, : inner.height, : inner.width].float().permute(0, 2, 3, 1).cpu().numpy()
        pictures: list[Picture] = []
        for image in kept:
            codes = resized(np.ascontiguousarray(image) * 255, size)
            pictures.append(Picture(to_codes(codes)))
        return pictures

    # -- painting ------------------------------------------------------------------------------------------------------

    def edit(self, request: EditRequest, on_step: OnStep) -> list[Picture]:
        """One picture for each seed, all in one batch; the mask is for the keeper, not for this painter."""
        if request.references:
            raise EditorError(
                "This painter cannot take from a second picture.",
                allowed="It paints what words say into one picture.",
                remedy="Paste the other picture as an exact step, or choose a profile that takes references.",
            )
        return self._painted(request.instruction, request.view.rgb, request.seeds, request.num_inference_steps, on_step)

    def generate(self, prompt: str, size: Size, seeds: tuple[int, ...], on_step: OnStep) -> list[Picture]:
        """A blank sheet, edited: square, as it was learned, and the middle of it taken for other sizes."""
        window = centered(self.painted_size(size), Size(self._side, self._side)).slices
        painted = self._painted(prompt, blank_sheet(self._side), seeds, self.num_inference_steps, on_step)
        inner = [np.ascontiguousarray(picture.rgb[window]).astype(np.float32) for picture in painted]
        return [Picture(to_codes(resized(image, size))) for image in inner]

    @torch.inference_mode()
    def echo(self, view: Picture) -> Picture | None:
        """The view through the codec and back."""
        with self._lock:
            vae = self.pipeline.vae
            given = self._prepared(view.rgb).to(self._device, self._dtype) * 2 - 1
            back = vae.decode(vae.encode(given).latents).sample
        return self._finished((back / 2 + 0.5).clamp(0, 1), view.size)[0]

    @torch.inference_mode()
    def _painted(
        self, instruction: str, view: Pixels, seeds: Sequence[int], steps: int, on_step: OnStep
    ) -> list[Picture]:
        image = self._prepared(view)
        with self._lock:
            features = self._encode([instruction]).to(self._device, self._dtype)
            latents = self._noise(seeds, image.shape[2:])
            painted: Any = self.pipeline(
                image=image.expand(len(seeds), -1, -1, -1),
                prompt_embeds=features.expand(len(seeds), -1, -1),
                latents=latents,
                num_inference_steps=steps,
                guidance_scale=1.0,
                image_guidance_scale=1.0,
                output_type="pt",
                callback_on_step_end=_reporting(on_step, steps),  # pyright: ignore[reportArgumentType]
            )
        return self._finished(painted.images, Size(view.shape[1], view.shape[0]))

    def _noise(self, seeds: Sequence[int], sides: torch.Size) -> torch.Tensor:
        """Where each candidate starts from: its seed's own noise, the same in every batch and precision."""
        factor = self.pipeline.vae_scale_factor
        shape = (self.pipeline.vae.config["latent_channels"], sides[0] // factor, sides[1] // factor)
        made = [torch.randn(shape, generator=torch.Generator().manual_seed(seed)) for seed in seeds]
        return torch.stack(made).to(self._device, self._dtype)

    @property
    def _device(self) -> torch.device:
        return self.pipeline.unet.device

    @property
    def _dtype(self) -> torch.dtype:
        return self.pipeline.unet.dtype


def _reporting(on_step: OnStep, steps: int) -> Callable[[Any, int, Any, dict[str, Any]], dict[str, Any]]:
    def callback(_pipeline: Any, step: int, _timestep: Any, _tensors: dict[str, Any]) -> dict[str, Any]:
        on_step(step + 1, steps)
        return {}

    return callback


def to_codes(image: np.ndarray) -> Pixels:
    """Numbers of 0..255 as whole codes."""
    return np.clip(np.round(image), 0, 255).astype(np.uint8)


def resized(image: np.ndarray, size: Size) -> np.ndarray:
    """(H, W, 3) float at another size: averaged when smaller, Lanczos when larger."""
    if (image.shape[1], image.shape[0]) == size:
        return image
    smaller = size.width * size.height < image.shape[0] * image.shape[1]
    how = cv2.INTER_AREA if smaller else cv2.INTER_LANCZOS4
    return np.asarray(cv2.resize(image, size, interpolation=how), np.float32)


# -- loading -----------------------------------------------------------------------------------------------------------


def best_dtype() -> torch.dtype:
    """bfloat16 where the processor computes in it (measured twice as fast), else float32.

    Asked of the processor, never timed: it decides pixels, so it must be the same at every start.
    """
    if torch.cuda.is_available():
        return torch.bfloat16
    able = torch.cpu.get_capabilities()
    return torch.bfloat16 if any(able.get(name) for name in _BFLOAT16_PROCESSORS) else torch.float32


def weights_hash(folder: Path) -> str:
    """SHA-256 over every weight and configuration file of a pipeline folder, by name and content."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".safetensors", ".json"):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def load_painter(
    folder: Path,
    encode: TextEncoder,
    dtype: torch.dtype | None = None,
    encoder_fingerprint: str = "",
    lock: threading.RLock | None = None,
) -> PipelineEditor:
    """The painter in a pipeline folder. `encoder_fingerprint` names the weights behind `encode`.

    Raises EditorError when there are no weights or they do not load.
    """
    if not (folder / "model_index.json").is_file():
        raise EditorError(
            f"There is no painter in “{folder}”.",
            allowed="A painter's folder holds a model_index.json, a unet, a vae and a scheduler.",
            remedy="Install the weights, or choose another profile.",
        )
    kind = dtype or best_dtype()
    try:
        pipeline = _load(folder, kind)
    except (OSError, ValueError) as error:
        raise EditorError(
            f"The painter in “{folder}” does not load ({str(error)[:200]}).",
            remedy="Install the weights again, or choose another profile.",
        ) from error
    if torch.cuda.is_available():
        pipeline.unet.to("cuda")
        pipeline.vae.to("cuda")
    name = hashlib.sha256(f"{weights_hash(folder)} {encoder_fingerprint}".encode()).hexdigest()
    return PipelineEditor(pipeline, encode, f"sketchbook {name[:32]} {str(kind).removeprefix('torch.')}", lock=lock)


def _load(folder: Path, dtype: torch.dtype) -> StableDiffusionInstructPix2PixPipeline:
    """What the pipeline's own `from_pretrained` gives, without its progress bar and its remarks."""
    logging.disable_progress_bar()
    here: dict[str, Any] = {"dtype": dtype, "local_files_only": True}
    scheduler: Any = DDIMScheduler.from_pretrained(folder / "scheduler", local_files_only=True)
    return StableDiffusionInstructPix2PixPipeline(
        unet=UNet2DConditionModel.from_pretrained(folder / "unet", **here),
        vae=AutoencoderTiny.from_pretrained(folder / "vae", **here),  # pyright: ignore[reportArgumentType]
        scheduler=scheduler,
        text_encoder=None, tokenizer=None, safety_checker=None, feature_extractor=None,  # pyright: ignore[reportArgumentType]
        requires_safety_checker=False,
    )  # fmt: skip
