"""A picture through a codec and back, for every kind of codec that the pipelines carry."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

_WHOLE = 0.97
"""Of alpha: from here on it counts as 1, which no codec gives back exactly."""


def through(vae: Any, pixels: torch.Tensor) -> torch.Tensor:
    """(B, 3, H, W) in -1..1 as the codec gives them back, float32 on the CPU; without noise.

    Codecs of videos see one frame; those of four channels see that nothing is transparent, and give four.
    """
    given = pixels.to(vae.device, vae.dtype)
    if getattr(vae.config, "in_channels", 3) == 4:
        given = torch.cat([given, torch.ones_like(given[:, :1])], dim=1)
    frames = is_of_videos(vae)
    encoded: Any = vae.encode(given[:, :, None] if frames else given)
    latents = encoded.latent_dist.mode() if hasattr(encoded, "latent_dist") else encoded.latents
    back: torch.Tensor = vae.decode(latents, return_dict=False)[0]
    back = back[:, :, 0] if frames else back
    return back.float().clamp(-1, 1).cpu()


def on_paper(image: np.ndarray) -> np.ndarray:
    """(H, W, 3) of colours in 0..1; what is transparent of (H, W, 4) on white."""
    if image.shape[-1] == 3:
        return image
    alpha = np.clip(image[..., 3:] / _WHOLE, 0, 1)
    return image[..., :3] * alpha + (1 - alpha)


def is_of_videos(vae: Any) -> bool:
    """Whether its latents have a place for time."""
    return hasattr(vae.config, "temperal_downsample") or hasattr(vae.config, "temporal_downsample")
