"""What the server and a rendering child say to each other: frames of text over two pipes.

A frame is one byte that says what it is, four bytes of length (big-endian), and UTF-8 text. The conversation: the child
says READY once; then for each page the server sends TEMPLATE and INPUT, the child may send GRANT, each answered
by LINK or REFUSED, and ends with PAGE or FAILED (JSON: code, message, line, column).
"""

from __future__ import annotations

import os
import select
import time
from enum import IntEnum

MAX_FRAME = 256 * 2**20
"""Bytes. Far above what either side may send, so that a broken length is noticed instead of waited for."""


class Kind(IntEnum):
    READY = 1
    TEMPLATE = 2
    INPUT = 3
    GRANT = 4
    LINK = 5
    REFUSED = 6
    PAGE = 7
    FAILED = 8


class Closed(Exception):
    """The other side has gone."""


class Pipes:
    """Both directions of a conversation. Deadlines are instants of `time.monotonic()`; None waits for ever."""

    def __init__(self, incoming: int, outgoing: int) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        os.set_blocking(outgoing, False)

    def send(self, kind: Kind, text: str, deadline: float | None = None) -> None:
        body = text.encode("utf-8", "surrogatepass")
        rest = memoryview(bytes((kind,)) + len(body).to_bytes(4, "big") + body)
        while rest:
            _wait(self._outgoing, select.POLLOUT, deadline)
            try:
                rest = rest[os.write(self._outgoing, rest) :]
            except BlockingIOError:
                continue
            except BrokenPipeError as error:
                raise Closed from error

    def receive(self, deadline: float | None = None) -> tuple[Kind, str]:
        head = self._read(5, deadline)
        length = int.from_bytes(head[1:], "big")
        if length > MAX_FRAME:
            raise Closed
        return Kind(head[0]), self._read(length, deadline).decode("utf-8", "surrogatepass")

    def _read(self, length: int, deadline: float | None) -> bytes:
        parts = bytearray()
        while len(parts) < length:
            _wait(self._incoming, select.POLLIN, deadline)
            part = os.read(self._incoming, min(length - len(parts), 2**20))
            if not part:
                raise Closed
            parts += part
        return bytes(parts)


def _wait(descriptor: int, event: int, deadline: float | None) -> None:
    poll = select.poll()
    poll.register(descriptor, event)
    left = None if deadline is None else max(0, round((deadline - time.monotonic()) * 1000))
    if not poll.poll(left):
        raise TimeoutError
