"""The models of a profile: loaded when first needed, once, and shared by planner, locator, verifier and painter."""

from __future__ import annotations

from pathlib import Path

from assistant.models.crew import Models
from assistant.models.embedded import WEIGHTS, EmbeddedWeights, load_embedded
from assistant.models.lazy import LazyEditor, LazyGate
from assistant.profiles import Profile

__all__ = ["WEIGHTS", "EmbeddedWeights", "LazyEditor", "LazyGate", "Models", "load_models"]


def load_models(profile: Profile, weights: Path = WEIGHTS) -> Models:
    """The models of a profile, not loaded yet."""
    return load_embedded(profile, weights)
