"""The command line of training: `python -m assistant.sketchbook.training vae --minutes 90 --out FOLDER`."""

import argparse
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import torch

from assistant.sketchbook.training.codec import CodecShape
from assistant.sketchbook.training.everything import add_all, install
from assistant.sketchbook.training.evidence import add_evidence
from assistant.sketchbook.training.painter_command import add_painter
from assistant.sketchbook.training.running import Budget
from assistant.sketchbook.training.vae import LossShares, VaeSettings, train_vae
from assistant.sketchbook.training.vlm_command import add_eyes, add_vlm


def stop_on_signal() -> Callable[[int], bool]:
    """A question that says yes after Ctrl-C or a request to end: a run then saves and ends after its step."""
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: asked.append(received))
    return lambda _step: bool(asked)


def _parser() -> argparse.ArgumentParser:
    every = argparse.ArgumentParser(add_help=False)
    every.add_argument("--minutes", type=float, default=90.0, help="of computing; pauses do not count")
    every.add_argument("--out", type=Path, required=True, help="folder for checkpoint, curves and export")
    every.add_argument("--seed", type=int, default=0)
    every.add_argument("--threads", type=int, default=None, help="processor threads, all by default")
    every.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    parser = argparse.ArgumentParser(prog="python -m assistant.sketchbook.training", description=__doc__)
    parts = parser.add_subparsers(dest="part", required=True)
    vae = parts.add_parser("vae", parents=[every], help="the painter's codec")
    vae.add_argument("--shards", type=Path, default=None, help="folder of drawn pictures, OUT/shards by default")
    vae.add_argument("--pictures", type=int, default=6144)
    vae.add_argument("--workers", type=int, default=1, help="processes that draw")
    vae.add_argument("--batch", type=int, default=16, help="crops a step")
    vae.add_argument("--crop", type=int, default=128, help="px a side")
    vae.add_argument("--from", dest="start", type=Path, default=None, help="an export to go on from")
    vae.add_argument("--stay", type=float, default=0.05, help="how much latents are held where --from has them")
    vae.add_argument("--rate", type=float, default=0.01, help="highest learning rate")
    vae.add_argument("--widths", type=int, nargs=2, default=(48, 48), metavar=("ENCODER", "DECODER"))
    vae.add_argument("--encoder", type=int, nargs=5, default=(0, 0, 1, 4, 6))
    vae.add_argument("--decoder", type=int, nargs=5, default=(6, 4, 1, 0, 0))
    vae.add_argument("--edges", type=float, default=0.25)
    vae.add_argument("--squares", type=float, default=2.0)
    vae.add_argument("--decibels", type=float, default=0.0)
    vae.add_argument("--colors", type=float, default=1.0)
    vae.add_argument("--noise", type=float, default=0.03)
    vae.set_defaults(train=_train_vae)
    add_vlm(parts.add_parser("vlm", parents=[every], help="the language model"), stop_on_signal)
    add_eyes(parts.add_parser("eyes", parents=[every], help="the language model's eyes, by themselves"), stop_on_signal)
    add_painter(parts.add_parser("painter", parents=[every], help="the painter"), stop_on_signal)
    add_all(parts.add_parser("all", parents=[every], help="one behind the other, from nothing to weights"), main)
    add_evidence(parts.add_parser("evidence", help="which words speak of what: seconds, no model"))
    ready = parts.add_parser("install", help="put trained models into the package")
    ready.add_argument("--vlm", type=Path, required=True, help="folder of the exported language model")
    ready.add_argument("--painter", type=Path, required=True, help="folder of the exported painter")
    ready.set_defaults(threads=None, train=lambda given: install(given.vlm, given.painter))
    return parser


def _train_vae(given: argparse.Namespace) -> None:
    settings = VaeSettings(
        out=given.out,
        shards=given.shards or given.out / "shards",
        budget=Budget(minutes=given.minutes),
        seed=given.seed,
        shape=CodecShape(
            encoder_width=given.widths[0],
            decoder_width=given.widths[1],
            encoder_blocks=tuple(given.encoder),
            decoder_blocks=tuple(given.decoder),
        ),
        pictures=given.pictures,
        workers=given.workers,
        batch=given.batch,
        rate=given.rate,
        loss=LossShares(edges=given.edges, squares=given.squares, colors=given.colors, decibels=given.decibels),
        noise=given.noise,
        crop=given.crop,
        start=given.start,
        stay=given.stay,
    )
    train_vae(settings, resume=given.resume, tell=lambda line: print(line, flush=True), stop=stop_on_signal())


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one part's training."""
    given = _parser().parse_args(arguments)
    if given.threads:
        torch.set_num_threads(given.threads)
    given.train(given)


if __name__ == "__main__":
    main()
