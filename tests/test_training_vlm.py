"""The language model's training at tiny size: it learns, goes on exactly where it was, and what it exports is stock."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.random import Generator, default_rng
from PIL import Image
from transformers import AutoProcessor, AutoTokenizer, Qwen3VLForConditionalGeneration, Qwen3VLProcessor

from assistant.sketchbook.training.running import Budget
from assistant.sketchbook.training.vlm import VlmRun, VlmSettings, train_vlm
from assistant.sketchbook.training.vlm_data import Diet, Maker, Stream, make_chunk
from assistant.sketchbook.training.vlm_forward import hidden_states, patches_of, prepare
from assistant.sketchbook.training.vlm_model import (
    COORDINATES,
    END_OF_TEXT,
    END_OF_TURN,
    PICTURE_TOKENS,
    TINY,
    build_model,
    build_processor,
    build_tokenizer,
    number_of,
)
from assistant.sketchbook.training.vlm_pictures import SIDE, other_picture, random_view, shown
from assistant.sketchbook.training.vlm_report import measure
from assistant.sketchbook.training.vlm_samples import Encoder, Sample, WrongSample, batch_of, batches_of

STEPS = 6
WORDS = ("red", "hat", "night", "beach", "cup", "snow")
COLORS = {"red": (220, 30, 30), "blue": (30, 40, 220)}
HARD = ("<|im_start|>Ünïcode\t  x\n\n 123 it's I'LL <12><99><100><|im_end|>", "日本 🤖 ½ “quoted”", "  a  b ")


def make_one(rng: Generator, stage: float, task: str | None) -> Sample:
    """A word to say again, or a colored square to name or to find."""
    task = task or ("plan", "ground", "look", "locate")[int(rng.integers(4))]
    if task in ("plan", "ground"):
        count = 1 + round(2 * stage)
        words = [WORDS[int(index)] for index in rng.integers(len(WORDS), size=count)]
        any_word = " | ".join(f'"{word}"' for word in WORDS)
        return Sample(task, " ".join(words), f"say {words[0]}", f'start: "say " ({any_word})')
    color = tuple(COLORS)[int(rng.integers(len(COLORS)))]
    left, top = rng.integers(0, 20, size=2).tolist()
    picture = np.full((SIDE, SIDE, 3), 240, dtype=np.uint8)
    picture[top * 8 : top * 8 + 80, left * 8 : left * 8 + 80] = COLORS[color]
    if task == "look":
        return Sample(task, "look", color, 'start: "red" | "blue"', picture)
    grammar = "start: edge edge\nedge: " + " | ".join(COORDINATES)
    return Sample(task, "find", f"<{left}><{top}>", grammar, picture)


def make_of(_diet: Diet) -> Maker:
    return make_one


def make_words_of(_diet: Diet) -> Maker:
    return lambda rng, stage, task: make_one(rng, stage, task or "plan")


def texts(seed: int, count: int) -> Iterator[str]:
    for index in range(count):
        sample = make_one(default_rng((seed, index)), 1.0, "plan")
        yield sample.question
        yield sample.answer


@pytest.fixture
def settings(tmp_path: Path) -> VlmSettings:
    return VlmSettings(
        out=tmp_path / "run",
        diet=Diet(make=make_of, chunk=24, ripe=60),
        texts=texts,
        budget=Budget(steps=STEPS, checkpoint_steps=4),
        shape=TINY,
        vocab=420,
        text_count=50,
        batch=512,
        workers=0,
        held_out={"plan": 4, "look": 2},
    )


@pytest.fixture(scope="module")
def processor() -> Qwen3VLProcessor:
    return build_processor(build_tokenizer([*texts(0, 50), *HARD], 480))


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


def never(_step: int) -> bool:
    return False


def train(settings: VlmSettings, resume: bool = False, stop: Callable[[int], bool] = never) -> VlmRun:
    return train_vlm(settings, resume, tell=lambda line: None, stop=stop)


def stock_inputs(processor: Any, messages: list[dict[str, Any]]) -> dict[str, Any]:
    """What the stock processor makes of messages, the answer opened."""
    return processor.apply_chat_template(
        messages, add_generation_prompt=True, tokenize=True, return_dict=True, return_tensors="pt"
    )


def ids_of(tokenizer: Any, text: str) -> list[int]:
    return tokenizer(text).input_ids


def test_tokens_are_the_same_after_saving(processor: Qwen3VLProcessor, tmp_path: Path) -> None:
    processor.save_pretrained(tmp_path)
    read = AutoTokenizer.from_pretrained(tmp_path)
    whole = AutoProcessor.from_pretrained(tmp_path)
    for text in (*HARD, *texts(1, 5)):
        ids = ids_of(processor.tokenizer, text)
        assert ids == ids_of(read, text) == ids_of(whole.tokenizer, text)
        assert read.decode(ids) == text
    assert len(read) == len(processor.tokenizer)
    assert read.eos_token == END_OF_TURN


def test_a_coordinate_is_one_token_that_decoding_keeps(processor: Qwen3VLProcessor) -> None:
    ids = ids_of(processor.tokenizer, "<7><63>")
    assert len(ids) == 2
    assert processor.tokenizer.decode(ids, skip_special_tokens=True) == "<7><63>"


def test_the_chat_template_puts_pictures_first_and_opens_the_answer(processor: Qwen3VLProcessor) -> None:
    messages = [
        {
            "role": "user",
            "content": [{"type": "text", "text": "hat?"}, {"type": "image", "image": Image.new("RGB", (9, 9))}],
        },
        {"role": "assistant", "content": [{"type": "text", "text": "none"}]},
        {"role": "user", "content": "cup?"},
    ]
    assert processor.apply_chat_template(messages, add_generation_prompt=True) == (
        "<|im_start|><|vision_start|><|image_pad|><|vision_end|>hat?<|im_end|>none<|im_end|><|im_start|>cup?<|im_end|>"
    )


def test_training_sees_what_the_stock_classes_see(processor: Qwen3VLProcessor) -> None:
    picture = default_rng(1).integers(0, 256, (SIDE, SIDE, 3)).astype(np.uint8)
    sample = Sample("look", "look", "red", 'start: "red" | "blue"', picture)
    encoded = Encoder(processor.tokenizer).encode(sample, None)
    messages = [
        {
            "role": "user",
            "content": [{"type": "image", "image": Image.fromarray(picture)}, {"type": "text", "text": "look"}],
        },
        {"role": "assistant", "content": [{"type": "text", "text": "red"}]},
    ]
    stock = stock_inputs(processor, messages)
    assert stock["input_ids"][0].tolist() == encoded.ids.tolist()
    assert (stock["input_ids"] == processor.image_token_id).sum() == PICTURE_TOKENS
    assert torch.equal(patches_of(picture)[0], stock["pixel_values"])
    torch.manual_seed(0)
    model = build_model(TINY, processor.tokenizer).eval()
    with torch.inference_mode():
        wanted = model(**stock, output_hidden_states=True).hidden_states[-1]
        prepare(model)
        found = hidden_states(model, batch_of([encoded], 0))
    assert torch.allclose(found, wanted, atol=1e-5)


def test_only_choices_count(processor: Qwen3VLProcessor) -> None:
    encoder = Encoder(processor.tokenizer)
    sample = Sample("plan", "a red hat", "say red hat", 'start: "say" (" red" | " blue") " hat"')
    encoded = encoder.encode(sample, None)
    answer = ids_of(processor.tokenizer, sample.answer)
    assert encoded.ids[-len(answer) - 1 :].tolist() == [*answer, processor.tokenizer.eos_token_id]
    counted = [processor.tokenizer.decode([int(token)]) for token in encoded.ids[encoded.weights > 0]]
    assert counted == [" red", END_OF_TURN]


def test_an_answer_is_cut_as_the_grammar_cuts_it(processor: Qwen3VLProcessor) -> None:
    encoder = Encoder(processor.tokenizer)
    grammar = 'start: "é日" /[0-9]/ | /[^0-9\\n]/ /[0-9a-z]+/'
    encoded = encoder.encode(Sample("plan", "x", "é日7", grammar), None)
    assert processor.tokenizer.decode([int(token) for token in encoded.ids]).endswith("é日7<|im_end|>")


def test_an_answer_that_the_grammar_refuses_is_an_error(processor: Qwen3VLProcessor) -> None:
    with pytest.raises(WrongSample, match="refused"):
        Encoder(processor.tokenizer).encode(Sample("plan", "x", "no", 'start: "yes"'), None)


def test_batches_hold_every_sample_and_little_padding(processor: Qwen3VLProcessor) -> None:
    encoder = Encoder(processor.tokenizer)
    rng = default_rng(3)
    samples = [encoder.encode(make_one(rng, 1.0, None), rng) for _ in range(40)]
    batches = batches_of(samples, 512, 0, rng)
    assert sum(len(batch.ids) for batch in batches) == 40
    assert all(batch.tokens <= 512 for batch in batches)
    assert sum(len(sample.ids) for sample in samples) > 0.8 * sum(batch.tokens for batch in batches)


def test_workers_make_the_same_chunks(settings: VlmSettings) -> None:
    run = VlmRun(settings, resume=False)
    folder = settings.out / "tokenizer"
    stream = Stream(settings.diet, folder, workers=1)
    try:
        for number in (0, 1):
            theirs, ours = stream.chunk(number), make_chunk(settings.diet, folder, number)
            assert all(np.array_equal(a.ids, b.ids) for a, b in zip(theirs.samples, ours.samples, strict=True))
    finally:
        stream.close()
        run.close()


def test_a_run_that_goes_on_is_the_same_to_the_last_bit(settings: VlmSettings, tmp_path: Path) -> None:
    straight = train(settings)
    halting = dataclasses.replace(settings, out=tmp_path / "halting")
    train(halting, stop=lambda step: step >= 3)
    resumed = train(halting, resume=True)
    for name, weight in straight.average.model.state_dict().items():
        assert torch.equal(weight, resumed.average.model.state_dict()[name]), name
    assert (tmp_path / "halting/report.json").read_text() == (settings.out / "report.json").read_text()


def test_the_loss_goes_down(settings: VlmSettings) -> None:
    told: list[str] = []
    longer = dataclasses.replace(
        settings,
        diet=Diet(make=make_words_of, chunk=96, ripe=60),
        budget=Budget(steps=100, checkpoint_steps=50),
        held_out={"plan": 16},
    )
    run = train_vlm(longer, tell=told.append)
    rows = (settings.out / "curves.csv").read_text().splitlines()
    first, last = (float(row.split(",")[3]) for row in rows[1:])
    assert last < 0.7 * first
    assert measure(run.average, run.held_out()["plan"], number_of(run.tokenizer, END_OF_TEXT)).loss == pytest.approx(
        last, rel=1e-3
    )


def test_the_export_is_stock(settings: VlmSettings) -> None:
    run = train(settings)
    folder = settings.out / "export"
    model = Qwen3VLForConditionalGeneration.from_pretrained(folder)
    processor = AutoProcessor.from_pretrained(folder)
    assert model.dtype == torch.bfloat16
    assert model.lm_head.weight is model.model.language_model.embed_tokens.weight
    assert torch.equal(
        model.model.language_model.norm.weight, run.average.model.language_model.norm.weight.to(torch.bfloat16)
    )
    message = {
        "role": "user",
        "content": [{"type": "image", "image": Image.new("RGB", (256, 256))}, {"type": "text", "text": "look"}],
    }
    asked = stock_inputs(processor, [message])
    talking: Any = model.eval()
    said = talking.generate(**asked, max_new_tokens=3)
    assert said.shape[1] > asked["input_ids"].shape[1]
    assert "written_out" not in (folder / "config.json").read_text()
    assert all(path.stat().st_mode & 0o044 == 0o044 for path in folder.iterdir())


def test_frozen_layers_stay(settings: VlmSettings, tmp_path: Path) -> None:
    train(settings)
    start = settings.out / "export"
    later = dataclasses.replace(settings, out=tmp_path / "later", start=start, freeze_below=2, seed=5)
    train(later)
    before, after = (
        Qwen3VLForConditionalGeneration.from_pretrained(folder).model.language_model
        for folder in (start, later.out / "export")
    )
    assert torch.equal(before.embed_tokens.weight, after.embed_tokens.weight)
    for layer, same in enumerate((True, True, False)):
        pairs = zip(before.layers[layer].parameters(), after.layers[layer].parameters(), strict=True)
        assert all(torch.equal(one, other) for one, other in pairs) is same
    assert (start / "tokenizer.json").read_text() == (later.out / "export/tokenizer.json").read_text()


def test_a_second_run_in_one_folder_is_refused(settings: VlmSettings) -> None:
    train(settings)
    with pytest.raises(FileExistsError, match="--resume"):
        train(settings)
    assert set(json.loads((settings.out / "report.json").read_text())) >= {"plan_exact", "look_right", "parameters"}


def test_pictures_are_varied_and_whole() -> None:
    rng = default_rng(4)
    drawn = np.full((SIDE, SIDE, 3), (200, 80, 40), dtype=np.uint8)
    for _ in range(30):
        for picture in (shown(rng, drawn, random_view(rng)), other_picture(rng)):
            assert picture.shape == (SIDE, SIDE, 3)
            assert picture.dtype == np.uint8
