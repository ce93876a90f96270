"""The classes of the real profiles at tiny size, from configurations and a seed, saved as repository folders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from assistant.profiles import PROFILES, Profile
from tests.tiny import dreamlite, flux3, klein, kontext, longcat, pix2pix, qwen, qwen21

BUILDERS: dict[str, Callable[[Path], Path]] = {
    "klein": klein.save,
    "klein-kv": lambda folder: klein.save(folder, "Flux2KleinKVPipeline"),
    "longcat": longcat.save,
    "qwen": qwen.save,
    "firered": lambda folder: qwen.save(folder, zero_cond_t=False),
    "kontext": kontext.save,
    "dreamlite": dreamlite.save,
    "flux3-klein": flux3.save,
    "qwen21": qwen21.save,
    "pix2pix": pix2pix.save,
}
"""For each profile what saves its editor's repository into a folder."""
MOST_STEPS = 4
SIDE = 128
"""Tiny models paint at most so many pixels squared."""


@lru_cache
def folder_of(name: str) -> Path:
    """Where the tiny weights of a profile lie; built once."""
    return BUILDERS[name](Path(mkdtemp(prefix=f"palimpsest-{name}-")) / "repository")


def tiny(name: str) -> Profile:
    """The profile as it is, but for how much it paints at once and how often it looks again."""
    profile = PROFILES[name]
    sizes = replace(profile.sizes, pixels=SIDE**2, least=64**2, sizes=())
    return replace(profile, sizes=sizes, num_inference_steps=min(profile.num_inference_steps, MOST_STEPS))
