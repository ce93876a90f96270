"""The bench: full-size configurations have the sizes of the table, FLOP are counted right, and its command runs."""

from __future__ import annotations

import json
import math
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest
import torch
from typer.testing import CliRunner

from assistant.editor import EditRequest
from assistant.editor.stock import StockEditor
from assistant.errors import DoesNotFit, UnknownProfile
from assistant.profiles import PROFILES
from assistant.vlm.local import LanguageModel, LocalGate
from eval import bench, bench_measure, bench_subjects
from eval.__main__ import app
from eval.bench_full import BUILDERS, INFERRED, Weights, parts_of, pipeline_of
from eval.bench_measure import Ticks, Took, matrix_rate, measured, tflop
from eval.bench_overhead import Spied, Tally, bar
from eval.bench_shapes import shadowed
from eval.bench_smaller import make_small
from eval.bench_subjects import Planning, Subject, requests, scenery
from eval.bench_words import processor, tokenizer
from tests.tiny import tiny
from tests.tiny.klein import klein

CPU = torch.device("cpu")


@pytest.mark.parametrize("name", BUILDERS)
def test_full_size_has_as_many_parameters_as_the_table_says(name: str) -> None:
    counted, said = parts_of(PROFILES[name]), PROFILES[name].parts
    for part in ("transformer", "text_encoder", "vae", "planner"):
        assert getattr(counted, part) == pytest.approx(getattr(said, part), rel=0.1, abs=0.005), part
    assert INFERRED[name]


def test_a_profile_without_a_configuration_is_a_sentence() -> None:
    with pytest.raises(UnknownProfile, match="no full-size configuration of pix2pix"):
        pipeline_of(PROFILES["pix2pix"], Weights("meta"))


def test_random_weights_are_the_seeds_and_keep_what_is_shared() -> None:
    def make() -> torch.nn.Module:
        return torch.nn.Sequential(torch.nn.Linear(64, 64), torch.nn.LayerNorm(64), torch.nn.BatchNorm1d(64))

    one, again = (Weights("cpu", torch.float32, seed=3).made(make) for _ in range(2))
    assert torch.equal(one[0].weight, again[0].weight)
    assert 0.015 < one[0].weight.std() < 0.025
    assert one[1].weight.eq(1).all()
    assert one[1].bias.eq(0).all()
    assert one[2].running_var.eq(1).all()


def test_the_flop_of_a_known_product() -> None:
    left, right = torch.ones(100, 200), torch.ones(200, 300)
    assert tflop(lambda: left @ right) * 1e12 == 2 * 100 * 200 * 300


