"""Plays single exact steps, written as in a script file, the way the renderer does."""

from __future__ import annotations

from typing import Any

import numpy as np

from assistant.blobs import MemoryBlobs
from assistant.finding import Finder, Locator
from assistant.frames import Frame
from assistant.operations import Exact
from assistant.pictures import Picture, Pixels
from assistant.regions import place
from assistant.script_files import step_from_data

BLOBS = MemoryBlobs()
"""Brushed masks of the tests: put one, name its id in `where`."""


def exact(
    picture: Picture, wish: dict[str, Any], references: tuple[Picture, ...] = (), locator: Locator | None = None
) -> Exact:
    """The step, measured in this picture."""
    step = step_from_data(wish)
    return Exact.measured(step, picture, Frame.of_original(picture.size), Finder(BLOBS, locator), references)


def play(picture: Picture, wish: dict[str, Any], **more: Any) -> Picture:
    """The picture behind one step; its size is checked against the frame that the step promised."""
    ready = exact(picture, wish, **more)
    played = ready.play(picture)
    assert played.size == ready.behind().size
    return played


def selected(picture: Picture, where: object) -> Pixels:
    """(H, W) alpha of a hard selection."""
    return coverage(picture, {"op": "fill", "where": where, "color": "red"})


def coverage(picture: Picture, wish: dict[str, Any]) -> Pixels:
    """(H, W) alpha of where a step works."""
    ready = exact(picture, wish)
    assert ready.measurement.region is not None
    region = place(ready.measurement.region, ready.frame, BLOBS)
    return region.mask(picture.size) if region else np.zeros((picture.size.height, picture.size.width), np.uint8)


def flat(color: tuple[int, ...], width: int = 60, height: int = 40) -> Picture:
    return Picture(np.full((height, width, len(color)), color, np.uint8))
