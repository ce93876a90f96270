"""`python app.py` for real: it starts, listens on this machine only, and a browser shows the page."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chromium import CHROMIUM

ROOT = Path(__file__).parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "app.py", "--port", str(port), "--data-dir", str(tmp_path_factory.mktemp("data"))]
    app = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(120):
            assert app.poll() is None, app.stdout.read() if app.stdout else ""
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except OSError:
                time.sleep(0.5)
        else:
            pytest.fail("the page did not come up within a minute")
        yield address
    finally:
        app.terminate()
        app.communicate(timeout=20)


def test_the_page_comes_up(address: str) -> None:
    with urllib.request.urlopen(address, timeout=10) as answer:
        assert "Palimpsest" in answer.read().decode()


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_a_browser_shows_it(address: str, tmp_path: Path) -> None:
    assert CHROMIUM is not None
    quiet = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
    result = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", *quiet, f"--user-data-dir={tmp_path}",
            "--virtual-time-budget=8000", "--dump-dom", address,
        ],
        capture_output=True, text=True, timeout=90, check=True,
    )  # fmt: skip
    assert "what is done to the original, in order" in result.stdout  # the shell
    assert "Drop a picture, and say what you want" in result.stdout  # and its scripts


def test_a_folder_that_cannot_be_used_is_said_in_a_sentence(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    result = subprocess.run(
        [sys.executable, "app.py", "--data-dir", str(blocked)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert str(blocked) in result.stderr


def test_a_password_is_asked_for_in_whole() -> None:
    result = subprocess.run(
        [sys.executable, "app.py", "--auth", "ann"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert result.returncode == 1
    assert "NAME:PASSWORD" in result.stderr


@pytest.mark.parametrize(("given", "expected"), [(None, "1000"), ("7", "7")])
def test_waiting_threads_sleep_soon_unless_told_otherwise(given: str | None, expected: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "GOMP_SPINCOUNT"}
    environment |= {} if given is None else {"GOMP_SPINCOUNT": given}
    code = "import os, sys, assistant; print(os.environ['GOMP_SPINCOUNT'], 'torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [expected, "False"]
