"""Frontal faces, by the local-binary-pattern cascade that scikit-image carries: no model to load, no download."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

import cv2
import numpy as np

from assistant.pictures import Picture, Pixels
from assistant.sizes import Box, Size

SEARCH_SIDE = 480
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
    """Boxes of frontal faces, brow to chin, in px of the picture, from left to right; may be empty."""
    size = picture.size.fit(SEARCH_SIDE)
    small = np.asarray(cv2.resize(picture.rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
    smallest = max(24, round(max(size) * _SMALLEST_SHARE))
    with _LOCK:  # the detector keeps state while it runs
        found = _detector().detect_multi_scale(
            img=small, scale_factor=1.15, step_ratio=1.2,
            min_neighbor_number=_NEIGHBOURS,
            min_size=(smallest, smallest), max_size=(min(size), min(size)),
        )  # fmt: skip
    scale = picture.size.width / size.width
    boxes = [
        Box(
            round(item["c"] * scale), round(item["r"] * scale),
            round((item["c"] + item["width"]) * scale), round((item["r"] + item["height"]) * scale),
        )
        for item in found
    ]  # fmt: skip
    return tuple(sorted(_distinct(boxes)))


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
