"""What an ASGI application sends, as the response that Ray Serve wants from a deployment: whole, or in pieces as they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, MutableMapping
from contextlib import suppress
from typing import Any

from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope


class BrokenOff(Exception):
    """The application ended before its answer was complete."""


async def answered(application: ASGIApp, scope: Scope, receive: Receive) -> Response:
    """The response, once its head and first piece are there. Raises BrokenOff where they never come."""
    sending = _Sending(application, scope, receive)
    start, body = await sending.next(), await sending.next()
    if not body.get("more_body", False):
        await sending.over()
        response = Response(body["body"], start["status"])
    else:
        response = StreamingResponse(sending.pieces(body["body"]), start["status"])
    response.raw_headers = start["headers"]
    return response


class _Sending:
    """An application at work. One message at a time waits to be taken; once nobody takes them, it hears that the client has left."""

    def __init__(self, application: ASGIApp, scope: Scope, receive: Receive) -> None:
        self._messages: asyncio.Queue[MutableMapping[str, Any] | None] = asyncio.Queue(1)
        self._receive = receive
        self._left = asyncio.Event()
        self._work = asyncio.create_task(self._run(application, scope))

    async def next(self) -> MutableMapping[str, Any]:
        message = await self._messages.get()
        if message is None:
            await self.over()
            raise BrokenOff("the model broke off its answer")
        return message

    async def over(self) -> None:
        """Wait for its end. Raises what it raised."""
        self._leave()
        await self._work

    async def pieces(self, first: bytes) -> AsyncGenerator[bytes]:
        try:
            yield first
            more = True
            while more:
                message = await self.next()
                yield message.get("body", b"")
                more = message.get("more_body", False)
            await self.over()
        finally:
            self._leave()

    def _leave(self) -> None:
        self._left.set()
        with suppress(asyncio.QueueEmpty):
            self._messages.get_nowait()

    async def _run(self, application: ASGIApp, scope: Scope) -> None:
        try:
            await application(scope, self._heard, self._send)
        finally:
            if not self._left.is_set():
                await self._messages.put(None)

    async def _send(self, message: Message) -> None:
        if not self._left.is_set():
            await self._messages.put(message)

    async def _heard(self) -> Message:
        """The request's next message, or that nobody listens any more."""
        left, message = asyncio.ensure_future(self._left.wait()), asyncio.ensure_future(self._receive())
        try:
            await asyncio.wait((left, message), return_when=asyncio.FIRST_COMPLETED)
            return message.result() if message.done() else {"type": "http.disconnect"}
        finally:
            left.cancel()
            message.cancel()
