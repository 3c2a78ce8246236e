"""What may be in memory at once: so many requests, and so many bytes of them. Belongs to one event loop."""

from __future__ import annotations

import asyncio


class Budget:
    """One request may always be taken, however large it is."""

    def __init__(self, requests: int, size: int) -> None:
        self._requests, self._most = requests, requests
        self._size, self._largest = size, size
        self._change = asyncio.Condition()

    async def take(self, size: int) -> None:
        async with self._change:
            await self._change.wait_for(lambda: self._is_free(size))
            self._requests -= 1
            self._size -= size

    async def give_back(self, size: int) -> None:
        async with self._change:
            self._requests += 1
            self._size += size
            self._change.notify_all()

    def _is_free(self, size: int) -> bool:
        return self._requests == self._most or (self._requests > 0 and self._size >= size)
