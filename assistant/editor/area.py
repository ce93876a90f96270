"""Classes that bring every picture to a megapixel, whatever they are handed, held to another area for a call.

Their sizes come from a function of their module, `calculate_dimensions(area, ratio)`. At a megapixel nothing is
touched: the sizes that such a class leaves alone are known (`sizing`).
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

OWN_AREA = 1024 * 1024
"""What those classes paint, in px."""
_lock = threading.RLock()
"""A module is everybody's: one call of another area at a time."""


@contextmanager
def held_to(module: str, pixels: int) -> Iterator[None]:
    """Meanwhile the classes of `module` paint `pixels`; nothing happens without a module or at their own area."""
    if not module or pixels == OWN_AREA:
        yield
        return
    owner: Any = importlib.import_module(module)
    with _lock:
        own: Callable[[int, float], tuple[int, int]] = owner.calculate_dimensions
        owner.calculate_dimensions = lambda area, ratio: own(pixels if area == OWN_AREA else area, ratio)
        try:
            yield
        finally:
            owner.calculate_dimensions = own
