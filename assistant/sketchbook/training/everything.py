"""One command from nothing to weights: codec, language model, painter, one behind the other, each resumable.

The codec and the language model do not need each other; the painter needs both, finished and never changed again. The
language model learns in three parts: words, then its eyes by themselves, then everything together.
"""

import argparse
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

WEIGHTS = Path(__file__).parent.parent / "weights"
SHARES = {"vae": 0.3, "words": 0.12, "eyes": 0.06, "vlm": 0.22, "painter": 0.3}  # of the minutes
_MOST_BYTES = 15_000_000  # of a file in the repository

Command = Callable[[Sequence[str]], None]
"""The command line of training, to be given its arguments."""


def add_all(parser: argparse.ArgumentParser, command: Command) -> None:
    """Gives a subcommand's parser what a whole training needs to know."""
    parser.add_argument("--workers", type=int, default=1, help="processes that draw and make samples")
    parser.add_argument("--pictures", type=int, default=6144, help="for codec and language model")
    parser.add_argument("--families", type=int, default=6000, help="of eight pictures each, for the painter")
    parser.add_argument("--install", action="store_true", help="put the weights into the package at the end")
    parser.set_defaults(train=lambda given: train_all(given, command))


def train_all(given: argparse.Namespace, command: Command) -> None:
    """Trains what is not finished yet, each part with its share of the minutes."""
    vae, words, eyes, vlm, painter = (given.out / part for part in SHARES)
    pictures = ["--shards", str(given.out / "shards"), "--pictures", str(given.pictures), *_workers(given)]
    _train("vae", vae, given, command, pictures)
    _train("vlm", words, given, command, pictures)
    _train("eyes", eyes, given, command, [*pictures, "--from", str(words / "export")])
    _train("vlm", vlm, given, command, [*pictures, "--from", str(eyes / "export"), "--ripe", "1", "--freeze-eyes"])
    folders = ["--vae", str(vae / "export"), "--vlm", str(vlm / "export"), "--pairs", str(given.out / "pairs")]
    _train("painter", painter, given, command, [*folders, "--families", str(given.families), *_workers(given)])
    if given.install:
        install(vlm / "export", painter / "export")


def _workers(given: argparse.Namespace) -> list[str]:
    return ["--workers", str(given.workers)]


def _train(part: str, out: Path, given: argparse.Namespace, command: Command, more: Sequence[str]) -> None:
    """One part; finished is what wrote its report."""
    if (out / "report.json").exists():
        return
    words = [part, "--out", str(out), "--minutes", str(given.minutes * SHARES[out.name]), "--seed", str(given.seed)]
    if given.threads:
        words += ["--threads", str(given.threads)]
    if (out / "checkpoint.pt").exists():
        words.append("--resume")
    command([*words, *more])
    if not (out / "report.json").exists():
        raise SystemExit(f"The training of the {part} was stopped; the same command goes on with it.")


def install(vlm: Path, painter: Path, weights: Path = WEIGHTS) -> None:
    """Copies two exports to where the package looks for its models, beside their model card.

    Raises ValueError for a file that is too large for the repository.
    """
    for source in (vlm, painter):
        large = [path for path in source.rglob("*") if path.is_file() and path.stat().st_size > _MOST_BYTES]
        if large:
            raise ValueError(f"{large[0]} has {large[0].stat().st_size:,} bytes; at most {_MOST_BYTES:,} are wanted")
    for name, source in (("vlm", vlm), ("painter", painter)):
        if source.resolve() == (weights / name).resolve():
            continue  # it is there already
        shutil.rmtree(weights / name, ignore_errors=True)
        shutil.copytree(source, weights / name)
