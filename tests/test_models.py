"""A profile's models: nothing heavy before it is needed, loaded once, and clear words when they are not there."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.errors import ModelUnavailable, Stopped, UnknownProfile
from assistant.history import History
from assistant.loading import Loader
from assistant.models import WEIGHTS, EmbeddedWeights, load_models
from assistant.plan import Wish
from assistant.profiles import PROFILES, profile_named
from assistant.sizes import Box, Size


def test_an_unknown_profile_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnknownProfile, match="sketchbook"):
        profile_named("banana")
    assert all(name == profile.name for name, profile in PROFILES.items())


def test_missing_weights_are_said_with_what_to_do(tmp_path: Path) -> None:
    models = load_models(profile_named("sketchbook"), tmp_path)
    with pytest.raises(ModelUnavailable, match="vlm and painter"):
        models.planner.plan(Wish(message="brighter"), History(), None, lambda: False)
    with pytest.raises(ModelUnavailable, match="Install Palimpsest again"):
        models.editor.view_box(Size(8, 8), Box(0, 0, 4, 4))
    assert (models.state, models.planner.is_ready) == ("failed", False)
    assert "vlm and painter" in models.error
    with pytest.raises(ModelUnavailable):
        models.ready()


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys; from assistant.models import load_models; from assistant.profiles import profile_named\n"
        "load_models(profile_named('sketchbook'))\n"
        "print(sorted(set(sys.modules) & {'torch', 'transformers', 'diffusers'}))"
    )
    root = Path(__file__).parent.parent
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert ended.stdout.strip() == "[]"


def test_everybody_gets_the_same_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from assistant.vlm.local import LanguageModel
    from tests.models import tiny_model

    for name, file in (("vlm", "config.json"), ("painter", "model_index.json")):
        (tmp_path / name).mkdir()
        (tmp_path / name / file).touch()
    loads: list[Path] = []
    model = tiny_model()

    def load(folder: Path) -> LanguageModel:
        loads.append(folder)
        return model

    monkeypatch.setattr(LanguageModel, "load", load)
    weights = EmbeddedWeights(tmp_path)
    found: list[LanguageModel] = []
    threads = [threading.Thread(target=lambda: found.append(weights.language)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(model) for model in found}) == 1
    assert loads == [tmp_path / "vlm"]


def test_many_wait_for_one_load() -> None:
    go_on, loads = threading.Event(), []

    def load() -> None:
        loads.append(gc.isenabled())
        assert go_on.wait(10)

    loader = Loader(load)
    assert loader.state == "cold"
    loader.start()
    waiting = [threading.Thread(target=loader.wait) for _ in range(4)]
    for thread in waiting:
        thread.start()
    assert loader.state == "loading"
    go_on.set()
    for thread in waiting:
        thread.join(10)
    assert loader.state == "ready"
    assert loads == [False]
    assert gc.isenabled()


def test_a_stop_ends_the_waiting_and_not_the_loading() -> None:
    go_on = threading.Event()
    loader = Loader(lambda: go_on.wait(10))
    with pytest.raises(Stopped):
        loader.wait(lambda: True)
    assert loader.state == "loading"
    go_on.set()
    loader.wait()
    assert loader.state == "ready"


def test_a_load_that_failed_is_tried_again() -> None:
    outcomes: list[Exception | None] = [ModelUnavailable("There is no model."), None]

    def load() -> None:
        if (outcome := outcomes.pop(0)) is not None:
            raise outcome

    loader = Loader(load)
    with pytest.raises(ModelUnavailable, match="There is no model"):
        loader.wait()
    assert (loader.state, loader.error) == ("failed", "There is no model.")
    loader.wait()
    assert (loader.state, loader.error) == ("ready", "")


def test_libraries_that_do_not_fit_together_are_said_to() -> None:
    def load() -> None:
        try:
            raise RuntimeError("operator torchvision::nms does not exist")
        except RuntimeError as error:
            raise ModuleNotFoundError("Could not import module 'AutoProcessor'.") from error

    loader = Loader(load)
    with pytest.raises(ModelUnavailable, match="torchvision::nms") as caught:
        loader.wait()
    assert "from one place" in str(caught.value)
    assert isinstance(caught.value.__cause__, ModuleNotFoundError)  # for the log


@pytest.mark.skipif(not (WEIGHTS / "vlm").exists(), reason="the embedded models are not trained yet")
def test_the_weights_in_the_package_are_small_and_described() -> None:
    files = [path for path in WEIGHTS.rglob("*") if path.is_file()]
    assert max(path.stat().st_size for path in files) <= 15_000_000
    assert sum(path.stat().st_size for path in files) <= 32_000_000
    assert "## Measured" in (WEIGHTS / "README.md").read_text()
    assert not [path for path in files if path.suffix in (".bin", ".pt", ".pkl")]
