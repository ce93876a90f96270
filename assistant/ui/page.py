"""The page as Gradio knows it: one component that holds the studio, whose scripts talk to our own routes.

A turn belongs to its session, not to a connection: the page tails a feed of server-sent events, which a browser takes
up again by itself after a refresh, a closed lid or a restart. Gradio serves, themes and shares the page.
"""

from __future__ import annotations

from pathlib import Path

import gradio as gr
from gradio.themes import Base

STATIC = Path(__file__).parent / "static"
_STYLES = ("base.css", "chat.css", "canvas.css", "shelf.css")
_SYSTEM_SANS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"]
_SYSTEM_MONO = ["ui-monospace", "SF Mono", "Consolas", "monospace"]
CSS = (
    ".gradio-container, .gradio-container > *, .gradio-container main {max-width: none !important;"
    " padding: 0 !important; margin: 0 !important} footer {display: none !important}"
)


def head() -> str:
    """What the document's head says: styles and the one script, all from this server."""
    links = "".join(f'<link rel="stylesheet" href="palimpsest/static/{name}">' for name in _STYLES)
    script = '<script type="module" src="palimpsest/static/main.js"></script>'
    sizes = "width=device-width, initial-scale=1, interactive-widget=resizes-content"
    viewport = f'<meta name="viewport" content="{sizes}">'
    return f"{viewport}{links}{script}"


def theme() -> Base:
    """Fonts of the system: a default theme would load them from elsewhere."""
    return Base(font=_SYSTEM_SANS, font_mono=_SYSTEM_MONO)


def build() -> gr.Blocks:
    """The page; what is in it is filled by its scripts."""
    with gr.Blocks(title="Palimpsest", analytics_enabled=False, fill_width=True) as page:
        gr.HTML(
            (STATIC / "shell.html").read_text(), elem_id="palimpsest", apply_default_css=False, js_on_load=None,
            padding=False,
        )  # fmt: skip
    return page
