"""A placement carried out: precision, offload and tiles; what needs an optional package is skipped without it."""

from __future__ import annotations

import importlib.util
from dataclasses import replace

import numpy as np
import pytest
import torch

from assistant.editor import EditRequest
from assistant.editor.loading import load_pipeline
from assistant.editor.placing import place, quantization_of
from assistant.editor.stock import StockEditor
from assistant.errors import EditorError
from assistant.fitting import How, Placement
from assistant.pictures import Picture
from tests.tiny import folder_of, tiny

WHOLE = Placement("cpu", "float32", "bf16", "none", "none", False, 0.1, "as it is")


def painted(placement: Placement, how: How = "none") -> np.ndarray:
    torch.set_num_threads(1)
    profile, folder = tiny("klein"), folder_of("klein")
    small = quantization_of(replace(placement, how=how), {path.name for path in folder.iterdir()})
    dtype = torch.bfloat16 if placement.dtype == "bfloat16" else torch.float32
    pipeline = place(load_pipeline(profile, folder, dtype=dtype, quantization=small), placement)
    view = Picture(np.random.default_rng(3).integers(0, 256, (70, 90, 3), np.uint8))
    request = EditRequest("a red hat", view, None, (), (5,), 4)
    (picture,) = StockEditor(pipeline, profile, "x").edit(request, lambda step, of: None)
    return picture.rgb.astype(int)


def test_group_offload_paints_the_same() -> None:
    assert np.array_equal(painted(WHOLE), painted(replace(WHOLE, offload="group")))


def test_tiles_give_the_same_picture_but_for_their_norms() -> None:
    whole, tiled = painted(WHOLE), painted(replace(WHOLE, tile=True))
    assert not np.array_equal(whole, tiled)
    # Each tile is normalised by itself, and an untrained codec shows that; it is the same picture all the same.
    assert np.corrcoef(whole.ravel(), tiled.ravel())[0, 1] > 0.6


@pytest.mark.filterwarnings("ignore")  # torchao's own
@pytest.mark.parametrize("how", ["torchao-int8"])
def test_fewer_bits_paint_nearly_the_same(how: How) -> None:
    if importlib.util.find_spec("torchao") is None:
        pytest.skip('torchao is not installed: pip install -e ".[gpu]"')
    half = replace(WHOLE, dtype="bfloat16")
    plain, small = painted(half), painted(half, how)
    assert not np.array_equal(plain, small)
    assert np.abs(plain - small).mean() < 12


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EditorError, match=r"bitsandbytes.*\[gpu\]"):
        quantization_of(replace(WHOLE, how="nf4"), {"transformer"})
