"""Finding a region in a picture, once: named areas, faces, clicks, colours, objects, and what a locator knows."""

from __future__ import annotations

from typing import Protocol

import cv2
import numpy as np

from assistant.areas import parse_area
from assistant.blobs import Blobs
from assistant.colors import parse_color
from assistant.errors import OperationError, RegionNotFound
from assistant.faces import find_faces, mask_of_faces
from assistant.frames import Frame
from assistant.pictures import Picture, Pixels
from assistant.records import RegionRecord, frame_at
from assistant.regions import feathered_inwards, place, region_of_mask
from assistant.script import Script
from assistant.sizes import Box, Size
from assistant.vlm import Stop, never
from assistant.where import BoxWhere, ColorWhere, MaskWhere, PhraseWhere, Pointed, PointWhere, Where, box_pixels

OBJECT_SIDE = 400
"""Longest side of the copy on which an object is cut out."""
_LEAST_DIFFERENCE = 4
"""Where no channel differs by so many codes there is no object."""
SOFT_SHARE = 0.04
"""Soft edge of a box or area for tone and detail, of its short side."""
_FACE_WORDS = {"face", "faces", "head", "heads"}
_PEOPLE_WORDS = {"person", "people", "subject", "man", "woman", "boy", "girl", "kid", "portrait"}
_BACKGROUND_WORDS = {"background", "backdrop", "surroundings"}
_SHADOW_WORDS = {"shadows", "dark", "darks", "blacks"}
_HIGHLIGHT_WORDS = {"highlights", "bright", "lights", "whites"}
_TONE_FILLER = {"the", "of", "in", "part", "parts", "areas", "tones", "picture", "image", "photo"}
_SHOW_ME = "Show me: brush over it, draw a box around it, or click on it."


class Locator(Protocol):
    """What turns a phrase into a box by looking at the picture."""

    def locate(self, picture: Picture, phrase: str, script: Script | None = ..., stop: Stop = ...) -> Box | None:
        """The box of what the words name, in px of the picture; None when it is not there.

        `script` is the one that led to the picture, where there is one. Raises as Gate.ask.
        """
        ...


