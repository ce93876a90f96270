"""The page from outside: how soon it is there, how soon something happens, and whether long sessions stay as quick.

Drives `python app.py` over HTTP as a browser does, with steps that need no model; Chromium only for “usable”.
"""

from __future__ import annotations

import base64
import contextlib
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import cv2
import httpx
import numpy as np
import psutil

from assistant.pictures import Picture, encode, encode_png
from eval.photographs import photograph
from eval.report import Grid, Options, Report

ROOT = Path(__file__).parent.parent
_TURNS = 200
_MASK_SIDE = 1024
Data = dict[str, Any]


@dataclass
class Feed:
    """Follows a session's events in a thread: when each came, and how many bytes."""

    client: httpx.Client
    session: str
    arrivals: list[tuple[float, int, Data]] = field(default_factory=list)
    _news: threading.Condition = field(default_factory=threading.Condition)

    def start(self) -> Feed:
        threading.Thread(target=self._run, daemon=True).start()
        return self

    def _run(self) -> None:
        with (
            contextlib.suppress(httpx.HTTPError),
            self.client.stream("GET", f"palimpsest/s/{self.session}/feed", timeout=None) as answer,
        ):
            for line in answer.iter_lines():
                if line.startswith("data: "):
                    with self._news:
                        self.arrivals.append((time.perf_counter(), len(line), json.loads(line[6:])))
                        self._news.notify_all()

    def wait(self, after: int, done: str) -> int:
        """Until a patch behind number `after` shows a turn of this message ended; how many patches there are."""
        with self._news:
            while not any(_shows(patch, done) for _, _, patch in self.arrivals[after:]):
                if not self._news.wait(60):
                    raise ValueError(f"“{done}” did not end within a minute")
            return len(self.arrivals)


def _shows(patch: Data, message: str) -> bool:
    return any(turn["message"] == message and turn["status"] != "running" for turn in patch["turns"])


@dataclass(frozen=True)
class Taken:
    """What one turn took."""

    first: float
    seconds: float
    bytes: int


class Visit:
    """A session in a running program."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(base_url=address, timeout=60)
        self.client.get("")  # the cookie
        self.session = self._post("palimpsest/sessions", {})["id"]

    def _post(self, path: str, body: Data) -> Data:
        return self.client.post(path, json=body).raise_for_status().json()

    def upload(self, picture: Picture) -> None:
        path = f"palimpsest/s/{self.session}/upload"
        self.client.post(path, content=encode(picture, "jpeg")).raise_for_status()

    def turn(self, feed: Feed, steps: list[Data], words: str, region: Data | None = None) -> Taken:
        """Steps by a click; from the click to its first event and its end."""
        before, begun = len(feed.arrivals), time.perf_counter()
        body = {"act": "steps", "steps": steps, "words": words, "region": region, "sure": True}
        self._post(f"palimpsest/s/{self.session}/act", body)
        end = feed.wait(before, words)
        fresh = feed.arrivals[before:end]
        return Taken(fresh[0][0] - begun, fresh[-1][0] - begun, sum(size for _, size, _ in fresh))


@contextlib.contextmanager
def _program(folder: Path) -> Iterator[tuple[str, psutil.Process, float]]:
    """`python app.py`: its address, its process, and the seconds until it answered."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begun = time.perf_counter()
    command = [sys.executable, "app.py", "--port", str(port), "--data-dir", str(folder)]
    program = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/"
    try:
        while True:
            with contextlib.suppress(httpx.HTTPError):
                httpx.get(address).raise_for_status()
                break
            time.sleep(0.05)
        yield address, psutil.Process(program.pid), time.perf_counter() - begun
    finally:
        program.terminate()
        program.wait()


def run(options: Options) -> Report:
    """Measure; `limit` is how many turns the long session has."""
    turns = max(options.limit or _TURNS, 55)
    report = Report("page", options)
    with tempfile.TemporaryDirectory() as folder, _program(Path(folder)) as (address, process, seconds):
        report.metrics["sec_page"] = seconds
        usable = _usable(address)
        if usable is not None:
            report.metrics["sec_usable"] = seconds + usable
        _warmed(address)
        _long_session(report, address, process, turns)
        _photo_chain(report, address)
    return report


