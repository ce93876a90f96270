"""The page as a person sees it: what stands there, and what can be done. Everything waits, nothing is timed."""

from __future__ import annotations

import io
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import BrowserContext, Dialog, Download, Locator, Page, TimeoutError, expect

from assistant.session import Session
from assistant.sessions import Sessions
from assistant.store import Store
from assistant.ui.door import OWNER_COOKIE, owner_of

WAIT = int(os.environ.get("PALIMPSEST_WAIT", "60")) * 1000
"""Milliseconds: these machines are shared."""
expect.set_options(timeout=WAIT)
_QUIET = """(count) => {
  const turns = [...document.querySelectorAll('.pal-turns > li')];
  return turns.length >= count && !turns.some((turn) => turn.matches('.running, .waiting'))
    && document.querySelector('[data-do=stop]').hidden;
}"""
_SHOWN = """() => {
  const image = [...document.querySelectorAll('.pc-sheets img')].at(-1);
  const node = document.querySelector('.pal-node[aria-current]');
  const on = image?.complete && image.naturalWidth > 0 && node && image.src.includes(`/v/${node.dataset.id}/`);
  return on ? node.dataset.id : null;
}"""


@dataclass
class Watch:
    """What a browser asked for and complained of."""

    base: str
    requests: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    """Patterns of complaints that a test brings about on purpose."""

    def over(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("weberror", lambda error: self.troubles.append(f"page error: {error.error}"))
        context.on("dialog", self._dismiss)
        context.on(
            "console",
            lambda said: (
                self.troubles.append(f"console: {said.text} {said.location}") if said.type == "error" else None
            ),
        )

    def _dismiss(self, dialog: Dialog) -> None:
        self.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def check(self) -> None:
        """Nothing left this server, nothing went wrong but what was meant to."""
        away = [url for url in self.requests if not url.startswith((self.base, "data:", f"blob:{self.base}"))]
        assert self.requests
        assert not away, "\n".join(away)
        left = [said for said in self.troubles if not any(re.search(pattern, said) for pattern in self.expected)]
        assert not left, "\n".join(left)


class Studio:
    """One tab."""

    def __init__(self, page: Page, watch: Watch, folder: Path) -> None:
        self.page, self.watch, self.folder = page, watch, folder
        page.set_default_timeout(WAIT)

    def open(self, path: str = "") -> Studio:
        self.page.goto(f"{self.watch.base}/{path}")
        expect(self.at("#pal[data-ready]")).to_be_attached()
        return self

    def at(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def button(self, name: str, within: str = "#pal") -> Locator:
        return self.at(within).get_by_role("button", name=name, exact=True)

    # -- what stands there ---------------------------------------------------------------------------------------------

    @property
    def turns(self) -> Locator:
        return self.at(".pal-turns > li")

    @property
    def last(self) -> Locator:
        return self.turns.last

    def script(self) -> list[str]:
        return self.at(".pal-step p").all_text_contents()

    def nodes(self) -> list[str]:
        """Ids of the versions in the history, as drawn."""
        return [str(node.get_attribute("data-id")) for node in self.at(".pal-node").all()]

    def shown(self) -> str:
        """Id of the version on show, once its picture is on the canvas."""
        return str(self.page.wait_for_function(_SHOWN).json_value())

    def shows(self, version: str) -> None:
        """Waits until this version is the one on show."""
        self.page.wait_for_function(f"(id) => ({_SHOWN})() === id", arg=version)

    def everything(self) -> dict[str, Any]:
        """All that a reload must bring back."""
        shown = self.shown()
        self.quiet(1)
        return {
            "said": self.at(".pal-said p").all_text_contents(), "script": self.script(), "nodes": self.nodes(),
            "shown": shown, "cards": self.at(".pal-card .words").all_text_contents(),
            "title": self.at(".pal-title").text_content(),
        }  # fmt: skip

    # -- what can be done ----------------------------------------------------------------------------------------------

    def quiet(self, turns: int = 0) -> None:
        """Until there are so many turns and none of them is worked on."""
        try:
            self.page.wait_for_function(_QUIET, arg=turns)
        except TimeoutError as error:
            said = self.turns.all_inner_texts()
            raise AssertionError(f"{len(said)} turns, not {turns}, or one goes on: {said}") from error

    def send(self, message: str) -> None:
        """Writes and presses Enter; the turn has begun when this returns."""
        self.at(".pal-form textarea").fill(message)
        self.at(".pal-form textarea").press("Enter")

    def say(self, message: str) -> Locator:
        """Sends a message and waits for the end of its turn, which is returned."""
        before = self.turns.count()
        self.send(message)
        self.quiet(before + 1)
        return self.turns.nth(before)

    def click(self, target: Locator | str) -> None:
        """Clicks something that begins a turn, and waits for its end."""
        before = self.turns.count()
        (self.at(target) if isinstance(target, str) else target).click()
        self.quiet(before + 1)

    def sample(self, name: str = "A postcard") -> None:
        """Begins with a picture that comes along."""
        self.at(".pal-sample").filter(has_text=name).click()
        self.shown()

    def step(self, place: int) -> Locator:
        """A row of the script, 1 for the first."""
        return self.at(".pal-step").nth(place - 1)

    def toast(self, words: str) -> None:
        expect(self.at(".pal-toast").filter(has_text=words).last).to_be_visible()

    def answer(self, name: str) -> None:
        """Chooses in the dialog."""
        self.at(".pal-dialog[open]").get_by_role("button", name=name, exact=True).click()
        expect(self.at(".pal-dialog[open]")).to_have_count(0)

    def download(self, kind: str) -> bytes:
        """What the menu's link saves."""
        self.at(".pal-menu summary").click()
        with self.page.expect_download() as coming:
            self.at(f"a[data-download={kind}]").click()
        got: Download = coming.value
        return Path(got.path()).read_bytes()

    # -- behind the page -----------------------------------------------------------------------------------------------

    @property
    def id(self) -> str:
        self.page.wait_for_url(re.compile(r"[?&]s=\w+"))
        return re.findall(r"[?&]s=(\w+)", self.page.url)[0]

    def session(self) -> Session:
        """The session as it is on disk now."""
        cookies = {str(item.get("name")): str(item.get("value")) for item in self.page.context.cookies()}
        return Sessions(Store(self.folder)).open(owner_of(f"browser {cookies[OWNER_COOKIE]}"), self.id)


def decoded(data: bytes) -> np.ndarray:
    return np.array(Image.open(io.BytesIO(data)))
