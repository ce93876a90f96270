"""What a turn costs beside the models that it calls: `Session.run_turn` against its planner, painter and lookers.

The bar is 60 ms and 15 ms for each megapixel of the picture. What the models' own doors do (bringing a view to the
painter's size, say) counts as theirs, and so does `echo`, the picture once through the codec.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.models import Models, load_models
from assistant.pictures import Picture
from assistant.plan import Wish
from assistant.planner import LlmPlanner
from assistant.profiles import profile_named
from assistant.session import Session
from assistant.sessions import Sessions
from assistant.sketchbook.draw import draw
from assistant.sketchbook.scene import Scene
from assistant.store import Store
from eval.metrics import Figure
from eval.report import Grid

BAR_MS = 60.0
BAR_MS_PER_MEGAPIXEL = 15.0
SIDES = (512, 1024, 2048)
_TURNS = (
    "put a green beret on the head",
    "make it night",
    "give her round glasses",
    "make the hair red",
    "put her on a beach",
    "let it snow",
)
_PATIENCE = 600.0
"""Seconds that a planner is given: out of its own time a busy machine runs, and then nothing is painted."""
_CALLS = {
    "planner": ("plan",), "editor": ("edit", "generate", "echo"), "locator": ("locate",), "verifier": ("check",),
}  # fmt: skip


@dataclass
class Tally:
    """Seconds by the clock and of the processor within the models, by what was called."""

    wall: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    work: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def timed(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The call, with its seconds added up."""

        def within(*args: Any, **named: Any) -> Any:
            wall, work = time.perf_counter(), time.process_time()
            try:
                return call(*args, **named)
            finally:
                self.wall[name] += time.perf_counter() - wall
                self.work[name] += time.process_time() - work

        return within

    def clear(self) -> None:
        self.wall.clear()
        self.work.clear()


class Spied:
    """A model whose calls are timed; everything else is its own."""

    def __init__(self, model: Any, name: str, tally: Tally) -> None:
        self._model = model
        for call in _CALLS[name]:
            setattr(self, call, tally.timed(f"{name}.{call}", getattr(model, call)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


@dataclass(frozen=True)
class Spent:
    """One turn, in seconds."""

    message: str
    turn: float
    models: float
    work: float
    """Of the processor beside the models, all threads."""
    calls: dict[str, float]

    @property
    def beside(self) -> float:
        """By the clock."""
        return self.turn - self.models


@dataclass(frozen=True)
class Overheads:
    """For a report."""

    grids: list[Grid]
    metrics: dict[str, float | Figure]
    cases: list[dict[str, Any]]


def bar(megapixels: float) -> float:
    """Milliseconds."""
    return BAR_MS + BAR_MS_PER_MEGAPIXEL * megapixels


def patient_models(profile: str) -> Models:
    """A profile's models, loaded, with a planner that is never out of time. Raises as `load_models`."""
    models = load_models(profile_named(profile))
    models.ready()
    if isinstance(models.planner, LlmPlanner):
        models.planner.seconds = _PATIENCE
    return models


def overheads(profile: str, limit: int | None = None) -> Overheads:
    """Painted turns on pictures of several sizes, with a profile's own models."""
    models, tally = patient_models(profile), Tally()
    spied: dict[str, Any] = {name: Spied(getattr(models, name), name, tally) for name in _CALLS}
    found = Overheads([], {}, [])
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        sessions = Sessions(Store(Path(folder)), **spied)
        for side in SIDES[:limit]:
            spent = [one for one in turns(sessions, spied["planner"], side, tally)[1:] if "editor.edit" in one.calls]
            if not spent:
                raise ValueError(f"Of {len(_TURNS) - 1} turns on {side} × {side} px none was painted.")
            rows.append(_row(side, spent))
            found.metrics[f"ms_beside_{side}"] = 1000 * statistics.median(one.beside for one in spent)
            found.cases.extend({"side": side, **vars(one), "beside": one.beside} for one in spent)
    columns = ("megapixels", "painted turns", "turn ms", "models ms", "beside ms", "processor ms", "bar ms", "holds")
    found.grids.append(Grid(f"a turn beside its models ({profile}), medians", columns, rows))
    return found


def turns(sessions: Sessions, planner: Any, side: int, tally: Tally) -> list[Spent]:
    """The turns of one session, each on what the one before it left."""
    session = sessions.create("bench")
    session.add_picture(Picture(draw(Scene(), side)))
    return [_turn(session, planner, message, tally) for message in _TURNS]


def _turn(session: Session, planner: Any, message: str, tally: Tally) -> Spent:
    tally.clear()
    started, worked = time.perf_counter(), time.process_time()
    for _ in session.run_turn(Wish(message=message), planner):
        pass
    turn, work = time.perf_counter() - started, time.process_time() - worked
    calls = {name: round(seconds, 4) for name, seconds in tally.wall.items()}
    return Spent(message, turn, sum(tally.wall.values()), work - sum(tally.work.values()), calls)


def _row(side: int, spent: list[Spent]) -> tuple[str, ...]:
    def middle(of: Callable[[Spent], float]) -> float:
        return 1000 * statistics.median(of(one) for one in spent)

    megapixels = side * side / 1e6
    beside, allowed = middle(lambda one: one.beside), bar(megapixels)
    figures = (
        middle(lambda one: one.turn),
        middle(lambda one: one.models),
        beside,
        middle(lambda one: one.work),
        allowed,
    )
    holds = "yes" if beside <= allowed else "no"
    return (f"{megapixels:.2f}", str(len(spent)), *(f"{each:.0f}" for each in figures), holds)
