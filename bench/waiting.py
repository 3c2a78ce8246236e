"""Waiting for a process to answer on its port."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time

PATIENCE = 60
"""Seconds."""


def answers(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return once something listens on 127.0.0.1:`port`."""
    end = time.monotonic() + PATIENCE
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"{process.args!r} does not answer on port {port}")
        time.sleep(0.01)
