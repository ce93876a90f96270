"""A session's script on other pictures, through the page's routes."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from assistant.applying import apply_to_files
from assistant.store import Store
from tests.page import House, P, act, ann, begun, decoded, file_of, house, opened, pixels, refused

__all__ = ["ann", "house"]


def test_the_script_on_other_pictures(house: House, ann: TestClient) -> None:
    address, _ = begun(ann)
    assert "no steps" in refused(ann.post(f"{address}/apply"), 404)
    act(house, ann, address, act="steps", steps=[{"op": "flip"}])
    job = ann.post(f"{address}/apply").json()["job"]
    others = {"a.png": pixels(7), "../ü b.png": pixels(8)}
    for name, image in others.items():
        sent = ann.post(f"{address}/apply/{job}", params={"name": name}, content=file_of(image))
        assert sent.status_code == 200, sent.text
    refused(ann.post(f"{address}/apply/{job}?name=c.png", content=b"no picture"))
    with zipfile.ZipFile(io.BytesIO(ann.get(f"{P}/apply/{job}.zip").content)) as archive:
        names = archive.namelist()
        made = [decoded(archive.read(name)) for name in names]
    assert len(names) == 2
    assert all("/" not in name and not name.startswith(".") for name in names)
    assert all(any(np.array_equal(image, other[:, ::-1]) for other in others.values()) for image in made)


def test_two_pictures_of_one_name_in_a_batch(house: House, ann: TestClient) -> None:
    address, _ = begun(ann)
    act(house, ann, address, act="steps", steps=[{"op": "flip"}])
    job = ann.post(f"{address}/apply").json()["job"]
    for seed in (7, 8):
        sent = ann.post(f"{address}/apply/{job}?name=a.png", content=file_of(pixels(seed)))
        assert sent.status_code == 200, sent.text
    with zipfile.ZipFile(io.BytesIO(ann.get(f"{P}/apply/{job}.zip").content)) as archive:
        assert len(archive.namelist()) == 2


def test_a_batch_plays_what_was_on_show_when_it_began(house: House, ann: TestClient) -> None:
    address, _ = begun(ann)
    act(house, ann, address, act="steps", steps=[{"op": "flip"}])
    jobs = [ann.post(f"{address}/apply").json()["job"] for _ in range(2)]
    with house.visitor() as bob:
        theirs, _ = begun(bob)
        act(house, bob, theirs, act="steps", steps=[{"op": "flip"}])
        for _ in range(5):
            assert bob.post(f"{theirs}/apply").status_code == 200
    act(house, ann, address, act="steps", steps=[{"op": "black_and_white"}])
    for name in ("results", "a.png"):
        sent = ann.post(f"{address}/apply/{jobs[0]}", params={"name": name}, content=file_of(pixels(7)))
        assert sent.status_code == 200, sent.text
    with zipfile.ZipFile(io.BytesIO(ann.get(f"{P}/apply/{jobs[0]}.zip").content)) as archive:
        made = [decoded(archive.read(name)) for name in archive.namelist()]
    assert len(made) == 2
    assert all(np.array_equal(image, pixels(7)[:, ::-1]) for image in made)
    ann.post(f"{address}/apply")
    refused(ann.get(f"{P}/apply/{jobs[0]}.zip"), 404)


# -- nothing stays -----------------------------------------------------------------------------------------------------


def _begun_batch(house: House, client: TestClient) -> tuple[str, str]:
    """The address of a session with a step, and a batch of it."""
    address, _ = begun(client)
    act(house, client, address, act="steps", steps=[{"op": "flip"}])
    return address, client.post(f"{address}/apply").json()["job"]


def _send(client: TestClient, address: str, job: str, name: str = "a.png") -> Any:
    return client.post(f"{address}/apply/{job}", params={"name": name}, content=file_of(pixels(7)))


def _kept(folder: Path) -> list[Path]:
    """The files of batches in a data folder."""
    return [path for path in (folder / "store" / "temporary").rglob("*") if path.is_file()]


def test_a_deleted_conversation_takes_its_results_along(house: House, ann: TestClient, tmp_path: Path) -> None:
    address, job = _begun_batch(house, ann)
    other, theirs = _begun_batch(house, ann)
    for where, batch in ((address, job), (other, theirs)):
        assert _send(ann, where, batch).status_code == 200
    assert len(_kept(tmp_path)) == 2
    assert ann.delete(f"{P}/sessions/{address.rsplit('/', 1)[-1]}").status_code == 200
    assert "over" in refused(ann.get(f"{P}/apply/{job}.zip"), 404)
    assert ann.get(f"{P}/apply/{theirs}.zip").status_code == 200
    assert len(_kept(tmp_path)) == 1
    refused(_send(ann, other, job), 404)
    ann.delete(f"{P}/sessions/{other.rsplit('/', 1)[-1]}")
    assert [*(tmp_path / "store" / "temporary").rglob("*")] == []


def test_a_picture_under_way_when_its_conversation_is_deleted_leaves_nothing(
    house: House, ann: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, job = _begun_batch(house, ann)
    assert _send(ann, address, job).status_code == 200

    def meanwhile(*args: Any, **named: Any) -> Any:
        assert ann.delete(f"{P}/sessions/{address.rsplit('/', 1)[-1]}").status_code == 200
        args[1][0].parent.mkdir(parents=True)
        args[1][0].write_bytes(file_of(pixels(8)))
        yield from apply_to_files(*args, **named)
        assert _kept(tmp_path) != []

    monkeypatch.setattr(
        "assistant.ui.batches.apply_to_files", lambda *args, **named: iter([*meanwhile(*args, **named)])
    )
    assert "over" in refused(_send(ann, address, job), 404)
    assert _kept(tmp_path) == []


def test_what_another_program_deleted_is_gone_here(house: House, ann: TestClient, tmp_path: Path) -> None:
    address, job = _begun_batch(house, ann)
    assert _send(ann, address, job).status_code == 200
    session = opened(house, ann, address)
    Store(tmp_path / "store").delete(session.owner, session.id, set(), set())
    assert _kept(tmp_path) == []
    refused(ann.get(f"{P}/apply/{job}.zip"), 404)


def test_results_that_a_killed_program_left_are_removed_at_the_next_start(
    house: House, ann: TestClient, tmp_path: Path
) -> None:
    address, job = _begun_batch(house, ann)
    assert _send(ann, address, job).status_code == 200
    (mine,) = (tmp_path / "store" / "temporary").glob("*/*")
    killed, runs = (mine.with_name(f"{process}-x") for process in (2**22 + 1, os.getppid()))
    for folder in (killed, runs):
        folder.mkdir()
        (folder / "a.png").write_bytes(b"x")
    House(tmp_path)
    assert [path.parent for path in _kept(tmp_path)] == [runs]


def test_a_batch_without_a_result_has_no_file(house: House, ann: TestClient) -> None:
    address, job = _begun_batch(house, ann)
    assert "done yet" in refused(ann.get(f"{P}/apply/{job}.zip"), 404)
    refused(ann.post(f"{address}/apply/{job}?name=c.png", content=b"no picture"))
    assert "done yet" in refused(ann.get(f"{P}/apply/{job}.zip"), 404)


@pytest.mark.parametrize(("limit", "words"), [("MOST_PICTURES", "2 pictures"), ("MOST_BYTES", "2e-09 GB")])
def test_a_batch_takes_no_more_than_fits_into_one_file(
    house: House, ann: TestClient, monkeypatch: pytest.MonkeyPatch, limit: str, words: str
) -> None:
    address, job = _begun_batch(house, ann)
    for name in ("a.png", "b.png"):
        assert _send(ann, address, job, name).status_code == 200
    monkeypatch.setattr(f"assistant.ui.batches.{limit}", 2)
    assert words in refused(_send(ann, address, job), 409)
    for _ in range(2):
        with zipfile.ZipFile(io.BytesIO(ann.get(f"{P}/apply/{job}.zip").content)) as archive:
            assert archive.namelist() == ["a.png", "b.png"]
