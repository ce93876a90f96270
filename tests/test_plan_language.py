"""The planner's language of the embedded model: lines there and back, a grammar that holds, samples that hold."""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import Any

import numpy as np
import pytest
from llguidance import LLMatcher, LLTokenizer
from llguidance import numpy as guidance
from llguidance._tokenizer import TokenizerWrapper

from assistant.drafts import Draft, Spoken, State, StateStep
from assistant.sketchbook.language.plan_dialogues import plan_sample
from assistant.sketchbook.language.plan_dice import Dice
from assistant.sketchbook.language.plan_lines import parse_line
from assistant.sketchbook.language.plan_notation import parse_draft, plan_grammar, plan_prompt, write_draft
from assistant.sketchbook.language.plan_numbers import numbers_of
from assistant.sketchbook.language.plan_spans import colors_of, shown, shown_message, words_of
from assistant.sketchbook.language.plan_spelling import corrections
from assistant.steps import STEP, STEP_CLASSES, Blur, Crop, Edit, Exposure, Generate, Rotate, Text
from assistant.wording import in_words

END = 256
EVERY_ACT = {"edit", "generate", "revise", "drop", "undo", "redo", "goto", "ask", "answer", "refuse"}


class _Bytes:
    """A tokenizer of single bytes: the mask of a grammar byte by byte."""

    eos_token_id = END
    bos_token_id = None
    tokens = tuple(bytes([value]) for value in range(256)) + (b"<end>",)
    special_token_ids = (END,)

    def __call__(self, text: bytes) -> list[int]:
        return list(text)


BYTES = LLTokenizer(TokenizerWrapper(_Bytes()))


def matcher(state: State) -> LLMatcher:
    ready = LLMatcher(BYTES, plan_grammar(state), log_level=0)
    assert not ready.get_error(), ready.get_error()
    return ready


def accepts(state: State, text: str) -> bool:
    ready, letters = matcher(state), text.encode()
    return ready.try_consume_tokens(list(letters)) == len(letters) and ready.is_accepting()


def walked(state: State, chance: random.Random) -> str | None:
    """A random text of the grammar; None when it did not end in time."""
    ready, out = matcher(state), bytearray()
    mask = guidance.allocate_token_bitmask(1, BYTES.vocab_size)
    while len(out) < 2000:
        guidance.fill_next_token_bitmask(ready, mask)
        allowed = np.flatnonzero(np.unpackbits(mask.view(np.uint8), bitorder="little")[: BYTES.vocab_size])
        assert len(allowed), f"stuck after {bytes(out)!r}"
        if END in allowed and (len(allowed) == 1 or chance.random() < 0.3):
            return out.decode()
        letter = int(chance.choice([one for one in allowed if one != END]))
        out.append(letter)
        assert ready.consume_token(letter)
    return None


NASTY = (
    "make it red",
    "Hey \"quote\" 'x' \\ back\\n slash /re+gex[ ]* (a|b) $^ {2,3} ~ = @ ! & ^ # <|im_end|> <5>",
    "😀👩‍👩‍👧 café naïve e\u0301 \u200d \ud800 \x00\x07 tab\t nl\n\n end",
    "把天空变成红色，加一只狗 写上“你好”",
    "आसमान को लाल कर दो",
    "word " * 800,
    "x" * 4000,
    "",
    "   ",
    "= ~ @ ! ^",
    "not here size font color from percent",
    '%regex {"a":1} start: X // comment # c',
    "\u2028 \u0085 a\xa0b",
    "½ cup; 1,080px 4/5 0/0 99999999999999999999 3.5.6",
    "color from red size font px up down",
    "ไทยภาษา 日本語 한국어",
)


def nasty_state(chance: random.Random) -> State:
    steps = tuple(
        StateStep(number=number, words=chance.choice((*NASTY, "add a red hat"))[:100] or "x")
        for number in range(1, chance.choice((1, 2, 3, 6, 17)))
    )
    turns = (Spoken(role="user", text=chance.choice(NASTY)), Spoken(role="assistant", text=chance.choice(NASTY)))
    return State(
        message=" ".join(chance.choices(NASTY, k=chance.choice((1, 2)))),
        picture=chance.choice(("photo", "sketch", "none")),
        pointed=chance.random() < 0.3,
        references=chance.choice((0, 0, 1, 3)),
        steps=steps,
        turns=turns,
        versions=chance.choice((0, 1, 5, 300)),
        variants=chance.choice((1, 4)),
    )


OUT_OF_RANGE = ("less than", "greater than", "a box needs", "an aspect is written", "at most", "colour", "color")


