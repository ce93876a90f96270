"""The embedded models: loaded when first needed, once, and shared by planner, locator, verifier and painter.

Heavy libraries are imported when something is loaded, not before.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.embedded.completer import SketchbookCompleter
from assistant.embedded.dialect import SketchbookAnswerer, SketchbookDialect
from assistant.embedded.kinds import Kinds
from assistant.embedded.looking import SketchbookLocator, SketchbookVerifier
from assistant.embedded.tasks import Tasks
from assistant.errors import ModelUnavailable
from assistant.loading import Loader
from assistant.models.crew import Models
from assistant.models.lazy import SECONDS_ELSEWHERE, LazyEditor, LazyGate
from assistant.planner import LlmPlanner
from assistant.planning.dialects import JsonDialect
from assistant.profiles import Profile
from assistant.vlm import Gate

if TYPE_CHECKING:
    from assistant.editor.diffusion import PipelineEditor
    from assistant.vlm.local import LanguageModel, LocalGate

WEIGHTS = Path(__file__).parents[1] / "sketchbook" / "weights"
"""The embedded models: `vlm` and `painter`, each a folder that the stock classes load."""
_FIRST_FILE = {"vlm": "config.json", "painter": "model_index.json"}
TEXT_LAYER = 2
"""The painter reads the language model behind this decoder layer …"""
TEXT_LENGTH = 64
"""… in so many places."""


class EmbeddedWeights:
    """The two models of a weights folder; each loads at its first use, whoever asks and however many at once."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self.folder = folder
        self._lock = threading.RLock()

    @cached_property
    def _language(self) -> LanguageModel:
        from assistant.vlm.local import LanguageModel

        return LanguageModel.load(self.folder / "vlm")

    @cached_property
    def _gate(self) -> LocalGate:
        from assistant.vlm.local import LocalGate

        return LocalGate(self.language)

    @cached_property
    def _painter(self) -> PipelineEditor:
        from assistant.editor.diffusion import load_painter, weights_hash

        language = self.language

        def encode(texts: Sequence[str]) -> Any:
            return language.hidden_states(texts, TEXT_LAYER, TEXT_LENGTH)

        fingerprint = weights_hash(self.folder / "vlm")
        return load_painter(self.folder / "painter", encode, encoder_fingerprint=fingerprint)

    def _check(self) -> None:
        missing = [name for name in ("vlm", "painter") if not (self.folder / name / _FIRST_FILE[name]).is_file()]
        if missing:
            raise ModelUnavailable(
                f"The embedded models are not complete: {' and '.join(missing)} is missing in {self.folder}.",
                remedy="Install Palimpsest again, or train them: "
                "python -m assistant.sketchbook.training all --out FOLDER --install",
            )

    def load(self) -> None:
        """Everything, now. Raises ModelUnavailable, EditorError."""
        _ = self.gate.language.trie
        _ = self.painter

    @property
    def language(self) -> LanguageModel:
        """Raises ModelUnavailable."""
        with self._lock:
            self._check()
            return self._language

    @property
    def gate(self) -> LocalGate:
        """Raises ModelUnavailable."""
        with self._lock:
            return self._gate

    @property
    def painter(self) -> PipelineEditor:
        """Raises EditorError, ModelUnavailable."""
        with self._lock:
            return self._painter


def load_embedded(profile: Profile, weights: Path = WEIGHTS, remote: Gate | None = None) -> Models:
    """The models that come with the package, not loaded yet; `remote` plans in their place where there is one."""
    embedded = EmbeddedWeights(weights)
    loader = Loader(embedded.load)
    gate = LazyGate(embedded)
    tasks = Tasks(gate)
    kinds = Kinds(tasks)
    dialect = SketchbookDialect() if remote is None else JsonDialect()
    answerer = SketchbookAnswerer(tasks) if remote is None else None
    planner = LlmPlanner(remote or gate, dialect, SketchbookCompleter(tasks), kinds, answerer, loader=loader)
    if remote is not None:
        planner.seconds = SECONDS_ELSEWHERE
    locator, verifier = SketchbookLocator(tasks, kinds), SketchbookVerifier(tasks)
    return Models(profile, gate, planner, LazyEditor(embedded), locator, verifier, loader)
