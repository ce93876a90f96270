"""Training of the painter's UNet on pairs of latents and the wishes that lead from one to the other."""

import copy
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel

from assistant.sketchbook.edits import EditKind
from assistant.sketchbook.training.muon import HalfMuon
from assistant.sketchbook.training.painter_report import HeldOut, Painted, Scores, contact_sheet, measure
from assistant.sketchbook.training.painter_text import Remembered
from assistant.sketchbook.training.pairs_latents import Batch, PairPool
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
from assistant.sketchbook.training.unet import (
    TRAIN_STEPS,
    TextFeatures,
    UnetShape,
    export,
    fit_to_features,
    make_scheduler,
    take_over,
    used_timesteps,
)

COLUMNS = ("step", "seconds", "pairs", "loss", "paint_single", "distance")
SHOW_EVERY = 25  # steps
_CLIP = 1.0  # norm of all gradients
_DECAY = 0.02
_RATE_OF_OTHERS = 0.1  # of the matrices' rate: biases, norms and the like
_TIMESTEP_CHANCES = (0.55, 0.15, 0.10, 0.10)  # of those used in painting, from pure noise on; the rest is any other
_MOST_TIME_WEIGHT = 1.5  # what is painted is decided in pure noise; later it shows through
_MOST_FAINT_WEIGHT = 4.0  # of changes that are small in latents, as those of colors are
_CHANGE_AT = 0.15  # mean squared difference of a cell's latents that counts as changed
_MOST_CHANGE_WEIGHT = 16.0
_LEAST_KIND_WEIGHT = 0.3
_FITTED_TO = 512  # sentences


@dataclass(frozen=True)
class PainterSettings:
    """Everything that decides a training of the painter; equal settings on one machine give equal weights."""

    out: Path  # checkpoint, curves, contact sheet and export
    budget: Budget = field(default_factory=Budget)
    seed: int = 0
    shape: UnetShape = field(default_factory=UnetShape)
    batch: int = 32  # pairs
    rate: float = 0.02  # the highest learning rate; after 200 steps of 16 the loss was 5 % below that of 0.01
    start: Path | None = None  # an exported painter to go on from; parts that it lacks begin anew
    measure_every: float = 300.0  # seconds of computing between looks at held-out edits; 0 for every checkpoint


@dataclass(frozen=True)
class Materials:
    """What a training needs beside its settings."""

    pool: PairPool
    features: TextFeatures
    vae: AutoencoderTiny
    held_out: HeldOut


def painting_loss(said: torch.Tensor, batch: Batch, time_weights: torch.Tensor) -> torch.Tensor:
    """Squared error of what the UNet says the picture after is; cells that change count up to as much as all others.

    More so where the change is faint; and no pair counts more than another, however much of it changes.
    Time weights, (B,), are those of velocity prediction, 1 + signal over noise, bounded (after Hang et al., "Efficient
    Diffusion Training via Min-SNR Weighting Strategy", 2023).
    """
    error = (said.float() - batch.after).square().mean(dim=1)
    difference = (batch.after - batch.before).square().mean(dim=1)
    changed = (difference / _CHANGE_AT).clamp(max=1.0)
    cells, count = changed.shape[1] * changed.shape[2], changed.sum(dim=(1, 2)).clamp_min(1.0)
    strength = (difference * changed).sum(dim=(1, 2)) / count
    faint = (1 / strength.clamp_min(1e-3)).clamp(1.0, _MOST_FAINT_WEIGHT)
    extra = (cells / count).clamp(max=_MOST_CHANGE_WEIGHT) * faint
    weights = 1 + changed * extra[:, None, None]
    weights = weights / weights.mean(dim=(1, 2), keepdim=True)
    return ((weights * error).mean(dim=(1, 2)) * time_weights).mean()


def some_of(sentences: Sequence[str], count: int) -> list[str]:
    """At most so many, taken evenly from all: in order, the first few all begin alike."""
    return [*sentences[:: max(1, math.ceil(len(sentences) / count))]]


