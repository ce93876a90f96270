"""Samples as tokens: what is asked, what should be said, and how much each token of it counts.

A token counts where the grammar leaves a choice; the others are never asked of the model in use. The answer is cut
into tokens as decoding under the grammar would cut it. A plan's grammar is another for every state, and asking it takes
as long as learning from the plan does; only one token in seven is forced there, so in training all of a plan's count.
A few tokens of the question count as well: a model this small learns its language sooner so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from llguidance import LLMatcher, grammar_from
from llguidance.hf import from_tokenizer
from numpy.random import Generator
from numpy.typing import NDArray
from transformers.convert_slow_tokenizer import bytes_to_unicode
from transformers.models.qwen2.tokenization_qwen2 import Qwen2Tokenizer

from assistant.sketchbook.training.vlm_forward import Batch, positions_of
from assistant.sketchbook.training.vlm_model import (
    END_OF_TURN,
    MERGE,
    PATCH,
    PICTURE,
    PICTURE_END,
    PICTURE_START,
    SPECIAL,
    TURN,
    number_of,
)

TASKS = ("plan", "ground", "ask", "look", "locate")
QUESTION_SHARE = 0.15  # of a question's tokens that count
_MATCHERS = 64  # grammars remembered
MOST_TOKENS = 640  # of a sample; longer ones are left out
_BYTES_IN_PICTURE_MARK = 2  # places before a picture's first token: the turn and the picture's start


class WrongSample(ValueError):
    """An answer that its own grammar does not allow."""


@dataclass(frozen=True)
class Sample:
    """A question and its answer, in the words of the product."""

    task: str
    question: str
    answer: str
    grammar: str | Callable[[], str]  # Lark; a function where it is dear and another for every question
    picture: NDArray[np.uint8] | None = None  # (H, W, 3), sides multiples of 32


@dataclass(frozen=True)
class Encoded:
    """A sample in tokens."""

    task: str
    ids: NDArray[np.int32]  # (T,)
    weights: NDArray[np.float32]  # (T,) of predicting each
    picture: NDArray[np.uint8] | None
    choices: NDArray[np.uint8] | None = (
        None  # (T', bytes): what the grammar allows at each place of the answer, as bits
    )

    @property
    def grid(self) -> tuple[int, int]:
        """Rows and columns of the picture's tokens."""
        side = PATCH * MERGE
        return (0, 0) if self.picture is None else (self.picture.shape[0] // side, self.picture.shape[1] // side)


class Encoder:
    """Turns samples into tokens."""

    def __init__(self, tokenizer: Qwen2Tokenizer) -> None:
        self.tokenizer = tokenizer
        self._guide = from_tokenizer(tokenizer, n_vocab=len(tokenizer))
        self._turn, self._end = number_of(tokenizer, TURN), number_of(tokenizer, END_OF_TURN)
        self._picture = tuple(number_of(tokenizer, mark) for mark in (PICTURE_START, PICTURE, PICTURE_END))
        self._spelled = _bytes_of(tokenizer)
        self._matchers: dict[str, LLMatcher] = {}

    def encode(self, sample: Sample, rng: Generator | None, keep_choices: bool = False) -> Encoded:
        """The tokens; without `rng` no token of the question counts. Raises `WrongSample`."""
        question = self._question(sample)
        if isinstance(sample.grammar, str) or keep_choices:
            answer, choices = self._answer(sample)
            counted = np.unpackbits(choices, axis=1).sum(axis=1) > 1
            counted[-1] = True
        else:
            answer, choices = [*self._plain(sample.answer), self._end], None
            counted = np.ones(len(answer), dtype=bool)
        chosen = np.zeros(len(question), dtype=bool) if rng is None else rng.random(len(question)) < QUESTION_SHARE
        chosen &= ~np.isin(question, (self._turn, *self._picture))
        return Encoded(
            task=sample.task,
            ids=np.array([*question, *answer], dtype=np.int32),
            weights=np.concatenate([chosen, counted]).astype(np.float32),
            picture=sample.picture,
            choices=choices if keep_choices else None,
        )

    def _plain(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False)

    def _question(self, sample: Sample) -> list[int]:
        start, inside, end = self._picture
        shown: list[int] = []
        if sample.picture is not None:
            side = PATCH * MERGE
            shown = [start, *[inside] * (sample.picture.shape[0] // side * (sample.picture.shape[1] // side)), end]
        return [self._turn, *shown, *self._plain(sample.question), self._end]

    def _answer(self, sample: Sample) -> tuple[list[int], NDArray[np.uint8]]:
        """Tokens up to the end of the turn, and for each what the grammar allows there, as bits."""
        matcher = self._matcher(sample.grammar)
        rest, planned = sample.answer.encode(), self._plain(sample.answer)
        ids: list[int] = []
        choices: list[NDArray[np.uint8]] = []
        while self._end not in ids[-1:]:
            allowed = np.frombuffer(matcher.compute_bitmask(), dtype=np.uint8)
            token = planned.pop(0) if planned else self._end
            if not allows(allowed, token):
                token = self._longest(allowed, rest)
                planned = [] if token is None else self._planned(rest[len(self._spelled[token]) :])
            if token is None or not matcher.consume_token(token):
                left = rest.decode(errors="replace")
                raise WrongSample(f"{sample.task}: refused “{left}” of “{sample.answer}” to “{sample.question}”")
            rest = rest[len(self._spelled[token]) :] if token != self._end else b""
            choices.append(allowed)
            ids.append(token)
        return ids, np.stack(choices)

    def _matcher(self, grammar: str | Callable[[], str]) -> LLMatcher:
        """At its start; that of a grammar seen before is a copy."""
        text = grammar if isinstance(grammar, str) else grammar()
        if text not in self._matchers:
            if len(self._matchers) >= _MATCHERS:
                self._matchers.clear()
            self._matchers[text] = LLMatcher(self._guide, grammar_from("lark", text))
        matcher = self._matchers[text].deep_copy()
        if matcher.is_error():
            raise WrongSample(matcher.get_error())
        return matcher

    def _planned(self, rest: bytes) -> list[int]:
        """The tokenizer's own cut of the rest; none inside of a letter, where token after token is looked for."""
        try:
            return self._plain(rest.decode())
        except UnicodeDecodeError:
            return []

    def _longest(self, allowed: NDArray[np.uint8], rest: bytes) -> int | None:
        """The longest allowed token that begins the rest, where the tokenizer's own is not allowed."""
        if not rest:
            return None
        bits = np.unpackbits(allowed, bitorder="little")[: len(self._spelled)]
        begins = ((len(self._spelled[token]), token) for token in bits.nonzero()[0].tolist())
        fitting = [(length, token) for length, token in begins if length and rest.startswith(self._spelled[token])]
        return max(fitting)[1] if fitting else None


def _bytes_of(tokenizer: Qwen2Tokenizer) -> list[bytes]:
    """What each token stands for; nothing for the marks of turns and pictures."""
    letters = {letter: byte for byte, letter in bytes_to_unicode().items()}
    added = tokenizer.get_added_vocab()
    spelled = [b""] * len(tokenizer)
    for text, index in tokenizer.get_vocab().items():
        if text not in added:
            spelled[index] = bytes(letters[letter] for letter in text)
        elif text not in SPECIAL:
            spelled[index] = text.encode()
    return spelled


def allows(bits: NDArray[np.uint8], token: int) -> bool:
    """Whether a mask of bits allows a token."""
    return bool(bits[token >> 3] >> (token & 7) & 1)


def batch_of(samples: Sequence[Encoded], padding: int) -> Batch:
    """One batch, as wide as its longest sample."""
    count, width = len(samples), max(len(sample.ids) for sample in samples)
    ids = np.full((count, width), padding, dtype=np.int64)
    weights = np.zeros((count, width), dtype=np.float32)
    positions = np.zeros((3, count, width), dtype=np.int64)
    for row, sample in enumerate(samples):
        length = len(sample.ids)
        ids[row, :length] = sample.ids
        weights[row, :length] = sample.weights
        positions[:, row, :length] = positions_of(length, _BYTES_IN_PICTURE_MARK, sample.grid)
    return Batch(
        ids=torch.from_numpy(ids),
        positions=torch.from_numpy(positions),
        weights=torch.from_numpy(weights),
        pictures=tuple(sample.picture for sample in samples if sample.picture is not None),
        tasks=torch.tensor([TASKS.index(sample.task) for sample in samples]),
    )


def batches_of(samples: Sequence[Encoded], tokens: int, padding: int, rng: Generator) -> list[Batch]:
    """Batches of samples of like length, each of at most so many tokens with padding, in random order."""
    ordered = sorted(samples, key=lambda sample: len(sample.ids))
    groups: list[list[Encoded]] = [[]]
    for sample in ordered:
        if groups[-1] and len(sample.ids) * (len(groups[-1]) + 1) > tokens:
            groups.append([])
        groups[-1].append(sample)
    return [batch_of(groups[index], padding) for index in rng.permutation(len(groups))]
