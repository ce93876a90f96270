"""Teaching the language model's eyes first: every attribute of a picture is asked for at once, beside the model.

A question to the whole model is answered in a few tokens, so a picture teaches little. Here one learned query for each
attribute looks over the visual tokens and a linear head names the value; another head marks where each thing is. The
heads are thrown away; what the eyes have learned to tell stays in the tokens that the language side reads.
"""

import copy
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.random import Generator, default_rng
from torch import nn
from torch.nn import functional
from transformers import Qwen3VLForConditionalGeneration
from transformers.models.qwen2.tokenization_qwen2 import Qwen2Tokenizer

from assistant.sketchbook.draw import attribute_box
from assistant.sketchbook.language.locating import within
from assistant.sketchbook.language.looking import NAMES, look_answer, photo_answer, seen_thing, words_of
from assistant.sketchbook.language.wishes import COLORED, NONE
from assistant.sketchbook.scene import Color, Scene
from assistant.sketchbook.training.running import (
    Budget,
    Log,
    Stepper,
    Stopwatch,
    device,
    follow,
    goes_on,
    load_checkpoint,
    progress_line,
    rate_at,
    save_checkpoint,
)
from assistant.sketchbook.training.shards import Pool, training_scene
from assistant.sketchbook.training.vlm import export, optimizers_of
from assistant.sketchbook.training.vlm_forward import patches_of, prepare
from assistant.sketchbook.training.vlm_model import MERGE, PATCH, PICTURE_SIDE
from assistant.sketchbook.training.vlm_pictures import Picture, View, other_picture, random_view, shown
from assistant.sketchbook.training.vlm_tasks import new_drawing, to_be_seen

CELLS = PICTURE_SIDE // (PATCH * MERGE)  # visual tokens a side
PLACED = ("hair", "glasses", "beard", "hat", "clothes", "held", "beside", "sign")
COLUMNS = ("step", "seconds", "pictures", "loss", "told_right")
_UNKNOWN = -100
_CHANCE_OF_OTHER = 0.12
_EVERY = 25  # steps
_COLORS = tuple(Color)
_QUESTIONS = {**{name: words_of(name) for name in NAMES}, **{f"{name} color": _COLORS for name in COLORED}}


class Lesson(NamedTuple):
    """A picture with everything that can be told of it."""

    picture: Picture
    answers: list[int]  # for each of _QUESTIONS the number of its answer, _UNKNOWN where there is none
    places: np.ndarray  # (PLACED, CELLS, CELLS) of 0 and 1; -1 where nothing is known


@dataclass(frozen=True)
class EyesSettings:
    """Everything that decides a training of the eyes."""

    out: Path
    start: Path  # an exported model
    shards: Sequence[Path]
    budget: Budget = field(default_factory=Budget)
    seed: int = 0
    batch: int = 32  # pictures
    rate: float = 0.01
    held_out: int = 192  # pictures to measure by


def lesson(rng: Generator, scene: Scene | None, drawn: Picture | None) -> Lesson:
    """What can be told of a view of a drawing; of a picture that is none, that it is none."""
    if scene is None or drawn is None:
        answers = {name: photo_answer(name) if name == "kind" else None for name in NAMES}
        return Lesson(other_picture(rng), _numbers(answers), np.full((len(PLACED), CELLS, CELLS), -1.0))
    view = random_view(rng)
    answers = {name: look_answer(scene, name) if to_be_seen(scene, name, view) else None for name in NAMES}
    places = np.stack([_place(scene, name, view) for name in PLACED])
    return Lesson(shown(rng, drawn, view), _numbers(answers), places)


def _numbers(answers: dict[str, str | None]) -> list[int]:
    """The number of each answer among those of its question."""
    said: dict[str, str] = {}
    for name, answer in answers.items():
        if answer is not None:
            value, color = seen_thing(name, answer)
            said[name] = value
            if color is not None:
                said[f"{name} color"] = color
    return [words.index(said[name]) if name in said else _UNKNOWN for name, words in _QUESTIONS.items()]