class PainterRun:
    """A training that goes on where it was; whatever is random in a step depends on the seed and the step alone."""

    def __init__(self, settings: PainterSettings, materials: Materials, resume: bool) -> None:
        self.settings, self.materials = settings, materials
        self._place = device()
        self._features = Remembered(materials.features)
        torch.manual_seed(settings.seed)
        self.unet = settings.shape.build()
        fit_to_features(self.unet, self._features(some_of(materials.pool.wishes(), _FITTED_TO)))
        if settings.start is not None:
            begun = UNet2DConditionModel.from_pretrained(settings.start / "unet", torch_dtype=torch.float32)
            take_over(self.unet, begun)
        module: Any = self.unet
        module.to(self._place, memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.unet)
        self.average.eval()
        self.scores = Scores({}, {})
        self.step = 0
        self.watch = Stopwatch()
        self._signal = make_scheduler().alphas_cumprod.to(self._place)
        self._optimizers = self._make_optimizers()
        self._stepper = Stepper(self.unet, self._optimizers, _CLIP)
        if goes_on(self._checkpoint, resume):
            self._load()

    def _make_optimizers(self) -> list[torch.optim.Optimizer]:
        matrices = [weight for weight in self.unet.parameters() if weight.ndim > 1]
        others = [weight for weight in self.unet.parameters() if weight.ndim <= 1]
        return [
            HalfMuon(matrices, lr=self.settings.rate, weight_decay=_DECAY),
            torch.optim.AdamW(others, lr=self.settings.rate * _RATE_OF_OTHERS, betas=(0.9, 0.99), weight_decay=0.0),
        ]

    @property
    def _checkpoint(self) -> Path:
        return self.settings.out / "checkpoint.pt"

    def _load(self) -> None:
        state = load_checkpoint(self._checkpoint)
        self.unet.load_state_dict(state["unet"])
        self.average.load_state_dict(state["average"])
        for optimizer, saved in zip(self._optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        self._stepper.usual = state["usual"]
        self.scores = Scores.from_numbers(state["right"], state["distance"])
        self.step = state["step"]
        self.watch = Stopwatch(state["seconds"])

    def save(self) -> None:
        """Writes the checkpoint and the averaged weights as a pipeline, ready for use."""
        right, distance = self.scores.as_numbers()
        state: dict[str, Any] = {
            "unet": self.unet.state_dict(),
            "average": self.average.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self._optimizers],
            "usual": self._stepper.usual,
            "right": right,
            "distance": distance,
            "step": self.step,
            "seconds": self.watch.seconds,
        }
        save_checkpoint(self._checkpoint, state)
        export(self.average, self.materials.vae, self.settings.out / "export")

    def measure(self) -> Painted:
        """Paints the held-out edits; kinds that go wrong are drawn more often from now on."""
        painted = measure(self.average, self.materials.vae, self._features, self.materials.held_out)
        self.scores = painted.scores
        return painted

    @property
    def kind_weights(self) -> dict[EditKind, float]:
        """How often each kind of single edit is drawn, by how far it still is from right."""
        return {kind: _LEAST_KIND_WEIGHT + min(far, 1.0) for kind, far in self.scores.distance.items()}

    @property
    def fraction(self) -> float:
        """How much of the budget is used up, 0..1."""
        return self.settings.budget.fraction(self.step, self.watch.seconds)

    def _timesteps(self, rng: np.random.Generator) -> torch.Tensor:
        used = used_timesteps()
        rest = 1 - sum(_TIMESTEP_CHANCES)
        any_other = rng.integers(TRAIN_STEPS, size=self.settings.batch)
        chosen = rng.choice([*used, -1], size=self.settings.batch, p=(*_TIMESTEP_CHANCES, rest))
        return torch.from_numpy(np.where(chosen < 0, any_other, chosen)).to(self._place)

    def _loss(self, rng: np.random.Generator) -> torch.Tensor:
        drawn = self.materials.pool.batch(rng, self.settings.batch, self.kind_weights)
        batch = Batch(drawn.before.to(self._place), drawn.after.to(self._place), drawn.wishes)
        generator = torch.Generator().manual_seed(int(rng.integers(2**63)))
        noise = torch.randn(batch.after.shape, generator=generator).to(self._place)
        timesteps = self._timesteps(rng)
        signal = self._signal[timesteps]
        mixed = signal.sqrt()[:, None, None, None] * batch.after + (1 - signal).sqrt()[:, None, None, None] * noise
        given = torch.cat([mixed, batch.before], dim=1).contiguous(memory_format=torch.channels_last)
        features = self._features(batch.wishes).to(self._place)
        with torch.autocast(self._place.type, torch.bfloat16):
            said = self.unet(given, timesteps, features).sample
        weights = (1 + signal / (1 - signal).clamp_min(1e-6)).clamp(max=_MOST_TIME_WEIGHT)
        return painting_loss(said, batch, weights)

    def advance(self) -> float:
        """One step; its loss, NaN if the step was left out."""
        rng = np.random.default_rng((self.settings.seed, self.step))
        loss = self._stepper.step(self._loss(rng), rate_at(self.step, self.fraction))
        follow(self.average, self.unet, self.step)
        self.step += 1
        self.watch.lap()
        return loss


