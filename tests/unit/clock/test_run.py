"""The clock with real databases and real threads; nothing here waits for a length of time."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Row, event, select, text

from secondlook.clock.handler import Handler, PermanentFailure, Retry, TransientFailure
from secondlook.store import outbox
from secondlook.store.outbox import Duty
from secondlook.store.session import Store
from secondlook.store.tables import duty, fact

from .conftest import Wind, owe
from .timing import AT_ONCE, Time, happens, until


class Gate:
    """Work that says when it began and waits until it may go on."""

    def __init__(self) -> None:
        self.began = threading.Event()
        self.go_on = threading.Event()
        self.seen: list[Duty] = []

    def __call__(self, duty: Duty) -> None:
        self.seen.append(duty)
        self.began.set()
        assert self.go_on.wait(60)


class Bell:
    """Work that only says that it was done."""

    def __init__(self) -> None:
        self.rang = threading.Event()
        self.seen: list[Duty] = []

    def __call__(self, duty: Duty) -> None:
        self.seen.append(duty)
        self.rang.set()


def rows(store: Store) -> Sequence[Row]:
    with store.read() as cx:
        return cx.execute(select(duty).order_by(duty.c.id)).all()


def now() -> datetime:
    return datetime.now(UTC)


def test_an_owed_duty_is_done_at_once_without_polling_and_struck_off(store: Store, wind: Wind) -> None:
    bell = Bell()
    clock = wind(store, {"ring": bell})
    owe(store, "ring", "a", now())

    assert happens(bell.rang)
    clock.stop()
    assert [] == rows(store)


def test_what_was_owed_before_the_start_is_done(store: Store, wind: Wind) -> None:
    owe(store, "ring", "a", now())
    bell = Bell()
    wind(store, {"ring": bell})

    assert happens(bell.rang)


def test_a_duty_is_done_when_it_is_due_and_not_before(store: Store, wind: Wind, time: Time) -> None:
    later, soon = Bell(), Bell()
    clock = wind(store, {"later": later, "soon": soon}, now=time)
    owe(store, "later", "a", time(), due=time() + timedelta(days=10))
    owe(store, "soon", "a", time())

    assert happens(soon.rang)
    assert not later.rang.is_set()

    time.move(days=10)
    clock.look()

    assert happens(later.rang)


def test_the_clock_wakes_by_itself_when_a_duty_becomes_due(store: Store, wind: Wind) -> None:
    bell = Bell()
    wind(store, {"ring": bell})
    owe(store, "ring", "a", now(), due=now() + timedelta(milliseconds=200))

    assert happens(bell.rang)


def test_the_final_write_and_the_striking_off_are_one(store: Store, wind: Wind) -> None:
    bell = Bell()

    def work(duty: Duty):
        return lambda cx, _: cx.execute(fact.insert().values(name=duty.queueing_key, value=True))

    clock = wind(store, {"note": work, "ring": bell})
    owe(store, "note", "a", now())
    assert until(lambda: not rows(store))

    with store.read() as cx:
        assert ["a"] == cx.scalars(select(fact.c.name)).all()
    clock.stop()


def test_a_final_write_that_fails_leaves_the_duty_owed(store: Store, wind: Wind, time: Time) -> None:
    def work(duty: Duty):
        return lambda cx, _: cx.execute(text("SELECT nothing FROM nowhere"))

    wind(store, {"note": Handler(work, Retry(timedelta(minutes=1)))}, now=time)
    owe(store, "note", "a", time())

    assert until(lambda: any(row.last_error and "nowhere" in row.last_error for row in rows(store)))
    assert rows(store)[0].due_at > time()
    assert rows(store)[0].lease_owner is None


def test_a_failing_duty_is_tried_again(store: Store, wind: Wind) -> None:
    done = threading.Event()
    tries = []

    def work(duty: Duty) -> None:
        tries.append(duty.attempts)
        if duty.attempts < 3:
            raise TransientFailure("not yet")
        done.set()

    clock = wind(store, {"ring": work})
    owe(store, "ring", "a", now())

    assert happens(done)
    clock.stop()
    assert [1, 2, 3] == tries
    assert [] == rows(store)


def test_a_duty_that_the_servers_end_breaks_off_leaves_no_traceback(
    store: Store, wind: Wind, caplog: pytest.LogCaptureFixture
) -> None:
    def stopping(_: Duty) -> None:
        raise InterruptedError("the server is stopping")

    owe(store, "work", "a", now())
    wind(store, {"work": stopping})

    until(lambda: "work of a failed, try 1: the server is stopping" in caplog.text)
    assert "Traceback" not in caplog.text


def test_after_the_last_try_a_duty_is_kept_as_failed_and_its_loss_written(store: Store, wind: Wind) -> None:
    def work(duty: Duty) -> None:
        raise ConnectionError("nobody there")

    def lost(duty: Duty, reason: str):
        return lambda cx, _: cx.execute(fact.insert().values(name=duty.queueing_key, value=reason))

    clock = wind(store, {"ring": Handler(work, AT_ONCE, on_give_up=lost)})
    owe(store, "ring", "a", now())

    def failed() -> list:
        with store.read() as cx:
            return outbox.failed(cx)

    assert until(lambda: len(failed()) == 1)
    clock.stop()
    assert ("ring", "a", 3, "nobody there") == (
        failed()[0].kind,
        failed()[0].queueing_key,
        failed()[0].attempts,
        failed()[0].error,
    )
    with store.read() as cx:
        assert "nobody there" == cx.scalar(select(fact.c.value).where(fact.c.name == "a"))


def test_a_hopeless_duty_is_given_up_at_its_first_try(store: Store, wind: Wind) -> None:
    def work(duty: Duty) -> None:
        raise PermanentFailure("the receiver is gone")

    wind(store, {"ring": work})
    owe(store, "ring", "a", now())

    assert until(lambda: any(row.failed_at for row in rows(store)))
    assert 1 == rows(store)[0].attempts


def test_what_a_failed_try_notes_is_written_with_the_postponement(
    store: Store, wind: Wind, time: Time
) -> None:
    def work(duty: Duty) -> None:
        raise TransientFailure("busy", lambda cx, _: cx.execute(fact.insert().values(name="noted", value=1)))

    wind(store, {"ring": Handler(work, Retry(timedelta(minutes=1)))}, now=time)
    owe(store, "ring", "a", time())

    assert until(lambda: any(row.last_error == "busy" for row in rows(store)))
    with store.read() as cx:
        assert ["noted"] == cx.scalars(select(fact.c.name)).all()


def test_a_kind_that_hangs_does_not_delay_another(store: Store, wind: Wind) -> None:
    hung, bell = Gate(), Bell()
    wind(store, {"hang": Handler(hung, concurrency=1), "ring": bell})
    for number in range(20):
        owe(store, "hang", str(number), now())
    assert happens(hung.began)
    owe(store, "ring", "a", now())

    assert happens(bell.rang)
    assert 1 == len(hung.seen)
    hung.go_on.set()


def test_a_duty_that_hangs_does_not_delay_another_of_its_kind(store: Store, wind: Wind) -> None:
    slow, bell = Gate(), Bell()

    def work(duty: Duty) -> None:
        (slow if duty.queueing_key == "slow" else bell)(duty)

    wind(store, {"post": Handler(work, concurrency=2)})
    for _ in range(20):
        owe(store, "post", "slow", now())
    assert happens(slow.began)
    owe(store, "post", "quick", now())

    assert happens(bell.rang)
    assert 1 == len(slow.seen)
    slow.go_on.set()
    assert until(lambda: len(slow.seen) == 20)


def test_no_kind_has_more_in_hand_than_its_concurrency(store: Store, wind: Wind) -> None:
    gate = Gate()
    wind(store, {"hang": Handler(gate, concurrency=3)})
    with store.write() as cx:
        for number in range(10):
            outbox.owe(cx, "hang", str(number), {}, due=now(), now=now())

    assert until(lambda: len(gate.seen) == 3)
    assert 3 == sum(row.lease_owner is not None for row in rows(store))
    gate.go_on.set()
    assert until(lambda: len(gate.seen) == 10)


@pytest.fixture
def other(postgres_store: Store) -> Iterator[Store]:
    """What a second server opens."""
    store = Store(postgres_store.url)
    yield store
    store.close()


def test_two_clocks_on_one_database_share_the_duties_and_do_none_twice(
    postgres_store: Store, other: Store, wind: Wind
) -> None:
    done: dict[str, list[str]] = {"one": [], "two": []}
    poll = timedelta(milliseconds=20)
    first = wind(
        postgres_store,
        {"x": Handler(lambda duty: done["one"].append(duty.queueing_key), concurrency=4)},
        "server-1",
        poll=poll,
    )
    second = wind(
        other,
        {"x": Handler(lambda duty: done["two"].append(duty.queueing_key), concurrency=4)},
        "server-2",
        poll=poll,
    )
    for number in range(300):
        owe(other if number % 2 else postgres_store, "x", str(number), now())

    assert until(lambda: not rows(postgres_store))
    first.stop()
    second.stop()
    assert sorted(map(str, range(300))) == sorted(done["one"] + done["two"])
    assert done["one"]
    assert done["two"]


def test_the_duties_of_another_server_that_died_are_found_when_its_lease_has_run_out(
    store: Store, wind: Wind, time: Time
) -> None:
    owe(store, "ring", "a", time())
    with store.write() as cx:
        outbox.claim(cx, "died", "ring", time(), timedelta(seconds=60))
    bell, other = Bell(), Bell()
    clock = wind(store, {"ring": bell, "other": other}, now=time)
    owe(store, "other", "a", time())
    assert happens(other.rang)
    assert not bell.rang.is_set()

    time.move(seconds=61)
    clock.look()

    assert happens(bell.rang)
    assert 2 == bell.seen[0].attempts


def test_a_server_gives_back_what_its_previous_run_held(store: Store, wind: Wind) -> None:
    owe(store, "ring", "a", now())
    with store.write() as cx:
        outbox.claim(cx, "server-1", "ring", now(), timedelta(hours=1))
    bell = Bell()
    wind(store, {"ring": bell})

    assert happens(bell.rang)


def test_who_lost_the_lease_writes_nothing(store: Store, wind: Wind, time: Time) -> None:
    began, go_on, noted = threading.Event(), threading.Event(), []

    def work(duty: Duty):
        began.set()
        assert go_on.wait(60)
        return lambda cx, _: noted.append(duty.id)

    clock = wind(store, {"hang": work}, now=time)
    owe(store, "hang", "a", time())
    assert happens(began)
    with store.write() as cx:
        outbox.release_all(cx, "server-1")
        taken = outbox.claim(cx, "server-2", "hang", time(), timedelta(hours=1))
    go_on.set()
    clock.stop()

    assert [] == noted
    with store.write() as cx:
        assert outbox.finish(cx, "server-2", taken[0])


def test_long_work_keeps_its_lease(store: Store, wind: Wind, time: Time) -> None:
    gate = Gate()
    clock = wind(store, {"hang": gate}, now=time, lease=timedelta(seconds=60))
    owe(store, "hang", "a", time())
    assert happens(gate.began)
    for _ in range(3):
        before = rows(store)[0].lease_until
        time.move(seconds=40)
        clock.look()
        assert until(lambda before=before: rows(store)[0].lease_until > before)

    with store.write() as cx:
        assert [] == outbox.claim(cx, "server-2", "hang", time(), timedelta(seconds=60))
    gate.go_on.set()
    clock.stop()
    assert [] == rows(store)


def test_stopping_waits_for_what_is_in_hand(store: Store, wind: Wind) -> None:
    gate = Gate()
    clock = wind(store, {"hang": gate})
    owe(store, "hang", "a", now())
    assert happens(gate.began)
    stopping = threading.Thread(target=clock.stop)
    stopping.start()
    gate.go_on.set()
    stopping.join()

    assert [] == rows(store)


def test_what_is_unfinished_when_the_grace_is_over_is_given_back(store: Store, wind: Wind) -> None:
    gate = Gate()
    clock = wind(store, {"hang": gate})
    owe(store, "hang", "a", now())
    assert happens(gate.began)
    clock.stop(grace=0)

    assert [None] == [row.lease_owner for row in rows(store)]
    gate.go_on.set()


def test_an_idle_clock_only_reads(store: Store, wind: Wind) -> None:
    writes, looked = [], threading.Semaphore(0)
    clock = wind(store, {"ring": Bell()})
    clock.stop()

    @event.listens_for(store.engine, "begin")
    def begun(connection) -> None:
        if connection.get_execution_options().get("secondlook_write"):
            writes.append(1)
        else:
            looked.release()

    wind(store, {"ring": Bell()}, poll=timedelta(milliseconds=1))
    for _ in range(20):
        assert looked.acquire(timeout=30)

    assert 1 == len(writes)  # giving back the leases of the previous run


def test_the_clock_outlives_a_database_that_is_away(sqlite_store: Store, wind: Wind) -> None:
    bell, failed = Bell(), threading.Event()

    @event.listens_for(sqlite_store.engine, "handle_error")
    def noticed(_context) -> None:
        failed.set()

    wind(sqlite_store, {"ring": bell}, poll=timedelta(milliseconds=10))
    with sqlite_store.write() as cx:
        cx.execute(text("ALTER TABLE duty RENAME TO away"))
    assert happens(failed)
    with sqlite_store.write() as cx:
        cx.execute(text("ALTER TABLE away RENAME TO duty"))
    owe(sqlite_store, "ring", "a", now())

    assert happens(bell.rang)


def test_an_unknown_kind_is_left_alone(store: Store, wind: Wind) -> None:
    bell = Bell()
    clock = wind(store, {"ring": bell})
    owe(store, "of a later version", "a", now())
    owe(store, "ring", "a", now())
    assert happens(bell.rang)
    clock.stop()

    assert ["of a later version"] == [row.kind for row in rows(store)]
