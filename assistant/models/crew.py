"""Everything that a profile puts to work."""

from __future__ import annotations

from assistant.editor import Editor
from assistant.finding import Locator
from assistant.loading import Loader, LoadState
from assistant.plan import Planner
from assistant.profiles import Profile
from assistant.verifier import Verifier
from assistant.vlm import Gate


class Models:
    """Everything that a profile puts to work, and how far loading it has come."""

    def __init__(
        self, profile: Profile, gate: Gate, planner: Planner, editor: Editor, locator: Locator, verifier: Verifier,
        loader: Loader,
    ) -> None:  # fmt: skip
        self.profile = profile
        self.gate = gate
        self.planner = planner
        self.editor = editor
        self.locator = locator
        self.verifier = verifier
        self._loader = loader

    @property
    def state(self) -> LoadState:
        return self._loader.state

    @property
    def error(self) -> str:
        """Why loading failed, in a sentence; empty when it did not."""
        return self._loader.error

    def warm(self) -> None:
        """Begin to load in the background, instead of at first use."""
        self._loader.start()

    def ready(self) -> None:
        """Load everything now. Raises ModelUnavailable, EditorError."""
        self._loader.wait()
