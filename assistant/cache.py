"""Rendered pictures, kept within a budget of bytes and a number: cache, never record."""

from __future__ import annotations

import threading
from collections import OrderedDict

from assistant.pictures import Picture

DEFAULT_BUDGET = 384 * 2**20
DEFAULT_PLACES = 48
"""A long session of small pictures is as small after two hundred turns as after fifty; they are quick to make anew."""


class PictureCache:
    """Least recently used pictures go first; safe to share between threads."""

    def __init__(self, budget: int = DEFAULT_BUDGET, places: int = DEFAULT_PLACES) -> None:
        """`budget` in bytes of pixels; at most `places` pictures, at least one."""
        self.budget, self.places = budget, places
        self._pictures: OrderedDict[str, Picture] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: str) -> Picture | None:
        with self._lock:
            picture = self._pictures.get(key)
            if picture is not None:
                self._pictures.move_to_end(key)
            return picture

    def put(self, key: str, picture: Picture) -> None:
        with self._lock:
            if key in self._pictures:
                return
            self._pictures[key] = picture
            self._bytes += picture.pixels.nbytes
            while len(self._pictures) > 1 and (self._bytes > self.budget or len(self._pictures) > self.places):
                _, old = self._pictures.popitem(last=False)
                self._bytes -= old.pixels.nbytes

    def clear(self) -> None:
        with self._lock:
            self._pictures.clear()
            self._bytes = 0

    @property
    def bytes_used(self) -> int:
        return self._bytes
