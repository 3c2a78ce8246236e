"""A time that tests move, and waiting for what a condition says."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from secondlook.clock.handler import Retry

LONG = 30.0
"""Seconds after which a test stops hoping."""

AT_ONCE = Retry(first=timedelta(0), longest=timedelta(0), tries=3)


class Time:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


def happens(event: threading.Event) -> bool:
    return event.wait(LONG)


def until(condition: Callable[[], bool]) -> bool:
    """Ask again until it is so; False if that takes too long."""
    pause = threading.Event()
    for _ in range(int(LONG / 0.01)):
        if condition():
            return True
        pause.wait(0.01)
    return False
