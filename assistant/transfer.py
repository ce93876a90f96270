"""A session as one file: exported with everything it plays from, imported anywhere, replayed to the same pixels."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path

from pydantic import ValidationError

from assistant.errors import DamagedStore, InvalidScript, PalimpsestError, StoreError
from assistant.events import Event, Moved, Saved
from assistant.history import History, Version
from assistant.pictures import Pixels, content_id, decode_png, encode_png
from assistant.script import new_id
from assistant.session import Session
from assistant.sessions import Sessions
from assistant.store import files_of
from assistant.turns import Turn
from assistant.where import Value

FORMAT = 1
SUFFIX = ".palimpsest"
MAX_BYTES = 2_000_000_000
"""Of the unpacked content of an imported file."""
MAX_SESSION_BYTES = 100_000_000
_ID = re.compile(r"[0-9a-f]{64}")
_FAULTS = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, ArithmeticError, MemoryError, RuntimeError,
    EOFError, OSError,
)  # fmt: skip
"""What damaged or hostile archives make of the libraries that read them."""


class Exported(Value):
    """What `session.json` in an exported file holds."""

    palimpsest: int = FORMAT
    title: str = ""
    history: History
    references: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()


def export_session(session: Session) -> bytes:
    """The session with all originals, masks and patches as a ZIP; no path, name or owner of this machine is in it."""
    exported = Exported(
        title=session.title, history=session.history, references=session.references,
        turns=tuple(turn.model_copy(update={"process": 0}) for turn in session.turns if turn.status != "running"),
    )  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("session.json", exported.model_dump_json(by_alias=True), zipfile.ZIP_DEFLATED)
        for blob_id in sorted(_needed(exported)):
            archive.writestr(f"blobs/{blob_id}.png", encode_png(session.renderer.blobs.get(blob_id)))
    return out.getvalue()


def _needed(exported: Exported) -> set[str]:
    return files_of(exported.history.versions, exported.references, exported.turns)


def import_session(sessions: Sessions, owner: str, source: bytes | Path) -> Session:
    """A new session of `owner` from an exported file; ids of versions and turns are drawn anew.

    Every picture is checked against its name before anything is stored, and the current version is replayed and
    compared. Raises InvalidScript when the file is no session, DamagedStore when it was altered.
    """
    exported, pixels = _read(source)
    blobs = sessions.store.blobs(owner)
    for blob in pixels:
        blobs.put(blob)
    session = sessions.create(owner, exported.title)
    try:
        history, turns = _renamed(exported)
        revision = 0
        for number, turn in enumerate(turns):
            versions = history.versions if number == 0 else ()
            revision = sessions.store.commit(owner, session.id, revision, history, exported.references, versions, turn)
        if not turns:
            sessions.store.commit(owner, session.id, 0, history, exported.references, history.versions)
        session = sessions.reopen(owner, session.id)
        if session.history.current:
            _play(session)
    except _FAULTS as error:
        sessions.delete(owner, session.id)
        raise _no_session() from error
    except PalimpsestError:
        sessions.delete(owner, session.id)
        raise
    return session


def _play(session: Session) -> None:
    current = session.history.current
    assert current is not None  # asked before
    picture = session.renderer.replay(current.script, current.records)
    if picture.id != current.picture_id:
        raise DamagedStore(
            "The session does not replay to the same pixels here.",
            remedy="It was made with other versions of the operations, or without a font that it uses.",
        )


def _checked(blob_id: str, data: bytes) -> Pixels:
    try:
        pixels = decode_png(data)
    except ValueError:
        pixels = None
    if pixels is None or content_id(pixels) != blob_id:
        raise DamagedStore("A picture in the file was altered.", remedy="Export the session again.")
    return pixels


def _read(source: bytes | Path) -> tuple[Exported, list[Pixels]]:
    """The session and its pictures, all checked; what the file holds besides is left in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
            sizes = {item.filename: item.file_size for item in archive.infolist()}
            if sum(sizes.values()) > MAX_BYTES or sizes.get("session.json", 0) > MAX_SESSION_BYTES:
                raise InvalidScript(
                    f"The file unpacks to {sum(sizes.values()) / 1e9:.1f} GB.",
                    allowed=f"At most {MAX_BYTES / 1e9:.0f} GB are read, {MAX_SESSION_BYTES // 10**6} MB of them text.",
                    remedy="Export fewer versions.",
                )
            exported = Exported.model_validate_json(archive.read("session.json"))
            _check(exported)
            names = {blob_id: f"blobs/{blob_id}.png" for blob_id in _needed(exported)}
            if missing := [name for name in names.values() if name not in sizes]:
                raise DamagedStore(f"The file lacks {len(missing)} of its pictures.", remedy="Export it again.")
            return exported, [_checked(blob_id, archive.read(name)) for blob_id, name in names.items()]
    except FileNotFoundError as error:
        raise StoreError("There is no such file.", remedy="Check its name.") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidScript(
            f"The session in the file does not hold: {first['msg']} ({'.'.join(map(str, first['loc']))}).",
            remedy="It may come from a newer Palimpsest; update this one.",
        ) from error
    except _FAULTS as error:
        raise _no_session() from error


