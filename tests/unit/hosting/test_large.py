"""Bodies that are larger than memory should hold, against models that answer well, early, oddly and not at all."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from secondlook.hosting.instances.instance import Address
from secondlook.hosting.invocation.connection import connect, head
from secondlook.hosting.invocation.large import exchange
from secondlook.hosting.invocation.receiver import Answer, BrokenOff

CHUNK = 1 << 18
Model = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Chunks:
    """A body of zeros, and how much of it was asked for."""

    size: int
    asked: int = 0
    failure: Exception | None = None

    def chunks(self) -> Iterator[bytes]:
        while self.asked < self.size:
            if self.failure is not None and self.asked:
                raise self.failure
            self.asked += CHUNK
            yield bytes(CHUNK)


class Sink:
    def __init__(self, failure: Exception | None = None) -> None:
        self.size, self.failure = 0, failure

    def write(self, chunk: bytes) -> None:
        if self.failure is not None:
            raise self.failure
        self.size += len(chunk)


@asynccontextmanager
async def listening(model: Model) -> AsyncIterator[Address]:
    talking: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talking.add(asyncio.current_task())
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            await model(reader, writer)
            await writer.drain()
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield Address(("127.0.0.1",), server.sockets[0].getsockname()[1], "127.0.0.1")
    finally:
        server.close()
        await asyncio.gather(*talking)


def exchanged(model: Model, source: Chunks, sink: Sink, most: int = 1 << 30) -> Answer:
    async def once() -> Answer:
        async with asyncio.timeout(30), listening(model) as address:
            beginning = head(address, "/invocations", {}, source.size)
            return await exchange(await connect(address), beginning, source, sink, most)

    return asyncio.run(once())


async def _well(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readexactly(64 * CHUNK)
    writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: x/y\r\nContent-Length: %d\r\n\r\n" % (8 * CHUNK))
    for _ in range(8):
        writer.write(bytes(CHUNK))
        await writer.drain()


def test_a_large_body_goes_there_and_a_large_one_comes_back() -> None:
    sink = Sink()

    answer = exchanged(_well, Chunks(64 * CHUNK), sink)

    assert (200, "x/y", True) == (answer.status, answer.headers["content-type"], answer.whole)
    assert (8 * CHUNK, b"") == (sink.size, answer.body)


def test_an_answer_without_a_length_ends_with_the_connection() -> None:
    async def model(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(CHUNK)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nhello")

    sink = Sink()
    assert 200 == exchanged(model, Chunks(CHUNK), sink).status
    assert 5 == sink.size


def test_a_model_that_does_not_read_holds_up_the_source() -> None:
    """Nothing is read ahead that the model has no room for; and a refusal before the end is heard."""
    refuse = asyncio.Event()

    async def model(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.wait_for(refuse.wait(), 30)
        writer.write(b"HTTP/1.1 413 Too Large\r\nContent-Length: 9\r\n\r\ntoo large")

    source, sink = Chunks(1 << 30), Sink()

    async def once() -> Answer:
        async with asyncio.timeout(30), listening(model) as address:
            beginning = head(address, "/invocations", {}, source.size)
            asking = asyncio.create_task(exchange(await connect(address), beginning, source, sink, 1))
            asked = -1
            while asked != source.asked or not asked:  # until it asks for no more
                asked = source.asked
                await asyncio.sleep(0.2)
            refuse.set()
            return await asking

    answer = asyncio.run(once())

    assert source.asked < 64 << 20
    assert (413, b"too large", 0) == (answer.status, answer.body, sink.size)


def test_an_answer_over_the_limit_is_not_whole() -> None:
    sink = Sink()

    answer = exchanged(_well, Chunks(64 * CHUNK), sink, most=CHUNK)

    assert not answer.whole
    assert sink.size <= CHUNK


def test_a_model_that_hangs_up_has_broken_off() -> None:
    async def model(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.readexactly(CHUNK)

    with pytest.raises(BrokenOff, match="closed the connection"):
        exchanged(model, Chunks(CHUNK), Sink())


def test_a_model_that_speaks_no_http_has_broken_off() -> None:
    async def model(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"hello?\r\n\r\n")

    with pytest.raises(BrokenOff, match="does not speak HTTP"):
        exchanged(model, Chunks(CHUNK), Sink())


@pytest.mark.parametrize(
    ("beginning", "again"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-More: yes\r\n"),
        (b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X-More: yes\r\n"),
    ],
    ids=["headers", "promises", "trailers"],
)
def test_a_model_whose_head_never_ends_has_broken_off(beginning: bytes, again: bytes) -> None:
    async def model(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(beginning)
        while True:
            writer.write(again * 100)
            await writer.drain()

    with pytest.raises(BrokenOff, match="more than 65,536 bytes of headers"):
        exchanged(model, Chunks(CHUNK), Sink())


def test_a_model_that_would_speak_another_protocol_has_broken_off() -> None:
    async def model(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: other\r\n\r\n")

    with pytest.raises(BrokenOff):
        exchanged(model, Chunks(CHUNK), Sink())


class Lost(Exception):
    pass


@pytest.mark.parametrize("where", ["source", "sink"])
def test_a_fault_of_ours_is_no_fault_of_the_models(where: str) -> None:
    source, sink = Chunks(64 * CHUNK), Sink()
    (source if where == "source" else sink).failure = Lost()

    with pytest.raises(Lost):
        exchanged(_well, source, sink)
