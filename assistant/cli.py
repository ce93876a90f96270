"""The command line: scripts on folders, the vocabulary as a table, and the sessions of this machine."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import platformdirs
import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from assistant.errors import PalimpsestError
from assistant.pictures import ImageFormat

LOCAL_OWNER = "local"
"""Who owns the sessions of whoever sits at this machine."""

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Palimpsest: pictures edited by conversation, locally."
)
sessions_app = typer.Typer(no_args_is_help=True, help="The sessions kept on this machine.")
app.add_typer(sessions_app, name="sessions")
out = Console()
err = Console(stderr=True)

DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Where sessions are kept.", envvar="PALIMPSEST_DATA")]


def data_dir(chosen: Path | None) -> Path:
    """The folder of sessions: the one asked for, else the system's place for user data."""
    return chosen or Path(os.environ.get("PALIMPSEST_DATA") or platformdirs.user_data_path("palimpsest"))


@contextmanager
def _sentences() -> Iterator[None]:
    """An error on purpose is printed as its sentence and ends with status 1."""
    try:
        yield
    except PalimpsestError as error:
        err.print(f"[red]{type(error).__name__}[/]: ", end="")
        err.print(str(error), markup=False, highlight=False)
        raise typer.Exit(1) from None


@app.command()
def apply(
    script: Annotated[Path, typer.Argument(help='A script file: {"steps": [{"op": "exposure", "stops": 0.5}, …]}.')],
    pictures: Annotated[list[Path], typer.Argument(help="Pictures, or folders of them.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the results.")],
    image_format: Annotated[
        str | None, typer.Option("--format", help="png, webp or jpeg; the picture's own by default.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Write over results of an earlier run.")] = False,
) -> None:
    """Play a script on pictures and write the results to a folder. Originals are never changed."""
    from assistant.applying import apply_to_files, pictures_in, read_script
    from assistant.blobs import MemoryBlobs

    with _sentences():
        blobs = MemoryBlobs()
        wanted = _format(image_format)
        loaded = read_script(script, blobs)
        sources = pictures_in(pictures)
        done = 0
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=err) as progress:
            task = progress.add_task(f"{len(loaded.steps)} steps", total=len(sources))
            for result in apply_to_files(loaded, sources, output, blobs, wanted, overwrite):
                progress.advance(task)
                done += not result.error
                _print_applied(result.source, result.target, result.seconds, result.notes, result.error)
    if done < len(sources) or not sources:
        failed = f"{len(sources) - done} of {len(sources)} pictures were not made."
        err.print(failed if sources else "There was no picture to work on.")
        raise typer.Exit(1)


def _format(name: str | None) -> ImageFormat | None:
    from assistant.pictures import format_of

    return format_of(f"x.{name.lower()}") if name else None


def _print_applied(source: Path, target: Path | None, seconds: float, notes: tuple[str, ...], error: str) -> None:
    shown = "".join(letter if letter.isprintable() else "?" for letter in source.name)
    if target is None:
        err.print(f"✗ {shown}: {error}", markup=False, highlight=False, soft_wrap=True)
        return
    out.print(f"{target}  ({seconds:.1f} s)", markup=False, highlight=False, soft_wrap=True)
    for note in notes:
        err.print(f"  {note}", markup=False, highlight=False, soft_wrap=True)


@app.command()
def ops(as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False) -> None:
    """The vocabulary: every operation with its fields, from the classes themselves."""
    from assistant.vocabulary import vocabulary

    entries = vocabulary()
    if as_json:
        print(json.dumps(entries, indent=2, ensure_ascii=False))
        return
    table = Table("operation", "family", "what it does", "fields", show_lines=True)
    for entry in entries:
        fields = "\n".join(f"[b]{name}[/]  {_plain(info)}" for name, info in entry["fields"].items())
        table.add_row(entry["op"], entry["family"], entry["doc"], fields)
    out.print(table)


def _plain(info: dict[str, Any]) -> str:
    return escape(" — ".join(part for part in (info["type"], info["description"]) if part))


def _sessions(folder: Path | None):
    from assistant.sessions import Sessions
    from assistant.store import Store

    return Sessions(Store(data_dir(folder)))


def _date(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))


@sessions_app.command("list")
def sessions_list(folder: DataDir = None) -> None:
    """All sessions, the latest first."""
    with _sentences():
        rows = _sessions(folder).list(LOCAL_OWNER)
    table = Table("id", "title", "versions", "turns", "last changed")
    for row in rows:
        table.add_row(row["id"], escape(row["title"]), str(row["versions"]), str(row["turns"]), _date(row["updated"]))
    out.print(table if rows else "There are no sessions yet.")


@sessions_app.command("show")
def sessions_show(session_id: str, folder: DataDir = None) -> None:
    """The versions and steps of a session."""
    with _sentences():
        session = _sessions(folder).open(LOCAL_OWNER, session_id)
    history = session.history
    table = Table("version", "from", "label", "steps", title=escape(session.title or session.id))
    for number, version in enumerate(history.versions, start=1):
        mark = "▶ " if version.id == history.pointer else ""
        parent = str(history.number(version.parent)) if version.parent else ""
        steps = "\n".join(json.dumps(step.wish(), ensure_ascii=False) for step in version.script.steps)
        label = version.label + (" (partial)" if version.partial else "")
        table.add_row(f"{mark}{number}", parent, escape(label), escape(steps))
    out.print(table)


@sessions_app.command("export")
def sessions_export(
    session_id: str,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Write over a file that is there.")] = False,
    folder: DataDir = None,
) -> None:
    """Write a session as one file that plays to the same pixels elsewhere."""
    if output.exists() and not overwrite:
        err.print(f"The file {output} is already there; --overwrite writes over it.", markup=False, soft_wrap=True)
        raise typer.Exit(1)
    from assistant.blob_folder import write_durably
    from assistant.transfer import export_session

    with _sentences():
        write_durably(output, export_session(_sessions(folder).open(LOCAL_OWNER, session_id)))
    out.print(str(output), markup=False, highlight=False, soft_wrap=True)


@sessions_app.command("import")
def sessions_import(file: Path, folder: DataDir = None) -> None:
    """Read an exported session; it gets an id of its own."""
    from assistant.transfer import import_session

    with _sentences():
        session = import_session(_sessions(folder), LOCAL_OWNER, file)
    out.print(session.id)


@sessions_app.command("delete")
def sessions_delete(
    session_id: str,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    folder: DataDir = None,
) -> None:
    """Delete a session with its pictures, for good."""
    with _sentences():
        session = _sessions(folder).open(LOCAL_OWNER, session_id)
        name = session.title or session_id
        if not yes and not typer.confirm(f"Delete “{name}” with {len(session.history.versions)} versions for good?"):
            raise typer.Exit(1)
        _sessions(folder).delete(LOCAL_OWNER, session_id)
    out.print("Deleted.")


if __name__ == "__main__":
    app()
