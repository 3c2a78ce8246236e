"""The one load generator of all comparisons over HTTP: a process of its own that sends requests made beforehand.

Subject and yardstick get the same bytes sent in the same way, so what the client costs is on both sides of a ratio.
Plain sockets and a selector, because anything more would be slower than some of the servers it drives.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import selectors
import socket
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from statistics import median
from types import TracebackType
from typing import Self

SUCCESS = range(200, 400)


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of requests took, in seconds."""

    seconds: float
    latencies: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Requests per second."""
        return len(self.latencies) / self.seconds

    @property
    def median(self) -> float:
        return median(self.latencies)

    @property
    def p99(self) -> float:
        """The latency that one request of a hundred exceeds."""
        return sorted(self.latencies)[len(self.latencies) * 99 // 100]


class Load:
    """A client process; its connections are opened before a round begins and kept over all of it."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, pipe_of_child = context.Pipe()
        self._process = context.Process(target=_work, args=(pipe_of_child,), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pipe.close()
        self._process.join()

    def send(self, place: int | str, requests: Sequence[bytes], connections: int = 1) -> Round:
        """Send all requests to a port of 127.0.0.1, or to a Unix socket, each connection its next one as soon as it is answered."""
        self._pipe.send((place, list(requests), connections))
        answer = self._pipe.recv()
        if isinstance(answer, str):
            raise RuntimeError(answer)  # noqa: TRY004  (it is what went wrong there)
        assert isinstance(answer, Round)
        return answer


class _Line:
    """One connection with at most one request under way."""

    def __init__(self, place: int | str) -> None:
        self.place = place
        self._open()

    def _open(self) -> None:
        if isinstance(self.place, str):
            self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.socket.connect(self.place)
        else:
            self.socket = socket.create_connection(("127.0.0.1", self.place))
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.ends = False

    def close(self) -> None:
        self.socket.close()

    def ask(self, request: bytes) -> None:
        if self.ends:
            self.socket.close()
            self._open()
        self.head, self.status = bytearray(), 0
        self.left: int | None = None
        self.body = bytearray()
        self.began = time.perf_counter()
        self.socket.sendall(request)

    def take(self) -> bool:
        """Read what is there; True once the answer is whole."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            self.ends = True
            if self.left is None and self.status:
                return True
            raise ConnectionError(f"{self.place} closed the connection in the middle of an answer")
        if not self.status:
            self.head += piece
            end = self.head.find(b"\r\n\r\n")
            if end < 0:
                return False
            self._begin(bytes(self.head[:end]))
            piece = bytes(self.head[end + 4 :])
        self.body += piece
        return self.left is not None and len(self.body) >= self.left

    def _begin(self, head: bytes) -> None:
        first, *lines = head.split(b"\r\n")
        self.status = int(first.split()[1])
        self.ends = first.startswith(b"HTTP/1.0")
        for line in lines:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                self.left = int(value)
            elif name.lower() == b"connection":
                self.ends = value.strip().lower() == b"close"


def _work(pipe: Connection) -> None:
    while True:
        try:
            place, requests, connections = pipe.recv()
        except EOFError:
            return
        with contextlib.ExitStack() as stack:
            try:
                lines = [stack.enter_context(contextlib.closing(_Line(place))) for _ in range(connections)]
                pipe.send(_round(lines, deque(requests)))
            except (OSError, RuntimeError) as error:
                pipe.send(f"{type(error).__name__}: {error}")


def _round(lines: list[_Line], requests: deque[bytes]) -> Round:
    latencies: list[float] = []
    began = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        for line in lines[: len(requests)]:
            line.ask(requests.popleft())
            selector.register(line.socket, selectors.EVENT_READ, line)
        while selector.get_map():
            for key, _ in selector.select():
                line = key.data
                if not line.take():
                    continue
                latencies.append(time.perf_counter() - line.began)
                if line.status not in SUCCESS:
                    raise RuntimeError(f"{line.place} answered {line.status}: {bytes(line.body[:500])!r}")
                if line.ends or not requests:
                    selector.unregister(line.socket)
                if requests:
                    ended = line.ends
                    line.ask(requests.popleft())
                    if ended:
                        selector.register(line.socket, selectors.EVENT_READ, line)
    return Round(time.perf_counter() - began, tuple(latencies))
