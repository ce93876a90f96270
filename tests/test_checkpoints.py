"""Weights on their way and on the disk: whole or a sentence with the command that mends them; never code."""

from __future__ import annotations

import dataclasses
import errno
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import checkpoints, fetching
from assistant.checkpoints import adapter_file, folder_of, no_remote_code, record_of, snapshot_of, state_of, verify
from assistant.errors import DamagedCheckpoint, FetchFailed, NotInstalled, UnsafeCheckpoint
from assistant.fetching import Summary, fetch
from assistant.profiles import PROFILES, Adapter, Parts, Profile, Repo, SizeRule
from assistant.removing import remove
from tests.hub import Hub, serving

SHARD = bytes(range(256)) * 2000
PLANNER = Repo("ours/planner")
TINY = Profile(
    name="tiny",
    words="For tests.",
    pipeline="Flux2KleinPipeline",
    num_inference_steps=4,
    sizes=SizeRule(multiple=16, pixels=64 * 64),
    parts=Parts(transformer=0.001),
    license="Apache-2.0",
    commercial_use=True,
    editor=Repo("ours/tiny"),
    planner=PLANNER,
    adapters=(Adapter(Repo("ours/lora"), "fast.safetensors", 0.0),),
)
OTHER = dataclasses.replace(TINY, name="other", editor=Repo("ours/other", "diffusers"), adapters=())
BOUND = dataclasses.replace(TINY, name="bound", license="NC-1.0", commercial_use=False, planner=None, adapters=())
PIPELINE = {
    "model_index.json": b'{"_class_name": "Flux2KleinPipeline"}',
    "transformer/config.json": b'{"layers": 1}',
    "transformer/a-00001-of-00002.safetensors": SHARD,
    "transformer/a-00002-of-00002.safetensors": b"second" * 5000,
    "transformer/a.fp16.safetensors": b"half" * 900,
    "vae/config.json": b'{"layers": 1}',
    "vae/model.safetensors": b"vae" * 700,
    "tokenizer/merges.txt": b"a b",
    "README.md": b"# words",
}
UNWANTED = {
    "tiny.safetensors": b"all in one" * 99,
    "vae/model.bin": b"pickle",
    "model.ckpt": b"pickle",
    "transformer/model.py": b"print()",
    "tiny.gguf": b"gguf",
}
NEVER_ASKED = (
    ".bin",
    ".ckpt",
    ".py",
    ".gguf",
    ".pt",
    "tiny.safetensors",
    "slow.safetensors",
    ".md",
    "fp16.safetensors",
)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Hub]:
    """A hub with three repositories, an empty cache, and no waiting between tries."""
    for profile in (TINY, OTHER, BOUND):
        monkeypatch.setitem(PROFILES, profile.name, profile)
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "PALIMPSEST_MODELS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")  # as app.py sets it
    monkeypatch.setattr(fetching, "WAITS", (0.0, 0.0))
    planner = {"config.json": b"{}", "model.safetensors": b"plan" * 999, "chat_template.jinja": b"{{ words }}"}
    lora = {"fast.safetensors": b"fast" * 99, "slow.safetensors": b"slow" * 99}
    held = Hub(repos={"ours/tiny": {**PIPELINE, **UNWANTED}, "ours/planner": planner, "ours/lora": lora})
    held.repos["ours/other"] = {"model_index.json": b"{}", "unet/model.safetensors": b"unet" * 99}
    held.revisions.add("diffusers")
    with serving(held):
        monkeypatch.setenv("HF_ENDPOINT", held.url)
        yield held


