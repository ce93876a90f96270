"""Pictures and files in and out: previews, uploads, downloads and whole sessions."""

from __future__ import annotations

import re
import threading
from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from assistant.applying import safe_name
from assistant.errors import NotFound
from assistant.importable import import_trouble
from assistant.opening import open_picture
from assistant.pictures import THUMBNAIL_SIDE, ImageFormat, encode, preview
from assistant.session import Session
from assistant.transfer import export_session, import_session
from assistant.ui.asking import AtDesk, Opened, Owner, PictureSent, SessionSent
from assistant.ui.starters import sample_picture
from assistant.ui.views import Data

routes = APIRouter()
PREVIEW_SIDE = 1600
NOTICE = "Palimpsest-Notice"
_TYPES: dict[str, tuple[ImageFormat, str]] = {
    "png": ("png", "image/png"), "webp": ("webp", "image/webp"), "jpg": ("jpeg", "image/jpeg"),
}  # fmt: skip
_REPLAYS = threading.Semaphore(2)
"""So many at a time: a browser asks for every card at once, and each may take hundreds of megabytes."""
_FOREVER = {"Cache-Control": "private, max-age=31536000, immutable"}


@routes.get("/s/{session_id}/v/{version_id}/preview.jpg")
def shown(session: Opened, version_id: str) -> Response:
    """A version for the canvas."""
    return _jpeg(preview(session.picture(version_id), PREVIEW_SIDE))


@routes.get("/s/{session_id}/v/{version_id}/thumbnail.jpg")
def thumbnail(session: Opened, version_id: str) -> Response:
    return _jpeg(session.thumbnail(version_id))


@routes.get("/s/{session_id}/v/{version_id}/{side}/{step_id}.jpg")
def around(session: Opened, version_id: str, side: Literal["before", "after"], step_id: str) -> Response:
    """The picture right before or behind a step of a version's script, small."""
    version = session.history.version(version_id)
    script = version.script.first(version.script.position(step_id) - (side == "before"))
    for known in (version_id, version.parent):
        if known is not None and session.history.version(known).script == script:
            return _jpeg(session.thumbnail(known))
    with _REPLAYS:
        return _jpeg(preview(session.renderer.replay(script, version.records), THUMBNAIL_SIDE))


@routes.get("/samples/{name}.jpg")
def sample(name: str) -> Response:
    return _jpeg(preview(sample_picture(name), THUMBNAIL_SIDE))


@routes.get("/s/{session_id}/v/{version_id}/download.{suffix}")
def download(session: Opened, version_id: str, suffix: str) -> Response:
    """A version at its full size."""
    if suffix not in _TYPES:
        raise NotFound(f"There is no {suffix[:10]} file.", allowed="There are png, webp and jpg.")
    image_format, media = _TYPES[suffix]
    name = f"{_name(session)}-{session.history.number(version_id)}.{suffix}"
    return _file(encode(session.picture(version_id), image_format), media, name)


@routes.post("/s/{session_id}/upload")
def upload(session: Opened, data: PictureSent, use: Literal["picture", "reference"] = "picture") -> Data:
    """A picture to edit, or one to take from; says what was lost on the way to 8-bit sRGB."""
    found = open_picture(data)
    if use == "reference":
        return {"notes": found.notes, "reference": session.add_reference(found.picture)}
    return {"notes": found.notes, "version": session.add_picture(found.picture).id}


@routes.get("/s/{session_id}/export.zip")
def export(session: Opened) -> Response:
    """The whole session; the header `Palimpsest-Notice` says when the file is too large to be opened again."""
    exported = export_session(session)
    answer = _file(exported, "application/zip", f"{_name(session)}.palimpsest.zip")
    if trouble := import_trouble(exported):
        answer.headers[NOTICE] = trouble
    return answer


@routes.post("/import")
def imported(desk: AtDesk, owner: Owner, sent: SessionSent) -> Data:
    return {"id": import_session(desk.sessions, owner, sent).id}


def _jpeg(data: bytes) -> Response:
    """A picture that never changes under its address."""
    return Response(data, media_type="image/jpeg", headers=_FOREVER)


def _file(data: bytes, media: str, name: str) -> Response:
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(data, media_type=media, headers={"Content-Disposition": disposition, "Cache-Control": "no-store"})


def _name(session: Session) -> str:
    return safe_name(re.sub(r"\s+", "-", session.title)[:40]) or "palimpsest"
