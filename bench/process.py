"""A yardstick in a process of its own."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence

from bench.waiting import answers

_LAST_WORDS = 2_000
"""Bytes of what a process wrote that are shown when it does not answer."""


@contextlib.contextmanager
def serving_on(port: int, module: str, arguments: Sequence[str]) -> Iterator[int]:
    """`python -m MODULE ARGUMENTS`, which answers on `port` while the block runs; gives the port."""
    command = [sys.executable, "-m", module, *arguments]
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        try:
            answers(port, process)
        except RuntimeError as error:
            output.seek(0)
            error.add_note(output.read()[-_LAST_WORDS:].decode(errors="replace"))
            process.kill()
            raise
        try:
            yield port
        finally:
            process.terminate()
            process.wait(10)
