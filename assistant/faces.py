"""Frontal faces, by the local-binary-pattern cascade that scikit-image carries: no model to load, no download."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

import cv2
import numpy as np

from assistant.pictures import Picture, Pixels
from assistant.sizes import Box, Size

SEARCH_SIDES = (400, 480, 560)
_SIZES_THAT_AGREE = 2
_SAME_FACE = 0.4
"""Intersection over union from which two detections are one face."""
_SMALLEST_SHARE = 1 / 16
"""Smallest face that is looked for, of the long side."""
_NEIGHBOURS = 6
"""Detections that must agree: with 4 a helmet and a cat passed for faces, with 8 faces were missed."""
_LOCK = threading.Lock()


@cache
def _detector() -> Any:
    from skimage.data import lbp_frontal_face_cascade_filename
    from skimage.feature import Cascade

    return Cascade(lbp_frontal_face_cascade_filename())


def find_faces(picture: Picture) -> tuple[Box, ...]:
    """Boxes of frontal faces, brow to chin, in px of the picture, from left to right; may be empty.

    A face counts when it is found at two of three sizes: one alone misses some and takes helmets and cats for faces.
    """
    found = [(number, box) for number, side in enumerate(SEARCH_SIDES) for box in _detected(picture, side)]
    agreed = [
        box
        for _, box in found
        if len({number for number, other in found if box.iou(other) >= _SAME_FACE}) >= _SIZES_THAT_AGREE
    ]
    return tuple(sorted(_distinct(agreed)))


def _detected(picture: Picture, side: int) -> list[Box]:
    """What the cascade finds on a copy whose long side has `side` px."""
    size = picture.size.fit(side)
    small = np.asarray(cv2.resize(picture.rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
    smallest = max(24, round(max(size) * _SMALLEST_SHARE))
    with _LOCK:  # the detector keeps state while it runs
        found = _detector().detect_multi_scale(
            img=small, scale_factor=1.15, step_ratio=1.2, min_neighbor_number=_NEIGHBOURS,
            min_size=(smallest, smallest), max_size=(min(size), min(size)),
        )  # fmt: skip
    scale = picture.size.width / size.width
    return [
        Box(
            round(item["c"] * scale),
            round(item["r"] * scale),
            round((item["c"] + item["width"]) * scale),
            round((item["r"] + item["height"]) * scale),
        )
        for item in found
    ]


def _distinct(boxes: list[Box]) -> list[Box]:
    """Without boxes that lie on a larger one."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda item: -item.area):
        if all(box.share_inside(other) < 0.4 for other in kept):
            kept.append(box)
    return kept


def mask_of_faces(size: Size, faces: tuple[Box, ...]) -> Pixels:
    """(H, W) mask of an upright ellipse around each face, hairline to chin."""
    mask = np.zeros((size.height, size.width), np.uint8)
    for face in faces:
        width, height = face.size
        center = ((face.left + face.right) // 2, face.top + round(0.48 * height))
        cv2.ellipse(mask, center, (round(0.52 * width), round(0.72 * height)), 0, 0, 360, 255, -1)
    return mask
