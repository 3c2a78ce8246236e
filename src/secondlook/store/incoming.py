"""A body on its way in: written piece by piece to a file, hashed as it comes, durable before anyone may point to it."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import IO

from secondlook.store import disk

_STEP = 8 * 1024 * 1024


class Incoming:
    """One file being written. The caller is one thread at a time; MD5 is S3's ETag, not a safeguard."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self._md5 = hashlib.md5(usedforsecurity=False)
        with disk.translated(path):
            self._file: IO[bytes] = open(path, "xb", buffering=0, opener=private)  # noqa: SIM115  (it outlives this call)

    def write(self, chunk: bytes) -> None:
        self._md5.update(chunk)
        rest = memoryview(chunk)
        with disk.translated(self.path):
            while rest:
                rest = rest[self._file.write(rest) :]
        self.size += len(chunk)

    def append(self, source: int) -> None:
        """Add all of another open file, copied by the kernel where it can; unhashed, so `md5` means nothing then."""
        left = os.fstat(source).st_size
        with disk.translated(self.path):
            while left:
                left -= _move(source, self._file.fileno(), min(left, _STEP))
        self.size += os.fstat(source).st_size

    @property
    def md5(self) -> str:
        """Of what was written so far, in hex."""
        return self._md5.hexdigest()

    def seal(self) -> None:
        """Make file and directory entry durable."""
        with disk.translated(self.path):
            os.fsync(self._file.fileno())
            self._file.close()
            sync_directory(self.path.parent)

    def discard(self) -> None:
        """Remove what has been written: the body is not wanted after all."""
        self._file.close()
        with suppress(FileNotFoundError):
            self.path.unlink()


def private(path: str, flags: int) -> int:
    """An opener for `open`: what it makes, this account alone may read."""
    return os.open(path, flags, 0o600)


def write_durably(path: Path, text: str) -> None:
    """Replace a file that this account alone may read: it is there whole or as before, even if the power is cut."""
    fresh = path.with_name(f".{path.name}.new")
    with open(fresh, "w", encoding="utf-8", opener=private) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_directory(path.parent)


def _move(source: int, target: int, most: int) -> int:
    """Copy up to `most` bytes between the positions of two files; how many were copied."""
    try:
        moved = os.copy_file_range(source, target, most)
    except (AttributeError, OSError):
        # Not on this system, or not on this file system: through our own memory then.
        rest = memoryview(os.read(source, most))
        moved = len(rest)
        while rest:
            rest = rest[os.write(target, rest) :]
    if not moved:
        raise EOFError("a part on disk is shorter than when it was opened")
    return moved


def sync_directory(path: Path) -> None:
    """Make the names in a directory durable (a new file's name is not, by the file's own fsync)."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
