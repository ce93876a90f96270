"""Training of the painter's codec on pictures of the world."""

import copy
import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from assistant.sketchbook.training.codec import Codec, CodecShape, as_tensor, export, fidelity, take_over
from assistant.sketchbook.training.muon import Muon
from assistant.sketchbook.training.running import (
    Budget,
    Log,
    Stepper,
    Stopwatch,
    device,
    follow,
    goes_on,
    load_checkpoint,
    progress_line,
    rate_at,
    save_checkpoint,
)
from assistant.sketchbook.training.shards import Crops, Pictures, Pool, draw_shards, held_out_pictures
from assistant.sketchbook.training.vae_report import report

COLUMNS = ("step", "seconds", "loss", "psnr", "face_psnr")
SHOW_EVERY = 25  # steps
_MEASURE_EVERY = 16  # steps; the latents' statistics, on whole pictures
_MEASURE_PICTURES = 4
_CLIP = 1.0  # norm of all gradients
_DECAY = 0.1  # keeps the weights of blocks without any normalisation from growing
_EDGE_SCALES = 3
_COLOR_AREA = 4  # px, a side
_RATE_OF_BIASES = 0.1  # of the weights' rate
BEST = 60.0  # dB


@dataclass(frozen=True)
class LossShares:
    """What the error is made of beside its absolute value, each with its weight."""

    edges: float = 0.25  # differences between neighbours, so that edges stay sharp
    squares: float = 2.0  # the squared error
    decibels: float = 0.0  # each picture's own PSNR below BEST: a plain one then counts as much as a busy one
    colors: float = 1.0  # hue of areas: without it green was still grey after 800 steps


@dataclass(frozen=True)
class VaeSettings:
    """Everything that decides a training of the codec; equal settings on one machine give equal weights."""

    out: Path  # checkpoint, curves and export
    shards: Path  # pictures already drawn are not drawn again
    budget: Budget = field(default_factory=Budget)
    seed: int = 0
    shape: CodecShape = field(default_factory=CodecShape)
    pictures: int = 6144
    workers: int = 1  # processes that draw
    held_out: int = 56
    batch: int = 16  # crops
    crop: int = 128  # px
    rate: float = 0.01  # the highest learning rate; from 0.03 the training runs away
    loss: LossShares = field(default_factory=LossShares)
    noise: float = 0.03  # standard deviation of noise on latents, whose own is 1
    start: Path | None = None  # an export to go on from
    stay: float = 0.05  # weight of the squared distance to the latents of `start`, which a trained painter knows


def reconstruction_loss(
    made: torch.Tensor, wanted: torch.Tensor, weights: torch.Tensor, shares: LossShares
) -> torch.Tensor:
    """How far a picture is from the one wanted; pictures are (B, 3, H, W) in -1..1, weights (B, 1, H, W)."""
    error = (made - wanted) / 2
    absolute = (weights * error.abs()).mean()
    square = (weights * error.square()).mean()
    edges, colors = _edge_error(error, weights), _color_error(error)
    loss = absolute + shares.squares * square + shares.edges * edges + shares.colors * colors
    return loss + shares.decibels * _decibels_short(error) if shares.decibels else loss


def _decibels_short(error: torch.Tensor) -> torch.Tensor:
    """How far below BEST the PSNR of the pictures is, in dB, mean over pictures."""
    squares = error.square().mean(dim=(1, 2, 3)).clamp_min(10 ** (-BEST / 10))
    return BEST + 10 * squares.log10().mean()


