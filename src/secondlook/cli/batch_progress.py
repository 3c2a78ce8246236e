"""How far a batch is, on stderr: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from importlib import import_module
from types import TracebackType
from typing import Protocol, Self

import click

from secondlook.client.batch import Summary
from secondlook.client.batch.source import Source

EVERY = 10.0
"""Seconds between two lines of a log."""


class Progress(Protocol):
    """Hears the summary after each object, on whatever thread."""

    def show(self, summary: Summary) -> None: ...


class Lines:
    """For a log: one line at most every ten seconds."""

    def __init__(self) -> None:
        self._began = self._last = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def show(self, summary: Summary) -> None:
        now = time.monotonic()
        if now - self._last >= EVERY:
            self._last = now
            click.echo(f"{now - self._began:,.0f} s: {said(summary)}", err=True)


def said(summary: Summary) -> str:
    """`1,204 accepted, 310 to review, 2 failed`."""
    parts = (
        (summary.skipped, "done before"),
        (summary.accepted, "accepted"),
        (summary.reviewed, "to review"),
        (summary.audited, "to audit"),
        (summary.failures, "failed"),
    )
    return ", ".join(f"{count:,} {what}" for count, what in parts if count) or "nothing done yet"


class Total:
    """Counts a source beside the work on it. None until it is counted; a source that cannot be is told by the work itself."""

    def __init__(self, source: Callable[[], Source]) -> None:
        self.count: int | None = None
        self._source = source
        self._over = threading.Event()
        threading.Thread(target=self._count, name="total", daemon=True).start()

    def stop(self) -> None:
        self._over.set()

    def _count(self) -> None:
        count = 0
        try:
            with closing(self._source().things()) as things:
                for _ in things:
                    if self._over.is_set():
                        return
                    count += 1
        except Exception:  # noqa: BLE001  (the batch lists the same, and says what is wrong)
            return
        self.count = count


def progress_of(source: Callable[[], Source]) -> AbstractContextManager[Progress]:
    """What suits where stderr goes. The bar is imported only there: rich takes its time."""
    if not sys.stderr.isatty():
        return Lines()
    bar: AbstractContextManager[Progress] = import_module("secondlook.cli.live_bar").BatchBar(Total(source))
    return bar
