"""The wall clock of one server is wrong by an hour: it takes nobody's lease and sleeps through nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select, text

from secondlook import names
from secondlook.clock.heartbeat import Heartbeat
from secondlook.store import outbox
from secondlook.store.session import Store
from secondlook.store.tables import server

from .conftest import Wind, owe
from .test_run import Bell, Gate, rows
from .timing import happens

RIGHT = names.now


def right(cx: Connection) -> datetime:
    """The time by which all servers of a PostgreSQL go."""
    return cx.execute(text("SELECT clock_timestamp()")).scalar_one()


@pytest.fixture(params=[1, -1], ids=["fast", "slow"])
def wrong(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> timedelta:
    """How far this machine's wall clock is off from now on."""
    off = timedelta(hours=request.param)
    monkeypatch.setattr(names, "now", lambda: RIGHT() + off)
    return off


def test_the_lease_of_another_server_is_respected(
    postgres_store: Store, wind: Wind, wrong: timedelta
) -> None:
    owe(postgres_store, "ring", "a", RIGHT())
    with postgres_store.write() as cx:
        held = outbox.claim(cx, "other", "ring", right(cx), timedelta(seconds=60))
    bell, last = Bell(), Bell()
    clock = wind(postgres_store, {"ring": bell, "zzz": last})
    clock.look()
    owe(postgres_store, "zzz", "a", RIGHT())

    assert happens(last.rang)  # lanes are looked at in turn, so the other was looked at too
    assert not bell.rang.is_set()
    with postgres_store.write() as cx:
        assert outbox.finish(cx, "other", held[0])


def test_the_leases_of_such_a_server_end_when_others_expect_it(
    postgres_store: Store, wind: Wind, wrong: timedelta
) -> None:
    gate, lease = Gate(), timedelta(seconds=60)
    wind(postgres_store, {"hang": gate}, lease=lease)
    owe(postgres_store, "hang", "a", names.now())
    assert happens(gate.began)
    with postgres_store.read() as cx:
        left = rows(postgres_store)[0].lease_until - right(cx)
    gate.go_on.set()

    assert timedelta(0) < left <= lease


def test_what_it_owes_at_once_is_done_at_once(store: Store, wind: Wind, wrong: timedelta) -> None:
    """By itself, and by a server whose clock is right."""
    bell = Bell()
    wind(store, {"ring": bell})
    owe(store, "ring", "a", RIGHT() + wrong)

    assert happens(bell.rang)


def test_a_clock_that_is_set_does_not_stop_the_polling(
    store: Store, wind: Wind, monkeypatch: pytest.MonkeyPatch
) -> None:
    bell, first = Bell(), Bell()
    wind(store, {"ring": bell, "first": first}, poll=timedelta(milliseconds=50))
    owe(store, "first", "a", RIGHT())
    assert happens(first.rang)
    monkeypatch.setattr(names, "now", lambda: RIGHT() - timedelta(hours=1))
    elsewhere = Store(store.url)  # as another server would: this one's clock does not hear of it
    owe(elsewhere, "ring", "a", RIGHT())

    assert happens(bell.rang)
    elsewhere.close()


def test_signs_of_life_carry_the_time_of_the_database(postgres_store: Store, wrong: timedelta) -> None:
    heart = Heartbeat(postgres_store, "server-1", None, every=timedelta(hours=1))
    heart.start()
    with postgres_store.read() as cx:
        seen: datetime = cx.scalar(select(server.c.heartbeat_at))
        now = right(cx)
    heart.stop()

    assert abs(now - seen) < abs(wrong) / 2
