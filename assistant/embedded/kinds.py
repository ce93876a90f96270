"""Whether a picture is one of the sketchbook's or a photograph, looked at once for each."""

from __future__ import annotations

import threading
from collections import OrderedDict

import cv2
import numpy as np

from assistant.drafts import PictureKind
from assistant.embedded.tasks import Tasks
from assistant.history import History
from assistant.pictures import Picture
from assistant.script import Script
from assistant.sketchbook.language.looking import SKETCH
from assistant.steps import Generate
from assistant.vlm import Stop, never

_REMEMBERED = 256
_LOOKED_AT = 256
_MOST_OWN_COLORS = 0.5
"""Of 35 drawings of all styles only some in neon had more (up to 0.67; the others at most 0.43). Of seven photographs
of scikit-image astronaut, chelsea, coffee and a tissue had more (0.58 to 0.68); rocket, retina and a deep field not."""


def own_colors(picture: Picture) -> float:
    """Different colors for each pixel, 0..1, of the picture at 256 px: what cameras see has many, what is drawn few."""
    small = np.asarray(cv2.resize(picture.rgb, picture.size.fit(_LOOKED_AT), interpolation=cv2.INTER_AREA), np.uint32)
    codes = (small[..., 0] << 16) + (small[..., 1] << 8) + small[..., 2]
    return len(np.unique(codes)) / codes.size


class Kinds:
    """Looks and remembers; of a session's picture the root decides, for no step makes a photograph a sketch."""

    def __init__(self, tasks: Tasks) -> None:
        self.tasks = tasks
        self._known: OrderedDict[str, PictureKind] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, picture: Picture, history: History, stop: Stop = never) -> PictureKind:
        """The kind of the picture on show. Raises as Gate.ask."""
        current = history.current
        return "none" if current is None else self.of(picture, current.script, stop)

    def of(self, picture: Picture, script: Script | None = None, stop: Stop = never) -> PictureKind:
        """The kind of a picture that a script led to, or of one by itself. Raises as Gate.ask."""
        if script is not None and script.steps and isinstance(script.steps[0], Generate):
            return "sketch"
        return self._of((script.original if script else None) or picture.id, picture, stop)

    def _of(self, key: str, picture: Picture, stop: Stop) -> PictureKind:
        with self._lock:
            known = self._known.get(key)
        if known is None:
            known = "photo"
            if own_colors(picture) <= _MOST_OWN_COLORS and self.tasks.look(picture, ["kind"], stop)["kind"] == SKETCH:
                known = "sketch"
            with self._lock:
                self._known[key] = known
                while len(self._known) > _REMEMBERED:
                    self._known.popitem(last=False)
        return known
