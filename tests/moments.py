"""Moments at which a server is killed: between what it has confirmed and what it has told about it."""

from __future__ import annotations

from collections.abc import Callable

from tests.running import Server


class Moment:
    """Made when the server begins what is watched; `told` says that it is over, because somebody outside has been told."""

    def __init__(self, server: Server, told: Callable[[], bool]) -> None:
        self.told = told
        self._log, self._objects = server.data / "secondlook.sqlite-wal", server.data / "objects"
        self._files = self._count()
        self._last, self._writes = self._stamp(), 0

    def writes(self, most: int) -> Callable[[], bool]:
        """After so many writes to the database, or once it is over."""

        def come() -> bool:
            now = self._stamp()
            self._writes += now != self._last
            self._last = now
            return self._writes >= most or self.told()

        return come

    def file(self) -> bool:
        """Once an object begins to lie on the disk, or once it is over."""
        return self._count() > self._files or self.told()

    def _stamp(self) -> tuple[int, int]:
        status = self._log.stat()
        return status.st_size, status.st_mtime_ns

    def _count(self) -> int:
        return sum(1 for path in self._objects.rglob("*") if path.is_file())
