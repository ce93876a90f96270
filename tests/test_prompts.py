"""Prompts: found, complete, and their variables checked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from assistant import prompts
from assistant.drafts import Draft, State
from assistant.planning.dialects import operations_table
from assistant.prompts import load_prompt, prompt, read_prompt
from assistant.steps import STEP_CLASSES

NAMES = ["plan", "verify", "locate", "describe"]


@pytest.mark.parametrize("name", NAMES)
def test_every_prompt_loads_and_fills(name: str) -> None:
    loaded = load_prompt(name)
    filled = loaded.filled(**dict.fromkeys(loaded.variables, "VALUE {{not_a_variable}}"))
    assert filled.count("VALUE") >= len(loaded.variables)
    assert len(filled) > 300


def test_every_file_is_known() -> None:
    folder = Path(prompts.__file__).parent.parent / "prompts"
    assert {path.stem for path in folder.glob("*.md")} - {"README"} == set(NAMES)


def test_variables_must_be_the_declared_ones() -> None:
    with pytest.raises(ValueError, match="takes operations; given: none"):
        prompt("plan")
    with pytest.raises(ValueError, match="takes no variables; given: mood"):
        prompt("locate", mood="good")


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("no header\n\ntext", "does not begin"),
        ("variables: a\ntext {{a}}", "does not begin"),
        ("variables: a, b\n\ntext {{a}}", "declares"),
        ("variables: none\n\ntext {{a}}", "declares"),
    ],
)
def test_headers_are_checked(written: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_prompt("x", written)


def test_a_value_is_never_read_as_a_variable() -> None:
    assert read_prompt("x", "variables: a, b\n\n{{a}} {{b}}").filled(a="{{b}}", b="2") == "{{b}} 2"


def test_an_installed_copy_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packaged = tmp_path / "_prompts"
    shutil.copytree(Path(prompts.__file__).parent.parent / "prompts", packaged)
    (packaged / "locate.md").write_text("variables: none\n\ninstalled", encoding="utf-8")
    monkeypatch.setattr(prompts, "_PACKAGED", packaged)
    monkeypatch.setattr(prompts, "_CHECKOUT", tmp_path / "nowhere")
    load_prompt.cache_clear()
    try:
        assert prompt("locate") == "installed"
        with pytest.raises(FileNotFoundError):
            prompt("missing")
    finally:
        load_prompt.cache_clear()


def test_the_plan_prompt_names_every_operation_and_field() -> None:
    text = prompt("plan", operations=operations_table())
    for op, cls in STEP_CLASSES.items():
        assert f"- {op}: " in text
        own = set(cls.model_fields) - {"op", "id", "seed", "revision", "enabled", "depends_on"}
        assert all((cls.model_fields[name].alias or name) in text for name in own)


def test_the_examples_of_the_plan_prompt_hold() -> None:
    lines = load_prompt("plan").text.split("# Examples")[1].splitlines()
    drafts = [Draft.model_validate_json(line) for line in lines if line.startswith('{"act"')]
    states = [line.removeprefix("State: ") for line in lines if line.startswith("State: ")]
    messages = [line for line in lines if line.startswith("Message: ")]
    assert len(drafts) == len(states) == len(messages) >= 8
    assert {draft.act for draft in drafts} >= {"edit", "generate", "revise", "drop", "goto", "ask"}
    for state in states:
        TypeAdapter(State).validate_json(state[:-1] + ',"message":"x"}')
