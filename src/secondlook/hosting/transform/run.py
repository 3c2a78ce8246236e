"""One run of one job: reads ahead, keeps every instance asked, writes results in the order of the input. An event loop of its own.

What blocks (the object store, the database) runs on threads beside it. In memory are a bounded number of requests and answers,
whatever the size of an object.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, Protocol

from secondlook.hosting.transform.budget import Budget
from secondlook.hosting.transform.calls import Calls, Refused
from secondlook.hosting.transform.definition import MB, Requests
from secondlook.hosting.transform.processing import Processing
from secondlook.hosting.transform.progress import Progress
from secondlook.hosting.transform.results import Result
from secondlook.hosting.transform.source import InputObject, NoInput, Source
from secondlook.hosting.transform.splitting import Batch, Unusable, batches, lines, unpacked, whole
from secondlook.store.encryption import CUSTOMERS, is_customers
from secondlook.store.errors import BodyLost, NoSuchBucket, NoSuchKey
from secondlook.store.objects import Objects

IN_FLIGHT_BYTES = 64 * MB
"""Of requests that are read and not yet answered, unless a single one is larger."""

READ_AHEAD = 4
"""Requests that lie ready beside those being answered."""

OBJECTS_AHEAD = 16
"""Objects between the one being read and the one being written."""

PUTS = 4
"""Results that are made objects at once: each waits for the disk."""

AT_ONCE = 64
"""Requests, or names of objects, that one trip to a thread brings along."""

ENOUGH = 1 * MB
"""Bytes of requests after which it comes back with fewer."""

IN_A_ROW = 20
"""So many objects in a row that the model breaks off or fails on, and the job is given up: it is not the input."""


class JobFailed(Exception):
    """The job is over; the message is its FailureReason."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request about one record. `is_whole` says that the record is the object as it lies there, in the version of `etag`."""

    given: InputObject
    etag: str
    payload: bytes
    is_whole: bool


class Judge(Protocol):
    """Hears of each answer, e.g. to have people look at it."""

    async def judge(self, asked: Asked, answer: bytes) -> None:
        """Unusable fails the object."""


@dataclass(slots=True)
class _Output:
    """An object under way: the batches that were submitted, in their order, then None or what was wrong with it."""

    given: InputObject
    result: Result
    answers: asyncio.Queue[tuple[Batch, asyncio.Future[bytes]] | Exception | None] = field(
        default_factory=asyncio.Queue
    )
    etag: str = ""
    records: int = 0
    failure: Exception | None = None
    is_over: bool = False


