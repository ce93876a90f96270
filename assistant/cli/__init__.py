"""The command line: words on a picture, scripts on folders, the vocabulary as a table, sessions, profiles."""

from __future__ import annotations

import typer

from assistant.cli import models, scripts, sessions, talking

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Palimpsest: pictures edited by conversation, locally."
)
for command in (talking.edit, talking.draw, talking.chat, scripts.replay, scripts.apply, scripts.ops):
    app.command()(command)
app.add_typer(sessions.app, name="sessions")
app.add_typer(models.app, name="models")
