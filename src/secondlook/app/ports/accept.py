"""Accepts connections: each is counted before anything is read of it, its TLS handshake included."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
import ssl
from asyncio.sslproto import SSLProtocol
from collections.abc import Callable
from dataclasses import dataclass

from secondlook.app.ports.connections import Connection, Connections

log = logging.getLogger("secondlook.ports")

HANDSHAKE = 10
"""Seconds for a TLS handshake."""

UNSENT = 128 * 1024
"""Bytes of an answer that may wait in the kernel before more is given to it."""

CLOSED_AT_ONCE = 16
"""Connections to end at once when the system gives no more descriptors: many others are in its queue already."""

# asyncio keeps a buffer of 256 KiB for each TLS connection, idle or not; a record of TLS holds 16 KiB.
SSLProtocol.max_size = 32 * 1024

_EXHAUSTED = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
_TURNED_AWAY = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
)

_TLS_RECORD = b"\x16"
"""The first byte of a client that begins a TLS handshake (RFC 8446, 5.1); no request of HTTP begins so."""

ProtocolFactory = Callable[[Connection], asyncio.Protocol]


@dataclass(frozen=True, slots=True)
class Encryption:
    """How a port encrypts: never without a `context`, else always, or, where it `is_optional`, when the client begins so."""

    context: ssl.SSLContext | None = None
    is_optional: bool = False

    @property
    def may_be_plain(self) -> bool:
        return self.context is None or self.is_optional

    async def chosen_by(self, accepted: socket.socket) -> ssl.SSLContext | None:
        """The context for a client; raises TimeoutError if it must say something first, and does not."""
        if self.context is None or not self.is_optional:
            return self.context
        async with asyncio.timeout(HANDSHAKE):
            await _readable(accepted)
        return self.context if accepted.recv(1, socket.MSG_PEEK) == _TLS_RECORD else None


async def accept(
    listener: socket.socket,
    connections: Connections,
    protocol: ProtocolFactory,
    encryption: Encryption,
) -> None:
    """Accept until cancelled; `protocol` makes the protocol of an admitted connection, which must `leave` when it is lost."""
    loop = asyncio.get_running_loop()
    async with asyncio.TaskGroup() as greetings:
        while True:
            try:
                accepted, peer = await loop.sock_accept(listener)
            except OSError as error:
                if error.errno in _EXHAUSTED:
                    log.warning("no connection can be accepted: %s", error.strerror)
                    for _ in range(CLOSED_AT_ONCE):
                        connections.make_room()
                    await asyncio.sleep(0.01)  # until they are closed
                continue
            _greet(greetings, accepted, str(peer[0]), connections, protocol, encryption)
            # A flood of connections must not keep the event loop from everything else.
            await asyncio.sleep(0)


def _greet(
    greetings: asyncio.TaskGroup,
    accepted: socket.socket,
    peer: str,
    connections: Connections,
    protocol: ProtocolFactory,
    encryption: Encryption,
) -> None:
    # Else megabytes may wait in the kernel, and whether a slow client takes any of them shows too late.
    accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT)
    connection = connections.admit(peer)
    if connection is None:
        if encryption.may_be_plain:
            with contextlib.suppress(OSError):
                accepted.send(_TURNED_AWAY)
        accepted.close()
        return
    task = greetings.create_task(_hand_over(accepted, connection, connections, protocol, encryption))
    connection.close = task.cancel


async def _readable(accepted: socket.socket) -> None:
    """Wait until a client has said something, or has left; nothing is taken of it."""
    loop = asyncio.get_running_loop()
    said = asyncio.Event()
    loop.add_reader(accepted, said.set)
    try:
        await said.wait()
    finally:
        loop.remove_reader(accepted)


async def _hand_over(
    accepted: socket.socket,
    connection: Connection,
    connections: Connections,
    protocol: ProtocolFactory,
    encryption: Encryption,
) -> None:
    try:
        tls = await encryption.chosen_by(accepted)
        await asyncio.get_running_loop().connect_accepted_socket(
            lambda: protocol(connection),
            accepted,
            ssl=tls,
            ssl_handshake_timeout=HANDSHAKE if tls else None,
        )
    except BaseException as error:
        # Broken off, too slow, no TLS at all, or it made room: the protocol never saw it.
        accepted.close()
        connections.leave(connection)
        if not isinstance(error, (OSError, asyncio.CancelledError)):
            log.exception("a connection could not be taken over")
