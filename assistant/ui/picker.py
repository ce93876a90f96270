"""Which models are at work, which others there are, and changing them: the same words as `palimpsest models`."""

from __future__ import annotations

from typing import Any, Protocol

from fastapi import APIRouter

from assistant.checkpoints import fetch_command, is_accepted, license_note, state_of
from assistant.errors import DoesNotFit, PalimpsestError
from assistant.fitting import Machine, fit
from assistant.profiles import PROFILES, Profile, profile_named
from assistant.ui.asking import AtDesk, Desk

routes = APIRouter()
Data = dict[str, Any]


class Switchable(Protocol):
    """The models in use, which can be changed."""

    @property
    def profile(self) -> Profile: ...

    def use(self, profile: Profile) -> None:
        """Raises PalimpsestError, and nothing has changed."""
        ...


@routes.get("/profiles")
def profiles(desk: AtDesk) -> Data:
    """All of them, and whether who asks may choose."""
    from assistant.models.probe import probe

    machine = probe()
    current = desk.workshop.profile.name if desk.workshop else ""
    rows = [_row(profile, machine, current) for profile in PROFILES.values()]
    return {"machine": machine.words, "may_choose": desk.workshop is not None, "profiles": rows}


@routes.post("/profiles/{name}")
def choose(desk: AtDesk, name: str) -> Data:
    """From now on that one. Raises UnknownProfile, CheckpointError, DoesNotFit, ModelUnavailable."""
    from assistant.models.probe import probe

    workshop = _workshop(desk)
    profile = profile_named(name)
    if not profile.is_embedded:
        fit(profile, probe())
    workshop.use(profile)
    return {"name": profile.name}


def _workshop(desk: Desk) -> Switchable:
    if desk.workshop is None:
        raise PalimpsestError(
            "Several people use this page.", allowed="Who started the program chooses the models for all.",
            remedy="Ask for another --profile.",
        )  # fmt: skip
    return desk.workshop


def _row(profile: Profile, machine: Machine, current: str) -> Data:
    state = state_of(profile)
    note = license_note(profile, is_accepted(profile))
    fits, words = _fitting(profile, machine)
    usable = state == "installed" and fits and not note
    return {
        "name": profile.name, "words": profile.words, "license": profile.license, "note": note,
        "commercial_use": profile.commercial_use, "download_gb": profile.download_gb, "state": state,
        "fits": fits, "placement": words, "current": profile.name == current, "usable": usable,
        "command": "" if state == "installed" and not note else fetch_command(profile),
    }  # fmt: skip


def _fitting(profile: Profile, machine: Machine) -> tuple[bool, str]:
    try:
        return True, fit(profile, machine).words
    except DoesNotFit as error:
        return False, error.received
