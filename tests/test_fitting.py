"""What fits where, and what `auto` takes: made-up machines, the real table."""

from __future__ import annotations

import importlib
import sys
from types import SimpleNamespace

import pytest

from assistant.errors import DoesNotFit
from assistant.fitting import STRENGTH, Machine, choose, fit
from assistant.models.probe import probe
from assistant.profiles import PROFILES, Precision, profile_named

probing = importlib.import_module("assistant.models.probe")  # the package has a function of that name
EVERYTHING = set(PROFILES)
LAPTOP = Machine("cpu", "a laptop", 12, 16, 12)
OLD_LAPTOP = Machine("cpu", "an old laptop", 12, 16, 12, bf16=False)
MAC = Machine("mps", "a Mac", 24, 24, 30)


def card(
    free: float,
    ram: float = 64,
    capability: tuple[int, int] = (8, 9),
    tools: tuple[str, ...] = ("torchao", "bitsandbytes"),
) -> Machine:
    return Machine("cuda", "a card", free, free, ram, capability, tools=frozenset(tools))


@pytest.mark.parametrize(
    ("name", "machine", "precision", "how", "offload", "tile"),
    [
        ("klein", card(139, capability=(9, 0)), "bf16", "none", "none", False),
        ("klein", card(24), "8bit", "torchao-fp8", "none", False),
        ("klein", card(24, capability=(8, 6)), "8bit", "torchao-int8", "none", False),
        ("klein", card(12), "4bit", "nf4", "none", False),
        ("longcat", card(11.2), "4bit", "nf4", "none", True),
        ("klein", card(8), "bf16", "none", "group", True),
        ("klein", card(8, ram=16), "8bit", "torchao-fp8", "group", True),
        ("dreamlite", card(5.5), "8bit", "torchao-fp8", "none", False),
        ("klein", card(12, tools=()), "bf16", "none", "group", True),
        ("qwen", card(24), "4bit", "nf4", "none", False),
        ("dreamlite", MAC, "bf16", "none", "none", False),
        ("sketchbook", LAPTOP, "bf16", "none", "cpu-only", False),
        ("sketchbook", card(0.2), "bf16", "none", "cpu-only", False),
    ],
)
def test_the_best_way_that_fits(
    name: str, machine: Machine, precision: str, how: str, offload: str, tile: bool
) -> None:
    place = fit(profile_named(name), machine)
    assert (place.precision, place.how, place.offload, place.tile) == (precision, how, offload, tile)
    assert place.words.endswith(".")
    if offload == "none":
        assert place.needed_gb < machine.free_gb
    assert ("several times as long" in place.words) == (offload == "group")


def test_without_a_card_it_takes_minutes_and_says_so() -> None:
    place = fit(profile_named("dreamlite"), LAPTOP)
    assert (place.device, place.dtype, place.offload) == ("cpu", "bfloat16", "cpu-only")
    assert "minutes" in place.words
    assert "minutes" not in fit(profile_named("sketchbook"), LAPTOP).words
    old = fit(profile_named("dreamlite"), OLD_LAPTOP)
    assert (old.dtype, old.needed_gb) == ("float32", 11.5)


@pytest.mark.parametrize(
    ("name", "machine", "words"),
    [
        ("qwen", card(8, ram=16), r"qwen needs at least 21\.8 GB in 4 bits\. There is a card with 8\.0 of 8\.0 GB"),
        ("klein", LAPTOP, r"klein needs 27\.8 GB in full precision.*choose dreamlite"),
        ("firered", Machine("cpu", "a server", 200, 256, 200), "would take hours"),
        ("qwen", MAC, "would fit in 4 bits only, which this machine cannot do"),
        ("klein", card(12, ram=8, tools=("torchao",)), "`pip install bitsandbytes` makes it possible"),
    ],
)
def test_what_does_not_fit_is_said_with_what_would(name: str, machine: Machine, words: str) -> None:
    with pytest.raises(DoesNotFit, match=words):
        fit(profile_named(name), machine)


@pytest.mark.parametrize("precision", ["bf16", "8bit", "4bit"])
def test_a_precision_can_be_asked_for(precision: Precision) -> None:
    assert fit(profile_named("klein"), card(80), precision).precision == precision
    with pytest.raises(DoesNotFit):
        fit(profile_named("klein"), card(3), precision)


@pytest.mark.parametrize(
    ("installed", "machine", "name", "why"),
    [
        (set[str](), card(24), "sketchbook", "nothing else is installed; `palimpsest models fetch qwen`"),
        (EVERYTHING, card(139, capability=(9, 0)), "qwen", "strongest installed one that fits"),
        ({"klein", "pix2pix"}, card(24), "klein", "in 8 bits"),
        ({"qwen", "klein"}, card(12), "klein", "in 4 bits"),  # qwen would have to be streamed
        ({"qwen"}, card(12), "qwen", "several times as long"),
        ({"qwen"}, card(6, ram=8), "sketchbook", "nothing else that is installed fits"),
        (EVERYTHING, LAPTOP, "sketchbook", "no graphics card"),
        ({"klein", "dreamlite"}, MAC, "dreamlite", "in full precision"),
    ],
)
def test_auto_takes_the_strongest_that_fits_and_says_why(
    installed: set[str], machine: Machine, name: str, why: str
) -> None:
    profile, words = choose(installed, machine)
    assert profile.name == name
    assert why in words
    assert words.endswith(".")


def test_every_profile_has_its_place_in_the_order() -> None:
    assert {*STRENGTH, "sketchbook"} == EVERYTHING


def test_probing_says_what_is_here_without_torch() -> None:
    machine = probe()
    assert machine.ram_free_gb > 0
    assert machine.words.endswith("GB free")


def test_a_card_that_fails_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> bool:
        raise RuntimeError("the driver is too old")

    monkeypatch.setattr(probing, "_may_have_accelerator", lambda: True)
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=SimpleNamespace(is_available=broken), cpu=_CPU))
    assert probe().device == "cpu"


def test_a_card_is_described(monkeypatch: pytest.MonkeyPatch) -> None:
    cuda = SimpleNamespace(
        is_available=lambda: True,
        mem_get_info=lambda: (20e9, 24e9),
        get_device_name=lambda: "NVIDIA Test",
        get_device_capability=lambda: (8, 9),
    )
    monkeypatch.setattr(probing, "_may_have_accelerator", lambda: True)
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=cuda, cpu=_CPU))
    machine = probe()
    assert (machine.device, machine.free_gb, machine.total_gb, machine.fp8) == ("cuda", 20, 24, True)
    assert machine.words == "NVIDIA Test with 20.0 of 24.0 GB free"


_CPU = SimpleNamespace(get_capabilities=lambda: {"avx512_bf16": True})
