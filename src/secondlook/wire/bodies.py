"""One budget for the bodies that are in memory whole, whichever door they came by.

A body's size is reserved before its first byte is read, so that half-read bodies never wait for each other.
"""

from __future__ import annotations

import asyncio
from collections import deque

BUDGET = 256 * 1024 * 1024
"""Bytes of all bodies in memory at once: ten of the largest kind."""

WAIT = 5.0
"""Seconds to wait for room; clients of AWS try again by themselves after that."""


class NoRoom(Exception):
    """Too many bodies are in memory; the message is for the client."""


class Bodies:
    """Reservations in the order in which they were asked for; used on the event loop only."""

    def __init__(self, budget: int = BUDGET, wait: float = WAIT) -> None:
        self._free = self._budget = budget
        self._wait = wait
        self._queue: deque[tuple[int, asyncio.Future[None]]] = deque()

    async def reserve(self, size: int) -> int:
        """Wait for room and take it; returns what must be released again. Raises NoRoom."""
        size = min(size, self._budget)
        if size <= self._free and not self._queue:
            self._free -= size
            return size
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append((size, turn))
        try:
            async with asyncio.timeout(self._wait):
                await turn
        except BaseException as error:
            self._give_up(size, turn)
            if isinstance(error, TimeoutError):
                raise NoRoom("Too many large requests are under way; try again in a moment.") from None
            raise
        return size

    def release(self, size: int) -> None:
        """Give back what was reserved."""
        self._free += size
        self._serve()

    def _serve(self) -> None:
        while self._queue and self._queue[0][0] <= self._free:
            size, turn = self._queue.popleft()
            if not turn.done():
                self._free -= size
                turn.set_result(None)

    def _give_up(self, size: int, turn: asyncio.Future[None]) -> None:
        if not turn.cancelled():
            self._free += size  # its turn came in the moment it gave up
        elif (size, turn) in self._queue:
            self._queue.remove((size, turn))
        self._serve()
