"""The painter's training at tiny size: families, latents, a run that goes on where it was, an export that paints."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from transformers import Qwen3VLForConditionalGeneration

from assistant.editor import EditRequest
from assistant.editor.diffusion import load_painter
from assistant.pictures import Picture
from assistant.sketchbook.draw import draw
from assistant.sketchbook.edits import EditKind, change
from assistant.sketchbook.language.sentences import instruction
from assistant.sketchbook.training import painter_report, pairs, pairs_latents
from assistant.sketchbook.training.__main__ import main
from assistant.sketchbook.training.codec import CodecShape
from assistant.sketchbook.training.painter import (
    Materials,
    PainterRun,
    PainterSettings,
    painting_loss,
    some_of,
    train_painter,
)
from assistant.sketchbook.training.painter_report import HeldOut, held_out_edits, measure
from assistant.sketchbook.training.painter_text import LAYER, Remembered, vlm_features
from assistant.sketchbook.training.pairs import draw_families, held_out_cases, read_families, read_pictures
from assistant.sketchbook.training.pairs_latents import (
    Batch,
    PairPool,
    blank_latents,
    encode_shards,
    joined,
    load_vae,
    singles_of,
)
from assistant.sketchbook.training.pairs_views import CELL, SHAPES, altered
from assistant.sketchbook.training.running import Budget
from assistant.sketchbook.training.unet import PLACES, UnetShape, fit_to_features, make_scheduler, paint, used_timesteps
from assistant.sketchbook.training.vlm_model import TINY, build_model, build_processor, build_tokenizer

HIDDEN = 16
UNET = UnetShape(widths=(32, 32), head=16, groups=8, hidden=HIDDEN, cross=32)
CODEC = CodecShape(encoder_width=8, decoder_width=8, encoder_blocks=(0, 0, 0, 0, 1), decoder_blocks=(1, 0, 0, 0, 0))
FAMILIES = 3


def features(texts: Sequence[str]) -> torch.Tensor:
    """As many places as a text has words; the same for the same text."""
    made = torch.zeros(len(texts), PLACES, HIDDEN)
    for row, text in zip(made, texts, strict=True):
        for place, word in enumerate(text.split()[:PLACES]):
            row[place] = torch.randn(HIDDEN, generator=torch.Generator().manual_seed(sum(word.encode())))
    return made


@pytest.fixture(scope="module", autouse=True)
def _small() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pairs")
    draw_families(path, 0, FAMILIES)
    return path


@pytest.fixture(scope="module")
def vae_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(3)
    path = tmp_path_factory.mktemp("codec") / "export"
    CODEC.build().save_pretrained(path)
    return path


@pytest.fixture(scope="module")
def held_out() -> HeldOut:
    cases = held_out_cases(1)[:6]
    before, after = (np.stack([draw(scene, 256) for scene in scenes]) for scenes in zip(*[
        (case.scene, case.after) for case in cases], strict=True))  # fmt: skip
    return HeldOut(
        tuple(case.edit.kind for case in cases), tuple(instruction(case.edit) for case in cases), before, after
    )


@pytest.fixture(scope="module")
def materials(folder: Path, vae_folder: Path, held_out: HeldOut) -> Materials:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs_latents, "random_shape", lambda rng: (16, 12))
        encoded = encode_shards(pairs.finished_shards(folder), vae_folder)
    vae = load_vae(vae_folder, torch.device("cpu"))
    return Materials(PairPool(encoded, blank_latents(vae)), features, vae, held_out)


def settings_in(out: Path, steps: int = 8) -> PainterSettings:
    budget = Budget(steps=steps, checkpoint_steps=3)
    return PainterSettings(out, budget, shape=UNET, batch=4, rate=0.01, measure_every=0.0)


def train(
    settings: PainterSettings, materials: Materials, resume: bool = False, stop: Callable[[int], bool] = lambda _: False
) -> PainterRun:
    return train_painter(settings, materials, resume, tell=lambda line: None, stop=stop)


# -- pairs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_so_many_pairs_draw_a_new_picture(
    folder: Path, vae_folder: Path, materials: Materials, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs_latents, "_CHANCE_OF_ALTERED", 0.0)
    blank = blank_latents(materials.vae)
    pool = PairPool(encode_shards(pairs.finished_shards(folder), vae_folder), blank, share)
    batch = pool.batch(np.random.default_rng(1), 12, {})
    drawn = [torch.equal(before, torch.from_numpy(blank).float()) for before in batch.before]
    assert drawn == [share == 1.0] * 12


def test_a_family_is_a_scene_and_single_edits_of_different_kinds(folder: Path) -> None:
    (shard,) = pairs.finished_shards(folder)
    families, pictures = read_families(shard), read_pictures(shard)
    assert pictures.shape == (FAMILIES, 1 + pairs.VARIANTS, 256, 256, 3)
    for family, drawn in zip(families, pictures, strict=True):
        assert len({edit.kind for edit in family.edits}) == pairs.VARIANTS
        for member, (scene, edit) in enumerate(zip(family.scenes[1:], family.edits, strict=True), start=1):
            assert change(family.scenes[0], edit) == scene
            assert np.array_equal(draw(scene, 256), drawn[member])
            assert not np.array_equal(drawn[0], drawn[member])


def test_drawing_goes_on_and_draws_nothing_twice(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.glob("families*")}
    told: list[tuple[int, int]] = []
    draw_families(folder, 0, FAMILIES, on_shard=lambda done, of: told.append((done, of)))
    assert {path: path.stat().st_mtime_ns for path in folder.glob("families*")} == before
    assert told == [(1, 1)]


def test_held_out_edits_are_of_every_kind_and_never_trained_on() -> None:
    cases = held_out_cases(2)
    assert Counter(case.edit.kind for case in cases) == Counter(dict.fromkeys(EditKind, 2))
    trained = [scene for index in range(5) for scene in pairs.training_family(0, index).scenes]
    assert not any(case.scene in trained for case in cases)


def test_every_single_edit_leads_where_it_says() -> None:
    for index in range(20):
        family = pairs.training_family(1, index)
        found = list(singles_of(family))
        assert len(found) == 2 * pairs.VARIANTS
        for _kind, before, after, wish in found:
            assert 0 in (before, after)
            assert wish


@pytest.mark.parametrize("shape", SHAPES)
def test_a_family_is_altered_alike(shape: tuple[int, int]) -> None:
    picture = draw(pairs.training_family(0, 0).scenes[0], 256)
    for seed in range(6):
        one, other = altered(np.random.default_rng(seed), np.stack([picture, picture]), shape)
        assert one.shape == (shape[0] * CELL, shape[1] * CELL, 3)
        assert np.array_equal(one, other)


def test_batches_have_one_shape_and_all_sorts_of_pairs(materials: Materials) -> None:
    shapes: set[torch.Size] = set()
    wishes: list[str] = []
    kept = 0
    for seed in range(60):
        batch = materials.pool.batch(np.random.default_rng(seed), 4, {})
        assert batch.before.shape == batch.after.shape
        shapes.add(batch.before.shape[2:])
        wishes += batch.wishes
        kept += sum(torch.equal(one, other) for one, other in zip(batch.before, batch.after, strict=True))
    assert shapes == {(16, 16), (16, 12)}
    assert any(wish.startswith("draw a") for wish in wishes)
    assert any(". " in wish for wish in wishes)
    assert 0 < kept < len(wishes) / 4


def test_kinds_are_drawn_by_their_weights(materials: Materials) -> None:
    (shard,) = [path for path in [materials.pool] if len(path) == FAMILIES]
    only = materials.pool._singles[0]
    kind = next(iter(only))
    weights = dict.fromkeys(only, 0.0) | {kind: 1.0}
    drawn = {shard._single(np.random.default_rng(seed), 0, weights)[2] for seed in range(30)}
    assert drawn <= {single.wish for single in only[kind]}


def test_wishes_are_joined_as_a_pass_joins_them() -> None:
    assert joined("put on a hat.", " make it night ") == "put on a hat. make it night"


# -- text --------------------------------------------------------------------------------------------------------------


def test_features_are_those_of_a_text_read_alone(tmp_path: Path) -> None:
    tokenizer = build_tokenizer(["put a red hat on the head", "make it night", "remove the beard"] * 3, 420)
    torch.manual_seed(0)
    model = build_model(TINY, tokenizer).eval()
    model.save_pretrained(tmp_path)
    build_processor(tokenizer).save_pretrained(tmp_path)
    read = vlm_features(tmp_path)
    both = read(["put a red hat on the head", "make it night"])
    assert both.shape == (2, PLACES, TINY.hidden)
    alone = read(["make it night"])
    torch.testing.assert_close(both[1:], alone, atol=1e-5, rtol=1e-4)
    again = Qwen3VLForConditionalGeneration.from_pretrained(tmp_path, dtype=torch.float32).eval()
    ids = torch.tensor([tokenizer("make it night", add_special_tokens=False)["input_ids"]])
    with torch.inference_mode():
        states = again.get_decoder()(input_ids=ids, use_cache=False, output_hidden_states=True).hidden_states[LAYER]
    torch.testing.assert_close(alone[0, : ids.shape[1]], states[0], atol=1e-5, rtol=1e-4)
    assert not alone[0, ids.shape[1] :].any()
    assert read(["hat " * 300]).shape == (1, PLACES, TINY.hidden)


def test_remembered_features_are_asked_for_once() -> None:
    asked: list[str] = []

    def counted(texts: Sequence[str]) -> torch.Tensor:
        asked.extend(texts)
        return features(texts)

    remembered = Remembered(counted)
    texts = ["a hat", "no hat", "a hat"]
    torch.testing.assert_close(remembered(texts), features(texts), atol=2e-3, rtol=2e-3)
    remembered(texts)
    assert sorted(asked) == ["a hat", "no hat"]


# -- training ----------------------------------------------------------------------------------------------------------


def test_a_run_leaves_everything_and_its_export_paints(materials: Materials, tmp_path: Path, held_out: HeldOut) -> None:
    settings = settings_in(tmp_path / "run")
    run = train(settings, materials)
    left = {path.name for path in settings.out.iterdir()}
    assert left == {"checkpoint.pt", "curves.csv", "curves.png", "export", "report.json", "sheet.png"}
    rows = (settings.out / "curves.csv").read_text().splitlines()
    assert rows[0] == "step,seconds,pairs,loss,paint_single,distance"
    assert [row.split(",")[0] for row in rows[1:]] == ["3", "6", "8"]
    figures = json.loads((settings.out / "report.json").read_text())
    assert figures["pairs"] == 32
    assert 0 <= figures["paint_single"] <= 1
    assert set(figures["right_by_kind"]) == {kind.value for kind in held_out.kinds}
    with Image.open(settings.out / "sheet.png") as sheet:
        assert sheet.width > 300
    editor = load_painter(settings.out / "export", features, torch.float32)
    view = Picture(held_out.before[0].copy())
    painted = editor.edit(EditRequest(held_out.wishes[0], view, None, (), (1,), 4), lambda done, total: None)[0]
    assert painted.size == view.size
    assert run.kind_weights.keys() == set(held_out.kinds)


def test_the_pipeline_paints_what_the_report_measures(materials: Materials, tmp_path: Path, held_out: HeldOut) -> None:
    """One noise, two ways: ours between encoder and decoder, and the stock pipeline's."""
    settings = settings_in(tmp_path / "run", steps=2)
    run = train(settings, materials)
    editor = load_painter(settings.out / "export", features, torch.float32)
    view = Picture(held_out.before[0].copy())
    given = editor._prepared(view.pixels) * 2 - 1
    noise = editor._noise((9,), given.shape[2:])
    with torch.inference_mode():
        unet = run.average
        torch.nn.Module.to(torch.nn.Module.to(unet, torch.float16), torch.float32)  # as the export rounds it
        latents = paint(unet, editor.pipeline.vae.encoder(given), features([held_out.wishes[0]]), noise)
        ours = editor.pipeline.vae.decoder(latents).add(1).mul(127.5).round().clamp(0, 255)
    theirs = editor.edit(EditRequest(held_out.wishes[0], view, None, (), (9,), 4), lambda done, total: None)[0]
    assert np.abs(ours[0].permute(1, 2, 0).numpy() - theirs.pixels).max() <= 1


