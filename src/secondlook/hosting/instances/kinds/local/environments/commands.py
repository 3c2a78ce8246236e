"""The commands by which an environment is made, each a process that ends at once when nobody wants it any more."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from secondlook.hosting.errors import NotPrepared
from secondlook.hosting.instances.kinds.local.environments import leash, uv
from secondlook.hosting.logs.log import Log

LOOK_SECONDS = 0.05
"""How soon it is seen that it is not wanted any more."""

_TELLING = re.compile(r"\s*(error\b|\u00d7|hint:)", re.IGNORECASE)
_LONGEST_REASON = 700
_LINES_KEPT = 200


class Stopped(NotPrepared):
    """It was ended because whoever wanted it does not want it any more."""

    def __init__(self) -> None:
        super().__init__("it was stopped while its requirements were being installed")


@dataclass(slots=True)
class Commands:
    """What the commands of one making share. `locks` are inherited, so that they are held until the last of them is gone.

    `most_bytes` may be written by each, `deadline` is of `time.monotonic`; `names` stand in the log for paths.
    """

    log: Log
    stopping: threading.Event
    locks: Sequence[int]
    most_bytes: int
    deadline: float
    environment: Mapping[str, str]
    names: Mapping[str, str]
    _secrets: Sequence[str] = field(default_factory=uv.secrets)
    _said: deque[str] = field(default_factory=lambda: deque(maxlen=_LINES_KEPT))

    def run(self, command: Sequence[str], folder: Path, *, may_fail: bool = False) -> None:
        """One command in `folder`. Raises NotPrepared with its last telling lines; Stopped; OSError."""
        self._said.clear()
        code = self._code(
            [sys.executable, "-I", "-S", leash.__file__, str(self.most_bytes), *command], folder
        )
        if code == leash.OVER:
            raise NotPrepared(
                f"its requirements take more than the {self.most_bytes:,} bytes that are allowed"
            )
        if code and not may_fail:
            raise NotPrepared(
                f"its requirements could not be installed: {self.reason() or f'uv ended with {code}'}"
            )

    def say(self, line: str) -> None:
        with contextlib.suppress(ValueError):  # closed, since nobody waits for it
            self.log.write(f"[environment] {line}\n".encode())

    def reason(self) -> str:
        """From the first line that says what went wrong, else the last few."""
        lines = [line.strip() for line in self._said]
        first = next(
            (number for number, line in enumerate(self._said) if _TELLING.match(line)), max(0, len(lines) - 5)
        )
        said = " ".join(filter(None, lines[first:])).removeprefix("error: ").replace(" cause: ", ": ")
        return said if len(said) <= _LONGEST_REASON else f"{said[:_LONGEST_REASON]}…"

    def _code(self, command: Sequence[str], folder: Path) -> int:
        process = subprocess.Popen(  # noqa: S603  (our own command, no shell)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.environment,
            cwd=folder,
            pass_fds=self.locks,
            start_new_session=True,
        )
        try:
            self._hear(process)
            return process.wait()
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            for pipe in (process.stdin, process.stdout):
                assert pipe is not None
                pipe.close()

    def _hear(self, process: subprocess.Popen[bytes]) -> None:
        """Until it closes its output. Raises Stopped, and NotPrepared when its time is over; then it is gone."""
        assert process.stdout is not None
        poll = select.poll()
        poll.register(process.stdout, select.POLLIN)
        line = b""
        while True:
            self._check(process)
            if not poll.poll(LOOK_SECONDS * 1000):
                continue
            piece = os.read(process.stdout.fileno(), 65536)
            *whole, line = (line + piece).split(b"\n")
            for each in [*whole, line] if not piece else whole:
                self._heard(each)
            if not piece:
                return
            line = line[-65536:]

    def _heard(self, line: bytes) -> None:
        text = uv.redacted(line.decode(errors="replace").rstrip(), self._secrets, self.names)
        if text:
            self._said.append(text)
            self.say(text)

    def _check(self, process: subprocess.Popen[bytes]) -> None:
        is_late = time.monotonic() > self.deadline
        if not is_late and not self.stopping.is_set():
            return
        assert process.stdout is not None
        os.killpg(process.pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            while os.read(process.stdout.fileno(), 65536):  # at its end no process is left that could write
                pass
        if self.stopping.is_set():
            raise Stopped
        raise NotPrepared(
            f"its requirements were not installed in time: {self.reason() or 'uv said nothing'}"
        )
