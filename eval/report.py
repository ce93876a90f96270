"""What a suite found: figures, tables, pictures; printed, and written as JSON and as one page that stands alone."""

from __future__ import annotations

import base64
import html
import json
import math
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from assistant.pictures import Picture, preview
from eval.metrics import Figure

_PAGE_SIDE = 1600  # px, of a picture on the page
_STYLE = (
    "body{font:15px/1.5 system-ui;margin:2rem auto;max-width:70rem;padding:0 1rem}td,th{padding:.2rem .8rem;text-align:"
    "left;border-bottom:1px solid #ddd;vertical-align:top}img{max-width:100%}pre{white-space:pre-wrap}"
)


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    profile: str = "sketchbook"
    data: Path | None = None
    limit: int | None = None
    seed: int = 0


@dataclass(frozen=True)
class Grid:
    """A table with a heading."""

    heading: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass
class Report:
    """All of a run. `metrics` are the figures that bars are set on; `cases` is the transcript, one entry each."""

    suite: str
    options: Options = field(default_factory=Options)
    metrics: dict[str, float | Figure] = field(default_factory=dict)
    grids: list[Grid] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)
    cases: list[Mapping[str, Any]] = field(default_factory=list)

    def as_json(self) -> str:
        """The metrics as one JSON object on one line; intervals as `name_low` and `name_high`."""
        flat: dict[str, float | None] = {}
        for name, value in self.metrics.items():
            if isinstance(value, Figure):
                flat |= {name: value.value, f"{name}_low": value.low, f"{name}_high": value.high}
            else:
                flat[name] = value
        return json.dumps({name: _number(value) for name, value in flat.items()})

    def show(self, out: Console) -> None:
        """Print the metrics and the tables."""
        out.print(f"[b]{self.suite}[/]  {machine()}", soft_wrap=True)
        for grid in (*self.grids, self._summary()):
            table = Table(*grid.columns, title=grid.heading, title_justify="left")
            for row in grid.rows:
                table.add_row(*row)
            out.print(table)

    def _summary(self) -> Grid:
        rows = [
            (name, str(value) if isinstance(value, Figure) else f"{value:.3f}") for name, value in self.metrics.items()
        ]
        return Grid("metrics", ("metric", "value [95 %]"), rows)

    def write(self, folder: Path) -> None:
        """report.json with every case, report.html with the pictures in it, and each picture as PNG."""
        folder.mkdir(parents=True, exist_ok=True)
        about = {
            "suite": self.suite,
            "machine": machine(),
            "options": {**vars(self.options), "data": str(self.options.data)},
        }
        record = {**about, "metrics": json.loads(self.as_json()), "cases": self.cases}
        (folder / "report.json").write_text(json.dumps(record, indent=1, ensure_ascii=False, default=str))
        (folder / "report.html").write_text(self._page(), encoding="utf-8")
        for name, picture in self.pictures.items():
            (folder / f"{name}.png").write_bytes(_png(picture))

    def _page(self) -> str:
        parts = [f"<h1>{html.escape(self.suite)}</h1><p>{html.escape(machine())}</p>"]
        for grid in (self._summary(), *self.grids):
            head = "".join(f"<th>{html.escape(name)}</th>" for name in grid.columns)
            body = "".join(
                "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in grid.rows
            )
            parts.append(f"<h2>{html.escape(grid.heading)}</h2><table><tr>{head}</tr>{body}</table>")
        for name, picture in self.pictures.items():
            data = base64.b64encode(preview(picture, _PAGE_SIDE)).decode()
            parts.append(f'<h2>{html.escape(name)}</h2><img alt="" src="data:image/jpeg;base64,{data}">')
        cases = "\n".join(json.dumps(case, ensure_ascii=False, default=str) for case in self.cases)
        parts.append(f"<h2>cases</h2><pre>{html.escape(cases)}</pre>")
        return (
            f'<!doctype html><meta charset="utf-8"><title>{html.escape(self.suite)}</title><style>{_STYLE}</style>'
            + "".join(parts)
        )


def _number(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else round(value, 4)


def _png(picture: Picture) -> bytes:
    from assistant.pictures import encode

    return encode(picture, "png")


def machine() -> str:
    """Where the figures were taken."""
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
