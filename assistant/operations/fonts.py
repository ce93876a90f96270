"""Fonts of this machine: the one that has the letters, near the family asked for, and what to install if none has."""

from __future__ import annotations

import hashlib
import os
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError
from PIL import ImageFont, features

from assistant.errors import MissingFont

_SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}
_SANS = ("notosans-", "dejavusans", "liberationsans", "arial", "helvetica", "segoeui", "roboto", "opensans", "ubuntu")
_SERIF = ("notoserif-", "dejavuserif", "liberationserif", "timesnewroman", "times", "georgia")
_MONO = ("notosansmono", "dejavusansmono", "liberationmono", "couriernew", "consola", "menlo")
_GENERIC = {"sans": _SANS, "serif": _SERIF, "mono": _MONO, "monospace": _MONO, "sans-serif": _SANS}
_STYLES = {"bold": "bold", "italic": "italic", "oblique": "italic", "light": "light", "thin": "thin", "black": "black"}
_OTHER_STYLES = ("bold", "italic", "oblique", "light", "thin", "black", "condensed", "medium", "mono", "display")
_SCRIPT_HINTS = {
    "DEVANAGARI": ("devanagari", "mangal", "kohinoor"), "ARABIC": ("arabic", "naskh", "geeza"),
    "HEBREW": ("hebrew",), "THAI": ("thai",), "BENGALI": ("bengali",), "TAMIL": ("tamil",),
    "CJK": ("cjk", "pingfang", "yahei", "msyh", "simsun", "hiragino"), "HIRAGANA": ("cjk", "hiragino", "meiryo"),
    "KATAKANA": ("cjk", "hiragino", "meiryo"), "HANGUL": ("cjk", "malgun", "gothicneo"),
}  # fmt: skip
_CJK = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "FULLWIDTH", "IDEOGRAPHIC"}
_SHAPED = {"ARABIC", "HEBREW", "DEVANAGARI", "BENGALI", "TAMIL", "THAI", "GUJARATI", "GURMUKHI", "TELUGU", "KANNADA",
           "MALAYALAM", "SINHALA", "KHMER", "MYANMAR", "TIBETAN", "SYRIAC"}  # fmt: skip


class Font(tuple[str, int]):
    """A font file and the number of the face in it; ("", 0) is the one that Pillow carries."""

    __slots__ = ()

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """The face at `size` px, shaped by raqm where it is there."""
        path, index = self
        if not path:
            font = ImageFont.load_default(size)
            assert isinstance(font, ImageFont.FreeTypeFont)  # given a size, Pillow loads its TrueType font
            return font
        engine = ImageFont.Layout.RAQM if _can_shape() else ImageFont.Layout.BASIC
        return ImageFont.truetype(path, size, index=index, layout_engine=engine)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the file and the face's number: other letters, another key."""
        path, index = self
        return f"{_file_hash(path, Path(path).stat().st_mtime_ns) if path else 'pillow'}:{index}"


@cache
def _file_hash(path: str, _modified: int) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def _can_shape() -> bool:
    return bool(features.check("raqm") and features.check("fribidi"))


def font_for(text: str, wish: str | None = None) -> Font:
    """The font that has every letter of `text`, as near as can be to the wish ("DejaVu Serif", "serif bold").

    Raises MissingFont with the package to install.
    """
    letters = {ord(letter) for letter in text if _needs_glyph(letter)}
    scripts = {_script(chr(letter)) for letter in letters}
    if scripts & _SHAPED and not _can_shape():
        raise MissingFont(
            f"“{text[:40]}” needs letters that join, and the library that shapes them is missing.",
            remedy="Install it with: apt-get install libfribidi0.",
        )
    for path in _by_likeness(_wish_words(wish), scripts):
        for index, covered in _coverage(path):
            if letters <= covered:
                return Font((path, index))
    if letters <= _pillow_coverage():
        return Font(("", 0))
    raise _missing(letters)


def _needs_glyph(letter: str) -> bool:
    return (
        not letter.isspace()
        and unicodedata.category(letter) not in ("Cf", "Cc")
        and not 0xFE00 <= ord(letter) <= 0xFE0F
    )


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split()[0].split("-")[0]


