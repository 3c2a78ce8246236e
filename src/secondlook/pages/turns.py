"""What strangers post, one after the other: each of their forms may cost the checking of a password, a tenth of a second.

They have threads of their own, a queue that ends, and a part of it each, so one who guesses at many passwords at once keeps
neither the pages from anybody nor the sign-in from the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from secondlook.wire.client_address import subscriber

T = TypeVar("T")


class Crowded(Exception):
    """Too many wait already; the message is for the person."""


class Turns:
    """Runs functions on `threads`; at most `per_client` of one address and `most` in all wait or run. For the event loop only."""

    def __init__(self, threads: int, per_client: int, most: int) -> None:
        self._threads = CapacityLimiter(threads)
        self._per_client = per_client
        self._most = most
        self._under_way: Counter[str] = Counter()

    async def run(self, client: str, function: Callable[[], T]) -> T:
        """What the function returns. Raises Crowded."""
        name = subscriber(client)
        if self._under_way.get(name, 0) >= self._per_client or self._under_way.total() >= self._most:
            raise Crowded("Too many people sign in just now. Wait a few seconds and try again.")
        self._under_way[name] += 1
        try:
            return await to_thread.run_sync(function, limiter=self._threads)
        finally:
            self._under_way[name] -= 1
            if not self._under_way[name]:
                del self._under_way[name]
