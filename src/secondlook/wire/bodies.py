"""One budget for the bodies that are in memory whole, whichever door they came by.

A body's size is reserved before its first byte is read, so that half-read bodies never wait for each other. Nobody holds more
than a share, so that a client who sends slowly, or sends what will be refused, leaves room for the others.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass

BUDGET = 256 * 1024 * 1024
"""Bytes of all bodies in memory at once: ten of the largest kind."""

SHARE = 0.5
"""The part of the budget that one owner may hold: a key, or a person."""

SMALL = 64 * 1024
"""A body of so many bytes is never kept waiting: the number of connections bounds what all such bodies take."""

WAIT = 5.0
"""Seconds to wait for room; clients of AWS try again by themselves after that."""


class NoRoom(Exception):
    """Too many bodies are in memory; the message is for the client."""


@dataclass(frozen=True, slots=True)
class Reservation:
    """Room for `size` bytes, to be released."""

    owner: str
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class _Waiter:
    wanted: Reservation
    turn: asyncio.Future[None]


class Bodies:
    """Reservations, first come, first served, but for those whose owner must wait for himself. For the event loop only."""

    def __init__(self, budget: int = BUDGET, wait: float = WAIT) -> None:
        self._free = budget
        self._share = int(budget * SHARE)
        self._wait = wait
        self._held: Counter[str] = Counter()
        self._queue: list[_Waiter] = []

    async def reserve(self, size: int, owner: str) -> Reservation:
        """Wait for room and take it. Raises NoRoom."""
        if size <= SMALL:
            return Reservation(owner, 0)
        wanted = Reservation(owner, min(size, self._share))
        waiter = _Waiter(wanted, asyncio.get_running_loop().create_future())
        self._queue.append(waiter)
        self._serve()
        try:
            async with asyncio.timeout(self._wait):
                await waiter.turn
        except BaseException as error:
            self._give_up(waiter)
            if isinstance(error, TimeoutError):
                raise NoRoom("Too many large requests are under way; try again in a moment.") from None
            raise
        return wanted

    def release(self, reservation: Reservation) -> None:
        """Give back what was reserved."""
        self._free += reservation.size
        self._held[reservation.owner] -= reservation.size
        if not self._held[reservation.owner]:
            del self._held[reservation.owner]
        self._serve()

    def _serve(self) -> None:
        is_full = False
        for waiter in list(self._queue):
            wanted = waiter.wanted
            if self._held[wanted.owner] + wanted.size > self._share:
                continue
            # Who comes later must not overtake a larger one for ever.
            is_full = is_full or wanted.size > self._free
            if is_full:
                continue
            self._queue.remove(waiter)
            if not waiter.turn.done():
                self._free -= wanted.size
                self._held[wanted.owner] += wanted.size
                waiter.turn.set_result(None)

    def _give_up(self, waiter: _Waiter) -> None:
        if waiter in self._queue:
            self._queue.remove(waiter)
            self._serve()
        elif not waiter.turn.cancelled():
            self.release(waiter.wanted)  # its turn came in the moment it gave up
