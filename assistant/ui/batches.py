"""A session's script played on other pictures: one sent at a time, all results in a ZIP at the end."""

from __future__ import annotations

import threading
import weakref
import zipfile
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from assistant.applying import READ_SUFFIXES, apply_to_files, safe_name, script_of_session
from assistant.blob_folder import disk_errors
from assistant.errors import BatchFull, NotFound, PalimpsestError
from assistant.script import new_id
from assistant.temporary import remove_folder, sweep_temporary, temporary_folder
from assistant.ui.asking import AtDesk, Opened, Owner, PictureSent
from assistant.ui.views import Data

routes = APIRouter()
MOST_PICTURES, MOST_BYTES = 500, 2_000_000_000
"""Of the results of one batch: behind those it takes no more."""
_MOST = 2
"""Of one owner."""
_MOST_IN_ALL = 16


@dataclass(eq=False)
class Batch:
    """The results so far, in a folder that goes with the batch, and the batch with its session."""

    owner: str
    session: str
    version: str
    """The one on show when it began: its script is played on every picture, whatever is clicked meanwhile."""
    folder: Path
    dropped: bool = False

    def __post_init__(self) -> None:
        weakref.finalize(self, remove_folder, self.folder)  # when the program ends, too

    @property
    def sent(self) -> Path:
        return self.folder / "sent"

    @property
    def results(self) -> Path:
        return self.folder / "results"

    def done(self) -> list[Path]:
        """The pictures that were made, by name."""
        return sorted(path for path in self.results.glob("*") if not path.name.startswith("."))

    def drop(self) -> None:
        """Nothing of it stays."""
        self.dropped = True
        remove_folder(self.folder)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """While its folder is used: what was written into a batch that was dropped meanwhile goes too.

        Raises NotFound then.
        """
        try:
            yield
        finally:
            if self.dropped:
                self.drop()
                raise _over()


class Batches:
    """Those of everybody, until there are too many, their session is deleted, or the program ends."""

    def __init__(self, root: Path) -> None:
        """Their files lie in the store's folder `root`; what an earlier program left there is removed."""
        sweep_temporary(root)
        self._root = root
        self._held: OrderedDict[str, Batch] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, owner: str, session_id: str, version_id: str) -> str:
        """The id of a new one. The oldest go: of this owner where they have their fill, of anybody where all have."""
        batch_id, folder = new_id(), temporary_folder(self._root, session_id)
        with self._lock:
            own = [name for name, batch in self._held.items() if batch.owner == owner]
            spare = own[: max(0, len(own) - _MOST + 1)] or [*self._held][: max(0, len(self._held) - _MOST_IN_ALL + 1)]
            gone = [self._held.pop(name) for name in spare]
            self._held[batch_id] = Batch(owner, session_id, version_id, folder)
        _drop(gone)
        return batch_id

    def get(self, batch_id: str, owner: str) -> Batch:
        """Raises NotFound, also for other people's."""
        batch = self._held.get(batch_id)
        if batch is None or batch.owner != owner:
            raise _over()
        return batch

    def forget(self, session_id: str) -> None:
        """Drop those of a session."""
        with self._lock:
            names = [name for name, batch in self._held.items() if batch.session == session_id]
            gone = [self._held.pop(name) for name in names]
        _drop(gone)


def _drop(batches: list[Batch]) -> None:
    for batch in batches:
        batch.drop()


def _over() -> NotFound:
    return NotFound("That run is over.", remedy="Choose the pictures again.")


def _batches(request: Request) -> Batches:
    return request.app.state.batches


AtBatches = Annotated[Batches, Depends(_batches)]


def _with_room(batches: AtBatches, owner: Owner, session_id: str, batch_id: str) -> Batch:
    """The batch for one more picture, asked before that is read. Raises NotFound or BatchFull."""
    batch = batches.get(batch_id, owner)
    if batch.session != session_id:
        raise _over()
    with batch.at_work():
        sizes = [path.stat().st_size for path in batch.done()]
    if len(sizes) >= MOST_PICTURES or sum(sizes) >= MOST_BYTES:
        raise BatchFull(
            f"This run has {len(sizes)} results of {sum(sizes) / 1e6:,.0f} MB and takes no more.",
            allowed=f"At most {MOST_PICTURES} pictures or {MOST_BYTES / 1e9:,.4g} GB fit into one file.",
            remedy="Do the same to the other pictures in another run.",
        )
    return batch


def _free_name(batch: Batch, sent: Path) -> str:
    """The name of a file that was sent, made harmless, with a number where an earlier one was called the same."""
    taken = {path.stem for path in batch.done()}
    stem, number = safe_name(sent.stem), 1
    name = stem
    while name in taken:
        number += 1
        name = f"{stem} ({number})"
    suffix = sent.suffix.lower()
    return f"{name}{suffix if suffix in READ_SUFFIXES else ''}"


@routes.post("/s/{session_id}/apply")
def begun(owner: Owner, session: Opened, batches: AtBatches) -> Data:
    """A new batch; raises what keeps this script from being played on other pictures before anything is sent."""
    version = session.history.current
    if version is None or all(step.op == "generate" for step in version.script.steps):
        raise NotFound("There are no steps yet to do to other pictures.", remedy="Change this picture first.")
    script_of_session(version, session.renderer.blobs)
    return {"job": batches.begin(owner, session.id, version.id)}


@routes.post("/s/{session_id}/apply/{batch_id}")
def applied(
    desk: AtDesk, session: Opened, batch: Annotated[Batch, Depends(_with_room)], data: PictureSent,
    name: str = "picture.png",
) -> Data:  # fmt: skip
    """Play the script of the batch on one picture."""
    script, kept = script_of_session(session.history.version(batch.version), session.renderer.blobs)
    editor, locator = session.renderer.editor, desk.sessions.locator
    with batch.at_work():
        source = batch.sent / _free_name(batch, Path(name))
        with disk_errors(batch.folder):
            source.parent.mkdir(exist_ok=True)
            source.write_bytes(data)
        try:
            result = next(apply_to_files(script, [source], batch.results, kept, editor=editor, locator=locator))
        finally:
            source.unlink(missing_ok=True)
    if result.error:
        raise PalimpsestError(result.error)
    return {"seconds": result.seconds, "notes": result.notes}


@routes.get("/apply/{batch_id}.zip")
def results(batches: AtBatches, owner: Owner, batch_id: str) -> FileResponse:
    """Everything that was made, in one file. Raises NotFound where that is nothing."""
    batch = batches.get(batch_id, owner)
    archive = batch.folder / f"{new_id()}.zip"
    with batch.at_work():
        done = batch.done()
        if not done:
            raise NotFound("No picture of that run is done yet.", remedy="Send one first.")
        with disk_errors(batch.folder), zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as out:
            for path in done:
                out.write(path, path.name)
    gone = BackgroundTask(archive.unlink, missing_ok=True)
    return FileResponse(archive, media_type="application/zip", filename="palimpsest.zip", background=gone)
