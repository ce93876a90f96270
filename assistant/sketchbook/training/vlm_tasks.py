"""What the language model learns, in the product's own words: to plan, to ground a sentence in the world, to tell what
a question is about, to look, and to locate."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import cast

from numpy.random import Generator, default_rng

from assistant.sketchbook.draw import Attribute, attribute_box, draw
from assistant.sketchbook.language.asking import ASK_GRAMMAR, ask_prompt, ask_sample, write_question
from assistant.sketchbook.language.grounding import GROUND_GRAMMAR, ground_prompt, ground_sample, write_wishes
from assistant.sketchbook.language.locating import LOCATE_GRAMMAR, locate_prompt, locate_sample, within, write_box
from assistant.sketchbook.language.looking import (
    NAMES,
    look_answer,
    look_grammar,
    look_prompt,
    photo_answer,
    write_look,
)
from assistant.sketchbook.language.plan_dialogues import plan_sample
from assistant.sketchbook.language.plan_notation import plan_grammar, plan_prompt, write_draft
from assistant.sketchbook.language.sentences import describe
from assistant.sketchbook.scene import Scene, Style, pick, random_scene
from assistant.sketchbook.training.shards import SIDE, Pool, draw_shards, training_scene
from assistant.sketchbook.training.vlm_data import TEXTS, Diet, Maker
from assistant.sketchbook.training.vlm_pictures import WHOLE, Picture, View, other_picture, random_view, shown
from assistant.sketchbook.training.vlm_samples import Sample

SHARES = {"plan": 0.4, "ground": 0.12, "ask": 0.02, "look": 0.36, "locate": 0.1}
_SEEN_EVERY = 16  # one scene to so many plans, in the tokenizer's texts
_CHANCE_OF_OTHER = {"look": 0.15, "locate": 0.04}  # a picture that is not of the sketchbook
_CHANCE_OF_ALL_NAMES, _MOST_NAMES = 0.5, 7
_LEAST_SEEN = 0.85  # of an attribute's box in the window, for a question about it
_OF_WHOLE = frozenset({"kind", "place", "backdrop", "time", "weather", "style"})
_OF_COLOR = frozenset({"skin", "hair_color", "glasses", "hat", "clothes", "held", "backdrop", "time", "weather"})

Drawing = tuple[Scene, Picture]


def _plan(rng: Generator, stage: float) -> Sample:
    state, draft = plan_sample(rng, stage)
    return Sample("plan", plan_prompt(state), write_draft(draft), lambda: plan_grammar(state))


def _ground(rng: Generator) -> Sample:
    sentence, wishes = ground_sample(rng)
    return Sample("ground", ground_prompt(sentence), write_wishes(wishes), GROUND_GRAMMAR)


def _ask(rng: Generator) -> Sample:
    question, names = ask_sample(rng)
    return Sample("ask", ask_prompt(question), write_question(names), ASK_GRAMMAR)


def _look(rng: Generator, drawing: Drawing | None) -> Sample:
    view = random_view(rng)
    if drawing is None:
        picture, names = other_picture(rng), _some_names(rng, NAMES)
        answers = [photo_answer(name) for name in names]
    else:
        scene, drawn = drawing
        picture = shown(rng, drawn, view)
        names = _some_names(rng, [name for name in NAMES if to_be_seen(scene, name, view)])
        answers = [look_answer(scene, name) for name in names]
    return Sample("look", look_prompt(names), write_look(answers), look_grammar(names), picture)


def _some_names(rng: Generator, names: Sequence[str]) -> list[str]:
    """Now and then all, else a few in any order."""
    if rng.random() < _CHANCE_OF_ALL_NAMES:
        return list(names)
    count = int(rng.integers(1, min(_MOST_NAMES, len(names)) + 1))
    return [names[int(index)] for index in rng.permutation(len(names))[:count]]


def to_be_seen(scene: Scene, name: str, view: View) -> bool:
    """Whether a question about the attribute has an answer in this view of the scene's picture."""
    if view.grey and name in _OF_COLOR:
        return False
    if view.window == WHOLE or name in _OF_WHOLE:
        return True
    if name == "side":
        return False
    left, top, right, bottom = attribute_box(scene, cast(Attribute, name))
    box = max(left, 0.0), max(top, 0.0), min(right, 1.0), min(bottom, 1.0)
    inside = within(box, view.window)
    if inside is None:
        return False
    side = view.window[2] - view.window[0]
    seen = (inside[2] - inside[0]) * (inside[3] - inside[1]) * side**2
    return seen >= _LEAST_SEEN * (box[2] - box[0]) * (box[3] - box[1])


def _locate(rng: Generator, drawing: Drawing | None) -> Sample:
    view = random_view(rng)
    scene, drawn = drawing or (random_scene(rng), None)
    phrase, box = locate_sample(rng, scene, view.window)
    picture = other_picture(rng) if drawn is None else shown(rng, drawn, view)
    return Sample("locate", locate_prompt(phrase), write_box(None if drawn is None else box), LOCATE_GRAMMAR, picture)


def new_drawing(rng: Generator) -> Drawing:
    """A scene that no training knows, every style as often, and its picture."""
    scene = random_scene(rng)
    if rng.random() < 0.5:
        scene = scene.model_copy(update={"style": pick(rng, Style)})
    return scene, draw(scene, SIDE)


def every_task(diet: Diet) -> Maker:
    """Makes samples of all tasks. One asked for by name gets pictures drawn anew, so never those of training."""
    shards = draw_shards(diet.shards, diet.seed, diet.pictures, lambda done, of: None)
    pool = Pool(shards)
    shares = dict(diet.shares) or SHARES
    whole = sum(shares.values())

    def drawing(rng: Generator, task: str, anew: bool) -> Drawing | None:
        if rng.random() < _CHANCE_OF_OTHER[task]:
            return None
        if anew:
            return new_drawing(rng)
        index = int(rng.integers(len(pool)))
        return training_scene(diet.seed, index), pool.picture(index)

    def make(rng: Generator, stage: float, task: str | None) -> Sample:
        chosen = task or str(rng.choice(list(shares), p=[share / whole for share in shares.values()]))
        if chosen == "plan":
            return _plan(rng, stage)
        if chosen in _WORDS_ONLY:
            return _WORDS_ONLY[chosen](rng)
        return _WITH_PICTURES[chosen](rng, drawing(rng, chosen, task is not None))

    return make


_WORDS_ONLY: Mapping[str, Callable[[Generator], Sample]] = {"ground": _ground, "ask": _ask}
_WITH_PICTURES: Mapping[str, Callable[[Generator, Drawing | None], Sample]] = {"look": _look, "locate": _locate}


def texts(seed: int, count: int) -> Iterator[str]:
    """What the tokenizer is learned from: questions and answers of all tasks, and the painter's sentences."""
    for index in range(count):
        rng = default_rng((TEXTS, seed, index))
        state, draft = plan_sample(rng, float(rng.random()))
        yield plan_prompt(state)
        yield write_draft(draft)
        for sample in (_ground(rng),) if index % 4 else (_ground(rng), _ask(rng)):
            yield sample.question
            yield sample.answer
        if index % _SEEN_EVERY == 0:
            scene, names = random_scene(rng), _some_names(rng, NAMES)
            yield describe(scene)
            yield look_prompt(names)
            yield write_look([look_answer(scene, name) for name in names])
            yield locate_prompt(locate_sample(rng, scene)[0])
