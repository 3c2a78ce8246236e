"""Short work is done by the batch; each duty has an outcome of its own."""

from __future__ import annotations

import threading
from datetime import timedelta

from sqlalchemy import event, select, text

from secondlook.clock.handler import Handler, Retry
from secondlook.store import outbox
from secondlook.store.outbox import Duty
from secondlook.store.session import Store
from secondlook.store.tables import duty, fact

from .conftest import Wind
from .timing import AT_ONCE, Time, happens, until


def owe(store: Store, number: int, time: Time) -> None:
    with store.write() as cx:
        for position in range(number):
            outbox.owe(cx, "note", str(position), {}, due=time(), now=time())


def noted(store: Store) -> list[str]:
    with store.read() as cx:
        return sorted(cx.scalars(select(fact.c.name)), key=int)


def note(duty: Duty):
    return lambda cx, _: cx.execute(fact.insert().values(name=duty.queueing_key, value=True))


def test_a_handful_costs_few_transactions(sqlite_store: Store, wind: Wind, time: Time) -> None:
    owe(sqlite_store, 64, time)
    commits = []
    event.listen(sqlite_store.engine, "commit", lambda _: commits.append(1))
    wind(sqlite_store, {"note": Handler(note, AT_ONCE, concurrency=1, batch=32)}, now=time)

    assert until(lambda: len(noted(sqlite_store)) == 64)
    assert len(commits) < 16  # two claims, two or a few more final writes, the start


def test_one_that_cannot_be_written_leaves_the_others_written(store: Store, wind: Wind, time: Time) -> None:
    def work(duty: Duty):
        if duty.queueing_key == "3":
            return lambda cx, _: cx.execute(text("SELECT nothing FROM nowhere"))
        return note(duty)

    owe(store, 6, time)
    wind(store, {"note": Handler(work, Retry(timedelta(minutes=1)), concurrency=1, batch=8)}, now=time)

    assert until(lambda: ["0", "1", "2", "4", "5"] == noted(store))

    def postponed() -> list[str]:
        with store.read() as cx:
            return list(cx.scalars(select(duty.c.queueing_key).where(duty.c.last_error.is_not(None))))

    assert until(lambda: ["3"] == postponed())


def test_one_that_fails_leaves_the_others_done(store: Store, wind: Wind, time: Time) -> None:
    def work(duty: Duty):
        if duty.queueing_key == "3":
            raise ConnectionError("nobody there")
        return note(duty)

    owe(store, 6, time)
    wind(store, {"note": Handler(work, Retry(timedelta(minutes=1)), concurrency=1, batch=8)}, now=time)

    assert until(lambda: ["0", "1", "2", "4", "5"] == noted(store))


def test_what_was_not_begun_when_the_clock_stopped_is_given_back(
    store: Store, wind: Wind, time: Time
) -> None:
    began, go_on = threading.Event(), threading.Event()

    def work(duty: Duty):
        began.set()
        assert go_on.wait(60)
        return note(duty)

    owe(store, 4, time)
    clock = wind(store, {"note": Handler(work, AT_ONCE, concurrency=1, batch=8)}, now=time)
    assert happens(began)
    stopping = threading.Thread(target=clock.stop)
    stopping.start()
    assert clock._over.wait(30)
    go_on.set()
    stopping.join()

    assert ["0"] == noted(store)
    with store.read() as cx:
        assert [("1", None), ("2", None), ("3", None)] == [
            tuple(row)
            for row in cx.execute(select(duty.c.queueing_key, duty.c.lease_owner).order_by(duty.c.id))
        ]
