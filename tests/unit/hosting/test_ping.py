"""Pings of processes that answer as they like: each is over in time, and passes by its status alone."""

from __future__ import annotations

import contextlib
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from secondlook.hosting.instances.instance import Address, unix
from secondlook.hosting.instances.kinds.local.process import ping

Says = Callable[[socket.socket], object]
Serve = Callable[[Says], Address]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Has somebody say something to whoever calls, and hang up."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder, socket.socket(socket.AF_UNIX) as listener:

        def answer(says: Says) -> None:
            with contextlib.suppress(OSError):
                connection, _ = listener.accept()
                with connection:
                    connection.recv(4096)
                    says(connection)

        def start(says: Says) -> Address:
            listener.bind(f"{folder}/1")
            listener.listen()
            threading.Thread(target=answer, args=[says], daemon=True).start()
            return unix(Path(folder, "1"))

        yield start


@pytest.mark.parametrize(
    ("said", "passes"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", True),
        (b"HTTP/1.0 200 \r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\n", True),
        (b"HTTP/1.1 204 No Content\r\n\r\n", False),
        (b"HTTP/1.1 500 Internal Server Error\r\n\r\n", False),
        (b"HTTP/1.1 2000 OK\r\n\r\n", False),
        (b"no HTTP\r\n", False),
        (b"HTTP/1.1 2", False),
        (b"", False),
    ],
)
def test_only_200_passes(serve: Serve, said: bytes, passes: bool) -> None:
    assert passes is ping(serve(lambda connection: connection.sendall(said)))


def _drip(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"H")
        time.sleep(0.2)


def _pour(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"H" * 4096)


def _be_silent(connection: socket.socket) -> None:
    connection.recv(1)


@pytest.mark.parametrize("says", [_drip, _pour, _be_silent])
def test_an_answer_without_an_end_does_not_pass(serve: Serve, says: Says) -> None:
    assert not ping(serve(says))


def test_nobody_there_does_not_pass(tmp_path: Path) -> None:
    assert not ping(unix(tmp_path / "nobody"))
