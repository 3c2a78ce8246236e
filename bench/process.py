"""A yardstick in a process of its own."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator, Sequence

from bench.waiting import answers


@contextlib.contextmanager
def serving_on(port: int, module: str, arguments: Sequence[str]) -> Iterator[int]:
    """`python -m MODULE ARGUMENTS`, which answers on `port` while the block runs; gives the port."""
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        answers(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(10)