def _no_session() -> InvalidScript:
    return InvalidScript(
        "The file is not an exported session.", allowed=f"Sessions are exported as {SUFFIX} files.",
        remedy="Choose another file.",
    )  # fmt: skip


def _check(exported: Exported) -> None:
    """What the types do not say: the format, a tree without cycles, and names that are ids. Raises InvalidScript."""
    if exported.palimpsest > FORMAT:
        raise InvalidScript(
            f"The session has format {exported.palimpsest}.", allowed=f"This Palimpsest reads format {FORMAT}.",
            remedy="Update Palimpsest.",
        )  # fmt: skip
    history, earlier = exported.history, set[str]()
    for version in history.versions:
        # What a version comes from is before it, so that no way leads in a circle.
        if version.id in earlier or {version.parent, version.came_from} - {None} - earlier:
            raise _no_session()
        earlier.add(version.id)
    ids = {version.picture_id for version in history.versions} | _needed(exported)
    pointers = {history.pointer} - {None} | set(history.visited) | set(history.visited.values())
    turn_ids = [turn.id for turn in exported.turns]
    if not all(_ID.fullmatch(item) for item in ids) or pointers - earlier or len(set(turn_ids)) != len(turn_ids):
        raise _no_session()


def _renamed(exported: Exported) -> tuple[History, tuple[Turn, ...]]:
    """Fresh ids for versions and turns, so that a file may be imported beside its origin."""
    old = exported.history
    version_ids = {version.id: new_id() for version in old.versions}
    turn_ids = {turn.id: new_id() for turn in exported.turns}

    def version(item: Version) -> Version:
        before = {name: version_ids.get(getattr(item, name) or "") for name in ("parent", "came_from")}
        turn = turn_ids.get(item.turn_id or "")
        return item.model_copy(update={"id": version_ids[item.id], "turn_id": turn, **before})

    def event(item: Event) -> Event:
        if isinstance(item, Saved | Moved):
            return item.model_copy(update={"version_id": version_ids.get(item.version_id, item.version_id)})
        return item

    def turn(item: Turn, number: int) -> Turn:
        return item.model_copy(
            update={
                "id": turn_ids[item.id],
                "number": number,
                "status": "failed" if item.status == "running" else item.status,
                "base_version": version_ids.get(item.base_version or ""),
                "version_ids": tuple(version_ids[name] for name in item.version_ids if name in version_ids),
                "events": tuple(event(one) for one in item.events),
            }
        )

    history = History(
        versions=tuple(version(item) for item in old.versions),
        pointer=version_ids.get(old.pointer or ""),
        visited={version_ids[parent]: version_ids[child] for parent, child in old.visited.items()},
    )
    return history, tuple(turn(item, number) for number, item in enumerate(exported.turns, start=1))
