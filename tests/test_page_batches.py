"""A session's script on other pictures, through the page's routes."""

from __future__ import annotations

import io
import zipfile

import numpy as np
from starlette.testclient import TestClient

from tests.page import House, P, act, ann, begun, decoded, file_of, house, pixels, refused

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
