"""What the planning language is shown of a state, and the words, texts and colors that may be taken from it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from PIL import ImageColor

from assistant.colors import EVERYDAY
from assistant.drafts import State
from assistant.sketchbook.language.plan_spelling import corrections

MAX_MESSAGE = 700
MAX_SPOKEN = {"user": 160, "assistant": 100}
MAX_STEP_WORDS = 90
SYMBOLS = frozenset("@~!=^")
"""What stands between the parts of a line; never a word."""
HERE = "here"
"""The phrase of a `where` that means what the person brushed, boxed or clicked."""

GLUE = frozenset(
    [
        "a",
        "add",
        "adjust",
        "all",
        "an",
        "and",
        "another",
        "any",
        "apply",
        "around",
        "as",
        "at",
        "back",
        "be",
        "behind",
        "below",
        "beside",
        "between",
        "big",
        "blend",
        "both",
        "bring",
        "brighten",
        "by",
        "change",
        "clean",
        "color",
        "colour",
        "convert",
        "cover",
        "create",
        "cut",
        "darken",
        "draw",
        "each",
        "erase",
        "everything",
        "fill",
        "fix",
        "for",
        "from",
        "give",
        "hair",
        "hang",
        "he",
        "her",
        "him",
        "his",
        "hold",
        "in",
        "insert",
        "inside",
        "into",
        "it",
        "its",
        "keep",
        "large",
        "lay",
        "left",
        "less",
        "let",
        "light",
        "like",
        "look",
        "looks",
        "lose",
        "make",
        "mirror",
        "more",
        "move",
        "near",
        "new",
        "next",
        "no",
        "not",
        "of",
        "off",
        "old",
        "on",
        "one",
        "open",
        "onto",
        "out",
        "over",
        "paint",
        "person",
        "picture",
        "place",
        "put",
        "redraw",
        "remove",
        "replace",
        "restore",
        "restyle",
        "right",
        "s",
        "same",
        "say",
        "says",
        "set",
        "show",
        "shrink",
        "side",
        "smile",
        "some",
        "surround",
        "swap",
        "take",
        "text",
        "than",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "thing",
        "this",
        "to",
        "top",
        "bottom",
        "turn",
        "two",
        "under",
        "up",
        "update",
        "upon",
        "use",
        "wear",
        "wearing",
        "where",
        "which",
        "whole",
        "with",
        "without",
        "write",
    ]
)
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|„[^“”]*[“”]|«[^«»]*»")
_SHORTEST_SHOUT = 8
"""Letters in capitals that make a message a shout, not an abbreviation."""
_QUOTES = "\"'“”‘’«»„‚`´*_()[]{}"
_STOPS = ".,;:!?…。，！？、；："
_EDGES = _QUOTES + ".,;:!?…。，！？、；：—–->→¡¿।"
_NO_SPACES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def shown(text: str, limit: int = MAX_MESSAGE) -> str:
    """`text` on one line, without what a tokenizer could take for its own marks, at most about `limit` letters.

    Letter by letter the same length otherwise, but for white space, which is one space.
    """
    clean = "".join(_letter(letter) for letter in text[: 8 * limit])
    words = " ".join(clean.split())
    if len(words) <= limit:
        return words
    head, tail = words[: limit * 3 // 4], words[-limit // 4 :]
    return f"{head.rsplit(' ', 1)[0]} … {tail.split(' ', 1)[-1]}"


def _letter(letter: str) -> str:
    if letter == "<":
        return "‹"  # special tokens of the model are written <…>
    return " " if unicodedata.category(letter) in ("Cc", "Cs", "Cn", "Zl", "Zp") else letter


def shown_message(state: State) -> str:
    """The message as it is shown; what is all in capitals is put in small letters, but for what stands in quotes."""
    message = shown(state.message)
    letters = [letter for letter in _QUOTED.sub("", message) if letter.isupper() or letter.islower()]
    if len(letters) < _SHORTEST_SHOUT or any(letter.islower() for letter in letters):
        return message
    quoted = [*_QUOTED.findall(message), ""]
    said = _QUOTED.split(message)
    return "".join(part for pair in zip(map(_small, said), quoted, strict=True) for part in pair)


def _small(text: str) -> str:
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def as_typed(span: str, state: State) -> str:
    """A span of the shown message with the line breaks and signs that were typed, and the capitals of a shout."""
    pattern = r"\s+".join(re.escape(word).replace("‹", "[<‹]") for word in span.split())
    shouted = shown_message(state) != shown(state.message)
    found = re.search(pattern, state.message, re.IGNORECASE if shouted else 0) if pattern else None
    return found[0] if found else span


def spoken(state: State) -> tuple[str, ...]:
    """The last turns as they are shown, shortened."""
    return tuple(shown(turn.text, MAX_SPOKEN[turn.role]) for turn in state.turns)


def step_words(state: State) -> tuple[str, ...]:
    """The words of the steps as they are shown, shortened."""
    return tuple(shown(step.words, MAX_STEP_WORDS) for step in state.steps)


def texts_of(state: State) -> tuple[str, ...]:
    """Everything shown that words may be taken from, the message first."""
    return (shown_message(state), *step_words(state), *spoken(state))


def words_of(state: State) -> frozenset[str]:
    """Words that a sentence may be made of: those shown, as typed and in small letters, put right, and glue."""
    words: set[str] = {*GLUE, HERE} if state.pointed else set(GLUE)
    for text in texts_of(state):
        for word in _words(text):
            words.update(_forms(word))
    for word in tuple(words - GLUE):
        for correction in corrections(word):
            words |= {correction, f"{correction}'s"}
    return frozenset(word for word in words if word and not SYMBOLS.issuperset(word))


def letters_of(state: State) -> frozenset[str]:
    """Letters of scripts that write without spaces, and the signs between them."""
    return frozenset(letter for text in texts_of(state) for letter in _NO_SPACES.findall(text))


def _words(text: str) -> Iterator[str]:
    for raw in text.split():
        yield raw
        if _NO_SPACES.search(raw):
            yield from (part for part in re.split(f"{_NO_SPACES.pattern}+|[，。！？、；：]", raw) if part)
        bare = raw.strip(_EDGES)
        yield from (bare, raw.strip(_STOPS), raw.rstrip(_STOPS), raw.rstrip(_EDGES), raw.lstrip(_EDGES))
        if raw and raw[-1] in ",.;:!?":
            yield f"{bare},"
        if any(mark in bare for mark in "-/.,;:—–→>=+&"):
            yield from re.split(r"[-/.,;:—–→>=+&]+", bare)


def _forms(word: str) -> Iterator[str]:
    """A word as typed, in small letters, and as an owner: "the woman" and "her hat" make "the woman's hat"."""
    small = word.lower()
    stem = small.removesuffix("'s").removesuffix("’s")
    yield from (word, small, stem, *_verbs(small))
    if stem.isalpha() and len(stem) > 2:
        yield f"{stem}'s"
        if stem.endswith("s"):
            yield f"{stem[:-1]}'s"


def _verbs(word: str) -> Iterator[str]:
    """What "removing" or "removed" may be a form of: "remove"."""
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            yield from (stem, f"{stem}e", stem[:-1])


def colors_of(state: State) -> tuple[str, ...]:
    """Color names, and the colors that were written as #rrggbb or rgb(…)."""
    written = r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b|rgb\(\s*\d{1,3}\s*,\s*\d{1,3}\s*,\s*\d{1,3}\s*\)"
    exact = [color for text in texts_of(state) for color in re.findall(written, text, re.IGNORECASE)]
    bare = [f"#{digits}" for text in texts_of(state) for digits in re.findall(r"\b[0-9a-fA-F]{6}\b", text)]
    typed = [color.replace(" ", "") for color in (*exact, *bare)]
    return (*color_names(), *dict.fromkeys((*typed, *(color.lower() for color in typed))))


