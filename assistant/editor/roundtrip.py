"""A picture through a codec and back, for every kind of codec that the pipelines carry."""

from __future__ import annotations

from typing import Any

import torch


def through(vae: Any, pixels: torch.Tensor) -> torch.Tensor:
    """(B, 3, H, W) in -1..1 as the codec gives them back, float32 on the CPU; without noise.

    Codecs of videos see one frame.
    """
    given = pixels.to(vae.device, vae.dtype)
    frames = is_of_videos(vae)
    encoded: Any = vae.encode(given[:, :, None] if frames else given)
    latents = encoded.latent_dist.mode() if hasattr(encoded, "latent_dist") else encoded.latents
    back: torch.Tensor = vae.decode(latents, return_dict=False)[0]
    back = back[:, :, 0] if frames else back
    return back.float().clamp(-1, 1).cpu()


def is_of_videos(vae: Any) -> bool:
    """Whether its latents have a place for time."""
    return hasattr(vae.config, "temperal_downsample") or hasattr(vae.config, "temporal_downsample")
