"""HTTP to model servers, kept alive: the shortest way from a prediction's request to its answer.

The proxy in front of a model must not be felt, so this is one parser (httptools, in C) on asyncio's transport, and
nothing that a model server does not need: no redirects, cookies, proxies or compression. Measured, aiohttp in its
place costs 0.13 to 0.2 ms more per call.
"""

from __future__ import annotations

import asyncio
import errno
import socket
import time
from collections import deque
from dataclasses import dataclass, field

import httptools

from secondlook.hosting.contract import MAX_PAYLOAD
from secondlook.hosting.instances.instance import Address

IDLE_SECONDS = 1.5
"""A connection unused for longer is not trusted: servers close idle ones after two seconds and more."""

KEPT = 64
"""Idle connections kept per address."""

SEND_BUFFER = 1 << 20
"""Bytes asked of the kernel, so that a photograph leaves in one go instead of waiting for the reader."""

CONNECT_SECONDS = 5.0
"""To each address of a server."""

TOGETHER = 65536
"""Bodies up to this size are sent in one piece with the head."""


class NoConnection(OSError):
    """No connection to the server could be made, so it has seen nothing of the request."""


class BrokenOff(Exception):
    """The server closed the connection, or spoke no HTTP, before its answer was complete."""


@dataclass(slots=True)
class Answer:
    """What a model server said. `whole` is False when the body was too large and has been cut."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)  # names in lower case
    body: bytes = b""
    whole: bool = True


class Connections:
    """Connections to model servers, by address. Belongs to one event loop."""

    def __init__(self) -> None:
        self._idle: dict[Address, deque[tuple[float, Connection]]] = {}

    async def post(self, address: Address, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """One request and its answer. Raises NoConnection, BrokenOff, or OSError where this server can open no more.

        A cancelled call closes its connection.
        """
        beginning = head(address, path, headers, len(body))
        connection = self._take(address) or await connect(address)
        try:
            answer = await connection.post(beginning, body)
        except BaseException:
            connection.close()
            raise
        self._put_back(address, connection)
        return answer

    def close(self) -> None:
        for idle in self._idle.values():
            for _, connection in idle:
                connection.close()
        self._idle.clear()

    def _take(self, address: Address) -> Connection | None:
        idle = self._idle.get(address)
        oldest = time.monotonic() - IDLE_SECONDS
        while idle:
            since, connection = idle.pop()
            if connection.usable and since > oldest:
                return connection
            connection.close()
        return None

    def _put_back(self, address: Address, connection: Connection) -> None:
        idle = self._idle.setdefault(address, deque())
        if connection.usable and len(idle) < KEPT:
            idle.append((time.monotonic(), connection))
        else:
            connection.close()
        if len(self._idle) > KEPT:  # addresses of instances that are long gone
            self._idle = {key: idle for key, idle in self._idle.items() if idle}


class Connection(asyncio.Protocol):
    """One connection: one request at a time, its answer parsed as it comes."""

    def __init__(self) -> None:
        self.usable = False
        self._transport: asyncio.Transport | None = None
        self._parser: httptools.HttpResponseParser | None = None
        self._waiting: asyncio.Future[Answer] | None = None
        self._answer = Answer()
        self._pieces: list[bytes] = []
        self._size = 0

    async def post(self, head: bytes, body: bytes) -> Answer:
        assert self._transport is not None
        self._parser = httptools.HttpResponseParser(self)
        self._answer, self._pieces, self._size = Answer(), [], 0
        self._waiting = asyncio.get_running_loop().create_future()
        if len(body) <= TOGETHER:
            self._transport.write(head + body)
        else:
            self._transport.write(head)
            self._transport.write(body)
        return await self._waiting

    def close(self) -> None:
        self.usable = False
        if self._transport is not None:
            self._transport.abort()  # nothing is left to be sent, and TLS would wait for the other side's farewell

    def hand_over(self, protocol: asyncio.Protocol) -> asyncio.Transport:
        """Let another protocol speak on this connection, from its first byte on; it closes the transport."""
        assert self._transport is not None
        self._transport.set_protocol(protocol)
        return self._transport

    # asyncio calls these

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self.usable = True

    def data_received(self, data: bytes) -> None:
        if self._parser is None or self._waiting is None:
            self.close()  # nobody asked
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._fail(f"the model server does not speak HTTP: {error}")

    def connection_lost(self, exc: Exception | None) -> None:
        self.usable = False
        if self._waiting is None or self._waiting.done():
            return
        framed = {"content-length", "transfer-encoding"} & self._answer.headers.keys()
        if self._answer.status and not framed:
            self.on_message_complete()  # an answer without a length ends with the connection
        else:
            self._fail(f"the model server closed the connection{f' ({exc})' if exc else ''}")

    # the parser calls these

    def on_header(self, name: bytes, value: bytes) -> None:
        self._answer.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        assert self._parser is not None
        self._answer.status = self._parser.get_status_code()

    def on_body(self, body: bytes) -> None:
        self._size += len(body)
        if self._size <= MAX_PAYLOAD:
            self._pieces.append(body)
        else:
            self._answer.whole = False
            self.on_message_complete()
            self.close()

    def on_message_complete(self) -> None:
        assert self._parser is not None
        if self._waiting is None or self._waiting.done():
            return
        if not self._parser.should_keep_alive():
            self.usable = False
        self._answer.body = b"".join(self._pieces)
        self._waiting.set_result(self._answer)

    def _fail(self, message: str) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(BrokenOff(message))
        self.close()


async def connect(address: Address) -> Connection:
    """A connection to the first of its addresses that takes one."""
    failure: OSError | None = None
    for ip in address.ips:
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                return await _open(ip, address)
        except OSError as error:
            if error.errno in {
                errno.EMFILE,
                errno.ENFILE,
            }:  # that is this server's own limit, and no other address helps
                raise
            failure = error
    raise NoConnection(f"no connection to {address.authority}: {failure}") from failure


async def _open(ip: str, address: Address) -> Connection:
    transport, connection = await asyncio.get_running_loop().create_connection(
        Connection, ip, address.port, ssl=address.tls, server_hostname=address.host if address.tls else None
    )
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    return connection


def head(address: Address, path: str, headers: dict[str, str], length: int) -> bytes:
    lines = [f"POST {address.path}{path} HTTP/1.1", f"Host: {address.authority}", f"Content-Length: {length}"]
    lines += (f"{name}: {value}" for name, value in headers.items())
    if any("\r" in line or "\n" in line for line in lines):
        raise ValueError("a header contains a line break")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
