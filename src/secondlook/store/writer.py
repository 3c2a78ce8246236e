"""Group commit: writes that wait share a transaction, and with it the one wait for the disk.

What waits when a transaction begins goes into that: writes of the same kind by one call, which may use statements of many
rows, and each kind under a savepoint, so that a write that fails takes nothing else along. Nobody has a
result before the commit; a commit that fails is Unavailable to all who wait for it. Every wait ends (decision 26).
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from secondlook.store.availability import Unavailable

Item = TypeVar("Item")
Result = TypeVar("Result")

Work = Callable[[Connection], Result]

Batch = Callable[[Connection, Sequence[Item]], Sequence[Result | Exception]]
"""Writes items of one kind, and answers for each its result, or why nothing of it was written."""

MOST = 64
"""Writes in one transaction; more wait for the next."""

PATIENCE_SECONDS = 20.0
"""How long a write waits for its transaction to begin; one takes milliseconds, and ends by the database's own limits."""

_TOO_LONG = "others have been writing for too long"
_CLOSING = "this server is stopping"


@dataclass(slots=True, eq=False)
class _Waiting:
    """A write that waits: on a thread, or on the event loop `loop`."""

    batch: Batch[Any, Any]
    item: Any
    future: Future[Any] | asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop | None = None
    outcome: Any = None
    _is_begun: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> bool:
        """Whether it is to be written: who waits has not given up, and cannot any more."""
        self._is_begun = self._is_begun or self._lock.acquire(blocking=False)
        return self._is_begun

    def give_up(self) -> bool:
        """Whether it will never be written, because it was not begun."""
        return self._lock.acquire(blocking=False)