def test_what_a_piece_of_work_took(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = Ticks(CPU)
    seen: list[int] = []

    def work(number: int) -> None:
        seen.append(number)
        for done in (1, 2, 3):
            ticks(done, 3)

    took = measured(work, CPU, ticks, runs=3)
    assert seen == [0, 1, 2, 3]
    assert len(took.runs) == 3
    assert len(ticks.gaps) == 6
    assert took.peak_gb > 0.01
    assert took.step is not None
    monkeypatch.setattr(bench_measure, "_SIDE", 64)
    assert 0 < matrix_rate(CPU) < 1e3


@pytest.mark.parametrize(("first", "runs"), [(1.0, 5), (61.0, 2), (301.0, 1)])
def test_long_calls_are_repeated_less_often(first: float, runs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_measure, "timed", lambda work, number, device: first if number == 0 else 1.0)
    assert len(measured(lambda number: None, CPU).runs) == runs


def test_the_line_of_a_case() -> None:
    took = Took(first=3.0, runs=(1.0, 2.0, 6.0), processor=1.5, peak_gb=4.0)
    line = bench.Line("edit", tflop=10.0, rate=20.0, took=took)
    assert (line.floor, line.ratio) == (0.5, 4.0)
    assert len(line.cells()) == len(bench.Line("edit", 10.0, 20.0).cells()) == len(bench.COLUMNS)


# -- at tiny size ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def painter() -> StockEditor:
    return StockEditor(klein(), tiny("klein"), "tiny")


@pytest.fixture(scope="module")
def counter() -> StockEditor:
    """The same without weights."""
    pipeline = klein()
    for name in ("transformer", "text_encoder", "vae"):
        setattr(pipeline, name, Weights("meta").made(partial(getattr, pipeline, name)))
    return StockEditor(shadowed(pipeline), tiny("klein"), "counted")


def test_counting_without_weights_is_counting(painter: StockEditor, counter: StockEditor) -> None:
    asked = requests(tiny("klein"), 96, references=1, count=2)[0]
    subject = Subject(tiny("klein"), painter, CPU, "tiny")
    counted = Subject(tiny("klein"), painter, CPU, "tiny", counted=counter)
    assert counted.edit_tflop(asked) == pytest.approx(subject.edit_tflop(asked), rel=1e-6)


@pytest.fixture(scope="module")
def planning() -> Planning:
    from assistant.sketchbook.training.vlm_model import TINY, build_model

    torch.manual_seed(20261121)
    return Planning(LocalGate(LanguageModel(build_model(TINY, tokenizer()), processor("qwen3"))), "qwen3")


def test_a_prompt_and_an_answer_of_given_lengths(planning: Planning) -> None:
    assert isinstance(planning.gate, LocalGate)
    encoder, forward = planning.gate.language.encoder, planning.gate.language.model.forward
    messages = planning.messages(1300)
    assert 1290 <= len(encoder.messages(messages).ids) <= 1300
    lengths: list[int] = []

    def spy(*args: Any, **named: Any) -> Any:
        lengths.append(named["input_ids"].shape[1])
        return forward(*args, **named)

    planning.gate.language.model.forward = spy
    planning.answer(messages, 7)
    assert lengths[1:] == [1] * 7


def test_the_bench_at_tiny_size(
    painter: StockEditor, counter: StockEditor, planning: Planning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_measure, "_SIDE", 64)
    subject = Subject(tiny("klein"), painter, CPU, "tiny", planning, counter)
    monkeypatch.setattr(bench, "subject_of", lambda options: subject)
    monkeypatch.setattr(bench, "RUNS", 1)
    report = bench.run(bench.Options("klein", sides=(64,), random_weights=True, only="64", limit=2))
    assert [case["case"] for case in report.cases] == ["edit 64²", "edit 64², takes from 1 more"]
    numbers = [case[name] for case in report.cases for name in ("tflop", "floor", "ratio", "peak_gb", "step")]
    assert all(math.isfinite(number) and number > 0 for number in numbers)
    assert set(json.loads(report.as_json())) >= {"tflop_per_s", "sec_edit_64", "sec_edit_64_takes_from_1_more"}


def test_weights_of_four_bits_take_the_place_of_the_layers() -> None:
    pytest.importorskip("bitsandbytes")
    model = Weights("cpu").made(lambda: torch.nn.Sequential(torch.nn.Linear(64, 64), torch.nn.Linear(64, 7)))
    make_small([model], "4bit", CPU)
    assert type(model[0]).__name__ == "Linear4bit"
    assert type(model[1]) is torch.nn.Linear
    assert model(torch.ones(1, 64, dtype=torch.bfloat16)).isfinite().all()


def test_what_does_not_fit_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=2e9))
    with pytest.raises(DoesNotFit, match=r"dreamlite at full size needs about 8 GB; 2\.0 are free"):
        bench_subjects.with_random_weights(PROFILES["dreamlite"], "cpu", "bf16", False, 0)


# -- beside the models -------------------------------------------------------------------------------------------------


def test_calls_of_models_are_timed_and_nothing_else() -> None:
    tally = Tally()
    model = SimpleNamespace(edit=lambda value: value + 1, generate=None, echo=None, painted_size=5)
    spied = Spied(model, "editor", tally)
    assert spied.edit(1) == 2
    assert spied.painted_size == 5
    assert list(tally.wall) == list(tally.work) == ["editor.edit"]
    assert bar(4.0) == 120.0


# -- the command -------------------------------------------------------------------------------------------------------


def test_counting_by_the_command(tmp_path: Path) -> None:
    said = CliRunner().invoke(
        app,
        ["bench", "--profile", "dreamlite", "--random-weights", "--device", "meta", "--only", "edit 512", "--json",
         "--limit", "1", "--out", str(tmp_path)],
    )  # fmt: skip
    assert said.exit_code == 0, said.output
    assert json.loads(said.output.splitlines()[-1]) == {"tflop_per_s": bench.H200_RATE}
    (case,) = json.loads((tmp_path / "report.json").read_text())["cases"]
    assert case["case"] == "edit 512²"
    assert 2 < case["tflop"] < 20


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--profile", "nobody"], "There is no profile"),
        (["--profile", "pix2pix", "--random-weights", "--device", "meta"], "no full-size configuration"),
        (["--device", "meta"], "are for --random-weights"),
    ],
)
def test_what_cannot_be_measured_is_a_sentence(arguments: list[str], words: str) -> None:
    said = CliRunner().invoke(app, ["bench", *arguments])
    assert said.exit_code == 1
    assert words in said.output


def test_scenery_is_another_for_each_number() -> None:
    assert scenery(64, 1).size == (64, 64)
    assert scenery(64, 1).id != scenery(64, 2).id
    assert isinstance(requests(tiny("klein"), 64, 2, 5)[0], EditRequest)
