"""A profile's pipeline from a folder of weights: the stock class, the device, the precision, the adapters.

Heavy: imported late. Safetensors only; no code of a repository is run; nothing is asked of the network.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import diffusers
import torch
from diffusers.quantizers.quantization_config import GGUFQuantizationConfig
from diffusers.utils import logging
from safetensors import SafetensorError

from assistant.editor.dreamlite import DreamLite
from assistant.editor.flux3 import Flux3
from assistant.editor.mending import mend
from assistant.errors import EditorError
from assistant.profiles import Profile

_SAMPLE, _PLACES = 65_536, 16
"""Bytes, and in how many places, by which a file of one's own is told from another."""


def load_pipeline(
    profile: Profile, folder: Path, adapters: Sequence[Path] = (), dtype: torch.dtype = torch.bfloat16,
    quantization: Any = None, gguf: Path | None = None,
) -> Any:  # fmt: skip
    """The profile's pipeline class with the weights of `folder`, the files of `adapters` put on it.

    `gguf` is a file with the transformer, instead of the folder's. Still where it was loaded: `placing.place` moves it.
    Raises EditorError when something is missing or does not load.
    """
    logging.disable_progress_bar()
    try:
        pipeline = _class_of(profile).from_pretrained(
            folder, dtype=dtype, local_files_only=True, use_safetensors=True, quantization_config=quantization,
            **_unneeded(profile), **({"transformer": _transformer_of(folder, gguf, dtype)} if gguf else {}),
        )  # fmt: skip
        if profile.scheduler:
            kind, own = type(pipeline.scheduler), pipeline.scheduler.config
            pipeline.scheduler = kind.from_config({**own, **profile.scheduler})
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise EditorError(
            f"The painter of {profile.name} does not load from “{folder}” ({str(error).splitlines()[0][:200]}).",
            remedy=f"Check and mend it: palimpsest models fetch {profile.name}",
        ) from error
    names = [f"adapter{number}" for number, _ in enumerate(adapters)]
    for name, path in zip(names, adapters, strict=True):
        put_on(pipeline, path, name)
    if len(names) > 1:
        pipeline.set_adapters(names)
    mend(pipeline)
    return pipeline


def _transformer_of(folder: Path, gguf: Path, dtype: torch.dtype) -> Any:
    """The folder's transformer class with the weights of a GGUF file. Raises EditorError without the package for it."""
    if importlib.util.find_spec("gguf") is None:
        raise EditorError(
            "To read a GGUF file takes the package gguf, which is not installed.",
            remedy='Install it: pip install -e ".[gpu]"',
        )
    kind = json.loads((folder / "model_index.json").read_text())["transformer"][1]
    return getattr(diffusers, kind).from_single_file(
        str(gguf), config=str(folder), subfolder="transformer", dtype=dtype, local_files_only=True,
        quantization_config=GGUFQuantizationConfig(compute_dtype=dtype),
    )  # fmt: skip


def put_on(pipeline: Any, path: Path, name: str) -> None:
    """The LoRA in a safetensors file, switched on; `disable_lora` switches it off, `unload_lora_weights` takes it off.

    Raises EditorError for a file that is damaged or made for other weights.
    """
    try:
        if path.suffix != ".safetensors":  # the library would read a pickle, whatever it is told
            raise ValueError("it is not a safetensors file")
        with warnings.catch_warnings(action="ignore"):  # that there is another one already
            pipeline.load_lora_weights(
                path.parent, weight_name=path.name, adapter_name=name, local_files_only=True, use_safetensors=True
            )
        if not any(name in names for names in pipeline.get_list_adapters().values()):
            raise ValueError("none of its keys is one of the painter's")
    except (OSError, ValueError, LookupError, RuntimeError, SafetensorError) as error:
        raise EditorError(
            f"The adapter “{path.name}” does not load ({(str(error).splitlines() or [''])[0][:200]}).",
            allowed="A LoRA in a safetensors file, made for this painter.",
            remedy="Fetch the profile again: palimpsest models fetch",
        ) from error


def _class_of(profile: Profile) -> Any:
    match profile.pipeline:
        case "DreamLiteMobilePipeline":
            return DreamLite
        case "Flux3DistilledModularPipeline":
            return Flux3
        case name:
            return getattr(diffusers, name)


def _unneeded(profile: Profile) -> dict[str, Any]:
    """Parts that are not loaded: a filter of pictures decides nothing here."""
    if profile.pipeline == "StableDiffusionInstructPix2PixPipeline":
        return {"safety_checker": None, "feature_extractor": None, "requires_safety_checker": False}
    return {}


def fingerprint_of(profile: Profile, folder: Path, how: str, adapters: Sequence[Path] = ()) -> str:
    """Model, weights, adapters (a GGUF file among them) and precision in a line.

    Weights by their configurations and the sizes of their files: hashing tens of GB at every start would take minutes;
    what was fetched was hashed then. Files of one's own by a few places as well.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".json":
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
        elif path.suffix == ".safetensors":
            digest.update(f"{path.relative_to(folder).as_posix()} {path.stat().st_size}".encode())
    for path in adapters:
        digest.update(f"{path.name} {path.stat().st_size}".encode() + _samples(path))
    digest.update(repr(sorted(profile.scheduler.items())).encode())
    return f"{profile.name} {digest.hexdigest()[:32]} {how}"


def _samples(path: Path) -> bytes:
    """A few bytes from everywhere in a file: weights that were changed differ in all places."""
    size = path.stat().st_size
    with path.open("rb") as file:
        return b"".join(file.read(_SAMPLE) for place in range(_PLACES) if file.seek(size * place // _PLACES) >= 0)
