"""The codec's training at tiny size: it runs, goes on exactly where it was, and what it exports loads and is normal."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny
from PIL import Image

from assistant.sketchbook.training.__main__ import main
from assistant.sketchbook.training.codec import (
    LATENTS,
    Codec,
    CodecShape,
    as_tensor,
    export,
    fidelity,
    latent_statistics,
    take_over,
)
from assistant.sketchbook.training.muon import orthogonal
from assistant.sketchbook.training.running import Budget, Stepper, Stopwatch, TrainingFailed, rate_at
from assistant.sketchbook.training.shards import (
    Pictures,
    Pool,
    draw_shards,
    held_out_pictures,
    held_out_scenes,
    training_scene,
)
from assistant.sketchbook.training.vae import BEST, LossShares, VaeRun, VaeSettings, reconstruction_loss, train_vae

STEPS = 8
PICTURES = 6
TINY = CodecShape(encoder_width=8, decoder_width=8, encoder_blocks=(0, 0, 0, 0, 1), decoder_blocks=(1, 0, 0, 0, 0))


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shards")
    draw_shards(folder, 0, PICTURES, lambda done, of: None)
    return folder


@pytest.fixture
def settings(shards: Path, tmp_path: Path) -> VaeSettings:
    return VaeSettings(
        out=tmp_path / "run",
        shards=shards,
        budget=Budget(steps=STEPS, checkpoint_steps=3),
        shape=TINY,
        pictures=PICTURES,
        held_out=2,
        batch=2,
        crop=64,
    )


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


def never(_step: int) -> bool:
    return False


def train(settings: VaeSettings, resume: bool = False, stop: Callable[[int], bool] = never) -> VaeRun:
    return train_vae(settings, resume, tell=lambda line: None, stop=stop)


def test_a_run_leaves_checkpoint_curves_and_export(settings: VaeSettings) -> None:
    run = train(settings)
    assert run.step == STEPS
    rows = (settings.out / "curves.csv").read_text().splitlines()
    assert rows[0] == "step,seconds,loss,psnr,face_psnr"
    assert [row.split(",")[0] for row in rows[1:]] == ["3", "6", "8"]
    with Image.open(settings.out / "curves.png") as curves:
        assert curves.width > 100
    left = {path.name for path in settings.out.iterdir()}
    assert left == {"checkpoint.pt", "curves.csv", "curves.png", "export", "report.json"}
    figures = json.loads((settings.out / "report.json").read_text())
    assert figures["psnr"] == pytest.approx(figures["psnr_before"], abs=0.1)
    assert set(figures["psnr_by_style"]) == {"flat", "pencil"}


def test_a_resumed_run_ends_with_the_same_numbers(settings: VaeSettings, tmp_path: Path) -> None:
    whole = train(settings)
    cut = VaeSettings(**{**vars(settings), "out": tmp_path / "cut"})
    assert train(cut, stop=lambda step: step == 4).step == 4
    resumed = train(cut, resume=True)
    assert resumed.step == STEPS
    for ours, theirs in ((resumed.codec, whole.codec), (resumed.average, whole.average)):
        for name, value in theirs.state_dict().items():
            assert torch.equal(ours.state_dict()[name], value), name
    steps = [row.split(",")[0] for row in (cut.out / "curves.csv").read_text().splitlines()[1:]]
    assert steps == ["3", "4", "6", "8"]


def test_a_checkpoint_is_not_overwritten_by_a_new_run(settings: VaeSettings) -> None:
    train(settings, stop=lambda step: step == 1)
    with pytest.raises(FileExistsError, match="--resume"):
        train(settings)


def test_the_export_loads_with_the_stock_class(settings: VaeSettings, shards: Path) -> None:
    run = train(settings)
    pictures = Pool(sorted(shards.iterdir())).whole(np.random.default_rng(0), 2)
    loaded = AutoencoderTiny.from_pretrained(settings.out / "export", torch_dtype=torch.float32)
    assert loaded.config["scaling_factor"] == 1.0
    assert len(loaded.config["block_out_channels"]) == 5  # pipelines count them: 16 px to a latent
    assert loaded.encoder(as_tensor(pictures, torch.device("cpu"))).shape == (2, LATENTS, 16, 16)
    assert fidelity(loaded, pictures).psnr == pytest.approx(fidelity(run.average, pictures).psnr, abs=0.1)


def test_folding_changes_nothing_and_latents_are_normal(shards: Path, tmp_path: Path) -> None:
    torch.manual_seed(1)
    codec = Codec(TINY)
    pictures: Pictures = Pool(sorted(shards.iterdir())).whole(np.random.default_rng(0), 4)
    given = as_tensor(pictures, torch.device("cpu"))
    codec.measure(given, 0)
    folded = codec.folded()
    torch.testing.assert_close(folded.encoder(given), codec.encode(given), atol=1e-3, rtol=1e-3)
    mean, deviation = latent_statistics(export(codec, tmp_path / "export").float(), pictures)
    torch.testing.assert_close(mean, torch.zeros(LATENTS), atol=0.05, rtol=0)
    torch.testing.assert_close(deviation, torch.ones(LATENTS), atol=0.02, rtol=0)


def test_the_loss_minds_edges() -> None:
    wanted = torch.zeros(1, 3, 32, 32)
    wanted[..., 16:] = 1.0

    def loss_of(made: torch.Tensor) -> float:
        return float(reconstruction_loss(made, wanted, torch.ones(1, 1, 32, 32), LossShares(edges=0.5)))

    shifted, brighter = wanted.roll(1, -1), wanted + wanted.roll(1, -1).sub(wanted).abs().mean()
    assert loss_of(wanted) == 0
    assert loss_of(shifted) > loss_of(brighter)


def test_steps_that_are_no_number_are_left_out() -> None:
    layer = torch.nn.Linear(1, 1)
    before = layer.weight.clone()
    stepper = Stepper(layer, [torch.optim.AdamW(layer.parameters())], clip=1.0)
    for _ in range(19):
        assert np.isnan(stepper.step(layer.weight.sum() * float("nan"), 1e-3))
    assert torch.equal(layer.weight, before)
    with pytest.raises(TrainingFailed, match="--resume"):
        stepper.step(layer.weight.sum() * float("nan"), 1e-3)


def test_a_loss_out_of_all_proportion_is_left_out() -> None:
    layer = torch.nn.Linear(1, 1)
    stepper = Stepper(layer, [torch.optim.AdamW(layer.parameters())], clip=1.0)
    assert stepper.step(layer.bias.sum() * 0 + 1.0, 1e-3) == 1.0
    assert np.isnan(stepper.step(layer.bias.sum() * 0 + 1000.0, 1e-3))
    assert stepper.step(layer.bias.sum() * 0 + 1.5, 1e-3) == 1.5


@pytest.mark.parametrize("shape", [(2, 8, 72), (1, 72, 8)])
def test_updates_are_nearly_orthogonal(shape: tuple[int, int, int]) -> None:
    values = torch.linalg.svdvals(orthogonal(torch.randn(shape, generator=torch.Generator().manual_seed(0))))
    assert float(values.min()) > 0.5
    assert float(values.max()) < 1.3


def test_held_out_scenes_are_never_trained_on() -> None:
    trained_on = [training_scene(0, index) for index in range(50)]
    assert not any(scene in trained_on for scene in held_out_scenes(50))
    assert len({scene.style for scene in held_out_scenes(7)}) == 7


def test_shards_are_drawn_once(shards: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in shards.iterdir()}
    draw_shards(shards, 0, PICTURES, lambda done, of: None)
    assert {path: path.stat().st_mtime_ns for path in shards.iterdir()} == before
    assert len(Pool(sorted(shards.iterdir()))) == PICTURES


def test_the_rate_warms_up_and_falls() -> None:
    assert rate_at(0, 0.0) < 0.1
    assert rate_at(1000, 0.0) == 1.0
    assert rate_at(1000, 1.0) == pytest.approx(0.01)


def test_a_pause_is_no_computing(monkeypatch: pytest.MonkeyPatch) -> None:
    now = {"wall": 0.0, "cpu": 0.0}
    monkeypatch.setattr("time.perf_counter", lambda: now["wall"])
    monkeypatch.setattr("time.process_time", lambda: now["cpu"])
    watch = Stopwatch(5.0)
    now.update(wall=1000.0, cpu=2.0)
    assert watch.lap() == 7.0


def test_on_a_gpu_waiting_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a run that waits for its workers would outlast the machine it was lent."""
    now = {"wall": 0.0, "cpu": 0.0}
    monkeypatch.setattr("time.perf_counter", lambda: now["wall"])
    monkeypatch.setattr("time.process_time", lambda: now["cpu"])
    monkeypatch.setattr("torch.cuda.is_available", lambda: True)
    watch = Stopwatch(5.0)
    now.update(wall=10.0, cpu=2.0)
    assert watch.lap() == 15.0


