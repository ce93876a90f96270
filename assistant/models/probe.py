"""What this machine can compute with. Asking never fails: what cannot be found out counts as not there."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

import psutil

from assistant.fitting import Machine

_TOOLS = ("torchao", "bitsandbytes")
_BFLOAT16_FLAGS = {"avx512_bf16", "amx_bf16", "bf16"}
"""In /proc/cpuinfo, of x86 and of ARM."""
_UNIFIED_SHARE = 0.75
"""Of the memory of a Mac, what its graphics part may use."""


def probe() -> Machine:
    """This machine now. torch is imported only where there are signs of a graphics card."""
    ram = psutil.virtual_memory()
    free, total = ram.available / 1e9, ram.total / 1e9
    machine = _accelerator(free, total) if _may_have_accelerator() else None
    return machine or Machine("cpu", _cpu_name(), free, total, free, bf16=_cpu_has_bfloat16(), tools=_tools())


def _may_have_accelerator() -> bool:
    return sys.platform == "darwin" or bool(shutil.which("nvidia-smi")) or Path("/dev/nvidiactl").exists()


def _tools() -> frozenset[str]:
    return frozenset(name for name in _TOOLS if importlib.util.find_spec(name))


def _accelerator(ram_free: float, ram_total: float) -> Machine | None:
    """The graphics card, where torch finds one that works; a driver may fail in any way that it likes."""
    try:
        import torch

        if torch.cuda.is_available():
            free, total = torch.cuda.mem_get_info()
            return Machine(
                "cuda", torch.cuda.get_device_name(), free / 1e9, total / 1e9, ram_free,
                torch.cuda.get_device_capability(), tools=_tools(),
            )  # fmt: skip
        if torch.backends.mps.is_available():
            room = _UNIFIED_SHARE * ram_total
            return Machine("mps", "this Mac", min(ram_free, room), room, ram_free, tools=_tools())
    except (ImportError, OSError, RuntimeError, AssertionError):
        pass
    return None


def _cpu_name() -> str:
    return f"this computer ({psutil.cpu_count() or 1} processors, no graphics card)"


def _cpu_has_bfloat16() -> bool:
    """As `best_dtype` asks torch, without importing it."""
    if torch := sys.modules.get("torch"):
        able = torch.cpu.get_capabilities()
        return any(able.get(name) for name in (*_BFLOAT16_FLAGS, "arm_bf16"))
    try:
        said = Path("/proc/cpuinfo").read_text(errors="replace").lower().split()
    except OSError:
        return False
    return bool(_BFLOAT16_FLAGS & set(said))
