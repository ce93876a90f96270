"""Sessions on disk: metadata in a database, pixels in a folder named by content. Files first, then one commit."""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Engine, create_engine, delete, event, func, inspect, select, true
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session as Database

from assistant.blob_folder import SPARE_SECONDS, BlobFolder, disk_errors, sync_folder, write_for_now
from assistant.errors import NotFound, SessionBusy, StoreError, StoreFull, StoreReadOnly, StoreTooNew
from assistant.history import History, Version
from assistant.records import Measurement, Patch, Record, Records, key_of
from assistant.script_files import masks_of
from assistant.tables import Base, BlobRow, MetaRow, RecordRow, SessionRow, TurnRow, VersionRow
from assistant.temporary import remove_temporary
from assistant.turns import Turn

_JPEG_END = b"\xff\xd9"
SCHEMA = 1
"""Raised with every change of the tables; a store of a higher number is not opened."""
_RECORD: TypeAdapter[Measurement | Patch] = TypeAdapter(Record)


class Loaded(NamedTuple):
    """All that is kept of a session."""

    title: str
    history: History
    references: tuple[str, ...]
    turns: tuple[Turn, ...]
    revision: int


class Store:
    """All sessions of all owners. Other people's ids answer "not found"."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        """Open or make the store in `folder`; `url` is another database than the SQLite file in it.

        Raises StoreReadOnly, StoreFull or StoreTooNew.
        """
        self.folder = folder
        self._folders: dict[str, BlobFolder] = {}
        self._opening = threading.Lock()
        with disk_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
        self.engine = _engine(folder, url)
        with self._database() as database:
            known = inspect(database.connection()).has_table(MetaRow.__tablename__)
            written = database.get(MetaRow, "schema") if known else None
            if written is not None and int(written.value) > SCHEMA:
                raise StoreTooNew(
                    f"The sessions in {folder} were written by a newer Palimpsest (format {written.value}).",
                    allowed=f"This one reads formats up to {SCHEMA}.",
                    remedy="Update Palimpsest, or choose another folder with --data-dir.",
                )
            Base.metadata.create_all(database.connection())
            if written is None:
                database.add(MetaRow(key="schema", value=str(SCHEMA)))

    def close(self) -> None:
        self.engine.dispose()

    def blobs(self, owner: str) -> BlobFolder:
        with self._opening:
            return self._folders.setdefault(owner, BlobFolder(self.folder, owner))

    @contextmanager
    def _database(self) -> Iterator[Database]:
        """One transaction; what the database says of the disk becomes a sentence."""
        try:
            with Database(self.engine) as database, database.begin():
                yield database
        except IntegrityError as error:
            raise _written_elsewhere() from error
        except DBAPIError as error:
            raise _database_error(error, self.folder) from error

    # -- sessions ------------------------------------------------------------------------------------------------------

    def create(self, session_id: str, owner: str, title: str = "") -> None:
        now = time.time()
        with self._database() as database:
            database.add(SessionRow(id=session_id, owner=owner, title=title, created=now, updated=now))

    def _row(self, database: Database, owner: str, session_id: str) -> SessionRow:
        row = database.get(SessionRow, session_id)
        if row is None or row.owner != owner:
            raise _no_such_session(session_id)
        return row

    def sessions(self, owner: str) -> list[dict[str, Any]]:
        """id, title, created, updated, shown, versions, turns of each session of the owner, the latest first.

        `shown` is the version on show, None where there is no picture yet; versions and turns are counts.
        """
        return [entry for _, entry in self._listed(SessionRow.owner == owner)]

    def everybodys_sessions(self) -> list[dict[str, Any]]:
        """The same, with the owner, of all owners: only for whoever the folder itself belongs to."""
        return [{"owner": owner, **entry} for owner, entry in self._listed(true())]

    def owner_of(self, session_id: str) -> str:
        """Whose session it is, for the same person. Raises NotFound."""
        with self._database() as database:
            row = database.get(SessionRow, session_id)
            if row is None:
                raise _no_such_session(session_id)
            return row.owner

    def _listed(self, wanted: ColumnElement[bool]) -> list[tuple[str, dict[str, Any]]]:
        versions = select(func.count()).where(VersionRow.session_id == SessionRow.id).scalar_subquery()
        turns = select(func.count()).where(TurnRow.session_id == SessionRow.id).scalar_subquery()
        query = select(SessionRow, versions, turns).where(wanted).order_by(SessionRow.updated.desc())
        with self._database() as database:
            return [
                (
                    row.owner,
                    {
                        "id": row.id, "title": row.title, "created": row.created, "updated": row.updated,
                        "shown": row.pointer, "versions": version_count, "turns": turn_count,
                    },
                )
                for row, version_count, turn_count in database.execute(query)
            ]  # fmt: skip

    def state(self, owner: str, session_id: str) -> tuple[int, int]:
        """How often the session was written, and how many turns it has, begun ones among them. Raises NotFound."""
        with self._database() as database:
            query = select(func.count()).where(TurnRow.session_id == session_id)
            return self._row(database, owner, session_id).revision, database.scalars(query).one()

    def load(self, owner: str, session_id: str) -> Loaded:
        """All that is kept of a session. Raises NotFound."""
        with self._database() as database:
            row = self._row(database, owner, session_id)
            query = select(RecordRow).where(RecordRow.session_id == session_id)
            records = {item.id: _RECORD.validate_json(item.body) for item in database.scalars(query)}
            query = select(VersionRow).where(VersionRow.session_id == session_id).order_by(VersionRow.number)
            versions = tuple(_version(item, records) for item in database.scalars(query))
            query = select(TurnRow).where(TurnRow.session_id == session_id).order_by(TurnRow.number)
            turns = tuple(_turn(item) for item in database.scalars(query))
            visited = json.loads(row.visited)
            history = History(versions=versions, pointer=row.pointer, visited=visited)
            return Loaded(row.title, history, tuple(json.loads(row.references)), turns, row.revision)

    # -- turns ---------------------------------------------------------------------------------------------------------

    def begin_turn(self, owner: str, session_id: str, turn: Turn) -> Turn:
        """Note that a turn runs, so that its message is not lost whatever happens; returns it with its number.

        The number is the next one here, for another program may have begun a turn that its memory knows nothing of.
        """
        with self._database() as database:
            self._row(database, owner, session_id)
            last = database.scalar(select(func.max(TurnRow.number)).where(TurnRow.session_id == session_id))
            turn = turn.model_copy(update={"number": (last or 0) + 1})
            database.add(TurnRow(id=turn.id, session_id=session_id, number=turn.number, body=_turn_json(turn)))
            return turn

    def commit(
        self, owner: str, session_id: str, revision: int, history: History, references: tuple[str, ...],
        new_versions: Iterable[Version] = (), turn: Turn | None = None, title: str | None = None,
    ) -> int:  # fmt: skip
        """Make what happened durable in one commit; all files it points to must be there already.

        Behind this call the turn is acknowledged: it is never lost or altered. `revision` is the one that the writer
        has seen; returns the new one. Raises SessionBusy when somebody else wrote meanwhile.
        """
        versions = tuple(new_versions)
        files = files_of(versions, references, [turn] if turn else [])
        self.blobs(owner).settle(files)
        with self.blobs(owner).lock, self._database() as database:
            row = self._row(database, owner, session_id)
            if row.revision != revision:
                raise _written_elsewhere()
            self._refer(database, owner, session_id, files)
            for version in versions:
                ids = self._add_records(database, session_id, version.records)
                database.add(_version_row(session_id, history.number(version.id), version, ids))
            row.pointer, row.visited = history.pointer, json.dumps(history.visited)
            row.references = json.dumps(references)
            row.updated = time.time()
            row.revision = revision + 1
            row.title = row.title if title is None else title
            if turn is not None:
                known = database.get(TurnRow, turn.id)
                if known is None:
                    database.add(TurnRow(id=turn.id, session_id=session_id, number=turn.number, body=_turn_json(turn)))
                else:
                    known.body = _turn_json(turn)
            return revision + 1

    def _add_records(self, database: Database, session_id: str, records: Records) -> list[str]:
        """Their ids, in order; those that are new are kept."""
        known = set(database.scalars(select(RecordRow.id).where(RecordRow.session_id == session_id)))
        bodies = [record.model_dump_json() for record in (*records.measurements, *records.patches)]
        ids = [key_of(body)[:32] for body in bodies]
        for record_id, body in zip(ids, bodies, strict=True):
            if record_id not in known:
                known.add(record_id)
                database.add(RecordRow(session_id=session_id, id=record_id, body=body))
        return ids

    def _refer(self, database: Database, owner: str, session_id: str, blob_ids: set[str]) -> None:
        """Count these blobs as this session's. Raises NotFound when a file is missing: history never points to one."""
        known = set(database.scalars(select(BlobRow.blob_id).where(BlobRow.session_id == session_id)))
        for blob_id in blob_ids - known:
            if not self.blobs(owner).path(blob_id).exists():
                raise NotFound(f"The picture “{blob_id[:12]}…” is not stored.", remedy="Add it again.")
            database.add(BlobRow(session_id=session_id, blob_id=blob_id, owner=owner))

    # -- thumbnails: cache, kept beside the blobs ----------------------------------------------------------------------

    def put_thumbnail(self, owner: str, picture_id: str, data: bytes) -> None:
        write_for_now(self.blobs(owner).thumbnail_path(picture_id), data)

    def thumbnail(self, owner: str, picture_id: str) -> bytes | None:
        """JPEG bytes, or None when it has to be made again."""
        path = self.blobs(owner).thumbnail_path(picture_id)
        data = path.read_bytes() if path.exists() else b""
        return data if data.endswith(_JPEG_END) else None  # a power cut may leave a part of it

    # -- deleting ------------------------------------------------------------------------------------------------------

    def delete(self, owner: str, session_id: str, put: set[str], spared: set[str]) -> None:
        """Remove the session with everything that no other session of the owner needs. Raises NotFound.

        `put` are ids of what was written for it without coming to be pointed to; `spared` are ids of what others have
        written and may yet point to. Other files that nothing points to may be a turn's in another program.
        """
        with self._database() as database:
            self._row(database, owner, session_id)
            own = set(database.scalars(select(BlobRow.blob_id).where(BlobRow.session_id == session_id)))
            for table in (BlobRow, RecordRow, VersionRow, TurnRow):
                database.execute(delete(table).where(table.session_id == session_id))
            database.execute(delete(SessionRow).where(SessionRow.id == session_id))
        remove_temporary(self.folder, session_id)
        self.sweep(owner, (own | put) - spared)
        self._forget_log()

    def sweep(self, owner: str, blob_ids: set[str] | None = None, older_than: float = SPARE_SECONDS) -> int:
        """Delete files that no session points to: those of `blob_ids`, and all that are older than so many seconds.

        A turn that never ended leaves such files. Thumbnails of what no version shows go whatever their age, for they
        are made again. Returns how many files went.
        """
        folder = self.blobs(owner)
        folder.finish()  # written behind the sweep a file would stay
        with folder.lock, self._database() as database:
            used = set(database.scalars(select(BlobRow.blob_id).where(BlobRow.owner == owner)))
            query = select(VersionRow.picture_id).join(SessionRow, VersionRow.session_id == SessionRow.id)
            shown = set(database.scalars(query.where(SessionRow.owner == owner)))
            stray = ((blob_ids or set()) - used) | folder.stray(used, older_than)
            folder.delete(stray)
            return len(stray) + folder.delete_thumbnails(shown)

    def _forget_log(self) -> None:
        """Empty SQLite's write-ahead log, so that deleted text does not linger in it."""
        if self.engine.dialect.name == "sqlite":
            with contextlib.closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _engine(folder: Path, url: str | None) -> Engine:
    engine = create_engine(url or f"sqlite:///{folder / 'sessions.sqlite3'}")
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _prepare(connection: Any, _record: Any) -> None:
            cursor = connection.cursor()
            # SQLAlchemy begins transactions, below, and not the driver: it would begin them too late.
            connection.isolation_level = None
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "busy_timeout=10000"):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

        @event.listens_for(engine, "begin")
        def _begin(connection: Any) -> None:
            # At once the writer: what is read in a transaction still holds when it commits.
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        if os.name != "nt":
            with disk_errors(folder):
                sync_folder(folder)
    return engine