def _usable(address: str) -> float | None:
    """Seconds from opening the page in Chromium until it can be used; None without playwright or Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    if chromium is None:
        return None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        page = browser.new_page()
        begun = time.perf_counter()
        page.goto(address)
        page.wait_for_selector("#pal[data-ready]", timeout=60_000)
        seconds = time.perf_counter() - begun
        browser.close()
    return seconds


def _warmed(address: str) -> None:
    """Waits for the models: their memory is not the session's."""
    with httpx.Client(base_url=address, timeout=60) as client:
        while client.get("palimpsest/models").raise_for_status().json()["state"] == "loading":
            time.sleep(0.2)


def _long_session(report: Report, address: str, process: psutil.Process, turns: int) -> None:
    """Many exact turns on one picture: the 50th against the 5th, and memory at the end against the 20th."""
    visit = Visit(address)
    rng = np.random.default_rng(report.options.seed)
    noise = cv2.GaussianBlur(rng.integers(0, 256, (768, 1024, 3), np.uint8), (0, 0), 3)
    visit.upload(Picture(np.asarray(noise, np.uint8)))
    feed = Feed(visit.client, visit.session).start()
    taken: list[Taken] = []
    memory: list[float] = []
    for number in range(1, turns + 1):
        step = {"op": "exposure", "stops": 0.1 if number % 2 else -0.1}
        taken.append(visit.turn(feed, [step], f"turn number {number:03}"))
        memory.append(process.memory_info().rss / 2**20)
    early, late = taken[2:7], taken[47:52]
    report.metrics |= {
        "sec_first_event": median(one.first for one in taken),
        "sec_turn_5": median(one.seconds for one in early),
        "ratio_seconds_50_5": median(one.seconds for one in late) / median(one.seconds for one in early),
        "ratio_bytes_50_5": median(one.bytes for one in late) / median(one.bytes for one in early),
        "mib_turn_20": memory[19],
        f"mib_turn_{turns}": memory[-1],
    }
    shown = [number for number in (1, 5, 20, 50, 100, 200) if number <= turns]
    rows = [
        [str(number), f"{taken[number - 1].seconds:.3f}", str(taken[number - 1].bytes), f"{memory[number - 1]:.0f}"]
        for number in shown
    ]
    report.grids.append(Grid("A long session of exact turns, 1024 × 768", ["turn", "seconds", "bytes", "MiB"], rows))


def _photo_chain(report: Report, address: str) -> None:
    """The photo starters on 12 megapixels: auto tone, crop, caption, and a brushed place erased."""
    picture = Picture(photograph("coffee"))
    visit = Visit(address)
    begun = time.perf_counter()
    visit.upload(picture)
    uploaded = time.perf_counter() - begun
    feed = Feed(visit.client, visit.session).start()
    mask = np.zeros((_MASK_SIDE * 3 // 4, _MASK_SIDE), np.uint8)
    cv2.circle(mask, (300, 300), 40, 255, -1)
    brushed = {"mask": f"data:image/png;base64,{base64.b64encode(encode_png(mask)).decode()}"}
    chain: list[tuple[str, Data, Data | None]] = [
        ("auto tone", {"op": "auto"}, None),
        ("crop to 4:5", {"op": "crop", "aspect": "4:5"}, None),
        ("caption", {"op": "text", "text": "Hello", "position": "bottom"}, None),
        ("erase", {"op": "heal"}, brushed),
    ]
    rows = [["open", f"{uploaded:.2f}"]]
    for words, step, region in chain:
        rows.append([words, f"{visit.turn(feed, [step], words, region).seconds:.2f}"])
    report.metrics["sec_photo_chain"] = sum(float(row[1]) for row in rows)
    report.grids.append(Grid(f"The photo starters on {picture.size} pixels", ["step", "seconds"], rows))
