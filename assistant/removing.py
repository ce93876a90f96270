"""Removing the weights of a profile: what no other fetched profile uses."""

from __future__ import annotations

import shutil

from assistant.checkpoints import Fetched, cache_folder, forget, record_of, storage_of
from assistant.profiles import PROFILES, Profile


def remove(profile: Profile) -> int:
    """Delete what only this profile uses, and its record; gives the bytes that were freed."""
    others = {entry.id for name in PROFILES if name != profile.name for entry in record_of(name).repos}
    mine = [entry for entry in record_of(profile.name).repos if entry.id not in others]
    freed = sum(_remove(entry) for entry in mine)
    forget(profile.name)
    return freed


def _remove(entry: Fetched) -> int:
    """The files of one repository; blobs that another commit of it uses stay."""
    freed = _remove_snapshot(entry)
    blobs = storage_of(entry.id) / "blobs"
    for part in blobs.glob("*.palimpsest.incomplete"):
        freed += part.stat().st_size
        part.unlink()
    for file in entry.files:  # fetched, and not linked yet when the fetch ended
        freed += _remove_unlinked(entry, file.digest)
    snapshots = storage_of(entry.id) / "snapshots"
    if not any(path.is_file() or path.is_symlink() for path in snapshots.rglob("*")):
        shutil.rmtree(storage_of(entry.id), ignore_errors=True)
    return freed


def _remove_snapshot(entry: Fetched) -> int:
    """As `hf cache` removes files, which knows who else needs a blob."""
    if not (storage_of(entry.id) / "snapshots").is_dir():
        return 0
    from huggingface_hub import scan_cache_dir

    ours = {file.path for file in entry.files}
    cache = scan_cache_dir(cache_folder())
    strategy = cache.delete_files(
        *(
            file
            for repo in cache.repos
            if repo.repo_id == entry.id and repo.repo_type == "model"
            for revision in repo.revisions
            if revision.commit_hash == entry.commit
            for file in revision.files
            if file.file_path.relative_to(revision.snapshot_path).as_posix() in ours
        )
    )
    strategy.execute()
    return strategy.expected_freed_size


def _remove_unlinked(entry: Fetched, digest: str) -> int:
    blob = storage_of(entry.id) / "blobs" / digest
    used = (path.resolve() for path in (storage_of(entry.id) / "snapshots").rglob("*") if path.is_symlink())
    if not blob.is_file() or blob.resolve() in used:
        return 0
    size = blob.stat().st_size
    blob.unlink()
    return size
