"""Compiled blocks: a few sizes, warmed at the start, and nothing compiled afterwards."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from assistant.editor import EditRequest
from assistant.editor.compiling import buckets, compile_blocks, graphs_compiled, warm
from assistant.editor.loading import load_pipeline
from assistant.editor.stock import StockEditor
from assistant.pictures import Picture
from assistant.profiles import PROFILES
from tests.tiny import folder_of, tiny


def view(width: int, height: int) -> Picture:
    return Picture(np.random.default_rng(width).integers(0, 256, (height, width, 3), np.uint8))


def test_buckets_are_sizes_that_the_class_takes() -> None:
    rule = PROFILES["klein"].sizes
    found = buckets(rule)
    assert (1024, 1024) in found
    assert (512, 512) in found
    assert len(found) == 9
    for size in found:
        assert size.pixels <= rule.pixels
        assert size.width % rule.multiple == size.height % rule.multiple == 0


@pytest.mark.filterwarnings("ignore")  # of the compiler's own, none of ours
def test_nothing_is_compiled_behind_the_warm_up() -> None:
    torch.set_num_threads(1)
    torch._dynamo.reset()
    profile = tiny("klein")
    plain = StockEditor(load_pipeline(profile, folder_of("klein"), dtype=torch.float32), profile, "plain")
    editor = StockEditor(load_pipeline(profile, folder_of("klein"), dtype=torch.float32), profile, "compiled")
    compile_blocks(editor, backend="eager")
    before = graphs_compiled()
    warm(editor)
    warmed = graphs_compiled()
    assert warmed > before
    for picture in (view(90, 70), view(40, 200), view(500, 300)):
        for seeds in ((5,), (5, 6), (5, 6, 7)):
            for references in ((), (view(64, 64),)):
                request = EditRequest("a red hat", picture, None, references, seeds, 4)
                painted = editor.edit(request, lambda step, of: None)
                assert painted[0].size == picture.size
    assert graphs_compiled() == warmed
    plain.rule = editor.rule
    request = EditRequest("a red hat", view(90, 70), None, (), (5,), 4)
    one, other = (each.edit(request, lambda step, of: None)[0].rgb.astype(int) for each in (plain, editor))
    assert np.abs(one - other).mean() < 1.0