def read_or_out_of_range(text: str, state: State) -> Draft | None:
    """None when a value is out of its range; any other error is a fault of the grammar."""
    try:
        return parse_draft(text, state)
    except ValueError as error:
        if not any(reason in str(error) for reason in OUT_OF_RANGE):
            raise
        return None


def test_whatever_is_said_the_grammar_holds_and_what_it_lets_through_parses() -> None:
    chance, read = random.Random(1), 0
    for _ in range(120):
        state = nasty_state(chance)
        assert "<|" not in plan_prompt(state)
        text = walked(state, chance)
        if text is None:
            continue
        draft = read_or_out_of_range(text, state)
        if draft is None:
            continue
        assert parse_draft(write_draft(draft), state) == draft
        read += 1
    assert read > 80


def test_samples_go_there_and_back_and_fit_their_grammar() -> None:
    rng, acts = np.random.default_rng(7), Counter[str]()
    for number in range(500):
        state, draft = plan_sample(rng, (number % 5) / 4)
        text = write_draft(draft)
        assert parse_draft(text, state) == draft, text
        assert accepts(state, text), (plan_prompt(state), text)
        acts[draft.act] += 1
    assert set(acts) == EVERY_ACT


def test_samples_use_every_exact_operation_and_are_deterministic() -> None:
    rng = np.random.default_rng(3)
    ops = Counter(step.op for _ in range(2500) for step in plan_sample(rng)[1].steps)
    assert set(ops) == set(STEP_CLASSES)
    assert [plan_sample(np.random.default_rng(5)) for _ in range(3)] == [plan_sample(np.random.default_rng(5))] * 3
    again = np.random.default_rng(5)
    assert plan_sample(again) != plan_sample(again)


def test_drills_are_single_wishes() -> None:
    rng = np.random.default_rng(2)
    for _ in range(100):
        state, draft = plan_sample(rng, 0.0)
        assert (draft.act, len(draft.steps), state.steps) == ("edit", 1, ())


def test_prompts_are_short() -> None:
    rng = np.random.default_rng(11)
    lengths = sorted(len(plan_prompt(plan_sample(rng)[0])) for _ in range(500))
    assert lengths[250] < 250
    assert lengths[-1] < 2500
    full = State(
        message="word " * 800,
        steps=tuple(StateStep(number=n, words="w" * 300) for n in range(1, 17)),
        turns=(Spoken(role="user", text="x " * 900), Spoken(role="assistant", text="y " * 900)),
    )
    assert len(plan_prompt(full)) < 3000


STATE = State(
    message='Make the car red, then write "Sale <3\n50% | now" at the top; #ff0000 half of the sky to the man, her hat',
    steps=(StateStep(number=1, words="add a red hat"), StateStep(number=2, words="crop to 4:5", enabled=False)),
    versions=3,
    version=3,
    variants=2,
    references=1,
    pointed=True,
)


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        ("edit\nedit make the car red", Draft(act="edit", steps=(Edit(modify="make the car red"),))),
        (
            "edit\nedit make this red ~ here",
            Draft(act="edit", steps=(Edit.model_validate({"modify": "make this red", "where": "here"}),)),
        ),
        (
            "edit\nedit put the hat on the man ^ 2",
            Draft(act="edit", steps=(Edit(modify="put the hat on the man", references=(2,)),)),
        ),
        (
            "edit\nexposure stops -0.5 ~ sky\ncrop aspect 4:5",
            Draft(act="edit", steps=(Exposure.model_validate({"stops": -0.5, "where": "sky"}), Crop(aspect="4:5"))),
        ),
        (
            "edit\nblur ! car",
            Draft(act="edit", steps=(Blur.model_validate({"where": {"phrase": "car", "invert": True}}),)),
        ),
        ("edit\ncrop ! car", Draft(act="edit", steps=(Crop.model_validate({"without": "car"}),))),
        (
            "edit\ntext color #ff0000 @ top = Sale ‹3 50% | now",
            Draft(act="edit", steps=(Text(text="Sale <3\n50% | now", color="#ff0000", position="top"),)),
        ),
        (
            "generate\ndraw a red car\nrotate degrees 90",
            Draft(act="generate", steps=(Generate(prompt="a red car"), Rotate(degrees=90))),
        ),
        ("revise 1\nedit add a red hat", Draft(act="revise", targets=(1,), steps=(Edit(modify="add a red hat"),))),
        ("drop 1 2", Draft(act="drop", targets=(1, 2))),
        ("goto step 2", Draft(act="goto", target="after step 2")),
        ("goto variant 2\nedit add a car", Draft(act="goto", target="variant 2", steps=(Edit(modify="add a car"),))),
        ("goto original", Draft(act="goto", target="original")),
        ("undo", Draft(act="undo")),
        ("answer history", Draft(act="answer", topic="history")),
    ],
)
def test_the_notation(text: str, draft: Draft) -> None:
    assert parse_draft(text, STATE) == draft
    assert write_draft(draft) == text.replace("\n50%", " 50%")
    assert accepts(STATE, text)


