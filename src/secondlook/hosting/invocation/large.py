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

from anyio import to_thread

from secondlook.hosting import contract
from secondlook.hosting.instances.instance import Address, Instance
from secondlook.hosting.invocation.capture import Captures
from secondlook.hosting.invocation.connection import Connection, connect, head
from secondlook.hosting.invocation.invoke import Invoker
from secondlook.hosting.invocation.receiver import Answer, Whole
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


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    """A call that is under way."""

    endpoint_id: int
    instances: frozenset[Instance]


class LargeInvoker(Invoker):
    """Calls models of asynchronous endpoints, each no more often at once than it may be. Belongs to one event loop."""

    def __init__(
        self,
        routes: Routes,
        place: Place,
        refresh: Callable[[], None],
        *,
        captures: Captures | None = None,
    ) -> None:
        super().__init__(routes, place, refresh, captures=captures)
        self._at: Counter[Address] = Counter()  # calls under way
        self._turns: list[_Turn] = []

    async def ask(
        self, endpoint: str, source: Source, sink: Sink, headers: Mapping[str, str], seconds: float, most: int
    ) -> Said:
        """Ask one instance of the endpoint; it has so many `seconds`, and may answer `most` bytes.

        Raises NotInvokable, NotReady or ModelFailed. Other exceptions are those of `source` and `sink`.
        """
        overheard = Overheard(source, sink)
        told = {**contract.to_container(headers), contract.CALL_SECONDS: f"{seconds:g}"}

        async def post(address: Address) -> Answer:
            self._at[address] += 1
            try:
                beginning = head(address, contract.INVOCATIONS, told, source.size)
                return await exchange(await connect(address), beginning, *through, most)
            finally:
                self._at[address] -= 1

        async with self._turn(endpoint) as variant:
            through = (source, sink) if variant.capture is None else (overheard, overheard)
            async with self.answering(endpoint, seconds):
                answer = await self.delivered(endpoint, variant, post)
            if answer.status not in contract.SUCCESS or not answer.whole:
                raise self.refused(endpoint, answer)
        if overheard.is_whole and (
            capture := self._capturing(endpoint, variant, headers, bytes(overheard.asked), answer)
        ):
            capture(bytes(overheard.answered))
        return Said(contract.to_caller(answer.headers), variant.name, variant.model_version)

    def prefer(self, ready: list[tuple[Instance, Address]]) -> tuple[Instance, Address]:
        """The one with the fewest calls."""
        return min(ready, key=lambda each: self._at[each[1]])

    def concurrency(self, endpoint_id: int) -> int | None:
        """How many calls of an endpoint may be in hand here just now: 0 where it is not in service, or none of its instances answers.
        None for one that is not there, is being deleted, or is not for such calls. Called from any thread.

        Those that instances from before an update still answer take no room from the others.
        """
        route = self._routes.asynchronous(endpoint_id)
        if route is None:
            return None
        if not (most := route.concurrency):
            return 0
        named = {instance for variant in (*route.variants, *route.arriving) for instance in variant.instances}
        turns = [turn for turn in tuple(self._turns) if turn.endpoint_id == endpoint_id]
        return most + sum(turn.instances.isdisjoint(named) for turn in turns)

    @asynccontextmanager
    async def _turn(self, endpoint: str) -> AsyncGenerator[Variant]:
        """A variant, chosen by weight, once it has room for a call; with no instance that answers it has room to say so."""
        with self._routes.changes() as change:
            while not self._has_room(variant := await self.choose(endpoint, None, asynchronous=True)):
                await change.wait()
                change.clear()
        turn = _Turn(self._routes.number(endpoint), frozenset(variant.instances))
        self._turns.append(turn)
        try:
            with self._routes.call(endpoint, variant):
                yield variant
        finally:
            self._turns.remove(turn)
            self._routes.wake()

    def _has_room(self, variant: Variant) -> bool:
        """Counts the calls to any of its instances, also those from before their number was changed."""
        under_way = sum(not turn.instances.isdisjoint(variant.instances) for turn in self._turns)
        return under_way < max(1, variant.concurrency)


class Overheard:
    """Source and sink of a call that is captured, with what has gone through, unless that is too long to be captured."""

    def __init__(self, source: Source, sink: Sink) -> None:
        self._source, self._sink = source, sink
        self.asked, self.answered = bytearray(), bytearray()

    @property
    def size(self) -> int:
        return self._source.size

    def chunks(self) -> Iterator[bytes]:
        self.asked.clear()
        for chunk in self._source.chunks():
            _keep(self.asked, chunk)
            yield chunk

    def write(self, chunk: bytes) -> None:
        _keep(self.answered, chunk)
        self._sink.write(chunk)

    @property
    def is_whole(self) -> bool:
        """Whether all of the input was sent, and neither it nor the answer has more than MAX_PAYLOAD bytes."""
        return len(self.asked) == self.size and max(self.size, len(self.answered)) <= contract.MAX_PAYLOAD


def _keep(kept: bytearray, chunk: bytes) -> None:
    kept += chunk[: contract.MAX_PAYLOAD + 1 - len(kept)]


async def exchange(connection: Connection, head: bytes, source: Source, sink: Sink, most: int) -> Answer:
    """One request and its answer, on a connection of their own, which is closed.

    Sends and receives at once: a model may answer, and refuse, before it has read everything.
    """
    poured = Poured(sink, most)
    connection.send(head, b"", poured)
    sending = asyncio.create_task(_send(connection, source))
    try:
        either: set[asyncio.Future[Any]] = {poured.answer, sending}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not poured.answer.done():
            sending.result()  # a source that cannot be read is no fault of the model's
        return await poured.answer
    finally:
        sending.cancel()
        poured.answer.cancel()
        connection.close()


async def _send(connection: Connection, source: Source) -> None:
    chunks = source.chunks()
    while chunk := await to_thread.run_sync(next, chunks, b""):
        if not await connection.send_more(chunk):
            return


class Poured(Whole):
    """Pours a prediction into a sink, up to `most` bytes of it. An error is kept, because it is quoted."""

    def __init__(self, sink: Sink, most: int) -> None:
        super().__init__()
        self._sink = sink
        self._left = most

    def take(self, piece: bytes) -> bool:
        if self._answer.status not in contract.SUCCESS:
            return super().take(piece)
        self._left -= len(piece)
        self._answer.whole = self._left >= 0
        if self._answer.whole:
            try:
                self._sink.write(piece)
            except Exception as error:  # noqa: BLE001  (the parser would swallow it, and somebody waits to be told)
                if not self.answer.done():
                    self.answer.set_exception(error)
                return False
        return self._answer.whole
