"""The page in a real browser, in a network namespace that has nothing but loopback: tests/browser runs in there."""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.chromium import CHROMIUM

ROOT = Path(__file__).parent.parent
UNSHARE = ("unshare", "-n") if os.geteuid() == 0 else ("unshare", "-rn")
ALONE = (*UNSHARE, sys.executable, "tests/browser/alone.py")


@functools.lru_cache
def missing() -> str:
    """What keeps these tests from running here, in words; empty when nothing does."""
    if CHROMIUM is None:
        return "Chromium is not installed"
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed"
    if shutil.which("unshare") is None:
        return "there is no unshare to make a network namespace with"
    tried = subprocess.run(ALONE, cwd=ROOT, capture_output=True, text=True, timeout=60)
    return f"no network namespace can be made here: {tried.stderr.strip()[-200:]}" if tried.returncode else ""


@pytest.mark.timeout(900)
def test_the_page_in_a_browser_without_a_network() -> None:
    if reason := missing():
        pytest.skip(reason)
    command = [
        *ALONE,
        sys.executable,
        "-m",
        "pytest",
        "tests/browser",
        "-p",
        "no:cacheprovider",
        "-n",
        "0",
        "--durations=8",
    ]
    started = time.perf_counter()
    result = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PALIMPSEST_BROWSER": "1"}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, timeout=880,
    )  # fmt: skip
    print(f"{result.stdout}\n{time.perf_counter() - started:.0f} s")
    assert result.returncode == 0, result.stdout


def test_in_the_namespace_there_is_no_way_out() -> None:
    if reason := missing():
        pytest.skip(reason)
    words = "import socket; print([name for _, name in socket.if_nameindex()])"
    result = subprocess.run([*ALONE, sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert result.stdout.strip() == "['lo']", result.stderr
