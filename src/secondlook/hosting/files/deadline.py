"""How long the files of a model may take to be here, unpacked [hosting.md, ModelDataDownloadTimeoutInSeconds]."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from secondlook.hosting.errors import NotPrepared

LOOK_SECONDS = 0.05
"""How soon it is seen, by who waits for a lock, that the time is over."""


class Deadline:
    """`seconds` from when it was made, or begun anew; over at once when `stopping` is set, since nobody wants the files any more."""

    def __init__(self, seconds: float = math.inf, stopping: threading.Event | None = None) -> None:
        self.stopping = stopping or threading.Event()
        self._seconds = seconds
        self.begin()

    def begin(self) -> None:
        """All of the time is left."""
        self._end = time.monotonic() + self._seconds

    @property
    def left(self) -> float:
        """Seconds; none once it is over."""
        return max(0.0, self._end - time.monotonic())

    def check(self) -> None:
        """Raises NotPrepared once it is over."""
        if self.stopping.is_set():
            raise NotPrepared("it was stopped while its files were being fetched")
        if not self.left:
            raise NotPrepared(
                f"its files were not here after {self._seconds:g} seconds, which is the most that it may take to fetch and "
                "unpack them (ModelDataDownloadTimeoutInSeconds of the production variant)"
            )

    @contextmanager
    def holding(self, lock: threading.Lock) -> Iterator[None]:
        """With the lock, which another may hold who fetches the same. Raises NotPrepared."""
        while not lock.acquire(timeout=LOOK_SECONDS):
            self.check()
        try:
            if self.stopping.is_set():  # whoever was forgotten already would be kept for good
                self.check()
            yield
        finally:
            lock.release()


NONE = Deadline()
"""Whoever asks waits for as long as it takes."""