def _database_error(error: DBAPIError, folder: Path) -> StoreError:
    said = str(error.orig).lower()
    if "full" in said:
        return StoreFull(f"The disk that holds {folder} is full.", remedy="Free some space, or delete sessions.")
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return StoreReadOnly(
            f"The sessions in {folder} may not be written.", remedy="Choose another folder with --data-dir."
        )
    return StoreError(f"The database of sessions failed ({error.orig}).", remedy="Check the disk and try again.")


def _no_such_session(session_id: str) -> NotFound:
    return NotFound(f"There is no session “{session_id[:40]}”.", remedy="See `palimpsest sessions list`.")


def _written_elsewhere() -> SessionBusy:
    return SessionBusy("This session was changed from elsewhere at the same moment.", remedy="Send the message again.")


def files_of(versions: Iterable[Version], references: Iterable[str], turns: Iterable[Turn]) -> set[str]:
    """Ids of every stored file that versions, references and turns' kept steps point to."""
    needed = set(references)
    scripts = [(version.script, version.records) for version in versions]
    scripts += [(turn.kept, turn.kept_records) for turn in turns if turn.kept]
    for script, records in scripts:
        needed |= records.blobs | set(script.references) | masks_of(script)
        needed |= {script.original} if script.original else set()
    return needed


def _version_row(session_id: str, number: int, version: Version, record_ids: list[str]) -> VersionRow:
    body = version.model_dump(mode="json", by_alias=True, exclude={"records", "id", "picture_id"})
    return VersionRow(
        id=version.id, session_id=session_id, number=number, picture_id=version.picture_id,
        records=json.dumps(record_ids), body=json.dumps(body),
    )  # fmt: skip


def _version(row: VersionRow, records: dict[str, Measurement | Patch]) -> Version:
    own = [records[record_id] for record_id in json.loads(row.records)]
    measurements = tuple(item for item in own if isinstance(item, Measurement))
    patches = tuple(item for item in own if isinstance(item, Patch))
    body = json.loads(row.body)
    version = Version.model_validate({**body, "id": row.id, "picture_id": row.picture_id})
    return version.model_copy(update={"records": Records(measurements=measurements, patches=patches)})


def _turn_json(turn: Turn) -> str:
    return turn.model_dump_json(by_alias=True)


def _turn(row: TurnRow) -> Turn:
    return Turn.model_validate_json(row.body).as_found()
