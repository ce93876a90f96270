"""The table of profiles: named choices of models with everything needed to run them."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.errors import UnknownProfile


@dataclass(frozen=True)
class Profile:
    """One choice of models. Further fields come with the profiles that need them."""

    name: str
    words: str
    """What it is good at, in a sentence for people."""
    num_inference_steps: int
    side: int
    """Longest side in px at which it paints."""
    license: str
    commercial_use: bool


PROFILES: dict[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(
            name="sketchbook",
            words="Draws and edits illustrated portraits of its own small world, and plans every exact step on any "
            "picture; built in, no download, no GPU.",
            num_inference_steps=4,
            side=256,
            license="Apache-2.0",
            commercial_use=True,
        ),
    )
}
DEFAULT_PROFILE = "sketchbook"


def profile_named(name: str) -> Profile:
    """The profile of that name. Raises UnknownProfile."""
    if name not in PROFILES:
        raise UnknownProfile(
            f"There is no profile “{name[:40]}”.",
            allowed=f"There are: {', '.join(PROFILES)}.",
            remedy="Choose one of them.",
        )
    return PROFILES[name]
