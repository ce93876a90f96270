"""A session as one file: exported with everything it plays from, imported anywhere, replayed to the same pixels."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from assistant.errors import DamagedStore, InvalidScript, StoreError
from assistant.events import Event, Moved, Saved
from assistant.history import History, Version
from assistant.opening import MAX_PIXELS
from assistant.pictures import MAX_STORED_PIXELS, PNG_HEADER, Pixels, content_id, decode_png, encode_png, png_size
from assistant.script import new_id
from assistant.session import Session
from assistant.sessions import Sessions
from assistant.sizes import Size
from assistant.store import files_of
from assistant.turns import Turn
from assistant.where import Value

FORMAT = 1
SUFFIX = ".palimpsest"
MAX_BYTES = 2_000_000_000
"""Of the unpacked content of an imported file."""
MAX_SESSION_BYTES = 100_000_000
MAX_DECODED_BYTES = 8_000_000_000
"""Of all pictures in an imported file together, decoded; a few megabytes of PNG can ask for any number."""
_MOST_PNG = 2
"""How many times as large as its pixels a PNG of ours is never; what is larger holds something else."""
_PNG_FRAME = 1000
"""Bytes of a PNG that are there however small it is, and more."""
_SMALLER = "Export a session with fewer versions, or of a smaller picture."
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

    Every picture is measured before any is decoded and checked against its name before it is stored, one at a time,
    and the current version is replayed and compared; of what is refused nothing stays. Raises InvalidScript when the
    file is no session, DamagedStore when it was altered.
    """
    with _reading(), zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
        exported = _read(archive)
        names = _measured(archive, exported)
        session = sessions.create(owner, exported.title)
        try:
            for blob_id, name in names.items():
                session.renderer.blobs.put(_checked(blob_id, archive.read(name)))
            session = _committed(sessions, session, exported)
            if session.history.current:
                _play(session)
        except BaseException:
            sessions.delete(owner, session.id)
            raise
        return session


def _committed(sessions: Sessions, session: Session, exported: Exported) -> Session:
    """The session as it is read from the store, with all that the file told of it."""
    store, owner, references = sessions.store, session.owner, exported.references
    history, turns = _renamed(exported)
    revision = 0
    for number, turn in enumerate(turns):
        versions = history.versions if number == 0 else ()
        revision = store.commit(owner, session.id, revision, history, references, versions, turn)
    if not turns:
        store.commit(owner, session.id, 0, history, references, history.versions)
    return sessions.reopen(owner, session.id)


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
        raise _altered()
    pixels.flags.writeable = False  # kept as they are, without a copy
    return pixels


@contextmanager
def _reading() -> Iterator[None]:
    """What is wrong with a file from anywhere becomes a sentence."""
    try:
        yield
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


def _read(archive: zipfile.ZipFile) -> Exported:
    """The session in the file, without its pictures. Raises InvalidScript."""
    sizes = {item.filename: item.file_size for item in archive.infolist()}
    if sum(sizes.values()) > MAX_BYTES or sizes.get("session.json", 0) > MAX_SESSION_BYTES:
        raise InvalidScript(
            f"The file unpacks to {sum(sizes.values()) / 1e9:.1f} GB.",
            allowed=f"At most {MAX_BYTES / 1e9:.0f} GB are read, {MAX_SESSION_BYTES // 10**6} MB of them text.",
            remedy=_SMALLER,
        )
    exported = Exported.model_validate_json(archive.read("session.json"))
    _check(exported)
    return exported


def _measured(archive: zipfile.ZipFile, exported: Exported) -> dict[str, str]:
    """Name in the file of each picture that the session needs, by id; what the file holds besides is left in it.

    Only their headers are read. Raises DamagedStore, or InvalidScript when they are too large.
    """
    names = {blob_id: f"blobs/{blob_id}.png" for blob_id in _needed(exported)}
    if missing := set(names.values()) - set(archive.namelist()):
        raise DamagedStore(f"The file lacks {len(missing)} of its pictures.", remedy="Export it again.")
    opened = {version.script.original for version in exported.history.versions} | set(exported.references)
    decoded = sum(
        _decoded_bytes(archive, name, MAX_PIXELS if blob_id in opened else MAX_STORED_PIXELS)
        for blob_id, name in names.items()
    )
    if decoded > MAX_DECODED_BYTES:
        received = f"The pictures in the file unpack to {decoded / 1e9:.1f} GB."
        raise InvalidScript(received, allowed=f"At most {MAX_DECODED_BYTES / 1e9:.0f} GB are read.", remedy=_SMALLER)
    return names


def size_in(archive: zipfile.ZipFile, name: str) -> tuple[Size, int]:
    """Size and channels of a picture in an exported file, from its header. Raises ValueError."""
    with archive.open(name) as file:
        return png_size(file.read(PNG_HEADER))


def _decoded_bytes(archive: zipfile.ZipFile, name: str, most: int) -> int:
    """What one picture takes in memory; `most` are its pixels. Raises as `_measured`."""
    try:
        size, channels = size_in(archive, name)
    except ValueError as error:
        raise _altered() from error
    if size.pixels > most:
        received = f"A picture in the file has {size} pixels, {size.pixels / 1e6:,.0f} million."
        raise InvalidScript(received, allowed=f"At most {most / 1e6:,.0f} million are read.", remedy=_SMALLER)
    if archive.getinfo(name).file_size > _MOST_PNG * size.pixels * channels + _PNG_FRAME:
        raise _altered()
    return size.pixels * channels


def _altered() -> DamagedStore:
    return DamagedStore("A picture in the file was altered.", remedy="Export the session again.")


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