def _edge_error(error: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Of the differences between neighbours, at three scales."""
    loss = error.new_zeros(())
    for _ in range(_EDGE_SCALES):
        across = (weights[..., 1:] * error.diff(dim=-1).abs()).mean()
        down = (weights[..., 1:, :] * error.diff(dim=-2).abs()).mean()
        loss = loss + across + down
        error, weights = functional.avg_pool2d(error, 2), functional.avg_pool2d(weights, 2)
    return loss


def _color_error(error: torch.Tensor) -> torch.Tensor:
    """Of green against magenta and of blue against red, in areas of a few pixels."""
    red, green, blue = functional.avg_pool2d(error, _COLOR_AREA).unbind(1)
    opponents = torch.stack((green - (red + blue) / 2, blue - red))
    return opponents.abs().mean() + opponents.square().mean()


class VaeRun:
    """A training that goes on where it was; whatever is random in a step depends on the seed and the step alone."""

    def __init__(self, settings: VaeSettings, pool: Pool, resume: bool) -> None:
        self._settings, self._pool = settings, pool
        self._place = device()
        torch.manual_seed(settings.seed)
        self.codec = _codec(settings).to(self._place).to(memory_format=torch.channels_last)
        self._known = copy.deepcopy(self.codec).requires_grad_(False) if settings.start else None
        self.average = copy.deepcopy(self.codec).eval()
        self.step = 0
        self.watch = Stopwatch()
        self._optimizers = self._make_optimizers()
        self._stepper = Stepper(self.codec, self._optimizers, _CLIP)
        if goes_on(self._checkpoint, resume):
            self._load()

    def _make_optimizers(self) -> list[torch.optim.Optimizer]:
        weights = [weight for weight in self.codec.parameters() if weight.ndim > 1]
        others = [weight for weight in self.codec.parameters() if weight.ndim <= 1]
        return [
            Muon(weights, lr=self._settings.rate, weight_decay=_DECAY),
            torch.optim.AdamW(others, lr=self._settings.rate * _RATE_OF_BIASES, betas=(0.9, 0.99), weight_decay=0.0),
        ]

    @property
    def _checkpoint(self) -> Path:
        return self._settings.out / "checkpoint.pt"

    def _load(self) -> None:
        state = load_checkpoint(self._checkpoint)
        self.codec.load_state_dict(state["codec"])
        self.average.load_state_dict(state["average"])
        for optimizer, saved in zip(self._optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        self._stepper.usual = state["usual"]
        self.step = state["step"]
        self.watch = Stopwatch(state["seconds"])

    def save(self) -> None:
        """Writes the checkpoint and the averaged weights, ready for use."""
        state: dict[str, Any] = {
            "codec": self.codec.state_dict(),
            "average": self.average.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self._optimizers],
            "usual": self._stepper.usual,
            "step": self.step,
            "seconds": self.watch.seconds,
        }
        save_checkpoint(self._checkpoint, state)
        export(self.average, self._settings.out / "export")

    @property
    def fraction(self) -> float:
        """How much of the budget is used up, 0..1."""
        return self._settings.budget.fraction(self.step, self.watch.seconds)

    def _loss(self, crops: Crops, rng: np.random.Generator) -> torch.Tensor:
        wanted = as_tensor(crops.pictures, self._place)
        weights = torch.from_numpy(crops.weights).to(self._place)[:, None]
        noise_of_step = torch.Generator().manual_seed(int(rng.integers(2**63)))
        with torch.autocast(self._place.type, torch.bfloat16):
            latents = self.codec.encode(wanted)
            noise = torch.randn(latents.shape, generator=noise_of_step).to(self._place)
            made = self.codec.decode(latents + self._settings.noise * noise)
        loss = reconstruction_loss(made, wanted, weights, self._settings.loss)
        return loss + self._settings.stay * self._strayed(latents, wanted) if self._known else loss

    def _strayed(self, latents: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
        """Mean squared distance to the latents that the pictures had when the training began."""
        assert self._known is not None
        with torch.no_grad(), torch.autocast(self._place.type, torch.bfloat16):
            known = self._known.encode(wanted)
        return (latents - known).square().mean()

    def advance(self) -> float:
        """One step; its loss, NaN if the step was left out."""
        settings = self._settings
        rng = np.random.default_rng((settings.seed, self.step))
        if self.step % _MEASURE_EVERY == 0 and settings.start is None:
            whole = as_tensor(self._pool.whole(rng, _MEASURE_PICTURES), self._place)
            with torch.autocast(self._place.type, torch.bfloat16):
                self.codec.measure(whole, self.step // _MEASURE_EVERY)
        crops = self._pool.crops(rng, settings.batch, settings.crop)
        loss = self._stepper.step(self._loss(crops, rng), rate_at(self.step, self.fraction))
        follow(self.average, self.codec, self.step)
        self.step += 1
        self.watch.lap()
        return loss


def _codec(settings: VaeSettings) -> Codec:
    codec = Codec(settings.shape)
    if settings.start is not None:
        take_over(codec, settings.start)
    return codec


def train_vae(
    settings: VaeSettings,
    resume: bool = False,
    tell: Callable[[str], None] = print,
    stop: Callable[[int], bool] = lambda step: False,
) -> VaeRun:
    """Draws pictures and trains until the budget is used up or `stop` says so; leaves checkpoint, curves, export."""
    settings.out.mkdir(parents=True, exist_ok=True)
    paths = draw_shards(
        settings.shards,
        settings.seed,
        settings.pictures,
        lambda done, of: tell(f"pictures: shard {done} of {of}"),
        settings.workers,
    )
    run = VaeRun(settings, Pool(paths), resume)
    log = Log(settings.out / "curves.csv", COLUMNS, until_step=run.step)
    held_out = held_out_pictures(settings.held_out)
    losses: list[float] = []
    run.watch.restart()
    saved = run.watch.seconds
    while run.fraction < 1 and not stop(run.step):
        losses.append(run.advance())
        if run.step % SHOW_EVERY == 0:
            tell(progress_line(run.fraction, run.step, run.watch.seconds, loss=_mean(losses[-SHOW_EVERY:])))
        if settings.budget.checkpoint_due(run.step, run.watch.seconds - saved):
            _record(run, log, held_out, losses, tell)
            saved, losses = run.watch.seconds, []
    if losses:
        _record(run, log, held_out, losses, tell)
    if run.fraction >= 1:
        figures = report(run.average, settings.out / "export", held_out)
        (settings.out / "report.json").write_text(json.dumps(figures, indent=2) + "\n")
        tell(json.dumps(figures))
    return run


def _record(run: VaeRun, log: Log, held_out: Pictures, losses: list[float], tell: Callable[[str], None]) -> None:
    kept = fidelity(run.average, held_out)
    run.save()
    log.add(step=run.step, seconds=run.watch.seconds, loss=_mean(losses), psnr=kept.psnr, face_psnr=kept.face_psnr)
    tell(
        progress_line(
            run.fraction, run.step, run.watch.seconds, loss=_mean(losses), psnr=kept.psnr, face_psnr=kept.face_psnr
        )
    )
    run.watch.restart()  # measuring is not training


def _mean(losses: list[float]) -> float:
    numbers = [loss for loss in losses if math.isfinite(loss)]
    return sum(numbers) / len(numbers) if numbers else math.nan