def _missing(letters: set[int]) -> MissingFont:
    missing = sorted(letters - _all_covered())
    if not missing:
        return MissingFont(
            "No single font on this machine has all these letters together.",
            allowed="The words of a step are set in one font.",
            remedy="Set words of different scripts in steps of their own.",
        )
    shown = " ".join(chr(letter) for letter in missing[:6])
    scripts = {_script(chr(letter)) for letter in missing}
    package = "fonts-noto-cjk" if scripts & _CJK else "fonts-noto-core"
    received = f"No font on this machine has the letters {shown}."
    return MissingFont(
        received,
        allowed="The words are set in one font.",
        remedy=f"Install one (for example: apt-get install {package}) and start again, or leave these letters out.",
    )


def _all_covered() -> frozenset[int]:
    return frozenset().union(*(covered for path in font_files() for _, covered in _coverage(path)), _pillow_coverage())


@cache
def font_files() -> tuple[str, ...]:
    """Every font file in this system's font folders."""
    home = Path.home()
    if sys.platform == "darwin":
        folders = [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    elif sys.platform == "win32":
        folders = [
            Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts",
            home / "AppData/Local/Microsoft/Windows/Fonts",
        ]
    else:
        folders = [
            Path("/usr/share/fonts"),
            Path("/usr/local/share/fonts"),
            home / ".fonts",
            home / ".local/share/fonts",
        ]
    found = (path for folder in folders if folder.is_dir() for path in folder.rglob("*"))
    # Colour bitmaps cannot be set at any size.
    return tuple(sorted(str(path) for path in found if path.suffix.lower() in _SUFFIXES and "Emoji" not in path.name))


def _wish_words(wish: str | None) -> list[str]:
    return (wish or "sans").lower().replace("_", " ").split()


def _by_likeness(words: list[str], scripts: set[str]) -> list[str]:
    """All font files, the likeliest first, judged by their names so that few have to be opened."""
    styles = {_STYLES[word] for word in words if word in _STYLES}
    generic = next((_GENERIC[word] for word in words if word in _GENERIC), None)
    family = "".join(word for word in words if word not in _STYLES and word not in _GENERIC and word != "regular")
    hints = [hint for script in scripts for hint in _SCRIPT_HINTS.get(script, ())]

    def distance(path: str) -> tuple[int, ...]:
        name = Path(path).stem.lower().replace(" ", "").replace("_", "")
        has = {style for style in _OTHER_STYLES if style in name} - ({"mono"} if generic is _MONO else set())
        has = {"italic" if style == "oblique" else style for style in has}
        families = generic or _SANS
        place = next((number for number, start in enumerate(families) if name.startswith(start)), len(families))
        serif_for_sans = int("serif" in name and generic is not _SERIF and "serif" not in family)
        return (
            int(bool(family) and family not in name.replace("-", "")),
            int(bool(hints) and not any(hint in name for hint in hints)),
            serif_for_sans,
            len(styles ^ has),
            place,
            len(name),
        )

    return sorted(font_files(), key=distance)


@cache
def _coverage(path: str) -> tuple[tuple[int, frozenset[int]], ...]:
    """For each face of a file its number and the code points it has glyphs for; empty when it cannot be read."""
    try:
        with open(path, "rb") as file:
            collection = file.read(4) == b"ttcf"
        if collection:
            with TTCollection(path, lazy=True) as faces:
                return tuple((number, _code_points(face)) for number, face in enumerate(faces.fonts))
        with TTFont(path, lazy=True) as face:
            return ((0, _code_points(face)),)
    except (OSError, TTLibError, KeyError, AssertionError, ValueError):
        return ()


def _code_points(face: TTFont) -> frozenset[int]:
    tables: Iterable[int] = face.getBestCmap() or ()
    return frozenset(tables)


@cache
def _pillow_coverage() -> frozenset[int]:
    """Printable ASCII is what the font inside Pillow surely has."""
    return frozenset(range(33, 127))
