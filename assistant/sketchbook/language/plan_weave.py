"""Pieces woven into one message: order words, lists, politeness, chatter, and the way that people really type."""

# Sayings fill the lines, they do not stand one below the other.
# fmt: off

from __future__ import annotations

import re
from typing import Any, NamedTuple

from assistant.sketchbook.language import plan_bank as bank
from assistant.sketchbook.language.plan_dice import Dice
from assistant.sketchbook.language.plan_piece import Piece
from assistant.steps import AnyStep

_BEFORE = ("[please|please|can you|could you|could you please|can you please|would you|hey, can you|hi, please|"
    "i'd like you to|i want you to|let's|i need you to|pls|plz|go ahead and|just|now|next|ok now|okay,|great, now|"
    "nice. now|cool, now|hmm,|so|you should|we should|try to|kindly|hey,|ok,|first of all,|for this one,|"
    "in this picture|in this photo,|here,|any chance you could|is it possible to|i was wondering if you could|"
    "i was hoping you could|would you be able to|maybe you can|do me a favor and|we need to|time to]")
_AFTER = ("[please|please|thanks|thank you|thx|pls|if possible|if you can|, please|, thanks|ok?|for me|plz|"
    ", thank you!|, ok?|:)|now|would be great|, that would be great]")
_CHATTER = ("this is my photo from last summer.", "my sister wants this for a card.",
    "this is for a birthday invitation.", "it's for our website.", "i love this shot!",
    "great picture, but it needs work.", "ok this is nice.", "hi there!", "good morning!", "hello,",
    "nice work so far!", "looking good.", "thanks, that's great.", "perfect!", "almost there.", "a few things.",
    "two things:", "some changes:", "here's what i need:", "i need a couple of edits.", "so here is my idea.",
    "my boss asked for this.", "we're printing this as a poster.", "not bad.", "i took this with my phone.",
    "it was raining that day.", "for instagram:", "ok so", "sorry, last thing:")
_TRAILING = ("leave the rest as it is", "keep everything else the same", "don't change anything else", "nothing else",
    "that's all", "that's it", "the rest is fine", "keep the face as it is", "don't touch anything else",
    "it should look natural", "thanks a lot", "you're the best", "i hope that works", "let me know if that works",
    "and keep it realistic", "the rest can stay", "everything else stays")
_NAMES = {word: word.title() for word in ("tokyo", "paris", "new york", "london", "venice", "rome", "berlin",
    "christmas", "halloween", "santa", "eiffel tower", "golden gate bridge", "japanese", "mexican", "times square",
    "lego", "mars")}
_NAME = re.compile(rf"\b({'|'.join(_NAMES)})\b")


_BEFORE_GERUND = ("[how about|what about|would you mind|i'm thinking of|start by|let's try|please consider|"
    "i was thinking about|" "do you mind|think about]")
_ASIDE = ("[i love {x}|{x} is perfect|{x} can stay|leave {x} alone|don't touch {x}|keep {x}|i really like {x}|"
    "{x} looks great|keep {x} as it is|please don't change {x}|{x} is fine|{x} is my favorite part|just leave {x}]")


class Woven(NamedTuple):
    """A message and its steps, in the order that is meant."""

    text: str
    steps: tuple[AnyStep, ...]


def weave(dice: Dice, pieces: list[Piece], plain: float = 0.4) -> Woven:
    """One message of the pieces; with chance `plain` without any chatter around it."""
    pieces = [_slipped(dice, piece) if dice.chance(0.5) else piece for piece in pieces] if dice.chance(0.22) else pieces
    text, order = _ordered(dice, pieces)
    steps = tuple(step for place in order for step in pieces[place].steps)
    if not dice.chance(plain):
        text = _wrapped(dice, text, pieces[0].mood if order[0] == 0 else "terse")
    return _typed(dice, text, steps)


def _ordered(dice: Dice, pieces: list[Piece]) -> tuple[str, list[int]]:
    """The pieces in a row, and in which order they are meant."""
    order = list(range(len(pieces)))
    if len(pieces) == 1:
        return pieces[0].say, order
    says = [piece.say for piece in pieces]
    kind = dice.number(0, 19)
    if kind <= 3:
        return _listed(dice, says), order
    if kind <= 5:
        return _numbered_words(dice, says), order
    if kind <= 8 and all(piece.mood == "do" for piece in pieces):
        return _out_of_order(dice, says)
    text = says[0]
    for say, piece in zip(says[1:], pieces[1:], strict=True):
        text += _link(dice, piece.mood) + say
    return text, order


