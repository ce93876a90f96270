"""A folder of pixels named by content: written durably (temporary name, sync, rename), checked when read."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import DamagedStore, NotFound, StoreError, StoreFull, StoreReadOnly
from assistant.pictures import Pixels, content_id, decode_png, encode_png

_NAME = re.compile(r"[0-9a-f]{64}")
_DECODED_BUDGET = 256 * 2**20
_SPARE_SECONDS = 3600.0
"""A file without an owner is left alone for so long: its turn may still be running."""


@contextlib.contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Turn what the system says of a disk into sentences."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreFull(
                f"The disk that holds {folder} is full.",
                remedy="Free some space, or delete sessions; nothing of what was saved is lost.",
            ) from error
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise StoreReadOnly(
                f"The folder {folder} may not be written ({error.strerror}).",
                remedy="Choose another one with --data-dir, or change its permissions.",
            ) from error
        raise StoreError(f"The folder {folder} failed ({error.strerror}).", remedy="Check the disk.") from error


def write_durably(path: Path, data: bytes) -> None:
    """Write a file so that after a power cut it is there whole or not at all."""
    with disk_errors(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.parent / f".{path.name}.{uuid.uuid4().hex}.tmp"
        try:
            with open(temporary, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder durable; where folders cannot be synced (Windows) there is nothing to do."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class BlobFolder:
    """The blobs of one owner. What another owner has is neither seen nor shared."""

    def __init__(self, root: Path, owner: str) -> None:
        self.folder = root / "blobs" / hashlib.sha256(owner.encode()).hexdigest()[:16]
        self._decoded: OrderedDict[str, Pixels] = OrderedDict()
        self._lock = threading.Lock()

    def path(self, blob_id: str) -> Path:
        if not _NAME.fullmatch(blob_id):
            raise NotFound(f"“{blob_id[:20]}” names no stored picture.", remedy="Check the id.")
        return self.folder / blob_id[:2] / f"{blob_id}.png"

    def put(self, pixels: Pixels) -> str:
        """Keep the pixels on disk, durably, before this returns. Raises StoreFull or StoreReadOnly."""
        blob_id = content_id(pixels)
        path = self.path(blob_id)
        if not path.exists():
            write_durably(path, encode_png(pixels))
        self._remember(blob_id, pixels if not pixels.flags.writeable else pixels.copy())
        return blob_id

    def get(self, blob_id: str) -> Pixels:
        """The pixels, read-only. Raises NotFound, or DamagedStore when the file was altered."""
        with self._lock:
            known = self._decoded.get(blob_id)
            if known is not None:
                self._decoded.move_to_end(blob_id)
                return known
        try:
            pixels = decode_png(self.path(blob_id).read_bytes())
        except FileNotFoundError:
            raise NotFound(
                f"The stored picture “{blob_id[:20]}” is not here.", remedy="Import the session that it belongs to."
            ) from None
        except ValueError as error:
            raise _damaged(blob_id) from error
        if content_id(pixels) != blob_id:
            raise _damaged(blob_id)
        self._remember(blob_id, pixels)
        return pixels

    def _remember(self, blob_id: str, pixels: Pixels) -> None:
        pixels.flags.writeable = False
        with self._lock:
            self._decoded[blob_id] = pixels
            while len(self._decoded) > 1 and sum(item.nbytes for item in self._decoded.values()) > _DECODED_BUDGET:
                self._decoded.popitem(last=False)

    def delete(self, blob_ids: set[str]) -> None:
        with disk_errors(self.folder):
            for blob_id in blob_ids:
                self.path(blob_id).unlink(missing_ok=True)
        with self._lock:
            for blob_id in blob_ids:
                self._decoded.pop(blob_id, None)

    def stray(self, used: set[str]) -> set[str]:
        """Blobs of this owner that nothing points to and that are old enough to belong to no running turn."""
        before = time.time() - _SPARE_SECONDS
        files = self.folder.glob("??/*.png") if self.folder.is_dir() else ()
        return {path.stem for path in files if path.stem not in used and path.stat().st_mtime < before}


def _damaged(blob_id: str) -> DamagedStore:
    return DamagedStore(
        f"The stored picture “{blob_id[:12]}…” was altered on disk.",
        remedy="Restore it from a backup or an exported session.",
    )
