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
from collections.abc import Callable
from dataclasses import dataclass

import httptools

from secondlook.hosting.contract import MAX_PAYLOAD
from secondlook.hosting.instances.instance import Address
from secondlook.hosting.invocation.receiver import Answer, BrokenOff, Pieces, Receiver, Whole

IDLE_SECONDS = 1.5
"""A connection unused for longer is not trusted: servers close idle ones after two seconds and more."""

KEPT = 64
"""Idle connections kept per address."""

SEND_BUFFER = 6 << 20
"""Bytes asked of the kernel, which gives what it may, so that a body leaves in one go instead of waiting for the reader."""

CONNECT_SECONDS = 5.0
"""To each address of a server."""

TOGETHER = 65536
"""Bodies up to this size are sent in one piece with the head."""

MOST_HEAD = 64 * 1024
"""Bytes of the head of an answer, or of what else stands between the pieces of its body."""

INFORMATIONAL = range(100, 200)
LEAST_STATUS = 100

OWN_LIMITS = frozenset({errno.EMFILE, errno.ENFILE})
"""Errors by which this server itself can open no more connections."""


class NoConnection(OSError):
    """No connection to the server could be made, so it has seen nothing of the request."""


class Connections:
    """Connections to model servers, by address. Belongs to one event loop. `largest` is the size of an answer, in bytes."""

    def __init__(self, largest: int = MAX_PAYLOAD) -> None:
        self._largest = largest
        self._idle: dict[Address, deque[tuple[float, Connection]]] = {}

    async def post(self, address: Address, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """One request and its answer. Raises NoConnection, BrokenOff, or OSError where this server can open no more.

        A cancelled call closes its connection.
        """
        beginning = head(address, path, headers, len(body))
        connection = self._take(address) or await connect(address)
        try:
            whole = Whole(self._largest)
            connection.send(beginning, body, whole)
            answer = await whole.answer
        except BaseException:
            connection.close()
            raise
        self._put_back(address, connection)
        return answer

    async def open(self, address: Address, path: str, headers: dict[str, str], body: bytes) -> Stream:
        """As `post`, but answers once the head of the answer is there; the body is read from what it gives."""
        beginning = head(address, path, headers, len(body))
        connection = self._take(address) or await connect(address)
        try:
            pieces = connection.pieces()
            connection.send(beginning, body, pieces)
            answer = await pieces.head
        except BaseException:
            connection.close()
            raise
        return Stream(answer, pieces, connection, lambda: self._put_back(address, connection))

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


@dataclass(slots=True)
class Stream:
    """An answer whose body is still coming; `answer` is its head. To be closed, whether it was read to its end or not."""

    answer: Answer
    _pieces: Pieces
    _connection: Connection
    _put_back: Callable[[], None]

    async def read(self) -> bytes:
        """The next piece; nothing once the answer is complete. Raises BrokenOff."""
        return await self._pieces.read()

    def close(self) -> None:
        """Let go of the connection: kept for the next call if the answer is over, else closed, so that the model hears of it."""
        if self._pieces.is_over:
            self._put_back()
        else:
            self._connection.close()


class Connection(asyncio.Protocol):
    """One connection: one request at a time, its answer parsed as it comes.

    A model is somebody else's code: what it says out of turn is never taken for the answer to the next request.
    """

    def __init__(self) -> None:
        self.usable = False
        self._transport: asyncio.Transport | None = None
        self._parser: httptools.HttpResponseParser | None = None
        self._receiver: Receiver | None = None
        self._headers: dict[str, str] = {}
        self._status = 0
        self._unheard = 0
        self._room = asyncio.Event()
        self._room.set()

    def send(self, head: bytes, body: bytes, receiver: Receiver) -> None:
        """Begin a request; `receiver` hears of its answer."""
        assert self._transport is not None
        self._parser = httptools.HttpResponseParser(self)
        self._receiver = receiver
        self._headers, self._status, self._unheard = {}, 0, 0
        if not self.usable:  # it was closed since it was taken
            self._fail("the model server closed the connection")
        elif len(body) <= TOGETHER:
            self._transport.write(head + body)
        else:
            self._transport.write(head)
            self._transport.write(memoryview(body))  # asyncio copies of it only what does not leave at once

    async def send_more(self, piece: bytes) -> bool:
        """A piece of a body that `send` began, once there is room for it. False: nobody waits for the rest of it any more."""
        assert self._transport is not None
        await self._room.wait()
        if self._receiver is None:
            return False
        self._transport.write(piece)
        return True

    def pieces(self) -> Pieces:
        """A receiver that lets this connection wait while nobody reads."""
        assert self._transport is not None
        return Pieces(self._transport)

    def close(self) -> None:
        self.usable = False
        if self._transport is not None:
            self._transport.abort()  # nothing is left to be sent, and TLS would wait for the other side's farewell

    # asyncio calls these

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self.usable = True

    def data_received(self, data: bytes) -> None:
        if self._parser is None or self._receiver is None:
            self.close()  # nobody asked
            return
        self._unheard += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self._fail(f"the model server does not speak HTTP: {error}")
        if self._unheard > MOST_HEAD:
            self._fail(f"the model server sent more than {MOST_HEAD:,} bytes of headers")

    def pause_writing(self) -> None:
        self._room.clear()

    def resume_writing(self) -> None:
        self._room.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.usable = False
        self._room.set()
        framed = {"content-length", "transfer-encoding"} & self._headers.keys()
        if self._receiver is not None and self._status and not framed:
            self._end()  # an answer without a length ends with the connection
        else:
            self._fail(f"the model server closed the connection{f' ({exc})' if exc else ''}")

    # the parser calls these

    def on_message_begin(self) -> None:
        if self._receiver is None:
            self.usable = False  # a second answer: nobody asked for it

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._status:  # those behind a chunked body are nobody's
            self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        assert self._parser is not None
        status = self._parser.get_status_code()
        if self._receiver is None:
            return
        if status in INFORMATIONAL:
            self._headers = {}
            return
        if status < LEAST_STATUS:
            self._fail(f"the model server does not speak HTTP: {status:03} is no status")
            return
        self._status = status
        self._receiver.begun(status, self._headers)

    def on_body(self, body: bytes) -> None:
        self._unheard = 0
        if self._receiver is not None and not self._receiver.take(body):
            self._end()
            self.close()

    def on_message_complete(self) -> None:
        assert self._parser is not None
        if self._receiver is None or not self._status:  # or 100 Continue, with the answer still to come
            return
        if not self._parser.should_keep_alive():
            self.usable = False
        self._end()

    def _end(self) -> None:
        receiver, self._receiver = self._receiver, None
        if receiver is not None:
            receiver.ended()

    def _fail(self, message: str) -> None:
        receiver, self._receiver = self._receiver, None
        if receiver is not None:
            receiver.failed(BrokenOff(message))
        self.close()


async def connect(address: Address) -> Connection:
    """A connection to the first of its addresses that takes one."""
    failure: OSError | None = None
    for ip in address.ips or ("",):
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                return await _open(ip, address)
        except OSError as error:
            if error.errno in OWN_LIMITS:  # no other address helps
                raise
            failure = error
    raise NoConnection(f"no connection to {address.socket or address.authority}: {failure}") from failure


async def _open(ip: str, address: Address) -> Connection:
    loop = asyncio.get_running_loop()
    if address.socket is not None:
        transport, connection = await loop.create_unix_connection(Connection, str(address.socket))
    else:
        transport, connection = await loop.create_connection(
            Connection,
            ip,
            address.port,
            ssl=address.tls,
            server_hostname=address.host if address.tls else None,
        )
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    return connection


def head(address: Address, path: str, headers: dict[str, str], length: int) -> bytes:
    lines = [f"POST {address.path}{path} HTTP/1.1", f"Host: {address.authority}", f"Content-Length: {length}"]
    lines += (f"{name}: {value}" for name, value in headers.items())
    if any("\r" in line or "\n" in line for line in lines):
        raise ValueError("a header contains a line break")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
