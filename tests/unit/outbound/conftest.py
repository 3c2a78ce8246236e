"""A real server on this machine that behaves well or badly, as its path says."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass
class Neighbour:
    """Somebody else's server: `port` to reach it, `seen` its requests."""

    port: int
    leave: threading.Event
    seen: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    place: Neighbour


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.server.place.seen.append((self.command, self.path, dict(self.headers), self.rfile.read(length)))
        verb, _, rest = self.path.strip("/").partition("/")
        getattr(self, f"_{verb}")(rest)

    do_POST = do_GET  # noqa: N815  (http.server names methods so)

    def _reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _hello(self, rest: str) -> None:
        self._reply(200, b"hello " + rest.encode())

    def _status(self, rest: str) -> None:
        self._reply(int(rest), b"as asked")

    def _to(self, rest: str) -> None:
        self._reply(
            302, Location=rest.replace("circle", "/to/circle").replace("PORT", str(self.server.place.port))
        )

    def _bytes(self, rest: str) -> None:
        self._reply(200, b"x" * int(rest))

    def _endless(self, _rest: str) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while not self.server.place.leave.is_set():
            self.wfile.write(b"5\r\nxxxxx\r\n")

    def _hang(self, _rest: str) -> None:
        self.server.place.leave.wait(30)

    def _drip(self, _rest: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        while not self.server.place.leave.wait(0.02):
            self.wfile.write(b"x")

    def _short(self, _rest: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"only this")
        self.close_connection = True

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # the client hung up, as some tests want
            super().handle()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def neighbour() -> Iterator[Neighbour]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.place = Neighbour(server.server_port, threading.Event())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.place
    server.place.leave.set()
    server.shutdown()
    server.server_close()
    thread.join()
