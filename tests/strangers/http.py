"""HTTP as nobody's client would speak it: by hand, on a socket."""

from __future__ import annotations

import contextlib
import socket

STEP = 64 * 1024


def pour(connection: socket.socket, piece: bytes, most: int) -> int:
    """Send `piece` again and again, up to `most` bytes, until the server hears no more; how many bytes it took."""
    sent = 0
    with contextlib.suppress(ConnectionError):
        while sent < most:
            sent += connection.send(piece)
    return sent


def answer(connection: socket.socket) -> bytes:
    """All that comes until the server closes; what was there when it reset the connection counts too."""
    parts = []
    with contextlib.suppress(ConnectionError):
        while part := connection.recv(STEP):
            parts.append(part)
    return b"".join(parts)


def status(connection: socket.socket) -> int:
    """The status of the next answer."""
    line = b""
    while not line.endswith(b"\r\n"):
        byte = connection.recv(1)
        assert byte, f"the server closed after {line!r}"
        line += byte
    return int(line.split()[1])
