"""Runs a command that ends when we do and writes no more than it may: `python leash.py BYTES COMMAND…`, with nothing but
Python's own library.

The server holds the writing end of our standard input and never writes; when it dies, in whatever way, the kernel closes it and the command
ends with us, as a model's process does (`runtimes.lifeline`). Exits as the command does, or with OVER.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path

OVER = 75
"""The command wrote more than it may."""

LOOK_SECONDS = 0.1


def _end_with_server() -> None:
    while os.read(0, 4096):
        pass
    os.killpg(0, signal.SIGKILL)


def _written(pid: int) -> int:
    """Bytes that a process has had written to disks; 0 where the system does not say."""
    try:
        lines = Path(f"/proc/{pid}/io").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("write_bytes:")), 0)


def main(most: int, command: list[str]) -> int:
    """`most` is in bytes, of one file and, on Linux, of all that the command itself writes."""
    threading.Thread(target=_end_with_server, daemon=True).start()
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_FSIZE, (least, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as process:  # noqa: S603  (the server's own command)
        while True:
            try:
                code = process.wait(LOOK_SECONDS)
            except subprocess.TimeoutExpired:
                if _written(process.pid) > most:
                    process.kill()
                    return OVER
            else:
                return OVER if code == -signal.SIGXFSZ else code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
