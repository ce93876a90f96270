"""The models of a profile with fetched weights: painter, planner and everybody's one copy of a shared brain."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.fitting import Placement
from assistant.gguf_files import GgufFile
from assistant.loading import Loader
from assistant.locator import LlmLocator
from assistant.models.crew import Models
from assistant.models.lazy import SECONDS_ELSEWHERE, LazyEditor, LazyGate
from assistant.planner import LlmPlanner
from assistant.planning.dialects import JsonDialect
from assistant.profiles import Profile, Repo
from assistant.verifier import LlmVerifier
from assistant.vlm import Gate

if TYPE_CHECKING:
    from assistant.editor.stock import StockEditor
    from assistant.vlm.local import LanguageModel

FolderOf = Callable[[Repo], Path]
"""Where a repository's weights lie. Raises CheckpointError."""


class StockWeights:
    """Editor and language model of a profile; each loads at its first use, whoever asks and however many at once."""

    def __init__(
        self, profile: Profile, folder_of: FolderOf, place: Callable[[], Placement], remote: Gate | None = None,
        compiled: bool = False, gguf: GgufFile | None = None,
    ) -> None:  # fmt: skip
        """`place` decides where everything goes, when it is loaded; `remote` plans instead of a model of ours; `gguf`
        is the painter's transformer."""
        self.profile, self._folder_of, self._place, self._remote = profile, folder_of, place, remote
        self._compiled, self._gguf = compiled, gguf
        self._lock = threading.RLock()

    @cached_property
    def placement(self) -> Placement:
        """Raises DoesNotFit."""
        return self._place()

    @property
    def _adapters(self) -> list[Path]:
        return [self._folder_of(adapter.repo) / adapter.weight_name for adapter in self.profile.adapters]

    @cached_property
    def _pipeline(self) -> Any:
        from assistant.editor.loading import load_pipeline
        from assistant.editor.placing import dtype_of, place, quantization_of

        folder = self._folder_of(self.profile.editor)
        small = {path.name for path in folder.iterdir()} - ({"transformer"} if self._gguf else set())
        quantization = quantization_of(self.placement, small)
        gguf = self._gguf.path if self._gguf else None
        pipeline = load_pipeline(self.profile, folder, self._adapters, dtype_of(self.placement), quantization, gguf)
        return place(pipeline, self.placement)

    @cached_property
    def _language(self) -> LanguageModel | None:
        """The model that plans here; None where one elsewhere does."""
        from assistant.editor.placing import dtype_of, language_quantization
        from assistant.vlm.local import LanguageModel

        if self._remote is not None:
            return None
        if self.profile.planner is None:
            return LanguageModel.shared(self._pipeline)
        language = LanguageModel.load(
            self._folder_of(self.profile.planner), dtype_of(self.placement),
            quantization=language_quantization(self.placement), device=self.placement.device,
        )  # fmt: skip
        return language

    @cached_property
    def _editor(self) -> StockEditor:
        from assistant.editor.loading import fingerprint_of
        from assistant.editor.stock import StockEditor

        how = f"{self.placement.precision} {self.placement.how} {self.placement.dtype}"
        files = [*self._adapters, *([self._gguf.path] if self._gguf else [])]
        fingerprint = fingerprint_of(self.profile, self._folder_of(self.profile.editor), how, files)
        shared = self._language if self.profile.planner is None else None
        if shared is None:
            return StockEditor(self._pipeline, self.profile, fingerprint)
        return StockEditor(self._pipeline, self.profile, fingerprint, guard=shared.running)

    @cached_property
    def _gate(self) -> Gate:
        from assistant.vlm.local import LocalGate

        return self._remote or LocalGate(self.language)

    @property
    def language(self) -> LanguageModel:
        """Raises ModelUnavailable, CheckpointError, DoesNotFit."""
        with self._lock:
            assert self._language is not None
            return self._language

    @property
    def gate(self) -> Gate:
        """Raises as `language`."""
        with self._lock:
            return self._gate

    @property
    def painter(self) -> StockEditor:
        """Raises EditorError, CheckpointError, DoesNotFit."""
        with self._lock:
            return self._editor

    def load(self) -> None:
        """Everything, now; compiled blocks meet every size once."""
        painter, _ = self.painter, self.gate
        if self._compiled:
            from assistant.editor.compiling import compile_blocks, warm

            compile_blocks(painter)
            warm(painter)
            if self._language is not None:
                self._language.static_cache = True


def load_stock(
    profile: Profile, folder_of: FolderOf, place: Callable[[], Placement], remote: Gate | None = None,
    compiled: bool = False, gguf: GgufFile | None = None,
) -> Models:  # fmt: skip
    """The models of a profile with fetched weights, not loaded yet."""
    weights = StockWeights(profile, folder_of, place, remote, compiled, gguf)
    loader = Loader(weights.load)
    gate = LazyGate(weights)
    planner = LlmPlanner(gate, JsonDialect(profile.sees), follows_words=True, seconds=SECONDS_ELSEWHERE, loader=loader)
    return Models(profile, gate, planner, LazyEditor(weights), LlmLocator(gate), LlmVerifier(gate), loader)
