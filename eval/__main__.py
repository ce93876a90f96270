"""`python -m eval list`, `run SUITE` and `bench`: tables, a report folder, the metrics as JSON."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant.errors import PalimpsestError
from assistant.profiles import Precision
from eval.report import Options, Report

app = typer.Typer(no_args_is_help=True, add_completion=False)
SUITES = {
    "exact": "every exact operation and a whole script on 12-megapixel photographs: seconds, and pictures to look at",
    "sketchbook": "the embedded models: single edits painted right, pictures kept by the codec, seconds",
    "page": "the page from outside: seconds to the first event, and long sessions in seconds, bytes and memory",
    "plan": "plans for held-out generated dialogues, and for people's requests with gold plans (--data FILE)",
}
out = Console()
Folder = Annotated[Path | None, typer.Option("--out", help="Write the report and its pictures here.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the metrics as JSON on the last line.")]
Limit = Annotated[int | None, typer.Option(help="At most so many cases.")]
Seed = Annotated[int, typer.Option(help="Of what is drawn at random.")]


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
    limit: Limit = None,
    seed: Seed = 0,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Measure a suite and print its tables."""
    if suite not in SUITES:
        out.print(f"There is no suite “{suite}”. There are: {', '.join(SUITES)}.")
        raise typer.Exit(1)
    _told(lambda: _measured(suite, Options(profile, data, limit, seed)), folder, as_json)


@app.command()
def bench(
    profile: Annotated[str, typer.Option(help="The models to measure.")] = "sketchbook",
    device: Annotated[str, typer.Option(help="cuda or cpu; meta counts FLOP and runs nothing.")] = "",
    random_weights: Annotated[
        bool, typer.Option("--random-weights", help="The full architecture with random weights: nothing is fetched.")
    ] = False,
    compiled: Annotated[bool, typer.Option("--compile", help="Compile the blocks that repeat.")] = False,
    precision: Annotated[Precision, typer.Option(help="Of random weights.")] = "bf16",
    side: Annotated[list[int] | None, typer.Option(help="Sides of the edited pictures, px.")] = None,
    only: Annotated[str, typer.Option(help="Only cases with these words in their names.")] = "",
    limit: Limit = None,
    seed: Seed = 0,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Seconds, memory and arithmetic of planning and painting on this machine."""

    def measured() -> Report:
        from eval import bench

        more = (device, random_weights, compiled, precision, tuple(side or ()), only)
        return bench.run(bench.Options(profile, None, limit, seed, *more))

    _told(measured, folder, as_json)


def _told(measure: Callable[[], Report], folder: Path | None, as_json: bool) -> None:
    """Print what was measured, and write it; an error on purpose is its sentence, with status 1."""
    try:
        report = measure()
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
