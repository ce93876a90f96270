"""Learning which words of the teacher's sentences speak of which attribute: IBM's first translation model.

Each wish of a sentence comes from one of its words; which one is found by expectation maximization over many sentences
(Brown et al., The Mathematics of Statistical Machine Translation, 1993, section 4).
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.random import default_rng

from assistant.sketchbook.language import evidence
from assistant.sketchbook.language.evidence import NOTHING, TABLE, WORDS
from assistant.sketchbook.language.grounding import ground_sample

SENTENCES = 200_000
_ROUNDS = 12
_FEWEST = 16
"""A word must be met so often: slips of the finger are rarer."""
_LEAST_SHARE = 0.15
"""Of the wishes that come from a word, so many are of the attribute …"""
_LEAST_RATE = 0.06
"""… and so many of the sentences with the word have one of them from it."""


def learn(sentences: int = SENTENCES, seed: int = 0) -> dict[str, list[str]]:
    """The words that speak of each attribute, and under `NOTHING` those that no wish comes from."""
    said = list(_said(sentences, seed))
    met = Counter(word for words, _ in said for word in words)
    words = ["", *sorted(word for word, count in met.items() if count >= _FEWEST)]
    names = sorted({name for _, wished in said for name in wished})
    from_word = _aligned(said, {word: at for at, word in enumerate(words)}, {name: at for at, name in enumerate(names)})
    share = from_word / from_word.sum(axis=1, keepdims=True)
    rate = from_word / np.array([[len(said)], *([met[word]] for word in words[1:])])
    speaks = (share >= _LEAST_SHARE) & (rate >= _LEAST_RATE)
    table = {name: [words[row] for row in np.flatnonzero(speaks[:, at]) if row] for at, name in enumerate(names)}
    mute = [words[row] for row in np.flatnonzero(~speaks.any(axis=1)) if row]
    return {**table, NOTHING: sorted({*table[NOTHING], *mute})}


def _said(sentences: int, seed: int) -> Iterator[tuple[list[str], list[str]]]:
    rng = default_rng((seed, SENTENCES))
    for _ in range(sentences):
        sentence, wishes = ground_sample(rng)
        names = {wish.attribute for wish in wishes} if wishes else {NOTHING}
        yield sorted({word.lower() for word in WORDS.findall(sentence)}), sorted(names)


def _aligned(said: list[tuple[list[str], list[str]]], rows: dict[str, int], columns: dict[str, int]) -> np.ndarray:
    """(words, names) how many wishes come from each word; row 0 is no word at all."""
    row, column, wish, count = [], [], [], 0
    for words, names in said:
        own = [0, *(rows[word] for word in words if word in rows)]
        for name in names:
            row += own
            column += [columns[name]] * len(own)
            wish += [count] * len(own)
            count += 1
    of, to, each = np.array(row), np.array(column), np.array(wish)
    likely = np.full((len(rows), len(columns)), 1 / len(columns))
    counted = likely
    for _ in range(_ROUNDS):
        parts = likely[of, to]
        parts /= np.bincount(each, parts, minlength=count)[each]
        counted = np.full_like(likely, 1e-3)
        np.add.at(counted, (of, to), parts)
        likely = counted / counted.sum(axis=1, keepdims=True)
    return counted


def add_evidence(parser: argparse.ArgumentParser) -> None:
    """The command that writes the table into the package."""
    parser.add_argument("--sentences", type=int, default=SENTENCES)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path(evidence.__file__).with_name(TABLE))
    parser.set_defaults(threads=None, train=lambda given: _write(given.out, learn(given.sentences, given.seed)))


def _write(path: Path, table: dict[str, list[str]]) -> None:
    lines = [f'"{name}": {json.dumps(words, ensure_ascii=False)}' for name, words in table.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
