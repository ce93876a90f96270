"""Questions, answers and refusals: a short code in the notation, plain sentences for people."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.drafts import Draft, PictureKind, State, Topic

_ALL: tuple[PictureKind, ...] = ("none", "photo", "sketch")
_SOME: tuple[PictureKind, ...] = ("photo", "sketch")
_EXACT = ("make it brighter", "crop it to a square", "make it black and white")


class Code(NamedTuple):
    """`text` may hold one {} for words of the person; `options` are messages that can be sent as they are."""

    text: str
    options: tuple[str, ...] = ()
    sketch_options: tuple[str, ...] = ()
    kinds: tuple[PictureKind, ...] = _SOME


WHICH = "Which one do you mean?"
WHOLE = "the whole picture"
ASK = {
    "what": Code(
        "What should I change?", _EXACT, ("change the hat", "change the background", "make it black and white")
    ),
    "where": Code(
        "Which place do you mean? Name the thing, or mark it with the brush.", ("the whole picture", "the background")
    ),
    "text": Code("What should it say?"),
    "color": Code("Which color should the {} be?", ("red", "green", "blue", "white")),
    "with": Code("What should I put in place of the {}?", ("nothing, just remove it",)),
    "crop": Code("How should I crop it?", ("crop to a square", "crop to 4:5", "crop to 16:9")),
    "size": Code(
        "Which size do you need?",
        ("resize to 50%", "resize to 1080 px wide", "resize to 2000 px on the long side"),
    ),
    "picture": Code(
        "There is no picture yet. Will you open one, or shall I draw one?",
        ("draw a woman with a red hat on the beach", "draw a man with glasses in the city"),
        kinds=("none",),
    ),
    "reference": Code(
        "Shall I edit picture 2, or use it for the picture that is open?",
        ("edit picture 2", "paste picture 2 in the center"),
    ),
}
ANSWER_TOPICS: dict[str, Topic] = {"picture": "picture", "history": "history", "help": "help"}
ANSWER = {
    "thanks": Code("You are welcome. Say what comes next whenever you like.", kinds=_ALL),
    "hello": Code("Hello. Open a picture or ask me to draw one, then say what to change.", kinds=_ALL),
    "other": Code("That I do not know: I only know about the picture here and about changing it.", kinds=_ALL),
}
REFUSE = {
    "video": Code(
        "I cannot make it move: I work on single, still pictures.",
        ("crop it to 16:9", "add a vignette and film grain"), ("make him wink", "make it a storm"), _ALL,
    ),
    "sound": Code("A picture has no sound, so there is nothing that I could set to it.", _EXACT, (), _ALL),
    "smell": Code(
        "I can only change what is seen in the picture, not how it smells, tastes or feels.", _EXACT, (), _ALL
    ),
    "publish": Code(
        "I cannot send or post anything: everything stays on this machine. Download the picture and share it yourself.",
        ("crop it to a square", "crop it to 4:5", "resize to 1080 px wide"), (), _ALL,
    ),
    "print": Code(
        "I cannot reach a printer or a shop. Download the picture and print it there.",
        ("crop it to 3:2", "add a white border"), (), _ALL,
    ),
    "outside": Code(
        "I cannot do anything outside of this picture: no looking things up, no calls, no orders, no other programs.",
        _EXACT, (), _ALL,
    ),
    "reveal": Code(
        "What the picture does not show cannot be found out: I could only invent it.",
        ("sharpen it", "brighten the shadows"), (), _ALL,
    ),
    "model": Code("I only make flat pictures, no models to turn around or to build.", _EXACT, (), _ALL),
    "unsafe": Code(
        "I will not do that: it could hurt, expose or deceive somebody.",
        ("pixelate the faces", "blur the background"), (), _ALL,
    ),
}  # fmt: skip
_BOOKS = {"ask": ASK, "answer": ANSWER, "refuse": REFUSE}


def codes_for(state: State) -> list[tuple[str, bool]]:
    """Every code that fits the state, with its act, and whether words of the person follow; without "ask which"."""
    codes = [
        (f"{act} {name}", "{}" in code.text)
        for act, book in _BOOKS.items()
        for name, code in book.items()
        if state.picture in code.kinds and (name != "reference" or state.references)
    ]
    return [*codes, *((f"answer {name}", False) for name in ANSWER_TOPICS)]


def write_code(draft: Draft) -> str:
    """The code of an ask, answer or refuse draft. Raises ValueError for sentences that no code stands for."""
    if draft.act == "ask" and draft.text == WHICH:
        numbers = [
            0 if option == WHOLE else int(option.split(":")[0].removeprefix("step ")) for option in draft.options
        ]
        return f"ask which {' '.join(map(str, numbers))}"
    if draft.act == "answer" and not draft.text and draft.topic in ANSWER_TOPICS:
        return f"answer {draft.topic}"
    for name, code in _BOOKS[draft.act].items():
        before, _, after = code.text.partition("{}")
        if match := re.fullmatch(f"{re.escape(before)}(.*){re.escape(after)}", draft.text):
            return f"{draft.act} {name}" + (f" ~ {match[1]}" if "{}" in code.text else "")
    raise ValueError(f"no code stands for “{draft.text[:60]}”")


def parse_code(line: str, state: State) -> Draft:
    """The draft of a code, in sentences. Raises ValueError for an unknown one."""
    act, _, rest = line.partition(" ")
    name, _, words = rest.partition(" ~ ")
    if act == "ask" and name.startswith("which "):
        return Draft(act="ask", text=WHICH, options=_readings(name.split()[1:], state))
    if act == "answer" and name in ANSWER_TOPICS:
        return Draft(act="answer", topic=ANSWER_TOPICS[name])
    code = _BOOKS.get(act, {}).get(name)
    if code is None:
        raise ValueError(f"“{line[:40]}” says nothing")
    options = code.sketch_options if state.picture == "sketch" and code.sketch_options else code.options
    usable = options if state.picture != "none" or name == "picture" else ASK["picture"].options
    text = code.text.replace("{}", words)
    if act == "answer":
        return Draft(act="answer", text=text, topic="other")
    return Draft.model_validate({"act": act, "text": text, "options": usable})


def _readings(numbers: list[str], state: State) -> tuple[str, ...]:
    words = {str(step.number): f"step {step.number}: {step.words}" for step in state.steps} | {"0": WHOLE}
    if missing := [number for number in numbers if number not in words]:
        raise ValueError(f"there is no step {missing[0]}")
    return tuple(words[number] for number in numbers)