def test_a_resumed_run_ends_with_the_same_numbers(materials: Materials, tmp_path: Path) -> None:
    whole = train(settings_in(tmp_path / "whole"), materials)
    cut = settings_in(tmp_path / "cut")
    assert train(cut, materials, stop=lambda step: step == 4).step == 4
    with pytest.raises(FileExistsError, match="--resume"):
        train(cut, materials)
    resumed = train(cut, materials, resume=True)
    assert resumed.step == whole.step == 8
    for ours, theirs in ((resumed.unet, whole.unet), (resumed.average, whole.average)):
        for name, value in theirs.state_dict().items():
            assert torch.equal(ours.state_dict()[name], value), name


def test_the_loss_falls(materials: Materials, tmp_path: Path) -> None:
    run = PainterRun(settings_in(tmp_path, steps=40), materials, resume=False)
    losses = [run.advance() for _ in range(40)]
    assert np.mean(losses[-10:]) < 0.8 * np.mean(losses[:5])


def test_what_changes_counts_more() -> None:
    before = torch.zeros(1, 4, 4, 4)
    after = before.clone()
    after[0, :, 1, 1] = 1.0
    batch = Batch(before, after, ("",))
    once = torch.ones(1)
    inside, outside = after.clone(), after.clone()
    inside[0, :, 1, 1] += 0.5
    outside[0, :, 3, 3] += 0.5
    assert painting_loss(after, batch, once) == 0
    assert painting_loss(inside, batch, once) > 5 * painting_loss(outside, batch, once)


