"""Who may ask an instance: many side by side, or one alone. Belongs to one event loop.

A request that has broken off is asked again alone: had it been the one that ended the process, it would take others with it, and
had another one been, it must not pay for that a second time.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """Of one instance. Who waits to be alone goes before those who come later."""

    def __init__(self) -> None:
        self._together = self._lonely = 0
        self._is_alone = False
        self._change = asyncio.Condition()

    @asynccontextmanager
    async def turn(self, *, alone: bool) -> AsyncIterator[None]:
        """Wait for it, and have it inside the block."""
        await (self._enter_alone() if alone else self._enter())
        try:
            yield
        finally:
            async with self._change:
                if alone:
                    self._is_alone = False
                else:
                    self._together -= 1
                self._change.notify_all()

    async def _enter(self) -> None:
        async with self._change:
            await self._change.wait_for(lambda: not self._is_alone and not self._lonely)
            self._together += 1

    async def _enter_alone(self) -> None:
        async with self._change:
            self._lonely += 1
            try:
                await self._change.wait_for(lambda: not self._is_alone and not self._together)
                self._is_alone = True
            finally:
                self._lonely -= 1
