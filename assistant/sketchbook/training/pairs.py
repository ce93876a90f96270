"""Families of pictures for the painter: a scene and what single edits make of it, drawn once to shards on disk.

Every ordered pair of a family is something to learn: the edit, its inverse, and two edits in one wish.
"""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from assistant.sketchbook.draw import draw
from assistant.sketchbook.edits import Edit, EditKind, change, possible_edits
from assistant.sketchbook.scene import Color, Place, Scene, Style, pick, random_scene
from assistant.sketchbook.training.shards import SIDE, make_shards

VARIANTS = 7  # of each scene, beside itself
SHARD_FAMILIES = 32
CHANCE_OF_FLAT = 0.6  # what people mostly see; the other styles share the rest
_TRAINING, _HELD_OUT = 11, 12  # streams of random numbers, apart from those of other trainings
DRAWINGS = 0.28  # of pairs where new pictures are drawn
CHANCE_OF_STUDIO = 0.06  # beside what is a studio anyway: elsewhere there is no backdrop to change
_KIND_WEIGHTS = {  # 1 for the others; what few scenes allow is taken where they do
    EditKind.BACKDROP: 8.0,
    EditKind.REPLACE_SIGN: 3.0,
    EditKind.REPLACE_BEARD: 3.0,
    EditKind.REPLACE_BESIDE: 3.0,
    EditKind.RECOLOR_GLASSES: 3.0,
    EditKind.HAIR_STYLE: 1.5,
}

FamilyPictures = NDArray[np.uint8]  # (families, 1 + VARIANTS, SIDE, SIDE, 3), RGB 0..255


@dataclass(frozen=True)
class Family:
    """`scenes[0]` is the base; `edits[i]` made `scenes[i + 1]` of it."""

    scenes: tuple[Scene, ...]
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class HeldOutCase:
    """One single edit that no training sees."""

    scene: Scene
    edit: Edit

    @property
    def after(self) -> Scene:
        return change(self.scene, self.edit)


def _scene(rng: Generator) -> Scene:
    flat = rng.random() < CHANCE_OF_FLAT
    others = [style for style in Style if style is not Style.FLAT]
    changes = {"style": Style.FLAT if flat else pick(rng, others)}
    scene = random_scene(rng)
    if rng.random() < CHANCE_OF_STUDIO:
        changes |= {"place": Place.STUDIO, "backdrop": pick(rng, Color)}
    return Scene(**{**dict(scene), **changes})


def _by_kind(scene: Scene) -> dict[EditKind, list[Edit]]:
    kinds: dict[EditKind, list[Edit]] = {}
    for edit in possible_edits(scene):
        kinds.setdefault(edit.kind, []).append(edit)
    return kinds


def _one_of(rng: Generator, edits: Sequence[Edit]) -> Edit:
    """An edit of one kind: each value as likely as the others, whatever number of colors it comes in."""
    values = sorted({edit.value or "" for edit in edits})
    value = values[int(rng.integers(len(values)))]
    alike = [edit for edit in edits if (edit.value or "") == value]
    return alike[int(rng.integers(len(alike)))]


def training_family(seed: int, index: int, variants: int = VARIANTS) -> Family:
    """One family: a scene and edits of different kinds."""
    rng = default_rng((_TRAINING, seed, index))
    base = _scene(rng)
    kinds = _by_kind(base)
    names = list(kinds)
    weights = np.array([_KIND_WEIGHTS.get(kind, 1.0) for kind in names])
    chosen = rng.choice(len(names), size=variants, replace=False, p=weights / weights.sum())
    edits = tuple(_one_of(rng, kinds[names[int(number)]]) for number in chosen)
    return Family((base, *(change(base, edit) for edit in edits)), edits)


def held_out_cases(of_each_kind: int) -> tuple[HeldOutCase, ...]:
    """The same number of single edits of each kind."""
    cases: list[HeldOutCase] = []
    for number, kind in enumerate(EditKind):
        rng = default_rng((_HELD_OUT, number))
        for _ in range(of_each_kind):
            cases.append(_held_out_case(rng, kind))
    return tuple(cases)


def _held_out_case(rng: Generator, kind: EditKind) -> HeldOutCase:
    while True:
        scene = _scene(rng)
        edits = [edit for edit in possible_edits(scene) if edit.kind is kind]
        if edits:
            return HeldOutCase(scene, _one_of(rng, edits))


# -- on disk -----------------------------------------------------------------------------------------------------------


def _to_json(families: Sequence[Family]) -> str:
    rows = [
        {
            "scenes": [scene.model_dump(mode="json") for scene in family.scenes],
            "edits": [edit.model_dump(mode="json") for edit in family.edits],
        }
        for family in families
    ]
    return json.dumps(rows)


def read_families(shard: Path) -> tuple[Family, ...]:
    """What the pictures of a shard show."""
    rows = json.loads(shard.with_suffix(".json").read_text())
    return tuple(
        Family(
            tuple(Scene.model_validate(scene) for scene in row["scenes"]),
            tuple(Edit.model_validate(edit) for edit in row["edits"]),
        )
        for row in rows
    )


def read_pictures(shard: Path) -> FamilyPictures:
    """A shard's pictures, left on disk until they are looked at."""
    return np.load(shard, mmap_mode="r")


def finished_shards(folder: Path) -> list[Path]:
    """Every shard that is whole, in order."""
    return sorted(folder.glob("families-*.npy"))


def _draw_shard(folder: Path, seed: int, span: tuple[int, int]) -> Path:
    """Draws the families from span[0] to before span[1]; the pictures appear last, and only when whole."""
    start, end = span
    path = folder / f"families-{seed}-{start:06d}-{end:06d}.npy"
    if path.exists():
        return path
    families = [training_family(seed, index) for index in range(start, end)]
    partial_path = path.with_suffix(".partial")
    partial_path.write_text(_to_json(families))
    os.replace(partial_path, path.with_suffix(".json"))
    pictures = np.stack([np.stack([draw(scene, SIDE) for scene in family.scenes]) for family in families])
    with partial_path.open("wb") as file:
        np.save(file, pictures)
    os.replace(partial_path, path)
    return path


def draw_families(
    folder: Path, seed: int, families: int, workers: int = 1, on_shard: Callable[[int, int], None] = lambda n, of: None
) -> list[Path]:
    """Draws the shards that are not there yet, in several processes if asked to; a run cut short goes on.

    A shard is an array file of (SHARD_FAMILIES, 1 + VARIANTS, SIDE, SIDE, 3) bytes; beside it lies a JSON file of what
    it shows. `on_shard` is told how many are there and how many are wanted.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return make_shards(partial(_draw_shard, folder, seed), families, SHARD_FAMILIES, workers, on_shard)
