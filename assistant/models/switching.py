"""The models in use, which can be changed while the program runs: sessions keep their doors to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.editor import Editor
from assistant.finding import Locator, Stop, never
from assistant.history import History
from assistant.models.crew import Models
from assistant.models.lazy import LazyEditor
from assistant.pictures import Picture
from assistant.plan import Context, Plan, Planner, Wish
from assistant.profiles import Profile
from assistant.script import Script
from assistant.sizes import Box
from assistant.steps import Step
from assistant.verifier import Verdict, Verifier
from assistant.vlm import Gate

Load = Callable[[Profile], Models]


@dataclass
class Workshop:
    """Planner, painter, locator and verifier of the profile in use.

    A turn that runs while they are changed goes on with whichever it asks next; patches say who painted them.
    """

    models: Models
    load: Load
    """Raises what `load_models` raises, before anything is changed."""
    editor: Editor = field(init=False)

    def __post_init__(self) -> None:
        self.editor = LazyEditor(self)

    def use(self, profile: Profile) -> None:
        """From now on this profile; its models begin to load. Raises what `load` raises, and all stays as it was."""
        if profile == self.models.profile and self.models.state != "failed":
            return
        self.models = self.load(profile)
        self.models.warm()

    # -- as Models, for who looks how far they are ---------------------------------------------------------------------

    @property
    def profile(self) -> Profile:
        return self.models.profile

    @property
    def state(self) -> str:
        return self.models.state

    @property
    def error(self) -> str:
        return self.models.error

    def warm(self) -> None:
        """Begin to load."""
        self.models.warm()

    # -- the doors -----------------------------------------------------------------------------------------------------

    @property
    def gate(self) -> Gate:
        return self.models.gate

    @property
    def painter(self) -> Editor:
        return self.models.editor

    @property
    def planner(self) -> Planner:
        return _Planner(self)

    @property
    def locator(self) -> Locator:
        return _Locator(self)

    @property
    def verifier(self) -> Verifier:
        return _Verifier(self)


@dataclass(frozen=True)
class _Planner:
    workshop: Workshop

    @property
    def is_ready(self) -> bool:
        return self.workshop.models.planner.is_ready

    def plan(
        self, wish: Wish, history: History, picture: Picture | None, stop: Stop,
        context: Context = Context(),  # noqa: B008 - immutable
    ) -> Plan:  # fmt: skip
        return self.workshop.models.planner.plan(wish, history, picture, stop, context)


@dataclass(frozen=True)
class _Locator:
    workshop: Workshop

    def locate(self, picture: Picture, phrase: str, script: Script | None = None, stop: Stop = never) -> Box | None:
        return self.workshop.models.locator.locate(picture, phrase, script, stop)


@dataclass(frozen=True)
class _Verifier:
    workshop: Workshop

    def check(self, step: Step, before: Picture | None, after: Picture, stop: Stop = never) -> Verdict:
        return self.workshop.models.verifier.check(step, before, after, stop)
