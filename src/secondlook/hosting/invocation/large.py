"""Calls whose bodies are larger than memory should hold: sent piece by piece, answered into a file. One connection for each.

Whatever the size, a call holds a piece or two of CHUNK bytes here. What the model's process holds is its own affair: our runtimes
hold the whole body, twice while it arrives.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import httptools
from anyio import to_thread

from secondlook.hosting import contract
from secondlook.hosting.instances.instance import Address, Instance
from secondlook.hosting.invocation.connection import MOST_HEAD, Connection, connect, head
from secondlook.hosting.invocation.invoke import Invoker
from secondlook.hosting.invocation.receiver import Answer, BrokenOff
from secondlook.hosting.invocation.routes import Routes, Variant
from secondlook.names import Place


class Source(Protocol):
    """A body to be sent, from its beginning each time `chunks` is called; `chunks` may block."""

    @property
    def size(self) -> int: ...

    def chunks(self) -> Iterator[bytes]: ...


class Sink(Protocol):
    """Takes an answer, piece by piece; must not block for long."""

    def write(self, chunk: bytes, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Said:
    """A model's answer, whose body is in the sink. `headers` are those that the caller may see, names in lower case."""

    headers: Mapping[str, str]
    variant: str
    model_version: str


class LargeInvoker(Invoker):
    """Calls models of asynchronous endpoints, each no more often at once than it may be. Belongs to one event loop."""

    def __init__(self, routes: Routes, place: Place, refresh: Callable[[], None]) -> None:
        super().__init__(routes, place, refresh)
        self._at: Counter[Address] = Counter()  # calls under way
        self._of: Counter[tuple[str, str]] = Counter()  # the same by endpoint and variant
        self._ended = asyncio.Condition()

    async def ask(
        self, endpoint: str, source: Source, sink: Sink, headers: Mapping[str, str], seconds: float, most: int
    ) -> Said:
        """Ask one instance of the endpoint; it has so many `seconds`, and may answer `most` bytes.

        Raises NotInvokable, NotReady or ModelFailed. Other exceptions are those of `source` and `sink`.
        """
        told = {**contract.to_container(headers), contract.CALL_SECONDS: f"{seconds:g}"}

        async def post(address: Address) -> Answer:
            self._at[address] += 1
            try:
                beginning = head(address, contract.INVOCATIONS, told, source.size)
                return await Exchange(sink, most).over(await connect(address), beginning, source)
            finally:
                self._at[address] -= 1

        async with self._turn(endpoint) as variant:
            async with self.answering(endpoint, seconds):
                answer = await self.delivered(endpoint, variant, post)
            if answer.status not in contract.SUCCESS or not answer.whole:
                raise self.refused(endpoint, answer)
        return Said(contract.to_caller(answer.headers), variant.name, variant.model_version)

    def prefer(self, ready: list[tuple[Instance, Address]]) -> tuple[Instance, Address]:
        """The one with the fewest calls."""
        return min(ready, key=lambda each: self._at[each[1]])

    @asynccontextmanager
    async def _turn(self, endpoint: str) -> AsyncGenerator[Variant]:
        """A variant, chosen by weight, once it has room for a call; with no instance that answers it has room to say so."""
        async with self._ended:
            while True:
                variant = await self.choose(endpoint, None, asynchronous=True)
                place = (endpoint, variant.name)
                if self._of[place] < max(1, variant.concurrency):
                    break
                await self._ended.wait()
            self._of[place] += 1
        try:
            with self._routes.calls.one(variant.instances), variant.call(endpoint):
                yield variant
        finally:
            self._of[place] -= 1
            async with self._ended:
                self._ended.notify_all()


class Exchange(asyncio.Protocol):
    """One request and its answer, on a connection of their own."""

    def __init__(self, sink: Sink, most: int) -> None:
        self._sink = sink
        self._left = most
        self._unheard = 0  # bytes since the last of the body
        self._said = Answer()
        self._parser = httptools.HttpResponseParser(self)
        self._room = asyncio.Event()
        self._room.set()
        self._answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

    async def over(self, connection: Connection, head: bytes, source: Source) -> Answer:
        """Send and receive at once: a model may answer, and refuse, before it has read everything."""
        transport = connection.hand_over(self)
        sending = asyncio.create_task(self._send(transport, head, source))
        try:
            either: set[asyncio.Future[Any]] = {self._answer, sending}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if not self._answer.done():
                sending.result()  # a source that cannot be read is no fault of the model's
            return await self._answer
        finally:
            sending.cancel()
            self._answer.cancel()
            transport.abort()

    async def _send(self, transport: asyncio.Transport, head: bytes, source: Source) -> None:
        transport.write(head)
        chunks = source.chunks()
        while not transport.is_closing():
            chunk = await to_thread.run_sync(next, chunks, b"")
            if not chunk:
                return
            await self._room.wait()
            transport.write(chunk)

    def _end(self, error: Exception | None = None) -> None:
        if self._answer.done():
            return
        if error is None:
            self._answer.set_result(self._said)
        else:
            self._answer.set_exception(error)

    # asyncio calls these

    def pause_writing(self) -> None:
        self._room.clear()

    def resume_writing(self) -> None:
        self._room.set()

    def data_received(self, data: bytes) -> None:
        if self._answer.done():
            return
        self._unheard += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self._end(BrokenOff(f"the model server does not speak HTTP: {error}"))
        if self._unheard > MOST_HEAD:
            self._end(BrokenOff(f"the model server sent more than {MOST_HEAD:,} bytes of headers"))

    def connection_lost(self, exc: Exception | None) -> None:
        self._room.set()
        framed = {"content-length", "transfer-encoding"} & self._said.headers.keys()
        if self._said.status and not framed:
            self._end()  # an answer without a length ends with the connection
        else:
            self._end(BrokenOff(f"the model server closed the connection{f' ({exc})' if exc else ''}"))

    # the parser calls these

    def on_header(self, name: bytes, value: bytes) -> None:
        self._said.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self._said.status = self._parser.get_status_code()
        if self._said.status < contract.SUCCESS.start:  # 100 Continue: the answer is still to come
            self._said = Answer()
        elif self._said.status not in contract.SUCCESS:
            self._left = contract.MAX_PAYLOAD  # an error is quoted, and so kept

    def on_body(self, body: bytes) -> None:
        self._unheard = 0
        self._left -= len(body)
        if self._answer.done():
            return
        if self._left < 0:
            self._said.whole = False
            self._end()
        elif self._said.status not in contract.SUCCESS:
            self._said.body += body
        else:
            try:
                self._sink.write(body)
            except Exception as error:  # noqa: BLE001  (the parser would swallow it, and somebody waits to be told)
                self._end(error)

    def on_message_complete(self) -> None:
        if (
            self._said.status >= contract.SUCCESS.start
        ):  # else it is 100 Continue, and the answer still to come
            self._end()
