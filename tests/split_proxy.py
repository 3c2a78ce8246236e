"""A proxy on loopback through which answers arrive in pieces, as they do over a slow line.

Straight over loopback a whole page comes at once, and what happens to a page that is still arriving is never seen.
"""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import sleep

SEGMENT = 1400
"""Bytes of a piece: what a packet carries."""
PAUSE = 0.03
"""Seconds between two pieces."""


@contextmanager
def split(port: int) -> Iterator[int]:
    """The port of a proxy that passes requests on to `port` as they are and brings the answers in pieces."""

    class Line(socketserver.BaseRequestHandler):
        request: socket.socket

        def handle(self) -> None:
            with socket.create_connection(("127.0.0.1", port)) as server, suppress(ConnectionError):
                asking = threading.Thread(target=_pass_on, args=(self.request, server))
                asking.start()
                _bring(server, self.request)
                asking.join()

    class Proxy(socketserver.ThreadingTCPServer):
        request_queue_size = 100

    with Proxy(("127.0.0.1", 0), Line) as proxy:
        accepting = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.01})
        accepting.start()
        yield proxy.server_address[1]
        proxy.shutdown()
        accepting.join()


def _pass_on(browser: socket.socket, server: socket.socket) -> None:
    with suppress(OSError):
        while data := browser.recv(65536):
            server.sendall(data)
        server.shutdown(socket.SHUT_WR)


def _bring(server: socket.socket, browser: socket.socket) -> None:
    """Passes the answer on piece by piece, and closes the line when it ends."""
    browser.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with suppress(OSError):
        while piece := server.recv(SEGMENT):
            browser.sendall(piece)
            # The pause is the slow line itself, not a wait for something to happen.
            sleep(PAUSE)
    with suppress(OSError):
        browser.shutdown(socket.SHUT_RDWR)
