"""What a finished codec is worth: read back from disk as the product reads it, measured on pictures it never saw."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import torch
from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny

from assistant.sketchbook.training.codec import Codec, fidelity, latent_statistics
from assistant.sketchbook.training.shards import Pictures, held_out_scenes


def report(average: Codec, exported: Path, held_out: Pictures) -> dict[str, Any]:
    """The figures of an export: PSNR in dB (each style counts the same), latents per channel, size.

    `psnr_before` is that of the weights in training, float32; the export is measured in float32 and in bfloat16.
    """
    loaded = AutoencoderTiny.from_pretrained(exported, torch_dtype=torch.float32).eval()
    kept = fidelity(loaded, held_out)
    mean, deviation = latent_statistics(loaded, held_out)
    by_style: dict[str, list[float]] = defaultdict(list)
    for scene, psnr in zip(held_out_scenes(len(held_out)), kept.whole, strict=True):
        by_style[scene.style.value].append(psnr)
    half = AutoencoderTiny.from_pretrained(exported, torch_dtype=torch.bfloat16).eval()
    return {
        "pictures": len(held_out),
        "psnr": kept.psnr,
        "face_psnr": kept.face_psnr,
        "psnr_before": fidelity(average, held_out).psnr,
        "psnr_bfloat16": fidelity(half, held_out).psnr,
        "psnr_by_style": {style: sum(values) / len(values) for style, values in by_style.items()},
        "latent_mean_furthest_from_0": float(mean.abs().max()),
        "latent_deviation": [float(deviation.min()), float(deviation.mean()), float(deviation.max())],
        "parameters": sum(weight.numel() for weight in loaded.parameters()),
        "bytes": sum(path.stat().st_size for path in exported.iterdir()),
    }