def _link(dice: Dice, mood: str) -> str:
    if mood == "do":
        return dice.pick((", ", " and ", " and ", ", then ", " then ", " and then ", ". ", ". then ", "; ", ", and ",
            ". also ", ", also ", ". after that ", ". and ", " plus ", ". next, ", " and also ", ". finally ", "\n",
            ", and then ", ", finally ", ". please also ", " - ", ". oh and ", ", after that "))
    return dice.pick((", ", ", ", ". ", "; ", " and ", "\n", ". and ", ", and ", ". also, ", ", also ", " + ",
        " - ")) if mood == "terse" else dice.pick((". ", ". and ", ", and ", ", ", "\n", ". also ", "; ", " and "))


def _listed(dice: Dice, says: list[str]) -> str:
    kind = dice.number(0, 7)
    if kind <= 2:
        mark = dice.pick(("- ", "-", "* ", "• ", "– "))
        return dice.pick(("", "", "do this:\n", "please:\n", "changes:\n", "todo:\n")) + "\n".join(f"{mark}{say}" for
            say in says)
    if kind <= 5:
        style = dice.pick(("{0}. {1}", "{0}) {1}", "{0}: {1}", "({0}) {1}", "{0} {1}", "{0}.{1}"))
        return dice.pick(("", "", "steps:\n")) + dice.pick(("\n", " ", ", ")).join(style.format(number, say) for
            number, say in enumerate(says, 1))
    return dice.pick((", ", "; ", "\n", " / ", ". ")).join(says)


def _numbered_words(dice: Dice, says: list[str]) -> str:
    first = dice.pick(("first ", "first, ", "first of all, ", "firstly, ", "start: ", "to begin, ", "first off "))
    middle = dice.pick((", then ", ". then ", ", next ", ". second, ", ", after that ", ". after that ",
        ", and then "))
    last = dice.pick((", finally ", ". finally, ", " and finally ", ", and lastly ", ". at the end ", ". last, ",
        " and last "))
    middles = "".join(f"{middle}{say}" for say in says[1:-1])
    return f"{first}{says[0]}{middles}{last if len(says) > 2 else middle}{says[-1]}"


def _out_of_order(dice: Dice, says: list[str]) -> tuple[str, list[int]]:
    """ "B, but first A": what is said last of two comes first; pieces before them stay."""
    kind = dice.number(0, 6)
    *early, one, other = says
    start = dice.pick((", ", ". ", ", then ")).join(early)
    start = f"{start}{dice.pick(('. ', ', ', '. then '))}" if start else ""
    places = list(range(len(early)))
    a, b = len(early), len(early) + 1
    if kind <= 2:
        link = dice.pick((", but first ", " but first ", ". but first ", ", before that ", ". before that, ",
            ". before that ", ", but before that ", " but before you do that "))
        # "but first" puts it before everything said so far
        return f"{start}{one}{link}{other}", [b, *places, a] if "first" in link and not start.endswith((". ",
            ". then ")) else [*places, b, a]
    if kind == 3:
        return f"{start}{dice.pick(('before you', 'before you', 'before we'))} {one}, {other}", [*places, b, a]
    if kind == 4 and not start and dice.chance(0.3):
        after = dice.chance(0.5)
        return f"{'after' if after else 'before'} {gerund(one)}, {other}", [a, b] if after else [b, a]
    if kind == 4:
        return f"{start}{dice.pick(('after you', 'once you', 'when you'))} {one}, {other}", [*places, a, b]
    if kind == 5:
        return f"{start}{one}{dice.pick((' after you ', ' once you '))}{other}", [*places, b, a]
    return f"{start}{one}, {dice.pick(('and at the very end', 'then as the last step', 'and to finish'))} {other}", [
        *places, a, b]


