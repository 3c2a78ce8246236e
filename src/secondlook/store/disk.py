"""Failures of a disk that bodies lie on: with the path in the log, without it for whoever sent or reads the body."""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from secondlook.store.errors import DiskFailed

LOG = "secondlook.objects"
"""Every upload meets a full disk, or an S3 that is away, so `app.ports.quiet` lets one line a minute through."""

_WORDS = {
    errno.ENOSPC: "is full",
    errno.EDQUOT: "is full for this server's account",
    errno.EROFS: "can only be read",
    errno.EACCES: "cannot be written to by this server",
}


@contextmanager
def translated(path: Path, what: str = "stored") -> Iterator[None]:
    """Whatever the system refuses to do with `path` is raised as DiskFailed; `what` is what cannot be done with bodies."""
    try:
        yield
    except OSError as error:
        logging.getLogger(LOG).warning("bodies cannot be %s: %s: %s", what, error.strerror, path)
        raise DiskFailed(_WORDS.get(error.errno or 0, "fails"), what) from error


def outwards(error: Exception) -> str:
    """What went wrong, for reasons that clients read: of an error of the system no path."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
