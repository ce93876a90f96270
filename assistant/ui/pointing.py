"""From what was brushed, boxed or clicked on the canvas to a place in the picture."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import cv2
import numpy as np

from assistant.errors import PlanError
from assistant.opening import open_mask
from assistant.pictures import Pixels
from assistant.session import Session
from assistant.where import BoxWhere, MaskWhere, PointWhere, Where

Region = dict[str, Any]
"""`mask` (a PNG as data URL, of a preview), `box` (four numbers in percent) or `click` (two)."""
_PNG_URL = "data:image/png;base64,"
_BRUSHED = 127


def pointed_at(session: Session, region: Region | None) -> Where | None:
    """The place; a mask is stored at the size of the picture on show. Raises PlanError, PictureError."""
    if not region:
        return None
    if not isinstance(region, dict):
        raise PlanError("What was pointed at makes no sense.", remedy="Point at it again.")
    if url := region.get("mask"):
        return MaskWhere(mask=session.add_mask(_at_size(session, _mask(str(url)))))
    if "box" in region:
        return BoxWhere.model_validate({"box": region["box"], "unit": "percent"})
    return PointWhere.model_validate({"point": region.get("click"), "unit": "percent"})


def placed(asked: Region, where: Where | None) -> Region:
    """A click with the place that was pointed at written into its steps, or into the fields it changes."""
    if where is None:
        return asked
    place = where.model_dump(mode="json", exclude_defaults=True)
    if "steps" in asked:
        return {**asked, "steps": [{**step, "where": place} for step in asked["steps"]]}
    return {**asked, "fields": {**asked.get("fields", {}), "where": place}}


def _mask(url: str) -> Pixels:
    try:
        return open_mask(base64.b64decode(url.removeprefix(_PNG_URL), validate=True))
    except (binascii.Error, ValueError) as error:
        raise PlanError("What was brushed did not arrive whole.", remedy="Brush it again.") from error


def _at_size(session: Session, mask: Pixels) -> Pixels:
    """Scaled up to the picture, and hard."""
    large = np.asarray(cv2.resize(mask, session.picture().size, interpolation=cv2.INTER_LINEAR), np.uint8)
    return np.where(large > _BRUSHED, np.uint8(255), np.uint8(0))
