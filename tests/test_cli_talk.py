"""edit, draw, chat and replay on the command line, with a scripted planner and painter in place of models."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from assistant import models
from assistant.cli import app, common
from assistant.errors import ModelUnavailable, SessionBusy
from assistant.opening import open_picture
from assistant.plan import Plan
from assistant.sessions import Sessions
from assistant.steps import AnyStep, Edit, Exposure, Flip, Generate
from assistant.store import Store
from assistant.where import BoxWhere, PointWhere
from tests.doubles import ScriptedPainter, ScriptedPlanner

Speaks = Callable[..., ScriptedPlanner]


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.console import Console

    monkeypatch.setattr(common, "out", Console(width=200))
    monkeypatch.setattr(common, "err", Console(stderr=True, width=200))


@pytest.fixture
def speaks(monkeypatch: pytest.MonkeyPatch) -> Speaks:
    """Gives the command line a planner that answers with these plans."""

    def given(*plans: Any, painter: ScriptedPainter | None = None) -> ScriptedPlanner:
        planner = ScriptedPlanner(*plans)
        crew = SimpleNamespace(planner=planner, editor=painter or ScriptedPainter(), locator=None, verifier=None)
        monkeypatch.setattr(models, "load_models", lambda profile, **_: crew)
        return planner

    return given


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    Image.fromarray(np.random.default_rng(1).integers(0, 256, (48, 64, 3)).astype(np.uint8)).save(path)
    return path


def run(*arguments: object, typed: str = "") -> tuple[int, str]:
    ended = CliRunner(env={"COLUMNS": "200"}).invoke(app, [str(argument) for argument in arguments], input=typed)
    if ended.exception is not None and not isinstance(ended.exception, SystemExit):
        raise ended.exception
    return ended.exit_code, ended.output


def edits(*steps: AnyStep, **more: Any) -> Plan:
    named = tuple(step.model_copy(update={"id": f"s{number}"}) for number, step in enumerate(steps))
    return Plan(act="edit", steps=named, summary="what was understood", **more)


def pixels(path: Path) -> np.ndarray:
    return open_picture(path).picture.rgb


def test_edit_writes_the_result_and_leaves_the_original(photo: Path, tmp_path: Path, speaks: Speaks) -> None:
    planner = speaks(edits(Flip()))
    before = photo.read_bytes()
    code, said = run("edit", photo, "mirror it", "-o", tmp_path / "out.png", "--seed", "7")
    assert code == 0
    assert "what was understood" in said
    assert np.array_equal(pixels(tmp_path / "out.png"), pixels(photo)[:, ::-1])
    assert photo.read_bytes() == before
    assert (planner.wishes[0].message, planner.wishes[0].seed) == ("mirror it", 7)


def test_variants_are_written_beside_each_other(photo: Path, tmp_path: Path, speaks: Speaks) -> None:
    speaks(edits(Edit(modify="add a hat", scope="global")))
    code, _ = run("edit", photo, "add a hat", "-o", tmp_path / "hat.png", "--variants", "3")
    assert code == 0
    made = [pixels(tmp_path / name).tobytes() for name in ("hat.png", "hat-2.png", "hat-3.png")]
    assert len(set(made)) == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["edit", "PHOTO", "x", "-o", "TAKEN"], "already there"),
        (["edit", "PHOTO", "x", "-o", "out.gif"], ".gif"),
        (["edit", "missing.png", "x", "-o", "out.png"], "cannot be read"),
        (["edit", "PHOTO", "x", "-o", "out.png", "--profile", "banana"], "sketchbook"),
        (["edit", "PHOTO", "x", "-o", "out.png", "--variants", "9"], "9 variants"),
        (["edit", "PHOTO", "x", "-o", "out.png", "--variants", "99999999999"], "99999999999 variants"),
        (["edit", "PHOTO", "x", "-o", "out.png", "--variants", "0"], "0 variants"),
        (["chat", "--session", "nobody"], "nobody"),
        (["replay", "nobody", "PHOTO", "-o", "out"], "nobody"),
    ],
)
def test_wrong_input_is_answered_in_a_sentence(
    arguments: list[str], words: str, photo: Path, tmp_path: Path, speaks: Speaks
) -> None:
    speaks(edits(Edit(modify="x", scope="global")))
    (tmp_path / "taken.png").write_bytes(b"")
    places = {"PHOTO": photo, "TAKEN": tmp_path / "taken.png", "out.png": tmp_path / "out.png", "out": tmp_path / "out"}
    code, said = run(*(places.get(argument, argument) for argument in arguments))
    assert code == 1
    assert words in said
    assert not (tmp_path / "out.png").exists()


def test_a_refusal_is_said_with_what_can_be_done_instead(photo: Path, tmp_path: Path, speaks: Speaks) -> None:
    speaks(Plan(act="refuse", text="I make no videos.", options=("make it brighter",)))
    code, said = run("edit", photo, "make a video", "-o", tmp_path / "out.png")
    assert code == 1
    assert "I make no videos." in said
    assert "make it brighter" in said
    assert not (tmp_path / "out.png").exists()


def test_what_was_done_is_written_when_a_later_step_fails(photo: Path, tmp_path: Path, speaks: Speaks) -> None:
    painter = ScriptedPainter()
    painter.fail_on = "hat"
    speaks(edits(Flip(), Edit(modify="add a hat", scope="global")), painter=painter)
    code, said = run("edit", photo, "mirror it and add a hat", "-o", tmp_path / "out.png")
    assert code == 1
    assert "cannot do" in said
    assert "What was done before that is version 2." in said
    assert np.array_equal(pixels(tmp_path / "out.png"), pixels(photo)[:, ::-1])


def test_draw_says_what_it_is_asked_for(tmp_path: Path, speaks: Speaks) -> None:
    drawing = Plan(act="generate", steps=(Generate(id="g", prompt="a woman", width=32, height=32),))
    planner = speaks(drawing)
    code, _ = run("draw", "a woman on a beach", "-o", tmp_path / "out.png")
    assert code == 0
    assert planner.wishes[0].message == "draw a woman on a beach"
    assert pixels(tmp_path / "out.png").shape == (32, 32, 3)


def test_a_chat_goes_on_after_mistakes_and_is_kept(photo: Path, tmp_path: Path, speaks: Speaks) -> None:
    speaks(edits(Flip()), Plan(act="ask", text="Which one?", options=("left", "right")), Plan(act="undo"))
    typed = (
        f"mirror it\n/save {tmp_path / 'a.png'}\nthe other\n\n/nonsense\nundo\n/versions\n/open nowhere.png\n/quit\n"
    )
    code, said = run("chat", photo, "-o", tmp_path / "live.png", typed=typed)
    assert code == 0
    assert "Which one?" in said
    assert "/nonsense" in said
    assert "cannot be read" in said
    assert np.array_equal(pixels(tmp_path / "a.png"), pixels(photo)[:, ::-1])
    assert np.array_equal(pixels(tmp_path / "live.png"), pixels(photo))
    session = said.rsplit("--session ", 1)[1].split()[0]
    speaks(edits(Exposure(stops=1)))
    code, said = run("chat", "--session", session, typed="brighter\n/versions\n")
    assert code == 0
    assert "▶ 3" in said


def test_a_chat_goes_on_with_a_session_of_the_page(photo: Path, tmp_path: Path, speaks: Speaks) -> None:
    folder = tmp_path / "store"
    page = Sessions(Store(folder)).create("somebody's browser")
    page.add_picture(open_picture(photo).picture)
    speaks(edits(Flip()))
    code, said = run("chat", "--session", page.id, "--data-dir", folder, typed="mirror it\n/versions\n")
    assert code == 0
    assert "▶ 2" in said
    assert len(Sessions(Store(folder)).open("somebody's browser", page.id).history.versions) == 2


def test_a_chat_writes_over_nothing_but_its_own_files(photo: Path, tmp_path: Path, speaks: Speaks) -> None:
    speaks(edits(Flip()), edits(Exposure(stops=1)))
    mine = tmp_path / "mine.png"
    typed = f"mirror it\n/save {photo}\n/save {mine}\nbrighter\n/save {mine}\n/open {mine}\n/save {mine}\n"
    before = photo.read_bytes()
    code, said = run("chat", photo, "-o", tmp_path / "live.png", typed=typed)
    assert code == 0
    assert photo.read_bytes() == before
    assert said.count("photo.png is already there") == 1
    assert said.count("mine.png is already there") == 1, "an original once it was opened"
    assert np.array_equal(pixels(mine), pixels(tmp_path / "live.png"))
    assert not np.array_equal(pixels(mine), pixels(photo)[:, ::-1])


def test_a_chat_that_follows_its_output_leaves_off_where_that_is_opened(
    photo: Path, tmp_path: Path, speaks: Speaks
) -> None:
    speaks(edits(Flip()), edits(Flip()))
    live = tmp_path / "live.png"
    _, said = run("chat", photo, "-o", live, typed=f"mirror it\n/open {live}\nmirror it again\n")
    assert "live.png is already there" in said
    assert np.array_equal(pixels(live), pixels(photo)[:, ::-1])


def test_a_chat_says_what_is_wrong_with_its_output_before_the_first_message(
    photo: Path, tmp_path: Path, speaks: Speaks
) -> None:
    for output, words in ((photo, "already there"), (tmp_path / "out.gif", ".gif")):
        planner = speaks(edits(Flip()))
        code, said = run("chat", photo, "-o", output, typed="mirror it\n")
        assert (code, planner.wishes) == (1, [])
        assert words in said
    speaks(edits(Flip()))
    before = pixels(photo)
    assert run("chat", photo, "-o", photo, "--overwrite", typed="mirror it\n")[0] == 0
    assert np.array_equal(pixels(photo), before[:, ::-1])


def test_a_name_that_no_disk_takes_is_a_sentence(photo: Path, speaks: Speaks) -> None:
    speaks()
    code, said = run("chat", photo, typed=f"/save {'x' * 300}.png\n/versions\n")
    assert code == 0
    assert "too long" in said
    assert "Original" in said or "photo.png" in said


def test_what_is_lost_on_opening_is_said(photo: Path, tmp_path: Path, speaks: Speaks) -> None:
    deep = tmp_path / "deep.png"
    Image.fromarray(np.arange(64 * 64, dtype=np.uint16).reshape(64, 64) * 16).save(deep)
    speaks(edits(Flip()))
    assert "16 bits per channel" in run("edit", deep, "mirror it", "-o", tmp_path / "out.png")[1]
    assert "16 bits per channel" in run("chat", deep)[1]
    assert "16 bits per channel" in run("chat", photo, typed=f"/open {deep}\n")[1]


def test_a_chat_outlives_a_busy_session_and_commands_without_a_file(
    photo: Path, speaks: Speaks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise SessionBusy("Another message is worked on.")

    speaks()
    monkeypatch.setattr(Sessions, "start", busy)
    code, said = run("chat", photo, typed=f"mirror it\n/save\n/open\n/open {photo}\n")
    assert code == 0
    assert "Version 2 is on show." in said
    assert "Another message is worked on." in said
    assert "/save needs the name of a file" in said
    assert "/open needs the name of a file" in said


def test_a_chat_sets_variants_seed_and_place(photo: Path, speaks: Speaks) -> None:
    planner = speaks(*(edits(Exposure(stops=number / 10)) for number in range(1, 5)))
    typed = (
        "/variants 3\n/seed 7\n/box 10 10 50% 50\nbrighter\n/seed\n/at 40, 25\nagain\nand again\n/variants 0\n"
        "/variants x\n/seed -1\n/box 1 2 3\n/box 50 0 10 20\n/at 101 nan\n/help\nlast\n"
    )
    code, said = run("chat", photo, typed=typed)
    assert code == 0
    places = [BoxWhere(box=(10, 10, 50, 50), unit="percent"), PointWhere(point=(40, 25), unit="percent"), None, None]
    assert [(wish.variants, wish.seed, wish.where) for wish in planner.wishes] == [
        (3, 7 if number == 0 else None, place) for number, place in enumerate(places)
    ]
    for words in ("/variants cannot take “0”", "“x”", "from 0 to", "4 numbers", "left before right", "“101 nan”"):
        assert words in said


def test_a_chat_takes_an_offer_by_its_number(photo: Path, speaks: Speaks) -> None:
    planner = speaks(Plan(act="refuse", text="No.", options=("mirror it", "blur it")), edits(Flip()))
    _, said = run("chat", photo, typed="make a video\n2\n")
    assert "2. blur it" in said
    assert planner.wishes[1].message == "blur it"


def test_what_was_finished_before_a_stop_can_be_kept(
    photo: Path, tmp_path: Path, speaks: Speaks, monkeypatch: pytest.MonkeyPatch
) -> None:
    painter, opened = ScriptedPainter(), []
    create = Sessions.create
    monkeypatch.setattr(Sessions, "create", lambda *args: opened.append(create(*args)) or opened[-1])
    painter.during = lambda _: opened[0].stop()
    speaks(edits(Flip(), Edit(modify="add a hat", scope="global")), painter=painter)
    code, said = run("chat", photo, "-o", tmp_path / "live.png", typed="/keep\nmirror, hat\n/keep\n/keep\n")
    assert code == 0
    assert "a finished step can be kept" in said
    assert "What was finished is version 2." in said
    assert said.count("There is nothing to keep.") == 2
    assert np.array_equal(pixels(tmp_path / "live.png"), pixels(photo)[:, ::-1])


def test_variants_are_told_each_in_its_own_words(photo: Path, tmp_path: Path, speaks: Speaks) -> None:
    hats = [Edit(id="s0", modify=f"add a {color} hat", scope="global") for color in ("red", "blue")]
    speaks(edits(hats[0], alternatives=((hats[1],),)))
    _, said = run("edit", photo, "a hat", "-o", tmp_path / "hat.png", "--variants", "2")
    assert "Variant 2: add a blue hat" in said
    assert said.count("✓ add a red hat") == said.count("✓ add a blue hat") == 1


def test_edit_where(photo: Path, tmp_path: Path, speaks: Speaks) -> None:
    planner = speaks(edits(Flip()))
    assert run("edit", photo, "mirror", "-o", tmp_path / "a.png", "--where", "25,25,75%,75")[0] == 0
    assert planner.wishes[0].where == BoxWhere(box=(25, 25, 75, 75), unit="percent")
    code, said = run("edit", photo, "mirror", "-o", tmp_path / "b.png", "--where", "left half")
    assert code == 1
    assert "“left half” is no place" in said


def test_replay_does_a_session_to_other_pictures(photo: Path, tmp_path: Path, speaks: Speaks) -> None:
    speaks(edits(Flip(), Edit(modify="add a hat", scope="global")))
    _, said = run("edit", photo, "mirror it, add a hat", "-o", tmp_path / "out.png")
    session = said.rsplit("--session ", 1)[1].split()[0]
    other = tmp_path / "in" / "other.png"
    other.parent.mkdir()
    Image.fromarray(np.random.default_rng(2).integers(0, 256, (30, 40, 3)).astype(np.uint8)).save(other)
    painter = ScriptedPainter()
    speaks(painter=painter)
    code, _ = run("replay", session, other.parent, photo, "-o", tmp_path / "again")
    assert code == 0
    assert [request.instruction for request in painter.requests] == ["add a hat", "add a hat"]
    assert np.array_equal(pixels(tmp_path / "again" / "photo.png"), pixels(tmp_path / "out.png"))
    assert pixels(tmp_path / "again" / "other.png").shape == (30, 40, 3)


def test_replay_leaves_out_the_drawing_that_a_session_began_with(tmp_path: Path, photo: Path, speaks: Speaks) -> None:
    drawing = Plan(act="generate", steps=(Generate(id="g", prompt="a man", width=16, height=16), Flip(id="f")))
    speaks(drawing)
    _, said = run("draw", "a man, mirrored", "-o", tmp_path / "out.png")
    session = said.rsplit("--session ", 1)[1].split()[0]
    speaks()
    code, _ = run("replay", session, photo, "-o", tmp_path / "again")
    assert code == 0
    assert np.array_equal(pixels(tmp_path / "again" / "photo.png"), pixels(photo)[:, ::-1])


def test_a_model_that_is_not_there_is_said(photo: Path, tmp_path: Path, speaks: Speaks) -> None:
    def missing(history: object) -> Plan:
        raise ModelUnavailable("There is no language model.", remedy="Install it again.")

    speaks(missing)
    code, said = run("edit", photo, "brighter", "-o", tmp_path / "out.png")
    assert code == 1
    assert "There is no language model." in said
