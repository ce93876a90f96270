"""`python -m eval list` and `python -m eval run SUITE`: one table, a report folder, the metrics as JSON."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Annotated

import cv2
import typer
from rich.console import Console
from rich.table import Table

from eval import exact

app = typer.Typer(no_args_is_help=True, add_completion=False)
SUITES = {
    "exact": "every exact operation and a whole script on 12-megapixel photographs: seconds, and pictures to look at"
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
    folder: Annotated[Path | None, typer.Option("--out", help="Write report.json and the contact sheet here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the metrics as JSON on the last line.")] = False,
) -> None:
    """Measure a suite and print one table."""
    if suite not in SUITES:
        out.print(f"There is no suite “{suite}”. There are: {', '.join(SUITES)}.")
        raise typer.Exit(1)
    out.print(f"{platform.machine()}, {os.cpu_count()} cores, OpenCV {cv2.__version__}, median of {exact.RUNS} runs")
    chain = _chains()
    results = list(exact.operations())
    table = Table("operation, 12 megapixels", "seconds", "finding the region, once")
    for result in sorted(results, key=lambda item: -item.play):
        table.add_row(result.name, f"{result.play:.3f}", f"{result.measure:.2f}" if result.measure > 0.005 else "")
    out.print(table)
    metrics = exact.as_json(results, chain)
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.json").write_text(metrics)
        cv2.imwrite(str(folder / "exact.png"), cv2.cvtColor(exact.sheet(results), cv2.COLOR_RGB2BGR))
    if as_json:
        print(metrics)


def _chains() -> dict[str, float]:
    words = ", ".join(step["op"] for step in exact.CHAIN)
    table = Table(f"from file to preview behind {words}", "seconds", "notes")
    seconds: dict[str, float] = {}
    for name, median, _, notes in exact.chains():
        seconds[name] = median
        table.add_row(name, f"{median:.3f}", " ".join(notes))
    out.print(table)
    return seconds


if __name__ == "__main__":
    app()
