"""Figures with their confidence intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

_Z = 1.959964  # 95 %
_ROUNDS = 1000
Item = TypeVar("Item")


@dataclass(frozen=True)
class Figure:
    """A measured value with the ends of its 95 % confidence interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def share(hits: int, of: int) -> Figure:
    """A proportion with Wilson's interval (E. B. Wilson, JASA 22, 1927)."""
    if not of:
        return Figure(math.nan, 0.0, 1.0)
    rate = hits / of
    middle = (rate + _Z**2 / (2 * of)) / (1 + _Z**2 / of)
    half = _Z / (1 + _Z**2 / of) * math.sqrt(rate * (1 - rate) / of + _Z**2 / (4 * of**2))
    return Figure(rate, max(0.0, middle - half), min(1.0, middle + half))


def resampled(items: Sequence[Item], figure: Callable[[Sequence[Item]], float], seed: int = 0) -> Figure:
    """Any figure of a sample with its percentile interval over 1,000 bootstrap samples (Efron, 1979)."""
    rng = np.random.default_rng(seed)
    picks = rng.integers(len(items), size=(_ROUNDS, len(items)))
    values = [figure([items[number] for number in row]) for row in picks]
    low, high = np.percentile(values, [2.5, 97.5])
    return Figure(figure(items), float(low), float(high))
