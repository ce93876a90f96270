"""The Hugging Face hub, as far as fetching needs it: what a repository holds, which of it we want, and its refusals."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

import httpx

from assistant.checkpoints import Fetched, File, cache_folder, fetch_command, storage_of
from assistant.errors import FetchFailed
from assistant.profiles import FLOATING, Profile, Repo

_SETTINGS = (".json", ".txt", ".model", ".jinja")
_VARIANT = re.compile(r"\.(fp16|bf16|fp32|fp8|non_ema)[.-]")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_DIGEST = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_TIMEOUT = httpx.Timeout(30.0, connect=10.0)


def endpoint() -> str:
    """HF_ENDPOINT, else the hub itself."""
    return (os.environ.get("HF_ENDPOINT") or "https://huggingface.co").rstrip("/")


def open_hub() -> httpx.Client:
    """Signed in as `hf auth login` left it; httpx does not carry that to another host."""
    from huggingface_hub import get_token

    token = get_token()
    headers = {"user-agent": "palimpsest", "accept-encoding": "identity"}
    headers |= {"authorization": f"Bearer {token}"} if token else {}
    return httpx.Client(headers=headers, timeout=_TIMEOUT, follow_redirects=True)


def listed(client: httpx.Client, profile: Profile, repo: Repo) -> Fetched:
    """The newest commit of a repository's revision, with the files of it that we want. Raises FetchFailed."""
    revision = "main" if repo.revision == FLOATING else repo.revision
    url = f"{endpoint()}/api/models/{repo.id}/revision/{quote(revision, safe='')}"
    response = client.get(url, params={"blobs": "true"})
    check_answer(response, profile, repo.id)
    try:
        said = response.json()
        commit, all_files = said["sha"], [_file(each) for each in said["siblings"]]
    except (ValueError, KeyError, TypeError) as error:
        raise _not_a_hub(profile) from error
    names = wanted(profile, repo, [file.path for file in all_files])
    files = tuple(file for file in all_files if file.path in names)
    if not _COMMIT.fullmatch(commit) or not files or not all(_is_sound(file) for file in files):
        raise _not_a_hub(profile)
    _remember_name(repo.id, revision, commit)
    return Fetched(repo.id, repo.revision, commit, files)


def _file(sibling: dict[str, Any]) -> File:
    """A file as the hub lists it; large ones carry their SHA-256 under `lfs`."""
    large = sibling.get("lfs") or {}
    return File(sibling["rfilename"], large.get("size", sibling["size"]), large.get("sha256") or sibling["blobId"])


def _is_sound(file: File) -> bool:
    """Nothing that leads out of its folder."""
    path = PurePosixPath(file.path)
    inside = not path.is_absolute() and ".." not in path.parts and not set("\\:") & set(file.path)
    return inside and _DIGEST.fullmatch(file.digest) is not None and file.size >= 0


def _remember_name(repo_id: str, revision: str, commit: str) -> None:
    """What huggingface_hub needs to find the commit by name without a network; an older note of its own stays."""
    note = storage_of(repo_id) / "refs" / revision
    if revision != commit and not note.exists():
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(commit)


def wanted(profile: Profile, repo: Repo, paths: list[str]) -> set[str]:
    """Settings and safetensors: of a pipeline those in its parts' folders, of an adapter the one that is named."""
    own = [adapter.weight_name for adapter in profile.adapters if adapter.repo == repo]
    settings = {path for path in paths if path.endswith(_SETTINGS)}
    weights = {path for path in paths if path.endswith(".safetensors")}
    if own:
        return {path for path in settings if path.endswith(".json") and "/" not in path} | (weights & set(own))
    if repo == profile.editor:
        weights = {path for path in weights if "/" in path}
    plain = {path.rpartition("/")[0] for path in weights if not _VARIANT.search(path)}
    return settings | {path for path in weights if not _VARIANT.search(path) or path.rpartition("/")[0] not in plain}


def check_answer(response: httpx.Response, profile: Profile, repo_id: str) -> None:
    """Raises FetchFailed for every answer that is not the thing itself."""
    status, code = response.status_code, response.headers.get("x-error-code", "")
    again = f"then `{fetch_command(profile)}` again."
    if status in (401, 403):
        raise FetchFailed(
            f"The hub does not give {repo_id} to this account ({status}).",
            allowed="Its licence has to be accepted by a signed-in person first.",
            remedy=f"Accept it at {endpoint()}/{repo_id}, sign in with `hf auth login`, {again}",
        )
    if status == 404:
        what = "has no such revision of" if code == "RevisionNotFound" else "does not have"
        raise FetchFailed(
            f"The hub {what} {repo_id}.",
            allowed="It may have been renamed or withdrawn.",
            remedy=f"`palimpsest models remove {profile.name}` forgets the old revision, {again}",
        )
    if status >= 400:
        raise FetchFailed(f"The hub is in trouble ({status}).", remedy=f"Wait a little, {again}")


def _not_a_hub(profile: Profile) -> FetchFailed:
    return FetchFailed(
        f"{endpoint()} does not answer as a Hugging Face hub does.",
        remedy=f"Check HF_ENDPOINT and the proxy, then `{fetch_command(profile)}` again.",
    )


def free_bytes() -> int:
    """Room on the disk of the Hugging Face cache."""
    folder = cache_folder().absolute()
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


@contextmanager
def sentences(profile: Profile) -> Iterator[None]:
    """What the network, the disk and the person may do, as FetchFailed."""
    command = fetch_command(profile)
    try:
        yield
    except KeyboardInterrupt as error:
        raise FetchFailed("Stopped.", remedy=f"`{command}` goes on where this ended; nothing is lost.") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchFailed(
            f"{endpoint()} cannot be reached, or broke off ({str(error)[:120] or type(error).__name__}).",
            allowed="Only fetching needs the network; everything else runs without.",
            remedy=f"Check the connection and the proxy; `{command}` goes on where this ended.",
        ) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise disk_full(profile, f"{in_gb(free_bytes())} are free") from error
        raise FetchFailed(
            f"“{error.filename or cache_folder()}” cannot be written ({error.strerror or error}).",
            remedy=f"Make it writable, or set HF_HOME to a folder that is; then `{command}` again.",
        ) from error


def disk_full(profile: Profile, how: str) -> FetchFailed:
    return FetchFailed(
        f"The disk of “{cache_folder()}” is too small: {how}.",
        remedy=f"Free some space, or set HF_HOME to a folder on a larger disk; `{fetch_command(profile)}` goes on.",
    )


def in_gb(size: int) -> str:
    """Bytes for people."""
    return f"{size / 1e9:.1f} GB" if size >= 1e8 else f"{size / 1e6:.1f} MB"
