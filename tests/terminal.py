"""A command on a pseudo-terminal: what it shows, and typing into it."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.commandline import CommandLine


class Terminal:
    """The terminal's end of a running command."""

    def __init__(self, descriptor: int, process: subprocess.Popen[str]) -> None:
        self._descriptor = descriptor
        self._process = process
        self.raw = ""

    @property
    def shown(self) -> str:
        """What was shown so far, without colours and cursor movements."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.raw)

    def wait_for(self, pattern: str, seconds: float = 60) -> re.Match[str]:
        """The first place that matches; AssertionError if it does not come in time."""
        end = time.monotonic() + seconds
        while not (match := re.search(pattern, self.shown)):
            assert self._read(max(0.0, end - time.monotonic())), f"no {pattern!r} in {self.shown!r}"
        return match

    def type(self, text: str) -> None:
        os.write(self._descriptor, text.encode())

    def signal(self, number: int) -> None:
        """SIGINT is what the kernel makes of Ctrl-C, SIGHUP of a window that is closed."""
        self._process.send_signal(number)

    def wait(self, seconds: float = 60) -> int:
        """The code that the command ends with; what it shows meanwhile is read."""
        self.read_to_end(seconds)
        return self._process.wait(seconds)

    def read_to_end(self, seconds: float = 60) -> str:
        """Everything that was shown, once the command has ended."""
        while self._read(seconds):
            pass
        return self.shown

    def _read(self, seconds: float) -> bool:
        if not select.select([self._descriptor], [], [], seconds)[0]:
            return False
        try:
            piece = os.read(self._descriptor, 65536)
        except OSError:  # Linux's way of saying that the other end is closed
            return False
        self.raw += piece.decode(errors="replace")
        return bool(piece)


@contextmanager
def on_terminal(command: CommandLine, *arguments: str) -> Iterator[Terminal]:
    """The command under way on a terminal; it is ended with the block."""
    ours, child_side = pty.openpty()
    try:
        with command.running(*arguments, stdin=child_side, stdout=child_side, stderr=child_side) as process:
            os.close(child_side)
            yield Terminal(ours, process)
    finally:
        os.close(ours)
