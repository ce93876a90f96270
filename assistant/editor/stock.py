"""Any stock diffusers pipeline as an editor: sizes, candidates, seeds, stop and memory are handled here for all.

Heavy: imported late. What differs between classes is in `calls`.
"""

from __future__ import annotations

import gc
import math
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import torch
from PIL import Image

from assistant.editor import EditRequest, OnStep
from assistant.editor.area import held_to
from assistant.editor.calls import TRAITS, Call
from assistant.editor.diffusion import resized, to_codes
from assistant.editor.remembering import Remembered
from assistant.editor.roundtrip import on_paper, through
from assistant.editor.sizing import Room, room_for, view_box
from assistant.errors import EditorError
from assistant.pictures import Picture, Pixels
from assistant.profiles import Profile, SizeRule
from assistant.sizes import Box, Size
from assistant.vlm.words import without_control

_SMALLER = 0.5
"""How many of the pixels are left when the memory did not do."""
_WAYS_OUT = 3
"""All candidates at once, one by one, one by one and smaller."""
Guard = Callable[[], AbstractContextManager[Any]]


@dataclass
class StockEditor:
    """One call at a time, whatever thread it comes from."""

    pipeline: Any
    profile: Profile
    fingerprint: str
    guard: Guard = nullcontext
    """Entered around the text encoder's work: the lock of those who plan with the same module."""
    rule: SizeRule = field(init=False)
    texts: Remembered = field(init=False)
    """The pipeline's text encoding."""
    pictures: Remembered = field(init=False)
    """The codec's encoding."""
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        self.rule = self.profile.sizes
        self._trait = TRAITS[self.profile.pipeline]
        reader = getattr(self.pipeline, "tokenizer", None) or getattr(self.pipeline, "processor", None)
        tokenizer = getattr(reader, "tokenizer", reader)  # some call a processor their tokenizer
        self._specials: tuple[str, ...] = tuple(getattr(tokenizer, "all_special_tokens", ()))
        self.pipeline.set_progress_bar_config(disable=True)
        self.texts = Remembered(getattr(self.pipeline, self._trait.encodes), guard=self.guard)
        self.pictures = Remembered(self.pipeline.vae.encode)
        setattr(self.pipeline, self._trait.encodes, self.texts)
        self.pipeline.vae.encode = self.pictures

    @property
    def num_inference_steps(self) -> int:
        return self.profile.num_inference_steps

    @property
    def joins_wishes(self) -> bool:
        return True

    @property
    def drawing_size(self) -> Size:
        """Square, as large as it paints."""
        return room_for(self.rule, Size(self._side, self._side)).outer

    @property
    def _side(self) -> int:
        return int(self.rule.pixels**0.5) // self.rule.multiple * self.rule.multiple

    def painted_size(self, size: Size) -> Size:
        return room_for(self.rule, size).inner

    def view_box(self, size: Size, box: Box) -> Box:
        return view_box(self.rule, size, box)

    # -- painting ------------------------------------------------------------------------------------------------------

    def edit(self, request: EditRequest, on_step: OnStep) -> list[Picture]:
        """One picture for each seed; the mask is for the keeper. Raises EditorError for too many references."""
        if len(request.references) > self.rule.references:
            most = self.rule.references
            raise EditorError(
                f"That takes from {len(request.references)} other pictures.",
                allowed=f"{self.profile.name} can be shown {most} of them." if most else
                f"{self.profile.name} cannot take from a second picture.",
                remedy="Name fewer pictures, or choose a profile that takes them.",
            )  # fmt: skip
        work = _Work(request.instruction, request.view.rgb, request.references, request.seeds)
        return self._painted(work, request.num_inference_steps, on_step)

    def generate(self, prompt: str, size: Size, seeds: tuple[int, ...], on_step: OnStep) -> list[Picture]:
        """As Editor.generate; where the class cannot draw it edits a white sheet."""
        blank = None if self._trait.draws else np.full((size.height, size.width, 3), 255, np.uint8)
        return self._painted(_Work(prompt, blank, (), seeds, size), self.num_inference_steps, on_step)

    @torch.inference_mode()
    def echo(self, view: Picture) -> Picture | None:
        """The view through the codec and back."""
        room = room_for(self.rule, view.size)
        given = torch.from_numpy(_prepared(view.rgb, room).astype(np.float32) / 127.5 - 1).permute(2, 0, 1)[None]
        with self._lock:
            back = through(self.pipeline.vae, given)
        return _finished(on_paper(back[0].permute(1, 2, 0).numpy() / 2 + 0.5), room, view.size)

    def _painted(self, work: _Work, steps: int, on_step: OnStep) -> list[Picture]:
        """Tries again smaller when the memory does not do: behind the `except`, whose traceback holds the tensors."""
        rule = self.rule
        for way in range(_WAYS_OUT):
            at_once = self._trait.batches and way == 0
            images = self._tried(work, rule, steps, on_step, at_once)
            if images is not None:
                room = room_for(rule, work.size)
                return [_finished(image, room, work.size) for image in images]
            self._give_back()
            if not at_once:
                rule = smaller(rule)
        raise EditorError(
            f"The memory of this {self._device.type} device does not do for painting {work.size} pixels.",
            allowed="It was tried one by one and smaller.",
            remedy="Close other programs that use it, crop the picture, or choose a smaller profile.",
        )

    def _tried(
        self, work: _Work, rule: SizeRule, steps: int, on_step: OnStep, at_once: bool
    ) -> list[np.ndarray] | None:
        """(H, W, 3) in 0..1 for each seed; None when the memory did not do."""
        try:
            with self._lock, torch.inference_mode(), held_to(self._trait.area, rule.pixels):
                return self._called(work, rule, steps, on_step, at_once)
        except torch.OutOfMemoryError:
            return None
        finally:
            self.pipeline.maybe_free_model_hooks()  # a pipeline that was stopped has not done so itself

    def _called(self, work: _Work, rule: SizeRule, steps: int, on_step: OnStep, at_once: bool) -> list[np.ndarray]:
        groups = [work.seeds] if at_once else [(seed,) for seed in work.seeds]
        room, side = room_for(rule, work.size), math.isqrt(rule.pixels)
        image = None if work.view is None else Image.fromarray(_prepared(work.view, room))
        references = tuple(_reference(picture, rule) for picture in work.references)
        words = without_control(work.instruction, self._specials)
        images: list[np.ndarray] = []
        for number, seeds in enumerate(groups):
            generators = [torch.Generator().manual_seed(seed) for seed in seeds]
            call = Call(words, image, references, room.outer, generators, steps, self.profile.guidance, side)
            with self._telling(_counted(on_step, number * steps, len(groups) * steps)) as extra:
                made: Any = self.pipeline(**self._trait.arguments(call), output_type="np", **extra)
            images += [on_paper(image) for image in np.asarray(made.images, np.float32)]
        return images

    @contextmanager
    def _telling(self, on_step: Callable[[int], None]) -> Iterator[dict[str, Any]]:
        """Arguments by which the class calls back behind each step; where it knows none, its scheduler does."""
        if self._trait.calls_back:

            def callback(_pipeline: Any, step: int, _timestep: Any, _tensors: dict[str, Any]) -> dict[str, Any]:
                on_step(step + 1)
                return {}

            yield {"callback_on_step_end": callback}
            return
        scheduler = self.pipeline.scheduler
        stepped, count = scheduler.step, 0

        def step(*args: Any, **kwargs: Any) -> Any:
            nonlocal count
            result, count = stepped(*args, **kwargs), count + 1
            on_step(count)
            return result

        scheduler.step = step
        try:
            yield {}
        finally:
            del scheduler.step

    # -- memory --------------------------------------------------------------------------------------------------------

    def _give_back(self) -> None:
        self.texts.forget()
        self.pictures.forget()
        gc.collect()
        if torch.cuda.is_available():
            torch.cuda.empty_cache()

    @property
    def _device(self) -> torch.device:
        return self.pipeline.vae.device


