"""The grammar of a draft for one state, as Lark for llguidance: closed words, and the words that the state shows.

All of it is one terminal: the notation is regular, and a lexer that never has to guess where a token ends cannot err.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import combinations, starmap

from assistant.drafts import State
from assistant.sketchbook.language.plan_codes import codes_for
from assistant.sketchbook.language.plan_lines import FORMS, Form, Key, positions
from assistant.sketchbook.language.plan_numbers import numbers_of
from assistant.sketchbook.language.plan_spans import HERE, colors_of, letters_of, shown_message, texts_of, words_of

MAX_WORDS, MAX_PHRASE, MAX_FONT = 60, 10, 4
MAX_LINES = 16
_MANY_STEPS = 8
_CAPITALS = re.compile(r"\b(caps|uppercase|upper case|capitals?|block letters)\b", re.IGNORECASE)


def grammar_of(state: State) -> str:
    """Lark text whose language is what `parse_draft` reads for this state, but for values out of range."""
    rules = {
        "PLAN": " | ".join(_plans(state)),
        "LINES": f'("\\n" LINE){{1,{MAX_LINES}}}',
        "MORE": f'("\\n" LINE){{0,{MAX_LINES}}}',
        "LINE": " | ".join((f'"edit " SENTENCE{_here(state)}{_references(state)}', *starmap(_line, FORMS.items()))),
        "SENTENCE": f'WORD (" " WORD){{0,{MAX_WORDS - 1}}}',
        "PHRASE": f'WORD (" " WORD){{0,{MAX_PHRASE - 1}}}',
        "FONT": f'PLAINWORD (" " PLAINWORD){{0,{MAX_FONT - 1}}}',
        "POSITION": f"{_any(positions())} | PHRASE",
        "PLACE": '" @ " POSITION',
        "SUBJECT": '" ~ " PHRASE | " ! " PHRASE',
        "WHERE": '" ~ " PHRASE | " ! " PHRASE',
        "REFERENCE": _any(f" {number}" for number in range(2, max(2, min(state.references + 1, 16)) + 1)),
        "COLOR": _any(colors_of(state)),
        "SIGNED": '"-"? NUMBER',
        "EDGES": 'NUMBER (" " NUMBER){3}',
        "RATIO": 'NUMBER ":" NUMBER',
        "TEXT": _texts(state),
        **_bags(state),
    }
    return "start: PLAN\n" + "\n".join(f"{name}: {body}" for name, body in rules.items()) + "\n"


def _any(words: Iterable[str]) -> str:
    return " | ".join(json.dumps(word, ensure_ascii=False) for word in words)


def _bags(state: State) -> dict[str, str]:
    words, letters = sorted(words_of(state)), "".join(sorted(letters_of(state)))
    joined = f" | /[{re.escape(letters)}]{{1,60}}/" if letters else ""
    plain = [word for word in words if word not in ("size", "font", "color") and not re.search(r"[~@=!^]", word)]
    numbers = numbers_of(texts_of(state))
    return {
        "WORD": _any(words) + joined,
        "PLAINWORD": _any(plain) + joined,
        "NUMBER": _any(numbers),
        "KELVIN": _any([number for number in numbers if 2000 <= float(number) <= 15000]),
        "WHOLE": _any(number for number in numbers if "." not in number),
    }


def _plans(state: State) -> list[str]:
    codes = [_any([code]) if not slot else f"{json.dumps(code + ' ~ ')} PHRASE" for code, slot in codes_for(state)]
    plans = ['"generate\\n" "draw " SENTENCE MORE', *codes]
    numbers = tuple(step.number for step in state.steps)
    if len(numbers):
        plans.append(f'"ask which" ({_any(_subsets((0, *numbers), 2, 3))})')
    if state.picture == "none":
        return plans
    plans += ['"edit" LINES', '"undo"', '"redo"', f'"goto " ({_targets(state)}) MORE']
    if numbers:
        most = 4 if len(numbers) <= _MANY_STEPS else 2
        plans.append(f'"drop" ({_ascending(numbers)}) MORE')
        plans += [
            f'"revise" ({_any(_subsets(numbers, count, count))}) ("\\n" LINE){{{count},{MAX_LINES}}}'
            for count in range(1, min(most, len(numbers)) + 1)
        ]
    return plans


def _subsets(numbers: tuple[int, ...], least: int, most: int) -> list[str]:
    chosen = [group for count in range(least, most + 1) for group in combinations(numbers, count)]
    return ["".join(f" {number}" for number in group) for group in chosen]


def _ascending(numbers: tuple[int, ...]) -> str:
    """Any of the numbers, each at most once, in order: `1( 2( 3)?| 3)?|2( 3)?|3`, at least one."""
    every = "".join(f'(" {number}")?' for number in numbers)
    some = " | ".join(
        f'" {number}"' + "".join(f'(" {later}")?' for later in numbers[place + 1 :])
        for place, number in enumerate(numbers)
    )
    return some or every


def _targets(state: State) -> str:
    targets = ['"original"']
    targets += [f'"step {step.number}"' for step in state.steps]
    if state.versions:
        targets.append('"version " /[1-9][0-9]{0,4}/' if state.versions > 99 else _numbered("version", state.versions))
    if state.variants > 1:
        targets.append(_numbered("variant", min(state.variants, 16)))
    return " | ".join(targets)


def _numbered(word: str, most: int) -> str:
    return _any(f"{word} {number}" for number in range(1, most + 1))


def _here(state: State) -> str:
    return f'(" ~ {HERE}")?' if state.pointed else ""


def _references(state: State) -> str:
    numbers = range(2, min(state.references, 7) + 2)
    return f"({_any(f' ^ {number}' for number in numbers)})?" if state.references else ""


def _texts(state: State) -> str:
    """Any part of the message in one piece, or what a step or a turn says between quotes."""
    message = shown_message(state)
    sources = [message, message.upper()] if _CAPITALS.search(message) else [message]
    sources += [quote for text in texts_of(state)[1:] for quote in re.findall(r"“([^”]+)”", text)]
    parts = [
        f"%regex {json.dumps({'substring_chars': source}, ensure_ascii=False)}"
        for source in dict.fromkeys(sources)
        if source
    ]
    names = [f"PART{number}" for number in range(len(parts))]
    rules = "".join(f"\n{name}: {part}" for name, part in zip(names, parts, strict=True))
    return (f"({' | '.join(names)}) & /\\S(.*\\S)?/" if names else '"…"') + rules


_PATTERNS = {
    "crop": "({aspect} ({box} | {side} ({percent} | {px}) | SUBJECT)? | {box} | {side} ({percent} | {px}) | SUBJECT)",
    "rotate": "{degrees} ({direction})?",
    "resize": '({width} | {height} | {width} {height} (" stretch")? | {long_side} | {percent})',
    "pad": "({aspect} ({side})? | ({side})? ({px} | {percent})?) ({color})?",
    "border": "({px} | {percent})? ({color})?",
    "exposure": "({direction} | {stops} | {percent})",
    "temperature": '({direction} | " kelvin " KELVIN | {percent})',
    "tint": "({direction} | {color}) ({percent})?",
    "blur": "({percent} | {radius})?",
    "fill": "{color} WHERE",
    "recolor": "{color} ({from_} (WHERE)? | WHERE)",
    "gradient": "({colors}){{2,8}} ({direction})? (WHERE)?",
    "stroke": "({px})? ({color})? WHERE",
    "pixelate": "({px})? WHERE",
    "move": "({direction} {px} | PLACE) WHERE",
    "copy": "({direction} {px} | PLACE) WHERE",
    "scale": "{percent} WHERE",
    "heal": "WHERE",
    "paste": "REFERENCE ({percent})? (PLACE)?",
    "text": '({color})? ({size})? ({font})? (PLACE)? (WHERE)? " = " TEXT',
    **dict.fromkeys(("contrast", "highlights", "shadows", "saturation"), "({direction} | {percent}) (WHERE)?"),
}
"""What follows an operation; any other takes each of its keys or not, and a place."""


def _line(op: str, form: Form) -> str:
    keys = {key.field: _key(key) for key in form.keys}
    usual = " ".join(f"({{{field}}})?" for field in keys)
    pattern = _PATTERNS.get(op, usual)
    if form.where and "WHERE" not in pattern and op not in ("crop",):
        pattern += " (WHERE)?"
    return f"{json.dumps(op)} {pattern.format(**keys)}"


def _key(key: Key) -> str:
    if isinstance(key.kind, tuple):
        return f"({_any(f' {word}' for word in key.kind)})"
    kind = {
        "number": "NUMBER", "signed": "SIGNED", "whole": "WHOLE", "aspect": "RATIO", "color": "COLOR",
        "colors": "COLOR", "words": "FONT", "box": "EDGES",
    }[key.kind]  # fmt: skip
    return f"{json.dumps(f' {key.word} ' if key.word else ' ')} {kind}"
