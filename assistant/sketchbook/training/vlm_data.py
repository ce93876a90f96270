"""The stream of samples that the language model learns from: chunks, each made from its number and the seed alone.

Workers make them ahead: to make a sample takes a fifth as long as to learn from it.
"""

import os
import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import torch
from numpy.random import Generator, default_rng
from transformers.models.qwen2.tokenization_qwen2 import Qwen2Tokenizer

from assistant.sketchbook.training.vlm_samples import MOST_TOKENS, Encoded, Encoder, Sample

TRAINING, HELD_OUT, TEXTS = 11, 12, 13  # streams of random numbers; a sample of one is never in another
_AHEAD = 3  # chunks that each worker has waiting
_TRIES = 50

Maker = Callable[[Generator, float, str | None], Sample]  # of (rng, stage 0..1, task or any): one sample


@dataclass(frozen=True)
class Diet:
    """What decides the samples."""

    make: Callable[["Diet"], Maker]  # a function of a module, so that workers find it
    seed: int = 0
    shards: Path = Path()  # of drawn pictures
    pictures: int = 0  # how many are drawn there
    chunk: int = 256  # samples
    ripe: int = 40_000  # samples until the stage is 1: from drills to whole dialogues
    shares: tuple[tuple[str, float], ...] = ()  # of each task; the maker's own if none are given


@dataclass(frozen=True)
class Chunk:
    """Some samples, ready to learn from, and how many had to be left out."""

    samples: tuple[Encoded, ...]
    left_out: int


@cache
def _tools(diet: Diet, tokenizer: Path) -> tuple[Maker, Encoder]:
    return diet.make(diet), Encoder(Qwen2Tokenizer.from_pretrained(tokenizer))


def make_chunk(diet: Diet, tokenizer: Path, number: int) -> Chunk:
    """The chunk of a number, the same whoever makes it."""
    samples: list[Encoded] = []
    left_out = 0
    for index in range(number * diet.chunk, (number + 1) * diet.chunk):
        rng = default_rng((TRAINING, diet.seed, index))
        encoded, failures = _encoded(rng, min(1.0, index / diet.ripe), None, diet, tokenizer)
        left_out += failures
        samples.append(encoded)
    return Chunk(tuple(samples), left_out)


def held_out_samples(diet: Diet, tokenizer: Path, task: str, count: int) -> list[Encoded]:
    """Samples of one task that no training sees, whatever its seed, with what the grammar allows."""
    rngs = (default_rng((HELD_OUT, 0, index)) for index in range(count))
    return [_encoded(rng, 1.0, task, diet, tokenizer, keep_choices=True)[0] for rng in rngs]


def _encoded(
    rng: Generator, stage: float, task: str | None, diet: Diet, tokenizer: Path, keep_choices: bool = False
) -> tuple[Encoded, int]:
    """The first sample that its grammar allows and that is not too long, and how many were not so."""
    make, encoder = _tools(diet, tokenizer)
    for failures in range(_TRIES):
        try:
            sample = make(rng, stage, task)
            encoded = encoder.encode(sample, None if keep_choices else rng, keep_choices)
        except ValueError:  # WrongSample among them; a step out of its range must not end a run of hours
            continue
        if len(encoded.ids) <= MOST_TOKENS:
            return encoded, failures
    return encoder.encode(make(rng, stage, task), rng, keep_choices), _TRIES


def _quiet_worker() -> None:
    """A worker leaves the end of a run to the run, and the processor to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    torch.set_num_threads(1)
    os.environ["TOKENIZERS_PARALLELISM"] = "false"


class Stream:
    """Chunks in order, made ahead by workers; without any, when they are asked for."""

    def __init__(self, diet: Diet, tokenizer: Path, workers: int) -> None:
        self._diet, self._tokenizer, self._workers = diet, tokenizer, workers
        self._coming: dict[int, Future[Chunk]] = {}
        self._pool: ProcessPoolExecutor | None = None
        if workers:
            self._pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_quiet_worker)

    def chunk(self, number: int) -> Chunk:
        """The chunk of a number; asked for in order, it is there already."""
        if self._pool is None:
            return make_chunk(self._diet, self._tokenizer, number)
        for coming in range(number, number + 1 + _AHEAD * self._workers):
            if coming not in self._coming:
                self._coming[coming] = self._pool.submit(make_chunk, self._diet, self._tokenizer, coming)
        return self._coming.pop(number).result()

    def close(self) -> None:
        """Ends the workers."""
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