class _Work:
    """What is painted, before its size is settled."""

    def __init__(
        self, instruction: str, view: Pixels | None, references: Sequence[Picture], seeds: tuple[int, ...],
        size: Size | None = None,
    ) -> None:  # fmt: skip
        self.instruction, self.view, self.references, self.seeds = instruction, view, references, seeds
        self.size = size or (Size(view.shape[1], view.shape[0]) if view is not None else Size(1, 1))


def smaller(rule: SizeRule) -> SizeRule:
    """The rule with half the pixels; of a list of sizes the list's halves."""
    pixels = math.isqrt(int(rule.pixels * _SMALLER)) ** 2  # square, for classes that are told its side
    return replace(rule, pixels=pixels, least=min(rule.least, pixels), sizes=())


def _counted(on_step: OnStep, before: int, of: int) -> Callable[[int], None]:
    return lambda step: on_step(before + step, of)


def _prepared(view: Pixels, room: Room) -> Pixels:
    """The view at the room's inner size, continued by reflection to its outer one."""
    small = resized(view.astype(np.float32), room.inner)
    missing = ((0, room.outer.height - small.shape[0]), (0, room.outer.width - small.shape[1]), (0, 0))
    return to_codes(np.pad(small, missing, mode="reflect"))


def _reference(picture: Picture, rule: SizeRule) -> Image.Image:
    """A picture to take from, in a size that the class leaves as it is."""
    return Image.fromarray(_prepared(picture.rgb, room_for(rule, picture.size)))


def _finished(image: np.ndarray, room: Room, size: Size) -> Picture:
    """(H, W, 3) in 0..1 cut back and brought to `size`. Raises EditorError when it is not as large as was asked for."""
    made = Size(image.shape[1], image.shape[0])
    if made != room.outer:
        raise EditorError(
            f"The painter made {made} px where {room.outer} were asked for.",
            allowed="Another size would move what is in the picture.",
            remedy="This is a fault of Palimpsest's; please report it.",
        )
    kept = np.ascontiguousarray(image[: room.inner.height, : room.inner.width], np.float32)
    return Picture(to_codes(resized(kept * 255, size)))
