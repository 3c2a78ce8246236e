"""Calls that were to be captured and could not be kept: counted, and said in the log once a minute at most."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable

log = logging.getLogger(__name__)

PAUSE = 60.0
"""Seconds between two lines of the log."""


class Losses:
    """By endpoint and reason. `clock` counts seconds. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._unsaid: Counter[tuple[str, str]] = Counter()
        self._losing: set[str] = set()
        self._said_at = float("-inf")
        self._lock = threading.Lock()

    def count(self, endpoint: str, calls: int, reason: str) -> None:
        """So many calls of an endpoint are lost."""
        with self._lock:
            self._unsaid[endpoint, reason] += calls
            self._losing.add(endpoint)
        self.say_now_and_then()

    def kept(self, endpoint: str) -> None:
        """A call of the endpoint could be kept."""
        if self._losing:
            with self._lock:
                self._losing.discard(endpoint)

    def is_losing(self, endpoint: str) -> bool:
        """Whether the latest call of the endpoint was lost."""
        return endpoint in self._losing

    def say_now_and_then(self) -> None:
        if self._unsaid and self._clock() - self._said_at >= PAUSE:
            self.say()

    def say(self) -> None:
        """Say what has been lost since."""
        with self._lock:
            lost, self._unsaid = self._unsaid, Counter()
            self._said_at = self._clock()
        for (endpoint, reason), calls in lost.items():
            log.warning("%d captured calls of endpoint %s are lost: %s", calls, endpoint, reason)
