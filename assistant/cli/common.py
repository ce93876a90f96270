"""What every command needs: the consoles, the folder of sessions, errors as sentences."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import platformdirs
import typer
from rich.console import Console

from assistant.errors import PalimpsestError

LOCAL_OWNER = "local"
"""Who owns the sessions of whoever sits at this machine."""

out = Console()
err = Console(stderr=True)

DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Where sessions are kept.", envvar="PALIMPSEST_DATA")]
ProfileName = Annotated[str, typer.Option("--profile", "-p", help="Which models paint and plan.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Write over files of an earlier run.")]


def data_dir(chosen: Path | None) -> Path:
    """The folder of sessions: the one asked for, else the system's place for user data."""
    return chosen or Path(os.environ.get("PALIMPSEST_DATA") or platformdirs.user_data_path("palimpsest"))


@contextmanager
def sentences() -> Iterator[None]:
    """An error on purpose is printed as its sentence and ends with status 1."""
    try:
        yield
    except PalimpsestError as error:
        err.print(f"[red]{type(error).__name__}[/]: ", end="")
        err.print(str(error), markup=False, highlight=False)
        raise typer.Exit(1) from None


def say(words: str) -> None:
    """Print words as they are: no markup, no wrapping."""
    out.print(words, markup=False, highlight=False, soft_wrap=True)


def complain(words: str) -> None:
    """The same where errors go."""
    err.print(words, markup=False, highlight=False, soft_wrap=True)
