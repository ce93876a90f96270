"""Palimpsest: a conversational image editor that runs on its owner's machine."""

import os

if "OMP_WAIT_POLICY" not in os.environ:
    os.environ.setdefault("GOMP_SPINCOUNT", "1000")
"""How long a thread of torch's looks for more to do before it sleeps; read when torch is first imported. The library's
own choice is for machines that do nothing else: beside two busy programs a plan then took thirty times as long."""