@pytest.mark.parametrize(
    "text",
    [
        "edit",
        "edit\ncrop",
        "edit\nedit  make",
        "edit\nedit make the elephant red",
        "drop 3",
        "revise 1 2\nedit add a hat",
        "goto version 4",
        "goto variant 3",
        "undo\nedit add a car",
        "edit\ntext = Sails",
        "edit\npaste 3",
        "edit\nedit make the car red\n",
        "ask which 1",
        "edit\nmove left ~ car",
        "ask reference ~ car",
    ],
)
def test_what_the_grammar_refuses(text: str) -> None:
    assert not accepts(STATE, text)


@pytest.mark.parametrize(
    "text",
    [
        "sing\nedit x",
        "edit\nwaltz 3",
        "drop 9",
        "ask which 1 7",
        "ask nothing",
        "edit\nblur percent 400",
        "edit\ncrop wide",
        "undo 3",
        "edit\nfill color blurple ~ sky",
    ],
)
def test_what_does_not_parse(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_draft(text, STATE)


def test_without_a_picture_there_is_nothing_to_edit() -> None:
    state = State(message="make it brighter", picture="none")
    assert not accepts(state, "edit\nexposure up")
    assert accepts(state, "ask picture")
    draft = parse_draft("ask picture", state)
    assert "no picture yet" in draft.text
    assert draft.options


def test_questions_and_refusals_are_sentences_with_ways_on() -> None:
    asked = parse_draft("ask which 0 1", STATE)
    assert asked.options == ("the whole picture", "step 1: add a red hat")
    assert write_draft(asked) == "ask which 0 1"
    colored = parse_draft("ask color ~ car", STATE)
    assert colored.text == "Which color should the car be?"
    assert write_draft(colored) == "ask color ~ car"
    assert parse_draft("refuse video", STATE).options
    for name in ("video", "sound", "smell", "publish", "print", "outside", "reveal", "model", "unsafe"):
        refused = parse_draft(f"refuse {name}", STATE)
        assert refused.text.endswith(".")
        assert write_draft(refused) == f"refuse {name}"


def test_the_prompt_names_what_matters() -> None:
    lines = plan_prompt(STATE).split("\n")
    assert lines[0] == "photo pointed pictures 2 version 3 of 3 variants 2"
    assert lines[1:3] == ["1 add a red hat", "2 off crop to 4:5"]
    assert lines[-1].startswith(": Make the car red")
    assert len(lines) == 4


def test_words_are_those_shown_and_put_right() -> None:
    words = words_of(State(message="remvoe the zorble's hat, please"))
    assert {"remove", "zorble's", "zorble", "hat", "hat,"} <= words
    assert "elephant" not in words
    assert corrections("zorble") == frozenset()
    assert "background" in corrections("backgroud")
    assert shown("a\n<|x|>\tb\x00") == "a ‹|x|> b"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by two hundred and fifty px", "250"),
        ("thirty-five percent", "35"),
        ("half of 50", "25"),
        ("1/3 stop", "0.33"),
        ("1,080 wide", "1080"),
        ("1.5 stops", "1.5"),
        ("twice 37", "74"),
        ("20% smaller", "80"),
        ("४५ डिग्री", "45"),
        ("zwei und halb", "2"),
    ],
)
def test_numbers_that_may_stand(text: str, expected: str) -> None:
    assert expected in numbers_of([text])


