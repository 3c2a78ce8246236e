"""How many writes an answer takes: what a server that is killed has sent by then is all that its client gets."""

from __future__ import annotations

import asyncio

import pytest

from secondlook.app.ports.one_write import WITH_HEAD

from .recorder import GET, Recorder, connected

HEAD = GET.replace(b"GET", b"HEAD")
CLOSE = GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")


async def answer(send, body: bytes) -> None:
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def writes_of(request: bytes, body: bytes, answers: int = 1) -> list[bytes]:
    async def application(scope, receive, send) -> None:
        await answer(send, body)

    protocol, recorder = connected(application)
    protocol.data_received(request)
    for _ in range(answers):
        await asyncio.gather(*protocol.tasks)
    protocol.connection_lost(None)
    return recorder.writes


@pytest.mark.parametrize("request_", [GET, CLOSE, GET.replace(b"1.1", b"1.0")], ids=["kept", "close", "1.0"])
@pytest.mark.parametrize("body", [b"", b"{}", b"x" * WITH_HEAD], ids=["none", "small", "as large as can be"])
def test_a_small_answer_is_one_write(request_: bytes, body: bytes) -> None:
    (write,) = asyncio.run(writes_of(request_, body))

    assert write.startswith(b"HTTP/1.1 200 OK\r\n")
    assert write.partition(b"\r\n\r\n")[2] == body


def test_a_head_without_a_body_is_one_write() -> None:
    (write,) = asyncio.run(writes_of(HEAD, b"{}"))

    assert write.endswith(b"content-length: 2\r\n\r\n")


def test_each_of_pipelined_answers_is_one_write() -> None:
    writes = asyncio.run(writes_of(GET + HEAD + GET, b"{}", answers=3))

    assert [write.partition(b"\r\n\r\n")[2] for write in writes] == [b"{}", b"", b"{}"]


def test_a_large_body_begins_with_its_head() -> None:
    head, rest = asyncio.run(writes_of(GET, b"x" * WITH_HEAD + b"y" * WITH_HEAD))

    assert head.endswith(b"\r\n\r\n" + b"x" * WITH_HEAD)
    assert rest == b"y" * WITH_HEAD


async def _head_of_a_slow_body() -> list[bytes]:
    go_on = asyncio.Event()

    async def application(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"6")]})
        await go_on.wait()
        for piece in (b"abc", b"def"):
            await send({"type": "http.response.body", "body": piece, "more_body": piece == b"abc"})

    protocol, recorder = connected(application)
    protocol.data_received(GET)
    async with asyncio.timeout(30):
        await recorder.is_written_to.wait()
    go_on.set()
    await asyncio.gather(*protocol.tasks)
    protocol.connection_lost(None)
    return recorder.writes


def test_a_body_that_is_still_to_come_keeps_no_head_back() -> None:
    head, *pieces = asyncio.run(_head_of_a_slow_body())

    assert head.endswith(b"\r\n\r\n")
    assert pieces == [b"abc", b"def"]


async def _stopped_in_the_turn_of_its_answer() -> Recorder:
    async def application(scope, receive, send) -> None:
        await answer(send, b"{}")
        protocol.shutdown()

    protocol, recorder = connected(application)
    protocol.data_received(HEAD)
    await asyncio.gather(*protocol.tasks)
    protocol.connection_lost(None)
    return recorder


def test_a_head_leaves_before_its_connection_is_closed() -> None:
    recorder = asyncio.run(_stopped_in_the_turn_of_its_answer())

    assert recorder.is_closed
    assert len(recorder.writes) == 1
