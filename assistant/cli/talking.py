"""Words in, pictures out: one wish, one drawing, or a conversation in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.chatting import Chat, box_of, check_free, run_wish, tell_notes, write
from assistant.cli.common import (
    LOCAL_OWNER,
    DataDir,
    GgufPath,
    Overwrite,
    PlannerModel,
    PlannerUrl,
    ProfileName,
    complain,
    crew_of,
    data_dir,
    sentences,
    session_of,
)
from assistant.profiles import DEFAULT_PROFILE

if TYPE_CHECKING:
    from assistant.models.crew import Models
    from assistant.plan import Wish
    from assistant.session import Session
    from assistant.sessions import Sessions

Words = Annotated[str, typer.Argument(help="What to do, as you would say it.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="File for the result: .png, .webp or .jpg.")]
Variants = Annotated[
    int, typer.Option("--variants", "-n", help="How many candidates, 1 to 8; written beside each other.")
]
Seed = Annotated[int | None, typer.Option("--seed", "-s", help="The same seed paints the same picture.")]
Place = Annotated[
    str | None, typer.Option("--where", "-w", help="Only there: left,top,right,bottom in percent of the picture.")
]


def edit(
    picture: Annotated[Path, typer.Argument(metavar="IN", help="The picture.")],
    words: Words,
    output: Output,
    where: Place = None,
    variants: Variants = 1,
    seed: Seed = None,
    profile: ProfileName = DEFAULT_PROFILE,
    planner_url: PlannerUrl = "",
    planner_model: PlannerModel = "",
    gguf: GgufPath = None,
    overwrite: Overwrite = False,
    folder: DataDir = None,
) -> None:
    """Change a picture by words. The original stays as it is; the session is kept and can be gone on with."""
    from assistant.opening import open_picture
    from assistant.plan import Wish

    with sentences():
        _check_free(output, variants, overwrite)
        place = box_of(where.split(",")) if where is not None else None
        opened = open_picture(picture)
        tell_notes(opened)
        sessions = _sessions(folder, crew_of(profile, planner_url, planner_model, gguf))
        session = sessions.create(LOCAL_OWNER)
        session.add_picture(opened.picture, picture.name)
        _one_wish(sessions, session, Wish(message=words, where=place, variants=variants, seed=seed), output)


def draw(
    words: Words,
    output: Output,
    variants: Variants = 1,
    seed: Seed = None,
    profile: ProfileName = DEFAULT_PROFILE,
    planner_url: PlannerUrl = "",
    planner_model: PlannerModel = "",
    gguf: GgufPath = None,
    overwrite: Overwrite = False,
    folder: DataDir = None,
) -> None:
    """Draw a new picture from words."""
    from assistant.plan import Wish

    with sentences():
        _check_free(output, variants, overwrite)
        sessions = _sessions(folder, crew_of(profile, planner_url, planner_model, gguf))
        message = words if words.lower().lstrip().startswith("draw") else f"draw {words}"
        _one_wish(sessions, sessions.create(LOCAL_OWNER), Wish(message=message, variants=variants, seed=seed), output)


def chat(
    picture: Annotated[Path | None, typer.Argument(metavar="[IN]", help="A picture to begin with.")] = None,
    session_id: Annotated[str | None, typer.Option("--session", help="Go on with a session of this machine.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Written anew after each change.")] = None,
    profile: ProfileName = DEFAULT_PROFILE,
    planner_url: PlannerUrl = "",
    planner_model: PlannerModel = "",
    gguf: GgufPath = None,
    overwrite: Overwrite = False,
    folder: DataDir = None,
) -> None:
    """A conversation in the terminal. Files that it did not write itself are left as they are."""
    from assistant.opening import open_picture

    with sentences():
        if output is not None:
            _check_free(output, 1, overwrite)
        opened = open_picture(picture) if picture else None
        sessions = _sessions(folder, crew_of(profile, planner_url, planner_model, gguf))
        session = session_of(sessions, session_id) if session_id else sessions.create(LOCAL_OWNER)
        if opened is not None and picture is not None:
            session.add_picture(opened.picture, picture.name)
            tell_notes(opened)
    Chat(sessions, session, output, overwrite).talk()


def _sessions(folder: Path | None, models: Models) -> Sessions:
    """The sessions of this machine with these models."""
    from assistant.sessions import Sessions
    from assistant.store import Store

    return Sessions(Store(data_dir(folder)), models.planner, models.editor, models.locator, models.verifier)


def _one_wish(sessions: Sessions, session: Session, wish: Wish, output: Path) -> None:
    """Run it and write every version it made; ends with status 1 when there is none, or not all of it was done."""
    complete = run_wish(sessions, session, wish)
    if not session.turns:  # the store could not take it
        raise typer.Exit(1)
    turn = session.turns[-1]
    for number, version_id in enumerate(turn.version_ids):
        write(session, version_id, output if number == 0 else _numbered(output, number + 1))
    if turn.version_ids or turn.kept:
        complain(f"The session is kept: palimpsest chat --session {session.id}")
    if not complete or not turn.version_ids:
        raise typer.Exit(1)


def _check_free(output: Path, variants: int, overwrite: bool) -> None:
    from assistant.errors import PlanError
    from assistant.pictures import format_of
    from assistant.telling import MAX_VARIANTS

    format_of(output.name)
    if not 1 <= variants <= MAX_VARIANTS:
        raise PlanError(f"{variants} variants were asked for.", allowed=f"1 to {MAX_VARIANTS} are made at a time.")
    numbers = range(2, variants + 1)
    check_free([output, *(_numbered(output, number) for number in numbers)], overwrite)


def _numbered(output: Path, number: int) -> Path:
    return output.with_name(f"{output.stem}-{number}{output.suffix}")
