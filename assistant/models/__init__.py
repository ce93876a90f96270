"""The models of a profile: loaded when first needed, once, and shared by planner, locator, verifier and painter."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.checkpoints import folder_of, is_accepted, license_note, no_remote_code, state_of
from assistant.errors import CheckpointError, UnknownProfile
from assistant.fitting import Placement, choose, fit
from assistant.gguf_files import gguf_file
from assistant.models.crew import Models
from assistant.models.embedded import WEIGHTS, EmbeddedWeights, load_embedded
from assistant.models.lazy import LazyEditor, LazyGate
from assistant.models.probe import probe
from assistant.models.stock import load_stock
from assistant.profiles import AUTO, PROFILES, Profile, Repo, profile_named
from assistant.vlm import Gate

__all__ = [
    "WEIGHTS", "Elsewhere", "EmbeddedWeights", "LazyEditor", "LazyGate", "Models", "chosen_profile", "load_models",
]  # fmt: skip
KEY = "PALIMPSEST_PLANNER_KEY"
"""Environment variable with the password of the server that plans."""


@dataclass(frozen=True)
class Elsewhere:
    """A server on the owner's network that plans instead of a model of ours."""

    url: str
    model: str = ""
    """The first that the server names, when left out."""

    def gate(self) -> Gate:
        """Raises ModelUnavailable for what is no address."""
        from assistant.vlm.remote import RemoteGate

        return RemoteGate(self.url, self.model, os.environ.get(KEY))


def chosen_profile(name: str, gguf: Path | None = None) -> tuple[Profile, str]:
    """The profile of that name, or the one that suits this machine, and why in a sentence. Raises UnknownProfile."""
    if name != AUTO:
        return profile_named(name), ""
    if gguf is not None:
        raise UnknownProfile(
            f"“{AUTO}” chooses among what was fetched, not for “{gguf.name}”.",
            remedy="Name the profile that the file was made of with --profile.",
        )
    return choose([each.name for each in PROFILES.values() if state_of(each) == "installed"], probe())


def load_models(
    profile: Profile, weights: Path = WEIGHTS, elsewhere: Elsewhere | None = None, compiled: bool = False,
    gguf: Path | None = None,
) -> Models:  # fmt: skip
    """The models of a profile, not loaded yet; `weights` are those of the embedded one, `gguf` its painter's own file.

    Raises CheckpointError where they are not there or their licence was not accepted; ModelUnavailable.
    """
    remote = elsewhere.gate() if elsewhere else None
    own = gguf_file(gguf, profile) if gguf else None
    if profile.is_embedded:
        return load_embedded(profile, weights, remote)
    check_usable(profile)
    no_remote_code()

    def folder(repo: Repo) -> Path:
        return folder_of(profile, repo)

    def place() -> Placement:
        if own is None:
            return fit(profile, probe())
        found = fit(own.within(profile), probe(), streams=False)
        return replace(found, words=f"{found.words} {own.path.name} paints.")

    return load_stock(profile, folder, place, remote, compiled, own)


def check_usable(profile: Profile) -> None:
    """Raises CheckpointError for weights that are not there, or whose licence nobody at this machine has read."""
    if profile.is_embedded:
        return
    for repo in profile.repos:
        folder_of(profile, repo)
    if not is_accepted(profile):
        raise CheckpointError(
            license_note(profile, False), remedy=f"Accept it once with: palimpsest models fetch {profile.name}"
        )
