"""Looking again and again at what the server does in its own time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

FINAL = frozenset({"Completed", "Failed", "Stopped"})
"""All three end a loop; who waits for Completed only may wait for ever [lifecycle.md]."""

SOON, LATER, PATIENTLY = 0.2, 1.0, 5.0
"""Seconds between looks: at first, after the first minute, after the first ten."""

T = TypeVar("T")

Progress = Callable[[str], None]
"""Hears how far it is, as `print` would print it."""


def looks(look: Callable[[], T], timeout: float | None = None) -> Iterator[T]:
    """What `look` says, at once and then again and again until the time is over; without a timeout for ever."""
    began = time.monotonic()
    while True:
        yield look()
        passed = time.monotonic() - began
        if timeout is not None and passed >= timeout:
            return
        pause = SOON if passed < 60 else LATER if passed < 600 else PATIENTLY  # noqa: PLR2004  (minutes)
        time.sleep(pause if timeout is None else min(pause, timeout - passed))


def news(progress: Progress | None) -> Progress:
    """Tells `progress` what is new; what it has just heard it does not hear again."""
    told: list[str] = []

    def tell(line: str) -> None:
        if progress and told != [line]:
            told[:] = [line]
            progress(line)

    return tell