def test_a_profile_is_fetched_whole_and_nothing_that_could_run(hub: Hub) -> None:
    assert state_of(TINY) == "not installed"
    seen: list[tuple[str, int, int]] = []
    done = fetch(TINY, lambda file, done, total: seen.append((file, done, total)))
    assert state_of(TINY) == "installed"
    assert done.loaded == done.total == seen[-1][1] == seen[-1][2]
    names = [each.path for each in hub.files_asked()]
    assert not [name for name in names if name.endswith(NEVER_ASKED)]
    folder = folder_of(TINY)
    assert (folder / "transformer/a-00001-of-00002.safetensors").read_bytes() == SHARD
    assert (folder / "vae/config.json").read_bytes() == (folder / "transformer/config.json").read_bytes()
    assert (folder_of(TINY, PLANNER) / "chat_template.jinja").exists()
    assert adapter_file(TINY, TINY.adapters[0]).read_bytes() == b"fast" * 99
    assert {each.commit for each in record_of("tiny").repos} == {
        hub.commit(repo) for repo in ("ours/tiny", "ours/planner", "ours/lora")
    }


def test_what_was_fetched_is_used_without_a_network_and_found_by_others(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch(TINY)
    asked = len(hub.asked)
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    assert folder_of(TINY).is_dir()
    assert fetch(TINY).loaded == 0
    assert len(hub.asked) == asked
    code = "import huggingface_hub as h; print(h.snapshot_download('ours/tiny', allow_patterns=['vae/*']))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert Path(ended.stdout.strip()) == folder_of(TINY)


def test_a_broken_download_goes_on_where_it_ended(hub: Hub) -> None:
    name = "transformer/a-00001-of-00002.safetensors"
    hub.breaks[name] = 200_000
    fetch(TINY)
    first, second = (each for each in hub.files_asked() if each.path.endswith(name))
    assert (first.range, second.range) == ("", "bytes=200000-")
    assert second.sent == len(SHARD) - 200_000
    verify(TINY)


def test_the_next_call_resumes_too(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "transformer/a-00001-of-00002.safetensors"
    hub.breaks[name] = 300_000
    monkeypatch.setattr(fetching, "WAITS", ())
    with pytest.raises(FetchFailed, match="palimpsest models fetch tiny` goes on"):
        fetch(TINY)
    assert state_of(TINY) == "partial"
    with pytest.raises(NotInstalled, match="`palimpsest models fetch tiny` loads what is missing"):
        folder_of(TINY)
    assert fetch(TINY).loaded < len(SHARD) - 200_000 + 60_000
    assert [each.range for each in hub.files_asked() if each.path.endswith(name)] == ["", "bytes=300000-"]
    assert state_of(TINY) == "installed"


def test_a_hub_that_does_not_know_range_sends_all_again(hub: Hub) -> None:
    hub.ignores_range = True
    hub.breaks["transformer/a-00001-of-00002.safetensors"] = 1000
    seen: list[int] = []
    done = fetch(TINY, lambda file, done, total: seen.append(done))
    assert seen[-1] == done.total < done.loaded
    verify(TINY)


def test_stopping_keeps_what_came(hub: Hub) -> None:
    def stop(file: str, done: int, total: int) -> None:
        if done > 100_000:
            raise KeyboardInterrupt

    with pytest.raises(FetchFailed, match="goes on where this ended"):
        fetch(TINY, stop)
    assert state_of(TINY) == "partial"
    done = fetch(TINY)
    assert done.loaded <= done.total - 60_000


def test_wrong_bytes_are_refused_and_mended_by_fetching_again(hub: Hub) -> None:
    hub.lies.add("vae/model.safetensors")
    with pytest.raises(DamagedCheckpoint, match=r"vae/model.safetensors.*`palimpsest models fetch tiny`"):
        fetch(TINY)
    hub.lies.clear()
    assert fetch(TINY).loaded < len(SHARD)
    assert state_of(TINY) == "installed"


@pytest.mark.parametrize("content", [b"x" * 2100, b"short"])
def test_a_file_that_rots_is_found_and_mended(hub: Hub, content: bytes) -> None:
    fetch(TINY)
    (folder_of(TINY) / "vae/model.safetensors").write_bytes(content)
    assert state_of(TINY) == ("installed" if len(content) == 2100 else "damaged")
    with pytest.raises(DamagedCheckpoint, match=r"vae/model\.safetensors"):
        verify(TINY)
    assert state_of(TINY) == "damaged"
    with pytest.raises(DamagedCheckpoint, match="palimpsest models fetch tiny"):
        folder_of(TINY)
    assert fetch(TINY).loaded == 2100
    verify(TINY)
    assert state_of(TINY) == "installed"


def test_a_missing_shard_is_partial_and_named(hub: Hub) -> None:
    fetch(TINY)
    (folder_of(TINY) / "transformer/a-00002-of-00002.safetensors").unlink()
    assert state_of(TINY) == "partial"
    with pytest.raises(NotInstalled, match=r"a-00002-of-00002.*`palimpsest models fetch tiny`"):
        folder_of(TINY)
    assert fetch(TINY).loaded == 0  # its bytes still lie among the blobs
    assert state_of(TINY) == "installed"


def test_weights_that_others_left_in_the_cache_are_taken(hub: Hub) -> None:
    fetch(TINY)
    checkpoints.forget("tiny")
    assert state_of(TINY) == "not installed"
    before = len(hub.files_asked())
    assert fetch(TINY).loaded == 0
    assert len(hub.files_asked()) == before
    assert state_of(TINY) == "installed"


def test_gated_weights_say_where_to_accept_and_how_to_sign_in(hub: Hub) -> None:
    hub.gated.add("ours/tiny")
    with pytest.raises(FetchFailed, match=r"Accept it at .*/ours/tiny, sign in with `hf auth login`, then `palimpsest"):
        fetch(TINY)


def test_a_missing_revision_is_said(hub: Hub) -> None:
    hub.revisions.discard("diffusers")
    with pytest.raises(FetchFailed, match="no such revision of ours/other"):
        fetch(OTHER)


def test_the_token_stays_with_the_hub(hub: Hub) -> None:
    with serving(Hub(repos=hub.repos)) as elsewhere:
        hub.sends_elsewhere = elsewhere.url
        fetch(TINY)
        assert {each.token for each in hub.asked} == {"Bearer hf_secret"}
        assert {each.token for each in elsewhere.asked} == {""}
        assert len(elsewhere.asked) > 3


def test_no_network_is_said_with_what_to_do(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(FetchFailed, match=r"127.0.0.1:9 cannot be reached.*`palimpsest models fetch tiny`"):
        fetch(TINY)
    assert state_of(TINY) == "not installed"


def test_something_else_at_the_address_is_said(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Hub, "listing", lambda self, repo_id: {"hello": "world"})
    with pytest.raises(FetchFailed, match="does not answer as a Hugging Face hub"):
        fetch(TINY)


def test_paths_that_lead_out_are_refused(hub: Hub) -> None:
    hub.repos["ours/tiny"]["../../evil.json"] = b"{}"
    with pytest.raises(FetchFailed, match="does not answer as"):
        fetch(TINY)


def test_only_repositories_of_the_table_are_fetched(hub: Hub) -> None:
    hub.repos["theirs/model"] = PIPELINE
    with pytest.raises(FetchFailed, match="theirs/model is not a repository of Palimpsest's table"):
        fetch(dataclasses.replace(TINY, editor=Repo("theirs/model")))
    assert not hub.asked


def test_a_small_disk_is_said_before_anything_is_loaded(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "free_bytes", lambda: 1000)
    with pytest.raises(FetchFailed, match=r"too small: .* are needed.*HF_HOME.*`palimpsest models fetch tiny` goes on"):
        fetch(TINY)
    assert not hub.files_asked()


def test_a_disk_that_fills_up_is_said(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: object, job: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(fetching._Fetch, "_stream", full)
    with pytest.raises(FetchFailed, match="is too small"):
        fetch(TINY)


def test_two_fetches_do_not_run_at_once(hub: Hub) -> None:
    said: list[str] = []

    def second(file: str, done: int, total: int) -> None:
        if not said:
            with pytest.raises(FetchFailed) as failed:
                fetch(OTHER)
            said.append(str(failed.value))

    fetch(TINY, second)
    assert "Another fetch runs" in said[0]


def test_a_shared_planner_is_loaded_once_and_removed_last(hub: Hub) -> None:
    fetch(TINY)
    done = fetch(OTHER)
    assert done == Summary(loaded=398, total=398 + 3996 + 2 + 11)
    freed = remove(TINY)
    assert freed > len(SHARD)
    assert (state_of(TINY), state_of(OTHER)) == ("not installed", "installed")
    assert not checkpoints.storage_of("ours/tiny").exists()
    assert folder_of(OTHER, PLANNER).is_dir()
    assert remove(OTHER) == done.total
    assert not checkpoints.storage_of("ours/planner").exists()


def test_removing_a_partial_fetch_frees_what_came(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    hub.breaks["transformer/a-00001-of-00002.safetensors"] = 300_000
    monkeypatch.setattr(fetching, "WAITS", ())
    with pytest.raises(FetchFailed):
        fetch(TINY)
    assert remove(TINY) >= 300_000
    assert not checkpoints.storage_of("ours/tiny").exists()


def test_a_licence_is_accepted_before_anything_is_asked(hub: Hub) -> None:
    with pytest.raises(FetchFailed, match=r"“NC-1.0”, which forbids commercial use.*--yes"):
        fetch(BOUND)
    assert not hub.asked
    fetch(BOUND, accepted=True)
    assert record_of("bound").accepted == "NC-1.0"
    assert fetch(BOUND).loaded == 0  # and it is remembered
    assert checkpoints.license_note(BOUND, checkpoints.is_accepted(BOUND)) == ""
    assert "forbids commercial use" in checkpoints.license_note(BOUND, False)


@pytest.mark.parametrize("name", ["transformer/modeling.py", "vae/model.bin", "vae/weights.PKL", "evil.py"])
def test_code_and_pickles_beside_the_weights_are_refused(hub: Hub, name: str) -> None:
    fetch(TINY)
    (snapshot_of(record_of("tiny").repos[0]) / name).write_bytes(b"import os")
    with pytest.raises(UnsafeCheckpoint, match=name.rpartition("/")[2]):
        folder_of(TINY)


@pytest.mark.parametrize(
    "settings",
    [
        {"auto_map": {"AutoModel": "modeling.Model"}},
        {"text_config": {"_attn_implementation": "someone/kernel"}},
        {"_class_name": ["pipeline", "Mine"]},
    ],
)
def test_settings_that_ask_for_code_are_refused(hub: Hub, settings: dict[str, object]) -> None:
    hub.repos["ours/tiny"]["transformer/config.json"] = json.dumps(settings).encode()
    fetch(TINY)
    with pytest.raises(UnsafeCheckpoint, match=r"asks for code in transformer/config\.json"):
        folder_of(TINY)


def test_a_pickle_where_nothing_is_loaded_is_left_alone(hub: Hub) -> None:
    fetch(TINY)
    (folder_of(TINY) / "model.ckpt").write_bytes(b"what another program loaded")
    assert folder_of(TINY).is_dir()


@pytest.mark.parametrize(
    ("package", "file", "switch", "value"),
    [
        ("diffusers", "utils/constants.py", "DIFFUSERS_DISABLE_REMOTE_CODE", "1"),
        ("diffusers", "utils/constants.py", "DIFFUSERS_TRUST_REMOTE_KERNELS", "0"),
        ("transformers", "integrations/hub_kernels.py", "USE_HUB_KERNELS", "0"),
        ("huggingface_hub", "constants.py", "HF_HUB_OFFLINE", "1"),
    ],
)
def test_remote_code_and_kernels_are_off(
    package: str, file: str, switch: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, "environ", {"DIFFUSERS_ATTN_BACKEND": "flash_hub", switch: "asked otherwise"})
        no_remote_code()
        assert os.environ[switch] == value
        assert "DIFFUSERS_ATTN_BACKEND" not in os.environ
    found = importlib.util.find_spec(package)
    assert found is not None
    assert found.origin is not None
    assert f'"{switch}"' in (Path(found.origin).parent / file).read_text()  # the installed version still reads it


def test_a_record_that_cannot_be_read_counts_as_none(hub: Hub) -> None:
    fetch(TINY)
    (checkpoints.records_folder() / "tiny.json").write_text('{"repos": [{}]}')
    assert state_of(TINY) == "not installed"
    assert fetch(TINY).loaded == 0
