"""What the server and a rendering child say to each other: frames of text over two pipes.

A frame is one byte that says what it is, four bytes of length (big-endian), and UTF-8 text. The order: the child
says READY once; then for each page the server sends TEMPLATE and INPUT, the child may send GRANT, each answered
by LINK or REFUSED, and ends with PAGE or FAILED. With PREVIEW in place of TEMPLATE, PAGE is followed by PROBLEMS: whether
people could answer it; with JUDGE there are PROBLEMS alone. To CHECK it answers PROBLEMS. A problem is JSON: code, message, line, column.
"""

from __future__ import annotations

import os
import select
import time
from enum import IntEnum

MAX_FRAME = 256 * 2**20
"""Bytes. Far above what either side may send, so that a broken length is noticed instead of waited for."""

_CHUNK = 2**18


class Kind(IntEnum):
    READY = 1
    TEMPLATE = 2
    INPUT = 3
    GRANT = 4
    LINK = 5
    REFUSED = 6
    PAGE = 7
    FAILED = 8
    CHECK = 9
    PROBLEMS = 10
    PREVIEW = 11
    JUDGE = 12


class Closed(Exception):
    """The other side has gone."""


class Pipes:
    """Both directions between the server and a child. Deadlines are instants of `time.monotonic()`; None waits for ever."""

    def __init__(self, incoming: int, outgoing: int) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self._received = bytearray()
        os.set_blocking(outgoing, False)

    def send(self, *frames: tuple[Kind, str], deadline: float | None = None) -> None:
        """Send `frames`; TimeoutError if the other side does not take them by `deadline`, Closed if it is gone."""
        rest = memoryview(b"".join(_frame(kind, text) for kind, text in frames))
        while rest:
            try:
                rest = rest[os.write(self._outgoing, rest) :]
            except BlockingIOError:
                _wait(self._outgoing, select.POLLOUT, deadline)
            except BrokenPipeError as error:
                raise Closed from error

    def receive(self, deadline: float | None = None) -> tuple[Kind, str]:
        """The next frame; TimeoutError if it is not complete by `deadline`, Closed if the other side is gone."""
        head = self._take(5, deadline)
        length = int.from_bytes(head[1:], "big")
        if length > MAX_FRAME:
            raise Closed
        return Kind(head[0]), self._take(length, deadline).decode("utf-8", "surrogatepass")

    def _take(self, length: int, deadline: float | None) -> bytearray:
        while len(self._received) < length:
            _wait(self._incoming, select.POLLIN, deadline)
            part = os.read(self._incoming, _CHUNK)
            if not part:
                raise Closed
            self._received += part
        taken = self._received[:length]
        del self._received[:length]
        return taken


def _frame(kind: Kind, text: str) -> bytes:
    body = text.encode("utf-8", "surrogatepass")
    return bytes((kind,)) + len(body).to_bytes(4, "big") + body


def _wait(descriptor: int, event: int, deadline: float | None) -> None:
    poll = select.poll()
    poll.register(descriptor, event)
    left = None if deadline is None else max(0, round((deadline - time.monotonic()) * 1000))
    if not poll.poll(left):
        raise TimeoutError
