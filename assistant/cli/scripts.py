"""Scripts and whole sessions on folders of pictures, and the vocabulary as a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from assistant.cli import common
from assistant.cli.common import (
    DataDir,
    Overwrite,
    ProfileName,
    complain,
    crew_of,
    data_dir,
    say,
    sentences,
    session_of,
)
from assistant.pictures import ImageFormat
from assistant.profiles import DEFAULT_PROFILE

if TYPE_CHECKING:
    from assistant.blobs import MemoryBlobs
    from assistant.editor import Editor
    from assistant.finding import Locator
    from assistant.script import Script


Format = Annotated[str | None, typer.Option("--format", help="png, webp or jpeg; the picture's own by default.")]
Folder = Annotated[Path, typer.Option("--output", "-o", help="Folder for the results.")]


def apply(
    script: Annotated[Path, typer.Argument(help='A script file: {"steps": [{"op": "exposure", "stops": 0.5}, …]}.')],
    pictures: Annotated[list[Path], typer.Argument(help="Pictures, or folders of them.")],
    output: Folder,
    image_format: Format = None,
    overwrite: Overwrite = False,
) -> None:
    """Play a script on pictures and write the results to a folder. Originals are never changed."""
    from assistant.applying import read_script
    from assistant.blobs import MemoryBlobs

    with sentences():
        blobs = MemoryBlobs()
        loaded = read_script(script, blobs)
        _play(loaded, blobs, pictures, output, image_format, overwrite)


def replay(
    session_id: Annotated[str, typer.Argument(metavar="SESSION", help="A session of this machine (`sessions list`).")],
    pictures: Annotated[list[Path], typer.Argument(help="Pictures, or folders of them.")],
    output: Folder,
    image_format: Format = None,
    overwrite: Overwrite = False,
    profile: ProfileName = DEFAULT_PROFILE,
    folder: DataDir = None,
) -> None:
    """Do to other pictures what was done in a session: its steps are measured, and painted, anew on each."""
    from assistant.applying import script_of_session
    from assistant.sessions import Sessions
    from assistant.store import Store

    with sentences():
        session = session_of(Sessions(Store(data_dir(folder))), session_id)
        script, blobs = script_of_session(session.history.current, session.renderer.blobs)
        models = crew_of(profile)
        _play(script, blobs, pictures, output, image_format, overwrite, models.editor, models.locator)


def _play(
    script: Script, blobs: MemoryBlobs, pictures: list[Path], output: Path, image_format: str | None, overwrite: bool,
    editor: Editor | None = None, locator: Locator | None = None,
) -> None:  # fmt: skip
    """Play on every picture, with a progress bar; ends with status 1 when one was not made."""
    from assistant.applying import apply_to_files, pictures_in

    wanted = _format(image_format)
    sources = pictures_in(pictures)
    done = 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=common.err) as progress:
        task = progress.add_task(f"{len(script.steps)} steps", total=len(sources))
        for result in apply_to_files(script, sources, output, blobs, wanted, overwrite, editor, locator):
            progress.advance(task)
            done += not result.error
            _print_applied(result.source, result.target, result.seconds, result.notes, result.error)
    if done < len(sources) or not sources:
        failed = f"{len(sources) - done} of {len(sources)} pictures were not made."
        complain(failed if sources else "There was no picture to work on.")
        raise typer.Exit(1)


def _format(name: str | None) -> ImageFormat | None:
    from assistant.pictures import format_of

    return format_of(f"x.{name.lower()}") if name else None


def _print_applied(source: Path, target: Path | None, seconds: float, notes: tuple[str, ...], error: str) -> None:
    shown = "".join(letter if letter.isprintable() else "?" for letter in source.name)
    if target is None:
        complain(f"✗ {shown}: {error}")
        return
    say(f"{target}  ({seconds:.1f} s)")
    for note in notes:
        complain(f"  {note}")


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
    common.out.print(table)


def _plain(info: dict[str, Any]) -> str:
    return escape(" — ".join(part for part in (info["type"], info["description"]) if part))
