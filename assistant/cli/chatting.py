"""A conversation in the terminal: messages, and commands that begin with a slash."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.common import complain, say

if TYPE_CHECKING:
    from assistant.opening import Opened
    from assistant.plan import Wish
    from assistant.session import Session
    from assistant.sessions import Sessions
    from assistant.where import BoxWhere, PointWhere, Where

HELP = """Say what to do; a number takes an offer. Commands:
  /save FILE    write the picture          /open FILE    take another one
  /versions     list them                  /keep         keep the finished steps of a stopped message
  /variants N   so many of each painting   /seed S       paint the same again; without S by chance
  /at X Y, /box L T R B   where the next message is about, in percent of width and height
  /help, /quit"""


class Chat:
    """One conversation, with what is set for its messages."""

    def __init__(
        self, sessions: Sessions, session: Session, output: Path | None = None, overwrite: bool = False
    ) -> None:
        """`output` is written anew after each change; `overwrite` lets it write over files that were there before."""
        self.sessions = sessions
        self.session = session
        self.output = output
        self.overwrite = overwrite
        self._written: set[str] = set()
        """Real paths of the files that this chat made itself, and that it may write anew."""
        self.variants = 1
        self.seed: int | None = None
        self.where: Where | None = None
        self._commands: dict[str, Callable[[str], None]] = {
            "/save": self._save, "/open": self._open, "/versions": self._versions, "/keep": self._keep,
            "/variants": self._set_variants, "/seed": self._set_seed, "/at": self._at, "/box": self._box,
            "/help": lambda _: say(HELP),
        }  # fmt: skip

    def talk(self) -> None:
        """Until the end of input or /quit."""
        say(HELP)
        while (line := _line()) is not None:
            if line:
                self.take(line)
        say(f"The session is kept: palimpsest chat --session {self.session.id}")

    def take(self, line: str) -> None:
        """One line; what goes wrong on purpose is said, and the conversation goes on."""
        from assistant.errors import PalimpsestError

        name, _, rest = line.partition(" ")
        try:
            if not line.startswith("/"):
                self._message(line)
            elif name in self._commands:
                self._commands[name](rest.strip())
            else:
                complain(f"There is no command {name}. {HELP}")
        except PalimpsestError as error:
            complain(str(error))

    # -- messages ------------------------------------------------------------------------------------------------------

    def _message(self, line: str) -> None:
        """One turn; Ctrl-C stops it and the conversation goes on."""
        from assistant.plan import Wish

        before = self.session.history.pointer
        wish = Wish(message=line, where=self.where, variants=self.variants, seed=self.seed)
        self.where = None
        run_wish(self.sessions, self.session, wish)
        self._follow(before)

    def _follow(self, before: str | None) -> None:
        if self.output is not None and self.session.history.pointer != before:
            self._write(self.output)

    def _write(self, path: Path) -> None:
        if os.path.realpath(path) not in self._written:
            check_free([path], self.overwrite)
        write(self.session, None, path)
        self._written.add(os.path.realpath(path))

    # -- commands ------------------------------------------------------------------------------------------------------

    def _save(self, rest: str) -> None:
        self._write(_file("/save", rest))

    def _open(self, rest: str) -> None:
        from assistant.opening import open_picture

        path = _file("/open", rest)
        opened = open_picture(path)
        self._written.discard(os.path.realpath(path))  # from here on it is an original
        version = self.session.add_picture(opened.picture, path.name)
        say(f"Version {self.session.history.number(version.id)} is on show.")
        tell_notes(opened)

    def _versions(self, _: str) -> None:
        history = self.session.history
        for number, version in enumerate(history.versions, start=1):
            say(f"{'▶' if version.id == history.pointer else ' '} {number}  {version.label}")

    def _keep(self, _: str) -> None:
        from assistant.errors import NotFound

        stopped = next((turn for turn in reversed(self.session.turns) if turn.kept is not None), None)
        if stopped is None:
            raise NotFound("There is nothing to keep.", allowed="Finished steps of a stopped message can be kept.")
        before = self.session.history.pointer
        version = self.session.keep_finished(stopped.id)
        say(f"What was finished is version {self.session.history.number(version.id)}.")
        self._follow(before)

    def _set_variants(self, rest: str) -> None:
        from assistant.telling import MAX_VARIANTS

        self.variants = _whole("/variants", rest, 1, MAX_VARIANTS)

    def _set_seed(self, rest: str) -> None:
        self.seed = _whole("/seed", rest, 0, 2**31 - 1) if rest else None

    def _at(self, rest: str) -> None:
        self.where = point_of(rest.replace(",", " ").split())

    def _box(self, rest: str) -> None:
        self.where = box_of(rest.replace(",", " ").split())


def _line() -> str | None:
    """What was typed; None at the end of input and for /quit."""
    try:
        line = input("> ").strip()
    except (EOFError, KeyboardInterrupt):
        return None
    return None if line in ("/quit", "/q", "/exit") else line


# -- doing -------------------------------------------------------------------------------------------------------------


def run_wish(sessions: Sessions, session: Session, wish: Wish) -> bool:
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


def tell_notes(opened: Opened) -> None:
    """Say what was lost when the picture was opened."""
    for note in opened.notes:
        complain(f"  {note}")


def check_free(paths: Iterable[Path], overwrite: bool) -> None:
    """Raises PictureError where a file is there that may not be written over."""
    from assistant.errors import PictureError

    taken = next((path for path in paths if os.path.exists(path)), None)  # False also for what is no name
    if taken is not None and not overwrite:
        raise PictureError(f"The file {taken.name} is already there.", remedy="Choose another name, or --overwrite.")


def write(session: Session, version_id: str | None, path: Path) -> None:
    """The picture of a version, the one on show when left out, as a file."""
    from assistant.blob_folder import write_durably
    from assistant.pictures import encode, format_of

    write_durably(path, encode(session.picture(version_id), format_of(path.name)))
    say(str(path))


# -- what was typed ----------------------------------------------------------------------------------------------------


def box_of(words: Sequence[str]) -> BoxWhere:
    """Left, top, right and bottom in percent. Raises PlanError."""
    from assistant.where import BoxWhere

    left, top, right, bottom = _percent(words, "left, top, right and bottom", 4)
    if right <= left or bottom <= top:
        raise _wrong_place(words, "left before right and top before bottom")
    return BoxWhere(box=(left, top, right, bottom), unit="percent")


def point_of(words: Sequence[str]) -> PointWhere:
    """X and y in percent. Raises PlanError."""
    from assistant.where import PointWhere

    x, y = _percent(words, "x and y", 2)
    return PointWhere(point=(x, y), unit="percent")


def _percent(words: Sequence[str], names: str, count: int) -> list[float]:
    try:
        numbers = [float(word.strip().removesuffix("%")) for word in words]
    except ValueError:
        numbers = []
    if len(numbers) != count or not all(0 <= number <= 100 for number in numbers):
        raise _wrong_place(words, f"{count} numbers from 0 to 100, for {names}")
    return numbers


def _wrong_place(words: Sequence[str], allowed: str) -> Exception:
    from assistant.errors import PlanError

    example = "A place in percent is such as 10 10 50 50, and a point such as 40 25."
    return PlanError(f"“{' '.join(words)}” is no place.", allowed=f"It takes {allowed}.", remedy=example)


def _whole(command: str, said: str, least: int, most: int) -> int:
    from assistant.errors import PlanError

    if not (said.isascii() and said.isdigit() and least <= int(said[:12]) <= most):
        raise PlanError(f"{command} cannot take “{said}”.", allowed=f"It takes a whole number from {least} to {most}.")
    return int(said)


def _file(command: str, said: str) -> Path:
    from assistant.errors import PictureError

    if not said:
        raise PictureError(f"{command} needs the name of a file.", remedy=f"Say {command} picture.png.")
    return Path(said).expanduser()
