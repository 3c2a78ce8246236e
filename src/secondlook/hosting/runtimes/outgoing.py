"""An answer in pieces on its way out of a prediction's thread: each leaves as soon as it is made, and when the one before it has left.

The thread belongs to the prediction until its last piece, as it would for an answer that is made whole. So a model whose pieces
share a state never sees another prediction in between; and a caller who reads slowly keeps the thread for as long.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

Message = dict[str, Any]


class Gone(Exception):
    """Nobody reads any more."""


class Outgoing:
    """The answer to one request, by ASGI's `receive` and `send`. All but the constructor is called from the prediction's thread."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Message], Coroutine[Any, Any, None]],
    ) -> None:
        self._loop = loop
        self._receive = receive
        self._send = send
        self._is_gone = False
        self._watching: asyncio.Task[None] | None = None

    def begin(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        self._do(self._begin({"type": "http.response.start", "status": status, "headers": headers}))

    def send(self, piece: bytes) -> None:
        """Waits until it has left. Raises Gone."""
        if self._is_gone:
            raise Gone
        if piece:
            self._do(self._send({"type": "http.response.body", "body": piece, "more_body": True}))

    def end(self) -> None:
        """The answer is complete. Without it, whoever reads is told by a broken connection that it is not."""
        self._do(self._send({"type": "http.response.body", "body": b""}))

    def forget(self) -> None:
        """No more will come, complete or not."""
        if self._watching is not None:
            self._loop.call_soon_threadsafe(self._watching.cancel)

    def _do(self, step: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(step, self._loop).result()

    async def _begin(self, start: Message) -> None:
        await self._send(start)
        self._watching = self._loop.create_task(self._watch())

    async def _watch(self) -> None:
        """Only `receive` says that whoever asked has left."""
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._is_gone = True
