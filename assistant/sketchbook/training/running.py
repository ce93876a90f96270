"""What every training needs: a budget, a clock that stops with the process, checkpoints that are whole, a log."""

import csv
import math
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from assistant.sketchbook.training.curves import draw_curves

CHECKPOINT_SECONDS = 120.0
WARM_UP_STEPS = 50
FINAL_RATE = 0.01  # of the highest learning rate
EMA_DECAY = 0.999
BAD_STEPS_IN_A_ROW = 20
SPIKE = 4.0  # times the usual loss: such a step is left out
_USUAL_FOLLOWS = 0.02  # how much of each loss goes into the usual one


class TrainingFailed(RuntimeError):
    """The loss ran away or was not a number; the last checkpoint is good."""


@dataclass(frozen=True)
class Budget:
    """How long to train: by computing time, or by steps, which makes runs equal to the last bit."""

    minutes: float = 90.0
    steps: int | None = None  # in place of minutes
    checkpoint_steps: int | None = None  # in place of seconds
    checkpoint_seconds: float = CHECKPOINT_SECONDS

    def fraction(self, step: int, seconds: float) -> float:
        """How much is done, 0..1."""
        done = seconds / (60 * self.minutes) if self.steps is None else step / self.steps
        return min(done, 1.0)

    def checkpoint_due(self, step: int, since: float) -> bool:
        """Whether it is time to save; `since` is seconds of computing since the last time."""
        return since >= self.checkpoint_seconds if self.checkpoint_steps is None else step % self.checkpoint_steps == 0


class Stopwatch:
    """Seconds of computing: the time on the wall, or the processor's if that is less, so that no pause counts.

    On a GPU the time on the wall: there the processor waits, and a budget has to end when the machine is given back.
    """

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self._waits = device().type == "cuda"
        self.restart()

    def restart(self) -> None:
        """Leaves out what went by since the last lap."""
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def lap(self) -> float:
        """Counts what went by since the last lap; the sum so far."""
        wall, cpu = time.perf_counter(), time.process_time()
        passed = wall - self._wall
        self.seconds += passed if self._waits else min(passed, cpu - self._cpu)
        self._wall, self._cpu = wall, cpu
        return self.seconds


def device() -> torch.device:
    """Where to train: on a CUDA device if there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def rate_at(step: int, fraction: float) -> float:
    """The part of the highest learning rate: a linear warm-up, then half a cosine down to FINAL_RATE."""
    warm = min(1.0, (step + 1) / WARM_UP_STEPS)
    return warm * (FINAL_RATE + (1 - FINAL_RATE) * (1 + math.cos(math.pi * fraction)) / 2)


@torch.no_grad()
def follow(average: nn.Module, module: nn.Module, step: int) -> None:
    """Moves the average of weights and buffers a little towards the module's; faster in the first steps."""
    decay = min(EMA_DECAY, (1 + step) / (10 + step))
    ours = average.state_dict()
    for name, value in module.state_dict().items():
        ours[name].lerp_(value, 1 - decay)


class Stepper:
    """One careful step of the optimizers: gradients clipped, steps with a loss out of all proportion left out."""

    def __init__(self, module: nn.Module, optimizers: Sequence[torch.optim.Optimizer], clip: float) -> None:
        self._parameters = list(module.parameters())
        self._optimizers, self._clip = optimizers, clip
        self._highest = [[group["lr"] for group in optimizer.param_groups] for optimizer in optimizers]
        self._bad = 0
        self.usual = math.inf  # the running mean of the loss

    def step(self, loss: torch.Tensor, rate: float) -> float:
        """Learns from a loss, at a part of the highest rates; the loss as a number, NaN if the step was left out."""
        for optimizer in self._optimizers:
            optimizer.zero_grad()
        loss.backward()
        norm = nn.utils.clip_grad_norm_(self._parameters, self._clip)
        value = float(loss.detach())
        if not math.isfinite(value + float(norm)) or value > SPIKE * self.usual:
            self._bad += 1
            if self._bad >= BAD_STEPS_IN_A_ROW:
                raise TrainingFailed(f"{self._bad} bad steps in a row; go on with --resume and a lower rate")
            return math.nan
        self._bad = 0
        self.usual = value if math.isinf(self.usual) else self.usual + _USUAL_FOLLOWS * (value - self.usual)
        for optimizer, highest in zip(self._optimizers, self._highest, strict=True):
            for group, most in zip(optimizer.param_groups, highest, strict=True):
                group["lr"] = most * rate
            optimizer.step()
        return value


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """A path to write to; what was written appears under `path` at once and whole."""
    partial = path.with_name(path.name + ".partial")
    yield partial
    os.replace(partial, path)


def save_checkpoint(path: Path, state: dict[str, Any]) -> None:
    """Replaces the checkpoint; one cut short leaves the old one as it was."""
    with appearing(path) as partial:
        torch.save(state, partial)


def goes_on(checkpoint: Path, resume: bool) -> bool:
    """Whether a run begins where a checkpoint ends. Raises FileExistsError for one that was not to be gone on from."""
    if checkpoint.exists() and not resume:
        raise FileExistsError(f"{checkpoint} is there: go on from it with --resume, or choose another --out")
    return checkpoint.exists()


def load_checkpoint(path: Path) -> dict[str, Any]:
    """The state that `save_checkpoint` wrote, on the CPU."""
    return torch.load(path, map_location="cpu", weights_only=True)


class Log:
    """The curves of a run: a table (CSV) and beside it a picture (PNG), written anew with every row."""

    def __init__(self, path: Path, columns: tuple[str, ...], until_step: int) -> None:
        """Goes on with the rows up to a step, which a resumed run has behind it."""
        self._path, self._columns = path, columns
        self._rows: list[dict[str, float]] = []
        if until_step and path.exists():
            with path.open(newline="") as file:
                rows = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
            self._rows = [row for row in rows if row["step"] <= until_step]

    def add(self, **row: float) -> None:
        """Adds a row, one number for each column."""
        self._rows.append({name: row[name] for name in self._columns})
        with appearing(self._path) as partial, partial.open("w", newline="") as file:
            writer = csv.DictWriter(file, self._columns)
            writer.writeheader()
            writer.writerows({name: f"{value:.8g}" for name, value in row.items()} for row in self._rows)
        with appearing(self._path.with_suffix(".png")) as partial:
            draw_curves(self._rows, self._columns[0], self._columns[1:]).save(partial, format="png")


def progress_line(fraction: float, step: int, seconds: float, **figures: float) -> str:
    """A bar and the figures, for a terminal or a log file."""
    width = 24
    bar = ("█" * round(width * fraction)).ljust(width, "·")
    return f"{bar} {fraction:4.0%}  step {step}  {seconds / 60:.1f} min  " + "  ".join(
        f"{name} {value:.4g}" for name, value in figures.items()
    )
