"""Group commit: what waits shares a transaction, nobody is told before the commit, and a write that fails fails alone."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import IntegrityError

from secondlook.store import session, writer
from secondlook.store.availability import Unavailable
from secondlook.store.outbox import owe
from secondlook.store.session import Store
from secondlook.store.tables import tag
from secondlook.store.writer import Writer
from tests.neighbours import Road
from tests.running import eventually


@pytest.fixture
def group(store: Store) -> Iterator[Writer]:
    group = Writer(store.write)
    yield group
    group.close()


def put(key: str) -> Callable[[Connection], str]:
    def work(cx: Connection) -> str:
        cx.execute(insert(tag), {"arn": "a", "key": key, "value": "v"})
        return key

    return work


def put_each(cx: Connection, keys: Sequence[str]) -> list[str | Exception]:
    """A kind of write: all by one statement."""
    cx.execute(insert(tag), [{"arn": "a", "key": key, "value": "v"} for key in keys])
    return list(keys)


def kept(store: Store) -> list[str]:
    with store.read() as cx:
        return list(cx.scalars(select(tag.c.key)))


def commits(store: Store) -> list[int]:
    """One entry for each from now on."""
    counted: list[int] = []
    store.on_write(lambda: counted.append(1))
    return counted


@contextmanager
def behind_another(group: Writer, pool: ThreadPoolExecutor) -> Iterator[Callable[..., Future[Any]]]:
    """What is put by the function that is given waits for one transaction, which ends with the block."""
    go_on, begun = threading.Event(), threading.Event()

    def hold(_cx: Connection) -> None:
        begun.set()
        go_on.wait(30)

    holding = pool.submit(group.do, hold)
    assert begun.wait(30)
    waiting = 0

    def behind(work: Callable[[Connection], Any]) -> Future[Any]:
        nonlocal waiting
        waiting += 1
        future = pool.submit(group.do, work)
        assert eventually(lambda: group._queue.qsize() == waiting)
        return future

    yield behind
    go_on.set()
    holding.result(30)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(16) as pool:
        yield pool


def test_what_waits_shares_one_transaction(store: Store, group: Writer, pool: ThreadPoolExecutor) -> None:
    with behind_another(group, pool) as behind:
        counted = commits(store)
        futures = [behind(put(f"k{number}")) for number in range(8)]

    assert [f"k{number}" for number in range(8)] == [future.result(30) for future in futures]
    assert 2 == len(counted)  # that of the other, and theirs
    assert 8 == len(kept(store))


def test_whoever_has_a_result_finds_it_committed(
    store: Store, group: Writer, pool: ThreadPoolExecutor
) -> None:
    def done_and_seen(number: int) -> bool:
        return group.do(put(f"k{number}")) in kept(store)

    assert all(pool.map(done_and_seen, range(40)))


def test_works_are_done_in_the_order_in_which_they_came(group: Writer, pool: ThreadPoolExecutor) -> None:
    order: list[int] = []
    with behind_another(group, pool) as behind:
        for number in range(8):
            behind(lambda _cx, number=number: order.append(number))

    assert eventually(lambda: len(order) == 8)
    assert list(range(8)) == order


def test_a_work_that_fails_takes_nothing_else_along(
    store: Store, group: Writer, pool: ThreadPoolExecutor
) -> None:
    def half_done(cx: Connection) -> None:
        put("half")(cx)
        raise LookupError("no")

    with behind_another(group, pool) as behind:
        before, failing, twice, after = (
            behind(put("a")),
            behind(half_done),
            behind(put("a")),
            behind(put("b")),
        )

    assert "a" == before.result(30)
    assert "b" == after.result(30)
    with pytest.raises(LookupError, match="no"):
        failing.result(30)
    with pytest.raises(IntegrityError):
        twice.result(30)
    assert ["a", "b"] == sorted(kept(store))


def test_a_work_that_fails_alone_leaves_nothing(store: Store, group: Writer) -> None:
    def half_done(cx: Connection) -> None:
        put("half")(cx)
        raise LookupError("no")

    with pytest.raises(LookupError, match="no"):
        group.do(half_done)
    assert [] == kept(store)


def test_the_event_loop_is_woken_once_for_all_that_wait_there(store: Store, group: Writer) -> None:
    calls = commits(store)

    async def add_all() -> tuple[list[str], int]:
        loop, wakes = asyncio.get_running_loop(), []
        wake = loop.call_soon_threadsafe
        loop.call_soon_threadsafe = lambda *args, **named: (wakes.append(1), wake(*args, **named))[1]  # type: ignore[method-assign]
        keys = await asyncio.gather(*(group.add(put_each, f"k{number}") for number in range(20)))
        return keys, len(wakes)

    keys, wakes = asyncio.run(add_all())

    assert [f"k{number}" for number in range(20)] == keys
    assert sorted(keys) == sorted(kept(store))
    assert wakes == len(calls) < 20


def test_one_item_of_a_kind_that_cannot_be_written_fails_alone(store: Store, group: Writer) -> None:
    async def add_all() -> list[Any]:
        adding = (group.add(put_each, key) for key in ("a", "b", "b", "c"))
        return await asyncio.gather(*adding, return_exceptions=True)

    outcomes = asyncio.run(add_all())

    assert ["a", "b", "c"] == sorted(kept(store))
    assert ["a", "b", "c"] == [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert 1 == sum(isinstance(outcome, IntegrityError) for outcome in outcomes)


def test_a_kind_may_say_itself_what_stands_against_an_item(group: Writer) -> None:
    async def add() -> None:
        await group.add(lambda _cx, items: [LookupError("no") for _ in items], "a")

    with pytest.raises(LookupError, match="no"):
        asyncio.run(add())


def test_what_only_the_commit_finds_wrong_fails_alone(sqlite_store: Store, pool: ThreadPoolExecutor) -> None:
    """Foreign keys can be checked at the commit; then nobody knows whose they are."""
    group = Writer(sqlite_store.write)

    def wrong(cx: Connection) -> None:
        cx.execute(text("PRAGMA defer_foreign_keys = ON"))
        cx.execute(text("INSERT INTO membership VALUES ('nowhere', 99, '2026-01-01 00:00:00')"))

    with behind_another(group, pool) as behind:
        before, failing, after = behind(put("a")), behind(wrong), behind(put("b"))

    assert ["a", "b"] == [before.result(30), after.result(30)]
    with pytest.raises(IntegrityError):
        failing.result(30)
    assert ["a", "b"] == sorted(kept(sqlite_store))
    group.close()


def test_a_commit_that_is_lost_is_unavailable_to_all(distant_store: Store, road: Road) -> None:
    group = Writer(distant_store.write)

    def lose(cx: Connection, items: Sequence[str]) -> list[str | Exception]:
        outcomes = put_each(cx, items)
        road.close()
        return outcomes

    async def add_all() -> list[Any]:
        adding = (group.add(lose, key) for key in "abc")
        return await asyncio.gather(*adding, return_exceptions=True)

    outcomes = asyncio.run(add_all())

    assert all(isinstance(outcome, Unavailable) for outcome in outcomes)
    assert len({id(outcome) for outcome in outcomes}) == 3
    group.close()


def test_those_who_listen_hear_of_duties_before_the_result(store: Store) -> None:
    heard: list[str] = []
    store.on_owed(lambda kind, _due: heard.append(kind))

    def work(cx: Connection) -> list[str]:
        now = store.now(cx)
        owe(cx, "tidy", "1", {}, due=now, now=now)
        return list(heard)

    assert [] == store.do(work)
    assert ["tidy"] == heard


def test_a_store_that_is_closed_writes_what_waits(sqlite_store: Store, pool: ThreadPoolExecutor) -> None:
    futures = [pool.submit(sqlite_store.do, put(f"k{number}")) for number in range(16)]
    assert all(future.result(30) for future in futures[:4])
    sqlite_store.close()
    done = [future.exception(30) for future in futures]

    assert all(error is None or isinstance(error, Unavailable) for error in done)
    assert sum(error is None for error in done) == len(kept(sqlite_store))
    assert "later" == sqlite_store.do(put("later"))


def test_a_write_inside_a_write_is_refused(sqlite_store: Store) -> None:
    with pytest.raises(RuntimeError, match="inside another"):
        sqlite_store.do(lambda _cx: sqlite_store.do(put("a")))
    with sqlite_store.write(), pytest.raises(RuntimeError, match="inside another"):
        sqlite_store.do(put("a"))


def test_whoever_waits_too_long_is_told(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "PATIENCE_SECONDS", 0.05)
    with sqlite_store.write(), ThreadPoolExecutor(1) as thread:
        on_a_thread = thread.submit(sqlite_store.do, put("a")).exception(10)
        with pytest.raises(Unavailable, match="too long"):
            asyncio.run(sqlite_store.add(put_each, "b"))

    assert isinstance(on_a_thread, Unavailable)
    assert "c" == sqlite_store.do(put("c"))
    assert ["c"] == kept(sqlite_store)


def test_of_all_that_wait_one_transaction_finds_out_that_the_file_is_kept(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those behind it are told when it was, and those who come later while the next one finds out."""
    path = sqlite_store.engine.url.database
    monkeypatch.setattr(session, "BUSY_SECONDS", 1)
    impatient = Store(f"sqlite:///{path}")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with ThreadPoolExecutor(16) as threads:
        errors = list(threads.map(lambda _: _error(impatient), range(64)))

    assert all(isinstance(error, Unavailable) for error in errors)
    # One after the other each would have waited its second.
    assert time.monotonic() - began < 64 / 4
    other.close()
    assert "a" == impatient.do(put("a"))
    impatient.close()


def _error(store: Store) -> BaseException | None:
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(store.do, put("a")).exception()


def test_on_postgresql_a_transaction_that_waits_keeps_no_other(
    postgres_store: Store, pool: ThreadPoolExecutor
) -> None:
    group = Writer(postgres_store.write, concurrency=2)
    go_on, begun = threading.Event(), threading.Event()

    def hold(_cx: Connection) -> None:
        begun.set()
        go_on.wait(30)

    holding = pool.submit(group.do, hold)
    assert begun.wait(30)

    assert "a" == asyncio.run(group.add(put_each, "a"))
    assert not holding.done()
    go_on.set()
    holding.result(30)
    group.close()


def test_whoever_listens_and_fails_fails_no_write(
    store: Store, group: Writer, pool: ThreadPoolExecutor, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def fail() -> None:
        raise LookupError("no")

    with behind_another(group, pool) as behind:
        store.on_write(fail)
        futures = [behind(lambda _cx, key=key: done.append(key)) for key in "ab"]

    assert [None, None] == [future.result(30) for future in futures]
    assert ["a", "b"] == done
    assert "somebody who listens" in caplog.text
