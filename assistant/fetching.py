"""Fetching the weights of a profile from the Hugging Face hub, into its cache: whole, verified, resumed.

huggingface_hub 2.4 throws away what it has of a file when a download breaks, and these files have up to ten gigabytes;
so the bytes are loaded here, over plain HTTP with Range, and laid where huggingface_hub looks for them.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

import httpx

from assistant.checkpoints import (
    Fetched,
    File,
    Record,
    damaged,
    fetch_command,
    is_accepted,
    known_repos,
    license_note,
    matches,
    pinned,
    record_of,
    records_folder,
    storage_of,
    write_record,
)
from assistant.errors import FetchFailed
from assistant.hub import check_answer, disk_full, endpoint, free_bytes, in_gb, listed, open_hub, sentences
from assistant.profiles import Profile

_WORKERS = 4
WAITS = (1.0, 2.0, 4.0, 8.0)
"""Seconds between tries that bring no byte; after as many a download gives up."""


class OnProgress(Protocol):
    """Told how far a fetch is; from several threads, one at a time."""

    def __call__(self, file: str, done: int, total: int) -> None:
        """`file` is at work; `done` of `total` bytes of everything are here."""
        ...


@dataclass(frozen=True)
class Summary:
    """What a fetch did, in bytes."""

    loaded: int
    total: int


def _silent(file: str, done: int, total: int) -> None:
    """Nobody looks."""


def fetch(profile: Profile, on_progress: OnProgress = _silent, *, accepted: bool = False) -> Summary:
    """Load what is missing of a profile, verify everything, remember it.

    Raises FetchFailed, and DamagedCheckpoint when what came is not what the hub said.
    """
    if profile.is_embedded:
        return Summary(0, 0)
    _check_allowed(profile, accepted)
    with sentences(profile), _alone(profile), open_hub() as hub:
        before = record_of(profile.name)
        accept = profile.license if accepted else before.accepted
        entries = [before.of(repo) or pinned(repo) or listed(hub, profile, repo) for repo in profile.repos]
        under_way = tuple(replace(entry, verified=False) for entry in entries)
        write_record(profile.name, Record(accept, under_way))
        summary = _Fetch(profile, hub, entries, on_progress).run()
        write_record(profile.name, Record(accept, tuple(replace(entry, verified=True, bad=()) for entry in entries)))
        return summary


def _check_allowed(profile: Profile, accepted: bool) -> None:
    for repo in profile.repos:
        if repo.id not in known_repos():
            raise FetchFailed(
                f"{repo.id} is not a repository of Palimpsest's table.",
                allowed="Only the repositories of that table are fetched.",
                remedy="`palimpsest models` lists the profiles that there are.",
            )
    if not (accepted or is_accepted(profile)):
        raise FetchFailed(
            license_note(profile, False),
            allowed="It has to be accepted first.",
            remedy=f"`{fetch_command(profile)} --yes` accepts it.",
        )


# -- the files ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Job:
    """The bytes of one file on their way; files of one repository that are equal share them."""

    repo_id: str
    commit: str
    files: tuple[File, ...]

    @property
    def file(self) -> File:
        return self.files[0]

    @property
    def url(self) -> str:
        return f"{endpoint()}/{self.repo_id}/resolve/{self.commit}/{quote(self.file.path)}"

    @property
    def places(self) -> list[Path]:
        return [storage_of(self.repo_id) / "snapshots" / self.commit / file.path for file in self.files]

    @property
    def blob(self) -> Path:
        return storage_of(self.repo_id) / "blobs" / self.file.digest

    @property
    def part(self) -> Path:
        """What is there of it so far; huggingface_hub ignores files of that name."""
        return self.blob.with_name(f"{self.file.digest}.palimpsest.incomplete")

    @property
    def here(self) -> int:
        """Bytes of it so far."""
        return min(self.part.stat().st_size, self.file.size) if self.part.exists() else 0

    def link(self) -> None:
        """Put the bytes into the snapshot: links, or copies where the system has none."""
        linked = [_link(self.blob, place) for place in self.places if not place.exists()]
        if linked and not any(linked):
            self.blob.unlink()


def _jobs(entry: Fetched) -> list[_Job]:
    same: dict[str, list[File]] = {}
    for file in entry.files:
        same.setdefault(file.digest, []).append(file)
    return [_Job(entry.id, entry.commit, tuple(files)) for files in same.values()]


def _link(blob: Path, place: Path) -> bool:
    """Gives whether it is a link."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        place.symlink_to(os.path.relpath(blob, place.parent))
    except OSError:
        shutil.copyfile(blob, place)
        return False
    return True