class Finder:
    """Finds regions in a step's input. `locator` may be None: then only what needs no model is found."""

    def __init__(
        self, blobs: Blobs, locator: Locator | None = None, script: Script | None = None, stop: Stop = never
    ) -> None:
        self.blobs = blobs
        self.locator = locator
        self.script = script
        self.stop = stop

    def within(self, script: Script, stop: Stop) -> Finder:
        """The same for one rendering of a script."""
        return Finder(self.blobs, self.locator, script, stop)

    def find(self, picture: Picture, where: Where, frame: Frame, soft: bool) -> RegionRecord:
        """The region that `where` names in `picture`, whose frame is `frame`, as a record.

        `soft` asks for a soft edge where the step did not say (tone and detail). Raises RegionNotFound,
        or OperationError when a box or mask does not fit the picture.
        """
        shown, seen = brought(where, frame)
        record = self._record(picture, shown, seen, soft)
        if seen != frame and not record.outside and place(record, frame, self.blobs) is None:
            raise _out_of_sight()
        return record

    def _record(self, picture: Picture, where: Where, frame: Frame, soft: bool) -> RegionRecord:
        box, mask = self._found(picture, where, frame.size)
        if mask is None:
            feather = where.feather if where.feather is not None else (SOFT_SHARE * min(box.size) if soft else 0.0)
            return RegionRecord(frame=frame, box=box, feather=feather, outside=where.invert)
        width = where.feather if where.feather is not None else _soft_width(where, frame.size) if soft else 0.0
        region = region_of_mask(feathered_inwards(mask, width))
        if region is None:
            raise RegionNotFound("Nothing is selected there.", remedy=_SHOW_ME)
        return RegionRecord(frame=frame, box=region.box, mask=self.blobs.put(region.coverage), outside=where.invert)

    def _found(self, picture: Picture, where: Where, size: Size) -> tuple[Box, Pixels | None]:
        """A box and what of it, in a picture of `size`: that of `picture`, unless a box or mask was shown elsewhere."""
        match where:
            case BoxWhere():
                box = _inside(where, size)
                return box, cut_out(picture, box) if where.object else None
            case MaskWhere():
                return size.box, self._brushed(where, size)
            case PointWhere():
                return picture.size.box, _connected(picture, where)
            case ColorWhere():
                return picture.size.box, _of_color(picture, where)
        return self._named(picture, where)

    def _brushed(self, where: MaskWhere, size: Size) -> Pixels:
        mask = self.blobs.get(where.mask)
        if mask.ndim != 2 or Size(mask.shape[1], mask.shape[0]) != size:
            raise OperationError(
                f"The brushed mask has {Size(mask.shape[1], mask.shape[0])} pixels.",
                allowed=f"Here it must have the picture's {size}.",
                remedy="Brush over the place again.",
            )
        return mask

    def _named(self, picture: Picture, where: PhraseWhere) -> tuple[Box, Pixels | None]:
        area = parse_area(where.phrase)
        if area is not None:
            return area.pixels(picture.size), None
        words = set(where.phrase.lower().replace("'s", " ").replace("’s", " ").split())
        if _names_tones(where.phrase):
            return picture.size.box, _by_tone(picture, bright=bool(words & _HIGHLIGHT_WORDS))
        if self.locator is not None:
            box = self.locator.locate(picture, where.phrase, self.script, self.stop)
            if box is not None and not box.clipped(picture.size).is_empty:
                return box.clipped(picture.size), None
        if words & _BACKGROUND_WORDS:
            return picture.size.box, 255 - self._people(picture, where.phrase)
        if words & _FACE_WORDS:
            return picture.size.box, self._faces(picture, where.phrase, several=not words & {"face", "head"})
        if words & _PEOPLE_WORDS and len(words) <= 2:
            return picture.size.box, self._people(picture, where.phrase)
        raise RegionNotFound(f"I could not find “{where.phrase}” in the picture.", remedy=_SHOW_ME)

    def _faces(self, picture: Picture, phrase: str, several: bool) -> Pixels:
        faces = find_faces(picture)
        if not faces:
            raise RegionNotFound(f"I found no face for “{phrase}”.", remedy=_SHOW_ME)
        if len(faces) > 1 and not several:
            raise RegionNotFound(
                f"I found {len(faces)} faces and cannot tell which one “{phrase}” means.",
                remedy=f"Say “faces” for all of them, or show me: {_SHOW_ME.removeprefix('Show me: ')}",
            )
        return mask_of_faces(picture.size, faces)

    def _people(self, picture: Picture, phrase: str) -> Pixels:
        """People cut out, starting from their faces."""
        faces = find_faces(picture)
        if not faces:
            raise RegionNotFound(f"I could not tell what “{phrase}” is in this picture.", remedy=_SHOW_ME)
        mask = np.zeros((picture.size.height, picture.size.width), np.uint8)
        for face in faces:
            head, body = _head_and_body(face, picture.size)
            mask = np.maximum(mask, cut_out(picture, head.union(body), sure=face, within=(head, body)))
        return mask


def brought(where: Where, frame: Frame) -> tuple[Where, Frame]:
    """The place and the frame to find it in: that of the picture pointed at, which boxes and masks are recorded in.

    For a click, and for what is cut out of a box, pixels are looked at: they are brought to `frame`. Raises
    OperationError for a vantage that is none, RegionNotFound for what does not lie in `frame`.
    """
    if not isinstance(where, Pointed) or where.seen is None:
        return where, frame
    try:
        seen = frame_at(where.seen)
    except ValueError as error:
        raise OperationError(
            f"The picture that was pointed at cannot be made out ({error}).", remedy="Point at the place again."
        ) from error
    if isinstance(where, BoxWhere) and where.object:
        box = where.pixels(seen.size)
        corners = [seen.point_to(frame, x, y) for x in box[::2] for y in box[1::2]]
        (left, *_, right), (top, *_, bottom) = (sorted(numbers) for numbers in zip(*corners, strict=True))
        if min(right, frame.size.width) - max(left, 0) < 1 or min(bottom, frame.size.height) - max(top, 0) < 1:
            raise _out_of_sight()
        return where.model_copy(update={"box": (left, top, right, bottom), "unit": "px", "seen": None}), frame
    if isinstance(where, PointWhere):
        shown = _in_pixels(where, seen.size)
        x, y = seen.point_to(frame, *shown)
        if not (0 <= x < frame.size.width and 0 <= y < frame.size.height):
            raise _out_of_sight()
        return where.model_copy(update={"point": (x, y), "unit": "px", "seen": None}), frame
    return where, seen


