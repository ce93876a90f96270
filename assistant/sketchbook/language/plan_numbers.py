"""Numbers that a message speaks of, as digits: those said, in digits or in words, and what follows from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "zehn": 10, "zwanzig": 20, "dreißig": 30, "fünfzig": 50,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "diez": 10, "veinte": 20, "treinta": 30, "cincuenta": 50,
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "dix": 10, "vingt": 20, "trente": 30, "cinquante": 50,
}  # fmt: skip
_TIMES = {"hundred": 100, "thousand": 1000, "hundert": 100, "tausend": 1000}
_SIGNS = {"½": 0.5, "⅓": 1 / 3, "¼": 0.25, "¾": 0.75, "⅔": 2 / 3, "⅛": 0.125, "一": 1, "二": 2, "三": 3, "四": 4,
          "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}  # fmt: skip
_ALWAYS = (
    0.25, 0.3, 0.33, 0.5, 0.67, 0.7, 0.75, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 21, 25, 30, 33, 40,
    45, 50, 60, 67, 70, 75, 80, 90, 95, 99, 100, 110, 120, 125, 130, 133, 150, 180, 200, 270, 300, 400, 500, 720, 1000,
    1080, 1280, 1920, 2000, 2160, 3000, 3840, 4000,
)  # fmt: skip
_LARGEST = 100_000


def as_digits(value: float) -> str:
    """At most two decimals, no trailing zeros, a plain minus: 0.33, -20, 1350."""
    return f"{round(value, 2):.2f}".rstrip("0").rstrip(".")


def numbers_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Numbers, without sign, that may stand in a line for these texts; sorted, each once."""
    said = {value for text in texts for value in _said(text)}
    values = {*_ALWAYS, *(follow for value in said for follow in _following(value))}
    return tuple(sorted({as_digits(value) for value in values if 0.01 <= value <= _LARGEST}, key=float))


def _following(value: float) -> Iterator[float]:
    """The number, its half and double, and what it is as a share: 20 % off leaves 80 %, 20 % more is 120 %."""
    yield from (value, value / 2, value * 2, value * 1.5, round(value, 1))
    if value <= 100:
        yield from (100 - value, 100 + value)
    if value <= 10:
        yield from (value * 100, value + 0.5, value + 1 / 3, value * 10)
    if value:
        yield from (100 / value, 1 / value)


def _said(text: str) -> Iterator[float]:
    for digits in re.findall(r"\d+(?:[.,]\d+)*", text.translate(_ASCII)):
        yield from _readings(digits)
    for above, below in re.findall(r"(\d{1,4}) ?/ ?(\d{1,4})", text):
        if int(below):
            yield from (int(above) / int(below), 100 * int(above) / int(below))
    for digits in re.findall(r"\b(\d{1,3}(?:[.,]\d)?) ?k\b", text.lower()):
        yield float(digits.replace(",", ".")) * 1000
    yield from (value for sign, value in _SIGNS.items() if sign in text)
    yield from _in_words(text.lower())


_ASCII = {ord(letter): str(index % 10) for index, letter in enumerate("०१२३४५६७८९０１２３４５６７８９")}


def _readings(digits: str) -> Iterator[float]:
    """ "1,080" is a thousand and eighty or one point oh eight."""
    parts = re.split(r"[.,]", digits[:16])
    yield from (float(part) for part in parts if part)
    if len(parts) == 2:
        yield float(f"{parts[0]}.{parts[1]}")
    if len(parts) > 1:
        yield float("".join(parts))


def _in_words(text: str) -> Iterator[float]:
    """ "thirty five" and "thirty-five" are 35, "two hundred and fifty" is 250, "two and a half" is 2.5."""
    total = last = 0
    for word in [*re.findall(r"[^\W\d_]+|,", text), ","]:
        if word in _SMALL:
            if total and not (total % 100 == 0 or (total % 10 == 0 and _SMALL[word] < 10)):
                yield total
                total = 0
            total += _SMALL[word]
            yield _SMALL[word]
        elif word in _TIMES:
            last = total or 1
            total = (last % 1000 or 1) * _TIMES[word] + (last - last % 1000)
        elif word in ("and", "a") and total:
            continue
        else:
            if total:
                yield total
                if word in ("half", "halves"):
                    yield total + 0.5
            total = 0
