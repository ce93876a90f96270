"""One browser, one server, and for each test visitors of their own; every one is watched."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.doubles import LET_GO
from tests.browser.studio import Studio, Watch
from tests.chromium import CHROMIUM

ROOT = Path(__file__).parents[2]
WIDE = {"width": 1280, "height": 900}
Visit = Callable[..., Studio]
SCRIPTED = ("-m", "tests.browser.serve", "{folder}", "{port}")


class Server:
    """The page's process; it can be killed and started again where it was."""

    def __init__(
        self, folder: Path, program: tuple[str, ...] = ("-m", "tests.browser.serve", "{folder}", "{port}")
    ) -> None:
        self.folder = folder
        self.program = program
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.base = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        words = [word.format(folder=self.folder, port=self.port) for word in self.program]
        command = [sys.executable, *words]
        self._log = (self.folder / "server.log").open("a")
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=self._log, stderr=subprocess.STDOUT)
        for _ in range(480):
            assert self.process.poll() is None, self.log()
            try:
                urllib.request.urlopen(self.base, timeout=10).close()
                return
            except OSError:
                time.sleep(0.25)
        pytest.fail(f"the page did not come up: {self.log()}")

    def kill(self) -> None:
        """As a power cut would, for the process."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)
        self._log.close()

    def log(self) -> str:
        return (self.folder / "server.log").read_text()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("data"))
    yield server
    server.kill()
    assert "Traceback" not in server.log(), server.log()


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`python app.py` itself, with the embedded models."""
    program = Server(tmp_path_factory.mktemp("own"), ("app.py", "--data-dir", "{folder}", "--port", "{port}"))
    yield program
    program.kill()
    assert "Traceback" not in program.log(), program.log()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    """Makes visitors, of another server if one is given: each a browser context of its own with a page that is open."""
    watches: list[Watch] = []
    contexts = []

    def visitor(other: Server | None = None, **options: Any) -> Studio:
        context = browser.new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **options})
        watch = Watch((other or server).base)
        watch.over(context)
        watches.append(watch)
        contexts.append(context)
        return Studio(context.new_page(), watch, (other or server).folder).open()

    (server.folder / LET_GO).unlink(missing_ok=True)
    yield visitor
    (server.folder / LET_GO).touch()
    for context in contexts:
        context.close()
    for watch in watches:
        watch.check()


@pytest.fixture
def studio(visit: Visit) -> Studio:
    return visit()


@pytest.fixture(scope="session")
def shots() -> Path | None:
    """Where screenshots go, if anywhere."""
    folder = os.environ.get("PALIMPSEST_SHOTS")
    if not folder:
        return None
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder)
