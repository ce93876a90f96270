"""Suite "sketchbook": the embedded models on Sketchbook's own world, and their seconds on this machine."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from assistant.editor import EditRequest
from assistant.history import History
from assistant.models import Models, load_models
from assistant.pictures import Picture
from assistant.plan import Wish
from assistant.profiles import profile_named
from assistant.sketchbook.draw import draw
from assistant.sketchbook.scene import Scene
from eval.metrics import Figure, resampled, share
from eval.painting import SIDE, Painted, cases, kept, paint
from eval.report import Grid, Options, Report

_CASES = 330  # ten of every kind
_KEPT = 140
_RUNS = 5
_SHOWN = 33
_MESSAGE = "draw a woman with long red hair on a beach"
_WISH = "give her round glasses and a green hat, and make it night"
_LOADING = (
    "import time; started = time.perf_counter()\n"
    "from assistant.models import load_models\n"
    "from assistant.profiles import profile_named\n"
    "load_models(profile_named({profile!r})).ready()\n"
    "print(time.perf_counter() - started)"
)
_IMPORTING = (
    "import gc, time; gc.disable(); started = time.perf_counter()\n"
    "from transformers import AutoProcessor, Qwen3VLForConditionalGeneration\n"
    "from diffusers import AutoencoderTiny, DDIMScheduler, UNet2DConditionModel\n"
    "from diffusers import StableDiffusionInstructPix2PixPipeline\n"
    "print(time.perf_counter() - started)"
)
"""What loading is measured beside: the stock classes alone, with nothing of ours."""


def run(options: Options) -> Report:
    """Paint, keep and time."""
    models = load_models(profile_named(options.profile))
    painted = [paint(models.editor, case, options.seed) for case in cases(options.limit or _CASES, options.seed)]
    fidelity = kept(models.editor, options.limit or _KEPT, options.seed)
    seconds = _seconds(models, options)
    metrics: dict[str, float | Figure] = {
        "paint_single": share(sum(item.right for item in painted), len(painted)),
        "vae_psnr": resampled([value for _, value in fidelity], lambda values: float(np.mean(values))),
        **seconds,
    }
    return Report(
        "sketchbook",
        options,
        metrics,
        grids=[_by_kind(painted), _by_style(fidelity)],
        pictures={"single-edits": _sheet(painted[:_SHOWN])},
        cases=[
            {"wish": item.case.words, "kind": item.case.edit.kind, "scene": item.case.scene.model_dump(mode="json"),
             "errors": [round(error, 2) for error in item.errors], "right": item.right}
            for item in painted
        ],
    )  # fmt: skip


def _by_kind(painted: Sequence[Painted]) -> Grid:
    found: dict[str, list[bool]] = defaultdict(list)
    for item in painted:
        found[item.case.edit.kind].append(item.right)
    rows = [
        (kind, f"{sum(rights)} of {len(rights)}")
        for kind, rights in sorted(found.items(), key=lambda pair: sum(pair[1]))
    ]
    return Grid("single edits nearer to the right picture than to the one before", ("kind", "right"), rows)


def _by_style(fidelity: Sequence[tuple[Scene, float]]) -> Grid:
    found: dict[str, list[float]] = defaultdict(list)
    for scene, value in fidelity:
        found[scene.style].append(value)
    rows = [(style, f"{statistics.fmean(values):.1f}", str(len(values))) for style, values in sorted(found.items())]
    return Grid("pictures there and back through the codec", ("style", "PSNR, dB", "pictures"), rows)


def _seconds(models: Models, options: Options) -> dict[str, float | Figure]:
    """Medians after one warm-up; loading in a fresh Python, imports included, and the imports by themselves."""
    view = Picture(draw(Scene(), SIDE))

    def edit(count: int) -> Callable[[], object]:
        request = EditRequest(
            "put a green beret on the head", view, None, (), tuple(range(count)), models.editor.num_inference_steps
        )
        return lambda: models.editor.edit(request, lambda done, total: None)

    def plan() -> object:
        return models.planner.plan(Wish(message=_MESSAGE), History(), None, lambda: False)

    return {
        "sec_plan": _median(plan),
        "sec_edit": _median(edit(1)),
        "sec_five": _median(edit(5)),
        "sec_load": _in_fresh_python(_LOADING.format(profile=options.profile)),
        "sec_imports": _in_fresh_python(_IMPORTING),
    }


def _median(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(_RUNS + 1):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds[1:])


def _in_fresh_python(code: str) -> float:
    """The number that it prints; median of three, with compiled modules kept as everywhere but in some containers."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", code]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True, env=kept).stdout for _ in range(3)]
    return statistics.median(float(said.split()[-1]) for said in runs)


def _sheet(painted: Sequence[Painted], columns: int = 3) -> Picture:
    """Before, painted, right: one row of three for each case, several cases side by side."""
    rows = [np.hstack([item.case.before, item.pixels, item.case.after]) for item in painted]
    blank = np.full((SIDE, 3 * SIDE, 3), 255, np.uint8)
    rows += [blank] * (-len(rows) % columns)
    lines = [np.hstack(rows[start : start + columns]) for start in range(0, len(rows), columns)]
    return Picture(np.ascontiguousarray(np.vstack(lines)))