def test_numbers_nobody_said_may_not_stand() -> None:
    assert "1357" not in numbers_of(["make it 1350 px"])
    colors = colors_of(State(message="use #1A73e8, hex 00ff7f and rgb(1, 2, 3)"))
    assert {"#1A73e8", "#1a73e8", "#00ff7f", "rgb(1,2,3)", "dark green", "terracotta"} <= set(colors)
    assert "#123456" not in colors


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"op": "edit", "modify": "make the car red"}, "make the car red"),
        ({"op": "generate", "prompt": "a cat"}, "a cat"),
        ({"op": "crop", "aspect": "4:5"}, "crop to 4:5"),
        ({"op": "crop", "side": "left", "percent": 20}, "crop 20% off the left"),
        ({"op": "crop", "subject": "woman", "aspect": "1:1"}, "crop around the woman to a square"),
        ({"op": "crop", "box": [0, 0, 5, 5], "aspect": "1:1"}, "crop to a square to the box 0, 0, 5, 5 px"),
        ({"op": "rotate", "degrees": 90}, "rotate 90° clockwise"),
        ({"op": "rotate", "degrees": 180}, "rotate upside down"),
        ({"op": "straighten"}, "straighten"),
        ({"op": "flip"}, "mirror left to right"),
        ({"op": "resize", "width": 1080, "height": 1350}, "resize to 1080 × 1350 px"),
        ({"op": "pad", "aspect": "1:1", "color": "black"}, "pad to a square with black"),
        ({"op": "border", "px": 20}, "white border, 20 px"),
        ({"op": "exposure", "stops": 1}, "exposure +1 stop"),
        ({"op": "exposure", "stops": -0.33, "where": "sky"}, "exposure −0.33 stop in the sky"),
        ({"op": "exposure", "direction": "down", "where": "background"}, "make the background darker"),
        ({"op": "contrast", "percent": 20}, "contrast +20%"),
        ({"op": "temperature", "direction": "warmer"}, "make it warmer"),
        ({"op": "tint", "color": "blue"}, "tint it blue"),
        ({"op": "black_and_white"}, "black and white"),
        ({"op": "blur", "where": "background"}, "blur the background"),
        ({"op": "blur", "where": {"phrase": "dog", "invert": True}}, "blur everything but the dog"),
        ({"op": "vignette", "percent": 60}, "vignette, 60%"),
        ({"op": "text", "text": "Hello", "position": "top"}, "write “Hello” at the top"),
        (
            {"op": "text", "text": "Hi", "position": "center", "color": "red", "size": 40},
            "write “Hi” in the center in red, 40 px",
        ),
        ({"op": "paste", "reference": 2, "position": "top right"}, "paste picture 2 at the top right"),
        ({"op": "fill", "where": "background", "color": "transparent"}, "make the background transparent"),
        ({"op": "recolor", "from": "red", "color": "#00ff00"}, "recolor what is red to #00ff00"),
        ({"op": "gradient", "colors": ["red", "blue"]}, "gradient from red to blue"),
        ({"op": "stroke", "where": "dog", "px": 4}, "white line around the dog, 4 px"),
        ({"op": "pixelate", "where": "faces"}, "pixelate the faces"),
        ({"op": "move", "where": "lamp", "direction": "left", "px": 50}, "move the lamp 50 px left"),
        ({"op": "copy", "where": "bird", "position": "top left"}, "copy the bird to the top left"),
        ({"op": "scale", "where": "dog", "percent": 120}, "scale the dog to 120%"),
        ({"op": "heal", "where": "here"}, "erase the marked area"),
    ],
)
def test_steps_in_words(wish: dict[str, Any], words: str) -> None:
    step: Any = STEP.validate_python(wish)
    assert in_words(step) == words


def test_every_operation_has_words() -> None:
    rng = np.random.default_rng(4)
    seen = {step.op: in_words(step) for _ in range(2000) for step in plan_sample(rng)[1].steps}
    assert set(seen) == set(STEP_CLASSES)
    assert all(words and "None" not in words and "\n" not in words for words in seen.values()), json.dumps(seen)


def test_patterns() -> None:
    dice = Dice(np.random.default_rng(0))
    assert {dice.say("[a|b [c|d]|] {x}", {"x": "y"}) for _ in range(60)} == {"a y", "b c y", "b d y", "y"}
    with pytest.raises(ValueError, match="bracket"):
        dice.say("a [b")
    with pytest.raises(ValueError, match="bracket"):
        dice.say("a b]")


@pytest.mark.parametrize(
    ("message", "line", "text"),
    [
        ("WRITE HELLO AT THE TOP", "text @ top = hello", "HELLO"),
        ("write hello in capital letters at the top", "text @ top = HELLO", "HELLO"),
        ("write Hello at the top", "text @ top = Hello", "Hello"),
    ],
)
def test_capitals_are_those_that_were_meant(message: str, line: str, text: str) -> None:
    step = parse_line(line, State(message=message))
    assert isinstance(step, Text)
    assert step.text == text


def test_who_shouts_is_read_in_small_letters() -> None:
    shouted = State(message='MAKE IT NIGHT AND WRITE "NO ENTRY" ON IT')
    assert shown_message(shouted) == 'make it night and write "NO ENTRY" on it'
    for spoken in ("Make the NASA logo red", "USA", "Écris BONJOUR en haut"):
        assert shown_message(State(message=spoken)) == spoken
