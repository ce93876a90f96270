"""One script on many pictures: each is opened, measured anew, rendered and written; one that fails stops no other."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.blob_folder import disk_errors, write_durably
from assistant.blobs import Blobs, MemoryBlobs
from assistant.cache import PictureCache
from assistant.editor import Editor
from assistant.errors import InvalidScript, NotFound, PalimpsestError, PictureError, StoreError
from assistant.finding import Locator
from assistant.history import Version
from assistant.opening import open_mask, open_picture
from assistant.pictures import SUFFIX_FORMATS, ImageFormat, encode
from assistant.render import Renderer
from assistant.script import Script
from assistant.script_files import load_script, mapped_masks, masks_of

READ_SUFFIXES = {".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".heic", ".heif"}
_ID = re.compile(r"[0-9a-f]{64}")
_MOST_BYTES = 150
_UNSAFE = re.compile(r"[^\w .()+@-]|^\.+", re.UNICODE)


@dataclass(frozen=True)
class Applied:
    """What became of one picture."""

    source: Path
    target: Path | None
    """The written file; None when it failed."""
    seconds: float
    notes: tuple[str, ...] = ()
    error: str = ""


def read_script(path: Path, blobs: Blobs) -> Script:
    """A script file whose references and masks are ids or files beside it; the files are put into `blobs`.

    Raises InvalidScript, or PictureError when such a file cannot be read.
    """
    try:
        script = load_script(path.read_bytes())
    except OSError as error:
        raise InvalidScript(f"The script cannot be read ({error.strerror}).", remedy="Check its name.") from error

    def reference(name: str) -> str:
        return name if _ID.fullmatch(name) else blobs.put(open_picture(_beside(path, name)).picture.pixels)

    def mask(name: str) -> str:
        return name if _ID.fullmatch(name) else blobs.put(open_mask(_beside(path, name)))

    references = tuple(reference(name) for name in script.references)
    return mapped_masks(script, mask).model_copy(update={"references": references})


def script_of_session(version: Version | None, kept: Blobs) -> tuple[Script, MemoryBlobs]:
    """What was done up to a version, for other pictures: without the drawing that it may have begun with.

    Its references and brushed masks come along. Raises NotFound when there is nothing to do again.
    """
    script = version.script if version else Script()
    drawing = {step.id for step in script.steps if step.op == "generate"}
    steps = tuple(
        step.model_copy(update={"depends_on": tuple(name for name in step.depends_on if name not in drawing)})
        for step in script.steps
        if step.id not in drawing
    )
    script = Script(references=script.references, steps=steps)  # pyright: ignore[reportArgumentType]
    if not steps:
        raise NotFound("That session has no steps to do again.", remedy="Choose another one: palimpsest sessions list.")
    blobs = MemoryBlobs()
    for blob_id in (*script.references, *masks_of(script)):
        blobs.put(kept.get(blob_id))
    return script, blobs


def _beside(script: Path, name: str) -> Path:
    """A file named in a script, which must lie in the script's folder or below."""
    path = (script.parent / name).resolve()
    if not path.is_relative_to(script.parent.resolve()):
        raise InvalidScript(
            f"The script names “{name[:60]}”, which lies outside its folder.",
            allowed="References and masks lie beside the script or below.",
            remedy="Copy the file there.",
        )
    return path


def pictures_in(paths: Sequence[Path]) -> list[Path]:
    """The files themselves, and in folders every file that looks like a picture."""
    found: list[Path] = []
    for path in paths:
        found.extend(_inside(path) if path.is_dir() else [path])
    return found


def _inside(folder: Path) -> list[Path]:
    """Pictures of a folder; what is hidden (a Mac leaves “._name.jpg” beside each file) is no picture."""
    try:
        items = sorted(folder.iterdir())
    except OSError as error:
        raise PictureError(
            f"A folder cannot be read ({error.strerror}).", remedy="Check that you may read it."
        ) from error
    return [item for item in items if item.suffix.lower() in READ_SUFFIXES and not item.name.startswith(".")]


def apply_to_files(
    script: Script,
    sources: Sequence[Path],
    folder: Path,
    shared: MemoryBlobs,
    image_format: ImageFormat | None = None,
    overwrite: bool = False,
    editor: Editor | None = None,
    locator: Locator | None = None,
) -> Iterator[Applied]:
    """Render the script on each file and write the result into `folder` under the file's name.

    `shared` holds the script's references and masks. The format is the file's own where it can be written, else PNG.
    Raises StoreError when the folder cannot be made.
    """
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    originals, written = {_resolved(source) for source in sources}, set[Path]()
    for source in sources:
        started = time.perf_counter()
        try:
            target = _target(source, folder, image_format, written)
            _check_free(target, overwrite, originals)
            notes = _apply(script, source, target, shared.copy(), editor, locator)
            written.add(_resolved(target))
        except PalimpsestError as error:
            yield Applied(source, None, time.perf_counter() - started, error=str(error))
            if isinstance(error, StoreError):
                return
        else:
            yield Applied(source, target, time.perf_counter() - started, notes)


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, ValueError):
        return path


def _target(source: Path, folder: Path, image_format: ImageFormat | None, written: set[Path]) -> Path:
    """Where the result goes; a.png and a.tiff of one run do not end in one file."""
    stem = safe_name(source.stem)
    suffix = _suffix(image_format or SUFFIX_FORMATS.get(source.suffix.lower(), "png"))
    target, number = folder / f"{stem}{suffix}", 1
    while _resolved(target) in written:
        number += 1
        target = folder / f"{stem} ({number}){suffix}"
    return target


def _check_free(target: Path, overwrite: bool, originals: set[Path]) -> None:
    if target.exists() and (not overwrite or _resolved(target) in originals):
        raise PictureError(
            f"The file {target.name} is already there.",
            allowed="An original is never written over.",
            remedy="Choose another folder, or --overwrite for results of an earlier run.",
        )


def _apply(
    script: Script, source: Path, target: Path, blobs: MemoryBlobs, editor: Editor | None, locator: Locator | None
) -> tuple[str, ...]:
    opened = open_picture(source)
    original = blobs.put(opened.picture.pixels)
    own_script = script.on(original)
    renderer = Renderer(blobs, editor, locator, PictureCache(budget=0))
    picture = renderer.render(own_script).picture
    image_format = SUFFIX_FORMATS[target.suffix]
    write_durably(target, encode(picture, image_format))
    lost = picture.mode == "RGBA" and image_format == "jpeg"
    return (*opened.notes, "A JPEG has no transparency; it became white.") if lost else opened.notes


def _suffix(image_format: ImageFormat) -> str:
    return {"png": ".png", "webp": ".webp", "jpeg": ".jpg"}[image_format]


def safe_name(stem: str) -> str:
    """A file name without anything that a system could take for more than a name, and short enough for it."""
    cleaned = _UNSAFE.sub("_", stem).strip(" .").encode()[:_MOST_BYTES].decode(errors="ignore")
    return cleaned.strip(" .") or "picture"
