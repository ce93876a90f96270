"""Words in, pictures out: one wish, one drawing, or a conversation in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.common import (
    LOCAL_OWNER,
    DataDir,
    Overwrite,
    ProfileName,
    complain,
    data_dir,
    say,
    sentences,
)
from assistant.profiles import DEFAULT_PROFILE

if TYPE_CHECKING:
    from assistant.pictures import Picture
    from assistant.plan import Wish
    from assistant.session import Session
    from assistant.sessions import Sessions

Words = Annotated[str, typer.Argument(help="What to do, as you would say it.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="File for the result: .png, .webp or .jpg.")]
Variants = Annotated[
    int, typer.Option("--variants", "-n", help="How many candidates, 1 to 8; written beside each other.")
]
Seed = Annotated[int | None, typer.Option("--seed", "-s", help="The same seed paints the same picture.")]
_HELP = "Say what to do. /save FILE writes the picture, /open FILE takes another one, /versions lists, /quit ends."


def edit(
    picture: Annotated[Path, typer.Argument(metavar="IN", help="The picture.")],
    words: Words,
    output: Output,
    variants: Variants = 1,
    seed: Seed = None,
    profile: ProfileName = DEFAULT_PROFILE,
    overwrite: Overwrite = False,
    folder: DataDir = None,
) -> None:
    """Change a picture by words. The original stays as it is; the session is kept and can be gone on with."""
    from assistant.opening import open_picture
    from assistant.plan import Wish

    with sentences():
        _check_free(output, variants, overwrite)
        opened = open_picture(picture)
        sessions = _sessions(folder, profile)
        session = sessions.create(LOCAL_OWNER)
        session.add_picture(opened.picture, picture.name)
        _one_wish(sessions, session, Wish(message=words, variants=variants, seed=seed), output)


def draw(
    words: Words,
    output: Output,
    variants: Variants = 1,
    seed: Seed = None,
    profile: ProfileName = DEFAULT_PROFILE,
    overwrite: Overwrite = False,
    folder: DataDir = None,
) -> None:
    """Draw a new picture from words."""
    from assistant.plan import Wish

    with sentences():
        _check_free(output, variants, overwrite)
        sessions = _sessions(folder, profile)
        message = words if words.lower().lstrip().startswith("draw") else f"draw {words}"
        _one_wish(sessions, sessions.create(LOCAL_OWNER), Wish(message=message, variants=variants, seed=seed), output)


def chat(
    picture: Annotated[Path | None, typer.Argument(metavar="[IN]", help="A picture to begin with.")] = None,
    session_id: Annotated[str | None, typer.Option("--session", help="Go on with a session of this machine.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Written anew after each change.")] = None,
    profile: ProfileName = DEFAULT_PROFILE,
    folder: DataDir = None,
) -> None:
    """A conversation in the terminal."""
    from assistant.opening import open_picture

    with sentences():
        opened = open_picture(picture) if picture else None
        sessions = _sessions(folder, profile)
        session = sessions.open(LOCAL_OWNER, session_id) if session_id else sessions.create(LOCAL_OWNER)
        if opened is not None and picture is not None:
            session.add_picture(opened.picture, picture.name)
    say(_HELP)
    while (line := _line()) is not None:
        if line.startswith("/"):
            _command(session, line)
        elif line:
            _message(sessions, session, line, output)
    say(f"The session is kept: palimpsest chat --session {session.id}")


def _line() -> str | None:
    """What was typed; None at the end of input and for /quit."""
    try:
        line = input("> ").strip()
    except (EOFError, KeyboardInterrupt):
        return None
    return None if line in ("/quit", "/q", "/exit") else line


def _message(sessions: Sessions, session: Session, line: str, output: Path | None) -> None:
    """One turn; Ctrl-C stops it and the conversation goes on."""
    from assistant.plan import Wish

    before = session.history.pointer
    _say_errors(lambda: _turn(sessions, session, Wish(message=line)))
    if output is not None and session.history.pointer != before:
        _say_errors(lambda: _write(session, None, output))


def _command(session: Session, line: str) -> None:
    from assistant.opening import open_picture

    name, _, rest = line.partition(" ")
    path = Path(rest.strip()).expanduser()
    if name == "/save" and rest.strip():
        _say_errors(lambda: _write(session, None, path))
    elif name == "/open" and rest.strip():
        _say_errors(lambda: _opened(session, open_picture(path).picture, path))
    elif name == "/versions":
        for number, version in enumerate(session.history.versions, start=1):
            mark = "▶" if version.id == session.history.pointer else " "
            say(f"{mark} {number}  {version.label}")
    elif name in ("/save", "/open"):
        complain(f"{name} needs the name of a file. {_HELP}")
    else:
        complain(f"There is no command {name}. {_HELP}")


def _opened(session: Session, picture: Picture, path: Path) -> None:
    version = session.add_picture(picture, path.name)
    say(f"Version {session.history.number(version.id)} is on show.")


def _say_errors(work: object) -> None:
    """Do it; what goes wrong on purpose is said, and the conversation goes on."""
    from assistant.errors import PalimpsestError

    assert callable(work)
    try:
        work()
    except PalimpsestError as error:
        complain(str(error))


def _sessions(folder: Path | None, profile: str) -> Sessions:
    """The sessions of this machine with the models of a profile."""
    from assistant.models import load_models
    from assistant.profiles import profile_named
    from assistant.sessions import Sessions
    from assistant.store import Store

    models = load_models(profile_named(profile))
    return Sessions(Store(data_dir(folder)), models.planner, models.editor, models.locator, models.verifier)


def _one_wish(sessions: Sessions, session: Session, wish: Wish, output: Path) -> None:
    """Run it and write every version it made; ends with status 1 when there is none, or not all of it was done."""
    complete = _turn(sessions, session, wish)
    if not session.turns:  # the store could not take it
        raise typer.Exit(1)
    turn = session.turns[-1]
    for number, version_id in enumerate(turn.version_ids):
        _write(session, version_id, output if number == 0 else _numbered(output, number + 1))
    if turn.version_ids:
        complain(f"The session is kept: palimpsest chat --session {session.id}")
    if not complete or not turn.version_ids:
        raise typer.Exit(1)


def _turn(sessions: Sessions, session: Session, wish: Wish) -> bool:
    """Run a turn in the background and tell what happens; whether nothing failed. Ctrl-C stops it."""
    from assistant.cli.telling import Teller

    assert sessions.planner is not None
    run = sessions.start(session, wish, sessions.planner)
    teller, told, good = Teller(), 0, True
    while True:
        try:
            for event in run.follow(told):
                told += 1
                good = teller.tell(event) and good
            return good
        except KeyboardInterrupt:
            session.stop()


def _check_free(output: Path, variants: int, overwrite: bool) -> None:
    from assistant.errors import PictureError, PlanError
    from assistant.pictures import format_of
    from assistant.session import MAX_VARIANTS

    format_of(output.name)
    if not 1 <= variants <= MAX_VARIANTS:
        raise PlanError(f"{variants} variants were asked for.", allowed=f"1 to {MAX_VARIANTS} are made at a time.")
    numbers = range(2, variants + 1)
    taken = [path for path in (output, *(_numbered(output, number) for number in numbers)) if path.exists()]
    if taken and not overwrite:
        raise PictureError(f"The file {taken[0].name} is already there.", remedy="Choose another name, or --overwrite.")


def _numbered(output: Path, number: int) -> Path:
    return output.with_name(f"{output.stem}-{number}{output.suffix}")


def _write(session: Session, version_id: str | None, path: Path) -> None:
    from assistant.blob_folder import write_durably
    from assistant.pictures import encode, format_of

    write_durably(path, encode(session.picture(version_id), format_of(path.name)))
    say(str(path))