def test_the_command_line_names_its_parts(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "vae" in capsys.readouterr().out


# -- going on from an export -------------------------------------------------------------------------------------------

WIDER = CodecShape(encoder_width=8, decoder_width=8, encoder_blocks=(0, 0, 0, 0, 2), decoder_blocks=(3, 0, 0, 0, 0))


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    export(Codec(TINY), tmp_path / "trained")
    return tmp_path / "trained"


@pytest.mark.parametrize("shape", [TINY, WIDER])
def test_a_codec_begins_as_the_export_it_goes_on_from(trained: Path, shape: CodecShape) -> None:
    pictures = torch.rand(2, 3, 64, 64) * 2 - 1
    codec = Codec(shape)
    take_over(codec, trained)
    given = AutoencoderTiny.from_pretrained(trained, torch_dtype=torch.float32)
    with torch.no_grad():
        assert torch.allclose(codec.encode(pictures), given.encoder(pictures), atol=1e-5)
        assert torch.allclose(codec(pictures), given.decoder(given.encoder(pictures)), atol=1e-5)


def test_another_width_cannot_be_gone_on_from(trained: Path) -> None:
    with pytest.raises((ValueError, RuntimeError)):
        take_over(Codec(CodecShape(encoder_width=16, decoder_width=8)), trained)


def test_latents_stay_where_a_painter_knows_them(settings: VaeSettings, trained: Path) -> None:
    def moved(stay: float) -> float:
        run = replace(settings, out=settings.out / str(stay), start=trained, stay=stay, shape=WIDER)
        after = train_vae(run, tell=lambda line: None).codec
        before = AutoencoderTiny.from_pretrained(trained, torch_dtype=torch.float32)
        pictures = as_tensor(held_out_pictures(2), torch.device("cpu"))
        with torch.no_grad():
            return float((after.encode(pictures) - before.encoder(pictures)).square().mean())

    free, held = moved(0.0), moved(100.0)
    assert 0 < held < free / 2


def test_each_picture_counts_by_its_own_decibels() -> None:
    wanted, weights = torch.zeros(2, 3, 32, 32), torch.ones(2, 1, 32, 32)
    made = torch.zeros(2, 3, 32, 32)
    made[0], made[1] = 0.2, 0.02  # 20 and 40 dB of a range of 2
    shares = LossShares(edges=0, squares=0, colors=0, decibels=1)
    without = reconstruction_loss(made, wanted, weights, LossShares(edges=0, squares=0, colors=0))
    assert float(reconstruction_loss(made, wanted, weights, shares) - without) == pytest.approx(BEST - 30, abs=1e-3)
