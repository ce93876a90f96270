"""A painter's transformer in a GGUF file of one's own: fewer bits, made beforehand, on any device.

The rest of the profile (text encoder, codec, settings) comes from its repository. The format:
https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from assistant.errors import DamagedCheckpoint, NotInstalled, UnsafeCheckpoint
from assistant.profiles import PROFILES, PipelineName, Profile

_MAGIC, _VERSIONS = b"GGUF", (2, 3)
_TAKE: frozenset[PipelineName] = frozenset(
    [
        "Flux2KleinPipeline",
        "Flux2KleinKVPipeline",
        "QwenImageEditPlusPipeline",
        "QwenImage21Pipeline",
        "FluxKontextPipeline",
    ]
)
"""Pipelines whose transformer diffusers loads from one file."""


@dataclass(frozen=True)
class GgufFile:
    """One that was looked at."""

    path: Path
    gb: float

    def within(self, profile: Profile) -> Profile:
        """The profile with a transformer of this size, for reckoning memory."""
        return replace(profile, transformer_gb=self.gb)


def takes_gguf(profile: Profile) -> bool:
    """Whether its painter may come from such a file."""
    return profile.pipeline in _TAKE


def gguf_file(path: Path, profile: Profile) -> GgufFile:
    """The file, for the painter of a profile. Raises NotInstalled, UnsafeCheckpoint, DamagedCheckpoint."""
    if not takes_gguf(profile):
        raise UnsafeCheckpoint(
            f"{profile.name} cannot take its painter from a GGUF file.",
            allowed=f"These can: {', '.join(name for name, each in PROFILES.items() if takes_gguf(each))}.",
            remedy="Choose one of them with --profile, or leave --gguf out.",
        )
    if not path.is_file():
        raise NotInstalled(f"There is no file “{path}”.", remedy="Check the path that follows --gguf.")
    with path.open("rb") as file:
        head = file.read(8)
    if head[:4] != _MAGIC:
        raise UnsafeCheckpoint(
            f"“{path.name}” is not a GGUF file.", allowed="A file that begins with GGUF.",
            remedy="Fetch it again; a page that asks to log in may have been saved in its place.",
        )  # fmt: skip
    version = int.from_bytes(head[4:8], "little")
    if version not in _VERSIONS:
        raise DamagedCheckpoint(
            f"“{path.name}” is GGUF of version {version}.", allowed="Versions 2 and 3 are read.",
            remedy="Take a newer file of the same weights.",
        )  # fmt: skip
    return GgufFile(path, round(path.stat().st_size / 1e9, 3))
