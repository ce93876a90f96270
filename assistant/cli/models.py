"""The profiles: what there is, what is installed, what fits this machine; fetch, verify, remove."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from assistant.checkpoints import State, fetch_command, is_accepted, license_note, record_of, state_of, verify
from assistant.cli import common
from assistant.cli.common import complain, say, sentences
from assistant.errors import DoesNotFit, FetchFailed
from assistant.fitting import Machine, fit
from assistant.gguf_files import takes_gguf
from assistant.profiles import PRECISIONS, PROFILES, Profile, Repo, profile_named

if TYPE_CHECKING:
    from rich.progress import Progress

app = typer.Typer(help="The profiles: list them, fetch, verify and remove their weights.")
Name = Annotated[str, typer.Argument(help="A profile, such as klein.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Accept the licence without being asked.")]
_STATE_STYLES: dict[State, str] = {"installed": "green", "partial": "yellow", "damaged": "red", "not installed": "dim"}


# -- the list ----------------------------------------------------------------------------------------------------------


@app.callback(invoke_without_command=True)
def models(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON array.")] = False,
) -> None:
    """What there is, what is installed and what fits this machine."""
    if context.invoked_subcommand:
        return
    from assistant.models.probe import probe

    machine = probe()
    rows = [_row(profile, machine) for profile in PROFILES.values()]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    common.out.print(_table(rows))
    say(f"This machine: {machine.words}. Sizes are estimates. `palimpsest models fetch NAME` installs one.")


def _row(profile: Profile, machine: Machine) -> dict[str, Any]:
    """Everything about a profile; no field is empty for want of an answer."""
    state = state_of(profile)
    return {
        "name": profile.name,
        "words": profile.words,
        "editor": _repo(profile, profile.editor) if profile.editor.id else {"id": "embedded", "revision": "embedded"},
        "pipeline": profile.pipeline,
        "planner": _planner(profile),
        "num_inference_steps": profile.num_inference_steps,
        "guidance": dict(profile.guidance),
        "size": _size_rule(profile),
        "adapters": [{**_repo(profile, each.repo), "weight_name": each.weight_name} for each in profile.adapters],
        "takes_gguf": takes_gguf(profile),
        "license": profile.license,
        "commercial_use": profile.commercial_use,
        "download_gb": profile.download_gb,
        "memory_gb": {precision: profile.memory_gb(precision) for precision in PRECISIONS},
        "installed": state == "installed",
        "state": state,
        "fits": _fits(profile, machine),
    }


def _repo(profile: Profile, repo: Repo) -> dict[str, str]:
    """With the commit where one was fetched."""
    entry = record_of(profile.name).of(repo)
    return {"id": repo.id, "revision": repo.revision, **({"commit": entry.commit} if entry else {})}


def _planner(profile: Profile) -> dict[str, str] | str:
    if profile.is_embedded:
        return "embedded"
    return _repo(profile, profile.planner) if profile.planner else "shared"


def _size_rule(profile: Profile) -> dict[str, Any]:
    rule = profile.sizes
    return {
        "multiple": rule.multiple,
        "pixels": rule.pixels,
        "references": rule.references,
        "fills": rule.fills,
        "sizes": [list(size) for size in rule.sizes],
    }


def _fits(profile: Profile, machine: Machine) -> dict[str, Any]:
    try:
        place = fit(profile, machine)
    except DoesNotFit as error:
        return {"fits": False, "words": str(error)}
    return {
        "fits": True, "words": place.words, "device": place.device, "dtype": place.dtype, "precision": place.precision,
        "how": place.how, "offload": place.offload, "tile": place.tile, "needed_gb": place.needed_gb,
    }  # fmt: skip


def _table(rows: list[dict[str, Any]]) -> Table:
    """Four columns of several lines each, readable at 80 columns."""
    table = Table(show_lines=True)
    table.add_column("Profile", min_width=15)
    table.add_column("Good at", ratio=3)
    table.add_column("Size", no_wrap=True)
    table.add_column("Here", ratio=4)
    for row in rows:
        style = _STATE_STYLES[row["state"]]
        commercial = "any use" if row["commercial_use"] else "[yellow]not commercial[/]"
        memory = "\n".join(f"{precision:<5}{gb:>5} GB" for precision, gb in row["memory_gb"].items())
        download = f"fetch {row['download_gb']:>4} GB" if row["download_gb"] else "built in"
        words = row["fits"]["words"]
        fits = escape(words) if row["fits"]["fits"] else f"[dim]Does not fit: {escape(_short(words))}[/]"
        table.add_row(
            f"[bold]{row['name']}[/]\n{escape(row['license'])}\n{commercial}",
            escape(row["words"]),
            f"{download}\n{memory}",
            f"[{style}]{row['state']}[/]\n{fits}",
        )
    return table


def _short(words: str) -> str:
    """Of why something does not fit, what it needs; the rest stands once below the table."""
    return words.partition(" There is ")[0]


# -- fetch -------------------------------------------------------------------------------------------------------------


@app.command("fetch")
def models_fetch(name: Name, yes: Yes = False) -> None:
    """Download the weights of a profile; what is here already is verified and not loaded again."""
    from assistant.fetching import fetch, missing_bytes
    from assistant.hub import free_bytes, in_gb

    with sentences():
        profile = profile_named(name)
        if profile.is_embedded:
            say(f"{profile.name} comes with Palimpsest; there is nothing to fetch.")
            return
        commercial = "any use" if profile.commercial_use else "no commercial use"
        say(f"{profile.name}: {profile.words}")
        say(f"Licence: {profile.license} ({commercial}). Repositories: {', '.join(each.id for each in profile.repos)}.")
        say(f"To load: about {in_gb(missing_bytes(profile))}. Free on this disk: {in_gb(free_bytes())}.")
        accepted = _accepted(profile, yes)
        with _bar() as bar:
            task = bar.add_task(profile.name, total=None)

            def show(file: str, done: int, total: int) -> None:
                bar.update(task, completed=done, total=total, description=file.rpartition("/")[2] or profile.name)

            summary = fetch(profile, show, accepted=accepted)
    loaded = f"loaded {in_gb(summary.loaded)}" if summary.loaded else "nothing had to be loaded"
    say(f"{profile.name} is installed and verified: {loaded}. From now on it runs without a network.")


def _accepted(profile: Profile, yes: bool) -> bool:
    """Whether its licence was accepted, now or before. Raises FetchFailed where nobody can be asked."""
    note = license_note(profile, is_accepted(profile))
    if not note or yes:
        if note:
            say(note)
        return True
    say(note)
    if not sys.stdin.isatty():
        raise FetchFailed(
            "Nobody is here to accept the licence.", remedy=f"`{fetch_command(profile)} --yes` accepts it."
        )
    if not typer.confirm("Do you accept it?"):
        raise FetchFailed("The licence was not accepted; nothing was loaded.")
    return True


def _bar() -> Progress:
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (
        TextColumn("{task.description}", markup=False), BarColumn(bar_width=None), DownloadColumn(),
        TransferSpeedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    return Progress(*columns, console=common.err, transient=True)


# -- verify and remove -------------------------------------------------------------------------------------------------


@app.command("verify")
def models_verify(name: Name) -> None:
    """Read every byte of a profile's weights again and compare it with what the hub published."""
    with sentences():
        profile = profile_named(name)
        with common.err.status(f"Reading {profile.name}…"):
            verify(profile)
        state = state_of(profile)
    if state != "installed":
        complain(f"{profile.name} is {state}. `{fetch_command(profile)}` completes it.")
        raise typer.Exit(1)
    say(f"{profile.name} is whole.")


@app.command("remove")
def models_remove(name: Name) -> None:
    """Delete the weights that no other installed profile uses."""
    from assistant.hub import in_gb
    from assistant.removing import remove

    with sentences():
        profile = profile_named(name)
        if profile.is_embedded:
            say(f"{profile.name} comes with Palimpsest and stays.")
            return
        was = state_of(profile)
        freed = remove(profile)
    say(f"{profile.name} was not installed." if was == "not installed" else f"Removed; {in_gb(freed)} are free again.")
