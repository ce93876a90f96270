"""Where the weights of a profile lie on this machine, and whether they are whole; nothing here touches the network.

The files lie in the Hugging Face cache, where other programs find them too. Beside the sessions we keep one record a
profile: which commit was fetched and what every file must be. A record that is not `verified` is a fetch under way.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

import platformdirs

from assistant.errors import DamagedCheckpoint, NotInstalled, UnsafeCheckpoint
from assistant.profiles import FLOATING, PROFILES, Adapter, Profile, Repo

State = Literal["not installed", "partial", "damaged", "installed"]
_CHUNK = 1 << 20
_CODE = {".py", ".pyc", ".so"}
_PICKLES = {".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".joblib"}
_CODE_SETTINGS = ("auto_map", "custom_pipelines", "custom_pipeline")
_ATTENTION_SETTINGS = ("attn_implementation", "_attn_implementation")
_SETTINGS_BYTES = 1 << 20


@dataclass(frozen=True)
class File:
    """One file of a repository, as the hub described it."""

    path: str
    size: int
    digest: str
    """SHA-256 of a large file, git's SHA-1 of a small one; also its name among the cache's blobs."""


@dataclass(frozen=True)
class Fetched:
    """What a record says of one repository."""

    id: str
    revision: str
    commit: str
    files: tuple[File, ...]
    verified: bool = False
    bad: tuple[str, ...] = ()
    """Files that were found damaged, until they are fetched again."""

    def is_of(self, repo: Repo) -> bool:
        return (self.id, self.revision) == (repo.id, repo.revision)


@dataclass(frozen=True)
class Record:
    """What was fetched for one profile, and the licence that was accepted for it."""

    accepted: str = ""
    repos: tuple[Fetched, ...] = ()

    def of(self, repo: Repo) -> Fetched | None:
        return next((each for each in self.repos if each.is_of(repo)), None)

    def having(self, fetched: Fetched) -> Record:
        """With this instead of what it said of that repository before."""
        return replace(self, repos=(*(each for each in self.repos if each.id != fetched.id), fetched))


# -- places ------------------------------------------------------------------------------------------------------------


def cache_folder() -> Path:
    """The Hugging Face cache, as its own environment variables place it."""
    home = os.environ.get("HF_HOME") or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "huggingface"
    chosen = os.environ.get("HF_HUB_CACHE") or os.environ.get("HUGGINGFACE_HUB_CACHE") or Path(home) / "hub"
    return Path(os.path.expandvars(chosen)).expanduser()


def records_folder() -> Path:
    """PALIMPSEST_MODELS, else beside the sessions."""
    data = os.environ.get("PALIMPSEST_DATA") or platformdirs.user_data_path("palimpsest")
    return Path(os.environ.get("PALIMPSEST_MODELS") or Path(data) / "models")


def storage_of(repo_id: str) -> Path:
    """The cache's folder of one repository."""
    return cache_folder() / f"models--{repo_id.replace('/', '--')}"


def snapshot_of(fetched: Fetched) -> Path:
    """The folder of one commit, as a checkout would look."""
    return storage_of(fetched.id) / "snapshots" / fetched.commit


# -- records -----------------------------------------------------------------------------------------------------------


def record_of(name: str) -> Record:
    """What was fetched for a profile; an empty one where nothing was, or where the record cannot be read."""
    try:
        said = json.loads((records_folder() / f"{name}.json").read_text(encoding="utf-8"))
        repos = tuple(
            Fetched(**{**each, "files": tuple(File(**file) for file in each["files"]), "bad": tuple(each["bad"])})
            for each in said["repos"]
        )
        return Record(said["accepted"], repos)
    except (OSError, ValueError, TypeError, KeyError):
        return Record()


def write_record(name: str, record: Record) -> None:
    """Whole or not at all."""
    folder = records_folder()
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{name}.json.part"
    part.write_text(json.dumps(asdict(record), indent=1), encoding="utf-8")
    part.replace(folder / f"{name}.json")


def forget(name: str) -> None:
    """Drop the record of a profile, the accepted licence with it."""
    (records_folder() / f"{name}.json").unlink(missing_ok=True)


