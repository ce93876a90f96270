"""What playing a script leaves behind: measurements and patches. Immutable, exported, never computed twice."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, PlainSerializer

from assistant.frames import Affine, Frame, PixelMap
from assistant.pictures import MAX_STORED_PIXELS
from assistant.sizes import Box, Size
from assistant.where import Value, Vantage

Meets: TypeAlias = Literal["covers", "laid", "keeps"]
"""How a patch meets what is transparent below it: paint covers it, mixed with its hidden colours; it covers it, and
hidden colours do not count; or what is transparent stays so and only colours change."""
_FLATTEST, _FARTHEST = 1e-9, 1e9


def _frame_to_json(frame: Frame) -> dict[str, Any]:
    return {"base": frame.base, "moved": [*frame.moved[:6], *frame.size], "affine": list(frame.affine)}


def _frame_from_json(value: object) -> object:
    """Read with care, for it may come from anybody's file: raises ValueError for what is no frame."""
    if not isinstance(value, dict):
        return value
    numbers = [int(number) for number in value.get("moved", ())]
    affine = [float(number) for number in value.get("affine", ())]
    if len(numbers) != 8 or len(affine) != 6 or not all(math.isfinite(number) for number in affine):
        raise ValueError("a frame has eight whole numbers and six finite ones")
    a, b, c, d, dx, dy, width, height = numbers
    if abs(a * d - b * c) != 1 or abs(a) + abs(b) != 1 or abs(c) + abs(d) != 1:
        raise ValueError("a frame moves whole pixels")
    if not 1 <= width * height <= MAX_STORED_PIXELS or min(width, height) < 1:
        raise ValueError(f"a frame has at most {MAX_STORED_PIXELS} pixels")
    if max(map(abs, affine)) > _FARTHEST:
        raise ValueError(f"a frame's numbers are at most {_FARTHEST:g}")
    if abs(affine[0] * affine[4] - affine[1] * affine[3]) < _FLATTEST:
        raise ValueError("a frame has an area")
    matrix: Affine = (affine[0], affine[1], affine[2], affine[3], affine[4], affine[5])
    return Frame(str(value.get("base")), PixelMap(a, b, c, d, dx, dy, Size(width, height)), matrix)


def _box_from_json(value: object) -> object:
    if not isinstance(value, list | tuple):
        return value
    if len(value) != 4:
        raise ValueError("a box has four numbers")
    return Box(*(int(number) for number in value))


def vantage_of(frame: Frame) -> Vantage:
    """The frame as a place says it."""
    return Vantage.model_validate(_frame_to_json(frame))


def frame_at(vantage: Vantage) -> Frame:
    """Raises ValueError for what is no frame: scripts come from anybody's files."""
    frame = _frame_from_json(vantage.model_dump())
    assert isinstance(frame, Frame)
    return frame


FrameField = Annotated[Frame, BeforeValidator(_frame_from_json), PlainSerializer(_frame_to_json)]
BoxField = Annotated[Box, BeforeValidator(_box_from_json), PlainSerializer(list)]


class RegionRecord(Value):
    """A region as it was found: `box` in `frame`; inside it `mask` (a stored (h, w) alpha) or all of it."""

    frame: FrameField
    box: BoxField
    mask: str | None = None
    feather: float = 0.0
    """Width in px of the soft edge inwards, when there is no mask."""
    outside: bool = False
    """Whether the region is everything but the box (only without a mask)."""


class Measurement(Value):
    """What one exact step measured in its input, at one revision of it."""

    kind: Literal["measurement"] = "measurement"
    step_id: str
    revision: int
    region: RegionRecord | None = None
    subject: RegionRecord | None = None
    """What a crop frames or leaves out, or the thing that a position names."""
    numbers: dict[str, tuple[float, ...]] = Field(default_factory=dict)
    asked: str = ""
    """Names the places that were asked for: a revision that asks for the same ones keeps them as they were found."""

    @property
    def found(self) -> str:
        """What was found, as text for keys."""
        return self.model_dump_json(exclude={"step_id", "revision", "asked"})


