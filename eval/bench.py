"""The bench: seconds, memory and arithmetic of planning and painting, beside what the arithmetic alone would take.

With --random-weights the architecture at its full size, so nothing has to be fetched; with --device meta FLOP are
counted and nothing is run. Heavy: imported late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import torch

from assistant.history import History
from assistant.plan import Wish
from assistant.profiles import Precision, profile_named
from eval import report
from eval.bench_full import INFERRED
from eval.bench_measure import RUNS, Ticks, Took, device_name, matrix_rate, measured, tflop
from eval.bench_overhead import overheads, patient_models
from eval.bench_subjects import Subject, requests, with_own_weights, with_random_weights
from eval.report import Grid, Report

H200_RATE = 790.0
"""TFLOP/s in bf16 that an H200 was taken to reach (notes/performance.md, 2), for what is counted only."""
SIDES = (512, 1024)
_SKETCHBOOK_SIDES = (256,)
_CANDIDATES = 5
_PROMPT = 1600
_ANSWERS = ((_PROMPT, 40), (_PROMPT, 100), (0, 40))
"""Tokens read and written; 0 for our own prompt, as long as it is."""
_MESSAGE = "draw a woman with long red hair on a beach"


@dataclass(frozen=True)
class Options(report.Options):
    """What was asked for."""

    device: str = ""
    """Where to measure; the best there is when empty."""
    random_weights: bool = False
    compiled: bool = False
    precision: Precision = "bf16"
    sides: tuple[int, ...] = ()
    only: str = ""
    """Cases with these words in their names."""


@dataclass(frozen=True)
class Case:
    """One piece of work."""

    name: str
    work: Callable[[int], object]
    tflop: Callable[[], float]
    """Counts it; may run it."""
    ticks: Ticks | None = None


@dataclass(frozen=True)
class Line:
    """What a case took; no `took` where it was counted only."""

    case: str
    tflop: float
    rate: float
    took: Took | None = None

    @property
    def floor(self) -> float:
        """Seconds that the arithmetic alone takes."""
        return self.tflop / self.rate

    @property
    def ratio(self) -> float | None:
        """How many times the floor it took."""
        return self.took.seconds / self.floor if self.took and self.tflop else None

    def cells(self) -> tuple[str, ...]:
        """For a table."""
        counted = (f"{self.tflop:.3g}", f"{self.floor:.3g}")
        if self.took is None:
            return (self.case, "", "", "", "", "", *counted, "")
        took = self.took
        step = "" if took.step is None else f"{took.step:.3g}"
        ratio = "" if self.ratio is None else f"{self.ratio:.1f}"
        times = (f"{took.seconds:.3g}", str(len(took.runs)), f"{took.processor:.3g}", step)
        return (self.case, *times, f"{took.peak_gb:.1f}", *counted, ratio)


COLUMNS = ("case", "seconds", "runs", "processor s", "s/step", "peak GB", "TFLOP", "floor s", "× floor")


def run(options: Options) -> Report:
    """Measure everything of one profile. Raises PalimpsestError, ValueError."""
    subject = subject_of(options)
    empty = subject.device.type == "meta"
    rate = H200_RATE if empty else matrix_rate(subject.device)
    lines = [_line(case, subject, rate) for case in _cases(subject, options)]
    made = Report("bench", options, cases=[_record(line) for line in lines])
    made.metrics["tflop_per_s"] = rate
    made.metrics |= {_slug(line.case): line.took.seconds for line in lines if line.took}
    made.grids.append(Grid(_heading(subject, rate, options), COLUMNS, [line.cells() for line in lines]))
    if subject.profile.is_embedded:
        _add_overhead(made, options)
    elif options.random_weights:
        made.grids.append(Grid("inferred", ("what",), [(INFERRED[subject.profile.name],)]))
    return made


def subject_of(options: Options) -> Subject:
    """What the options name."""
    profile = profile_named(options.profile)
    if options.random_weights and not profile.is_embedded:
        device = options.device or ("cuda" if torch.cuda.is_available() else "cpu")
        return with_random_weights(profile, device, options.precision, options.compiled, options.seed)
    if options.device == "meta" or options.precision != "bf16":
        raise ValueError("--device meta and --precision are for --random-weights; else the machine decides.")
    return with_own_weights(profile, options.compiled)


def _heading(subject: Subject, rate: float, options: Options) -> str:
    how = "assumed for an H200" if subject.device.type == "meta" else "measured"
    return (
        f"{subject.profile.name}, {subject.words}, {device_name(subject.device)}, PyTorch {torch.__version__}; "
        f"{rate:.3g} TFLOP/s {how}; median of at most {RUNS} behind a warm-up"
    )


def _line(case: Case, subject: Subject, rate: float) -> Line:
    counted = case.tflop()
    if subject.device.type == "meta":
        return Line(case.name, counted, rate)
    return Line(case.name, counted, rate, measured(case.work, subject.device, case.ticks, RUNS))


def _record(line: Line) -> dict[str, Any]:
    took = asdict(line.took) if line.took else {}
    return {"case": line.case, "tflop": line.tflop, "floor": line.floor, "ratio": line.ratio, **took}


def _slug(name: str) -> str:
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in name.lower()).split()
    return "_".join(["sec", *words])


# -- the cases ---------------------------------------------------------------------------------------------------------


def _cases(subject: Subject, options: Options) -> Iterator[Case]:
    """Plans, then edits by size and by how many other pictures they take from, then candidates."""
    made = [*(_plans(subject) if subject.planning else _sketchbook_plans(subject)), *_edits(subject, options.sides)]
    yield from [case for case in made if options.only in case.name][: options.limit]


def _plans(subject: Subject) -> Iterator[Case]:
    planning = subject.planning
    assert planning is not None
    for prompt, answer in _ANSWERS:
        messages = planning.messages(prompt)
        read = f"{prompt} tokens" if prompt else f"our own prompt ({planning.length(messages)} tokens)"
        yield Case(
            f"plan: {read} read, {answer} written",
            lambda number, messages=messages, answer=answer: planning.answer(messages, answer),
            lambda messages=messages, answer=answer: subject.plan_tflop(messages, answer),
        )


def _sketchbook_plans(subject: Subject) -> Iterator[Case]:
    models = patient_models(subject.profile.name)

    def plan(number: int) -> object:
        return models.planner.plan(Wish(message=_MESSAGE), History(), None, lambda: False)

    yield Case("plan of a drawing", plan, lambda: tflop(lambda: plan(0)))


def _edits(subject: Subject, sides: tuple[int, ...]) -> Iterator[Case]:
    profile = subject.profile
    chosen = sides or (_SKETCHBOOK_SIDES if profile.is_embedded else SIDES)
    for side in chosen:
        for references in range(min(profile.sizes.references, 2) + 1):
            others = f", takes from {references} more" if references else ""
            yield _edit(subject, f"edit {side}²{others}", side, references, 1)
    yield _edit(subject, f"{_CANDIDATES} candidates {chosen[-1]}²", chosen[-1], 0, _CANDIDATES)


def _edit(subject: Subject, name: str, side: int, references: int, count: int) -> Case:
    asked = requests(subject.profile, side, references, count)
    ticks = Ticks(subject.device)

    def edit(number: int) -> object:
        return subject.editor.edit(asked[number % len(asked)], ticks)

    return Case(name, edit, lambda: subject.edit_tflop(asked[-1]), ticks)


def _add_overhead(made: Report, options: Options) -> None:
    found = overheads(options.profile, options.limit)
    made.grids.extend(found.grids)
    made.metrics |= found.metrics
    made.cases.extend(found.cases)
