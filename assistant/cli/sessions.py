"""The sessions kept on this machine: list, show, export, import, delete."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from assistant.cli import common
from assistant.cli.common import LOCAL_OWNER, DataDir, Overwrite, complain, data_dir, say, sentences, session_of

app = typer.Typer(no_args_is_help=True, help="The sessions kept on this machine.")


def _sessions(folder: Path | None):
    from assistant.sessions import Sessions
    from assistant.store import Store

    return Sessions(Store(data_dir(folder)))


def _date(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))


@app.command("list")
def sessions_list(folder: DataDir = None) -> None:
    """All sessions, those of everybody who uses the page too, the latest first."""
    with sentences():
        rows = _sessions(folder).store.everybodys_sessions()
    table = Table("id", "title", "made on", "versions", "turns", "last changed")
    for row in rows:
        place = "command line" if row["owner"] == LOCAL_OWNER else "page"
        counts = str(row["versions"]), str(row["turns"])
        table.add_row(row["id"], escape(row["title"]), place, *counts, _date(row["updated"]))
    common.out.print(table if rows else "There are no sessions yet.")


@app.command("show")
def sessions_show(session_id: str, folder: DataDir = None) -> None:
    """The versions and steps of a session."""
    with sentences():
        session = session_of(_sessions(folder), session_id)
    history = session.history
    table = Table("version", "from", "label", "steps", title=escape(session.title or session.id))
    for number, version in enumerate(history.versions, start=1):
        mark = "▶ " if version.id == history.pointer else ""
        parent = str(history.number(version.parent)) if version.parent else ""
        steps = "\n".join(json.dumps(step.wish(), ensure_ascii=False) for step in version.script.steps)
        label = version.label + (" (partial)" if version.partial else "")
        table.add_row(f"{mark}{number}", parent, escape(label), escape(steps))
    common.out.print(table)


@app.command("export")
def sessions_export(
    session_id: str,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    overwrite: Overwrite = False,
    folder: DataDir = None,
) -> None:
    """Write a session as one file that plays to the same pixels elsewhere."""
    if output.exists() and not overwrite:
        complain(f"The file {output} is already there; --overwrite writes over it.")
        raise typer.Exit(1)
    from assistant.blob_folder import write_durably
    from assistant.importable import import_trouble
    from assistant.transfer import export_session

    with sentences():
        exported = export_session(session_of(_sessions(folder), session_id))
        write_durably(output, exported)
    if trouble := import_trouble(exported):
        complain(trouble)
    say(str(output))


@app.command("import")
def sessions_import(file: Path, folder: DataDir = None) -> None:
    """Read an exported session; it gets an id of its own."""
    from assistant.transfer import import_session

    with sentences():
        session = import_session(_sessions(folder), LOCAL_OWNER, file)
    say(session.id)


@app.command("delete")
def sessions_delete(
    session_id: str,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    folder: DataDir = None,
) -> None:
    """Delete a session with its pictures, for good."""
    with sentences():
        sessions = _sessions(folder)
        session = session_of(sessions, session_id)
        name = session.title or session_id
        if not yes and not typer.confirm(f"Delete “{name}” with {len(session.history.versions)} versions for good?"):
            raise typer.Exit(1)
        sessions.delete(session.owner, session_id)
    say("Deleted.")
