"""How long and how large a request may become, and the clock that ends it."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from dataclasses import dataclass
from typing import Self

from urllib3.exceptions import TimeoutError as SlowAnswer

from secondlook.outbound.errors import Unreachable


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes. `total` covers connecting and the whole answer; `size` is the answer's body."""

    connect: float = 5.0
    total: float = 30.0
    size: int = 1024 * 1024


class Deadline:
    """Ends a request at its time limit, however slowly bytes drip in: it shuts the connection down.

    A socket's own timeout starts anew with each byte, so by itself it lets a slow sender hold a thread for days.
    """

    def __init__(self, url: str, limits: Limits) -> None:
        self.url = url
        self.limits = limits
        self.passed = False
        self._end = time.monotonic() + limits.total
        self._lock = threading.Lock()
        self._watched: list[socket.socket] = []
        self._timer = threading.Timer(limits.total, self._pass)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            for connection in self._watched:
                connection.close()
            self._watched.clear()

    def left(self) -> float:
        """Seconds left, never zero: a socket would take zero for 'do not wait at all'."""
        return max(self._end - time.monotonic(), 0.001)

    def watch(self, connection: socket.socket) -> None:
        """Shut this connection down when the time is over."""
        with self._lock:
            # TLS takes the descriptor of the socket it wraps, so the watch needs one of its own.
            self._watched.append(connection.dup())

    def explain(self, error: BaseException) -> Unreachable:
        """The reason, in one sentence, why the request did not end well."""
        if self.passed or isinstance(error, TimeoutError | SlowAnswer):
            return Unreachable(f"{self.url} did not answer fully within {self.limits.total:g} seconds")
        return Unreachable(f"{self.url}: {error}")

    def _pass(self) -> None:
        self.passed = True
        with self._lock:
            for connection in self._watched:
                with contextlib.suppress(OSError):  # the other side was faster
                    connection.shutdown(socket.SHUT_RDWR)
