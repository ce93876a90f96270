"""From a phrase to a box, by a model that sees."""

from __future__ import annotations

import logging
import math
from typing import Annotated

from pydantic import Field

from assistant.errors import BadAnswer
from assistant.pictures import Picture
from assistant.prompts import prompt
from assistant.script import Script
from assistant.sizes import Box
from assistant.vlm import Gate, Message, Stop, never
from assistant.where import Value

SCALE = 1000
"""Boxes are said in thousandths of width and height, as Qwen3-VL was taught."""
Thousandths = Annotated[int, Field(ge=0, le=SCALE)]
_LOG = logging.getLogger(__name__)


class Located(Value):
    """What a model says of where something is."""

    found: bool
    box: tuple[Thousandths, Thousandths, Thousandths, Thousandths]


class LlmLocator:
    """Asks a model that sees, in the words of locate.md."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate

    def locate(self, picture: Picture, phrase: str, script: Script | None = None, stop: Stop = never) -> Box | None:
        """As Locator.locate; an answer that cannot be used is "not there"."""
        messages = (Message("system", prompt("locate")), Message("user", f"Phrase: {phrase}", (picture,)))
        try:
            said = self.gate.ask(messages, Located, stop=stop)
        except BadAnswer as error:
            _LOG.warning("no box for a phrase: %s", error.reason)
            return None
        left, top, right, bottom = said.box
        width, height = picture.size
        box = Box(
            math.floor(min(left, right) * width / SCALE), math.floor(min(top, bottom) * height / SCALE),
            math.ceil(max(left, right) * width / SCALE), math.ceil(max(top, bottom) * height / SCALE),
        ).clipped(picture.size)  # fmt: skip
        return box if said.found and not box.is_empty else None
