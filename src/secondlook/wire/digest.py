"""SHA-256 of a body while it arrives: a thread works it out beside the event loop, so that it is known soon after the last piece."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

STEP = 1024 * 1024
"""Bytes that are worth the way to a thread, half a millisecond's work and more."""

_THREADS = ThreadPoolExecutor(4, "digest")


class Digest:
    """Of one body, which is taken on the event loop piece by piece."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._pieces: list[bytes] = []
        self._size = 0
        self._work: asyncio.Future[None] | None = None

    def take(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size >= STEP and (self._work is None or self._work.done()):
            self._work = self._in_a_thread()

    async def finish(self) -> str:
        """In hex, of all pieces."""
        if self._work is not None:
            await self._work
        if self._size >= STEP:
            await self._in_a_thread()
        else:
            self._update(self._pieces)
        return self._hash.hexdigest()

    def _in_a_thread(self) -> asyncio.Future[None]:
        """One at a time: the order of the pieces is that of the body."""
        pieces, self._pieces, self._size = self._pieces, [], 0
        return asyncio.get_running_loop().run_in_executor(_THREADS, self._update, pieces)

    def _update(self, pieces: Sequence[bytes]) -> None:
        for piece in pieces:
            self._hash.update(piece)