def _place(scene: Scene, name: Any, view: View) -> np.ndarray:
    """Which cells of the view the thing covers, (CELLS, CELLS)."""
    cells = np.zeros((CELLS, CELLS))
    inside = within(attribute_box(scene, name), view.window) if getattr(scene, name) != NONE else None
    if inside is not None:
        left, top, right, bottom = (edge * CELLS for edge in inside)
        middles = np.arange(CELLS) + 0.5
        across, down = (middles > left) & (middles < right), (middles > top) & (middles < bottom)
        cells[np.ix_(down, across)] = 1.0
    return cells


class Heads(nn.Module):
    """What asks the eyes: a query and a linear layer for each question, a linear layer for places."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.queries = nn.Parameter(torch.randn(len(_QUESTIONS), hidden) * hidden**-0.5)
        self.names = nn.ModuleList(nn.Linear(hidden, len(words)) for words in _QUESTIONS.values())
        self.places = nn.Linear(hidden, len(PLACED))

    def forward(self, tokens: torch.Tensor) -> tuple[list[torch.Tensor], torch.Tensor]:
        """From visual tokens, (B, CELLS², hidden): scores of each question's answers, and of places, (B, PLACED, …)."""
        weights = torch.softmax(self.queries @ tokens.mT, dim=-1)
        looked = weights @ tokens
        answers = [name(looked[:, place]) for place, name in enumerate(self.names)]
        return answers, self.places(tokens).mT.unflatten(2, (CELLS, CELLS))


def loss_of(heads: Heads, tokens: torch.Tensor, lessons: Sequence[Lesson]) -> torch.Tensor:
    """Cross-entropy over all questions that have an answer, and over cells."""
    said, marked = heads(tokens)
    wanted = torch.tensor([one.answers for one in lessons], device=tokens.device)
    errors = [
        functional.cross_entropy(scores.float(), wanted[:, place], ignore_index=_UNKNOWN, reduction="sum")
        for place, scores in enumerate(said)
    ]
    names = torch.stack(errors).sum() / (wanted != _UNKNOWN).sum().clamp_min(1)
    places = torch.tensor(np.stack([one.places for one in lessons]), dtype=torch.float32, device=tokens.device)
    known = places >= 0
    cells = functional.binary_cross_entropy_with_logits(marked.float()[known], places[known]) if known.any() else 0.0
    return names + cells


class EyesRun:
    """A training of the eyes that goes on where it was."""

    def __init__(self, settings: EyesSettings, resume: bool) -> None:
        self.settings = settings
        torch.manual_seed(settings.seed)
        self.model = Qwen3VLForConditionalGeneration.from_pretrained(settings.start, dtype=torch.float32)
        nn.Module.to(self.model, device())
        prepare(self.model)
        self.eyes: nn.Module = self.model.model.visual
        self.heads = Heads(self.model.model.language_model.embed_tokens.embedding_dim).to(device())
        self.average = copy.deepcopy(self.eyes)
        self.step = 0
        self.watch = Stopwatch()
        both = nn.ModuleList([self.eyes, self.heads])
        self._optimizers = optimizers_of(both, settings.rate)
        self._stepper = Stepper(both, self._optimizers, 1.0)
        self._pool = Pool([*settings.shards])
        if goes_on(self._checkpoint, resume):
            self._load()

    @property
    def _checkpoint(self) -> Path:
        return self.settings.out / "checkpoint.pt"

    @property
    def fraction(self) -> float:
        """How much of the budget is used up, 0..1."""
        return self.settings.budget.fraction(self.step, self.watch.seconds)

    def _load(self) -> None:
        state = load_checkpoint(self._checkpoint)
        for module, name in ((self.eyes, "eyes"), (self.heads, "heads"), (self.average, "average")):
            module.load_state_dict(state[name])
        for optimizer, saved in zip(self._optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        self._stepper.usual, self.step = state["usual"], state["step"]
        self.watch = Stopwatch(state["seconds"])

    def save(self) -> None:
        """Writes the checkpoint and the model with its averaged eyes."""
        state: dict[str, Any] = {
            "eyes": self.eyes.state_dict(), "heads": self.heads.state_dict(), "average": self.average.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self._optimizers],
            "usual": self._stepper.usual, "step": self.step, "seconds": self.watch.seconds,
        }  # fmt: skip
        save_checkpoint(self._checkpoint, state)
        model = copy.deepcopy(self.model)
        model.model.visual.load_state_dict(self.average.state_dict())
        export(model, Qwen2Tokenizer.from_pretrained(self.settings.start), self.settings.out / "export")

    def _see(self, eyes: Any, lessons: Sequence[Lesson]) -> torch.Tensor:
        patches, grids = zip(*(patches_of(one.picture, device()) for one in lessons), strict=True)
        seen = eyes(torch.cat(patches), grid_thw=torch.tensor(grids, device=device()), return_dict=True)
        return seen.pooler_output.view(len(lessons), CELLS**2, -1)

    def _lessons(self, rng: Generator) -> list[Lesson]:
        made = []
        for _ in range(self.settings.batch):
            other = rng.random() < _CHANCE_OF_OTHER
            index = int(rng.integers(len(self._pool)))
            scene = None if other else training_scene(self.settings.seed, index)
            made.append(lesson(rng, scene, None if other else self._pool.picture(index)))
        return made

    def advance(self) -> float:
        """One step; its loss."""
        lessons = self._lessons(default_rng((self.settings.seed, self.step)))
        with torch.autocast(device().type, torch.bfloat16):
            loss = loss_of(self.heads, self._see(self.eyes, lessons), lessons)
        value = self._stepper.step(loss, rate_at(self.step, self.fraction))
        follow(self.average, self.eyes, self.step)
        self.step += 1
        self.watch.lap()
        return value

    @torch.no_grad()
    def measure(self, held_out: Sequence[Lesson]) -> dict[str, float]:
        """Share of answers told right for each question, by the averaged eyes."""
        right: dict[str, list[bool]] = {name: [] for name in _QUESTIONS}
        for start in range(0, len(held_out), self.settings.batch):
            lessons = held_out[start : start + self.settings.batch]
            said, _ = self.heads(self._see(self.average, lessons))
            for place, (name, scores) in enumerate(zip(_QUESTIONS, said, strict=True)):
                wanted = [one.answers[place] for one in lessons]
                chosen = scores.argmax(dim=1).tolist()
                right[name] += [one == want for one, want in zip(chosen, wanted, strict=True) if want != _UNKNOWN]
        return {name: sum(rights) / len(rights) for name, rights in right.items() if rights}


