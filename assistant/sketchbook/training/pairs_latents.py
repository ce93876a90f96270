"""From drawn families to what the painter learns from: latents of all pictures, computed once, and pairs of them."""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from assistant.sketchbook.draw import blank_sheet
from assistant.sketchbook.edits import RULES, EditKind, inverse
from assistant.sketchbook.language.sentences import describe, instruction
from assistant.sketchbook.training.codec import as_tensor
from assistant.sketchbook.training.pairs import DRAWINGS, Family, read_families, read_pictures
from assistant.sketchbook.training.pairs_views import altered, random_shape
from assistant.sketchbook.training.shards import SIDE

SHARE_ALTERED = 0.35  # of the families that get a second, altered look
_BATCH = 16
_CHANCES = {"single": 0.8, "double": 0.14, "kept": 0.06}  # of the others
_CHANCE_OF_ALTERED = 0.3  # of a batch

Latents = NDArray[np.float16]


def load_vae(folder: Path, place: torch.device) -> AutoencoderTiny:
    """The frozen codec, float32."""
    vae = AutoencoderTiny.from_pretrained(folder, torch_dtype=torch.float32)
    torch.nn.Module.to(vae, place)
    vae.eval().requires_grad_(False)
    return vae


def vae_name(folder: Path) -> str:
    """Twelve digits that stand for the codec's weights."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.safetensors")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@torch.inference_mode()
def encode(vae: AutoencoderTiny, pictures: NDArray[np.uint8]) -> Latents:
    """(N, H, W, 3) bytes to (N, latents, H / 16, W / 16)."""
    place = next(vae.parameters()).device
    made: list[Latents] = []
    for start in range(0, len(pictures), _BATCH):
        given = as_tensor(np.array(pictures[start : start + _BATCH]), place)
        with torch.autocast(place.type, torch.bfloat16):
            latents = vae.encoder(given.contiguous(memory_format=torch.channels_last))
        made.append(latents.float().cpu().half().numpy())
    return np.concatenate(made)


def encode_shards(
    shards: Sequence[Path], vae_folder: Path, on_shard: Callable[[int, int], None] = lambda n, of: None
) -> list[Path]:
    """Latents of the shards that have none yet for this codec, in a folder named after it beside them."""
    vae = load_vae(vae_folder, torch.device("cuda" if torch.cuda.is_available() else "cpu"))
    vae.encoder.to(memory_format=torch.channels_last)
    made: list[Path] = []
    for number, shard in enumerate(shards):
        folder = shard.parent / f"latents-{vae_name(vae_folder)}"
        folder.mkdir(exist_ok=True)
        path = folder / shard.with_suffix(".npz").name
        if not path.exists():
            partial = path.with_suffix(".partial")
            with partial.open("wb") as file:
                np.savez(file, allow_pickle=False, **_encoded(vae, shard))
            os.replace(partial, path)
        made.append(path)
        on_shard(number + 1, len(shards))
    return made


def _encoded(vae: AutoencoderTiny, shard: Path) -> dict[str, NDArray[np.generic]]:
    """`plain` (families, members, latents, 16, 16); `altered` the same of the families numbered in `which`."""
    pictures = read_pictures(shard)
    families, members = pictures.shape[:2]
    rng = default_rng(int.from_bytes(hashlib.sha256(shard.name.encode()).digest()[:8]))
    shape = random_shape(rng)
    which = np.sort(rng.permutation(families)[: round(SHARE_ALTERED * families)])
    plain = encode(vae, pictures.reshape(-1, SIDE, SIDE, 3)).reshape(families, members, -1, SIDE // 16, SIDE // 16)
    changed = [encode(vae, altered(rng, pictures[number], shape)) for number in which]
    empty = np.zeros((0, members, plain.shape[2], *shape), np.float16)
    return {"plain": plain, "altered": np.stack(changed) if changed else empty, "which": which}


# -- pairs -------------------------------------------------------------------------------------------------------------


def joined(*sentences: str) -> str:
    """Several wishes as one instruction, as the renderer joins those of a pass."""
    return ". ".join(sentence.strip().rstrip(".") for sentence in sentences)


@dataclass(frozen=True)
class Batch:
    """Latents before and after, (B, latents, h, w) float32, and the instruction that leads from one to the other."""

    before: torch.Tensor
    after: torch.Tensor
    wishes: tuple[str, ...]


@dataclass(frozen=True)
class _Single:
    family: int
    before: int
    after: int
    wish: str


@dataclass
class _Group:
    """Families in one look, all latents of one shape."""

    latents: list[Latents]
    families: list[int]  # the number of each one in the pool

    def __len__(self) -> int:
        return len(self.families)


def singles_of(family: Family) -> Iterator[tuple[EditKind, int, int, str]]:
    """Every single edit between members, both ways: kind, before, after, sentence."""
    for number, edit in enumerate(family.edits):
        back = inverse(family.scenes[0], edit)
        yield edit.kind, 0, number + 1, instruction(edit)
        yield back.kind, number + 1, 0, instruction(back)


class PairPool:
    """All families' latents in memory, and batches of pairs from them."""

    def __init__(self, encoded: Sequence[Path], blank: Latents, drawings: float = DRAWINGS) -> None:
        """`blank` is the empty sheet's, (latents, 16, 16); `drawings` the share of pairs that begin with it, 0 to 1."""
        self._blank, self._drawings = blank, drawings
        self._families: list[Family] = []
        self._plain = _Group([], [])
        self._altered: dict[tuple[int, ...], _Group] = {}
        for path in encoded:
            self._add(path)
        self._index()

    def _add(self, path: Path) -> None:
        first = len(self._families)
        self._families.extend(read_families(path.parent.parent / path.with_suffix(".npy").name))
        with np.load(path) as arrays:
            self._plain.latents.extend(arrays["plain"])
            self._plain.families.extend(range(first, len(self._families)))
            group = self._altered.setdefault(arrays["altered"].shape[-2:], _Group([], []))
            group.latents.extend(arrays["altered"])
            group.families.extend(first + int(number) for number in arrays["which"])

    def _index(self) -> None:
        """Single edits by kind, of all families and of those in each altered look."""
        self._singles: list[dict[EditKind, list[_Single]]] = []
        self._groups = [self._plain, *(group for group in self._altered.values() if len(group))]
        for group in self._groups:
            by_kind: dict[EditKind, list[_Single]] = {}
            for place, number in enumerate(group.families):
                for kind, before, after, wish in singles_of(self._families[number]):
                    by_kind.setdefault(kind, []).append(_Single(place, before, after, wish))
            self._singles.append(by_kind)

    def __len__(self) -> int:
        return len(self._families)

    def wishes(self) -> list[str]:
        """Every single edit's sentence, each once."""
        return sorted({single.wish for kinds in self._singles for some in kinds.values() for single in some})

    def batch(self, rng: Generator, count: int, weights: dict[EditKind, float]) -> Batch:
        """Pairs of one look; single edits are drawn by kind, kinds by their weights."""
        others = np.array([float(len(group)) for group in self._groups[1:]])
        look = 0
        if len(others) and rng.random() < _CHANCE_OF_ALTERED:
            look = 1 + int(rng.choice(len(others), p=others / others.sum()))
        drawn = [self._pair(rng, look, weights) for _ in range(count)]
        before, after, wishes = zip(*drawn, strict=True)
        return Batch(_tensor(before), _tensor(after), tuple(wishes))

    def _pair(self, rng: Generator, look: int, weights: dict[EditKind, float]) -> tuple[Latents, Latents, str]:
        group = self._groups[look]
        place = int(rng.integers(len(group)))
        latents, family = group.latents[place], self._families[group.families[place]]
        if look == 0 and rng.random() < self._drawings:  # new pictures are drawn whole and square
            member = int(rng.integers(len(family.scenes)))
            return self._blank, latents[member], describe(family.scenes[member])
        sort = str(rng.choice(list(_CHANCES), p=list(_CHANCES.values())))
        if sort == "single":
            return self._single(rng, look, weights)
        one, other = (int(number) for number in rng.permutation(len(family.edits))[:2])
        if sort == "kept":
            return latents[one + 1], latents[one + 1], instruction(family.edits[one])
        if _same_field(family, one, other):
            return self._single(rng, look, weights)
        wish = joined(instruction(inverse(family.scenes[0], family.edits[one])), instruction(family.edits[other]))
        return latents[one + 1], latents[other + 1], wish

    def _single(self, rng: Generator, look: int, weights: dict[EditKind, float]) -> tuple[Latents, Latents, str]:
        by_kind = self._singles[look]
        kinds = list(by_kind)
        chances = np.array([weights.get(kind, 1.0) for kind in kinds])
        some = by_kind[kinds[int(rng.choice(len(kinds), p=chances / chances.sum()))]]
        single = some[int(rng.integers(len(some)))]
        latents = self._groups[look].latents[single.family]
        return latents[single.before], latents[single.after], single.wish


def _same_field(family: Family, one: int, other: int) -> bool:
    """Whether two edits concern one thing, so that one after the other would say something else."""
    first, second = (RULES[family.edits[number].kind] for number in (one, other))
    return first.attribute == second.attribute


def _tensor(latents: Sequence[Latents]) -> torch.Tensor:
    return torch.from_numpy(np.stack(latents)).float()


def blank_latents(vae: AutoencoderTiny) -> Latents:
    """Of the sheet on which new pictures begin, (latents, 16, 16)."""
    return encode(vae, blank_sheet(SIDE)[None])[0]