def train_painter(
    settings: PainterSettings,
    materials: Materials,
    resume: bool = False,
    tell: Callable[[str], None] = print,
    stop: Callable[[int], bool] = lambda step: False,
) -> PainterRun:
    """Trains until the budget is used up or `stop` says so; leaves checkpoint, curves, contact sheet and export."""
    settings.out.mkdir(parents=True, exist_ok=True)
    run = PainterRun(settings, materials, resume)
    log = Log(settings.out / "curves.csv", COLUMNS, until_step=run.step)
    losses: list[float] = []
    run.watch.restart()
    saved = measured = started = run.watch.seconds
    first = run.step
    while run.fraction < 1 and not stop(run.step):
        losses.append(run.advance())
        if run.step % SHOW_EVERY == 0:
            speed = settings.batch * (run.step - first) / max(run.watch.seconds - started, 1e-9)
            figures = {"loss": _mean(losses[-SHOW_EVERY:]), "pairs_a_second": speed}
            tell(progress_line(run.fraction, run.step, run.watch.seconds, **figures))
        if settings.budget.checkpoint_due(run.step, run.watch.seconds - saved):
            if run.watch.seconds - measured >= settings.measure_every:
                run.measure()
                measured = run.watch.seconds
            _record(run, log, losses, tell)
            saved, losses = run.watch.seconds, []
    painted = run.measure() if run.fraction >= 1 else None
    if losses:
        _record(run, log, losses, tell)
    if painted:
        _report(run, painted, tell)
    return run


def _record(run: PainterRun, log: Log, losses: list[float], tell: Callable[[str], None]) -> None:
    run.save()
    figures = {"loss": _mean(losses), "paint_single": run.scores.paint_single, "distance": run.scores.mean_distance}
    log.add(step=run.step, seconds=run.watch.seconds, pairs=run.step * run.settings.batch, **figures)
    tell(progress_line(run.fraction, run.step, run.watch.seconds, **figures))
    run.watch.restart()  # measuring is not training


def _report(run: PainterRun, painted: Painted, tell: Callable[[str], None]) -> None:
    """Leaves report.json and sheet.png."""
    materials = run.materials
    contact_sheet(materials.held_out, painted).save(run.settings.out / "sheet.png")
    export_folder = run.settings.out / "export"
    figures = {
        "paint_single": painted.scores.paint_single,
        "distance": painted.scores.mean_distance,
        "right_by_kind": {kind.value: value for kind, value in painted.scores.right.items()},
        "distance_by_kind": {kind.value: value for kind, value in painted.scores.distance.items()},
        "cases": len(materials.held_out.wishes),
        "pairs": run.step * run.settings.batch,
        "families": len(materials.pool),
        "parameters": sum(weight.numel() for weight in run.average.parameters()),
        "bytes": sum(path.stat().st_size for path in export_folder.rglob("*") if path.is_file()),
    }
    (run.settings.out / "report.json").write_text(json.dumps(figures, indent=2) + "\n")
    tell(json.dumps(figures))


def _mean(losses: list[float]) -> float:
    numbers = [loss for loss in losses if math.isfinite(loss)]
    return sum(numbers) / len(numbers) if numbers else math.nan
