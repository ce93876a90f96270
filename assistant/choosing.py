"""A reply that only says which ("1", "the second one") is the offer that it means, without asking a model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.events import Answered, Asked, Planned
from assistant.plan import Wish
from assistant.turns import Turn

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": 0}
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}
_CHOICE = re.compile(
    r"(?:(?:yes|ok|okay|i (?:take|choose|pick|want|mean|meant)|take|choose|pick|option|number|#)[\s,]*)*"
    rf"(?:(?:the )?(?P<ordinal>{'|'.join(_ORDINALS)})|(?P<number>[1-9]|{'|'.join(_NUMBERS)}))"
    r"(?: (?:one|option|offer|choice))?(?:,? please)?[\s.!)]*",
    re.IGNORECASE,
)


def offers_of(turns: Sequence[Turn]) -> tuple[str, ...]:
    """What the last finished turn ended with to choose from; nothing where it made variants, which have numbers too."""
    finished = [turn for turn in turns if turn.status != "running"]
    if not finished or finished[-1].status not in ("done", "asked") or len(finished[-1].version_ids) > 1:
        return ()
    for event in reversed(finished[-1].events):
        match event:
            case Asked(options=offers) | Answered(offers=offers) | Planned(offers=offers):
                return offers
            case _:
                pass
    return ()


def chosen(wish: Wish, turns: Sequence[Turn]) -> Wish:
    """The wish with the offer that its message names in place of the message; as it is where it names none."""
    found = _CHOICE.fullmatch(wish.message.strip())
    offers = offers_of(turns) if found else ()
    if found is None or not offers:
        return wish
    number = _number(found["ordinal"], found["number"]) or len(offers)
    return wish.model_copy(update={"message": offers[number - 1]}) if number <= len(offers) else wish


def _number(ordinal: str | None, number: str | None) -> int:
    """From 1; 0 for the last."""
    if ordinal:
        return _ORDINALS[ordinal.lower()]
    said = (number or "").lower()
    return _NUMBERS[said] if said in _NUMBERS else int(said)
