"""What becomes of a request that outlasts the grace of a stop: uvicorn cancels it then, and would answer a bare 500 with a traceback."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from secondlook.wire.http import RETRY_SECONDS

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, Scope

_HEADERS = [
    (b"retry-after", str(RETRY_SECONDS).encode()),
    (b"connection", b"close"),
    (b"content-length", b"0"),
]


async def answered(
    app: ASGI3Application,
    cycle: RequestResponseCycle,
    scope: Scope,
    receive: ASGIReceiveCallable,
    send: ASGISendCallable,
) -> None:
    """Have `app` answer. If it is cancelled, the client gets 503 without a body, which SDKs try again; or the end of its
    connection, if an answer has begun.
    """
    try:
        await app(scope, receive, send)
    except asyncio.CancelledError:
        if not cycle.response_started:
            await send({"type": "http.response.start", "status": 503, "headers": _HEADERS, "trailers": False})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        elif not cycle.response_complete:
            cycle.disconnected = True
            cycle.transport.close()
