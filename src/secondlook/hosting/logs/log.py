"""The log of one instance: a file that stays small, however much the model prints. Each line begins with the time it came."""

from __future__ import annotations

import fcntl
import logging
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from io import FileIO
from pathlib import Path

from secondlook import names
from secondlook.hosting.logs.line import parsed, stamp
from secondlook.store.incoming import private

log = logging.getLogger(__name__)

LIMIT = 1 << 20
"""Bytes of one file; the file before it is kept too, as `NAME.1`."""

LONGEST = 16 << 10
"""Bytes of a line; a longer one becomes several, as Docker has it, so that who never ends a line is read all the same."""


class Log:
    """Appends bytes; safe to use from several threads.

    What cannot be kept, because the disk is full, is dropped: a model must not stand still because nobody takes what it says.
    Others may shorten the file or take it away meanwhile (`removal`): the next piece is then written to the one that is there.
    """

    def __init__(self, path: Path, limit: int = LIMIT, now: Callable[[], datetime] = names.now) -> None:
        self.path = path
        self._limit = limit
        self._now = now
        self._within = 0  # bytes of the line that is begun
        self._lock = threading.Lock()
        self._file: FileIO | None = None
        self._is_closed = self._drops = False

    def write(self, text: bytes) -> None:
        """Raises ValueError once it is closed."""
        with self._lock:
            if self._is_closed:
                raise ValueError(f"{self.path} is closed")
            try:
                self._append(self._stamped(text))
            except OSError as error:
                if not self._drops:
                    log.warning("what a model says is lost: %s: %s", error.strerror, self.path)
                self._drops = True
            else:
                self._drops = False

    def end_line(self) -> None:
        """End a line that was begun: whoever spoke has gone."""
        with self._lock:
            begun = self._within > 0 and not self._is_closed
        if begun:
            self.write(b"\n")

    def last_line(self) -> str:
        """The last line that says something, for a sentence about what went wrong."""
        with self._lock, suppress(OSError), self.path.open("rb") as file:
            file.seek(max(0, file.seek(0, 2) - 4096))
            lines = map(parsed, file.read().split(b"\n"))
            return next((line.text.strip() for line in reversed(list(lines)) if line.text.strip()), "")
        return ""

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
            if self._file is not None:
                self._file.close()

    def _stamped(self, text: bytes) -> bytes:
        """The text with the time before each line that begins in it; what comes in one piece came at one time."""
        before = stamp(self._now())
        begun = b"" if self._within else before
        text = begun + self._broken(text).replace(b"\n", b"\n" + before)
        return text if self._within else text.removesuffix(before)

    def _broken(self, text: bytes) -> bytes:
        """The text with an end wherever a line would be too long."""
        lines = []
        for line in text.split(b"\n"):
            room = LONGEST - self._within
            while len(line) > room:
                cut = _before_character(line, room)
                lines.append(line[:cut])
                line, room = line[cut:], LONGEST  # noqa: PLW2901
            lines.append(line)
            self._within = 0
        self._within = LONGEST - room + len(line)
        return b"\n".join(lines)

    def _append(self, text: bytes) -> None:
        file = self._locked()
        if file.tell() and file.tell() + len(text) > self._limit:
            self._let_go()
            self.path.replace(self.path.with_name(self.path.name + ".1"))
            file = self._locked()
        try:
            rest = memoryview(text)
            while rest:
                rest = rest[file.write(rest) :]
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)

    def _locked(self) -> FileIO:
        """The file at this path, which nobody replaces before it is unlocked."""
        while True:
            if self._file is None:
                self._file = self._opened()
            fcntl.flock(self._file, fcntl.LOCK_EX)
            if os.fstat(self._file.fileno()).st_nlink:
                return self._file
            self._let_go()

    def _let_go(self) -> None:
        if self._file is not None:
            self._file.close()
        self._file = None

    def _opened(self) -> FileIO:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return FileIO(self.path, "ab", opener=private)


def _before_character(text: bytes, place: int) -> int:
    """The same place, or where the character of UTF-8 begins that it would cut."""
    cut = place
    while cut > 0 and place - cut < 4 and text[cut] & 0xC0 == 0x80:  # noqa: PLR2004
        cut -= 1
    return cut
