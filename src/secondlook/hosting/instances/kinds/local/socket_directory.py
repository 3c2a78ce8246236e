"""Where a model process listens: a Unix socket that this server makes and the process only inherits.

A port of loopback could be reached by every user of the machine, and its number would be what the process says. A socket
file that the process makes itself could be replaced by a link to another program's. So the directory is the server's
alone, and no network is needed by the model.

Directories are named by numbers and are locked (flock) for as long as their server lives; what a killed server left is removed
at the next start.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import random
import shutil
import socket
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

log = logging.getLogger(__name__)

NUMBERS = range(1, 1 << 16)
LONGEST = 90
"""Characters of the directory for all; a socket's path may have 107, on macOS 103."""

BACKLOG = 256
"""Connections that wait while a model thinks."""


class SocketDirectory:
    """One instance's directory, mode 0700. `number` is no other's on this machine for as long as it is there."""

    def __init__(self) -> None:
        """Raises OSError."""
        self.path, self._lock = _claimed()
        self._sockets = 0

    @property
    def number(self) -> int:
        return int(self.path.name)

    def listen(self) -> tuple[socket.socket, Path]:
        """A new listening socket, and its path; earlier ones are gone. Raises OSError."""
        self.clear()
        self._sockets += 1
        path = self.path / str(self._sockets)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            listener.bind(str(path))
            listener.listen(BACKLOG)
        except OSError:
            listener.close()
            raise
        return listener, path

    def scratch(self) -> Path:
        """A new folder for what a process writes, where it has no file system of its own; removed by `clear`."""
        path = self.path / "tmp"
        path.mkdir(mode=0o700)
        return path

    def clear(self) -> None:
        """Remove what a process had here."""
        _empty(self.path)

    def remove(self) -> None:
        """May be called again."""
        if self._lock is not None:
            shutil.rmtree(self.path, ignore_errors=True)
            os.close(self._lock)
            self._lock = None
            with contextlib.suppress(OSError):  # others are in it
                self.path.parent.rmdir()


def remove_left_over() -> None:
    """Remove the directories of servers that ended without removing them."""
    place = _common()
    with contextlib.suppress(OSError):
        if _is_ours(place):
            for path in place.iterdir():
                with contextlib.suppress(OSError), _taken(path):  # somebody's who lives
                    shutil.rmtree(path, ignore_errors=True)


def _claimed() -> tuple[Path, int | None]:
    """A new directory, and the descriptor that locks it."""
    while True:
        place = _made(_common())
        path = place / str(random.choice(NUMBERS))  # noqa: S311  (no secret)
        with contextlib.suppress(FileExistsError, FileNotFoundError):
            # Between these lines another server's sweep may take it for left over.
            path.mkdir(mode=0o700)
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if path.is_dir() and path.stat().st_ino == os.fstat(lock).st_ino:
                return path, lock
            os.close(lock)


def _common() -> Path:
    temporary = Path(tempfile.gettempdir())
    place = temporary if len(str(temporary)) < LONGEST - 20 else Path("/tmp")  # noqa: S108  (made 0700 and looked at below)
    return place / f"secondlook-{os.geteuid()}"


def _made(place: Path) -> Path:
    """`place`, or another if somebody else made that. Raises OSError."""
    with contextlib.suppress(FileExistsError):
        place.mkdir(mode=0o700)
    if _is_ours(place):
        return place
    log.warning("%s is not this account's alone: another directory is used for sockets", place)
    return Path(tempfile.mkdtemp(prefix="secondlook-", dir=place.parent))


def _is_ours(place: Path) -> bool:
    status = place.lstat()
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077


@contextlib.contextmanager
def _taken(path: Path) -> Iterator[None]:
    """The lock of a directory that nobody holds. Raises OSError for any other; so it is left alone."""
    lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(lock)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
