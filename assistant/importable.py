"""Whether an exported session could be imported again: a long conversation makes a file that `transfer` refuses."""

from __future__ import annotations

import io
import zipfile

from assistant.transfer import MAX_BYTES, MAX_DECODED_BYTES, MAX_SESSION_BYTES, size_in


def import_trouble(exported: bytes) -> str:
    """What to tell whoever exports a session that is larger than what is imported; empty where it is not. ASCII."""
    with zipfile.ZipFile(io.BytesIO(exported)) as archive:
        sizes = {item.filename: item.file_size for item in archive.infolist()}
        pictures = [size_in(archive, name) for name in sizes if name.endswith(".png")]
    decoded = sum(size.pixels * channels for size, channels in pictures)
    size, text = max(len(exported), sum(sizes.values())), sizes["session.json"]
    if size <= MAX_BYTES and text <= MAX_SESSION_BYTES and decoded <= MAX_DECODED_BYTES:
        return ""
    return (
        f"This file holds {size / 1e9:,.1f} GB, {text / 1e6:,.0f} MB of them text, with pictures of "
        f"{decoded / 1e9:,.1f} GB when they are decoded, and could not be opened again: at most "
        f"{MAX_BYTES / 1e9:,.4g} GB, {MAX_SESSION_BYTES / 1e6:,.4g} MB and {MAX_DECODED_BYTES / 1e9:,.4g} GB are read. "
        "Its pictures are in it all the same. Keep the conversation itself, too."
    )
