"""The page of today: a picture, its steps written by hand, its history. The conversation takes its place."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import cv2
import gradio as gr
import numpy as np

from assistant.errors import PalimpsestError
from assistant.events import Event, Moved, StepFailed, TurnFailed
from assistant.opening import MAX_BYTES, open_picture
from assistant.pictures import PREVIEW_SIDE, Pixels, encode
from assistant.plan import Plan
from assistant.script_files import step_from_data
from assistant.session import Session
from assistant.sessions import Sessions
from assistant.vocabulary import vocabulary

LOCAL_OWNER = "local"
EXAMPLES = {
    "Brighter": '{"op": "exposure", "stops": 0.5}',
    "Black and white": '{"op": "black_and_white"}',
    "Crop to 4:5": '{"op": "crop", "aspect": "4:5"}',
    "Crop to the face": '{"op": "crop", "subject": "face", "aspect": "1:1"}',
    "Blur the background": '{"op": "blur", "where": "background"}',
    "Hide the faces": '{"op": "pixelate", "where": "faces"}',
    "Caption": '{"op": "text", "text": "Hello", "position": "bottom"}',
    "Erase a box": '{"op": "heal", "where": {"box": [40, 40, 60, 60], "unit": "percent"}}',
}
INTRODUCTION = """
# Palimpsest
**A picture is its original plus a script.** Drop in a picture and write steps; every one can be undone, and what a step
was not asked to change stays equal bit for bit. Nothing leaves this machine. *The conversation comes with the models;
today the steps are written by hand.*
"""
_CSS = ".gradio-container {max-width: 1200px !important; margin: auto} .steps {font-family: monospace}"
_DOWNLOADS = tempfile.TemporaryDirectory(prefix="palimpsest-downloads-")
"""Gone with the program."""
Shown = tuple[Any, str, str, Any]


class _Handlers:
    """What the controls do."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions

    def opened(self, path: str | None) -> tuple[Any, ...]:
        """A file was dropped in: a new session."""
        if path is None:
            return None, *_nothing()
        try:
            found = open_picture(Path(path))
            session = self.sessions.create(LOCAL_OWNER, "From the page")
            session.add_picture(found.picture)
        except PalimpsestError as error:
            gr.Warning(str(error))
            return None, *_nothing()
        finally:
            Path(path).unlink(missing_ok=True)  # the raw upload, with all its metadata
        for note in found.notes:
            gr.Info(note)
        return session.id, *_shown(session)

    def played(self, session_id: str | None, text: str) -> Shown:
        """A step was written."""
        return self._with_session(session_id, lambda session: _play(session, text))

    def undone(self, session_id: str | None) -> Shown:
        return self._with_session(session_id, lambda session: _run(session, Plan(act="undo")))

    def redone(self, session_id: str | None) -> Shown:
        return self._with_session(session_id, lambda session: _run(session, Plan(act="redo")))

    def _with_session(self, session_id: str | None, work: Callable[[Session], None]) -> Shown:
        if session_id is None:
            gr.Warning("There is no picture yet. Drop one in first.")
            return _nothing()
        try:
            session = self.sessions.open(LOCAL_OWNER, session_id)
            try:
                work(session)
            except PalimpsestError as error:
                gr.Warning(str(error))
            return _shown(session)
        except PalimpsestError as error:
            gr.Warning(str(error))
            return _nothing()