def held_out_lessons(count: int) -> list[Lesson]:
    """Lessons on pictures drawn anew, the same in every run."""
    rng = default_rng(917_403)
    drawings = [new_drawing(rng) for _ in range(count)]
    others = [lesson(rng, None, None) for _ in range(count // 8)]
    return [*(lesson(rng, scene, drawn) for scene, drawn in drawings), *others]


def train_eyes(
    settings: EyesSettings, resume: bool, tell: Callable[[str], None], stop: Callable[[int], bool] = lambda step: False
) -> EyesRun:
    """Trains until the budget is used up or `stop` says so; leaves checkpoint, curves and an export of the model."""
    settings.out.mkdir(parents=True, exist_ok=True)
    run = EyesRun(settings, resume)
    log = Log(settings.out / "curves.csv", COLUMNS, until_step=run.step)
    held_out = held_out_lessons(settings.held_out)
    run.watch.restart()
    saved, losses = run.watch.seconds, [0.0][:0]
    while run.fraction < 1 and not stop(run.step):
        losses.append(run.advance())
        if run.step % _EVERY == 0:
            tell(progress_line(run.fraction, run.step, run.watch.seconds, loss=sum(losses[-_EVERY:]) / _EVERY))
        if settings.budget.checkpoint_due(run.step, run.watch.seconds - saved):
            _record(run, log, losses, held_out, tell)
            saved, losses = run.watch.seconds, []
    if losses:
        _record(run, log, losses, held_out, tell)
    if run.fraction >= 1:
        figures = {"told_right": run.measure(held_out), "pictures": run.step * settings.batch}
        (settings.out / "report.json").write_text(json.dumps(figures, indent=2) + "\n")
    return run


def _record(
    run: EyesRun, log: Log, losses: Sequence[float], held_out: Sequence[Lesson], tell: Callable[[str], None]
) -> None:
    run.save()
    told = run.measure(held_out)
    row = {"loss": sum(losses) / len(losses), "told_right": sum(told.values()) / len(told)}
    log.add(step=run.step, seconds=run.watch.seconds, pictures=run.step * run.settings.batch, **row)
    tell(progress_line(run.fraction, run.step, run.watch.seconds, **row, **told))
    run.watch.restart()  # measuring is not training
