"""How well the painter does single edits that it never saw: by kind, as numbers and as a sheet of pictures."""

import math
import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from assistant.sketchbook.draw import draw
from assistant.sketchbook.edits import EditKind
from assistant.sketchbook.language.sentences import instruction
from assistant.sketchbook.training.pairs import held_out_cases
from assistant.sketchbook.training.pairs_latents import encode
from assistant.sketchbook.training.shards import SIDE
from assistant.sketchbook.training.unet import TextFeatures, paint

CHANGED = 12  # codes, in any channel, from which a pixel of the true pictures counts as changed
_BATCH = 24
_SEED = 5
_THUMBNAIL = 128
_ROWS = 33  # of the contact sheet, in columns of this many


@dataclass(frozen=True)
class HeldOut:
    """Single edits with their true pictures, (N, SIDE, SIDE, 3)."""

    kinds: tuple[EditKind, ...]
    wishes: tuple[str, ...]
    before: NDArray[np.uint8]
    after: NDArray[np.uint8]


@dataclass(frozen=True)
class Scores:
    """By kind: the share of edits done right, and how far what was painted is from the true after."""

    right: Mapping[EditKind, float]
    distance: Mapping[EditKind, float]  # squared error against the true after, in shares of the picture before's

    @property
    def paint_single(self) -> float:
        """Share of single edits done right, every kind counting the same; NaN before the first measurement."""
        return sum(self.right.values()) / len(self.right) if self.right else math.nan

    @property
    def mean_distance(self) -> float:
        return sum(self.distance.values()) / len(self.distance) if self.distance else math.nan

    def as_numbers(self) -> tuple[dict[str, float], dict[str, float]]:
        """For a checkpoint."""
        right, distance = ({kind.value: value for kind, value in own.items()} for own in (self.right, self.distance))
        return right, distance

    @classmethod
    def from_numbers(cls, right: Mapping[str, float], distance: Mapping[str, float]) -> "Scores":
        first, second = ({EditKind(kind): value for kind, value in own.items()} for own in (right, distance))
        return cls(first, second)


@dataclass(frozen=True)
class Painted:
    """What came of the held-out edits."""

    scores: Scores
    pictures: NDArray[np.uint8]  # (N, SIDE, SIDE, 3)
    right: tuple[bool, ...]


def held_out_edits(folder: Path, of_each_kind: int) -> HeldOut:
    """The held-out edits, drawn at the first time and kept in the folder."""
    cases = held_out_cases(of_each_kind)
    path = folder / f"held-out-{of_each_kind}.npz"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        before = np.stack([draw(case.scene, SIDE) for case in cases])
        after = np.stack([draw(case.after, SIDE) for case in cases])
        partial = path.with_suffix(".partial")
        with partial.open("wb") as file:
            np.savez(file, before=before, after=after)
        os.replace(partial, path)
    with np.load(path) as arrays:
        before, after = arrays["before"], arrays["after"]
    kinds = tuple(case.edit.kind for case in cases)
    return HeldOut(kinds, tuple(instruction(case.edit) for case in cases), before, after)


@torch.inference_mode()
def measure(unet: UNet2DConditionModel, vae: AutoencoderTiny, features: TextFeatures, held_out: HeldOut) -> Painted:
    """Paints every held-out edit as the product does, in all its steps, and compares it with the truth."""
    place = next(unet.parameters()).device
    made: list[NDArray[np.uint8]] = []
    generator = torch.Generator().manual_seed(_SEED)
    for start in range(0, len(held_out.wishes), _BATCH):
        some = slice(start, start + _BATCH)
        source = torch.from_numpy(encode(vae, held_out.before[some])).float().to(place)
        noise = torch.randn(source.shape, generator=generator).to(place)
        with torch.autocast(place.type, torch.bfloat16):
            latents = paint(unet, source, features(held_out.wishes[some]).to(place), noise)
            decoded = vae.decoder(latents).float()
        codes = decoded.add(1).mul(127.5).round().clamp(0, 255).byte()
        made.append(codes.permute(0, 2, 3, 1).cpu().numpy())
    return _compared(np.concatenate(made), held_out)


def _compared(pictures: NDArray[np.uint8], held_out: HeldOut) -> Painted:
    right: dict[EditKind, list[float]] = defaultdict(list)
    distance: dict[EditKind, list[float]] = defaultdict(list)
    each: list[bool] = []
    for number, kind in enumerate(held_out.kinds):
        painted, before, after = (own[number].astype(np.float32) for own in (pictures, held_out.before, held_out.after))
        region = np.abs(after - before).max(axis=2) > CHANGED
        to_after, to_before, whole = (
            float(np.square(one - other)[region].mean())
            for one, other in ((painted, after), (painted, before), (after, before))
        )
        each.append(to_after < to_before)
        right[kind].append(float(each[-1]))
        distance[kind].append(min(to_after / whole, 1.5))
    means = [{kind: sum(some) / len(some) for kind, some in own.items()} for own in (right, distance)]
    return Painted(Scores(means[0], means[1]), pictures, tuple(each))


def contact_sheet(held_out: HeldOut, painted: Painted) -> Image.Image:
    """Before, wish, painted, truth: one row for each edit, wrong ones marked."""
    count = len(held_out.wishes)
    columns = math.ceil(count / _ROWS)
    width, height = 3 * _THUMBNAIL + 12, _THUMBNAIL + 16
    sheet = Image.new("RGB", (columns * width, min(count, _ROWS) * height), (255, 255, 255))
    pen = ImageDraw.Draw(sheet)
    for number in range(count):
        left, top = number // _ROWS * width, number % _ROWS * height
        ink = (0, 110, 0) if painted.right[number] else (200, 0, 0)
        pen.text((left + 2, top + 2), f"{held_out.wishes[number][:62]}", fill=ink)
        trio: Sequence[NDArray[np.uint8]] = (
            held_out.before[number],
            painted.pictures[number],
            held_out.after[number],
        )
        for place, picture in enumerate(trio):
            small = Image.fromarray(picture).resize((_THUMBNAIL, _THUMBNAIL), Image.Resampling.BOX)
            sheet.paste(small, (left + place * (_THUMBNAIL + 2), top + 15))
    return sheet
