"""Drawing a scene: procedural, deterministic, the same at every size."""

from assistant.sketchbook.draw.layout import Attribute, Box, attribute_box, sign_boxes
from assistant.sketchbook.draw.picture import blank_sheet, draw

__all__ = ["Attribute", "Box", "attribute_box", "blank_sheet", "draw", "sign_boxes"]
