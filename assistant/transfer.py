"""A session as one file: exported with everything it plays from, imported anywhere, replayed to the same pixels."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

from pydantic import ValidationError

from assistant.errors import DamagedStore, InvalidScript, PalimpsestError, StoreError
from assistant.history import History, Version
from assistant.pictures import Pixels, content_id, decode_png, encode_png
from assistant.script import new_id
from assistant.script_files import masks_of
from assistant.session import Session
from assistant.sessions import Sessions
from assistant.turns import Turn
from assistant.where import Value

FORMAT = 1
SUFFIX = ".palimpsest"
MAX_BYTES = 2_000_000_000
"""Of the unpacked content of an imported file."""
_BLOB = re.compile(r"blobs/([0-9a-f]{64})\.png")


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
    needed = set(exported.references)
    for version in exported.history.versions:
        script = version.script
        needed |= version.records.blobs | set(script.references) | masks_of(script)
        needed |= {script.original} if script.original else set()
    for turn in exported.turns:
        needed |= turn.kept_records.blobs
    return needed


def import_session(sessions: Sessions, owner: str, source: bytes | Path) -> Session:
    """A new session of `owner` from an exported file; ids of versions and turns are drawn anew.

    Every picture is checked against its name, and the current version is replayed and compared. Raises InvalidScript
    when the file is no session, DamagedStore when it was altered.
    """
    exported, pixels = _read(source)
    blobs = sessions.store.blobs(owner)
    if missing := _needed(exported) - pixels.keys():
        raise DamagedStore(f"The file lacks {len(missing)} of its pictures.", remedy="Export the session again.")
    for blob_id, data in pixels.items():
        blobs.put(_checked(blob_id, data))
    session = sessions.create(owner, exported.title)
    try:
        history, turns = _renamed(exported)
        for turn in turns:
            sessions.store.begin_turn(owner, session.id, turn)
        sessions.store.commit(owner, session.id, history, exported.references, history.versions)
        session = sessions.reopen(owner, session.id)
        current = history.current
        if current and session.renderer.replay(current.script, current.records).id != current.picture_id:
            raise DamagedStore(
                "The session does not replay to the same pixels here.",
                remedy="It was made with other versions of the operations, or without a font that it uses.",
            )
    except PalimpsestError:
        sessions.delete(owner, session.id)
        raise
    return session


def _checked(blob_id: str, data: bytes) -> Pixels:
    try:
        pixels = decode_png(data)
    except ValueError:
        pixels = None
    if pixels is None or content_id(pixels) != blob_id:
        raise DamagedStore("A picture in the file was altered.", remedy="Export the session again.")
    return pixels


def _read(source: bytes | Path) -> tuple[Exported, dict[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
            size = sum(item.file_size for item in archive.infolist())
            if size > MAX_BYTES:
                raise InvalidScript(
                    f"The file unpacks to {size / 1e9:.1f} GB.", allowed=f"At most {MAX_BYTES / 1e9:.0f} GB are read.",
                    remedy="Export fewer versions.",
                )  # fmt: skip
            exported = Exported.model_validate_json(archive.read("session.json"))
            names = ((name, _BLOB.fullmatch(name)) for name in archive.namelist())
            pixels = {match[1]: archive.read(name) for name, match in names if match}
    except FileNotFoundError as error:
        raise StoreError("There is no such file.", remedy="Check its name.") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidScript(
            f"The session in the file does not hold: {first['msg']} ({'.'.join(map(str, first['loc']))}).",
            remedy="It may come from a newer Palimpsest; update this one.",
        ) from error
    except (zipfile.BadZipFile, KeyError, OSError, json.JSONDecodeError) as error:
        raise InvalidScript(
            "The file is not an exported session.", allowed=f"Sessions are exported as {SUFFIX} files.",
            remedy="Choose another file.",
        ) from error  # fmt: skip
    if exported.palimpsest > FORMAT:
        raise InvalidScript(
            f"The session has format {exported.palimpsest}.", allowed=f"This Palimpsest reads format {FORMAT}.",
            remedy="Update Palimpsest.",
        )  # fmt: skip
    return exported, pixels


def _renamed(exported: Exported) -> tuple[History, tuple[Turn, ...]]:
    """Fresh ids for versions and turns, so that a file may be imported beside its origin."""
    old = exported.history
    version_ids = {version.id: new_id() for version in old.versions}
    turn_ids = {turn.id: new_id() for turn in exported.turns}

    def version(item: Version) -> Version:
        parent = version_ids[item.parent] if item.parent else None
        turn = turn_ids.get(item.turn_id or "")
        return item.model_copy(update={"id": version_ids[item.id], "parent": parent, "turn_id": turn})

    def turn(item: Turn, number: int) -> Turn:
        base = version_ids.get(item.base_version or "")
        made = tuple(version_ids[name] for name in item.version_ids if name in version_ids)
        return item.model_copy(
            update={"id": turn_ids[item.id], "number": number, "base_version": base, "version_ids": made}
        )

    history = History(
        versions=tuple(version(item) for item in old.versions),
        pointer=version_ids.get(old.pointer or ""),
        visited={version_ids[parent]: version_ids[child] for parent, child in old.visited.items()},
    )
    return history, tuple(turn(item, number) for number, item in enumerate(exported.turns, start=1))
