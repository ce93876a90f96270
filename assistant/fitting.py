"""Whether and how a profile fits a machine, decided in this one place from the memory that is free.

Sizes are the table's estimates; docs/PERFORMANCE.md has what was measured. The costs said here are those of
notes/performance.md, 4 and 5, in words: fp8 is as quick or quicker, 4 bit saves memory only.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from assistant.errors import DoesNotFit
from assistant.profiles import DEFAULT_PROFILE, PRECISIONS, PROFILES, Precision, Profile

How = Literal["none", "torchao-fp8", "torchao-int8", "nf4"]
Offload = Literal["none", "group", "cpu-only"]

_FP8_CAPABILITY = (8, 9)
_HEADROOM_GB = 0.5
"""Left to the driver and to whatever else draws on the screen."""
_STREAMED_GB = 2.0
"""Weights on the device at a time when they are streamed from memory, beside what painting needs."""
_CPU_WORK = 100
"""Billions of parameters times steps; more takes hours without a graphics card."""
_TILING_SAVES = 0.5
"""Of the memory that painting needs, when the picture is decoded in tiles."""

STRENGTH = (
    "qwen", "firered", "qwen21", "longcat", "flux3-klein", "klein-kv", "klein", "dreamlite", "kontext", "pix2pix",
)  # fmt: skip
"""For `auto`, the strongest first: following in notes/benchmarks.md, 1 (GEdit-EN: FireRed 7.94, Qwen-2511 7.88, LongCat
7.75, klein-9B 7.64, klein-4B 7.02, DreamLite 6.88, Kontext 6.3, InstructPix2Pix 3.7). Qwen stands before FireRed, equal
within the error of these figures and ten times as quick. Qwen-Image-2.1 and FLUX.3 klein have no published figure yet;
they stand where notes/peers.md, 2 places them: strong and small."""


@dataclass(frozen=True)
class Machine:
    """What there is to compute with."""

    device: Literal["cuda", "mps", "cpu"] = "cpu"
    name: str = "this computer"
    free_gb: float = 0.0
    """Of the device's own memory; on "cpu" the same as `ram_free_gb`."""
    total_gb: float = 0.0
    ram_free_gb: float = 0.0
    capability: tuple[int, int] = (0, 0)
    """Of an NVIDIA card."""
    bf16: bool = True
    """A processor computes in bfloat16; every graphics card does, if slowly."""
    tools: frozenset[str] = frozenset({"torchao", "bitsandbytes"})
    """Installed packages that store weights in fewer bits."""

    @property
    def fp8(self) -> bool:
        """The card computes in 8-bit floats."""
        return self.device == "cuda" and self.capability >= _FP8_CAPABILITY

    @property
    def words(self) -> str:
        """Its name and its memory, for people."""
        return f"{self.name} with {self.free_gb:.1f} of {self.total_gb:.1f} GB free"


@dataclass(frozen=True)
class Placement:
    """Where and how a profile is loaded."""

    device: Literal["cuda", "mps", "cpu"]
    dtype: Literal["bfloat16", "float32"]
    precision: Precision
    how: How
    offload: Offload
    tile: bool
    """Decode the picture in tiles; never where the codec is an AutoencoderTiny, which has none."""
    needed_gb: float
    """Of the device's memory."""
    words: str
    """What was chosen and what it costs, for people."""


def fit(
    profile: Profile, machine: Machine, force_precision: Precision | None = None, streams: bool = True
) -> Placement:
    """The best way to load a profile; one that does not stream has to fit whole.

    Raises DoesNotFit with what is needed, what there is, and what would do.
    """
    found = _best(profile, machine, force_precision, streams)
    if found is None:
        raise _does_not_fit(profile, machine, force_precision)
    return found


def _best(
    profile: Profile, machine: Machine, force_precision: Precision | None = None, streams: bool = True
) -> Placement | None:
    """Whole at the finest precision, then streamed; the embedded one at the worst without the card."""
    if machine.device == "cpu":
        return _on_cpu(profile, machine, force_precision)
    tried: tuple[Precision, ...] = (force_precision,) if force_precision else PRECISIONS
    ways = (way(profile, machine, precision) for way in (_whole, _streamed)[: 1 + streams] for precision in tried)
    found = next((placement for placement in ways if placement), None)
    return found or (_on_cpu(profile, machine, None) if profile.is_embedded else None)


def _how(machine: Machine, precision: Precision) -> How | None:
    """What stores weights in that precision on that machine; None where nothing does."""
    if precision == "bf16":
        return "none"
    if machine.device != "cuda":
        return None
    if precision == "8bit":
        return None if "torchao" not in machine.tools else "torchao-fp8" if machine.fp8 else "torchao-int8"
    return "nf4" if "bitsandbytes" in machine.tools else None


def _weights_gb(profile: Profile, precision: Precision) -> float:
    return profile.memory_gb(precision) - profile.working_gb


_COSTS: dict[How, str] = {
    "none": "",
    "torchao-fp8": "as quick, hardly to be told apart",
    "torchao-int8": "a little slower, hardly to be told apart",
    "nf4": "slower, and fine detail suffers a little",
}
_PRECISION_WORDS: dict[Precision, str] = {"bf16": "in full precision", "8bit": "in 8 bits", "4bit": "in 4 bits"}


