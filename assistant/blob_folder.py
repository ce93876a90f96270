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
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

from assistant.errors import DamagedStore, NotFound, StoreError, StoreFull, StoreReadOnly
from assistant.pictures import Picture, Pixels, content_id, decode_png, encode_png

_NAME = re.compile(r"[0-9a-f]{64}")
_DECODED_BUDGET = 256 * 2**20
_MAKING = threading.Lock()
_WRITERS = ThreadPoolExecutor(2, thread_name_prefix="blobs")
SPARE_SECONDS = 3600.0
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
        if error.errno in (errno.EEXIST, errno.ENOTDIR, errno.EISDIR):
            raise StoreError(
                f"At {folder} a file stands where a folder is needed, or a folder where a file is.",
                remedy="Choose another name.",
            ) from error
        raise StoreError(f"The folder {folder} failed ({error.strerror}).", remedy="Check the disk.") from error


def write_durably(path: Path, data: bytes) -> None:
    """Write a file so that after a power cut it is there whole or not at all."""
    with disk_errors(path.parent):
        _make_durably(path.parent)
        _write_whole(path, data, sync=True)
        sync_folder(path.parent)


def write_for_now(path: Path, data: bytes) -> None:
    """Write a file that can be made again: whole for whoever reads it, and perhaps gone after a power cut."""
    with disk_errors(path.parent):
        _make_durably(path.parent)  # files that have to stay may come to lie beside it
        _write_whole(path, data, sync=False)


def _write_whole(path: Path, data: bytes, sync: bool) -> None:
    temporary = path.parent / f".{path.name}.{uuid.uuid4().hex}.tmp"
    try:
        with open(temporary, "wb") as file:
            file.write(data)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _make_durably(folder: Path) -> None:
    """Make a folder so that it is still there after a power cut: each new one is synced into its parent."""
    with _MAKING:  # whoever finds a folder may count on it
        missing = []
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        for new in reversed(missing):
            new.mkdir(exist_ok=True)
            sync_folder(new.parent)


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
        self.lock = threading.RLock()
        """Held while files are counted or deleted, so that none goes between its look-up and its commit."""
        self._decoded: OrderedDict[str, Pixels] = OrderedDict()
        self._coming: dict[str, tuple[Future[None], Pixels]] = {}
        """What is being written, until somebody counts on it and it is there."""
        self._sound: set[str] = set()
        """Ids whose file this program has written or read without a fault."""

    def path(self, blob_id: str) -> Path:
        if not _NAME.fullmatch(blob_id):
            raise NotFound(f"“{blob_id[:20]}” names no stored picture.", remedy="Check the id.")
        return self.folder / blob_id[:2] / f"{blob_id}.png"

    def put(self, pixels: Pixels) -> str:
        """Keep the pixels on disk, durably, before this returns. Raises StoreFull or StoreReadOnly."""
        blob_id = content_id(pixels)
        with self.lock:
            self._write(blob_id, pixels)
            self._remember(blob_id, pixels if not pixels.flags.writeable else pixels.copy())
        return blob_id

    def put_soon(self, kept: Picture | Pixels) -> str:
        """Keep the pixels, which nobody writes to any more; they are on disk, durably, behind `settle`."""
        known = isinstance(kept, Picture)
        blob_id, pixels = (kept.id, kept.pixels) if known else (content_id(kept), kept)
        pixels.flags.writeable = False
        self._remember(blob_id, pixels)
        with self.lock:
            self._coming[blob_id] = _WRITERS.submit(self._write_behind, blob_id, pixels), pixels
        return blob_id

    def settle(self, blob_ids: Iterable[str]) -> None:
        """Wait until these are on disk, as far as they were put. Raises StoreFull or StoreReadOnly."""
        for blob_id in blob_ids:
            with self.lock:
                coming = self._coming.get(blob_id)
            if coming is None:
                continue
            writing, pixels = coming
            if writing.exception() is not None:  # waited for without the lock: whoever writes takes it
                self._write_behind(blob_id, pixels)  # there may be room by now

    def finish(self) -> None:
        """Wait for every write that was begun; what failed is said to whoever counts on it."""
        with self.lock:
            writing = [future for future, _ in self._coming.values()]
        wait(writing)  # without the lock: whoever writes takes it

    def _write_behind(self, blob_id: str, pixels: Pixels) -> None:
        """What failed stays among what is coming, to be tried again; what is there is held no longer."""
        self._write(blob_id, pixels)
        with self.lock:
            self._coming.pop(blob_id, None)

    def _write(self, blob_id: str, pixels: Pixels) -> None:
        with self.lock:
            sound = self._is_sound(blob_id)
            if sound:
                self.path(blob_id).touch()  # young again: a sweep leaves it to its new turn
        if not sound:
            write_durably(self.path(blob_id), encode_png(pixels))
            with self.lock:
                self._sound.add(blob_id)

    def _is_sound(self, blob_id: str) -> bool:
        """Whether the file is there and holds these pixels; an altered one is not taken for stored."""
        if not self.path(blob_id).exists():
            return False
        if blob_id not in self._sound:
            with contextlib.suppress(NotFound, DamagedStore):
                self._read(blob_id)
        return blob_id in self._sound

    def get(self, blob_id: str) -> Pixels:
        """The pixels, read-only. Raises NotFound, or DamagedStore when the file was altered."""
        with self.lock:
            known = self._decoded.get(blob_id)
            if known is not None:
                self._decoded.move_to_end(blob_id)
                return known
            if blob_id in self._coming:
                return self._coming[blob_id][1]
        pixels = self._read(blob_id)
        self._remember(blob_id, pixels)
        return pixels

    def _read(self, blob_id: str) -> Pixels:
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
        self._sound.add(blob_id)
        return pixels

    def _remember(self, blob_id: str, pixels: Pixels) -> None:
        pixels.flags.writeable = False
        with self.lock:
            self._decoded[blob_id] = pixels
            while len(self._decoded) > 1 and sum(item.nbytes for item in self._decoded.values()) > _DECODED_BUDGET:
                self._decoded.popitem(last=False)

    def delete(self, blob_ids: set[str]) -> None:
        with self.lock, disk_errors(self.folder):
            for blob_id in blob_ids:
                self.path(blob_id).unlink(missing_ok=True)
                self._decoded.pop(blob_id, None)
                self._sound.discard(blob_id)
                self._coming.pop(blob_id, None)

    def stray(self, used: set[str], older_than: float) -> set[str]:
        """Blobs that nothing points to, written at least so many seconds ago: younger ones may be of a running turn."""
        return {path.stem for path in self._files("*.png", older_than) if path.stem not in used}

    def thumbnail_path(self, picture_id: str) -> Path:
        return self.path(picture_id).with_suffix(".thumb.jpg")

    def delete_thumbnails(self, shown: set[str]) -> int:
        """Delete thumbnails of pictures that no version shows; how many they were."""
        gone = [path for path in self._files("*.thumb.jpg") if path.name.split(".")[0] not in shown]
        with disk_errors(self.folder):
            for path in gone:
                path.unlink(missing_ok=True)
        return len(gone)

    def _files(self, pattern: str, older_than: float = 0.0) -> list[Path]:
        before = time.time() - older_than
        files = list(self.folder.glob(f"??/{pattern}")) if self.folder.is_dir() else []
        return [path for path in files if path.stat().st_mtime <= before]


def _damaged(blob_id: str) -> DamagedStore:
    return DamagedStore(
        f"The stored picture “{blob_id[:12]}…” was altered on disk.",
        remedy="Restore it from a backup or an exported session.",
    )
