"""Constrained decoding by llguidance: what an answer may look like, and which token may come next.

The mask is applied with plain numpy and torch: llguidance's own torch kernel is compiled at first use, which takes a
C++ compiler and eleven seconds.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from llguidance import LLMatcher, LLTokenizer
from numpy.typing import NDArray
from pydantic import BaseModel

from assistant.errors import GateError
from assistant.vlm import Notation
from assistant.vlm.schemas import schema_of

_GENERAL_FROM = 32_000
"""Vocabularies from this size on are worth llguidance's precomputed slices."""


def token_trie(tokenizer: Any, vocab_size: int, ends: Collection[int]) -> LLTokenizer:
    """The vocabulary as the grammar sees it; `ends` are the tokens that end an answer. Takes up to a second."""
    slices = None if vocab_size >= _GENERAL_FROM else []
    return LLTokenizer(tokenizer.backend_tokenizer.to_str(), n_vocab=vocab_size, eos_token=sorted(ends), slices=slices)


def grammar_of(schema: type[BaseModel], notation: Notation[Any] | None = None) -> str:
    """JSON of the schema without free white space, or what the notation says."""
    return LLMatcher.grammar_from_lark(notation.grammar) if notation else json_grammar(schema)


@lru_cache(maxsize=64)
def json_grammar(schema: type[BaseModel]) -> str:
    """The grammar of all JSON texts of the schema."""
    text = json.dumps(schema_of(schema))
    return LLMatcher.grammar_from_json_schema(text, overrides={"whitespace_flexible": False, "coerce_one_of": True})


class Writing:
    """One answer being written: what is forced, what is allowed, and when it is over."""

    def __init__(self, trie: LLTokenizer, grammar: str) -> None:
        """Raises GateError when the grammar does not hold."""
        self._matcher = LLMatcher(trie, grammar, log_level=0)
        self._ends = frozenset(trie.eos_tokens)
        self.tokens: list[int] = []
        self._check()

    def _check(self) -> None:
        if self._matcher.is_error():
            raise GateError(
                "The answer cannot be constrained to its grammar.", allowed=self._matcher.get_error()[:500].strip(),
                remedy="This is a fault of Palimpsest's; please report it.",
            )  # fmt: skip

    @property
    def is_over(self) -> bool:
        return self._matcher.is_stopped()

    def forced(self) -> list[int]:
        """The tokens that have to come now, if there is no choice; they count as written."""
        tokens = self._matcher.compute_ff_tokens()
        self.write(tokens)
        return tokens

    def allowed(self) -> NDArray[np.bool_]:
        """(vocabulary,) True for every token that may come next."""
        bias = np.frombuffer(self._matcher.compute_logit_bias(), np.uint8)
        self._check()
        return bias != 0

    def write(self, tokens: Sequence[int]) -> None:
        if tokens:
            self._matcher.consume_tokens(list(tokens))
            self._check()
            self.tokens.extend(token for token in tokens if token not in self._ends)