def _whole(profile: Profile, machine: Machine, precision: Precision) -> Placement | None:
    """All of it on the device, with the picture decoded in tiles where that is what makes it fit."""
    how, room = _how(machine, precision), machine.free_gb - _HEADROOM_GB
    needed = profile.memory_gb(precision)
    saved = 0.0 if _has_tiny_vae(profile) else _TILING_SAVES * profile.working_gb
    tile = needed > room
    if how is None or needed - saved * tile > room:
        return None
    needed = round(needed - saved * tile, 1)
    costs = [_COSTS[how]] if _COSTS[how] else []
    costs += ["large pictures are decoded in tiles"] if tile else []
    words = _sentence(f"Runs on {machine.name} {_PRECISION_WORDS[precision]} ({needed:g} GB)", costs)
    return Placement(machine.device, "bfloat16", precision, how, "none", tile, needed, words)


def _streamed(profile: Profile, machine: Machine, precision: Precision) -> Placement | None:
    """The weights in the computer's memory, brought to the card part by part."""
    how = _how(machine, precision)
    needed = round(profile.working_gb + _STREAMED_GB, 1)
    held = _weights_gb(profile, precision)
    if machine.device != "cuda" or how is None or precision == "4bit":
        return None
    if needed > machine.free_gb - _HEADROOM_GB or held > machine.ram_free_gb - _HEADROOM_GB:
        return None
    costs = [cost for cost in (_COSTS[how], "every picture takes several times as long") if cost]
    start = f"Runs on {machine.name} {_PRECISION_WORDS[precision]}, streamed from memory ({held:.1f} GB of it)"
    tile = not _has_tiny_vae(profile)
    return Placement(machine.device, "bfloat16", precision, how, "group", tile, needed, _sentence(start, costs))


def _on_cpu(profile: Profile, machine: Machine, force_precision: Precision | None) -> Placement | None:
    needed = _cpu_gb(profile, machine)
    work = profile.parts.transformer * profile.num_inference_steps
    fitting = needed <= machine.ram_free_gb and work <= _CPU_WORK
    if force_precision not in (None, "bf16") or not (fitting or profile.is_embedded):
        return None
    costs = [] if profile.is_embedded else ["every picture takes minutes"]
    words = _sentence(f"Runs without a graphics card ({needed:g} GB)", costs)
    dtype = "bfloat16" if machine.bf16 else "float32"
    return Placement("cpu", dtype, "bf16", "none", "cpu-only", False, needed, words)


def _cpu_gb(profile: Profile, machine: Machine) -> float:
    """Twice the weights where the processor computes in float32 only."""
    return round(profile.memory_gb("bf16") + (0 if machine.bf16 else _weights_gb(profile, "bf16")), 1)


def _has_tiny_vae(profile: Profile) -> bool:
    """Of the embedded painter and DreamLite: an AutoencoderTiny."""
    return profile.parts.vae < 0.02


def _sentence(start: str, costs: list[str]) -> str:
    return f"{start}{': ' if costs else ''}{', '.join(costs)}."


def _does_not_fit(profile: Profile, machine: Machine, precision: Precision | None) -> DoesNotFit:
    asked = precision or ("bf16" if machine.device == "cpu" else PRECISIONS[-1])
    needed = _cpu_gb(profile, machine) if machine.device == "cpu" else profile.memory_gb(asked)
    least = "at least " if precision is None and machine.device != "cpu" else ""
    hours = machine.device == "cpu" and needed <= machine.ram_free_gb
    if hours and precision in (None, "bf16"):
        what = f"{profile.name} would take hours for a picture without a graphics card."
    elif _how(machine, asked) is None and needed <= machine.free_gb - _HEADROOM_GB:
        what = f"{profile.name} would fit {_PRECISION_WORDS[asked]} only, which this machine cannot do as it is."
    else:
        what = f"{profile.name} needs {least}{needed:g} GB {_PRECISION_WORDS[asked]}."
    return DoesNotFit(what, allowed=f"There is {machine.words}.", remedy=_remedy(profile, machine, asked))


def _remedy(profile: Profile, machine: Machine, precision: Precision) -> str:
    package = {"8bit": "torchao", "4bit": "bitsandbytes"}.get(precision, "")
    missing = machine.device == "cuda" and package and package not in machine.tools
    if missing and profile.memory_gb(precision) <= machine.free_gb - _HEADROOM_GB:
        return f"`pip install {package}` makes it possible; or choose {_fitting(machine, profile.name)}."
    return f"Close what else uses the memory, or choose {_fitting(machine, profile.name)}."


def _fitting(machine: Machine, other_than: str = "") -> str:
    """The strongest profile that would fit; the embedded one always does."""
    others = (name for name in STRENGTH if name in PROFILES and name != other_than)
    return next((name for name in others if _best(PROFILES[name], machine)), DEFAULT_PROFILE)


def choose(installed: Collection[str], machine: Machine) -> tuple[Profile, str]:
    """For `--profile auto`: the strongest installed profile that fits, and why, in a sentence for people."""
    embedded = PROFILES[DEFAULT_PROFILE]
    if machine.device == "cpu":
        return embedded, f"I chose {embedded.name}: there is no graphics card; others can be named, and take minutes."
    here = [PROFILES[name] for name in STRENGTH if name in installed and name in PROFILES]
    placed = [(profile, place) for profile in here if (place := _best(profile, machine))]
    whole = [pair for pair in placed if pair[1].offload == "none"]
    for profile, place in whole or placed:
        return profile, f"I chose {profile.name}, the strongest installed one that fits. {place.words}"
    if here:
        return embedded, f"I chose {embedded.name}: nothing else that is installed fits {machine.words}."
    command = f"palimpsest models fetch {_fitting(machine)}"
    return embedded, f"I chose {embedded.name}: nothing else is installed; `{command}` changes that."