@cache
def color_names() -> tuple[str, ...]:
    """Names that are understood, as people write them: "dark green", "navy", "terracotta"."""
    plain = set(ImageColor.colormap)
    spaced = (_spaced(name, plain) for name in plain)
    return tuple(
        sorted({*spaced, *EVERYDAY, "transparent", "grey", "light grey", "dark grey", "slate grey", "dim grey"})
    )


_FIRST = ("light", "dark", "medium", "pale", "deep", "hot", "sky", "forest", "royal", "midnight", "steel", "lawn",
          "spring", "dodger", "navajo", "powder", "cornflower", "rosy", "sandy", "saddle", "sea", "slate", "alice",
          "antique", "floral", "ghost", "green", "yellow", "blue", "orange", "lemon", "misty", "mint", "old", "papaya",
          "peach", "lavender", "cadet", "burly", "indian", "dim", "olive", "violet", "white", "rebecca", "honey",
          "fire", "gains", "golden")  # fmt: skip


def _spaced(name: str, plain: Iterable[str]) -> str:
    known = {*plain, "smoke", "wood", "cream", "drab", "dew", "brick", "rod", "shell", "puff", "whip", "lace"}
    for first in _FIRST:
        rest = name.removeprefix(first)
        if (
            rest != name
            and rest in known
            and name not in ("seashell", "peachpuff", "honeydew", "firebrick", "goldenrod")
        ):
            return f"{first} {_spaced(rest, known - {name})}"
    return name
