"""What a model server sends, as Ray Serve passes it on: whole, in pieces, broken off, given up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from starlette.responses import Response, StreamingResponse

from secondlook.hosting.instances.kinds.ray.response import BrokenOff, answered
from secondlook.hosting.runtimes.call import Predict, Reply
from secondlook.hosting.runtimes.overrun import Overrun
from secondlook.hosting.runtimes.serving import ModelServer

Result = TypeVar("Result")
SCOPE = {"type": "http", "path": "/invocations", "method": "POST", "headers": [(b"accept", b"text/plain")]}


def in_pieces(pieces: Iterator[bytes]) -> Reply:
    return Reply(b"", "text/plain", pieces=pieces)


def ask(predict: Predict, then: Callable[[Response], Awaitable[Result]]) -> Result:
    """What `then` makes of the response of a model server around `predict`."""

    async def call(pool: ThreadPoolExecutor) -> Result:
        asked = [{"type": "http.request", "body": b"body", "more_body": False}]

        async def receive() -> dict[str, Any]:
            if not asked:
                await asyncio.Event().wait()
            return asked.pop()

        return await then(await answered(ModelServer(predict, pool, Overrun(10)), SCOPE, receive))

    with ThreadPoolExecutor(1) as pool:
        return asyncio.run(asyncio.wait_for(call(pool), 20))


async def read(response: Response) -> tuple[type[Response], bytes, str]:
    body = bytes(response.body) if not isinstance(response, StreamingResponse) else b""
    if isinstance(response, StreamingResponse):
        async for piece in response.body_iterator:
            assert isinstance(piece, bytes)
            body += piece
    return type(response), body, response.headers["content-type"]


def test_a_reply_is_a_response() -> None:
    assert ask(lambda request: Reply(request.body, request.accept), read) == (Response, b"body", "text/plain")


def test_a_reply_in_pieces_is_a_response_in_pieces() -> None:
    assert ask(lambda _: in_pieces(iter([b"a", b"", b"b"])), read) == (
        StreamingResponse,
        b"ab",
        "text/plain",
    )


def test_a_reply_that_breaks_off_is_no_complete_response() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"a"
        raise ValueError("lost")

    with pytest.raises(BrokenOff):
        ask(lambda _: in_pieces(pieces()), read)


def test_a_response_that_is_given_up_ends_the_prediction() -> None:
    closed: list[bool] = []

    def pieces() -> Iterator[bytes]:
        try:
            while True:
                yield bytes(4096)
        finally:
            closed.append(True)

    async def leave(response: Response) -> None:
        assert isinstance(response, StreamingResponse)
        pieces = response.body_iterator
        assert isinstance(pieces, AsyncGenerator)
        await anext(pieces)
        await pieces.aclose()

    ask(lambda _: in_pieces(pieces()), leave)
    assert closed == [True]
