"""The command line of the language model's training: `vlm --minutes M --out DIR [--from DIR] [--freeze-below K]`."""

import argparse
from collections.abc import Callable
from pathlib import Path

from assistant.sketchbook.training.running import Budget

_CHECKPOINT_SECONDS = 400.0  # measuring takes half a minute
Stop = Callable[[int], bool]


def add_vlm(parser: argparse.ArgumentParser, stop_on_signal: Callable[[], Stop]) -> None:
    """Gives a subcommand's parser what the language model's training needs to know."""
    parser.add_argument("--shards", type=Path, default=None, help="folder of drawn pictures, OUT/shards by default")
    parser.add_argument("--pictures", type=int, default=6144)
    parser.add_argument("--batch", type=int, default=4096, help="tokens a step")
    parser.add_argument("--rate", type=float, default=0.02, help="highest learning rate")
    parser.add_argument("--vocab", type=int, default=4096, help="tokens at most")
    parser.add_argument("--texts", type=int, default=40_000, help="samples to learn the tokens from")
    parser.add_argument("--ripe", type=int, default=30_000, help="samples until dialogues are whole")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--hidden", type=int, default=256, help="a multiple of 128")
    parser.add_argument("--workers", type=int, default=1, help="processes that make samples")
    parser.add_argument("--from", dest="start", type=Path, default=None, help="an exported model to go on from")
    parser.add_argument(
        "--freeze-below", type=int, default=None, metavar="K", help="keep the embeddings and the first K layers"
    )
    parser.add_argument("--freeze-eyes", action="store_true", help="keep the vision side, taught by `eyes`")
    parser.add_argument(
        "--shares", type=_shares, default=(), help="of the samples: plan=0.6,look=0.2,…; the usual ones"
    )
    parser.set_defaults(train=lambda given: _run(given, stop_on_signal))


def _shares(text: str) -> tuple[tuple[str, float], ...]:
    from assistant.sketchbook.training.vlm_samples import TASKS

    pairs = tuple((name, float(share)) for name, _, share in (part.partition("=") for part in text.split(",")))
    if unknown := [name for name, _ in pairs if name not in TASKS]:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is no task; the tasks are {', '.join(TASKS)}")
    return pairs


def _run(given: argparse.Namespace, stop_on_signal: Callable[[], Stop]) -> None:
    from assistant.sketchbook.training.vlm import VlmSettings, train_vlm
    from assistant.sketchbook.training.vlm_data import Diet
    from assistant.sketchbook.training.vlm_model import VlmShape
    from assistant.sketchbook.training.vlm_tasks import every_task, texts

    shards = given.shards or given.out / "shards"
    settings = VlmSettings(
        out=given.out,
        diet=Diet(
            make=every_task,
            seed=given.seed,
            shards=shards,
            pictures=given.pictures,
            ripe=given.ripe,
            shares=given.shares,
        ),
        texts=texts,
        budget=Budget(minutes=given.minutes, checkpoint_seconds=_CHECKPOINT_SECONDS),
        seed=given.seed,
        shape=VlmShape(layers=given.layers, hidden=given.hidden, heads=given.hidden // VlmShape().head),
        vocab=given.vocab,
        text_count=given.texts,
        batch=given.batch,
        rate=given.rate,
        workers=given.workers,
        start=given.start,
        freeze_below=given.freeze_below,
        freeze_eyes=given.freeze_eyes,
    )
    train_vlm(settings, resume=given.resume, tell=lambda line: print(line, flush=True), stop=stop_on_signal())


def add_eyes(parser: argparse.ArgumentParser, stop_on_signal: Callable[[], Stop]) -> None:
    """Gives a subcommand's parser what the training of the model's eyes needs to know."""
    parser.add_argument("--from", dest="start", type=Path, required=True, help="an exported language model")
    parser.add_argument("--shards", type=Path, default=None, help="folder of drawn pictures, OUT/shards by default")
    parser.add_argument("--pictures", type=int, default=6144)
    parser.add_argument("--workers", type=int, default=1, help="processes that draw")
    parser.add_argument("--batch", type=int, default=32, help="pictures a step")
    parser.add_argument("--rate", type=float, default=0.01, help="highest learning rate")
    parser.set_defaults(train=lambda given: _run_eyes(given, stop_on_signal()))


def _run_eyes(given: argparse.Namespace, stop: Stop) -> None:
    from assistant.sketchbook.training.eyes import EyesSettings, train_eyes
    from assistant.sketchbook.training.shards import draw_shards

    folder = given.shards or given.out / "shards"
    shards = draw_shards(folder, given.seed, given.pictures, lambda done, of: None, given.workers)
    settings = EyesSettings(
        out=given.out,
        start=given.start,
        shards=shards,
        budget=Budget(minutes=given.minutes),
        seed=given.seed,
        batch=given.batch,
        rate=given.rate,
    )
    train_eyes(settings, given.resume, lambda line: print(line, flush=True), stop)
