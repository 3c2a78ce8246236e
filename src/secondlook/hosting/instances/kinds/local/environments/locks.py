"""Locks on one environment, across threads and processes: the kernel lets go when the last of a lock's holders is gone.

Whoever makes an environment, or takes it away, holds its `making_lock`; whoever may start processes of it shares its `use_lock`.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from secondlook.hosting.instances.kinds.local.environments.commands import LOOK_SECONDS, Stopped


def making_lock(environment: Path) -> Path:
    return environment.with_name(f".{environment.name}.lock")


def use_lock(environment: Path) -> Path:
    return environment.with_name(f".{environment.name}.use.lock")


@contextmanager
def locked(path: Path, stopping: threading.Event, how: int = fcntl.LOCK_EX) -> Iterator[int]:
    """Hold the lock, as an open file, once nobody else does. Raises Stopped; OSError."""
    file = acquired(path, stopping, how)
    try:
        yield file
    finally:
        os.close(file)


def acquired(path: Path, stopping: threading.Event, how: int = fcntl.LOCK_EX) -> int:
    """The lock, to be closed, once nobody else has it. Raises Stopped; OSError."""
    while (file := try_lock(path, how)) is None:
        if stopping.wait(LOOK_SECONDS):
            raise Stopped
    return file


def try_lock(path: Path, how: int = fcntl.LOCK_EX) -> int | None:
    """The lock, to be closed; None while somebody else has it. `fcntl.LOCK_SH` is had by many, beside no other."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(file), path.stat()):
            return file  # else it was removed with its environment while we waited for it
    except (BlockingIOError, FileNotFoundError):
        pass
    except BaseException:
        os.close(file)
        raise
    os.close(file)
    return None
