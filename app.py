"""`python app.py`: arguments, then the page."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

# Before Gradio is imported: nothing about its use is sent anywhere.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")


def arguments() -> argparse.Namespace:
    """What may be said on the command line."""
    parser = argparse.ArgumentParser(description="Palimpsest: edit pictures on your own machine.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=None, help="port (default: the first free one from 7860)")
    parser.add_argument("--data-dir", type=Path, default=None, help="where sessions are kept")
    parser.add_argument("--open", action="store_true", help="open the browser")
    return parser.parse_args()


def main() -> None:
    """Open the store and serve the page."""
    options = arguments()
    from assistant.cli.common import data_dir
    from assistant.errors import PalimpsestError
    from assistant.sessions import Sessions
    from assistant.store import Store
    from assistant.ui.page import launch

    try:
        sessions = Sessions(Store(data_dir(options.data_dir)))
    except PalimpsestError as error:
        raise SystemExit(str(error)) from error
    launch(sessions, options.host, options.port, options.open)


if __name__ == "__main__":
    main()
