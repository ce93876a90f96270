"""No way out of the program carries a byte of a file's metadata."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, PngImagePlugin
from typer.testing import CliRunner

from assistant.cli import app
from assistant.opening import open_picture
from assistant.plan import Plan
from assistant.script_files import step_from_data
from assistant.sessions import Sessions
from assistant.store import Store
from assistant.transfer import export_session

SECRETS = ("GPSLatitude-47.3769-Zurich", "Owner: Ada of Palimpsest", "xmp:CreatorTool=SecretCamera", "Kommentar-98765")
WINDOW = 8
STEPS = [{"op": "exposure", "stops": 0.3}, {"op": "crop", "box": [5, 5, 90, 60]}]


def photograph(image_format: str) -> bytes:
    """A file with EXIF (GPS among it), XMP, a comment or text chunks, all of them secret."""
    pixels = np.random.default_rng(3).integers(0, 256, (64, 96, 3)).astype(np.uint8)
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x0131] = SECRETS[0], SECRETS[1], SECRETS[2]
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[29] = "N", (47.0, 22.0, 36.5), SECRETS[0]
    xmp = f"<x:xmpmeta>{SECRETS[2]} GPS {SECRETS[3]}</x:xmpmeta>".encode()
    options: dict[str, object] = {"exif": exif.tobytes()}
    match image_format:
        case "JPEG":
            options |= {"comment": SECRETS[3].encode(), "xmp": xmp, "quality": 95}
        case "PNG":
            text = PngImagePlugin.PngInfo()
            text.add_text("Comment", SECRETS[3])
            text.add_itxt("XML:com.adobe.xmp", xmp.decode())
            options |= {"pnginfo": text}
        case "WEBP":
            options |= {"xmp": xmp, "lossless": True}
        case "TIFF":
            options = {"exif": exif, "description": SECRETS[0], "artist": SECRETS[1]}
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, image_format, **options)  # pyright: ignore[reportArgumentType]
    return out.getvalue()


def leaks(data: bytes) -> list[str]:
    """Pieces of the secrets, or the word GPS, found in bytes."""
    pieces = [secret[start : start + WINDOW] for secret in SECRETS for start in range(len(secret) - WINDOW + 1)]
    return [piece for piece in ("GPS", "Exif", "xmpmeta", *pieces) if piece.encode() in data]


FILES = {"JPEG": "a.jpg", "PNG": "b.png", "WEBP": "c.webp", "TIFF": "d.tif"}


@pytest.mark.parametrize("image_format", FILES)
def test_the_planted_file_really_carries_it(image_format: str) -> None:
    assert leaks(photograph(image_format))


@pytest.mark.parametrize("wanted", [None, "png", "jpeg", "webp"])
def test_the_command_line_writes_pixels_only(tmp_path: Path, wanted: str | None) -> None:
    for image_format, name in FILES.items():
        (tmp_path / name).write_bytes(photograph(image_format))
    script = tmp_path / "script.json"
    script.write_text(json.dumps({"steps": STEPS}))
    files = [str(tmp_path / name) for name in FILES.values()]
    command = ["apply", str(script), *files, "-o", str(tmp_path / "out"), *(["--format", wanted] if wanted else [])]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    written = list((tmp_path / "out").iterdir())
    assert len(written) == len(FILES)
    for path in written:
        assert leaks(path.read_bytes()) == [], path.name
    assert leaks(result.output.encode()) == []


@pytest.mark.parametrize("image_format", FILES)
def test_a_session_keeps_and_exports_pixels_only(tmp_path: Path, image_format: str) -> None:
    sessions = Sessions(Store(tmp_path / "store"))
    session = sessions.create("ann")
    session.add_picture(open_picture(photograph(image_format)).picture)
    session.add_reference(open_picture(photograph("PNG")).picture)
    steps = tuple(step_from_data(step) for step in STEPS)
    list(session.run_plan(Plan(act="edit", steps=steps)))
    assert leaks(export_session(session)) == []
    assert leaks(session.thumbnail(session.history.pointer or "")) == []
    sessions.store.close()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert leaks(path.read_bytes()) == [], path.name
