"""The outbox: what a claim, a lease and a last try mean, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import IntegrityError

from secondlook.store import outbox
from secondlook.store.session import Store
from secondlook.store.tables import duty

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)


def owe(store: Store, *keys: str, kind: str = "post", due: datetime = NOW) -> None:
    with store.write() as cx:
        for key in keys:
            outbox.owe(cx, kind, key, {"to": key}, due=due, now=NOW)


def claim(store: Store, owner: str = "one", now: datetime = NOW, **more) -> list[outbox.Duty]:
    with store.write() as cx:
        return outbox.claim(cx, owner, "post", now, LEASE, **more)


def test_a_claimed_duty_is_nobody_elses_until_its_lease_has_run_out(store: Store) -> None:
    owe(store, "a")

    assert ["a"] == [duty.queueing_key for duty in claim(store)]
    assert [] == claim(store, "two", NOW + LEASE - timedelta(seconds=1))
    assert [2] == [duty.attempts for duty in claim(store, "two", NOW + LEASE)]


def test_duties_come_oldest_first_one_per_queueing_key_up_to_the_most(store: Store) -> None:
    owe(store, "a", "a", "b", "c", "d")

    assert ["a", "b", "c"] == [duty.queueing_key for duty in claim(store, most=4)]


def test_busy_queueing_keys_are_passed_over(store: Store) -> None:
    owe(store, "a", "b")

    assert ["b"] == [duty.queueing_key for duty in claim(store, busy={"a"})]


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
    assert [taken.id] == [duty.id for duty in claim(store, "three", NOW + LEASE)]


def test_a_failed_duty_is_kept_with_its_reason_and_not_claimed(store: Store) -> None:
    owe(store, "a")
    with store.write() as cx:
        outbox.give_up(cx, "one", outbox.claim(cx, "one", "post", NOW, LEASE)[0], "nobody there", NOW)

    with store.read() as cx:
        assert [("a", "nobody there", 1)] == [
            (duty.queueing_key, duty.error, duty.attempts) for duty in outbox.failed(cx)
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


def owe_shares(store: Store, **keys: int) -> None:
    """So many duties for each share, those of one share after those of another."""
    with store.write() as cx:
        for share, number in keys.items():
            for key in range(number):
                outbox.owe(cx, "post", f"{share}{key}", {}, due=NOW, now=NOW, share=share)


def claim_by_shares(store: Store, after: str = "", **more) -> tuple[list[str], str]:
    with store.write() as cx:
        duties, after = outbox.claim_by_shares(cx, "one", "post", NOW, LEASE, after=after, **more)
    return [duty.queueing_key for duty in duties], after


def test_the_few_of_one_share_do_not_wait_for_the_many_of_another(store: Store) -> None:
    owe_shares(store, a=50, b=2)

    keys, _ = claim_by_shares(store, most=8)

    assert ["a0", "b0", "a1", "b1", "a2", "a3"] == keys


def test_every_share_has_its_turn(store: Store) -> None:
    shares = [chr(ord("a") + number) for number in range(20)]
    owe_shares(store, **dict.fromkeys(shares, 3))
    served, after = set(), ""
    for _ in range(3):
        keys, after = claim_by_shares(store, after, most=8)
        served.update(key[0] for key in keys)

    assert set(shares) == served


def test_a_share_whose_duties_are_all_held_leaves_the_turn_to_others(store: Store) -> None:
    owe_shares(store, a=1, b=1)
    assert ["a0", "b0"] == claim_by_shares(store)[0]
    owe_shares(store, c=1)

    assert ["c0"] == claim_by_shares(store)[0]


def test_of_a_share_no_more_is_claimed_than_there_is_room_for(store: Store) -> None:
    owe_shares(store, a=5, b=5, c=5)

    keys, _ = claim_by_shares(store, most=12, room={"a": 0, "b": 1, "c": 9}.__getitem__)

    assert ["b0", "c0", "c1", "c2", "c3", "c4"] == keys


def test_shares_without_room_take_nobodys_turn(store: Store) -> None:
    shares = [chr(ord("a") + number) for number in range(20)]
    owe_shares(store, **dict.fromkeys(shares, 1))

    for after in ("", "c", "t"):
        keys, _ = claim_by_shares(store, after, most=8, room=lambda share: int(share == "s"))
        assert (["s0"] if not after else []) == keys


def test_what_is_held_is_known(store: Store) -> None:
    owe_shares(store, a=1)
    with store.read() as cx:
        assert not outbox.is_held(cx, "post", "a0", NOW)
    claim_by_shares(store)

    with store.read() as cx:
        assert outbox.is_held(cx, "post", "a0", NOW)
        assert not outbox.is_held(cx, "post", "a0", NOW + LEASE)


def test_what_has_no_share_is_claimed_too(store: Store) -> None:
    owe(store, "bare")

    assert ["bare"] == claim_by_shares(store)[0]


def test_the_shares_are_found_by_steps_through_an_index(sqlite_store: Store) -> None:
    owe_shares(sqlite_store, a=1)
    with sqlite_store.read() as cx:
        plans: list[str] = []

        def explain(_cx, _cursor, statement, parameters, _context, _many):
            if "step" in statement or "share" in statement.split("WHERE")[0]:
                plan = cx.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plans.extend(row[3] for row in plan)

        event.listen(cx, "before_cursor_execute", explain)
        cx.execute(*outbox._shares("post", "", 8))

    assert any("ix_duty_share" in step for step in plans)
    assert not any(step.startswith("SCAN duty") for step in plans)


def test_what_is_struck_off_together_is_what_is_still_held(store: Store) -> None:
    owe(store, "a", "b", "c")
    claimed = claim(store)
    again = claim(store, "two", NOW + LEASE)
    with store.write() as cx:
        assert frozenset() == outbox.lock(cx, "one", claimed)
        locked = outbox.lock(cx, "two", again[:2])
        outbox.strike_off(cx, locked)

    with store.read() as cx:
        assert ["c"] == cx.scalars(select(duty.c.queueing_key)).all()


def test_what_was_claimed_and_not_begun_is_no_try(store: Store) -> None:
    owe(store, "a")
    with store.write() as cx:
        outbox.release(cx, "one", outbox.claim(cx, "one", "post", NOW, LEASE))

    assert [1] == [claimed.attempts for claimed in claim(store, "two")]
