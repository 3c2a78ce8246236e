"""The outbox: what a claim, a lease and a last try mean, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from secondlook.store import outbox
from secondlook.store.session import Store
from secondlook.store.tables import duty

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)


def owe(store: Store, *subjects: str, kind: str = "post", due: datetime = NOW) -> None:
    with store.write() as cx:
        for one in subjects:
            outbox.owe(cx, kind, one, {"to": one}, due=due, now=NOW)


def claim(store: Store, owner: str = "one", now: datetime = NOW, **more) -> list[outbox.Duty]:
    with store.write() as cx:
        return outbox.claim(cx, owner, "post", now, LEASE, **more)


def test_a_claimed_duty_is_nobody_elses_until_its_lease_has_run_out(store: Store) -> None:
    owe(store, "a")

    assert ["a"] == [one.queueing_key for one in claim(store)]
    assert [] == claim(store, "two", NOW + LEASE - timedelta(seconds=1))
    assert [2] == [one.attempts for one in claim(store, "two", NOW + LEASE)]


def test_duties_come_oldest_first_one_per_subject_up_to_the_most(store: Store) -> None:
    owe(store, "a", "a", "b", "c", "d")

    assert ["a", "b", "c"] == [one.queueing_key for one in claim(store, most=4)]


def test_busy_subjects_are_passed_over(store: Store) -> None:
    owe(store, "a", "b")

    assert ["b"] == [one.queueing_key for one in claim(store, busy={"a"})]


def test_duties_of_another_kind_or_due_later_are_left(store: Store) -> None:
    owe(store, "a", kind="other")
    owe(store, "b", due=NOW + timedelta(seconds=1))

    assert [] == claim(store)


def test_the_next_due_time_passes_over_what_is_held_failed_or_busy(store: Store) -> None:
    owe(store, "held", "failed", "busy")
    owe(store, "later", due=NOW + timedelta(hours=1))
    with store.write() as cx:
        held, failed = outbox.claim(cx, "one", "post", NOW, LEASE, most=2)
        outbox.give_up(cx, "one", failed, "no", NOW)

        assert NOW + timedelta(hours=1) == outbox.next_due(cx, "post", NOW, {"busy"})
        assert outbox.AT_ONCE == outbox.next_due(cx, "post", NOW)
        assert outbox.finish(cx, "one", held)


def test_only_the_claim_that_holds_the_lease_finishes(store: Store) -> None:
    owe(store, "a")
    first = claim(store)[0]
    second = claim(store, "one", NOW + LEASE)[0]  # the same server, after its lease ran out
    with store.write() as cx:
        assert not outbox.finish(cx, "one", first)
        assert not outbox.postpone(cx, "one", first, NOW, "late")
        assert not outbox.give_up(cx, "one", first, "late", NOW)
        assert outbox.finish(cx, "one", second)


def test_renewing_tells_which_leases_are_still_held(store: Store) -> None:
    owe(store, "a", "b")
    mine, taken = claim(store)
    with store.write() as cx:
        cx.execute(duty.update().where(duty.c.id == taken.id).values(lease_owner="two"))

        assert {mine.id} == outbox.renew(cx, "one", [mine.id, taken.id], NOW + 2 * LEASE)
    assert [taken.id] == [one.id for one in claim(store, "three", NOW + LEASE)]


def test_a_failed_duty_is_kept_with_its_reason_and_not_claimed(store: Store) -> None:
    owe(store, "a")
    with store.write() as cx:
        outbox.give_up(cx, "one", outbox.claim(cx, "one", "post", NOW, LEASE)[0], "nobody there", NOW)

    with store.read() as cx:
        assert [("a", "nobody there", 1)] == [
            (one.queueing_key, one.error, one.attempts) for one in outbox.failed(cx)
        ]
    assert [] == claim(store, now=NOW + timedelta(days=1))


def test_who_listens_hears_what_was_owed_after_the_commit_and_nothing_of_a_rollback(store: Store) -> None:
    heard = []
    store.on_owed(lambda kind, due: heard.append((kind, due)))
    owe(store, "a")
    with pytest.raises(IntegrityError):
        owe(store, "b", None)
    owe(store, "c", due=NOW + LEASE)

    assert [("post", outbox.AT_ONCE), ("post", NOW + LEASE)] == heard


def test_taking_back_a_duty_that_is_being_finished_does_not_wait_for_it(postgres_store: Store) -> None:
    """The clock locks the duty and then its loop; whoever takes a duty back has locked the loop already."""
    owe(postgres_store, "a", "a")
    held = claim(postgres_store, most=1)[0]
    with postgres_store.write() as finishing:
        assert outbox.finish(finishing, "one", held)
        with postgres_store.write() as closing:
            closing.execute(text("SET LOCAL lock_timeout = '1s'"))
            outbox.forget(closing, "post", "a")

    with postgres_store.read() as cx:
        assert [] == cx.scalars(select(duty.c.id)).all()


def test_a_million_duties_for_later_cost_a_look_one_step_in_the_index(sqlite_store: Store) -> None:
    with sqlite_store.read() as cx:
        query = outbox._open("post", NOW, ())
        statement = select(duty.c.due_at).where(query).order_by(duty.c.due_at, duty.c.id).limit(1)
        sql = statement.compile(cx.engine, compile_kwargs={"literal_binds": True})
        plan = [row.detail for row in cx.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]

    assert ["SEARCH duty USING INDEX ix_duty_due (kind=?)"] == plan
