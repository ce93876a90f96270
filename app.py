"""`python app.py`: arguments, then the page."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.models.switching import Workshop

# Before Gradio is imported: nothing about its use is sent anywhere.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")


def arguments() -> argparse.Namespace:
    """What may be said on the command line."""
    parser = argparse.ArgumentParser(description="Palimpsest: edit pictures by talking, on your own machine.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=None, help="port; the next free one when it is taken (7860)")
    parser.add_argument(
        "--profile", default="sketchbook", help="which models plan and paint: `palimpsest models`; or auto"
    )
    parser.add_argument("--planner-url", default="", metavar="URL", help="a server that plans, as http://host:8000/v1")
    parser.add_argument("--planner-model", default="", metavar="NAME", help="which of its models (default: the first)")
    parser.add_argument(
        "--gguf", type=Path, default=None, metavar="FILE", help="the painter's transformer, instead of the profile's"
    )
    parser.add_argument("--compile", action="store_true", help="start slower, paint faster (needs a C++ compiler)")
    parser.add_argument("--data-dir", type=Path, default=None, help="where sessions are kept")
    parser.add_argument(
        "--auth", action="append", default=[], metavar="NAME:PASSWORD", help="ask for a password; may be repeated"
    )
    parser.add_argument("--share", action="store_true", help="make a public link, with a password, over a relay")
    parser.add_argument("--max-file-size", type=float, default=None, metavar="MB", help="of one picture, 50 at most")
    parser.add_argument("--open", action="store_true", help="open the browser")
    return parser.parse_args()


def users_of(said: list[str]) -> dict[str, str]:
    """Names and passwords from the command line; ends the program for one without a password."""
    pairs = [word.partition(":") for word in said]
    if any(not name or not password for name, _, password in pairs):
        raise SystemExit("--auth wants NAME:PASSWORD, both of them, with a colon between.")
    return {name: password for name, _, password in pairs}


def workshop_of(options: argparse.Namespace) -> Workshop:
    """The models that were asked for. Raises UnknownProfile, CheckpointError, ModelUnavailable."""
    from assistant.models import Elsewhere, Models, chosen_profile, load_models
    from assistant.models.switching import Workshop
    from assistant.profiles import Profile

    elsewhere = Elsewhere(options.planner_url, options.planner_model) if options.planner_url else None
    if elsewhere:
        print(f"Planning elsewhere: messages and reduced pictures are sent to {elsewhere.url}.")

    def load(profile: Profile) -> Models:
        own = options.gguf if profile is chosen else None  # another one, chosen on the page, has its own weights
        return load_models(profile, elsewhere=elsewhere, compiled=options.compile, gguf=own)

    chosen, why = chosen_profile(options.profile, options.gguf)
    if why:
        print(why)
    return Workshop(load(chosen), load)


def main() -> None:
    """Open the store, begin to load the models, serve the page."""
    options = arguments()
    users = users_of(options.auth)
    from assistant.cli.common import data_dir
    from assistant.errors import PalimpsestError
    from assistant.opening import MAX_BYTES
    from assistant.sessions import Sessions
    from assistant.store import Store
    from assistant.ui.asking import Desk
    from assistant.ui.serving import Serving, launch

    max_bytes = min(MAX_BYTES, int(options.max_file_size * 1e6)) if options.max_file_size else MAX_BYTES
    serving = Serving(options.host, options.port, users, options.share, options.open)
    try:
        models = workshop_of(options)
        store = Store(data_dir(options.data_dir))
        sessions = Sessions(store, models.planner, models.editor, models.locator, models.verifier)
        launch(Desk(sessions, models, max_bytes, models if serving.is_private else None), serving)
    except PalimpsestError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