def test_a_perfect_painter_is_right_and_a_lazy_one_is_not(vae_folder: Path, held_out: HeldOut) -> None:
    vae = load_vae(vae_folder, torch.device("cpu"))
    unet = UNET.build()
    answers = {"truth": held_out.after, "nothing": held_out.before}
    for name, pictures in answers.items():
        scores = painter_report._compared(pictures, held_out).scores
        assert scores.paint_single == (1.0 if name == "truth" else 0.0)
        assert scores.mean_distance == (0.0 if name == "truth" else 1.0)
    untrained = measure(unet, vae, features, held_out)
    assert untrained.pictures.shape == held_out.before.shape
    assert untrained.scores.mean_distance > 0.5


def test_held_out_pictures_are_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painter_report, "held_out_cases", lambda count: held_out_cases(count)[:2])
    first = held_out_edits(tmp_path, 1)
    stamp = (tmp_path / "held-out-1.npz").stat().st_mtime_ns
    again = held_out_edits(tmp_path, 1)
    assert (tmp_path / "held-out-1.npz").stat().st_mtime_ns == stamp
    assert np.array_equal(first.before, again.before)
    assert first.wishes == again.wishes


def test_the_schedule_ends_in_noise_and_begins_at_the_end() -> None:
    scheduler = make_scheduler()
    assert float(scheduler.alphas_cumprod[-1]) == pytest.approx(0, abs=1e-6)
    assert used_timesteps() == (999, 749, 499, 249)
    assert scheduler.config["clip_sample"] is False


