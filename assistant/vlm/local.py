"""Language models on this machine: transformers, with decoding constrained to a grammar.

One `LanguageModel` holds one copy of the weights for everybody: planner, verifier, locator and the painter's text
encoder. Its lock is held for one forward pass at a time, so a long answer does not keep the painter waiting; nothing
that a pass leaves on the module outlives it.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import torch

from assistant.errors import BadAnswer, EditorError, ModelUnavailable, Stopped
from assistant.vlm import MAX_TOKENS, Message, Notation, Stop, T, never
from assistant.vlm.door import at_the_door
from assistant.vlm.encoding import Encoded, Encoder
from assistant.vlm.grammar import Writing, grammar_of, token_trie
from assistant.vlm.words import read_answer

_ROOM = 512
"""Sizes of a static cache are multiples of this."""
_FORCED = 128
"""An answer may end in so many tokens more than were asked for, where the grammar leaves no choice."""


class LanguageModel:
    """A model, its processor and the lock that everybody takes who runs it."""

    def __init__(self, model: Any, processor: Any) -> None:
        self.model = model.eval().requires_grad_(False)
        self.processor = processor
        self.lock = threading.RLock()
        self.encoder = Encoder(processor)
        self.static_cache = False
        """Keys and values stand in tensors of few, fixed sizes: what a compiled model wants."""

    @classmethod
    def load(
        cls, folder: Path | str, dtype: torch.dtype = torch.float32, quantization: Any = None,
        device: str | None = None,
    ) -> Self:  # fmt: skip
        """From a folder that `save_pretrained` wrote. Raises ModelUnavailable."""
        from transformers import AutoModelForImageTextToText, AutoProcessor
        from transformers.utils import logging

        logging.disable_progress_bar()
        try:
            processor = AutoProcessor.from_pretrained(folder, local_files_only=True)
            model = AutoModelForImageTextToText.from_pretrained(
                folder, local_files_only=True, dtype=dtype, quantization_config=quantization, device_map=device,
                use_safetensors=True,
            )  # fmt: skip
        except (OSError, ValueError) as error:
            raise ModelUnavailable(
                f"There is no language model in {folder}.", allowed=str(error).splitlines()[0][:300],
                remedy="Install it again.",
            ) from error  # fmt: skip
        return cls(model, processor)

    @classmethod
    def shared(cls, pipeline: Any) -> Self:
        """The text encoder of an edit pipeline, which plans as well: one brain."""
        processor = getattr(pipeline, "processor", None) or pipeline.text_processor
        return cls(pipeline.text_encoder, processor)

    @cached_property
    def trie(self) -> Any:
        """The vocabulary for grammars; computed once."""
        return token_trie(self.encoder.tokenizer, self.model.get_input_embeddings().num_embeddings, self.ends)

    @cached_property
    def ends(self) -> frozenset[int]:
        """Tokens that end an answer."""
        configured = self.model.generation_config.eos_token_id
        several = configured if isinstance(configured, list) else [configured]
        known = {*several, self.encoder.tokenizer.eos_token_id}
        return frozenset(token for token in known if token is not None)

    @contextmanager
    def running(self) -> Iterator[None]:
        """The lock, no gradients, and the module's remembered `rope_deltas` as they were before."""
        core = getattr(self.model, "model", self.model)
        with self.lock, torch.inference_mode():
            kept = getattr(core, "rope_deltas", None)
            try:
                yield
            finally:
                if hasattr(core, "rope_deltas"):
                    core.rope_deltas = kept

    def hidden_states(self, texts: Sequence[str], layer: int, length: int) -> torch.Tensor:
        """(B, length, hidden) features of bare texts behind decoder layer `layer`, 1 for the first, without final norm.

        Zero behind each text's end. Each text is run by itself, so its features do not depend on its neighbours.
        Raises EditorError for a text of more than `length` tokens.
        """
        decoder = self.model.get_decoder()
        if not 1 <= layer < len(decoder.layers):
            raise ValueError(f"layer {layer} is not one of 1 to {len(decoder.layers) - 1}")
        width = self.model.get_input_embeddings().embedding_dim
        features = torch.zeros(len(texts), length, width, dtype=self.model.dtype, device=self.model.device)
        for number, text in enumerate(texts):
            ids = self.encoder.text(text)
            if len(ids) > length:
                raise EditorError(
                    f"The instruction has {len(ids)} tokens.", allowed=f"The painter reads at most {length}.",
                    remedy="Ask for fewer things at once.",
                )  # fmt: skip
            if ids:
                tokens = torch.tensor([ids], device=self.model.device)
                with self.running():
                    run = decoder(input_ids=tokens, use_cache=False, output_hidden_states=True)
                    features[number, : len(ids)] = run.hidden_states[layer][0]
        return features


