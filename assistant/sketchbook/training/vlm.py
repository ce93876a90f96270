"""Training of the language model: it plans, grounds, looks and locates, and its early layers read for the painter."""

import copy
import json
import math
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from numpy.random import default_rng
from torch import nn
from transformers import Qwen3VLForConditionalGeneration
from transformers.models.qwen2.tokenization_qwen2 import Qwen2Tokenizer
from transformers.utils import logging

from assistant.sketchbook.training.muon import HalfMuon
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
from assistant.sketchbook.training.tokenizer import provide_tokenizer
from assistant.sketchbook.training.vlm_data import Diet, Stream, held_out_samples
from assistant.sketchbook.training.vlm_forward import Batch, loss_of, prepare
from assistant.sketchbook.training.vlm_model import END_OF_TEXT, VlmShape, build_model, build_processor, number_of
from assistant.sketchbook.training.vlm_report import Figures, as_row, columns_of, measure
from assistant.sketchbook.training.vlm_samples import Encoded, batches_of

SHOW_EVERY = 10  # steps
EXPORT_TYPE = torch.bfloat16
_LARGEST_FILE = "14MB"
_READABLE = 0o644  # transformers makes weights that only their owner reads
_CLIP = 1.0  # norm of all gradients
_DECAY = 0.05
_RATE_OF_EMBEDDINGS = 0.2  # of the matrices' rate; AdamW
HELD_OUT_SAMPLES = {"plan": 96, "ground": 64, "ask": 32, "look": 32, "locate": 32}
_REPORT_SAMPLES = 4  # times as many held-out samples at the end


@dataclass(frozen=True)
class VlmSettings:
    """Everything that decides a training; equal settings on one machine give equal weights."""

    out: Path  # checkpoint, curves, tokenizer and export
    diet: Diet
    texts: Callable[[int, int], Iterable[str]]  # of a seed and a count, to learn the tokenizer from
    budget: Budget = field(default_factory=Budget)
    seed: int = 0
    shape: VlmShape = field(default_factory=VlmShape)
    vocab: int = 4096
    text_count: int = 40_000
    batch: int = 4096  # tokens, padding included
    rate: float = 0.02  # the highest learning rate
    workers: int = 1
    held_out: Mapping[str, int] = field(default_factory=lambda: dict(HELD_OUT_SAMPLES))
    start: Path | None = None  # an exported model to go on from
    freeze_below: int | None = None  # layers that never change, and the embeddings; None: all learn
    freeze_eyes: bool = False  # what they learned by themselves stays


def freeze(model: Qwen3VLForConditionalGeneration, layers: int) -> None:
    """Keeps the embeddings and the first layers of the language side as they are: the painter reads what they make."""
    inner = model.model.language_model
    for module in (inner.embed_tokens, *inner.layers[:layers]):
        module.requires_grad_(False)


def optimizers_of(model: nn.Module, rate: float) -> list[torch.optim.Optimizer]:
    """Muon for matrices between layers, AdamW for embeddings, norms and biases."""
    tables = {id(module.weight) for module in model.modules() if isinstance(module, nn.Embedding)}
    learning = [weight for weight in model.parameters() if weight.requires_grad]
    matrices = [weight for weight in learning if weight.ndim > 1 and id(weight) not in tables]
    others = [weight for weight in learning if weight.ndim == 1 or id(weight) in tables]
    return [
        HalfMuon(matrices, lr=rate, weight_decay=_DECAY),
        torch.optim.AdamW(others, lr=rate * _RATE_OF_EMBEDDINGS, betas=(0.9, 0.95), weight_decay=0.0),
    ]


