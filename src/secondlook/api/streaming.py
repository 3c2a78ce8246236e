"""A body on its way out, for as long as somebody listens and there is something to read.

A server's `send` says nothing when the client has left; only `receive` does. Without a look at it, a download that was
given up would be read to its end.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing

from anyio import CancelScope, create_task_group
from starlette.types import Receive, Send

from secondlook.store.errors import ObjectError

log = logging.getLogger("secondlook.api")


async def stream(receive: Receive, send: Send, pieces: AsyncGenerator[bytes], name: str) -> None:
    """Send `pieces` as the body of a response that has begun; they are closed at the end, or when the client leaves.

    When they end too early, because a disk or the S3 behind this server fails, nothing can be said in the response any more:
    it stays unfinished, so the server closes the connection and the client knows. The log says it of `name`.
    """
    async with create_task_group() as tasks, aclosing(pieces):
        tasks.start_soon(_watch, receive, tasks.cancel_scope)
        try:
            async for piece in pieces:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        except ObjectError as error:
            log.warning("%s broke off: %s", name, error)
        tasks.cancel_scope.cancel()


async def _watch(receive: Receive, sending: CancelScope) -> None:
    """Break the sending off as soon as nobody reads it; what else still arrives of the request is not wanted."""
    while (await receive())["type"] != "http.disconnect":
        pass
    sending.cancel()
