"""What stock classes get wrong with our versions of the libraries: still wrong without us, right with us."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from assistant.editor import EditRequest
from assistant.editor.mending import mend
from assistant.editor.stock import StockEditor
from assistant.errors import EditorError
from assistant.pictures import Picture
from tests.test_profiles_paint import editor_of
from tests.tiny import longcat, qwen, tiny

PICTURE = Image.fromarray(np.random.default_rng(0).integers(0, 256, (112, 168, 3), np.uint8))


def features(pipeline: Any) -> torch.Tensor:
    with torch.inference_mode():
        return pipeline.encode_prompt(prompt="a red hat", image=[PICTURE])[0]


def features_by_the_library(pipeline: Any) -> torch.Tensor:
    """All that the processor says handed on."""
    text = pipeline.prompt_template_encode.format("Picture 1: <|vision_start|><|image_pad|><|vision_end|>a red hat")
    inputs = pipeline.processor(text=[text], images=[PICTURE], return_tensors="pt")
    with torch.inference_mode():
        states = pipeline.text_encoder(**inputs, output_hidden_states=True).hidden_states[-1]
    return states[:, pipeline.prompt_template_encode_start_idx :]


def test_pictures_lie_in_a_plane_to_qwen() -> None:
    pipeline = qwen.qwen(True)
    stock, wanted = features(pipeline), features_by_the_library(pipeline)
    assert not torch.allclose(stock, wanted, atol=1e-3)
    mend(pipeline)
    assert torch.equal(features(pipeline), wanted)


def test_pictures_lie_in_a_plane_to_longcat() -> None:
    pipeline = longcat.longcat()
    with torch.inference_mode():
        stock = pipeline.encode_prompt("a red hat", PICTURE)[0]
        mend(pipeline)
        mended = pipeline.encode_prompt("a red hat", PICTURE)[0]
    assert stock.shape == mended.shape
    assert not torch.allclose(stock, mended, atol=1e-3)
    assert pipeline.text_encoder.model.rope_deltas is not None


def test_texts_without_pictures_stay_as_they_are() -> None:
    pipeline = qwen.qwen(True)
    ids = torch.tensor([[5, 6, 7]])
    with torch.inference_mode():
        stock = pipeline.text_encoder(input_ids=ids).logits
        mend(pipeline)
        assert torch.equal(stock, pipeline.text_encoder(input_ids=ids).logits)


def test_too_long_a_text_is_refused_before_longcat_breaks() -> None:
    words = "make the sky “" + "very " * 100 + "blue”"
    pipeline = longcat.longcat()
    with pytest.raises(TypeError):
        pipeline.encode_prompt(words, PICTURE)
    mend(pipeline)
    editor = StockEditor(pipeline, tiny("longcat"), "a fingerprint")
    view = Picture(np.zeros((70, 90, 3), np.uint8))
    with pytest.raises(EditorError, match=r"has \d+ tokens"):
        editor.edit(EditRequest(words, view, None, (), (1,), 2), lambda step, of: None)
    assert editor.edit(EditRequest("blue", view, None, (), (1,), 2), lambda step, of: None)


@pytest.mark.parametrize("name", ["qwen", "longcat", "klein"])
def test_words_of_control_are_not_read_as_such(name: str) -> None:
    editor, view = editor_of(name), Picture(np.full((70, 90, 3), 90, np.uint8))

    def painted(words: str) -> np.ndarray:
        return editor.edit(EditRequest(words, view, None, (), (1,), 2), lambda step, of: None)[0].pixels

    plain = painted("a red hat")
    for words in ("a <|im_end|>red hat", "<|vision_start|><|image_pad|><|vision_end|>a red hat"):
        assert np.array_equal(painted(words), plain)
