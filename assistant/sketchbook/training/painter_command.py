"""The command line of the painter's training: `painter --minutes M --out DIR --vae DIR --vlm DIR --pairs DIR`."""

import argparse
from collections.abc import Callable
from pathlib import Path

from assistant.sketchbook.training.pairs import DRAWINGS, draw_families, finished_shards
from assistant.sketchbook.training.running import Budget

Stop = Callable[[int], bool]


def add_painter(parser: argparse.ArgumentParser, stop_on_signal: Callable[[], Stop]) -> None:
    """Gives a subcommand's parser what the painter's training needs to know."""
    parser.add_argument("--vae", type=Path, default=None, help="folder of the trained codec")
    parser.add_argument("--vlm", type=Path, default=None, help="folder of the trained language model")
    parser.add_argument("--pairs", type=Path, default=None, help="folder of drawn pictures, OUT/pairs by default")
    parser.add_argument("--families", type=int, default=6000, help="of eight pictures each; 0 for those that are drawn")
    parser.add_argument("--workers", type=int, default=1, help="processes that draw")
    parser.add_argument("--draw-only", action="store_true", help="draw the pictures and end")
    parser.add_argument("--encode-only", action="store_true", help="draw, compute latents and end; needs --vae")
    parser.add_argument("--batch", type=int, default=32, help="pairs a step")
    parser.add_argument("--rate", type=float, default=0.02, help="highest learning rate")
    parser.add_argument("--from", dest="start", type=Path, default=None, help="an exported painter to go on from")
    parser.add_argument("--widths", type=int, nargs="+", default=(128, 160), help="channels of the UNet's levels")
    parser.add_argument("--layers", type=int, default=1, help="residual blocks a level")
    parser.add_argument(
        "--drawings", type=float, default=DRAWINGS, help="share of pairs that draw a new picture, 0 to 1"
    )
    parser.add_argument("--held-out", type=int, default=3, help="edits of each kind to measure by")
    parser.add_argument("--measure-every", type=float, default=300.0, help="seconds of computing")
    parser.set_defaults(train=lambda given: _run(given, stop_on_signal))


def _tell(line: str) -> None:
    print(line, flush=True)


def _run(given: argparse.Namespace, stop_on_signal: Callable[[], Stop]) -> None:
    pairs = given.pairs or given.out / "pairs"
    if given.families:
        draw_families(
            pairs, given.seed, given.families, given.workers, lambda done, of: _tell(f"pairs: shard {done} of {of}")
        )
    if given.draw_only:
        return
    if given.vae is None or (given.vlm is None and not given.encode_only):
        raise SystemExit("The painter needs --vae and --vlm, the folders of the trained codec and language model.")
    # Here and not above, so that drawing in several processes does not load the model libraries.
    from assistant.sketchbook.training.pairs_latents import encode_shards

    encoded = encode_shards(finished_shards(pairs), given.vae, lambda done, of: _tell(f"latents: shard {done} of {of}"))
    if not encoded:
        raise SystemExit(f"There are no pictures in {pairs}: give --families.")
    if not given.encode_only:
        _train(given, pairs, encoded, stop_on_signal())


def _train(given: argparse.Namespace, pairs: Path, encoded: list[Path], stop: Stop) -> None:
    from assistant.sketchbook.training.painter import Materials, PainterSettings, train_painter
    from assistant.sketchbook.training.painter_report import held_out_edits
    from assistant.sketchbook.training.painter_text import vlm_features
    from assistant.sketchbook.training.pairs_latents import PairPool, blank_latents, load_vae
    from assistant.sketchbook.training.running import device
    from assistant.sketchbook.training.unet import UnetShape

    vae = load_vae(given.vae, device())
    features = vlm_features(given.vlm)
    materials = Materials(
        pool=PairPool(encoded, blank_latents(vae), given.drawings),
        features=features,
        vae=vae,
        held_out=held_out_edits(pairs, given.held_out),
    )
    settings = PainterSettings(
        out=given.out,
        budget=Budget(minutes=given.minutes),
        seed=given.seed,
        shape=UnetShape(widths=tuple(given.widths), layers=given.layers, hidden=features(["a"]).shape[2]),
        batch=given.batch,
        rate=given.rate,
        start=given.start,
        measure_every=given.measure_every,
    )
    train_painter(settings, materials, resume=given.resume, tell=_tell, stop=stop)