class Run:
    """`progress` is where it goes on, and what it brings up to date. `say` writes a line to the job's log."""

    def __init__(
        self,
        objects: Objects,
        source: Source,
        definition: Mapping[str, Any],
        progress: Progress,
        requests: Requests,
        now: Callable[[], datetime],
        say: Callable[[str], None],
        judge: Judge | None = None,
    ) -> None:
        self._objects = objects
        self._source = source
        self._definition = definition
        self._progress = progress
        self._requests = requests
        self._now = now
        self._say = say
        self._judge = judge
        self._processing = Processing(definition)
        given = definition["TransformInput"]
        self._is_split = given.get("SplitType") == "Line"
        self._is_packed = given.get("CompressionType") == "Gzip"
        self._in_a_row = 0

    async def transform(self, calls: Calls) -> None:
        """All objects behind the progress. Raises JobFailed, NoInput, ObjectError. Cancelled, it leaves no half result."""
        self._calls = calls
        self._budget = Budget(calls.width + READ_AHEAD, IN_FLIGHT_BYTES)
        self._outputs: asyncio.Queue[_Output | None] = asyncio.Queue(OBJECTS_AHEAD)
        self._order: deque[_Output] = deque()
        self._putting = asyncio.Semaphore(PUTS)
        self._clock = time.monotonic()
        reading, writing = asyncio.create_task(self._read()), asyncio.create_task(self._write())
        sending = asyncio.create_task(calls.run())
        try:
            await _first_failure([reading, writing, sending], until=writing)
        finally:
            for task in (reading, writing, sending):
                task.cancel()
            await asyncio.gather(reading, writing, sending, return_exceptions=True)
            await asyncio.to_thread(self._discard)

    def _discard(self) -> None:
        for output in self._order:
            if not output.is_over:
                output.result.discard()

    # reading

    async def _read(self) -> None:
        found = False
        objects = self._source.objects(self._progress.after)
        while some := await asyncio.to_thread(lambda: list(islice(objects, AT_ONCE))):
            found = True
            for given in some:
                await self._submit(given)
        if not found and self._progress.after is None:
            raise NoInput("No S3 objects found under the S3Uri of the input.")
        await self._outputs.put(None)

    async def _submit(self, given: InputObject) -> None:
        output = _Output(given, Result(self._objects, self._definition, given))
        await self._outputs.put(output)
        read = self._batches(output)
        try:
            is_more = True
            while is_more and output.failure is None:
                some, is_more = await asyncio.to_thread(_some, read)
                for batch in some:
                    await self._budget.take(len(batch.payload))
                    output.answers.put_nowait((batch, self._answer(output, batch)))
        except (Unusable, NoSuchKey, BodyLost) as error:
            output.answers.put_nowait(error)
        finally:
            with suppress(ValueError):  # cancelled, while a thread is still reading; that closes it
                await asyncio.to_thread(read.close)
        output.answers.put_nowait(None)

    def _answer(self, output: _Output, batch: Batch) -> asyncio.Future[bytes]:
        """What the model will have said, once it is judged."""
        answer = self._calls.submit(batch.payload)
        if self._judge is None:
            return answer
        judged = asyncio.create_task(self._judged(self._judge, output, batch, answer))
        judged.add_done_callback(_heard_of)
        return judged

    async def _judged(
        self, judge: Judge, output: _Output, batch: Batch, answer: asyncio.Future[bytes]
    ) -> bytes:
        said = await answer
        is_whole = not (self._is_split or self._is_packed or self._processing.changes_input)
        await judge.judge(Asked(output.given, output.etag, batch.payload, is_whole), said)
        return said

    def _batches(self, output: _Output) -> Generator[Batch]:
        most = self._requests.payload
        with self._objects.get(output.given.bucket, output.given.key) as opened:
            output.etag = opened.stored.etag
            if is_customers(opened.stored.encryption):
                raise Unusable(f"it {CUSTOMERS}")
            chunks = unpacked(opened.chunks()) if self._is_packed else opened.chunks()
            records = lines(chunks, most) if self._is_split else whole(chunks, most)
            yield from batches(records, self._processing.sent, most, several=self._requests.several)

    # writing

    async def _write(self) -> None:
        async with asyncio.TaskGroup() as puts:
            while (output := await self._outputs.get()) is not None:
                self._order.append(output)
                await self._assemble(output)
                if output.failure is None:
                    await self._putting.acquire()
                    puts.create_task(self._put(output))
                else:
                    await asyncio.to_thread(output.result.discard)
                    self._over(output)

    async def _assemble(self, output: _Output) -> None:
        while (item := await output.answers.get()) is not None:
            if isinstance(item, Exception):
                output.failure = output.failure or item
                continue
            batch, answer = item
            if output.failure is not None:
                answer.cancel()
                await self._budget.give_back(len(batch.payload))
                continue
            try:
                await self._add(output, batch, await answer)
            except (Refused, Unusable) as error:
                output.failure = error
            await self._budget.give_back(len(batch.payload))

    async def _add(self, output: _Output, batch: Batch, answer: bytes) -> None:
        kept = self._processing.result(batch.records, answer)
        output.records += len(batch.records)
        if output.result.add(kept):
            await asyncio.to_thread(output.result.flush)

    async def _put(self, output: _Output) -> None:
        try:
            await asyncio.to_thread(output.result.put, self._now())
        except NoSuchBucket as error:
            raise JobFailed(
                f"ClientError: The results cannot be written to {self._definition['TransformOutput']['S3OutputPath']}: "
                f"{error}"
            ) from error
        finally:
            self._putting.release()
        self._over(output)

    def _over(self, output: _Output) -> None:
        """Count what is done, up to the first object that is not."""
        output.is_over = True
        while self._order and self._order[0].is_over:
            self._count(self._order.popleft())

    def _count(self, output: _Output) -> None:
        progress, failure, sentence = self._progress, output.failure, ""
        if failure is None:
            progress.done += 1
            progress.records += output.records
            self._in_a_row = 0
        else:
            is_clients = not isinstance(failure, Refused) or failure.is_clients
            sentence = f"{output.given.uri}: {str(failure).rstrip('.')}."
            progress.failed_by(sentence, is_clients=is_clients)
            self._say(f"{'ClientError' if is_clients else 'AlgorithmError'}: {sentence}")
            self._in_a_row = 0 if is_clients else self._in_a_row + 1
        progress.after = output.given.cursor
        before, self._clock = self._clock, time.monotonic()
        progress.seconds = round(progress.seconds + self._clock - before, 6)
        if self._in_a_row >= IN_A_ROW:
            raise JobFailed(
                f"AlgorithmError: See job logs for more information. The model has failed on {IN_A_ROW} input objects in a row; "
                f"the last: {sentence}"
            )


def _heard_of(judged: asyncio.Task[bytes]) -> None:
    """Also if nobody waits for it any more."""
    if not judged.cancelled():
        judged.exception()


def _some(read: Iterator[Batch]) -> tuple[list[Batch], bool]:
    """The next few batches, and whether there may be more."""
    some: list[Batch] = []
    size = 0
    for batch in read:
        some.append(batch)
        size += len(batch.payload)
        if len(some) == AT_ONCE or size >= ENOUGH:
            return some, True
    return some, False


async def _first_failure(tasks: list[asyncio.Task[None]], until: asyncio.Task[None]) -> None:
    """Wait until one has failed, which is raised, or `until` is done."""
    waiting: set[asyncio.Task[None]] = set(tasks)
    while not until.done():
        done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            try:
                task.result()
            except BaseExceptionGroup as group:
                raise _single(group) from None


def _single(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
