"""A process that stays outside and ends all that a model has started, where no namespace does that."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from secondlook.hosting.runtimes.confined import system


def keep() -> None:
    """Returns in a new process, of a session of its own. The one that called becomes the parent of all orphans, waits, and ends
    as that process does. Before that it ends all that is left; so it does on SIGTERM, and when the server is gone.

    A confined process can send it no signal.
    """
    if sys.platform == "linux":
        system.adopt_orphans()
        system.die_with_parent(signal.SIGTERM)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    child = os.fork()
    if child:
        signal.signal(signal.SIGTERM, lambda *_: _end(child, 128 + signal.SIGTERM))
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
        while True:
            pid, status = os.wait()
            if pid == child:
                _end(child, as_number(status))
    os.setsid()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])


def as_number(status: int) -> int:
    """How a process has ended, as an exit status of another: 128 and the signal, as shells say it."""
    return 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def _end(child: int, status: int) -> NoReturn:
    """End the process group, which nobody leaves who is confined, and then whoever is left; take all of them in."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        while True:
            for pid in _children():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            os.wait()
    os._exit(status)


def _children() -> Iterator[int]:
    with contextlib.suppress(OSError):
        yield from map(int, Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())
