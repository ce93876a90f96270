"""Seconds, memory and arithmetic of a piece of work, and how much arithmetic a device does in a second.

Heavy: imports torch.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil
import torch
from torch.utils.flop_counter import FlopCounterMode

RUNS = 5
_LONG = ((300.0, 1), (60.0, 2))
"""Where the first call took longer than so many seconds, only so many runs follow it."""
_SAMPLE_SECONDS = 0.02
_SIDES = {"cuda": 8192}
_SIDE = 2048
_PRODUCTS = 10
Work = Callable[[int], object]
"""A piece of work, given the number of its run: equal work on other input, so that nothing is remembered."""


@dataclass(frozen=True)
class Took:
    """What a piece of work took."""

    first: float
    """Seconds of the first call, compiling and other warming up included."""
    runs: tuple[float, ...]
    """Seconds of each later call."""
    processor: float
    """Seconds of the processor in a later call, all threads added: what a busy machine does not stretch. Median."""
    peak_gb: float
    """Of the device's memory; on a processor of the whole process, resident."""
    step: float | None = None
    """Seconds from one denoising step to the next."""

    @property
    def seconds(self) -> float:
        return statistics.median(self.runs)


@dataclass
class Ticks:
    """When denoising steps ended."""

    device: torch.device
    exactly: bool = False
    """Wait for a graphics card at each step: it works behind our back otherwise."""
    gaps: list[float] = field(default_factory=list)
    _last: float = 0.0

    def __call__(self, done: int, total: int) -> None:
        """As OnStep."""
        if self.exactly:
            finish(self.device)
        now = time.perf_counter()
        if done > 1:
            self.gaps.append(now - self._last)
        self._last = now


def finish(device: torch.device) -> None:
    """Wait until a graphics card has done what it was told."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def measured(work: Work, device: torch.device, ticks: Ticks | None = None, runs: int = RUNS) -> Took:
    """One call to warm up, then the runs; a call of more than a minute is repeated less often."""
    with peak_memory(device) as peak:
        first = timed(work, 0, device)
        count = next((few for seconds, few in _LONG if first > seconds), runs)
        if ticks is not None:
            ticks.gaps.clear()
        seconds, processor = zip(*(_timed_twice(work, number, device) for number in range(1, count + 1)), strict=True)
        if ticks is not None and device.type == "cuda":
            ticks.gaps.clear()
            ticks.exactly = True
            timed(work, count + 1, device)
            ticks.exactly = False
    step = statistics.median(ticks.gaps) if ticks is not None and ticks.gaps else None
    return Took(first, seconds, statistics.median(processor), peak[0], step)


def _timed_twice(work: Work, number: int, device: torch.device) -> tuple[float, float]:
    """Seconds by the clock, and of the processor."""
    started = time.process_time()
    return timed(work, number, device), time.process_time() - started


def timed(work: Work, number: int, device: torch.device) -> float:
    """Seconds of one run, to its last pixel."""
    finish(device)
    started = time.perf_counter()
    work(number)
    finish(device)
    return time.perf_counter() - started


@contextmanager
def peak_memory(device: torch.device) -> Iterator[list[float]]:
    """The most memory in use meanwhile, in GB, as the only item when it is over."""
    result = [0.0]
    if device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(device)
        yield result
        result[0] = torch.cuda.max_memory_allocated(device) / 1e9
        return
    over, process = threading.Event(), psutil.Process()

    def watch() -> None:
        while not over.wait(_SAMPLE_SECONDS):
            result[0] = max(result[0], process.memory_info().rss / 1e9)

    thread = threading.Thread(target=watch, name="memory", daemon=True)
    thread.start()
    try:
        yield result
    finally:
        over.set()
        thread.join()
        result[0] = max(result[0], process.memory_info().rss / 1e9)


def tflop(work: Callable[[], object]) -> float:
    """10^12 additions and multiplications of a piece of work: products of matrices, convolutions, attention."""
    with FlopCounterMode(display=False) as counter:
        work()
    return counter.get_total_flops() / 1e12


def matrix_rate(device: torch.device, dtype: torch.dtype = torch.bfloat16) -> float:
    """TFLOP/s of products of large square matrices: the median of ten behind two to warm up."""
    side = _SIDES.get(device.type, _SIDE)
    left, right = (torch.randn(side, side, device=device).to(dtype) for _ in range(2))
    seconds: Sequence[float] = [timed(lambda _: left @ right, number, device) for number in range(_PRODUCTS + 2)]
    return 2 * side**3 / statistics.median(seconds[2:]) / 1e12


def device_name(device: torch.device) -> str:
    """For people."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return "counted only" if device.type == "meta" else f"processor, {torch.get_num_threads()} threads"
