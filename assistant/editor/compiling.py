"""Compiled blocks without surprises: a few sizes, each met once at the start, and a counter that shows nothing follows.

Only the blocks that repeat are compiled (regional compilation: the first call takes seconds instead of a minute, and
what follows is as quick). Heavy: imported late.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import torch

from assistant.editor import EditRequest
from assistant.editor.sizing import LEAST_SIDE, room_for
from assistant.editor.stock import StockEditor
from assistant.pictures import Picture
from assistant.profiles import SizeRule
from assistant.sizes import Size

_AREAS = (0.25, 0.5625, 1.0)
"""Of the most pixels: 512², 768² and 1024² for a megapixel."""
_ASPECTS = (1.0, 4 / 3, 3 / 4)
_STEPS = 2
"""The first step of some classes is unlike those behind it."""


def buckets(rule: SizeRule) -> tuple[Size, ...]:
    """The sizes that a compiled painter paints; a view is continued by reflection to the one that fits it best."""
    if rule.sizes or rule.fills:
        return rule.sizes
    sides = [math.sqrt(rule.pixels * area) for area in _AREAS]
    made = [Size(_down(side * math.sqrt(aspect), rule), _down(side / math.sqrt(aspect), rule))
            for side in sides for aspect in _ASPECTS]  # fmt: skip
    return tuple(dict.fromkeys(made))


def _down(side: float, rule: SizeRule) -> int:
    return max(LEAST_SIDE, int(side) // rule.multiple * rule.multiple)


def compile_blocks(editor: StockEditor, backend: str = "inductor") -> None:
    """From now on the repeated blocks run compiled, on sizes from `buckets`; nothing is compiled before they run."""
    editor.rule = replace(editor.rule, sizes=buckets(editor.rule))
    module: Any = getattr(editor.pipeline, "transformer", None) or editor.pipeline.unet
    module.compile_repeated_blocks(fullgraph=True, dynamic=True, backend=backend)


def warm(editor: StockEditor, on_size: Callable[[Size], None] = lambda size: None) -> None:
    """Paints something small once on every size, alone and as two candidates, with and without a reference."""
    for size in editor.rule.sizes or (editor.drawing_size,):
        on_size(size)
        view = Picture(np.full((size.height, size.width, 3), 128, np.uint8))
        assert room_for(editor.rule, size).outer == size
        others = [()] if not editor.rule.references else [(), (view,)]
        for references in others:
            for seeds in ((1,), (1, 2)):
                editor.edit(EditRequest("warm", view, None, references, seeds, _STEPS), lambda step, of: None)


def graphs_compiled() -> int:
    """How many graphs were compiled since the program began; stays as it is behind `warm`."""
    counters: Any = torch._dynamo.utils.counters
    return int(counters["stats"]["unique_graphs"])
