"""The ports: plain HTTP and TLS in one event loop, one application behind all."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from secondlook.app.ports import quiet
from secondlook.app.ports.accept import Encryption, accept
from secondlook.app.ports.connections import Connection, Connections
from secondlook.app.ports.limits import Limits, connections_within, raise_descriptors
from secondlook.app.ports.protocol import Protocol
from secondlook.store import disk

log = logging.getLogger("secondlook.ports")

GRACE = 10
"""Seconds that requests under way have when the server stops."""

BACKLOG = 1024


@dataclass(frozen=True, slots=True)
class Port:
    """A bound socket. With a certificate and its key it speaks TLS; where it also `speaks_plain`, clients decide by how they begin."""

    listener: socket.socket
    certificate: tuple[Path, Path] | None = None
    speaks_plain: bool = False


class PortTaken(Exception):
    """A port cannot be listened on; the message says which and what to do."""


class _Server(uvicorn.Server):
    """Accepts nothing itself (`accept` does), and leaves signals to `listen`, which has more than one server to stop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def bind(host: str, port: int) -> socket.socket:
    """A socket that has its port, and accepts nothing until `listen`; raises PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Accepted sockets inherit it; without it small answers wait for the client's delayed acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise _taken(host, port, error) from error
    listener.setblocking(False)
    return listener


def _open(listener: socket.socket) -> None:
    """Let clients in. Of two sockets that were bound at once, the second learns only here that the port is taken."""
    host, port, *_ = listener.getsockname()
    try:
        listener.listen(BACKLOG)
    except OSError as error:
        raise _taken(host, port, error) from error


def _taken(host: str, port: int, error: OSError) -> PortTaken:
    is_elsewhere = error.errno == errno.EADDRNOTAVAIL
    advice = "an address of this machine with --host" if is_elsewhere else "another with --port or --tls-port"
    return PortTaken(f"Cannot listen on {host}:{port}: {error.strerror}. Choose {advice}.")


def _to_signals(stop: Callable[[], None]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop)


async def listen(
    app: ASGIApp,
    ports: Sequence[Port],
    ready: Callable[[], None],
    is_proxy: Callable[[str], bool],
    limits: Limits | None = None,
    stopping: Callable[[], None] = lambda: None,
    give_stop: Callable[[Callable[[], None]], None] = _to_signals,
) -> None:
    """Serve until SIGINT or SIGTERM; `ready` is called once all ports answer, `is_proxy` says which peers speak for others.

    `stopping` is called as soon as the signal arrives, while requests still have their grace. In a thread, which hears no
    signals, `give_stop` takes what ends it, to be called in its event loop.
    """
    limits = limits or Limits()
    within = connections_within(raise_descriptors(), limits.connections)
    limits = replace(limits, connections=within)
    quiet.install("uvicorn.error", "asyncio", "secondlook.ports", disk.LOG)
    connections = Connections(limits, is_proxy)
    servers = [(_server(app, limits, port), port) for port in ports]
    tending: list[asyncio.Task[None]] = []

    def stop() -> None:
        stopping()
        for task in tending:
            task.cancel()
        for server, _ in servers:
            server.force_exit = server.should_exit
            server.should_exit = True

    give_stop(stop)
    # Only then: who sees a port open may end this process at once, and it must go down in order.
    for port in ports:
        _open(port.listener)
    async with asyncio.TaskGroup() as tasks:
        tending += [tasks.create_task(_accept(server, port, connections, limits)) for server, port in servers]
        tending.append(tasks.create_task(_check(servers)))
        for server, _ in servers:
            tasks.create_task(server.serve(sockets=[]))
        while not all(server.started or server.should_exit for server, _ in servers):  # noqa: ASYNC110  (uvicorn has a flag, no event)
            await asyncio.sleep(0.005)
        ready()


async def _accept(server: _Server, port: Port, connections: Connections, limits: Limits) -> None:
    def protocol(connection: Connection) -> Protocol:
        return Protocol(server.config, server.server_state, connection, connections, limits)

    with port.listener:
        await accept(port.listener, connections, protocol, Encryption(server.config.ssl, port.speaks_plain))


async def _check(servers: list[tuple[_Server, Port]]) -> None:
    """Look once a second for clients that are too slow."""
    while True:
        await asyncio.sleep(1)
        for server, _ in servers:
            for connection in list(server.server_state.connections):
                assert isinstance(connection, Protocol)
                try:
                    connection.check()
                except Exception:
                    # Whatever is wrong with one connection, the others go on.
                    log.exception("a connection could not be looked after")
                    connection.transport.abort()


def _server(app: ASGIApp, limits: Limits, port: Port) -> _Server:
    cert, key = port.certificate or (None, None)
    config = uvicorn.Config(
        app,
        http="httptools",
        ws="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=limits.idle_seconds,
        timeout_graceful_shutdown=GRACE,
        ssl_certfile=cert,
        ssl_keyfile=key,
    )
    config.load()
    return _Server(config)
