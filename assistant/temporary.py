"""Folders for a while: files of a session that no record points to, gone with the session or with the program."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

import psutil

from assistant.blob_folder import disk_errors

_PLACE = "temporary"
_TRIES = 20


def temporary_folder(root: Path, session_id: str) -> Path:
    """A new folder of this program for a session of the store in `root`. Raises StoreError."""
    of_session = root / _PLACE / session_id
    with disk_errors(of_session):
        for _ in range(_TRIES):
            # Whoever removes the last other folder of the session takes the common one along.
            with contextlib.suppress(FileNotFoundError, FileExistsError):
                return _made(of_session)
        return _made(of_session)


def _made(of_session: Path) -> Path:
    of_session.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=of_session))


def remove_folder(folder: Path) -> None:
    """Remove one of them with all that is in it; one that is gone already is no error."""
    shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):
        folder.parent.rmdir()  # another one of the session keeps it


def remove_temporary(root: Path, session_id: str) -> None:
    """Remove all of a session, whichever program made them."""
    shutil.rmtree(root / _PLACE / session_id, ignore_errors=True)


def sweep_temporary(root: Path) -> None:
    """Remove what programs that ended left behind; to be called before this one makes its first."""
    for folder in (root / _PLACE).glob("*/*"):
        process = folder.name.partition("-")[0]
        if process == str(os.getpid()) or not (process.isdecimal() and psutil.pid_exists(int(process))):
            remove_folder(folder)
