"""Messages as token ids and pixels, so that what people wrote is never read as a control token."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
import torch
from tokenizers import Tokenizer

from assistant.pictures import Picture, Pixels
from assistant.vlm import SEEN_SIDE, Message
from assistant.vlm.words import without_control

_SLOT = "\ue000{}\ue001"
_SLOTS = re.compile("\ue000(\\d+)\ue001")
CHAT = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n"
    "{% if message.content is string %}{{ message.content }}{% else %}{% for part in message.content %}"
    "{% if part.type == 'image' %}<|vision_start|><|image_pad|><|vision_end|>{% else %}{{ part.text }}{% endif %}"
    "{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
"""The shape of Qwen's chat, for text encoders whose repository leaves it out."""


@dataclass
class Encoded:
    """A prompt: token ids, and the tensors that the model's vision takes."""

    ids: list[int]
    vision: dict[str, torch.Tensor] = field(default_factory=dict)


class Encoder:
    """A processor's chat template and tokenizer, applied apart: the template's own words may be control tokens."""

    def __init__(self, processor: Any) -> None:
        self.processor = processor
        self.tokenizer = getattr(processor, "tokenizer", processor)
        bare = json.loads(self.tokenizer.backend_tokenizer.to_str())
        self._specials = tuple(token["content"] for token in bare["added_tokens"] if token["special"])
        self._plain = Tokenizer.from_str(json.dumps({**bare, "added_tokens": [], "post_processor": None}))
        self._plain.no_truncation()
        self._plain.no_padding()

    def text(self, words: str) -> list[int]:
        """Ids of anybody's words; none of them is a control token."""
        return self._plain.encode(without_control(words, self._specials), add_special_tokens=False).ids

    def messages(self, messages: Sequence[Message]) -> Encoded:
        """The whole prompt, up to where the assistant begins to speak."""
        pictures = [picture for message in messages for picture in message.pictures]
        vision = self._vision(pictures)
        ids: list[int] = []
        for number, part in enumerate(_SLOTS.split(self._template(messages))):
            if number % 2:
                ids += self.text(messages[int(part)].text)
            elif part:
                ids += self.tokenizer(part, add_special_tokens=False)["input_ids"]
        return Encoded(self._with_room(ids, vision), vision)

    def _template(self, messages: Sequence[Message]) -> str:
        """The conversation with a slot in place of each text."""
        turns = []
        for number, message in enumerate(messages):
            content: Any = _SLOT.format(number)
            if message.pictures:
                shown = [{"type": "image"} for _ in message.pictures]
                content = [*shown, {"type": "text", "text": content}]
            turns.append({"role": message.role, "content": content})
        chat = getattr(self.processor, "chat_template", None) or CHAT
        return self.processor.apply_chat_template(turns, chat_template=chat, tokenize=False, add_generation_prompt=True)

    def _vision(self, pictures: Sequence[Picture]) -> dict[str, torch.Tensor]:
        if not pictures:
            return {}
        seen = [seen_by_model(picture) for picture in pictures]
        return dict(self.processor.image_processor(images=seen, return_tensors="pt"))

    def _with_room(self, ids: list[int], vision: dict[str, torch.Tensor]) -> list[int]:
        """Each picture's one placeholder repeated for all of its visual tokens."""
        if not vision:
            return ids
        merged = self.processor.image_processor.merge_size**2
        counts = iter((vision["image_grid_thw"].prod(dim=1) // merged).tolist())
        slot = self.processor.image_token_id
        roomy = [token for each in ids for token in ([each] * next(counts) if each == slot else [each])]
        vision["mm_token_type_ids"] = torch.tensor([[int(token == slot) for token in roomy]])
        return roomy


def seen_by_model(picture: Picture) -> Pixels:
    """(H, W, 3) of what a model is shown: on white paper, no side longer than SEEN_SIDE, reduced by area."""
    pixels = picture.flattened()
    size = picture.size.fit(SEEN_SIDE)
    if size != picture.size:
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    return np.array(pixels)
