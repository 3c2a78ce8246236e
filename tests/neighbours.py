"""Other people's servers, real and on this machine: they behave badly when a test tells them to."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PATIENCE = 60.0
"""Seconds after which even a server that hangs lets go, so that no test leaves a thread behind."""


@dataclass
class Receiver:
    """Takes webhooks: answers with `statuses` in turn, then with 200, and with `headers`; after `hold` it does not answer."""

    port: int
    statuses: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    seen: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    reached: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/events"

    def status(self) -> int:
        """Of the next answer."""
        return self.statuses.pop(0) if self.statuses else 200

    @property
    def events(self) -> list[dict[str, Any]]:
        """What has arrived, whether it answered or not."""
        return [json.loads(body) for _, body in list(self.seen)]

    def hold(self) -> None:
        self.reached.clear()
        self.go_on.clear()

    def release(self) -> None:
        self.go_on.set()


class _Post(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        place: Receiver = self.server.place  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        place.seen.append((dict(self.headers), body))
        place.reached.set()
        place.go_on.wait(PATIENCE)
        self.send_response(place.status())
        for name, value in {"Content-Length": "0", **place.headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # the client hung up
            super().handle()

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def receiving(kind: type[Receiver] = Receiver) -> Iterator[Any]:
    """A receiver of this kind on a free port."""
    with _answering(_Post) as server:
        server.place = kind(server.server_port)
        server.place.release()
        try:
            yield server.place
        finally:
            server.place.release()


class _SlowDown(BaseHTTPRequestHandler):
    """What S3 says when too much is asked of it."""

    body = b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
    protocol_version = "HTTP/1.1"

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        self.close_connection = True  # the request's body stays unread
        self.send_response(503)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(self.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else self.body)

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # the client hung up
            super().handle()

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def refusing_s3(port: int) -> Iterator[None]:
    """While the block runs, an S3 at this port refuses whatever it is asked."""
    with _answering(_SlowDown, port):
        yield


@contextlib.contextmanager
def _answering(handler: type[BaseHTTPRequestHandler], port: int = 0) -> Iterator[Any]:
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Listener:
    """Accepts connections on a free port and hands each to a thread of its own; closes all at the end."""

    def __init__(self, serve: Callable[[socket.socket], None]) -> None:
        self._serve = serve
        self._open: list[socket.socket] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.keep(connection)
                self.run(self._serve, connection)

    def run(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments)
        self._threads.append(thread)
        thread.start()

    def keep(self, connection: socket.socket) -> None:
        self._open.append(connection)

    def close(self) -> None:
        for open_socket in (self._socket, *self._open):
            with contextlib.suppress(OSError):
                open_socket.shutdown(socket.SHUT_RDWR)
            open_socket.close()
        for thread in self._threads:
            thread.join(PATIENCE)


class Mute:
    """A mail server that accepts the connection and then says nothing; `called` counts the callers."""

    def __init__(self) -> None:
        self.called = threading.Semaphore(0)
        self._listener = Listener(lambda _: self.called.release())
        self.port = self._listener.port

    def close(self) -> None:
        self._listener.close()


class Road:
    """The way to another server's port, or Unix socket. What mentions `blocked` gets stuck until `clear` is called.

    The answer to what mentions `swallowed` never comes back: its connection is closed instead, once.
    """

    def __init__(self, to: int | Path) -> None:
        self._to = to
        self._blocked: bytes | None = None
        self._swallowed: bytes | None = None
        self._losing: set[socket.socket] = set()
        self._free = threading.Event()
        self.stuck = threading.Event()
        self._listener = Listener(self._drive)
        self.port = self._listener.port

    def block(self, mention: bytes = b"") -> None:
        """Nothing that mentions this passes any more; without a word, nothing at all."""
        self._free.clear()
        self._blocked = mention

    def swallow(self, mention: bytes) -> None:
        self._swallowed = mention

    def clear(self) -> None:
        self._blocked = None
        self._free.set()

    def close(self) -> None:
        self.clear()
        self._listener.close()

    def _drive(self, here: socket.socket) -> None:
        try:
            there = self._connected()
        except OSError:  # nobody is there just now
            here.close()
            return
        self._listener.keep(there)
        self._listener.run(self._pass, there, here)
        self._pass(here, there, watched=True)

    def _connected(self) -> socket.socket:
        if isinstance(self._to, int):
            return socket.create_connection(("127.0.0.1", self._to))
        there = socket.socket(socket.AF_UNIX)
        there.connect(str(self._to))
        return there

    def _pass(self, connection: socket.socket, other: socket.socket, *, watched: bool = False) -> None:
        with contextlib.suppress(OSError):
            while data := connection.recv(65536):
                if watched and self._blocked is not None and self._blocked in data:
                    self.stuck.set()
                    self._free.wait(PATIENCE)
                if watched and self._swallowed is not None and self._swallowed in data:
                    self._swallowed = None
                    self._losing.add(other)
                if connection in self._losing:
                    break
                other.sendall(data)
        with contextlib.suppress(OSError):
            other.shutdown(socket.SHUT_WR)
