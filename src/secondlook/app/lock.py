"""One server per data directory: an exclusive lock on a file that says who holds it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

LOCK = "lock"
"""The file's name in a data directory."""


class HeldElsewhere(Exception):
    """Another process has the data directory; the message names it."""


class DataLock:
    """Holds `<data>/lock` while it is open. The kernel lets go when the process dies, however it dies."""

    def __init__(self, data: Path, purpose: str) -> None:
        self._path = data / LOCK
        self._purpose = purpose
        self._file: int | None = None

    def __enter__(self) -> Self:
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(file, 200).decode("utf-8", "replace").strip() or "another process"
            os.close(file)
            raise HeldElsewhere(
                f"The data directory {self._path.parent} is in use by {holder}: stop it first, or name another with --data."
            ) from None
        os.ftruncate(file, 0)
        os.write(file, f"{self._purpose}, process {os.getpid()}\n".encode())
        self._file = file
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
