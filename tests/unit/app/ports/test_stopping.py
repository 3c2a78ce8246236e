"""What clients are told by a server that stops before it could answer them."""

from __future__ import annotations

import asyncio

from .recorder import GET, Recorder, connected


async def cancelled(application) -> Recorder:
    """A request whose grace is over when its application waits."""
    is_waiting = asyncio.Event()

    async def waiting(scope, receive, send) -> None:
        await application(send)
        is_waiting.set()
        await asyncio.Event().wait()

    protocol, recorder = connected(waiting)
    protocol.data_received(GET)
    await is_waiting.wait()
    (task,) = protocol.tasks
    task.cancel()
    await task
    protocol.connection_lost(None)
    return recorder


def test_a_request_that_outlasts_the_grace_is_to_be_tried_again(caplog) -> None:
    async def application(send) -> None:
        pass

    recorder = asyncio.run(cancelled(application))

    (write,) = recorder.writes
    assert write.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
    assert b"retry-after: 5\r\n" in write
    assert recorder.is_closed
    assert not caplog.records


def test_an_answer_that_outlasts_the_grace_is_broken_off_without_a_fault_in_the_log(caplog) -> None:
    async def application(send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"6")]})
        await send({"type": "http.response.body", "body": b"abc", "more_body": True})

    recorder = asyncio.run(cancelled(application))

    (write,) = recorder.writes
    assert write.endswith(b"\r\n\r\nabc")
    assert recorder.is_closed
    assert not caplog.records
