"""Where stored pixels are kept (masks, patches, originals, references): by content, behind two calls."""

from __future__ import annotations

import threading
from typing import Protocol

from assistant.errors import NotFound
from assistant.pictures import Picture, Pixels, content_id


class Blobs(Protocol):
    """Pixels by the SHA-256 of mode, size and bytes; (H, W) masks and (H, W, 3 or 4) pictures alike."""

    def put(self, pixels: Pixels) -> str:
        """Keep these pixels and return their id; the same pixels twice are kept once."""
        ...

    def put_soon(self, kept: Picture | Pixels) -> str:
        """The same while the caller goes on: what fails is raised where the pixels are counted on."""
        ...

    def get(self, blob_id: str) -> Pixels:
        """The pixels, read-only. Raises NotFound."""
        ...


class NotedBlobs:
    """Blobs of an owner as one session uses them: what it put is noted, for deleting must leave none of it behind."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._noted: set[str] = set()
        self._lock = threading.Lock()

    @property
    def noted(self) -> set[str]:
        with self._lock:
            return set(self._noted)

    def put(self, pixels: Pixels) -> str:
        return self._note(self._blobs.put(pixels))

    def put_soon(self, kept: Picture | Pixels) -> str:
        return self._note(self._blobs.put_soon(kept))

    def get(self, blob_id: str) -> Pixels:
        return self._blobs.get(blob_id)

    def _note(self, blob_id: str) -> str:
        with self._lock:
            self._noted.add(blob_id)
        return blob_id


class MemoryBlobs:
    """Blobs for a single run, such as one script over a folder."""

    def __init__(self) -> None:
        self._pixels: dict[str, Pixels] = {}
        self._lock = threading.Lock()

    def copy(self) -> MemoryBlobs:
        """Another one with the same content; what is put there is not seen here."""
        other = MemoryBlobs()
        other._pixels.update(self._pixels)
        return other

    def put(self, pixels: Pixels) -> str:
        blob_id = content_id(pixels)
        with self._lock:
            if blob_id not in self._pixels:
                kept = pixels if not pixels.flags.writeable else pixels.copy()
                kept.flags.writeable = False
                self._pixels[blob_id] = kept
        return blob_id

    def put_soon(self, kept: Picture | Pixels) -> str:
        return self.put(kept.pixels if isinstance(kept, Picture) else kept)

    def get(self, blob_id: str) -> Pixels:
        try:
            return self._pixels[blob_id]
        except KeyError:
            raise NotFound(
                f"The stored picture “{blob_id[:20]}” is not here.", remedy="Import the session that it belongs to."
            ) from None
