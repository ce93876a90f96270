"""Suite "plan": what a planner makes of held-out generated dialogues and of people's requests."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from assistant.drafts import Draft, State
from assistant.embedded.dialect import SketchbookDialect
from assistant.errors import BadAnswer
from assistant.models import load_models
from assistant.planning.repair import repaired_text
from assistant.profiles import profile_named
from assistant.sketchbook.language.plan_dialogues import plainly, plan_sample
from assistant.sketchbook.language.plan_dice import Dice
from eval.dev import Drafting, Item, Outcome, read_items, score, total
from eval.matching import as_wanted, match
from eval.metrics import Figure, resampled, share
from eval.report import Grid, Options, Report
from eval.splitter import split

_HELD_OUT = 400  # dialogues
_PLAIN = 200  # messages of common wishes
_STREAM, _PLAIN_STREAM = 72, 73  # of random numbers; training draws from others


def run(options: Options) -> Report:
    """Generated dialogues always; people's requests where a file is named."""
    models = load_models(profile_named(options.profile))
    dialect = SketchbookDialect()

    def drafting(state: State) -> Draft | None:
        try:
            return dialect.draft(models.gate, state)
        except BadAnswer as error:
            return repaired_text(error.answer)

    report = Report("plan", options)
    _generated(report, drafting, options)
    _plain(report, drafting, options)
    if options.data:
        _people(report, drafting, options)
    return report


def held_out(count: int, seed: int) -> list[tuple[State, Draft]]:
    """Generated dialogues that no training saw."""
    return [plan_sample(np.random.default_rng((_STREAM, seed, number))) for number in range(count)]


def _generated(report: Report, drafting: Drafting, options: Options) -> None:
    items = [_as_item(*pair, number) for number, pair in enumerate(held_out(options.limit or _HELD_OUT, options.seed))]
    outcomes = score(items, drafting)
    report.metrics["plan_exact"] = share(sum(outcome.exact for outcome in outcomes), len(outcomes))
    report.metrics["plan_step_f1"] = _f1(outcomes)
    report.grids.append(_by_act("generated dialogues", outcomes))
    report.cases.extend(_transcript("generated", outcome) for outcome in outcomes)


def _plain(report: Report, drafting: Drafting, options: Options) -> None:
    """Common wishes said plainly, one to six in a message: what must never go wrong."""
    rngs = [np.random.default_rng((_PLAIN_STREAM, options.seed, number)) for number in range(options.limit or _PLAIN)]
    outcomes = score([_as_item(*plainly(Dice(rng)), number) for number, rng in enumerate(rngs)], drafting)
    report.metrics["plain_exact"] = share(sum(outcome.exact for outcome in outcomes), len(outcomes))
    groups: dict[int, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[len(outcome.item.steps)].append(outcome)
    rows = [
        (str(count), str(len(group)), f"{sum(outcome.exact for outcome in group) / len(group):.2f}")
        for count, group in sorted(groups.items())
    ]
    report.grids.append(Grid("common wishes said plainly", ("steps", "messages", "all right"), rows))
    report.cases.extend(_transcript("plain", outcome) for outcome in outcomes)


def _as_item(state: State, draft: Draft, number: int) -> Item:
    target = draft.target if draft.act == "goto" else list(draft.targets) or None
    return Item(f"generated-{number}", state, draft.act, target, tuple(as_wanted(step) for step in draft.steps))


def _people(report: Report, drafting: Drafting, options: Options) -> None:
    assert options.data is not None
    items = read_items(options.data, options.limit)
    outcomes = score(items, drafting)
    cut = [match(split(item.state.message), item.steps) for item in items]
    report.metrics["dev_step_f1"] = _f1(outcomes)
    report.metrics["dev_splitter_f1"] = resampled(cut, lambda counts: total(counts).f1)
    report.metrics["dev_act"] = share(sum(outcome.act_right for outcome in outcomes), len(outcomes))
    report.metrics["dev_exact"] = share(sum(outcome.exact for outcome in outcomes), len(outcomes))
    report.grids.append(_by_act("people's requests", outcomes))
    report.cases.extend(_transcript("people", outcome) for outcome in outcomes)


def _f1(outcomes: Sequence[Outcome]) -> Figure:
    return resampled(outcomes, lambda some: total(outcome.counts for outcome in some).f1)


def _by_act(heading: str, outcomes: Sequence[Outcome]) -> Grid:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.item.act].append(outcome)
    rows = []
    for act, group in sorted(groups.items()):
        taken = Counter(outcome.draft.act if outcome.draft else "nothing" for outcome in group if not outcome.act_right)
        mistaken = ", ".join(f"{count} {name}" for name, count in taken.most_common(3))
        counts = total(outcome.counts for outcome in group)
        exact = sum(outcome.exact for outcome in group)
        rows.append((act, str(len(group)), f"{exact / len(group):.2f}", f"{counts.f1:.2f}", mistaken))
    return Grid(heading, ("act", "messages", "all right", "step F1", "taken for"), rows)


def _transcript(source: str, outcome: Outcome) -> dict[str, object]:
    said = outcome.draft.model_dump(mode="json", exclude_defaults=True) if outcome.draft else None
    gold = [step.texts[0] if step.texts else {step.op: dict(step.params)} for step in outcome.item.steps]
    return {
        "source": source, "id": outcome.item.id, "message": outcome.item.state.message, "act": outcome.item.act,
        "target": outcome.item.target, "gold": gold, "said": said, "exact": outcome.exact,
    }  # fmt: skip
