"""DreamLite mobile as it has to be to paint several candidates of an edit in one call.

Heavy: imported late. The stock class puts the noise of all candidates beside the latents of one picture, which cannot
be joined. It takes no callback, no second picture, and knows no guidance. Its `text_pad_embedding` fills the places
behind a prompt that is shorter than its neighbours; a prompt alone has none, so it is not needed.
"""

from __future__ import annotations

from typing import Any

import torch
from diffusers.pipelines.dreamlite.pipeline_dreamlite_mobile import DreamLiteMobilePipeline


class DreamLite(DreamLiteMobilePipeline):
    """The stock class with the picture's latents beside each candidate's noise."""

    _candidates = 1

    def prepare_latents(self, batch_size: int, *args: Any, **kwargs: Any) -> torch.Tensor:
        self._candidates = batch_size
        return super().prepare_latents(batch_size, *args, **kwargs)

    def prepare_image_latents(self, *args: Any, **kwargs: Any) -> torch.Tensor:
        return super().prepare_image_latents(*args, **kwargs).repeat(self._candidates, 1, 1, 1)