def test_words_are_fitted_to_sentences_of_all_sorts() -> None:
    wishes = sorted(f"{verb} {thing}" for verb in ("add", "make", "remove", "turn") for thing in range(300))
    some = some_of(wishes, 512)
    assert len(some) <= 512
    assert {wish.split()[0] for wish in some} == {"add", "make", "remove", "turn"}
    assert some_of(wishes[:3], 512) == wishes[:3]


def test_words_are_brought_to_one_scale() -> None:
    unet = UNET.build()
    some = features(["put a hat on the head", "make it night"]) * 40
    fit_to_features(unet, some)
    assert unet.encoder_hid_proj is not None
    with torch.no_grad():
        seen = unet.encoder_hid_proj(some)[some.abs().sum(dim=2) > 0]
    assert 0.5 < float(seen[:, :HIDDEN].std()) < 1.5


def test_the_command_line_draws_and_encodes(folder: Path, vae_folder: Path, tmp_path: Path) -> None:
    command = ["painter", "--out", str(tmp_path), "--pairs", str(folder), "--families", str(FAMILIES)]
    main([*command, "--draw-only"])
    main([*command, "--encode-only", "--vae", str(vae_folder)])
    assert len(list(folder.glob("latents-*/families-*.npz"))) == 1
    with pytest.raises(SystemExit, match="--vae and --vlm"):
        main(command)
