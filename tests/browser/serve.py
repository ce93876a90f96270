"""The page for real, with a scripted planner and painter: `python -m tests.browser.serve FOLDER PORT`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")


class Ready:
    """Models that are there."""

    state = "ready"
    error = ""

    def warm(self) -> None:
        pass


def main(folder: Path, port: int) -> None:
    """Serve until killed."""
    from assistant.sessions import Sessions
    from assistant.store import Store
    from assistant.ui.asking import Desk
    from assistant.ui.serving import Serving, launch
    from tests.browser.doubles import ByHeart, Painter

    sessions = Sessions(Store(folder), ByHeart(), Painter(folder))
    launch(Desk(sessions, Ready()), Serving(port=port))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