@dataclass
class _Reading:
    """A prompt that was read: the cache of keys and values, and what may come next."""

    language: LanguageModel
    most: int = MAX_TOKENS
    """Tokens that may follow the prompt."""
    cache: Any = None
    length: int = 0
    shift: Any = 0
    """Difference between a token's number and its place for the rotation, behind pictures."""

    def prompt(self, encoded: Encoded) -> torch.Tensor:
        """(vocabulary,) logits behind the whole prompt."""
        model = self.language.model
        vision = {name: tensor.to(model.device) for name, tensor in encoded.vision.items()}
        if "pixel_values" in vision:
            vision["pixel_values"] = vision["pixel_values"].to(model.dtype)
        with self.language.running():
            run = model(
                input_ids=self._tensor(encoded.ids), use_cache=True, logits_to_keep=1,
                past_key_values=self._fixed(len(encoded.ids)), **vision,
            )  # fmt: skip
            deltas = getattr(getattr(model, "model", model), "rope_deltas", None) if vision else None
            self.shift = 0 if deltas is None else deltas
            self.cache, self.length = run.past_key_values, len(encoded.ids)
            return run.logits[0, -1]

    def more(self, tokens: Sequence[int]) -> torch.Tensor:
        """The same behind more tokens."""
        model = self.language.model
        places = torch.arange(self.length, self.length + len(tokens), device=model.device)[None] + self.shift
        if hasattr(getattr(model, "model", model), "rope_deltas"):
            places = places[None].expand(3, -1, -1)
        with self.language.running():
            run = model(
                input_ids=self._tensor(tokens), position_ids=places, past_key_values=self.cache, use_cache=True,
                logits_to_keep=1,
            )  # fmt: skip
            self.length += len(tokens)
            return run.logits[0, -1]

    def _fixed(self, length: int) -> Any:
        """A cache for prompt and answer in one of few sizes; None leaves it to the model, which grows its own."""
        if not self.language.static_cache:
            return None
        from transformers import StaticCache

        room = math.ceil((length + self.most) / _ROOM) * _ROOM
        return StaticCache(config=self.language.model.config.get_text_config(), max_cache_len=room)

    def _tensor(self, tokens: Sequence[int]) -> torch.Tensor:
        return torch.tensor([list(tokens)], device=self.language.model.device)


class LocalGate:
    """The gate to a model on this machine: greedy decoding that cannot leave the grammar."""

    def __init__(self, language: LanguageModel) -> None:
        self.language = language

    def ask(
        self, messages: Sequence[Message], schema: type[T], notation: Notation[T] | None = None,
        stop: Stop = never, max_tokens: int = MAX_TOKENS,
    ) -> T:  # fmt: skip
        """Raises BadAnswer, also when the answer does not end within `max_tokens`; GateError for a fault of the model's
        libraries; Stopped when `stop` said so.
        """
        with at_the_door():
            answer = self.write(messages, grammar_of(schema, notation), stop, max_tokens)
            return read_answer(answer, schema, notation)

    def write(self, messages: Sequence[Message], grammar: str, stop: Stop = never, max_tokens: int = MAX_TOKENS) -> str:
        """The model's answer as text of the grammar, most likely token by most likely token. Raises as `ask`."""
        writing = Writing(self.language.trie, grammar)
        reading = _Reading(self.language, max_tokens + _FORCED)
        encoded = self.language.encoder.messages(messages)
        _check(stop)
        logits = self._begun(reading, encoded, writing)
        while not writing.is_over:
            _check(stop)
            if len(writing.tokens) >= max_tokens:
                raise BadAnswer(self._text(writing), f"it did not end within {max_tokens} tokens")
            fresh = [_best(logits, writing)]
            writing.write(fresh)
            if not writing.is_over and fresh[0] not in self.language.ends:
                fresh += writing.forced()
            if not writing.is_over:
                logits = reading.more(fresh)
        return self._text(writing)

    @staticmethod
    def _begun(reading: _Reading, encoded: Encoded, writing: Writing) -> torch.Tensor:
        """Logits behind the prompt and what the answer has to begin with."""
        forced = writing.forced()
        encoded.ids = [*encoded.ids, *forced]
        if (kinds := encoded.vision.get("mm_token_type_ids")) is not None:
            encoded.vision["mm_token_type_ids"] = torch.nn.functional.pad(kinds, (0, len(forced)))
        return reading.prompt(encoded)

    def _text(self, writing: Writing) -> str:
        return self.language.encoder.tokenizer.decode(writing.tokens, skip_special_tokens=False)


def _check(stop: Stop) -> None:
    if stop():
        raise Stopped


def _best(logits: torch.Tensor, writing: Writing) -> int:
    """The likeliest token that is allowed."""
    allowed = torch.from_numpy(writing.allowed()).to(logits.device)
    scores = logits[: len(allowed)]
    return int(scores.masked_fill(~allowed[: len(scores)], -torch.inf).argmax())
