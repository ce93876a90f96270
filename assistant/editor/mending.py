"""What stock classes get wrong with our versions of the libraries, put right from outside.

Each mending says what it mends and where that is known; tests/test_mending.py fails when one is no longer needed.
"""

from __future__ import annotations

from typing import Any

import torch

from assistant.errors import EditorError


def mend(pipeline: Any) -> None:
    """Everything that applies to the pipeline's class."""
    kind = type(getattr(pipeline, "text_encoder", None)).__name__
    if kind == "Qwen2_5_VLForConditionalGeneration":
        pipeline.text_encoder.register_forward_pre_hook(tell_kinds, with_kwargs=True)
    if type(pipeline).__name__ == "LongCatImageEditPipeline":
        _refuse_long_texts(pipeline)


def tell_kinds(model: Any, args: tuple[Any, ...], named: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Tells Qwen2.5-VL which tokens are a picture's.

    Since transformers 5 it places them in a plane only if it is told; the edit pipelines leave it out, and their
    texts come out other than those that they were trained with (diffusers issue 14194).
    """
    ids = named.get("input_ids")
    if ids is not None and named.get("image_grid_thw") is not None and named.get("mm_token_type_ids") is None:
        named = {**named, "mm_token_type_ids": (ids == model.config.image_token_id).to(torch.int32)}
    return args, named


def _refuse_long_texts(pipeline: Any) -> None:
    """LongCat means to cut what is longer than it reads, but breaks on the way to saying so."""
    encode, most = pipeline._encode_prompt, pipeline.tokenizer_max_length

    def checked(prompt: list[str], image: Any) -> Any:
        count = _longcat_length(pipeline.tokenizer, prompt[0])
        if count > most:
            raise EditorError(
                f"The instruction has {count} tokens.", allowed=f"This painter reads at most {most}.",
                remedy="Ask for fewer things at once.",
            )  # fmt: skip
        return encode(prompt, image)

    pipeline._encode_prompt = checked


def _longcat_length(tokenizer: Any, text: str) -> int:
    """Tokens of a text as LongCat counts them: letter by letter within quotation marks."""
    from diffusers.pipelines.longcat_image.pipeline_longcat_image_edit import split_quotation

    pieces = [piece for words, quoted in split_quotation(text) for piece in (words if quoted else [words])]
    return sum(len(tokenizer(piece, add_special_tokens=False)["input_ids"]) for piece in pieces)
