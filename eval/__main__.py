"""`python -m eval list` and `python -m eval run SUITE`: one table, a report folder, the metrics as JSON."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant.errors import PalimpsestError
from eval.report import Options, Report

app = typer.Typer(no_args_is_help=True, add_completion=False)
SUITES = {
    "exact": "every exact operation and a whole script on 12-megapixel photographs: seconds, and pictures to look at",
    "sketchbook": "the embedded models: single edits painted right, pictures kept by the codec, seconds",
    "page": "the page from outside: seconds to the first event, and long sessions in seconds, bytes and memory",
    "plan": "plans for held-out generated dialogues, and for people's requests with gold plans (--data FILE)",
}
out = Console()


@app.command("list")
def list_suites() -> None:
    """The suites there are."""
    for name, words in SUITES.items():
        out.print(f"[b]{name}[/]  {words}", soft_wrap=True)


@app.command()
def run(
    suite: Annotated[str, typer.Argument(help="A name from `list`.")],
    profile: Annotated[str, typer.Option(help="The models to measure.")] = "sketchbook",
    data: Annotated[Path | None, typer.Option(help="plan: a file of requests with gold plans, JSON lines.")] = None,
    limit: Annotated[int | None, typer.Option(help="At most so many cases.")] = None,
    seed: Annotated[int, typer.Option(help="Of what is drawn at random.")] = 0,
    folder: Annotated[Path | None, typer.Option("--out", help="Write the report and its pictures here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the metrics as JSON on the last line.")] = False,
) -> None:
    """Measure a suite and print its tables."""
    if suite not in SUITES:
        out.print(f"There is no suite “{suite}”. There are: {', '.join(SUITES)}.")
        raise typer.Exit(1)
    try:
        report = _measured(suite, Options(profile, data, limit, seed))
    except (PalimpsestError, OSError, ValueError) as error:
        out.print(str(error), markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    report.show(out)
    if folder:
        report.write(folder)
    if as_json:
        print(report.as_json())


def _measured(suite: str, options: Options) -> Report:
    """Suites load models, so each is imported when it is run."""
    module = importlib.import_module(f"eval.{suite}")
    return module.run(options)


if __name__ == "__main__":
    app()