class _Fetch:
    """All files of one profile: look, load, verify, link."""

    def __init__(self, profile: Profile, hub: httpx.Client, entries: list[Fetched], on_progress: OnProgress) -> None:
        self._profile = profile
        self._hub = hub
        self._jobs = [job for entry in entries for job in _jobs(entry)]
        self._total = sum(job.file.size for job in self._jobs)
        self._done = 0
        self._loaded = 0
        self._on_progress = on_progress
        self._lock = threading.Lock()
        self._stop = threading.Event()

    def run(self) -> Summary:
        """Load, verify and link all of it."""
        missing = [job for job in self._jobs if not self._is_here(job)]
        self._check_room(sum(job.file.size - job.here for job in missing))
        self._progress("", sum(job.here for job in missing))
        with ThreadPoolExecutor(_WORKERS) as pool:
            try:
                for future in as_completed([pool.submit(self._load, job) for job in missing]):
                    future.result()
            except BaseException:
                self._stop.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return Summary(self._loaded, self._total)

    def _progress(self, file: str, more: int, loaded: int = 0) -> None:
        with self._lock:
            self._done += more
            self._loaded += loaded
            self._on_progress(file, self._done, self._total)

    def _is_here(self, job: _Job) -> bool:
        """Whole already, in the snapshot or among the blobs; what is damaged is cleared away."""
        self._progress(job.file.path, 0)
        bad = [place for place in job.places if not matches(place, job.file)]
        for place in bad:
            place.unlink(missing_ok=True)
        if bad and not matches(job.blob, job.file):
            job.blob.unlink(missing_ok=True)
            return False
        job.link()
        self._progress(job.file.path, job.file.size)
        return True

    def _check_room(self, needed: int) -> None:
        """Raises FetchFailed when the disk cannot hold it."""
        free = free_bytes()
        if needed > free:
            raise disk_full(self._profile, f"{in_gb(needed)} more are needed and {in_gb(free)} are free")

    def _load(self, job: _Job) -> None:
        """Until it is whole; it begins where an earlier try ended."""
        job.part.parent.mkdir(parents=True, exist_ok=True)
        self._fill(job)
        if not matches(job.part, job.file):
            job.part.unlink()
            raise damaged(self._profile, job.repo_id, [job.file.path])
        job.part.replace(job.blob)
        job.link()

    def _fill(self, job: _Job) -> None:
        """Ask for what is missing until it is all here, or an answer brings nothing."""
        tries, here = 0, -1
        while job.here > here or tries:
            here = job.here
            if here == job.file.size and job.part.exists():
                return
            try:
                self._stream(job)
                tries = 0
            except (httpx.TransportError, httpx.HTTPStatusError):
                tries = 1 if job.here > here else tries + 1
                if tries > len(WAITS) or self._stop.wait(WAITS[tries - 1]):
                    raise

    def _stream(self, job: _Job) -> None:
        start = job.here
        headers = {"range": f"bytes={start}-"} if start else {}
        with self._hub.stream("GET", job.url, headers=headers) as response:
            if response.status_code >= 500:
                response.raise_for_status()
            check_answer(response, self._profile, job.repo_id)
            if start and response.status_code != 206:  # it sends all of it again
                self._progress(job.file.path, -start)
                start = 0
            with job.part.open("r+b" if start else "wb") as opened:
                opened.seek(start)
                for chunk in response.iter_bytes():
                    opened.write(chunk)
                    self._progress(job.file.path, len(chunk), loaded=len(chunk))
                    if self._stop.is_set():
                        raise httpx.ReadError("stopped")
                opened.truncate()


@contextmanager
def _alone(profile: Profile) -> Iterator[None]:
    """One fetch at a time on this machine: two would write into the same files."""
    from filelock import FileLock, Timeout

    records_folder().mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(records_folder() / "fetch.lock", timeout=0):
            yield
    except Timeout as error:
        raise FetchFailed(
            "Another fetch runs on this machine.", remedy=f"Wait for it, then `{fetch_command(profile)}` again."
        ) from error


def missing_bytes(profile: Profile) -> int:
    """About what a fetch would still load, by what is on the disk."""
    entries = [entry for repo in profile.repos if (entry := record_of(profile.name).of(repo))]
    if len(entries) < len(profile.repos):
        return int(profile.download_gb * 1e9)
    jobs = [job for entry in entries for job in _jobs(entry)]
    return sum(job.file.size - job.here for job in jobs if not all(place.exists() for place in job.places))
