"""A PostgreSQL that is stopped, dies or freezes when a test wants it to."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil

from tests import processes
from tests.databases import Postgres
from tests.small_disk import SmallDisk


class MortalPostgres(Postgres):
    """Each block leaves it running again."""

    @contextlib.contextmanager
    def stopped(self) -> Iterator[None]:
        """As an administrator does it: every connection is cut, nothing is lost."""
        self._server.stop()
        try:
            yield
        finally:
            self._start()

    @contextlib.contextmanager
    def killed(self) -> Iterator[None]:
        """SIGKILL to its first process; the others end when they see that, and the next start recovers from the log."""
        first = psutil.Process(self._server.get_pid())
        family = processes.descendants(first.pid)
        first.kill()
        processes.all_end([first, *family])
        try:
            yield
        finally:
            self._start()

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """SIGSTOP to every process of it: connections stay open and nothing is answered."""
        with processes.frozen(self._server.get_pid()):
            yield

    @contextlib.contextmanager
    def without_room(self, disk: SmallDisk) -> Iterator[None]:
        """The disk that it lies on is full. It may end over that; then it is started again when there is room."""
        with disk.full():
            yield
        self._start()

    def _start(self) -> None:
        self._server.ensure_postgres_running()
        self._admin.close()
        self.connect()


@contextlib.contextmanager
def short_directory() -> Iterator[Path]:
    """Not below pytest's own: the path of a Unix socket may have 107 characters at most."""
    directory = Path(tempfile.mkdtemp(prefix="secondlook-pg-"))
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


@contextlib.contextmanager
def running(directory: Path) -> Iterator[MortalPostgres]:
    """One with its data below this directory, ended with the block."""
    postgres = MortalPostgres(directory / "data")
    try:
        yield postgres
    finally:
        postgres.stop()