def _wrapped(dice: Dice, text: str, mood: str) -> str:
    kind = dice.number(0, 19)
    polite = mood == "do" and "\n" not in text.split(" ")[0] and not text.startswith(("-", "*", "•", "1", "(1", "–",
        "do this", "please:", "changes", "todo", "steps", "before", "after", "once", "when", "first", "start",
        "to begin"))
    if polite and kind <= 1:
        text = f"{dice.say(_BEFORE_GERUND)} {gerund(text)}"
    elif polite and kind <= 9:
        opening = dice.say(_BEFORE)
        question = opening.split()[0] in ("can", "could", "would", "is", "any") or " can you" in opening
        text = f"{opening} {text}" + ("?" if question and dice.chance(0.5) else "")
    elif kind <= 13:
        ending = dice.say(_AFTER)
        text = f"{text}{ending}" if ending.startswith(",") else f"{text} {ending}"
    if kind >= 15 or dice.chance(0.1):
        text = f"{dice.pick(_CHATTER)} {text}"
    if dice.chance(0.1):
        text = f"{text}{dice.pick(('. ', ', ', ' - '))}{dice.pick(_TRAILING)}"
    if dice.chance(0.08):
        aside = dice.say(_ASIDE, {"x": f"the {dice.pick(dice.theme.here if dice.theme else bank.THINGS)}"})
        text = f"{aside}. {text}" if dice.chance(0.5) else f"{text}. {aside}"
    return text


def gerund(text: str) -> str:
    """With the first word, a verb, as "removing"."""
    verb, _, rest = text.partition(" ")
    if not verb.isalpha():
        return text
    if verb.endswith("e") and not verb.endswith("ee"):
        verb = verb[:-1]
    elif re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", verb):
        verb += verb[-1]
    return f"{verb}ing {rest}"


def _slipped(dice: Dice, piece: Piece) -> Piece:
    """The piece with a slip of the hand; never in what is to be copied letter by letter."""
    if any(step.op == "text" for step in piece.steps) or any(mark in piece.say for mark in "“\"'„«#"):
        return piece
    words = piece.say.split(" ")
    place = dice.number(0, len(words) - 1)
    words[place] = dice.slip(words[place])
    return piece._replace(say=" ".join(words))


def _typed(dice: Dice, text: str, steps: tuple[AnyStep, ...]) -> Woven:
    """Small letters, or capitals at the beginnings of sentences and names, or shouting; with or without a full stop."""
    copied = any(step.op in ("text", "generate") for step in steps)
    kind = dice.number(0, 19)
    if kind >= 10:
        if dice.chance(0.6):
            text = _NAME.sub(lambda found: _NAMES[found[1]], text)
            steps = tuple(_named(step, text) for step in steps)
        text = _capitals(text, not copied)
        text += dice.pick((".", ".", ".", "!", "")) if text[-1].isalnum() else ""
    elif kind == 0 and not copied and not any(mark in text for mark in "“\"'„«#→"):
        text = text.upper()
    elif kind <= 3 and text[-1].isalnum():
        text += dice.pick((".", "!", "...", " 🙂", " 🙏", "!!", " ❤️", "…"))
    elif kind == 4 and not copied and not _QUOTED.search(text):
        text = text.replace("'", "") if "'s" not in text else text.replace("'s", "s").replace("'", "")
    elif kind == 5 and not copied and "rgb(" not in text:
        text = text.replace(", ", " ")
    return Woven(text, steps)


def _capitals(text: str, loose: bool) -> str:
    if loose and not _QUOTED.search(text):
        text = re.sub(r"\bi\b(?=[ '])", "I", text)
    return re.sub(r"(^|[.!?] |\n(?:[-*•–] ?|\d[.):] ?)?)([a-z])", lambda found: found[1] + found[2].upper(), text)


def _named(step: AnyStep, text: str) -> AnyStep:
    """The step with names in capitals, as the message has them."""
    field = {"edit": "modify", "generate": "prompt", "text": "text"}.get(step.op)
    if field is None:
        return step
    words: Any = _NAME.sub(lambda found: _NAMES[found[1]] if _NAMES[found[1]] in text else found[1], getattr(step,
        field))
    return step.model_copy(update={field: words})


_QUOTED = re.compile(r"[“\"„«]|'[^']*'")