def is_accepted(profile: Profile) -> bool:
    """Its licence needs no yes, or somebody at this machine gave it."""
    return profile.commercial_use or record_of(profile.name).accepted == profile.license


def license_note(profile: Profile, accepted: bool) -> str:
    """What is shown before the first use of a profile; empty where there is nothing to show any more."""
    if profile.commercial_use or accepted:
        return ""
    page = f" Read it at https://huggingface.co/{profile.editor.id}." if profile.editor.id else ""
    return f"{profile.name} comes under the licence “{profile.license}”, which forbids commercial use.{page}"


# -- looking -----------------------------------------------------------------------------------------------------------


def fetch_command(profile: Profile) -> str:
    """What a person types to get or to mend the weights."""
    return f"palimpsest models fetch {profile.name}"


def state_of(profile: Profile) -> State:
    """A quick look: is every recorded file there, with its size?"""
    if profile.is_embedded:
        return "installed"
    entries = [record_of(profile.name).of(repo) for repo in profile.repos]
    if not any(entries):
        return "not installed"
    faults = [_fault(entry, file) for entry in entries if entry for file in entry.files]
    if "damaged" in faults:
        return "damaged"
    whole = all(entry is not None and entry.verified for entry in entries)
    return "installed" if whole and "partial" not in faults else "partial"


def _fault(entry: Fetched, file: File) -> Literal["partial", "damaged"] | None:
    try:
        found = (snapshot_of(entry) / file.path).stat().st_size
    except OSError:
        return "partial"
    if file.path in entry.bad:
        return "damaged"
    return None if found == file.size else "damaged"


def verify(profile: Profile, on_file: Callable[[str, int], None] = lambda path, size: None) -> None:
    """Read every byte again. Raises NotInstalled, DamagedCheckpoint; a damaged one stays so until it is fetched."""
    for repo in profile.repos:
        entry = _entry(profile, repo)
        bad = []
        for file in entry.files:
            on_file(file.path, file.size)
            if not matches(snapshot_of(entry) / file.path, file):
                bad.append(file.path)
        write_record(profile.name, record_of(profile.name).having(replace(entry, bad=tuple(bad))))
        if bad:
            raise damaged(profile, repo.id, bad)


def matches(path: Path, file: File) -> bool:
    """The file is there with the right size and every byte of it right."""
    try:
        return path.stat().st_size == file.size and _digest(path, file) == file.digest
    except OSError:
        return False


def _digest(path: Path, file: File) -> str:
    """SHA-256, or git's own hash of a small file: SHA-1 over a header and the bytes."""
    hashed = hashlib.sha256() if len(file.digest) == 64 else hashlib.sha1(f"blob {file.size}\0".encode())
    with path.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            hashed.update(chunk)
    return hashed.hexdigest()


def damaged(profile: Profile, repo_id: str, paths: Iterable[str]) -> DamagedCheckpoint:
    """The sentence for files that are not what the hub said."""
    return DamagedCheckpoint(
        f"Of {profile.name}, these files of {repo_id} are damaged: {_some(paths)}.",
        allowed="Every byte has to be what the hub published.",
        remedy=f"`{fetch_command(profile)}` loads them again, and only them.",
    )


def _some(paths: Iterable[str]) -> str:
    names = list(paths)
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


# -- giving it to who loads --------------------------------------------------------------------------------------------


def folder_of(profile: Profile, repo: Repo | None = None) -> Path:
    """The local folder of one of its repositories (its editor's), whole and safe to load.

    Raises NotInstalled, DamagedCheckpoint, UnsafeCheckpoint.
    """
    entry = _entry(profile, repo or profile.editor)
    faults = {file.path: _fault(entry, file) for file in entry.files}
    missing = [path for path, fault in faults.items() if fault == "partial"]
    if missing or not entry.verified:
        reason = f"missing: {_some(missing)}" if missing else "not verified yet"
        raise NotInstalled(
            f"The weights of {profile.name} are not complete ({entry.id}: {reason}).",
            remedy=f"`{fetch_command(profile)}` loads what is missing, and only that.",
        )
    if wrong := [path for path, fault in faults.items() if fault == "damaged"]:
        raise damaged(profile, entry.id, wrong)
    folder = snapshot_of(entry)
    check_safe(profile, folder, entry.files)
    return folder


