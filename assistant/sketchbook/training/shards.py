"""Pictures of the world, drawn once: numbered shards on disk, and the crops that training takes from them."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from assistant.sketchbook.draw import attribute_box, draw
from assistant.sketchbook.scene import Scene, Style, random_scene

SIDE = 256  # px, of every picture
SHARD_PICTURES = 256
FACE_WEIGHT = 2.0  # how much an error in the face counts, against 1 elsewhere
_TRAINING, _HELD_OUT = 1, 2  # streams of random numbers; a picture of one is never in the other
_BEYOND = 24  # px; a crop's place is drawn from this much beyond the edge, so that edges are not seen seldom

Item = TypeVar("Item")
Pictures = NDArray[np.uint8]  # (count, SIDE, SIDE, 3), RGB 0..255


def training_scene(seed: int, index: int) -> Scene:
    """The scene of one training picture: one half as the world has them, in the other half each style in turn."""
    scene = random_scene(default_rng((_TRAINING, seed, index)))
    styles = list(Style)
    turn, half = divmod(index, 2)
    return scene.model_copy(update={"style": styles[turn % len(styles)]}) if half else scene


def held_out_scenes(count: int) -> list[Scene]:
    """Scenes that no training sees, whatever its seed; each style in turn."""
    styles = list(Style)
    return [
        random_scene(default_rng((_HELD_OUT, 0, index))).model_copy(update={"style": styles[index % len(styles)]})
        for index in range(count)
    ]


def held_out_pictures(count: int) -> Pictures:
    """The pictures of the held-out scenes; every seventh has the same style."""
    return np.stack([draw(scene, SIDE) for scene in held_out_scenes(count)])


def face_box() -> tuple[int, int, int, int]:
    """Left, top, right, bottom in px of the part where faces are: the same in every picture."""
    left, top, right, bottom = (round(edge * SIDE) for edge in attribute_box(Scene(), "expression"))
    return left, top, right, bottom


def pixel_weights() -> NDArray[np.float32]:
    """How much an error counts at each place, (SIDE, SIDE), mean 1."""
    weights = np.ones((SIDE, SIDE), dtype=np.float32)
    left, top, right, bottom = face_box()
    weights[top:bottom, left:right] = FACE_WEIGHT
    return weights / weights.mean()


def _draw_shard(folder: Path, seed: int, span: tuple[int, int]) -> Path:
    """Draws the pictures from span[0] to before span[1], unless they are there; they appear only when whole."""
    start, end = span
    path = folder / f"pictures-{seed}-{start:06d}-{end:06d}.npy"
    if not path.exists():
        partial_path = path.with_suffix(".partial")
        with partial_path.open("wb") as file:
            np.save(file, np.stack([draw(training_scene(seed, index), SIDE) for index in range(start, end)]))
        os.replace(partial_path, path)
    return path


def draw_shards(
    folder: Path, seed: int, pictures: int, on_shard: Callable[[int, int], None], workers: int = 1
) -> list[Path]:
    """Draws the shards that are not there yet; `on_shard` is told how many are there and how many are wanted.

    A shard is an array file of (SHARD_PICTURES, SIDE, SIDE, 3) bytes; the last may hold fewer. It appears under its
    name only when whole, so that a run cut short goes on where it was.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return make_shards(partial(_draw_shard, folder, seed), pictures, SHARD_PICTURES, workers, on_shard)


def make_shards(
    work: Callable[[tuple[int, int]], Path], count: int, size: int, workers: int, on_shard: Callable[[int, int], None]
) -> list[Path]:
    """The shards that hold `count` things, `size` in each; `work` makes one from its first to before its last."""
    spans = [(start, min(start + size, count)) for start in range(0, count, size)]
    paths: list[Path] = []
    for path in _in_processes(work, spans, workers):
        paths.append(path)
        on_shard(len(paths), len(spans))
    return paths


def _in_processes(work: Callable[[Item], Path], items: Sequence[Item], workers: int) -> Iterator[Path]:
    """The work done on each item, in order; by several processes if asked to."""
    if workers <= 1:
        yield from map(work, items)
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield from pool.imap(work, items)


@dataclass(frozen=True)
class Crops:
    """A batch of crops and how much each of their pixels counts."""

    pictures: NDArray[np.uint8]  # (batch, crop, crop, 3), RGB 0..255
    weights: NDArray[np.float32]  # (batch, crop, crop), about 1


class Pool:
    """All training pictures, left on disk and read where they are needed."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._shards = [np.load(path, mmap_mode="r") for path in paths]
        self._ends = np.cumsum([len(shard) for shard in self._shards])
        self._weights = pixel_weights()

    def __len__(self) -> int:
        return int(self._ends[-1])

    def picture(self, index: int) -> NDArray[np.uint8]:
        """One picture, (SIDE, SIDE, 3)."""
        shard = int(np.searchsorted(self._ends, index, side="right"))
        return self._shards[shard][index - int(self._ends[shard])]  # from the shard's end

    def whole(self, rng: Generator, count: int) -> Pictures:
        """Some whole pictures."""
        return np.stack([self.picture(int(index)) for index in rng.integers(len(self), size=count)])

    def crops(self, rng: Generator, count: int, side: int) -> Crops:
        """Square crops of random pictures, every other one mirrored."""
        room = SIDE - side
        places = np.clip(rng.integers(-_BEYOND, room + _BEYOND + 1, size=(count, 2)), 0, room)
        pictures = np.empty((count, side, side, 3), dtype=np.uint8)
        weights = np.empty((count, side, side), dtype=np.float32)
        for number, index in enumerate(rng.integers(len(self), size=count)):
            top, left = places[number]
            cut = (slice(top, top + side), slice(left, left + side))
            along = slice(None, None, -1 if number % 2 else 1)
            pictures[number] = self.picture(int(index))[cut][:, along]
            weights[number] = self._weights[cut][:, along]
        return Crops(pictures, weights)
