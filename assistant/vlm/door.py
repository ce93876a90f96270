"""What stands at every gate: only our own errors get out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.errors import GateError, PalimpsestError

_LOG = logging.getLogger(__name__)


@contextmanager
def at_the_door() -> Iterator[None]:
    """Whatever a model's library raises becomes a GateError, with the fault's traceback in the log."""
    try:
        yield
    except PalimpsestError:
        raise
    except Exception as error:
        _LOG.warning("the language model failed: %s", error, exc_info=True)
        said = " ".join(str(error).split())[:200]
        raise GateError(
            f"The language model failed ({type(error).__name__}{f': {said}' if said else ''}).",
            remedy="Say it again; if it stays so, start Palimpsest again or choose a smaller profile.",
        ) from error
