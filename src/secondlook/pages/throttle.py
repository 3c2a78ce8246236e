"""How often somebody may fail to sign in: a few times per person and address, more per either alone.

Kept per process: several servers allow several times as many, which still stops guessing.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta

from secondlook.wire.client_address import subscriber

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

    def attempt(self, email: str, client: str, now: datetime) -> timedelta:
        """Note one more try, as failed until it has `succeeded`; how long to wait instead if there were too many.

        Asked and noted in one step: of many tries at once no more are let through than one after the other.
        """
        limits = _limits(email, client)
        with self._lock:
            wait = max(self._wait(key, most, now) for key, most in limits)
            if wait:
                return wait
            for key, most in limits:
                self._failures.setdefault(key, deque(maxlen=most)).append(now)
                self._failures.move_to_end(key)
            self._forget(now)
        return wait

    def succeeded(self, email: str, client: str, attempted_at: datetime) -> None:
        """The right password clears this person at this address; of the other counts it takes back this try alone."""
        pair, *shared = (key for key, _ in _limits(email, client))
        with self._lock:
            self._failures.pop(pair, None)
            for key in shared:
                failures = self._failures.get(key, deque())
                if attempted_at in failures:
                    failures.remove(attempted_at)

    def _forget(self, now: datetime) -> None:
        """What is too old to matter, and the oldest of too many."""
        while self._failures:
            failures = next(iter(self._failures.values()))
            if len(self._failures) <= MOST_KEYS and failures and failures[-1] + WINDOW > now:
                return
            self._failures.popitem(last=False)

    def _wait(self, key: str, most: int, now: datetime) -> timedelta:
        failures = self._failures.get(key)
        if failures is None or len(failures) < most:
            return timedelta(0)
        return max(timedelta(0), failures[0] + WINDOW - now)


def _limits(email: str, client: str) -> tuple[tuple[str, int], ...]:
    client = subscriber(client)
    return (
        (f"pair {email} {client}", PER_PAIR),
        (f"email {email}", PER_EMAIL),
        (f"client {client}", PER_CLIENT),
    )
