"""A profile's pipeline from a folder of weights: the stock class, the device, the precision, the adapters.

Heavy: imported late. Safetensors only; no code of a repository is run; nothing is asked of the network.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import diffusers
import torch
from diffusers.utils import logging

from assistant.errors import EditorError
from assistant.profiles import Profile

_QUANTISED = ("transformer", "text_encoder", "text_encoder_2", "unet")
"""Parts that are made small; a codec stays as it is: it decides the pixels and weighs little."""


def load_pipeline(
    profile: Profile, folder: Path, adapters: Sequence[Path] = (), dtype: torch.dtype = torch.bfloat16,
    quantization: Any = None, device: str | None = None, **parts: Any,
) -> Any:  # fmt: skip
    """The profile's pipeline class with the weights of `folder`, the files of `adapters` put on it.

    `parts` are loaded already (a text encoder that another one shares). `device` None leaves placing to the caller.
    Raises EditorError when something is missing or does not load.
    """
    logging.disable_progress_bar()
    try:
        pipeline = _class_of(profile).from_pretrained(
            folder, dtype=dtype, local_files_only=True, use_safetensors=True, quantization_config=quantization,
            **_unneeded(profile), **parts,
        )  # fmt: skip
        for path in adapters:
            pipeline.load_lora_weights(path.parent, weight_name=path.name, local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise EditorError(
            f"The painter of {profile.name} does not load from “{folder}” ({str(error).splitlines()[0][:200]}).",
            remedy=f"Check and mend it: palimpsest models fetch {profile.name}",
        ) from error
    return pipeline.to(device) if device else pipeline


def _class_of(profile: Profile) -> Any:
    return getattr(diffusers, profile.pipeline)


def _unneeded(profile: Profile) -> dict[str, Any]:
    """Parts that are not loaded: a filter of pictures decides nothing here."""
    if profile.pipeline == "StableDiffusionInstructPix2PixPipeline":
        return {"safety_checker": None, "feature_extractor": None, "requires_safety_checker": False}
    return {}


def fingerprint_of(profile: Profile, folder: Path, how: str) -> str:
    """Model, weights and precision in a line; the weights by their configurations and the sizes of their files.

    Hashing tens of GB at every start would take minutes; what was fetched was hashed then.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".json":
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
        elif path.suffix == ".safetensors":
            digest.update(f"{path.relative_to(folder).as_posix()} {path.stat().st_size}".encode())
    return f"{profile.name} {digest.hexdigest()[:32]} {how}"
