"""The whole training: order and shares of the parts, going on after a stop, and what is put into the package."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.sketchbook.training import everything
from assistant.sketchbook.training.everything import SHARES, install, train_all


class Parts:
    """Stands in for the command line of the parts: remembers what it was told and finishes a part, or is stopped."""

    def __init__(self) -> None:
        self.told: list[list[str]] = []
        self.stopped_in: str | None = None

    def __call__(self, words: Sequence[str]) -> None:
        self.told.append(list(words))
        out = Path(words[words.index("--out") + 1])
        (out / "export").mkdir(parents=True, exist_ok=True)
        (out / "checkpoint.pt").touch()
        if words[0] != self.stopped_in:
            (out / "report.json").touch()
            (out / "export" / "weights.safetensors").write_bytes(words[0].encode())

    def value(self, number: int, name: str) -> str:
        words = self.told[number]
        return words[words.index(name) + 1]


@pytest.fixture
def given(tmp_path: Path) -> argparse.Namespace:
    return argparse.Namespace(
        out=tmp_path / "run", minutes=100.0, seed=3, threads=1, workers=2, pictures=8, families=4, install=False
    )


def test_parts_come_in_order_and_share_the_minutes(given: argparse.Namespace) -> None:
    parts = Parts()
    train_all(given, parts)
    assert [words[0] for words in parts.told] == ["vae", "vlm", "eyes", "vlm", "painter"]
    assert sum(float(parts.value(number, "--minutes")) for number in range(5)) == pytest.approx(100)
    assert parts.value(2, "--from") == str(given.out / "words" / "export")
    assert parts.value(3, "--from") == str(given.out / "eyes" / "export")
    assert parts.value(4, "--vae") == str(given.out / "vae" / "export")
    assert parts.value(4, "--vlm") == str(given.out / "vlm" / "export")
    assert sum(SHARES.values()) == pytest.approx(1)


def test_a_stopped_training_goes_on_where_it_was(given: argparse.Namespace) -> None:
    parts = Parts()
    parts.stopped_in = "vlm"
    with pytest.raises(SystemExit, match="same command"):
        train_all(given, parts)
    parts.stopped_in = None
    train_all(given, parts)
    assert [words[0] for words in parts.told] == ["vae", "vlm", "vlm", "eyes", "vlm", "painter"]
    assert ["--resume" in words for words in parts.told] == [False, False, True, False, False, False]


def test_trained_models_are_put_into_the_package(
    given: argparse.Namespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(everything, "WEIGHTS", tmp_path / "weights")
    train_all(given, Parts())
    exports = given.out / "vlm" / "export", given.out / "painter" / "export"
    install(*exports, tmp_path / "weights")
    install(tmp_path / "weights" / "vlm", exports[1], tmp_path / "weights")  # what is there already stays
    assert (tmp_path / "weights" / "vlm" / "weights.safetensors").read_bytes() == b"vlm"
    assert (tmp_path / "weights" / "painter" / "weights.safetensors").read_bytes() == b"painter"
    monkeypatch.setattr(everything, "_MOST_BYTES", 2)
    with pytest.raises(ValueError, match="at most 2"):
        install(*exports, tmp_path / "weights")