def _out_of_sight() -> RegionNotFound:
    return RegionNotFound(
        "What was pointed at does not lie in the picture that this step gets: steps behind it add or move it there.",
        remedy="Point at another place, or change a later step.",
    )


def _inside(where: BoxWhere, size: Size) -> Box:
    box = where.pixels(size)
    if box.is_empty:
        wanted = box_pixels(where.box, where.unit, size)
        if wanted.is_empty:
            raise OperationError(
                "The box holds less than a pixel.",
                allowed=f"The picture has {size} pixels.",
                remedy="Choose a larger one.",
            )
        raise OperationError(
            f"The box {list(wanted)} lies outside the picture.",
            allowed=f"The picture has {size} pixels.",
            remedy="Choose a box inside it.",
        )
    return box


def _names_tones(phrase: str) -> bool:
    """“The shadows”, “dark parts of the picture”; but not a shadow or a lamp that somebody sees in it."""
    words = {word for word in phrase.lower().split() if word not in _TONE_FILLER}
    return bool(words) and (words <= _SHADOW_WORDS or words <= _HIGHLIGHT_WORDS)


def _soft_width(where: Where, size: Size) -> float:
    """The soft edge of what has an outline of its own, in px."""
    if isinstance(where, PhraseWhere) and _names_tones(where.phrase):
        return 0.0  # soft by itself
    return max(1.0, max(size) / (400 if isinstance(where, MaskWhere | PhraseWhere) else 1500))


def _in_pixels(where: PointWhere, size: Size) -> tuple[float, float]:
    x, y = where.point
    return (x * size.width / 100, y * size.height / 100) if where.unit == "percent" else (x, y)


def _connected(picture: Picture, where: PointWhere) -> Pixels:
    x, y = _in_pixels(where, picture.size)
    if not (0 <= x < picture.size.width and 0 <= y < picture.size.height):
        raise OperationError(
            f"The point {x:g}, {y:g} lies outside the picture.",
            allowed=f"The picture has {picture.size} pixels.",
            remedy="Click inside it.",
        )
    mask = np.zeros((picture.size.height + 2, picture.size.width + 2), np.uint8)
    flags = 4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | (255 << 8)
    tolerance = (where.tolerance,) * 3
    pixels = np.ascontiguousarray(picture.rgb).copy()
    cv2.floodFill(pixels, mask, (int(x), int(y)), (0, 0, 0), tolerance, tolerance, flags)
    return np.ascontiguousarray(mask[1:-1, 1:-1])


def _of_color(picture: Picture, where: ColorWhere) -> Pixels:
    color = np.array(parse_color(where.color).rgb)
    low, high = np.clip(color - where.tolerance, 0, 255), np.clip(color + where.tolerance, 0, 255)
    mask = np.asarray(cv2.inRange(picture.rgb, low, high), np.uint8)
    if not mask.any():
        raise RegionNotFound(
            f"Nothing in the picture has the colour {where.color}.",
            allowed=f"The tolerance is {where.tolerance} of 255.",
            remedy="Raise the tolerance, or click on the place.",
        )
    return mask


