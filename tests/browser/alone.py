"""Run inside a fresh network namespace: brings up loopback, and nothing else, then becomes the command given."""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import sys

_GET_FLAGS, _SET_FLAGS = 0x8913, 0x8914
_UP = 0x1


def raise_loopback() -> None:
    """What `ip link set lo up` does. Raises OSError."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        asked = struct.pack("16sH14s", b"lo", 0, b"")
        flags = struct.unpack("16sH14s", fcntl.ioctl(probe, _GET_FLAGS, asked))[1]
        fcntl.ioctl(probe, _SET_FLAGS, struct.pack("16sH14s", b"lo", flags | _UP, b""))


if __name__ == "__main__":
    raise_loopback()
    if len(sys.argv) > 1:
        os.execvp(sys.argv[1], sys.argv[1:])