def adapter_file(profile: Profile, adapter: Adapter) -> Path:
    """The local file of one of its adapters. Raises what `folder_of` raises."""
    return folder_of(profile, adapter.repo) / adapter.weight_name


def _entry(profile: Profile, repo: Repo) -> Fetched:
    if entry := record_of(profile.name).of(repo):
        return entry
    raise NotInstalled(
        f"The weights of {profile.name} ({repo.id}) are not installed.",
        remedy=f"`{fetch_command(profile)}` loads them, about {profile.download_gb:g} GB in all, "
        "and takes what the Hugging Face cache already has.",
    )


# -- no code -----------------------------------------------------------------------------------------------------------


def no_remote_code() -> None:
    """Close every door through which a library would fetch or run code; to be called before they are imported.

    diffusers: DIFFUSERS_*. transformers' kernels from the hub: USE_HUB_KERNELS. Everybody's network: HF_HUB_OFFLINE.
    """
    closed = {
        "DIFFUSERS_DISABLE_REMOTE_CODE": "1", "DIFFUSERS_TRUST_REMOTE_KERNELS": "0", "USE_HUB_KERNELS": "0",
        "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1",
    }  # fmt: skip
    os.environ.update(closed)
    if "hub" in os.environ.get("DIFFUSERS_ATTN_BACKEND", ""):
        del os.environ["DIFFUSERS_ATTN_BACKEND"]


def check_safe(profile: Profile, folder: Path, files: Iterable[File]) -> None:
    """No pickles and no code where weights are loaded from, no settings that ask for code. Raises UnsafeCheckpoint."""
    known = [Path(file.path) for file in files]
    weights = {path.parent for path in known if path.suffix == ".safetensors"}
    found = {path for place in weights for path in _holding(folder / place, _CODE | _PICKLES)}
    found |= {path for place in {path.parent for path in known} for path in _holding(folder / place, _CODE)}
    if found:
        names = _some(sorted(path.relative_to(folder).as_posix() for path in found))
        raise _unsafe(profile, folder, f"holds {names}, which could run code", "Delete or move what is named")
    for path in known:
        if path.suffix == ".json" and (setting := _asks_for_code(folder / path)):
            raise _unsafe(profile, folder, f"asks for code in {path} ({setting})", "Choose another profile")


def _holding(place: Path, suffixes: set[str]) -> Iterator[Path]:
    return (path for path in place.iterdir() if path.suffix.lower() in suffixes)


def _unsafe(profile: Profile, folder: Path, what: str, remedy: str) -> UnsafeCheckpoint:
    return UnsafeCheckpoint(
        f"The folder of {profile.name}, “{folder}”, {what}.",
        allowed="Weights are loaded from safetensors only, and nothing that comes with them is run.",
        remedy=f"{remedy}; `{fetch_command(profile)}` never loads such files.",
    )


def _asks_for_code(path: Path) -> str:
    """The setting of a configuration file that would load code; empty where there is none."""
    if path.stat().st_size > _SETTINGS_BYTES:
        return ""  # a tokenizer's vocabulary or an index of shards
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return ""
    return _code_setting(said)


def _code_setting(said: Any) -> str:
    if not isinstance(said, dict):
        return ""
    for name, value in said.items():
        elsewhere = name in _ATTENTION_SETTINGS and "/" in str(value)
        own_class = name == "_class_name" and isinstance(value, list)
        if (name in _CODE_SETTINGS and value) or elsewhere or own_class:
            return name
        if inner := _code_setting(value):
            return inner
    return ""


# -- what is allowed ---------------------------------------------------------------------------------------------------


def known_repos() -> set[str]:
    """The only repositories that are ever fetched: those of the table."""
    return {repo.id for profile in PROFILES.values() for repo in profile.repos}


def pinned(repo: Repo) -> Fetched | None:
    """The same repository as another profile has it, whole: nobody needs two commits of one planner."""
    for name in PROFILES:
        entry = record_of(name).of(repo)
        if entry and entry.verified and repo.revision == FLOATING and not any(_fault(entry, f) for f in entry.files):
            return entry
    return None
