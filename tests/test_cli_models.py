"""`palimpsest models`: the list for people and for programs, fetching with the licence asked for, verify, remove."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from assistant import fetching
from assistant.checkpoints import folder_of, record_of
from assistant.cli import app, common, models
from assistant.fitting import Machine
from assistant.profiles import PROFILES
from tests.hub import Hub
from tests.test_checkpoints import BOUND, TINY, hub

__all__ = ["hub"]
probing = importlib.import_module("assistant.models.probe")  # the package has a function of that name


def run(*arguments: str, typed: str = "", width: int = 200) -> Any:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(common, "out", Console(width=width))
        patched.setattr(common, "err", Console(stderr=True, width=200))
        ended = CliRunner().invoke(app, ["models", *arguments], input=typed)
    if ended.exception is not None and not isinstance(ended.exception, SystemExit):
        raise ended.exception
    return ended


def nothing_missing(value: Any) -> bool:
    if isinstance(value, dict):
        return all(nothing_missing(each) for each in value.values())
    if isinstance(value, list):
        return all(nothing_missing(each) for each in value)
    return value is not None and value != ""


def test_the_list_for_programs_is_whole_and_alone() -> None:
    ended = run("--json")
    rows = json.loads(ended.stdout)
    assert ended.exit_code == 0
    assert len(rows) >= 11
    assert [row["name"] for row in rows] == list(PROFILES)
    assert nothing_missing(rows)
    by_name = {row["name"]: row for row in rows}
    assert by_name["klein"]["editor"] == {"id": "black-forest-labs/FLUX.2-klein-4B", "revision": "floating"}
    assert by_name["klein"]["planner"]["id"] == "Qwen/Qwen3-VL-4B-Instruct"
    assert (by_name["qwen"]["planner"], by_name["sketchbook"]["planner"]) == ("shared", "embedded")
    assert by_name["qwen"]["adapters"][0]["weight_name"].endswith(".safetensors")
    assert by_name["kontext"]["size"]["sizes"][0] == [672, 1568]
    assert set(by_name["klein"]["memory_gb"]) == {"bf16", "8bit", "4bit"}
    assert [row["name"] for row in rows if row["installed"]] == ["sketchbook"]
    assert not by_name["dreamlite"]["commercial_use"]
    assert (by_name["qwen"]["takes_gguf"], by_name["longcat"]["takes_gguf"]) == (True, False)


@pytest.mark.parametrize("width", [80, 120])
def test_the_list_for_people_fits_their_window(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        probing, "probe", lambda: Machine("cuda", "NVIDIA Test", 24, 24, 2, (8, 9), tools=frozenset({"torchao"}))
    )
    lines = run(width=width).stdout.splitlines()
    table = [line for line in lines if line.startswith(("│", "┃"))]
    assert max(len(line) for line in table) <= width
    words = "\n".join(table)
    for word in (
        "klein",
        "Apache-2.0",
        "not commercial",
        "24.8 GB",
        "not installed",
        "8 bits",
        "built in",
        "Does not fit",
    ):
        assert word in words
    assert not [line for line in table if "…" in line]
    assert "NVIDIA Test with 24.0 of 24.0 GB free" in lines[-1]


def test_fetching_shows_what_it_is_and_installs_it(hub: Hub) -> None:
    ended = run("fetch", "tiny")
    assert ended.exit_code == 0
    assert "Licence: Apache-2.0 (any use)" in ended.stdout
    assert "Free on this disk" in ended.stdout
    assert "installed and verified: loaded" in ended.stdout
    assert folder_of(TINY).is_dir()
    row = next(row for row in json.loads(run("--json").stdout) if row["name"] == "tiny")
    assert (row["installed"], row["editor"]["commit"]) == (True, hub.commit("ours/tiny"))
    assert nothing_missing(row)
    assert "nothing had to be loaded" in run("fetch", "tiny").stdout
    assert "is whole" in run("verify", "tiny").stdout
    assert "are free again" in run("remove", "tiny").stdout
    assert "was not installed" in run("remove", "tiny").stdout


def test_a_licence_has_to_be_accepted_by_somebody(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = run("fetch", "bound")
    assert ended.exit_code == 1
    assert "forbids commercial use" in ended.stdout
    assert "`palimpsest models fetch bound --yes` accepts it" in ended.stderr
    assert not hub.asked
    monkeypatch.setattr(models, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    assert "nothing was loaded" in run("fetch", "bound", typed="n\n").stderr
    assert run("fetch", "bound", typed="y\n").exit_code == 0
    assert record_of("bound").accepted == BOUND.license
    again = run("fetch", "bound")
    assert again.exit_code == 0
    assert "Do you accept" not in again.stdout


def test_yes_accepts(hub: Hub) -> None:
    assert run("fetch", "bound", "--yes").exit_code == 0


def test_damage_is_said_with_the_command_and_status_1(hub: Hub) -> None:
    assert "`palimpsest models fetch tiny`" in run("verify", "tiny").stderr
    run("fetch", "tiny")
    (folder_of(TINY) / "vae/model.safetensors").write_bytes(bytes(2100))
    ended = run("verify", "tiny")
    assert ended.exit_code == 1
    assert "DamagedCheckpoint: Of tiny, these files of ours/tiny are damaged: vae/model.safetensors." in ended.stderr
    assert next(row["state"] for row in json.loads(run("--json").stdout) if row["name"] == "tiny") == "damaged"


@pytest.mark.parametrize("command", ["fetch", "verify", "remove"])
def test_unknown_and_embedded_profiles(command: str) -> None:
    ended = run(command, "banana")
    assert (ended.exit_code, "There is no profile “banana”" in ended.stderr) == (1, True)
    assert run(command, "sketchbook").exit_code == 0


def test_the_list_needs_nothing_heavy() -> None:
    code = (
        "import sys; from assistant.cli import app\n"
        "try:\n app(['models', '--json'])\nexcept SystemExit: pass\n"
        "print(sorted(set(sys.modules) & {'torch', 'diffusers', 'transformers', 'huggingface_hub'}), file=sys.stderr)"
    )
    root = Path(__file__).parent.parent
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert len(json.loads(ended.stdout)) >= 11
    if not probing._may_have_accelerator():
        assert ended.stderr.strip() == "[]"


def test_no_network_tells_what_to_do(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr(fetching, "WAITS", ())
    ended = run("fetch", "tiny")
    assert ended.exit_code == 1
    assert "Check the connection and the proxy; `palimpsest models fetch tiny` goes on where this ended" in (
        " ".join(ended.stderr.split())
    )
