"""The head of an answer and the beginning of its body in one write.

A server that is killed between two writes leaves a head without a body, which boto3 takes for a success that says nothing.
One write is one system call less, too.
"""

from __future__ import annotations

import asyncio

WITH_HEAD = 64 * 1024
"""Bytes of a body that leave with the head; they are copied for it, so of a long body only the beginning does."""

_CONTINUE = b"HTTP/1.1 100 "


class OneWrite(asyncio.Transport):
    """A connection as uvicorn's answers write to it, one after the other.

    The first write of an answer is its head. It waits for the second until the event loop turns, and no longer: a body
    that is still to be read from somewhere keeps no head back.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._head = b""
        self._is_begun = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if self._head:
            self._leave(data)
        elif self._is_begun or data[: len(_CONTINUE)] == _CONTINUE:
            self._transport.write(data)
        else:
            self._is_begun, self._head = True, bytes(data)
            self._loop.call_soon(self.flush)

    def flush(self) -> None:
        """Write a head that still waits."""
        if self._head:
            self._leave(b"")

    def complete(self) -> None:
        """The answer is complete: what is written next is the head of another."""
        self.flush()
        self._is_begun = False

    def close(self) -> None:
        self.flush()
        self._transport.close()

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def _leave(self, body: bytes | bytearray | memoryview) -> None:
        head, self._head = self._head, b""
        self._transport.write(head + body[:WITH_HEAD])
        if len(body) > WITH_HEAD:
            self._transport.write(memoryview(body)[WITH_HEAD:])