class Writer:
    """Writes by `transaction`, up to `concurrency` of them side by side. Its threads start with the first write, and end with `close`."""

    def __init__(
        self, transaction: Callable[[], AbstractContextManager[Connection]], concurrency: int = 1
    ) -> None:
        self._transaction = transaction
        self._concurrency = concurrency
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._is_closing = False
        self._is_trying = False
        self._away: Unavailable | None = None

    def do(self, work: Work[Result]) -> Result:
        """Do `work` in a transaction that others may share, and wait for its commit; for threads. Raises what it raises."""
        future: Future[Result] = Future()
        waiting = _Waiting(_each, work, future)
        self._put(waiting)
        try:
            return future.result(PATIENCE_SECONDS)
        except TimeoutError:  # ours, or that of `work`, which has begun then
            if waiting.give_up():
                raise Unavailable(_TOO_LONG) from None
            return future.result()

    async def add(self, batch: Batch[Item, Result], item: Item) -> Result:
        """Have `item` written together with others of its kind, and wait for the commit; for the event loop."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        waiting = _Waiting(batch, item, future, loop)
        self._put(waiting)
        patience = loop.call_later(PATIENCE_SECONDS, _lose_patience, waiting)
        try:
            return await future
        finally:
            patience.cancel()

    def close(self) -> None:
        """Write what waits, then end the threads; a later write starts others."""
        with self._lock:
            threads, self._threads = self._threads, []
            self._is_closing = bool(threads)
            for _ in threads:
                self._queue.put(None)
        for thread in threads:
            thread.join()
        self._is_closing = False

    def _put(self, waiting: _Waiting) -> None:
        if threading.current_thread() in self._threads:
            raise RuntimeError("a write was asked for inside another one, and would wait for itself")
        if self._away is not None and self._is_trying:
            # One finds out whether the database is back; all others are told at once.
            raise Unavailable(self._away.why)
        with self._lock:
            if self._is_closing:
                raise Unavailable(_CLOSING)
            if not self._threads:
                self._threads = [
                    threading.Thread(target=self._run, name="writer", daemon=True)
                    for _ in range(self._concurrency)
                ]
                for thread in self._threads:
                    thread.start()
            self._queue.put(waiting)

    def _run(self) -> None:
        while self._serve():
            pass

    def _serve(self) -> bool:
        """Write what waits, once something does; False after the last. What was written is let go of on return."""
        taken = [self._queue.get()]
        with suppress(Empty):
            while taken[-1] is not None and len(taken) < MOST:
                taken.append(self._queue.get_nowait())
        waiting = [each for each in taken if each is not None]
        if waiting:
            self._is_trying = True
            self._write(waiting)
            self._is_trying = False
        return taken[-1] is not None

    def _write(self, waiting: list[_Waiting]) -> None:
        has_begun = False
        try:
            with self._transaction() as cx:
                has_begun = True
                waiting = [each for each in waiting if each.begin()]
                _fill(cx, waiting)
            self._away = None
        except Unavailable as error:
            if not has_begun:
                self._away = error
                waiting += self._behind()
            for each in waiting:
                each.outcome = _of_its_own(error)
        except Exception as error:  # noqa: BLE001  (whatever it is, those who wait are told)
            if len(waiting) > 1:
                # Which of them it was shows when each has a transaction of its own.
                for each in waiting:
                    self._write([each])
                return
            for each in waiting:
                each.outcome = error
        _tell(waiting)

    def _behind(self) -> Iterator[_Waiting]:
        """What waits for the next transaction, without the end."""
        with suppress(Empty):
            while True:
                each = self._queue.get_nowait()
                if each is None:
                    self._queue.put(None)
                    return
                yield each


def _fill(cx: Connection, waiting: Sequence[_Waiting]) -> None:
    """Do what waits, each kind by one call, and note what came of it. A write that is alone needs no savepoint."""
    if len(waiting) == 1:
        (waiting[0].outcome,) = waiting[0].batch(cx, [waiting[0].item])
        return
    kinds: dict[Batch[Any, Any], list[_Waiting]] = {}
    for each in waiting:
        kinds.setdefault(each.batch, []).append(each)
    for batch, group in kinds.items():
        for each, outcome in zip(group, _outcomes(cx, batch, [each.item for each in group]), strict=True):
            each.outcome = outcome


def _each(cx: Connection, works: Sequence[Work[Any]]) -> Sequence[Any]:
    """The kind of what has no kind."""
    return [works[0](cx)] if len(works) == 1 else _one_by_one(cx, _each, works)


def _outcomes(cx: Connection, batch: Batch[Any, Any], items: Sequence[Any]) -> Sequence[Any]:
    """What came of items written together; where that fails, of each by itself, because nobody knows which of them it was."""
    if batch is _each and len(items) > 1:
        return _each(cx, items)
    try:
        return _saved(cx, batch, items)
    except OperationalError:
        raise
    except Exception as error:  # noqa: BLE001  (it is the writer's, who hears of it)
        return [error] if len(items) == 1 else _one_by_one(cx, batch, items)


def _one_by_one(cx: Connection, batch: Batch[Any, Any], items: Sequence[Any]) -> Sequence[Any]:
    return [outcome for item in items for outcome in _outcomes(cx, batch, [item])]


def _saved(cx: Connection, batch: Batch[Any, Any], items: Sequence[Any]) -> Sequence[Any]:
    """An error takes back what these items wrote. Not one of the database itself, which takes the whole transaction along:
    it may have ended it, and nobody could go on.
    """
    savepoint = cx.begin_nested()
    try:
        outcomes = batch(cx, items)
    except OperationalError:
        raise
    except Exception:
        savepoint.rollback()
        raise
    savepoint.commit()
    return outcomes


def _tell(waiting: Iterable[_Waiting]) -> None:
    """Hand out what came of each: to a thread at once, to an event loop by one call for all that wait there."""
    loops: dict[asyncio.AbstractEventLoop, list[_Waiting]] = {}
    for each in waiting:
        if each.loop is None:
            _settle(each.future, each.outcome)
        else:
            loops.setdefault(each.loop, []).append(each)
    for loop, group in loops.items():
        with suppress(RuntimeError):  # it is closed: nobody waits there any more
            loop.call_soon_threadsafe(_settle_all, group)


def _settle_all(waiting: Iterable[_Waiting]) -> None:
    for each in waiting:
        _settle(each.future, each.outcome)


def _settle(future: Future[Any] | asyncio.Future[Any], outcome: Any) -> None:
    if future.done():  # who waited on the event loop has given up
        return
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)


def _lose_patience(waiting: _Waiting) -> None:
    if waiting.give_up():
        _settle(waiting.future, Unavailable(_TOO_LONG))


def _of_its_own(error: Unavailable) -> Unavailable:
    """The error for one of many who are told: they raise it on several threads."""
    copy = type(error)(error.why)
    copy.__cause__ = error.__cause__
    return copy
