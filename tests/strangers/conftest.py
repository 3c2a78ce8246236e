"""A server of their own for those who come without key or session, and what they cost it."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.running import Server


@dataclass(frozen=True)
class Victim:
    """A running server, and the memory it takes while nobody asks anything of it."""

    server: Server
    at_rest: int

    @property
    def memory(self) -> int:
        """Resident bytes of the server's process now."""
        return resident(self.server)

    def connect_tls(self) -> socket.socket:
        """A connection to the port for TLS, on which nothing was said yet."""
        return socket.create_connection(("127.0.0.1", self.server.tls_port), 30)

    def connect(self, source: str = "127.0.0.1") -> socket.socket:
        """A connection from an address of this machine."""
        return socket.create_connection(("127.0.0.1", self.server.port), 30, (source, 0))


def resident(server: Server) -> int:
    assert server.process is not None
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


@contextlib.contextmanager
def started(data: Path) -> Iterator[Victim]:
    server = Server(data).start()
    try:
        server.client("s3").list_buckets()  # what is loaded at the first request is no stranger's doing
        yield Victim(server, resident(server))
    finally:
        server.stop()


@pytest.fixture(scope="session")
def _shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Victim]:
    with started(tmp_path_factory.mktemp("strangers") / "data") as victim:
        yield victim


@pytest.fixture
def victim(_shared: Victim) -> Victim:
    return _shared


@pytest.fixture
def own_victim(tmp_path: Path) -> Iterator[Victim]:
    """One for a test that leaves its mark on the process."""
    with started(tmp_path / "data") as victim:
        yield victim


@pytest.fixture
def sockets() -> Iterator[Callable[[socket.socket], socket.socket]]:
    """Closes at the end of the test whatever it is handed."""
    with contextlib.ExitStack() as stack:
        yield stack.enter_context
