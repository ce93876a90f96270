"""What every command needs: the consoles, the folder of sessions, errors as sentences."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import platformdirs
import typer
from rich.console import Console

from assistant.errors import PalimpsestError

if TYPE_CHECKING:
    from assistant.models.crew import Models
    from assistant.session import Session
    from assistant.sessions import Sessions

LOCAL_OWNER = "local"
"""Who owns the sessions that the command line makes."""

out = Console()
err = Console(stderr=True)

DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Where sessions are kept.", envvar="PALIMPSEST_DATA")]
ProfileName = Annotated[
    str, typer.Option("--profile", "-p", help="Which models paint and plan; auto chooses. See `palimpsest models`.")
]
PlannerUrl = Annotated[
    str,
    typer.Option("--planner-url", help="A server that plans, as http://host:8000/v1.", envvar="PALIMPSEST_PLANNER_URL"),
]
PlannerModel = Annotated[
    str,
    typer.Option(
        "--planner-model", help="Which of its models; the first when left out.", envvar="PALIMPSEST_PLANNER_MODEL"
    ),
]
GgufPath = Annotated[
    Path | None, typer.Option("--gguf", help="A GGUF file with the painter's transformer, instead of the profile's.")
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Write over files of an earlier run.")]


def data_dir(chosen: Path | None) -> Path:
    """The folder of sessions: the one asked for, else the system's place for user data."""
    return chosen or Path(os.environ.get("PALIMPSEST_DATA") or platformdirs.user_data_path("palimpsest"))


def session_of(sessions: Sessions, session_id: str) -> Session:
    """A session whoever made it, the page's too: who may read the folder may read all of it. Raises NotFound."""
    return sessions.open(sessions.store.owner_of(session_id), session_id)


@contextmanager
def sentences() -> Iterator[None]:
    """An error on purpose is printed as its sentence and ends with status 1."""
    try:
        yield
    except PalimpsestError as error:
        err.print(f"[red]{type(error).__name__}[/]: ", end="")
        err.print(str(error), markup=False, highlight=False)
        raise typer.Exit(1) from None


def crew_of(profile: str, planner_url: str = "", planner_model: str = "", gguf: Path | None = None) -> Models:
    """The models of a profile, `auto` among them. Raises UnknownProfile, CheckpointError, ModelUnavailable."""
    from assistant.models import Elsewhere, chosen_profile, load_models

    chosen, why = chosen_profile(profile, gguf)
    if why:
        complain(why)
    return load_models(chosen, elsewhere=Elsewhere(planner_url, planner_model) if planner_url else None, gguf=gguf)


def say(words: str) -> None:
    """Print words as they are: no markup, no wrapping."""
    out.print(words, markup=False, highlight=False, soft_wrap=True)


def complain(words: str) -> None:
    """The same where errors go."""
    err.print(words, markup=False, highlight=False, soft_wrap=True)
