"""Lines that are removed for their age, and files that are taken away, while an instance may be writing to them (`log`)."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from secondlook.hosting.logs.line import parsed
from secondlook.hosting.logs.streams import Stream
from secondlook.store.incoming import private

SHORTER = ".shorter"
"""What the file is called in addition that will be in place of one whose beginning is removed."""


def remove(stream: Stream) -> None:
    """All that one instance has said. Raises OSError."""
    for file in stream.files:
        file.unlink(missing_ok=True)


def shorten(stream: Stream, before: int) -> None:
    """Remove what came before a time, in milliseconds since 1970; a file of which nothing is left goes. Raises OSError."""
    for path in stream.files:
        with suppress(FileNotFoundError), path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if _is_at(path, file):
                _shorten(path, file, before)


def _is_at(path: Path, file: BinaryIO) -> bool:
    """Whether it is still called so: who wrote to it may have set it aside before it was locked."""
    with suppress(FileNotFoundError):
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    return False


def _shorten(path: Path, file: BinaryIO, before: int) -> None:
    start = _start(file, before)
    if start == 0:
        return
    if start is None:
        path.unlink()
        return
    file.seek(start)
    shorter = path.with_name(path.name + SHORTER)
    with open(shorter, "wb", opener=private) as rest:
        rest.write(file.read())
        rest.flush()
        os.fsync(rest.fileno())
    shorter.replace(path)


def _start(file: BinaryIO, before: int) -> int | None:
    """Where the first line begins that came then or later; None where there is none.

    A line without a time has that of the one before it, and the last writing of the file where there is none before it either.
    """
    offset, timed = 0, False
    for text in file:
        at = parsed(text).at
        timed = timed or at is not None
        if at is not None and at >= before:
            return offset
        offset += len(text)
    return 0 if not timed and os.fstat(file.fileno()).st_mtime * 1000 >= before else None
