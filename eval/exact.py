"""Suite "exact": every exact operation and a whole script on 12-megapixel photographs, in seconds and as pictures."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw

from assistant.blobs import MemoryBlobs
from assistant.cache import PictureCache
from assistant.finding import Finder
from assistant.frames import Frame
from assistant.opening import open_picture
from assistant.operations import Exact
from assistant.pictures import Picture, Pixels, preview
from assistant.render import Renderer
from assistant.script import Script
from assistant.script_files import step_from_data
from eval.photographs import CONTAINERS, logo, photograph
from eval.report import Grid, Options, Report

CHAIN = (
    {"op": "exposure", "stops": 0.5},
    {"op": "black_and_white"},
    {"op": "rotate", "degrees": 90, "direction": "counterclockwise"},
    {"op": "crop", "aspect": "1:1"},
    {"op": "text", "text": "Hello", "position": "top"},
)
RUNS = 5
_SUBJECT = {"box": [25, 3, 75, 100], "unit": "percent", "object": True}
_CUP = {"box": [22, 8, 78, 92], "unit": "percent", "object": True}
Case = tuple[str, dict[str, Any]]
CASES: tuple[Case, ...] = (
    ("astronaut", {"op": "crop", "aspect": "4:5"}),
    ("astronaut", {"op": "crop", "subject": "face"}),
    ("astronaut", {"op": "crop", "side": "left", "percent": 30}),
    ("astronaut", {"op": "rotate", "degrees": 90}),
    ("astronaut", {"op": "rotate", "degrees": 12, "direction": "counterclockwise"}),
    ("rocket", {"op": "straighten"}),
    ("rocket", {"op": "straighten", "degrees": 6}),
    ("astronaut", {"op": "flip"}),
    ("coffee", {"op": "resize", "percent": 50}),
    ("coffee", {"op": "resize", "width": 1080, "height": 1350}),
    ("coffee", {"op": "pad", "aspect": "16:9", "color": "black"}),
    ("coffee", {"op": "border", "percent": 4, "color": "gold"}),
    ("astronaut", {"op": "exposure", "stops": 0.7}),
    ("astronaut", {"op": "exposure", "stops": -1.5, "where": {**_SUBJECT, "invert": True}}),
    ("astronaut", {"op": "contrast", "percent": 60}),
    ("coffee", {"op": "highlights", "percent": -80}),
    ("astronaut", {"op": "shadows", "percent": 80}),
    ("coffee", {"op": "saturation", "percent": 60}),
    ("coffee", {"op": "temperature", "direction": "cooler"}),
    ("astronaut", {"op": "temperature", "percent": 70}),
    ("astronaut", {"op": "tint", "direction": "magenta"}),
    ("astronaut", {"op": "tint", "color": "teal", "percent": 50}),
    ("astronaut", {"op": "black_and_white"}),
    ("coffee", {"op": "black_and_white", "where": {**_CUP, "invert": True}}),
    ("astronaut", {"op": "sepia"}),
    ("rocket", {"op": "auto"}),
    ("chelsea", {"op": "sharpen", "percent": 100}),
    ("astronaut", {"op": "blur", "where": {**_SUBJECT, "invert": True}}),
    ("astronaut", {"op": "blur", "percent": 60}),
    ("astronaut", {"op": "denoise", "percent": 80}),
    ("astronaut", {"op": "vignette", "percent": 70}),
    ("astronaut", {"op": "grain", "percent": 60}),
    ("coffee", {"op": "text", "text": "Good morning"}),
    ("rocket", {"op": "text", "text": "To the stars, and back before supper", "position": "top", "font": "serif bold"}),
    ("coffee", {"op": "text", "text": "SALE", "where": {"box": [2, 70, 25, 95], "unit": "percent"}, "color": "red"}),
    ("astronaut", {"op": "paste", "reference": 2, "position": "top right", "percent": 20}),
    ("coffee", {"op": "fill", "where": {**_CUP, "invert": True}, "color": "transparent"}),
    ("coffee", {"op": "recolor", "where": {"point": [30, 62], "unit": "percent", "tolerance": 60}, "color": "#1a73e8"}),
    ("astronaut", {"op": "recolor", "from": "#d8683f", "tolerance": 70, "color": "seagreen"}),
    ("astronaut", {"op": "gradient", "where": "lower third", "colors": ["transparent", "black"]}),
    ("rocket", {"op": "gradient", "colors": ["purple", "transparent", "orange"], "direction": "right"}),
    ("coffee", {"op": "stroke", "where": _CUP, "color": "yellow", "px": 40}),
    ("astronaut", {"op": "pixelate", "where": "face"}),
    ("rocket", {"op": "move", "where": {"box": [44, 36, 57, 95], "unit": "percent", "object": True},
                "direction": "left", "px": 900}),
    ("astronaut", {"op": "copy", "where": {"box": [70, 0, 95, 60], "unit": "percent"}, "position": "left"}),
    ("coffee", {"op": "scale", "where": _CUP, "percent": 60}),
    ("coffee", {"op": "heal", "where": {"box": [62, 45, 78, 75], "unit": "percent"}}),
    ("rocket", {"op": "heal", "where": {"box": [34, 30, 48, 95], "unit": "percent"}}),
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """One operation: seconds to find its region or numbers, seconds to play it (medians), and the picture."""

    name: str
    measure: float
    play: float
    picture: Picture


def label(step: dict[str, Any]) -> str:
    """The step in a few words, for a table or under a picture."""
    words = [str(value) for key, value in step.items() if key != "op" and not isinstance(value, dict)]
    place = step.get("where")
    if isinstance(place, dict):
        words.append(" ".join(key for key in ("object", "box", "point", "invert") if place.get(key)))
    return " ".join([step["op"], *words])


def operations() -> Iterator[Measured]:
    """Each case, median of RUNS after one warm-up; measuring is timed once, because it is done once."""
    sources = {name: Picture(photograph(name)) for name in ("astronaut", "coffee", "chelsea", "rocket")}
    finder = Finder(MemoryBlobs())
    for name, data in CASES:
        picture, step = sources[name], step_from_data({**data, "id": "step", "seed": 1})
        frame = Frame.of_original(picture.size)
        started = time.perf_counter()
        exact = Exact.measured(step, picture, frame, finder, (logo(),))
        measure = time.perf_counter() - started
        result = exact.play(picture)
        seconds = [_timed(exact, picture) for _ in range(RUNS)]
        yield Measured(label(data), measure, statistics.median(seconds), result)


def _timed(exact: Exact, picture: Picture) -> float:
    started = time.perf_counter()
    exact.play(picture)
    return time.perf_counter() - started


def chains() -> Iterator[tuple[str, float, Picture, tuple[str, ...]]]:
    """For each container: seconds from its bytes to the JPEG preview behind CHAIN (median), the picture, the notes."""
    for name, make in CONTAINERS.items():
        runs = [_chain(make()) for _ in range(RUNS + 1)][1:]
        yield name, statistics.median(seconds for seconds, _, _ in runs), runs[0][1], runs[0][2]


def _chain(data: bytes) -> tuple[float, Picture, tuple[str, ...]]:
    started = time.perf_counter()
    opened = open_picture(data)
    blobs = MemoryBlobs()
    steps = tuple(step_from_data(step) for step in CHAIN)
    script = Script(original=blobs.put(opened.picture.pixels)).append(*steps)
    picture = Renderer(blobs, cache=PictureCache()).render(script).picture
    preview(picture)
    return time.perf_counter() - started, picture, opened.notes


def sheet(results: list[Measured], columns: int = 7, side: int = 260) -> Pixels:
    """A contact sheet of all results, each with its name and milliseconds."""
    tiles = []
    for result in results:
        small = result.picture.size.fit(side)
        pixels = cv2.resize(result.picture.flattened((214, 224, 240)), small, interpolation=cv2.INTER_AREA)
        tile = Image.new("RGB", (side + 8, side + 40), (28, 28, 32))
        tile.paste(Image.fromarray(np.asarray(pixels, np.uint8)), (4, 4))
        draw = ImageDraw.Draw(tile)
        draw.text((5, side + 6), result.name[:44], fill=(240, 240, 240))
        timing = f"{result.play * 1000:.0f} ms" + (
            f", found in {result.measure:.2f} s" if result.measure > 0.02 else ""
        )
        draw.text((5, side + 21), timing, fill=(170, 220, 170))
        tiles.append(np.asarray(tile))
    while len(tiles) % columns:
        tiles.append(np.full_like(tiles[0], 28))
    rows = [np.hstack(tiles[start : start + columns]) for start in range(0, len(tiles), columns)]
    return np.vstack(rows).astype(np.uint8)


def run(options: Options) -> Report:
    """The whole suite; nothing of the options but the names applies to it."""
    chain = {name: (median, notes) for name, median, _, notes in chains()}
    results = list(operations())
    words = ", ".join(step["op"] for step in CHAIN)
    seconds = [
        (item.name, f"{item.play:.3f}", f"{item.measure:.2f}" if item.measure > 0.005 else "")
        for item in sorted(results, key=lambda item: -item.play)
    ]
    return Report(
        "exact",
        options,
        metrics={
            "sec_chain": max(median for median, _ in chain.values()),
            "sec_slowest_operation": max(result.play for result in results),
            "sec_slowest_finding": max(result.measure for result in results),
        },
        grids=[
            Grid(
                f"from file to preview behind {words}, median of {RUNS} runs",
                ("file", "seconds", "notes"),
                [(name, f"{median:.3f}", " ".join(notes)) for name, (median, notes) in chain.items()],
            ),
            Grid(
                f"12 megapixels, median of {RUNS} runs, OpenCV {cv2.__version__}",
                ("operation", "seconds", "finding the region, once"),
                seconds,
            ),
        ],
        pictures={"exact": Picture(sheet(results))},
    )
