"""A session's script played on other pictures: one sent at a time, all results in a ZIP at the end."""

from __future__ import annotations

import shutil
import tempfile
import weakref
import zipfile
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

from assistant.applying import READ_SUFFIXES, apply_to_files, safe_name, script_of_session
from assistant.errors import NotFound, PalimpsestError
from assistant.script import new_id
from assistant.ui.asking import AtDesk, Opened, Owner, PictureSent
from assistant.ui.views import Data

routes = APIRouter()
_MOST = 2
"""Of one owner."""
_MOST_IN_ALL = 16


@dataclass
class Batch:
    """The results so far, in a folder that goes with the batch."""

    owner: str
    version: str
    """The one on show when it began: its script is played on every picture, whatever is clicked meanwhile."""
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="palimpsest-")))

    def __post_init__(self) -> None:
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    @property
    def sent(self) -> Path:
        return self.folder / "sent"

    @property
    def results(self) -> Path:
        return self.folder / "results"


_BATCHES: OrderedDict[str, Batch] = OrderedDict()


def _make_room(owner: str) -> None:
    """The oldest go: of this owner where they have as many as one may have, of anybody where there are too many."""
    own = [name for name, batch in _BATCHES.items() if batch.owner == owner]
    while len(own) >= _MOST:
        _BATCHES.pop(own.pop(0), None)
    while len(_BATCHES) >= _MOST_IN_ALL:
        _BATCHES.popitem(last=False)


def _batch(batch_id: str, owner: str) -> Batch:
    batch = _BATCHES.get(batch_id)
    if batch is None or batch.owner != owner:
        raise NotFound("That run is over.", remedy="Choose the pictures again.")
    return batch


def _free_name(batch: Batch, sent: Path) -> str:
    """The name of a file that was sent, made harmless, with a number where an earlier one was called the same."""
    taken = {path.stem for path in batch.results.glob("*")}
    stem, number = safe_name(sent.stem), 1
    name = stem
    while name in taken:
        number += 1
        name = f"{stem} ({number})"
    suffix = sent.suffix.lower()
    return f"{name}{suffix if suffix in READ_SUFFIXES else ''}"


@routes.post("/s/{session_id}/apply")
def begun(owner: Owner, session: Opened) -> Data:
    """A new batch; raises what keeps this script from being played on other pictures before anything is sent."""
    version = session.history.current
    if version is None or all(step.op == "generate" for step in version.script.steps):
        raise NotFound("There are no steps yet to do to other pictures.", remedy="Change this picture first.")
    script_of_session(version, session.renderer.blobs)
    _make_room(owner)
    batch_id = new_id()
    _BATCHES[batch_id] = Batch(owner, version.id)
    return {"job": batch_id}


@routes.post("/s/{session_id}/apply/{batch_id}")
def applied(
    desk: AtDesk, owner: Owner, session: Opened, batch_id: str, data: PictureSent, name: str = "picture.png"
) -> Data:
    """Play the script of the batch on one picture."""
    batch = _batch(batch_id, owner)
    script, kept = script_of_session(session.history.version(batch.version), session.renderer.blobs)
    source = batch.sent / _free_name(batch, Path(name))
    source.parent.mkdir(exist_ok=True)
    source.write_bytes(data)
    editor, locator = session.renderer.editor, desk.sessions.locator
    try:
        result = next(apply_to_files(script, [source], batch.results, kept, editor=editor, locator=locator))
    finally:
        source.unlink(missing_ok=True)
    if result.error:
        raise PalimpsestError(result.error)
    return {"seconds": result.seconds, "notes": result.notes}


@routes.get("/apply/{batch_id}.zip")
def results(batch_id: str, owner: Owner) -> FileResponse:
    """Everything that was made, in one file."""
    batch = _batch(batch_id, owner)
    archive = batch.folder / "palimpsest.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as out:
        for path in sorted(batch.results.iterdir()):
            out.write(path, path.name)
    return FileResponse(archive, media_type="application/zip", filename="palimpsest.zip")
