"""Whether an exported session could be imported again: a long conversation makes a file that `transfer` refuses."""

from __future__ import annotations

import io
import zipfile

from assistant.pictures import PNG_HEADER, png_size
from assistant.transfer import MAX_BYTES, MAX_DECODED_BYTES, MAX_SESSION_BYTES


def import_trouble(exported: bytes) -> str:
    """What to tell whoever exports a session that is larger than what is imported; empty where it is not. ASCII."""
    with zipfile.ZipFile(io.BytesIO(exported)) as archive:
        sizes = {item.filename: item.file_size for item in archive.infolist()}
        decoded = sum(_decoded_bytes(archive, name) for name in sizes if name.endswith(".png"))
    size, text = max(len(exported), sum(sizes.values())), sizes["session.json"]
    if size <= MAX_BYTES and text <= MAX_SESSION_BYTES and decoded <= MAX_DECODED_BYTES:
        return ""
    return (
        f"This file holds {size / 1e9:,.1f} GB, {text / 1e6:,.0f} MB of them text, with pictures of "
        f"{decoded / 1e9:,.1f} GB when they are decoded, and could not be opened again: at most "
        f"{MAX_BYTES / 1e9:,.4g} GB, {MAX_SESSION_BYTES / 1e6:,.4g} MB and {MAX_DECODED_BYTES / 1e9:,.4g} GB are read. "
        "Its pictures are in it all the same. Keep the conversation itself, too."
    )


def _decoded_bytes(archive: zipfile.ZipFile, name: str) -> int:
    with archive.open(name) as file:
        size, channels = png_size(file.read(PNG_HEADER))
    return size.pixels * channels
