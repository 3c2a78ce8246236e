"""What a model server sends, as Ray Serve passes it on: whole, in pieces, broken off, given up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
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


def ask(predict: Predict, then: Callable[[Response], Awaitable[Result]]) -> Result:
    """What `then` makes of the response of a model server around `predict`."""

    async def call(pool: ThreadPoolExecutor) -> Result:
        asked = [{"type": "http.request", "body": b"body", "more_body": False}]

        async def receive() -> dict[str, Any]:
            return asked.pop() if asked else await asyncio.Event().wait()

        return await then(await answered(ModelServer(predict, pool, Overrun(10)), SCOPE, receive))

    with ThreadPoolExecutor(1) as pool:
        return asyncio.run(asyncio.wait_for(call(pool), 20))


async def read(response: Response) -> tuple[type[Response], bytes, str]:
    pieces = (
        [piece async for piece in response.body_iterator] if isinstance(response, StreamingResponse) else []
    )
    return type(response), b"".join(pieces) or response.body, response.headers["content-type"]


def test_a_reply_is_a_response() -> None:
    assert ask(lambda request: Reply(request.body, request.accept), read) == (Response, b"body", "text/plain")


def test_a_reply_in_pieces_is_a_response_in_pieces() -> None:
    assert ask(lambda _: Reply(iter([b"a", b"", b"b"]), "text/plain"), read) == (
        StreamingResponse,
        b"ab",
        "text/plain",
    )


def test_a_reply_that_breaks_off_is_no_complete_response() -> None:
    def pieces():
        yield b"a"
        raise ValueError("lost")

    with pytest.raises(BrokenOff):
        ask(lambda _: Reply(pieces(), "text/plain"), read)


def test_a_response_that_is_given_up_ends_the_prediction() -> None:
    closed = []

    def pieces():
        try:
            while True:
                yield bytes(4096)
        finally:
            closed.append(True)

    async def leave(response: Response) -> None:
        assert isinstance(response, StreamingResponse)
        await anext(response.body_iterator)
        await response.body_iterator.aclose()

    ask(lambda _: Reply(pieces(), "text/plain"), leave)
    assert closed == [True]
