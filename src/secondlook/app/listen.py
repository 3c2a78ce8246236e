"""The ports: plain HTTP and TLS in one event loop, one application behind both."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

GRACE = 10
"""Seconds that requests under way have when the server stops."""


class PortTaken(Exception):
    """A port cannot be listened on; the message says which and what to do."""


class _Server(uvicorn.Server):
    """Leaves signals to `listen`, which has more than one server to stop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; raises PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Accepted sockets inherit it; without it small answers wait for the client's delayed acknowledgement.
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        found.bind((host, port))
    except OSError as error:
        found.close()
        raise PortTaken(
            f"Cannot listen on {host}:{port}: {error.strerror}. Choose another with --port or --tls-port."
        ) from error
    found.listen(1024)
    found.setblocking(False)
    return found


async def listen(
    app: ASGIApp,
    plain: socket.socket,
    tls: tuple[socket.socket, Path, Path] | None,
    ready: Callable[[], None],
) -> None:
    """Serve until SIGINT or SIGTERM; `ready` is called once both ports answer."""
    servers = [(_server(app), plain)]
    if tls is not None:
        encrypted, cert, key = tls
        servers.append((_server(app, ssl_certfile=cert, ssl_keyfile=str(key)), encrypted))
    loop = asyncio.get_running_loop()

    def stop() -> None:
        for server, _ in servers:
            server.force_exit = server.should_exit
            server.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    async with asyncio.TaskGroup() as tasks:
        for server, listener in servers:
            tasks.create_task(server.serve(sockets=[listener]))
        while not all(server.started or server.should_exit for server, _ in servers):  # noqa: ASYNC110  (uvicorn has a flag, no event)
            await asyncio.sleep(0.005)
        ready()


def _server(app: ASGIApp, **tls: str | Path) -> _Server:
    return _Server(
        uvicorn.Config(
            app,
            http="httptools",
            ws="none",
            lifespan="off",
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=GRACE,
            **tls,  # type: ignore[arg-type]
        )
    )
