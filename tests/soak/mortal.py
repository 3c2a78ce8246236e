"""A PostgreSQL that is stopped, dies or freezes when a test wants it to."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import psutil

from tests import processes
from tests.databases import Postgres


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

    def _start(self) -> None:
        self._server.ensure_postgres_running()
        self._admin.close()
        self.connect()
