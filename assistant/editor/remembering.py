"""Results kept by the content of what they were made from: text and picture encodings, across turns and candidates."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import numpy as np
import torch
from PIL import Image

PLACES = 16


class Remembered:
    """A function whose last results are kept; equal arguments, told by their bytes, give the very same result.

    `guard` is entered around the function only: a lock, say. Nothing is kept of a call that raised.
    """

    def __init__(
        self, function: Callable[..., Any], places: int = PLACES,
        guard: Callable[[], AbstractContextManager[Any]] = nullcontext,
    ) -> None:  # fmt: skip
        self.function, self.places, self.guard = function, places, guard
        self.hits = self.misses = 0
        self._kept: OrderedDict[bytes, Any] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        key = content_of((args, kwargs))
        with self._lock:
            if key in self._kept:
                self.hits += 1
                self._kept.move_to_end(key)
                return self._kept[key]
        with self.guard():
            result = self.function(*args, **kwargs)
        with self._lock:
            self.misses += 1
            self._kept[key] = result
            while len(self._kept) > self.places:
                self._kept.popitem(last=False)
        return result

    def forget(self) -> None:
        """Give the memory back."""
        with self._lock:
            self._kept.clear()


def content_of(value: Any) -> bytes:
    """A digest of plain values, arrays, tensors and pictures, and of lists and mappings of them.

    Raises TypeError for anything else: what cannot be read cannot be told apart.
    """
    digest = hashlib.blake2b(digest_size=20)
    _add(digest, value)
    return digest.digest()


def _add(digest: Any, value: Any) -> None:
    digest.update(type(value).__name__.encode() + b"\0")
    match value:
        case None | bool() | int() | float() | str() | bytes() | torch.dtype() | torch.device():
            digest.update(repr(value).encode())
        case torch.Tensor():
            digest.update(f"{value.dtype} {tuple(value.shape)} {value.device}".encode())
            digest.update(value.detach().cpu().reshape(-1).contiguous().view(torch.uint8).numpy().tobytes())
        case np.ndarray():
            digest.update(f"{value.dtype} {value.shape}".encode() + value.tobytes())
        case Image.Image():
            digest.update(f"{value.mode} {value.size}".encode() + value.tobytes())
        case Mapping():
            for name in sorted(value):
                _add(digest, name)
                _add(digest, value[name])
        case Sequence():
            for each in value:
                _add(digest, each)
            digest.update(b"end")
        case _:
            raise TypeError(f"cannot tell the content of a {type(value).__name__}")
