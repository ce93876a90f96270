"""Words on a picture: inside it, where they were asked for, readable, in a font that has the letters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import ImageFont

from assistant.errors import MissingFont
from assistant.operations import fonts
from assistant.operations.fonts import Font, font_files, font_for
from assistant.pictures import Picture, Pixels
from assistant.sizes import Box
from eval.icc import decoded
from tests.playing import exact, flat, play

GROUND = (90, 120, 60)
WEIGHTS = np.array([0.2126, 0.7152, 0.0722])
DEJAVU = next((path for path in font_files() if path.endswith("DejaVuSans.ttf")), "")
needs_dejavu = pytest.mark.skipif(not DEJAVU, reason="DejaVu Sans is not installed")


def ink(after: Picture, before: Picture) -> Pixels:
    return (after.pixels != before.pixels).any(axis=2)


def extent(marked: Pixels) -> Box:
    rows, columns = np.nonzero(marked)
    assert len(rows), "there is ink"
    return Box(int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)


@pytest.mark.parametrize(
    "wish",
    [
        {}, {"text": "Two\nlines"}, {"font": "serif bold"}, {"font": "mono"}, {"position": "top left"},
        {"color": "gold"},
        {"text": "A much longer caption that has to be broken into several lines, however small the picture may be"},
        {"text": "Donaudampfschifffahrtsgesellschaft"}, {"text": "ÄÖÜ ß é ñ – „quoted“"}, {"where": "upper third"},
    ],
    ids=str,
)  # fmt: skip
def test_ink_lies_inside(wish: dict[str, Any]) -> None:
    ground = flat(GROUND, 300, 200)
    box = extent(ink(play(ground, {"op": "text", "text": "Hello", "color": "white", **wish}), ground))
    assert Box(1, 1, 299, 199).contains(box)


@pytest.mark.parametrize(
    ("position", "x", "y"),
    [("top left", 0, 0), ("top", 1, 0), ("top right", 2, 0), ("center", 1, 1), ("bottom left", 0, 2), ("bottom", 1, 2),
     ("bottom right", 2, 2), ("lower third", 1, 2), (None, 1, 2)],
)  # fmt: skip
def test_positions(position: str | None, x: int, y: int) -> None:
    ground = flat(GROUND, 600, 450)
    wish = {"op": "text", "text": "Hello", "color": "white"} | ({"position": position} if position else {})
    box = extent(ink(play(ground, wish), ground))
    assert Box(200 * x, 150 * y, 200 * x + 200, 150 * y + 150).contains(box)


@pytest.mark.parametrize("size", [12, 40, 120])
def test_size_is_the_height_of_the_letters(size: int) -> None:
    ground = flat(GROUND, 600, 300)
    box = extent(ink(play(ground, {"op": "text", "text": "Hg", "size": size, "color": "red"}), ground))
    assert 0.75 * size <= box.size.height <= 1.25 * size


def test_the_colour_is_exact() -> None:
    played = play(flat(GROUND), {"op": "text", "text": "I", "size": 36, "color": "#1a73e8"})
    assert (played.pixels == (0x1A, 0x73, 0xE8)).all(axis=2).sum() > 20


@pytest.mark.parametrize("box", [(20, 30, 220, 90), (50, 10, 110, 190), (0, 0, 300, 200)], ids=str)
@pytest.mark.parametrize("words", ["HELLO", "several words to fit"])
def test_fitted_words_fill_their_box(box: tuple[int, ...], words: str) -> None:
    ground = flat(GROUND, 300, 200)
    wish = {"op": "text", "text": words, "color": "white", "where": {"box": list(box)}}
    found = extent(ink(play(ground, wish), ground))
    room = Box(*box)
    assert room.grown(1).contains(found)
    assert max(found.size.width / room.size.width, found.size.height / room.size.height) > 0.8


def contrast(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    """W3C, WCAG 2.2."""
    lights = sorted(float(decoded(color.astype(float)) @ WEIGHTS) for color in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("gray", [0, 40, 90, 110, 115, 117, 118, 119, 120, 122, 125, 130, 180, 255])
def test_letters_stand_out_from_any_ground(gray: int) -> None:
    ground = flat((gray, gray, gray), 300, 120)
    played = play(ground, {"op": "text", "text": "HILL", "where": "everything"})
    pixels = played.pixels.reshape(-1, 3)
    far = pixels[np.abs(pixels.astype(int) - gray).sum(axis=1).argmax()]
    assert contrast(far, np.array([gray] * 3)) >= 4.5
    assert (far.mean() > 128) == (gray < 118)


def test_the_same_words_give_the_same_pixels() -> None:
    wish = {"op": "text", "text": "Again"}
    assert play(flat(GROUND), wish) == play(flat(GROUND), wish)


# -- fonts -------------------------------------------------------------------------------------------------------------

SAMPLES = {"devanagari": "नमस्ते", "cjk": "你好世界", "hangul": "안녕하세요", "thai": "สวัสดี", "hiragana": "こんにちは"}
CJK, OTHERS = "fonts-noto-cjk", "fonts-noto-core"
PACKAGES = {"devanagari": OTHERS, "cjk": CJK, "hangul": CJK, "thai": OTHERS, "hiragana": CJK}


@needs_dejavu
@pytest.mark.parametrize("script", SAMPLES)
def test_without_a_font_the_package_is_named(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "font_files", lambda: (DEJAVU,))
    with pytest.raises(MissingFont, match=PACKAGES[script]) as caught:
        play(flat(GROUND), {"op": "text", "text": SAMPLES[script]})
    assert SAMPLES[script][0] in caught.value.received


@pytest.mark.parametrize("script", SAMPLES)
def test_with_a_font_the_letters_are_no_boxes(script: str) -> None:
    words = SAMPLES[script]
    try:
        font = font_for(words).at(60)
    except MissingFont as error:
        pytest.skip(str(error))
    shapes = {np.array(font.getmask(letter)).tobytes() for letter in set(words) if not letter.isspace()}
    assert len(shapes) > len(set(words)) / 2


@needs_dejavu
def test_arabic_is_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "font_files", lambda: (DEJAVU,))
    face = font_for("مرحبا").at(60)
    assert face.layout_engine == ImageFont.Layout.RAQM
    apart = sum(face.getlength(letter) for letter in "مرحبا")
    assert abs(face.getlength("مرحبا") - apart) > 5
    ground = flat(GROUND, 300, 120)
    assert ink(play(ground, {"op": "text", "text": "مرحبا", "color": "white"}), ground).any()


@needs_dejavu
def test_without_the_shaping_library_joined_letters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_can_shape", lambda: False)
    with pytest.raises(MissingFont, match="libfribidi0"):
        font_for("مرحبا")
    assert font_for("Hello")


def test_on_a_machine_without_fonts_ascii_still_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "font_files", lambda: ())
    assert font_for("Hello, world!") == Font(("", 0))
    ground = flat(GROUND, 200, 100)
    assert ink(play(ground, {"op": "text", "text": "Hello", "color": "white"}), ground).any()
    with pytest.raises(MissingFont):
        font_for("ł")


@needs_dejavu
@pytest.mark.parametrize(
    ("wish", "name"),
    [("serif", "DejaVuSerif"), ("mono", "DejaVuSansMono"), ("bold", "DejaVuSans-Bold"),
    ("DejaVu Serif bold", "DejaVuSerif-Bold"),
     (None, "DejaVuSans"), ("Comic Sans Nowhere", "DejaVuSans")],
)  # fmt: skip
def test_the_nearest_font_is_taken(wish: str | None, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known = tuple(path for path in font_files() if "DejaVu" in path)
    monkeypatch.setattr(fonts, "font_files", lambda: known)
    if not any(Path(path).stem == name for path in known):
        pytest.skip(f"{name} is not installed")
    assert Path(font_for("Hello", wish)[0]).stem == name


@needs_dejavu
def test_another_font_file_is_another_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = tmp_path / "DejaVuSans.ttf"
    own.write_bytes(Path(DEJAVU).read_bytes())
    wish = {"op": "text", "text": "Hello"}
    monkeypatch.setattr(fonts, "font_files", lambda: (str(own),))
    first = exact(flat(GROUND), wish).fingerprint
    assert first == exact(flat(GROUND), wish).fingerprint
    own.write_bytes(own.read_bytes() + b"\0")
    assert exact(flat(GROUND), wish).fingerprint != first
    assert exact(flat(GROUND), {"op": "sepia"}).fingerprint == "sepia 1 "


@pytest.mark.parametrize("how", [{}, {"size": 20}, {"where": "upper third"}], ids=str)
def test_letters_are_so_much_larger_as_was_asked_for(how: dict[str, Any]) -> None:
    ground = flat(GROUND, 300, 200)

    def height(percent: float) -> int:
        wish = {"op": "text", "text": "HH", "color": "white", "percent": percent, **how}
        box = extent(ink(play(ground, wish), ground))
        return box.bottom - box.top

    usual = height(100)
    assert abs(height(50) - usual / 2) <= usual * 0.1
    if "where" not in how:
        assert abs(height(140) - usual * 1.4) <= usual * 0.1
