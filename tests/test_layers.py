"""The house of DESIGN.md 3: lower rooms do not import higher ones, and heavy libraries stay behind their doors."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# From the ground up; a room may import rooms of lines before its own, and of its own line.
FLOORS = [
    {"errors"},
    {"sizes", "colors", "line", "loading", "prompts", "ground"},
    {"areas", "pictures", "profiles", "where"},
    {"opening", "frames", "blobs", "steps", "vlm", "guided", "checkpoints", "fitting", "gguf_files"},
    {"records", "drafts", "wording", "hub"},
    {"sketchbook", "fetching", "removing"},
    {"script", "events", "editor", "faces", "vocabulary"},
    {"script_files", "history", "regions", "cache"},
    {"alpha"},
    {"finding", "patches", "light", "blob_folder", "plan", "tables", "locator", "verifier"},
    {"turns", "keep", "temporary"},
    {"operations", "painting", "playing", "dialogue", "choosing"},
    {"planning"},
    {"planner"},
    {"embedded"},
    {"models"},
    {"render"},
    {"store", "revising", "vantage", "applying"},
    {"telling"},
    {"session"},
    {"sessions"},
    {"transfer"},
    {"importable"},
    {"cli", "ui"},
]
HEAVY = {"torch", "transformers", "diffusers", "peft", "accelerate"}
MAY_BE_HEAVY = {"vlm", "models", "editor"}
SKETCHBOOK_MAY = {
    "sketchbook", "steps", "where", "colors", "sizes", "errors", "pictures", "areas", "drafts", "wording", "prompts",
}  # fmt: skip


def modules() -> list[Path]:
    return sorted((ROOT / "assistant").rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(ROOT / "assistant").parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Every module that a file imports, late ones too, as dotted names."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def own_rooms(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imported(path) if name.startswith("assistant.")}


def floor(name: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if name in rooms)


def test_every_room_has_a_floor() -> None:
    known = set().union(*FLOORS) | {"__init__", "sketchbook"}
    assert {room(path) for path in modules()} <= known


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_room_imports_a_higher_one(path: Path) -> None:
    own = room(path)
    if own in ("__init__", "sketchbook"):
        assert own_rooms(path) <= SKETCHBOOK_MAY
        return
    for other in own_rooms(path) - {own}:
        assert floor(other) < floor(own), f"{own} imports {other}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_heavy_libraries_stay_behind_their_doors(path: Path) -> None:
    heavy = {name.split(".")[0] for name in imported(path)} & HEAVY
    training = "training" in path.parts
    assert not heavy or room(path) in MAY_BE_HEAVY or training


def test_only_the_renderer_calls_operations_and_editor() -> None:
    callers = {room(path) for path in modules() if "operations" in own_rooms(path)}
    assert callers <= {"render", "operations"}


def test_nothing_imports_training_eval_or_tests() -> None:
    for path in modules():
        names = imported(path)
        assert not any(name.split(".")[0] in ("eval", "tests", "app") for name in names)
        if "training" not in path.parts:
            assert not any(".training" in name for name in names)


def test_the_session_starts_without_heavy_libraries() -> None:
    code = "import sys, assistant.transfer, assistant.cli; print(sorted(set(sys.modules) & " + repr(HEAVY) + "))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, f"{node.name} is too long"