def _by_tone(picture: Picture, bright: bool) -> Pixels:
    """A soft mask of the dark or the bright parts."""
    luma = np.asarray(cv2.cvtColor(picture.rgb, cv2.COLOR_RGB2GRAY), np.uint8)
    codes = np.arange(256) / 255
    share = np.clip((codes - 0.5) / 0.35, 0, 1) if bright else np.clip((0.5 - codes) / 0.35, 0, 1)
    table = np.round(255 * share * share * (3 - 2 * share)).astype(np.uint8)
    return np.asarray(cv2.LUT(luma, table), np.uint8)


def _head_and_body(face: Box, size: Size) -> tuple[Box, Box]:
    """Where a person can be: hair around the face, and what is below the chin down to the picture's lower rim."""
    width, height = face.size
    around, shoulders = round(0.6 * width), round(1.7 * width)
    head = Box(face.left - around, face.top - round(0.7 * height), face.right + around, face.bottom + height // 4)
    body = Box(face.left - shoulders, face.bottom, face.right + shoulders, size.height)
    return head.clipped(size), body.clipped(size)


def cut_out(picture: Picture, box: Box, sure: Box | None = None, within: tuple[Box, ...] = ()) -> Pixels:
    """(H, W) mask of the object in `box`: GrabCut (Rother, Kolmogorov, Blake 2004) on a reduced copy.

    `sure` is a box that certainly belongs to the object; outside all of `within`, if given, it certainly is not.
    Only the object and its surroundings are looked at, so that a small one is cut out as finely as a large one.
    """
    view = box.grown(max(8, max(box.size) // 2)).clipped(picture.size)
    size = view.size.fit(OBJECT_SIDE)
    across, down = size.width / view.size.width, size.height / view.size.height
    around = np.ascontiguousarray(picture.rgb[view.slices])
    small = np.asarray(cv2.resize(around, size, interpolation=cv2.INTER_AREA), np.uint8)

    def reduced(wide: Box) -> Box:
        near = wide.shifted(-view.left, -view.top)
        scaled = Box(round(near.left * across), round(near.top * down), round(near.right * across),
                     round(near.bottom * down))  # fmt: skip
        return scaled.clipped(size)

    marks = np.full(small.shape[:2], cv2.GC_BGD, np.uint8)
    for part in within or (box,):
        marks[reduced(part).slices] = cv2.GC_PR_FGD
    if sure is not None:
        marks[reduced(sure.grown(-sure.size.width // 8)).slices] = cv2.GC_FGD
    if not (marks == cv2.GC_BGD).any():
        # A box around everything leaves no background to learn from: its rim is taken for it.
        marks[0, :] = marks[:, 0] = marks[:, -1] = cv2.GC_BGD
    inside = cv2.morphologyEx(_separated(small, marks), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    if not inside.any():
        raise _no_object()
    smooth = cv2.GaussianBlur(inside.astype(np.float32), (0, 0), 1.0)
    mask = np.zeros((picture.size.height, picture.size.width), np.uint8)
    large = cv2.resize(smooth, view.size, interpolation=cv2.INTER_CUBIC)
    mask[view.slices] = np.where(large >= 0.5, 255, 0)
    return mask


def _no_object() -> RegionNotFound:
    return RegionNotFound("I could not tell the object in that box from what is around it.", remedy=_SHOW_ME)


def _separated(small: Pixels, marks: Pixels) -> Pixels:
    """1 where GrabCut, told `marks`, sees the object. Raises RegionNotFound where there is nothing to see."""
    if not (marks & 1).any() or float(np.ptp(small, axis=(0, 1)).max()) < _LEAST_DIFFERENCE:
        raise _no_object()
    # On perfectly flat colours its mixture models collapse and OpenCV's graph cut may never return.
    noise = np.random.Generator(np.random.PCG64(0)).integers(-3, 4, small.shape)
    rough = np.clip(small.astype(np.int16) + noise, 0, 255).astype(np.uint8)
    cv2.setRNGSeed(0)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    try:
        cv2.grabCut(rough, marks, (0, 0, 0, 0), models[0], models[1], 3, cv2.GC_INIT_WITH_MASK)
    except cv2.error as error:
        raise _no_object() from error
    return ((marks == cv2.GC_FGD) | (marks == cv2.GC_PR_FGD)).astype(np.uint8)
