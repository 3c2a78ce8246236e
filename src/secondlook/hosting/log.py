"""The log of one model process: a file that stays small, however much the model prints."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import BinaryIO

from secondlook.store.incoming import private

LIMIT = 1 << 20
"""Bytes of one file; the file before it is kept too, as `NAME.1`."""


class Log:
    """Appends bytes; safe to use from several threads."""

    def __init__(self, path: Path, limit: int = LIMIT) -> None:
        self.path = path
        self._limit = limit
        self._lock = threading.Lock()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = self._opened()

    def write(self, text: bytes) -> None:
        with self._lock:
            if self._file.tell() + len(text) > self._limit:
                self._file.close()
                self.path.replace(self.path.with_name(self.path.name + ".1"))
                self._file = self._opened()
            self._file.write(text)
            self._file.flush()

    def _opened(self) -> BinaryIO:
        return open(self.path, "ab", opener=private)

    def last_line(self) -> str:
        """The last line that says something, for a sentence about what went wrong."""
        with self._lock, self.path.open("rb") as file:
            file.seek(max(0, file.seek(0, 2) - 4096))
            lines = file.read().decode(errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def close(self) -> None:
        with self._lock:
            self._file.close()
