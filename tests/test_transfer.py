"""Exported sessions from anywhere: measured before they are decoded, and nothing stays of what is refused."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest

from assistant import transfer
from assistant.errors import DamagedStore, InvalidScript
from assistant.history import History, Version
from assistant.pictures import Pixels, content_id, encode_png
from assistant.script import Script
from assistant.session import Session
from assistant.sessions import Sessions
from assistant.transfer import Exported, export_session, import_session


def header(width: int, height: int, kind: bytes = b"\x08\x02", more: int = 0) -> bytes:
    """A PNG that says its size and holds no pixels, in `more` bytes more than it needs."""
    said = b"IHDR" + struct.pack(">II", width, height) + kind + b"\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + said + struct.pack(">I", zlib.crc32(said)) + bytes(more)


def packed(pictures: dict[str, bytes], original: str | None = None) -> bytes:
    """An exported session with these pictures as its references, or one of them as its original."""
    history = History()
    if original is not None:
        history = History(versions=(Version(id="a", script=Script(original=original), picture_id=original),))
    names = tuple(name for name in pictures if name != original)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("session.json", Exported(history=history, references=names).model_dump_json(by_alias=True))
        for name, data in pictures.items():
            archive.writestr(f"blobs/{name}.png", data)
    return out.getvalue()


def named(data: bytes) -> dict[str, bytes]:
    return {hashlib.sha256(data).hexdigest(): data}


def noise(seed: int) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (20, 30, 3)).astype(np.uint8)


def files(sessions: Sessions) -> list[Path]:
    return [path for path in (sessions.store.folder / "blobs").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (header(8000, 6000), "48 million"),
        (header(2**31, 2**31), "altered"),
        (header(0, 100), "altered"),
        (header(100, 100, b"\x10\x02"), "altered"),
        (header(100, 100, b"\x08\x03"), "altered"),
        (header(16, 16, more=100_000), "altered"),
        (b"\x89PNG", "altered"),
    ],
    ids=["too many pixels", "far too many", "none", "sixteen bits", "a palette", "more than its pixels", "no header"],
)
@pytest.mark.parametrize("as_original", [True, False])
def test_a_picture_is_measured_before_it_is_decoded(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch, data: bytes, words: str, as_original: bool
) -> None:
    monkeypatch.setattr(transfer, "decode_png", None)
    pictures = named(data)
    with pytest.raises((InvalidScript, DamagedStore), match=words):
        import_session(sessions, "cem", packed(pictures, next(iter(pictures)) if as_original else None))
    assert sessions.list("cem") == []


def test_all_pictures_together_are_bounded(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = {content_id(noise(seed)): encode_png(noise(seed)) for seed in range(4)}
    monkeypatch.setattr(transfer, "MAX_DECODED_BYTES", 4 * noise(0).nbytes)
    assert len(import_session(sessions, "cem", packed(pictures)).references) == 4
    monkeypatch.setattr(transfer, "MAX_DECODED_BYTES", 4 * noise(0).nbytes - 1)
    with pytest.raises(InvalidScript, match="unpack to"):
        import_session(sessions, "dan", packed(pictures))
    assert sessions.list("dan") == []


def test_nothing_stays_of_a_file_that_was_altered(sessions: Sessions) -> None:
    pictures = {content_id(noise(seed)): encode_png(noise(seed)) for seed in range(6)}
    pictures[list(pictures)[3]] = encode_png(noise(7))
    with pytest.raises(DamagedStore, match="altered"):
        import_session(sessions, "cem", packed(pictures))
    assert sessions.list("cem") == []
    assert files(sessions) == []


def test_a_refused_import_takes_nothing_from_its_origin(session: Session, sessions: Sessions) -> None:
    data = io.BytesIO(export_session(session))
    with zipfile.ZipFile(data) as old:
        text = old.read("session.json").decode().replace(session.history.versions[0].picture_id, "0" * 64)
    with zipfile.ZipFile(data, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("session.json", text)
    before = files(sessions)
    with pytest.raises(DamagedStore):
        import_session(sessions, "ann", data.getvalue())
    assert files(sessions) == before
    assert [row["id"] for row in sessions.list("ann")] == [session.id]


def test_pictures_are_taken_one_at_a_time(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = {content_id(noise(seed)): encode_png(noise(seed)) for seed in range(4)}
    kept: list[int] = []
    decode = transfer.decode_png
    monkeypatch.setattr(transfer, "decode_png", lambda data: (kept.append(len(files(sessions))), decode(data))[1])
    import_session(sessions, "cem", packed(pictures))
    assert kept == [0, 1, 2, 3]


def test_deleting_another_session_takes_nothing_from_an_import(
    session: Session, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, shown = export_session(session), session.picture()
    committed = transfer._committed

    def late(*arguments: object) -> Session:
        sessions.delete("ann", session.id)
        return committed(*arguments)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(transfer, "_committed", late)
    assert import_session(sessions, "ann", data).picture() == shown
