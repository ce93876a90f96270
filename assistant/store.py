"""Sessions on disk: metadata in a database, pixels in a folder named by content. Files first, then one commit."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Engine, create_engine, delete, event, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session as Database

from assistant.blob_folder import BlobFolder, disk_errors, sync_folder, write_durably
from assistant.errors import NotFound, SessionBusy, StoreError, StoreFull, StoreReadOnly, StoreTooNew
from assistant.history import History, Version
from assistant.records import Measurement, Patch, Record, Records, key_of
from assistant.script_files import masks_of
from assistant.tables import Base, BlobRow, MetaRow, RecordRow, SessionRow, TurnRow, VersionRow
from assistant.turns import Turn

SCHEMA = 1
"""Raised with every change of the tables; a store of a higher number is not opened."""
_RECORD: TypeAdapter[Measurement | Patch] = TypeAdapter(Record)


class Store:
    """All sessions of all owners. Other people's ids answer "not found"."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        """Open or make the store in `folder`; `url` is another database than the SQLite file in it.

        Raises StoreReadOnly, StoreFull or StoreTooNew.
        """
        self.folder = folder
        self._folders: dict[str, BlobFolder] = {}
        with disk_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
        self.engine = _engine(folder, url)
        with self._database() as database:
            Base.metadata.create_all(database.connection())
            written = database.get(MetaRow, "schema")
            if written is None:
                database.add(MetaRow(key="schema", value=str(SCHEMA)))
            elif int(written.value) > SCHEMA:
                raise StoreTooNew(
                    f"The sessions in {folder} were written by a newer Palimpsest (format {written.value}).",
                    allowed=f"This one reads formats up to {SCHEMA}.",
                    remedy="Update Palimpsest, or choose another folder with --data-dir.",
                )

    def close(self) -> None:
        self.engine.dispose()

    def blobs(self, owner: str) -> BlobFolder:
        return self._folders.setdefault(owner, BlobFolder(self.folder, owner))

    @contextmanager
    def _database(self) -> Iterator[Database]:
        """One transaction; what the database says of the disk becomes a sentence."""
        try:
            with Database(self.engine) as database, database.begin():
                yield database
        except IntegrityError as error:
            raise SessionBusy(
                "This session was changed from elsewhere at the same moment.", remedy="Reload it and try again."
            ) from error
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
            raise NotFound(f"There is no session “{session_id[:40]}”.", remedy="See `palimpsest sessions list`.")
        return row

    def sessions(self, owner: str) -> list[dict[str, Any]]:
        """id, title, created, updated, versions and turns of each session of the owner, the latest first."""
        versions = select(func.count()).where(VersionRow.session_id == SessionRow.id).scalar_subquery()
        turns = select(func.count()).where(TurnRow.session_id == SessionRow.id).scalar_subquery()
        query = select(SessionRow, versions, turns).where(SessionRow.owner == owner).order_by(SessionRow.updated.desc())
        with self._database() as database:
            return [
                {
                    "id": row.id, "title": row.title, "created": row.created, "updated": row.updated,
                    "versions": version_count, "turns": turn_count,
                }
                for row, version_count, turn_count in database.execute(query)
            ]  # fmt: skip

    def load(self, owner: str, session_id: str) -> tuple[str, History, tuple[str, ...], tuple[Turn, ...]]:
        """Title, history, references and turns. Raises NotFound."""
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
            return row.title, history, tuple(json.loads(row.references)), turns

    # -- turns ---------------------------------------------------------------------------------------------------------

    def begin_turn(self, owner: str, session_id: str, turn: Turn) -> None:
        """Note that a turn runs, so that its message is not lost whatever happens."""
        with self._database() as database:
            self._row(database, owner, session_id)
            database.add(TurnRow(id=turn.id, session_id=session_id, number=turn.number, body=_turn_json(turn)))

    def commit(
        self, owner: str, session_id: str, history: History, references: tuple[str, ...],
        new_versions: Iterable[Version] = (), turn: Turn | None = None, title: str | None = None,
    ) -> None:  # fmt: skip
        """Make what happened durable in one commit; all files it points to must be there already.

        Behind this call the turn is acknowledged: it is never lost or altered.
        """
        versions = tuple(new_versions)
        with self._database() as database:
            row = self._row(database, owner, session_id)
            for version in versions:
                number = history.number(version.id)
                database.add(_version_row(session_id, number, version))
                self._add_records(database, session_id, version.records)
            self._add_references(database, owner, session_id, versions, references)
            row.pointer, row.visited = history.pointer, json.dumps(history.visited)
            row.references = json.dumps(references)
            row.updated = time.time()
            row.title = row.title if title is None else title
            if turn is not None:
                if turn.kept is not None:
                    self._add_records(database, session_id, turn.kept_records)
                    self._refer(database, owner, session_id, turn.kept_records.blobs)
                known = database.get(TurnRow, turn.id)
                body = _turn_json(turn)
                if known is None:
                    database.add(TurnRow(id=turn.id, session_id=session_id, number=turn.number, body=body))
                else:
                    known.body = body

    def _add_records(self, database: Database, session_id: str, records: Records) -> None:
        known = set(database.scalars(select(RecordRow.id).where(RecordRow.session_id == session_id)))
        for record in (*records.measurements, *records.patches):
            body = record.model_dump_json()
            if _record_id(body) not in known:
                known.add(_record_id(body))
                database.add(RecordRow(session_id=session_id, id=_record_id(body), body=body))

    def _add_references(
        self,
        database: Database,
        owner: str,
        session_id: str,
        versions: tuple[Version, ...],
        references: tuple[str, ...],
    ) -> None:
        needed = set(references)
        for version in versions:
            needed |= version.records.blobs | set(version.script.references)
            needed |= {version.script.original} if version.script.original else set()
            needed |= masks_of(version.script)
        self._refer(database, owner, session_id, needed)

    def _refer(self, database: Database, owner: str, session_id: str, blob_ids: Iterable[str]) -> None:
        """Count these blobs as this session's. Raises NotFound when a file is missing: history never points to one."""
        known = set(database.scalars(select(BlobRow.blob_id).where(BlobRow.session_id == session_id)))
        for blob_id in set(blob_ids) - known:
            if not self.blobs(owner).path(blob_id).exists():
                raise NotFound(f"The picture “{blob_id[:12]}…” is not stored.", remedy="Add it first.")
            database.add(BlobRow(session_id=session_id, blob_id=blob_id, owner=owner))

    # -- thumbnails: cache, kept beside the blobs ----------------------------------------------------------------------

    def _thumbnail_path(self, owner: str, picture_id: str) -> Path:
        return self.blobs(owner).path(picture_id).with_suffix(".thumb.jpg")

    def put_thumbnail(self, owner: str, picture_id: str, data: bytes) -> None:
        write_durably(self._thumbnail_path(owner, picture_id), data)

    def thumbnail(self, owner: str, picture_id: str) -> bytes | None:
        """JPEG bytes, or None when it has to be made again."""
        path = self._thumbnail_path(owner, picture_id)
        return path.read_bytes() if path.exists() else None

    # -- deleting ------------------------------------------------------------------------------------------------------

    def delete(self, owner: str, session_id: str) -> None:
        """Remove the session with everything that no other session of the owner needs. Raises NotFound."""
        with self._database() as database:
            self._row(database, owner, session_id)
            own = set(database.scalars(select(BlobRow.blob_id).where(BlobRow.session_id == session_id)))
            query = select(BlobRow.blob_id).where(BlobRow.owner == owner, BlobRow.session_id != session_id)
            shared = set(database.scalars(query))
            query = select(VersionRow.picture_id).where(VersionRow.session_id == session_id)
            pictures = set(database.scalars(query))
            for table in (BlobRow, RecordRow, VersionRow, TurnRow):
                database.execute(delete(table).where(table.session_id == session_id))
            database.execute(delete(SessionRow).where(SessionRow.id == session_id))
        self.blobs(owner).delete(own - shared)
        with disk_errors(self.folder):
            for picture_id in pictures:
                self._thumbnail_path(owner, picture_id).unlink(missing_ok=True)
        self._forget_log()

    def sweep(self, owner: str) -> int:
        """Delete files that no session points to (a turn that never ended left them); how many they were."""
        with self._database() as database:
            used = set(database.scalars(select(BlobRow.blob_id).where(BlobRow.owner == owner)))
        stray = self.blobs(owner).stray(used)
        self.blobs(owner).delete(stray)
        return len(stray)

    def _forget_log(self) -> None:
        """Empty SQLite's write-ahead log, so that deleted text does not linger in it."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def _engine(folder: Path, url: str | None) -> Engine:
    engine = create_engine(url or f"sqlite:///{folder / 'sessions.sqlite3'}")
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _prepare(connection: Any, _record: Any) -> None:
            cursor = connection.cursor()
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "busy_timeout=10000"):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

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


def _record_id(body: str) -> str:
    return key_of(body)[:32]


def _version_row(session_id: str, number: int, version: Version) -> VersionRow:
    records = [_record_id(item.model_dump_json()) for item in (*version.records.measurements, *version.records.patches)]
    body = version.model_dump(mode="json", by_alias=True, exclude={"records", "id", "picture_id"})
    body["script"] = version.script.model_dump(mode="json", by_alias=True)
    return VersionRow(
        id=version.id, session_id=session_id, number=number, picture_id=version.picture_id,
        records=json.dumps(records), body=json.dumps(body),
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
