"""How often somebody may fail to sign in: a few times per person and address, more per either alone.

Kept per process: several servers allow several times as many, which still stops guessing.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
PER_PAIR = 6
PER_EMAIL = 30
PER_CLIENT = 100
MOST_KEYS = 20_000
"""Beyond that the oldest are forgotten, so that a flood of invented addresses costs no memory."""


class Throttle:
    """Remembers failures of the last quarter of an hour; thread-safe."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, email: str, client: str, now: datetime) -> timedelta:
        """How long until another try is allowed; zero if it is now."""
        with self._lock:
            waits = [self._wait(key, most, now) for key, most in _limits(email, client)]
        return max(waits)

    def failed(self, email: str, client: str, now: datetime) -> None:
        with self._lock:
            for key, most in _limits(email, client):
                self._failures.setdefault(key, deque(maxlen=most)).append(now)
                self._failures.move_to_end(key)
            while len(self._failures) > MOST_KEYS:
                self._failures.popitem(last=False)

    def succeeded(self, email: str, client: str) -> None:
        """The right password clears this person at this address; other addresses' failures stand."""
        with self._lock:
            self._failures.pop(f"pair {email} {client}", None)

    def _wait(self, key: str, most: int, now: datetime) -> timedelta:
        failures = self._failures.get(key)
        if failures is None or len(failures) < most:
            return timedelta(0)
        return max(timedelta(0), failures[0] + WINDOW - now)


def _limits(email: str, client: str) -> tuple[tuple[str, int], ...]:
    return (
        (f"pair {email} {client}", PER_PAIR),
        (f"email {email}", PER_EMAIL),
        (f"client {client}", PER_CLIENT),
    )