def build(sessions: Sessions) -> gr.Blocks:
    """The page over these sessions, all of which belong to whoever sits at this machine."""
    handlers = _Handlers(sessions)
    with gr.Blocks(title="Palimpsest", analytics_enabled=False) as page:
        current = gr.State(None)
        gr.Markdown(INTRODUCTION)
        with gr.Row():
            with gr.Column(scale=2):
                file = gr.File(label="Picture: PNG, JPEG, WebP, TIFF, HEIC", type="filepath", height=120)
                example = gr.Dropdown(list(EXAMPLES), label="An example to start from", value=None)
                steps = gr.Code(
                    value=EXAMPLES["Brighter"], language="json", label="A step, or a list of steps", lines=6
                )
                with gr.Row():
                    play = gr.Button("Play", variant="primary", min_width=90)
                    undo, redo = gr.Button("Undo", min_width=90), gr.Button("Redo", min_width=90)
                with gr.Accordion("All operations", open=False):
                    gr.HTML(_vocabulary())
            with gr.Column(scale=3):
                picture = gr.Image(
                    label="Picture", interactive=False, format="jpeg", height=560, buttons=["fullscreen"]
                )
                download = gr.DownloadButton("Download as PNG", interactive=False)
                script = gr.HTML(label="Script")
                history = gr.HTML(label="History")
        shown = [picture, script, history, download]
        example.change(lambda name: EXAMPLES.get(name, ""), example, steps, queue=False)
        file.change(handlers.opened, file, [current, *shown])
        play.click(handlers.played, [current, steps], shown)
        undo.click(handlers.undone, current, shown)
        redo.click(handlers.redone, current, shown)
    return page


def launch(sessions: Sessions, host: str, port: int | None, open_browser: bool) -> None:
    """Serve the page until it is stopped. Nothing is sent anywhere else."""
    build(sessions).launch(
        server_name=host, server_port=port, inbrowser=open_browser, max_file_size=MAX_BYTES, css=_CSS,
        share=False, footer_links=[],
    )  # fmt: skip


def _play(session: Session, text: str) -> None:
    data = _json(text)
    steps = tuple(step_from_data(step) for step in (data if isinstance(data, list) else [data]))
    if not steps:
        raise PalimpsestError("There is no step.", allowed=f"A step looks like {EXAMPLES['Brighter']}.")
    _run(session, Plan(act="edit", steps=steps, summary=", ".join(step.op for step in steps)))


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise PalimpsestError(
            f"The step is not JSON ({error}).", allowed=f"A step looks like {EXAMPLES['Brighter']}.", remedy="Mend it."
        ) from error


def _run(session: Session, plan: Plan) -> None:
    for event in session.run_plan(plan):
        if words := _trouble(event):
            gr.Warning(words)


def _trouble(event: Event) -> str:
    if isinstance(event, StepFailed | TurnFailed):
        return event.message
    return event.note if isinstance(event, Moved) else ""


def _nothing() -> Shown:
    return None, "", "", gr.DownloadButton(interactive=False)


def _shown(session: Session) -> Shown:
    picture = session.picture()
    small = picture.size.fit(PREVIEW_SIDE)
    pixels: Pixels = picture.flattened()
    if small != picture.size:
        pixels = np.asarray(cv2.resize(pixels, small, interpolation=cv2.INTER_AREA), np.uint8)
    path = (
        Path(_DOWNLOADS.name) / f"palimpsest-{session.id}-{session.history.number(session.history.pointer or '')}.png"
    )
    if not path.exists():
        path.write_bytes(encode(picture, "png"))
    return pixels, _script(session), _history(session), gr.DownloadButton(value=str(path), interactive=True)


def _script(session: Session) -> str:
    version = session.history.current
    steps = version.script.steps if version else ()
    rows = "".join(f"<li><code>{escape(json.dumps(step.wish(), ensure_ascii=False))}</code></li>" for step in steps)
    size = session.picture().size
    return f"<h3>Script · {size} pixels</h3>" + (f"<ol>{rows}</ol>" if rows else "<p>No steps yet.</p>")


def _history(session: Session) -> str:
    def row(number: int) -> str:
        version = session.history.numbered(number)
        here = " ← here" if version.id == session.history.pointer else ""
        return f"<li>{escape(version.label)}{here}</li>"

    return f"<h3>History</h3><ol>{''.join(row(number) for number in range(1, len(session.history.versions) + 1))}</ol>"


def _vocabulary() -> str:
    rows = "".join(
        f"<tr><td><code>{entry['op']}</code></td><td>{escape(entry['doc'])}<br>"
        f"<small>{escape(', '.join(entry['fields']))}</small></td></tr>"
        for entry in vocabulary()
        if entry["family"] != "generative"
    )
    return f"<table>{rows}</table>"
