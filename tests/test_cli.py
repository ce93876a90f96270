"""The command line: a script on a folder, wrong input in sentences, the vocabulary, the sessions of this machine."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from assistant import blob_folder, cli
from assistant.applying import safe_name
from assistant.cli import common
from assistant.errors import NotFound
from assistant.opening import open_picture
from assistant.pictures import Picture
from assistant.plan import Plan
from assistant.script_files import step_from_data
from assistant.sessions import Sessions
from assistant.steps import STEP_CLASSES
from assistant.store import Store
from assistant.transfer import import_session
from tests.playing import flat

RUNNER = CliRunner(env={"COLUMNS": "200"})


class Result:
    """What a command printed and how it ended; a crash is raised."""

    def __init__(self, *arguments: object, words: str = "") -> None:
        ended = RUNNER.invoke(cli.app, [str(argument) for argument in arguments], input=words)
        if ended.exception is not None and not isinstance(ended.exception, SystemExit):
            raise ended.exception
        self.code, self.output = ended.exit_code, ended.output


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.console import Console

    monkeypatch.setattr(common, "out", Console(width=200))
    monkeypatch.setattr(common, "err", Console(stderr=True, width=200))


def script(folder: Path, *steps: dict[str, Any], **more: Any) -> Path:
    path = folder / "script.json"
    path.write_text(json.dumps({"steps": list(steps) or [{"op": "flip"}], **more}))
    return path


def drawn(path: Path, color: tuple[int, ...] = (200, 30, 30)) -> Path:
    pixels = np.array(flat(color).pixels)
    pixels[:, :30] //= 2
    Image.fromarray(pixels).save(path)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pictures = tmp_path / "in"
    pictures.mkdir()
    return pictures


def test_apply_writes_the_good_and_names_the_bad(folder: Path, tmp_path: Path) -> None:
    drawn(folder / "a.png")
    drawn(folder / "b.jpg")
    (folder / "broken.png").write_bytes((folder / "a.png").read_bytes()[:60])
    (folder / "empty.webp").write_bytes(b"")
    (folder / "notes.txt").write_text("no picture")
    (folder / "._a.png").write_bytes(b"what a Mac leaves")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    result = Result("apply", script(tmp_path), folder, "-o", tmp_path / "out")
    assert result.code == 1
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"a.png", "b.jpg"}
    flipped = open_picture(tmp_path / "out" / "a.png").picture.pixels
    np.testing.assert_array_equal(flipped, np.array(Image.open(folder / "a.png"))[:, ::-1])
    assert "broken.png" in result.output
    assert "empty.webp: The file is empty." in result.output
    assert "2 of 4 pictures were not made" in result.output
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_good_run_ends_with_zero(folder: Path, tmp_path: Path) -> None:
    drawn(folder / "a.png")
    assert Result("apply", script(tmp_path), folder, "-o", tmp_path / "out").code == 0
    assert Result("apply", script(tmp_path), folder, "-o", tmp_path / "out").code == 1, "results are not written over"
    assert Result("apply", script(tmp_path), folder, "-o", tmp_path / "out", "--overwrite").code == 0
    assert Result("apply", script(tmp_path), folder, "-o", tmp_path / "out", "--format", "webp").code == 0
    assert (tmp_path / "out" / "a.webp").is_file()
    assert Result("apply", script(tmp_path), tmp_path / "out2", "-o", tmp_path / "out").code == 1
    assert Result("apply", script(tmp_path), folder, "-o", tmp_path / "out", "--format", "gif").code == 1


@pytest.mark.parametrize("overwrite", [False, True])
def test_originals_are_never_written_over(folder: Path, tmp_path: Path, overwrite: bool) -> None:
    drawn(folder / "a.png")
    drawn(folder / "a.tif", (1, 200, 3))
    before = {path: path.read_bytes() for path in folder.iterdir()}
    more = ["--overwrite"] if overwrite else []
    result = Result("apply", script(tmp_path), folder, "-o", folder, *more)
    assert result.code == 1
    assert "never written over" in result.output
    assert all(path.read_bytes() == data for path, data in before.items())


def test_two_of_one_name_give_two_results(folder: Path, tmp_path: Path) -> None:
    drawn(folder / "a.png")
    drawn(folder / "a.tif")
    for more in ([], ["--overwrite"]):
        assert Result("apply", script(tmp_path), folder, "-o", tmp_path / "out", *more).code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"a.png", "a (2).png"}


@pytest.mark.parametrize(
    "name", ["line\nbreak", "..x", "...hidden", "[red]x[bold]", "ünï 日本", "-rf", "日" * 80, "a" * 245]
)
def test_hostile_names(name: str, folder: Path, tmp_path: Path) -> None:
    drawn(folder / f"{name}.png")
    result = Result("apply", script(tmp_path), folder / f"{name}.png", "-o", tmp_path / "out", "--format", "webp")
    assert result.code == 0
    (target,) = (tmp_path / "out").iterdir()
    assert target.name.isprintable()
    assert not target.name.startswith(".")
    assert len(target.name.encode()) <= 160


@pytest.mark.parametrize("stem", ["a/b", "a\\b", "a\0b", "", ".", "..", "a\x1b[31m", " a. "])
def test_safe_names_are_only_names(stem: str) -> None:
    name = safe_name(stem)
    assert name
    assert not set(name) & set("/\\\0\x1b")
    assert name not in (".", "..")
    assert name == name.strip(" .")


@pytest.mark.parametrize(
    "code", [errno.ENOSPC, errno.EROFS, errno.EACCES], ids=["disk full", "read-only", "not allowed"]
)
def test_a_disk_that_fails_is_a_sentence(
    code: int, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(folder / "a.png")
    drawn(folder / "b.png")

    def fails(*_: object, **__: object) -> None:
        raise OSError(code, "no")

    monkeypatch.setattr(blob_folder.os, "fsync", fails)
    result = Result("apply", script(tmp_path), folder, "-o", tmp_path / "out")
    assert result.code == 1
    assert ("full" if code == errno.ENOSPC else "may not be written") in result.output
    assert not list((tmp_path / "out").iterdir()), "nothing half-written is left"


def test_references_and_masks_lie_beside_the_script(folder: Path, tmp_path: Path) -> None:
    drawn(folder / "a.png")
    drawn(tmp_path / "logo.png", (0, 0, 255))
    mask = np.zeros((40, 60), np.uint8)
    mask[:10] = 255
    Image.fromarray(mask).save(tmp_path / "brush.png")
    steps = [{"op": "fill", "where": {"mask": "brush.png"}, "color": "#00ff00"}, {"op": "paste", "reference": 2}]
    path = script(tmp_path, *steps, references=["logo.png"])
    assert Result("apply", path, folder, "-o", tmp_path / "out").code == 0
    pixels = open_picture(tmp_path / "out" / "a.png").picture.pixels
    assert (pixels[:10] == (0, 255, 0)).all()
    assert (pixels[20, 25:35, 2] > 100).all()
    for bad in ({"references": ["../logo.png"]}, {"references": ["/etc/passwd"]}, {"references": ["none.png"]}):
        assert Result("apply", script(tmp_path, *steps, **bad), folder, "-o", tmp_path / "out3").code == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not JSON"), ('{"steps": 5}', "list"), ('{"steps": [{"op": "explode"}]}', "no known operation"),
        ('{"steps": [{"op": "exposure", "stops": 99}]}', "stops"),
        ('{"steps": [{"op": "sepia", "evil": 1}]}', "unknown field"),
        ('{"steps": [], "system": "rm"}', "unknown field"), ('{"palimpsest": 9, "steps": []}', "format 9"),
        ('{"steps": [{"op": "fill", "where": "top", "color": "[/]blurple"}]}', "colour"), ("[" * 20_000, "not JSON"),
    ],
)  # fmt: skip
def test_a_script_from_elsewhere_is_refused_in_a_sentence(text: str, words: str, folder: Path, tmp_path: Path) -> None:
    drawn(folder / "a.png")
    (tmp_path / "script.json").write_text(text)
    result = Result("apply", tmp_path / "script.json", folder, "-o", tmp_path / "out")
    assert result.code == 1
    assert words in result.output
    assert "Traceback" not in result.output
    assert not (tmp_path / "out").exists()


def test_ops_is_the_vocabulary() -> None:
    entries = {entry["op"]: entry for entry in json.loads(Result("ops", "--json").output)}
    assert list(entries) == list(STEP_CLASSES)
    for op, cls in STEP_CLASSES.items():
        assert entries[op]["doc"] == " ".join((cls.__doc__ or "").split())
        named = {info.alias or name for name, info in cls.model_fields.items()}
        assert set(entries[op]["fields"]) == named - {"op", "id", "seed", "revision", "enabled", "depends_on"}
    table = Result("ops").output
    assert all(op in table for op in STEP_CLASSES)


# -- sessions ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def made(tmp_path: Path, astronaut: Picture) -> tuple[Path, str]:
    """A store with one session of two versions, under a title that is no markup."""
    store = Store(tmp_path / "store")
    session = Sessions(store).create(common.LOCAL_OWNER, "[/]evil[red]")
    session.add_picture(astronaut)
    step = step_from_data({"op": "text", "text": "[/b] hi"}).model_copy(update={"id": "t1"})
    for _ in session.run_plan(Plan(act="edit", steps=(step,))):  # pyright: ignore[reportArgumentType]
        pass
    store.close()
    return tmp_path / "store", session.id


def test_sessions_are_listed_shown_exported_imported_and_deleted(made: tuple[Path, str], tmp_path: Path) -> None:
    store, name = made
    run: Callable[..., Result] = lambda *words: Result("sessions", *words, "--data-dir", store)  # noqa: E731
    assert name in run("list").output
    assert "[/]evil[red]" in run("list").output
    shown = run("show", name)
    assert '"op": "text"' in shown.output
    assert "[/b] hi" in shown.output
    assert run("export", name, "-o", tmp_path / "one.palimpsest").code == 0
    other = run("import", tmp_path / "one.palimpsest")
    assert other.code == 0
    new = other.output.strip()
    assert new != name
    assert new in run("list").output
    assert run("delete", name, "--yes").code == 0
    assert name not in run("list").output
    assert new in run("list").output
    assert run("show", name).code == 1
    assert run("delete", new).code == 1, "not without a yes"
    assert new in run("list").output


def test_an_export_that_could_not_be_imported_says_so(
    made: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.importable.MAX_BYTES", 1000)
    exported = Result("sessions", "export", made[1], "-o", tmp_path / "one.palimpsest", "--data-dir", made[0])
    assert exported.code == 0
    assert "could not be opened again" in exported.output
    assert (tmp_path / "one.palimpsest").exists()


def test_what_the_page_keeps_is_the_command_lines_too(made: tuple[Path, str], tmp_path: Path) -> None:
    store, name = made
    run: Callable[..., Result] = lambda *words: Result("sessions", *words, "--data-dir", store)  # noqa: E731
    assert run("export", name, "-o", tmp_path / "one.palimpsest").code == 0
    sessions = Sessions(Store(store))
    page = import_session(sessions, "somebody's browser", tmp_path / "one.palimpsest").id
    lines = run("list").output.splitlines()
    assert ["page" in line for line in lines if page in line] == [True]
    assert ["command line" in line for line in lines if name in line] == [True]
    assert '"op": "text"' in run("show", page).output
    assert run("export", page, "-o", tmp_path / "two.palimpsest").code == 0
    drawn(tmp_path / "a.png")
    again = Result("replay", page, tmp_path / "a.png", "-o", tmp_path / "out", "--data-dir", store)
    assert again.code == 0
    assert run("delete", page, "--yes").code == 0
    assert page not in run("list").output
    assert [row["id"] for row in sessions.list(common.LOCAL_OWNER)] == [name]
    with pytest.raises(NotFound):
        sessions.open("somebody's browser", name)


@pytest.mark.parametrize(
    "words", [["show", "nobody"], ["export", "nobody", "-o", "x"], ["delete", "nobody", "-y"]], ids=str
)
def test_an_unknown_session_is_a_sentence(words: list[str], tmp_path: Path) -> None:
    result = Result("sessions", *words, "--data-dir", tmp_path)
    assert result.code == 1
    assert "NotFound" in result.output


def test_importing_what_is_no_session_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "junk").write_bytes(b"PK junk")
    for name in ("junk", "nothing"):
        result = Result("sessions", "import", tmp_path / name, "--data-dir", tmp_path / "store")
        assert result.code == 1
        assert "Traceback" not in result.output


def test_help_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys, assistant.cli as c\ntry: c.app(['--help'])\nfinally: print(sorted(sys.modules), file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert "apply" in ended.stdout
    for heavy in ("torch", "transformers", "diffusers", "peft", "gradio", "sqlalchemy"):
        assert f"'{heavy}'" not in ended.stderr, heavy


def test_the_command_runs_as_a_process(folder: Path, tmp_path: Path) -> None:
    drawn(folder / "a.png")
    words = [sys.executable, "-m", "assistant.cli", "apply", script(tmp_path), folder, "-o", tmp_path / "out"]
    ended = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "a.png" in ended.stdout