class VlmRun:
    """A training that goes on where it was; every step depends on the seed and its number alone."""

    def __init__(self, settings: VlmSettings, resume: bool) -> None:
        self._settings = settings
        texts = settings.texts(settings.seed, settings.text_count)
        self.tokenizer = provide_tokenizer(settings.out / "tokenizer", texts, settings.vocab, settings.start)
        self._padding = number_of(self.tokenizer, END_OF_TEXT)
        self.model = self._build()
        self.average = copy.deepcopy(self.model).eval()
        self.step = self.chunk = self.left_out = 0
        self._waiting: list[Batch] = []
        self._done = 0  # batches of the chunk
        self.watch = Stopwatch()
        self._optimizers = optimizers_of(self.model, settings.rate)
        self._stepper = Stepper(self.model, self._optimizers, _CLIP)
        if goes_on(self._checkpoint, resume):
            self._load()
        self._stream = Stream(settings.diet, settings.out / "tokenizer", settings.workers)

    def _build(self) -> Qwen3VLForConditionalGeneration:
        settings = self._settings
        torch.manual_seed(settings.seed)
        if settings.start is None:
            model = build_model(settings.shape, self.tokenizer)
        else:
            model = Qwen3VLForConditionalGeneration.from_pretrained(settings.start, dtype=torch.float32)
        if settings.freeze_below is not None:
            freeze(model, settings.freeze_below)
        if settings.freeze_eyes:
            model.model.visual.requires_grad_(False)
        nn.Module.to(model, device())
        prepare(model)
        return model.train()

    @property
    def _checkpoint(self) -> Path:
        return self._settings.out / "checkpoint.pt"

    def _load(self) -> None:
        state = load_checkpoint(self._checkpoint)
        self.model.model.load_state_dict(state["model"])
        self.average.model.load_state_dict(state["average"])
        for optimizer, saved in zip(self._optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        self._stepper.usual = state["usual"]
        self.step, self.chunk, self._done = state["step"], state["chunk"], state["done"]
        self.watch = Stopwatch(state["seconds"])

    def save(self) -> None:
        """Writes the checkpoint and the averaged weights, ready for use."""
        state: dict[str, Any] = {
            "model": self.model.model.state_dict(),
            "average": self.average.model.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self._optimizers],
            "usual": self._stepper.usual,
            "step": self.step,
            "chunk": self.chunk,
            "done": self._done,
            "seconds": self.watch.seconds,
        }
        save_checkpoint(self._checkpoint, state)
        export(self.average, self.tokenizer, self._settings.out / "export")

    @property
    def fraction(self) -> float:
        """How much of the budget is used up, 0..1."""
        return self._settings.budget.fraction(self.step, self.watch.seconds)

    def _next(self) -> Batch:
        """The next batch; a run that goes on makes the rest of its chunk again."""
        while not self._waiting:
            chunk = self._stream.chunk(self.chunk)
            self.left_out += chunk.left_out
            rng = default_rng((self._settings.seed, self.chunk))
            batches = batches_of(chunk.samples, self._settings.batch, self._padding, rng)
            self._waiting = batches[self._done :]
            if not self._waiting:
                self.chunk, self._done = self.chunk + 1, 0
        batch = self._waiting.pop(0)
        self._done += 1
        if not self._waiting:
            self.chunk, self._done = self.chunk + 1, 0
        return batch

    def advance(self) -> tuple[float, int]:
        """One step; its loss, NaN if the step was left out, and its tokens."""
        batch = self._next()
        with torch.autocast(device().type, torch.bfloat16):
            loss = loss_of(self.model, batch)
        value = self._stepper.step(loss, rate_at(self.step, self.fraction))
        follow(self.average.model, self.model.model, self.step)
        self.step += 1
        self.watch.lap()
        return value, batch.tokens

    def held_out(self, times: int = 1) -> dict[str, list[Encoded]]:
        """Samples to measure by, some of each task."""
        settings = self._settings
        counts = {task: count * times for task, count in settings.held_out.items() if count}
        folder = settings.out / "tokenizer"
        return {task: held_out_samples(settings.diet, folder, task, count) for task, count in counts.items()}

    def measure(self, held_out: Mapping[str, list[Encoded]]) -> dict[str, Figures]:
        """The averaged weights' figures."""
        return {task: measure(self.average, samples, self._padding) for task, samples in held_out.items()}

    def close(self) -> None:
        """Ends the workers."""
        self._stream.close()


def export(average: Qwen3VLForConditionalGeneration, tokenizer: Qwen2Tokenizer, folder: Path) -> None:
    """Writes the model with its tokenizer and processor for the stock classes, whole or not at all."""
    model = copy.deepcopy(average)
    nn.Module.to(model, device="cpu", dtype=EXPORT_TYPE)
    model.set_attn_implementation("sdpa")
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    logging.disable_progress_bar()
    model.save_pretrained(partial, max_shard_size=_LARGEST_FILE)
    build_processor(tokenizer).save_pretrained(partial)
    for path in partial.iterdir():
        path.chmod(_READABLE)
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)


def train_vlm(
    settings: VlmSettings,
    resume: bool = False,
    tell: Callable[[str], None] = print,
    stop: Callable[[int], bool] = lambda step: False,
) -> VlmRun:
    """Trains until the budget is used up or `stop` says so; leaves tokenizer, checkpoint, curves, export, report."""
    settings.out.mkdir(parents=True, exist_ok=True)
    run = VlmRun(settings, resume)
    tell(f"{run.model.num_parameters():,} parameters, {len(run.tokenizer)} tokens")
    held_out = run.held_out()
    log = Log(
        settings.out / "curves.csv", ("step", "seconds", "loss", *columns_of(list(held_out))), until_step=run.step
    )
    losses: list[float] = []
    tokens = 0
    run.watch.restart()
    started = saved = run.watch.seconds
    try:
        while run.fraction < 1 and not stop(run.step):
            loss, size = run.advance()
            losses.append(loss)
            tokens += size
            if run.step % SHOW_EVERY == 0:
                speed = tokens / max(run.watch.seconds - started, 1e-9)
                tell(_line(run, loss=_mean(losses[-SHOW_EVERY:]), tokens_a_second=speed, left_out=run.left_out))
            if settings.budget.checkpoint_due(run.step, run.watch.seconds - saved):
                _record(run, log, held_out, losses, tell)
                saved, losses = run.watch.seconds, []
        if losses:
            _record(run, log, held_out, losses, tell)
        if run.fraction >= 1:
            _report(run, settings, tell)
    finally:
        run.close()
    return run


def _line(run: VlmRun, **figures: float) -> str:
    return progress_line(run.fraction, run.step, run.watch.seconds, **figures)


def _record(
    run: VlmRun, log: Log, held_out: Mapping[str, list[Encoded]], losses: list[float], tell: Callable[[str], None]
) -> None:
    run.save()
    figures = as_row(run.measure(held_out))
    log.add(step=run.step, seconds=run.watch.seconds, loss=_mean(losses), **figures)
    tell(_line(run, loss=_mean(losses), **figures))
    run.watch.restart()  # measuring is not training


def _report(run: VlmRun, settings: VlmSettings, tell: Callable[[str], None]) -> None:
    """The figures of the finished model, on more samples."""
    figures = as_row(run.measure(run.held_out(_REPORT_SAMPLES)))
    figures["parameters"] = run.model.num_parameters()
    figures["bytes"] = sum(path.stat().st_size for path in (settings.out / "export").iterdir())
    (settings.out / "report.json").write_text(json.dumps(figures, indent=2) + "\n")
    tell(json.dumps(figures))


def _mean(losses: list[float]) -> float:
    numbers = [loss for loss in losses if math.isfinite(loss)]
    return sum(numbers) / len(numbers) if numbers else math.nan
