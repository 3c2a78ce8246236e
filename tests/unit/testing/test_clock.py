"""Time that is moved over a database without a server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from secondlook.clock.handler import Handler, Retry, TransientFailure
from secondlook.clock.run import Clock as ServersClock
from secondlook.store import outbox
from secondlook.store.session import Store
from secondlook.store.tables import bucket, duty
from secondlook.testing import Clock, Unsettled
from secondlook.testing.clock import Time
from tests.databases import Postgres, create_tables, sqlalchemy_url

HOUR = timedelta(hours=1)


class Desk:
    """A database whose duties are done by a clock that is moved; `done` are their keys, with the time at which they were."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.done: list[tuple[str, datetime]] = []
        self.failures = 0
        self.go_on = threading.Event()
        self.go_on.set()
        assert isinstance(store.clock, Time)
        self.servers = ServersClock(
            store, "server-1", {"work": Handler(self._do, Retry(first=HOUR, longest=HOUR))}
        )
        self.clock = Clock(store, store.clock, self.servers.look)

    def owe(self, key: str, due: datetime) -> None:
        with self.store.write() as cx:
            outbox.owe(cx, "work", key, {}, due=due, now=self.clock())

    @property
    def keys(self) -> list[str]:
        return [key for key, _ in self.done]

    def _do(self, duty: outbox.Duty) -> None:
        assert self.go_on.wait(30)
        self.done.append((duty.queueing_key, self.clock()))
        if self.failures:
            self.failures -= 1
            raise TransientFailure("not yet")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    url = f"sqlite:///{tmp_path / 'moved.sqlite'}"
    create_tables(url)
    store = Store(url, Time())
    desk = Desk(store)
    desk.servers.start()
    yield desk
    desk.go_on.set()
    desk.servers.stop()
    store.close()


def test_it_goes_on_by_itself(desk: Desk) -> None:
    first = desk.clock()

    assert first < desk.clock()
    assert abs(desk.clock() - datetime.now(UTC)) < HOUR


def test_what_is_due_is_done_when_it_is_due_one_after_the_other(desk: Desk) -> None:
    began = desk.clock()
    for key, hours in (("third", 3), ("first", 1), ("second", 2), ("never", 5)):
        desk.owe(key, began + hours * HOUR)

    desk.clock.advance(hours=4)

    assert [("first", 1), ("second", 2), ("third", 3)] == [
        (key, round((at - began) / HOUR)) for key, at in desk.done
    ]
    assert 4 == round((desk.clock() - began) / HOUR)


def test_nothing_is_done_before_it_is_due(desk: Desk) -> None:
    desk.owe("later", desk.clock() + HOUR)

    desk.clock.advance(HOUR - timedelta(minutes=1))
    assert [] == desk.keys

    desk.clock.advance(minutes=1)
    assert ["later"] == desk.keys


def test_what_fails_is_tried_again_within_the_time_that_passes(desk: Desk) -> None:
    desk.failures = 3
    desk.owe("stubborn", desk.clock())

    desk.clock.advance(days=1)

    assert ["stubborn"] * 4 == desk.keys
    assert desk.done[-1][1] - desk.done[0][1] > 2 * HOUR


def test_what_is_in_hand_when_its_lease_runs_out_is_done_once(desk: Desk) -> None:
    desk.go_on.clear()
    desk.owe("long", desk.clock())
    assert isinstance(desk.store.clock, Time)
    for _ in range(3):
        desk.store.clock.move_to(desk.clock() + HOUR)
        desk.servers.look()
    desk.go_on.set()
    desk.clock.settle()

    assert ["long"] == desk.keys


def test_what_does_not_end_is_named(desk: Desk) -> None:
    desk.go_on.clear()
    desk.owe("endless", desk.clock())

    with pytest.raises(Unsettled, match=r"After 0\.05 seconds still to be done: work of endless\."):
        desk.clock.settle(seconds=0.05)


def test_the_database_is_dated_by_it(desk: Desk) -> None:
    desk.clock.advance(days=365)
    desk.owe("dated", desk.clock() + HOUR)

    with desk.store.read() as cx:
        assert cx.scalar(select(duty.c.created_at)) > datetime.now(UTC) + timedelta(days=364)
        assert desk.store.now(cx) > datetime.now(UTC) + timedelta(days=364)


@pytest.mark.parametrize("step", [timedelta(seconds=-1), timedelta(days=-1)])
def test_it_never_goes_back(desk: Desk, step: timedelta) -> None:
    with pytest.raises(ValueError, match="never back"):
        desk.clock.advance(step)


def test_two_who_let_an_hour_pass_at_once_let_two_pass(desk: Desk) -> None:
    before = desk.clock()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: desk.clock.advance(hours=1), range(4)))

    assert desk.clock() - before >= timedelta(hours=4)


def test_a_moment_in_the_past_is_passed_already(desk: Desk) -> None:
    desk.clock.advance_to(datetime(2020, 1, 1, tzinfo=UTC))

    assert desk.clock() > datetime(2026, 1, 1, tzinfo=UTC)


def test_a_moment_without_a_time_zone_is_refused(desk: Desk) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        desk.clock.advance_to(datetime(2030, 1, 1))  # noqa: DTZ001


def test_postgresql_has_a_clock_of_its_own(postgres: Postgres) -> None:
    url = sqlalchemy_url(postgres.url(postgres.create(postgres.template())))

    with pytest.raises(ValueError, match="on SQLite only"):
        Store(url, Time())

    store = Store(url)
    clock = Clock(store, None, lambda: None)
    clock.settle()
    with pytest.raises(ValueError, match="on SQLite only: this server's database is PostgreSQL"):
        clock.advance(HOUR)
    with store.write() as cx:
        cx.execute(insert(bucket).values(name="b", region="r", created_at=clock()))
    store.close()
