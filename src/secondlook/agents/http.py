"""The tools over HTTP on this machine, for hosts that start no processes: who knows the token may ask.

Loopback is open to everybody on the machine, and to the pages of every browser there. So each request has to bring the token; the
SDK also looks at Host and Origin, against pages that a name leads here.
"""

from __future__ import annotations

import hmac
import socket

import uvicorn
from mcp.server.mcpserver import MCPServer
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

HOST = "127.0.0.1"
PATH = "/mcp"

LAST_WORDS = 3
"""Seconds that requests have to end in when the process is told to."""


class WithToken:
    """Lets in who brings the token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._expected = f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            given = Headers(scope=scope).get("Authorization", "").encode()
            if not hmac.compare_digest(given, self._expected):
                refusal = PlainTextResponse(
                    "Send the header Authorization: Bearer TOKEN, with the token that `secondlook mcp` was started with.\n",
                    status_code=401,
                    headers={"WWW-Authenticate": "Bearer"},
                )
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)


def listen(port: int) -> socket.socket:
    """The port, taken; raises OSError where another program has it."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError:
        listener.close()
        raise
    return listener


def serve(server: MCPServer, listener: socket.socket, token: str) -> None:
    """Until the process is told to end."""
    app = WithToken(server.streamable_http_app(streamable_http_path=PATH, host=HOST), token)
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=LAST_WORDS)
    uvicorn.Server(config).run(sockets=[listener])
