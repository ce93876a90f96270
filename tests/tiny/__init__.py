"""The classes of the real profiles at tiny size, from configurations and a seed, saved as repository folders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from assistant.profiles import PROFILES, Profile
from tests.tiny import klein

BUILDERS: dict[str, Callable[[Path], Path]] = {
    "klein": klein.save,
    "klein-kv": lambda folder: klein.save(folder, "Flux2KleinKVPipeline"),
}
"""For each profile what saves its editor's repository into a folder."""
SIDE = 128
"""Tiny models paint at most so many pixels squared."""


@lru_cache
def folder_of(name: str) -> Path:
    """Where the tiny weights of a profile lie; built once."""
    return BUILDERS[name](Path(mkdtemp(prefix=f"palimpsest-{name}-")) / "repository")


def tiny(name: str) -> Profile:
    """The profile as it is, but for how much it paints at once."""
    profile = PROFILES[name]
    return replace(profile, sizes=replace(profile.sizes, pixels=SIDE**2, least=64**2, sizes=()))