class Patch(Value):
    """What a generative step contributed: pixels and soft mask in the frame of its input, and how they were made."""

    kind: Literal["patch"] = "patch"
    step_ids: tuple[str, ...]
    """The steps of the pass, in order."""
    key: str
    """SHA-256 over everything that decided the pixels (rule 4 of the script)."""
    wish_key: str
    """Of those the wish, place and seed alone: its patch is taken where the view is found again."""
    input_key: str
    """The rendering key of the input it was painted on: the same key means the same pixels without looking."""
    frame: FrameField
    box: BoxField
    pixels: str
    """Stored (h, w, 3) of `box`."""
    alpha: str | None
    """Stored (h, w) of `box`; None when the whole box is covered."""
    view_box: BoxField
    view_id: str
    """Hash of the view's RGB pixels; for a local patch they are stored under it, so that a cut view can be compared."""
    instruction: str
    seed: int
    editor: str
    """Fingerprint of the editor that painted it."""
    num_inference_steps: int
    scope: Literal["local", "global"]
    kept: bool = False
    """Whether it was painted on another input and kept when that changed ("keep as painted")."""
    meets: Meets = "covers"
    """How it meets transparency; patches that were painted before there was a choice cover it."""
    changed_too_much: bool = False
    """Whether the editor wanted more room than its place may grow to (rule 9); nothing of that was taken."""
    notes: tuple[str, ...] = ()
    """What people are told about how it was painted."""

    @property
    def blobs(self) -> tuple[str, ...]:
        """Ids of the stored pixels, alpha and view."""
        view = (self.view_id,) if self.scope == "local" else ()
        return (self.pixels, *view) if self.alpha is None else (self.pixels, self.alpha, *view)


Record = Annotated[Measurement | Patch, Field(discriminator="kind")]


class Records(Value):
    """All records of a version."""

    measurements: tuple[Measurement, ...] = ()
    patches: tuple[Patch, ...] = ()

    def measurement(self, step_id: str, revision: int) -> Measurement | None:
        found = (item for item in self.measurements if item.step_id == step_id and item.revision == revision)
        return next(found, None)

    def earlier(self, step_id: str) -> Measurement | None:
        """What the step measured at another revision of it."""
        return next((item for item in self.measurements if item.step_id == step_id), None)

    def patches_of(self, step_ids: tuple[str, ...]) -> tuple[Patch, ...]:
        """Patches of the pass of these steps, the latest first."""
        return tuple(patch for patch in reversed(self.patches) if patch.step_ids == step_ids)

    def joined(self, measurements: Iterable[Measurement] = (), patches: Iterable[Patch] = ()) -> Records:
        """With new records; a new measurement takes the place of the step's earlier ones."""
        new = {item.step_id: item for item in measurements}
        kept = tuple(item for item in self.measurements if item.step_id not in new)
        known = {patch.key for patch in self.patches}
        added = tuple(patch for patch in patches if patch.key not in known)
        return Records(measurements=(*kept, *new.values()), patches=(*self.patches, *added))

    def needed_by(self, steps: Mapping[str, int]) -> Records:
        """Only what concerns these steps (id to revision): what leaves no script is not carried along."""
        return Records(
            measurements=tuple(item for item in self.measurements if steps.get(item.step_id) == item.revision),
            patches=tuple(patch for patch in self.patches if set(patch.step_ids) <= steps.keys()),
        )

    @property
    def blobs(self) -> set[str]:
        """Ids of every stored mask and patch that these records point to."""
        regions = [region for item in self.measurements for region in (item.region, item.subject) if region]
        masks = {region.mask for region in regions if region.mask}
        return masks | {blob for patch in self.patches for blob in patch.blobs}


def key_of(*parts: object) -> str:
    """SHA-256 of the parts' text, as hex: how rendering keys are made. Give only values whose text is exact."""
    digest = hashlib.sha256()
    for part in parts:
        text = str(part).encode()
        digest.update(f"{len(text)}:".encode() + text)
    return digest.hexdigest()
