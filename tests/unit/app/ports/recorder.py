"""One connection of the ports without a network, which notes what is written to it."""

from __future__ import annotations

import asyncio

from uvicorn.config import Config
from uvicorn.server import ServerState

from secondlook.app.ports.connections import Connections
from secondlook.app.ports.limits import Limits
from secondlook.app.ports.protocol import Protocol

GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Recorder(asyncio.Transport):
    """A connection that notes each write."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: list[bytes] = []
        self.is_written_to = asyncio.Event()
        self.is_closed = False

    def write(self, data: bytes) -> None:
        assert not self.is_closed
        self.writes.append(bytes(data))
        self.is_written_to.set()

    def close(self) -> None:
        self.is_closed = True

    abort = close

    def is_closing(self) -> bool:
        return self.is_closed

    def pause_reading(self) -> None:
        pass

    resume_reading = pause_reading


def connected(application) -> tuple[Protocol, Recorder]:
    config = Config(application, http="httptools", ws="none", lifespan="off", log_config=None)
    config.load()
    limits = Limits()
    connections = Connections(limits, lambda _: False)
    protocol = Protocol(config, ServerState(), connections.admit("127.0.0.1"), connections, limits)
    recorder = Recorder()
    protocol.connection_made(recorder)
    return protocol, recorder
