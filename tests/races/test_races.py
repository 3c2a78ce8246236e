"""Two people, or a person and the clock, at the very same moment: 300 times each on PostgreSQL, fewer on SQLite.

Both sides start behind a barrier, on connections of their own. What is asserted is the whole outcome in the rows.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from secondlook.review import assignment, flow, loop, queue
from secondlook.review.errors import Conflict, Refusal
from secondlook.store import outbox, tables

LEASE = timedelta(seconds=30)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def repeats(store):
    return 60 if store.is_sqlite else 300


@pytest.fixture
def at_once():
    """Run functions at the same moment, each on a thread; what each returned, or the refusal it met.

    Anything but a refusal (a deadlock, a broken constraint) passes through and fails the test.
    """
    with ThreadPoolExecutor(4) as threads:

        def run(*acts: Callable[[], Any]) -> list[Any]:
            start = threading.Barrier(len(acts))

            def one(act: Callable[[], Any]) -> Any:
                start.wait(10)
                try:
                    return act()
                except Refusal as refusal:
                    return refusal

            return [done.result(30) for done in [threads.submit(one, act) for act in acts]]

        yield run


def writing(world, function, *arguments):
    """A transaction of its own around a function of the workshop."""

    def act():
        with world.store.write() as cx:
            return function(cx, *arguments)

    return act


def taking(world, who):
    return writing(world, queue.take, world.people[who], "fd", world.now)


def submitting(world, who, held):
    return writing(world, assignment.submit, world.people[who], held, {"by": who}, world.place, world.now)


def states(world, number):
    with world.store.read() as cx:
        return Counter(
            cx.scalars(select(tables.assignment.c.state).where(tables.assignment.c.loop_id == number))
        )


def row(world, number):
    with world.store.read() as cx:
        return cx.execute(select(tables.loop).where(tables.loop.c.id == number)).one()


def owed(world, kind, subject):
    with world.store.read() as cx:
        query = select(tables.duty.c.id).where(
            tables.duty.c.kind == kind, tables.duty.c.subject == str(subject)
        )
        return len(cx.execute(query).all())


@pytest.mark.parametrize("task_count", [1, 2])
def test_two_claims_never_make_more_holders_than_slots_and_never_fewer(world, at_once, repeats, task_count):
    world.flow(task_count=task_count)
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        taken = at_once(taking(world, "alice"), taking(world, "bob"))

        assert task_count == sum(one is not None for one in taken)
        assert {"active": task_count} == states(world, number)
        _end(world, number)


def test_three_claims_of_two_slots_fill_both(world, at_once, repeats):
    world.flow(task_count=2)
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        taken = at_once(*(taking(world, who) for who in ("alice", "bob", "carol")))

        assert 2 == sum(one is not None for one in taken)
        _end(world, number)


def test_two_claims_of_two_loops_take_one_each(world, at_once, repeats):
    world.flow()
    for turn in range(repeats):
        numbers = [world.loop(f"{one}-{turn}") for one in ("first", "second")]
        taken = at_once(taking(world, "alice"), taking(world, "bob"))

        assert None not in taken
        assert [{"active": 1}, {"active": 1}] == [states(world, number) for number in numbers]
        for number in numbers:
            _end(world, number)


def test_two_last_answers_close_the_loop_once(world, at_once, repeats):
    world.flow(task_count=2)
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        held = {who: world.take(who) for who in ("alice", "bob")}
        at_once(*(submitting(world, who, held[who]) for who in held))

        assert {"submitted": 2} == states(world, number)
        assert 1 == owed(world, "close-loop", number)
        assert row(world, number).closing_at is not None


def test_one_answer_submitted_twice_counts_once(world, at_once, repeats):
    world.flow()
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        held = world.take("alice")
        done = at_once(submitting(world, "alice", held), submitting(world, "alice", held))

        assert [None, None] == done
        assert ({"submitted": 1}, 1) == (states(world, number), owed(world, "close-loop", number))


def test_submit_against_stop_keeps_the_answer_either_way(world, at_once, repeats):
    world.flow()
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        held = world.take("alice")
        at_once(
            submitting(world, "alice", held),
            writing(world, loop.stop, f"loop-{turn}", world.place, world.now),
        )
        found = row(world, number)

        assert {"submitted": 1} == states(world, number)
        assert 1 == owed(world, "close-loop", number)
        assert (found.status, found.outcome) in {("InProgress", "Completed"), ("Stopping", "Stopped")}


def test_submit_against_the_loops_expiry_keeps_the_answer(world, at_once, repeats):
    world.flow(availability=60)
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        held = world.take("alice")
        world.later(seconds=61)
        at_once(submitting(world, "alice", held), writing(world, loop.expire, number, world.place, world.now))

        assert {"submitted": 1} == states(world, number)
        assert ("Completed", 1) == (row(world, number).outcome, owed(world, "close-loop", number))


def test_submit_against_the_tasks_expiry_ends_in_exactly_one_of_both(world, at_once, repeats):
    world.flow(time_limit=60)
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        held = world.take("alice")
        in_time, too_late = world.later(seconds=60), world.later(seconds=11)
        answered = writing(
            world, assignment.submit, world.people["alice"], held, {"by": "alice"}, world.place, in_time
        )
        at_once(answered, writing(world, assignment.expire, held, world.place, too_late))
        found = states(world, number)

        assert found in ({"submitted": 1}, {"expired": 1})
        assert found["submitted"] == owed(world, "close-loop", number)
        if found["expired"]:
            _end(world, number)


def test_submit_against_release_of_the_same_task_ends_in_exactly_one_of_both(world, at_once, repeats):
    world.flow()
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        held = world.take("alice")
        leaving = writing(world, assignment.release, world.people["alice"], held, world.place, world.now)
        done = at_once(submitting(world, "alice", held), leaving)
        found = states(world, number)

        assert 1 == sum(isinstance(one, Refusal) for one in done)
        assert found["submitted"] == owed(world, "close-loop", number)
        if found["released"]:
            _end(world, number)


def test_the_last_two_declines_fail_the_loop_once(world, at_once, repeats):
    world.flow(task_count=2)
    for turn in range(repeats):
        name = f"loop-{turn}"
        number = world.loop(name)
        _decline(world, "carol", world.take("carol"))
        held = {who: world.take(who) for who in ("alice", "bob")}
        at_once(
            *(
                writing(world, assignment.decline, world.people[who], held[who], None, world.place, world.now)
                for who in held
            )
        )

        assert ("Failed", "Declined") == (row(world, number).status, row(world, number).failure_code)
        assert 1 == owed(world, "publish-event", name)


def test_a_loop_that_becomes_ready_during_a_search_is_not_lost_to_the_searcher(world, at_once, repeats):
    world.flow(task_count=3)
    for turn in range(repeats):
        early = world.loop(f"early-{turn}", ready=False)
        late = world.loop(f"late-{turn}")
        at_once(taking(world, "alice"), writing(world, loop.rendered, early))
        taken = {_loop_of(world, world.people["alice"])}
        world.submit("alice", world.take("alice"))
        second = world.take("alice")
        assert second is not None
        taken |= {_loop_of(world, world.people["alice"])}

        assert {early, late} == taken
        for number in (early, late):
            _end(world, number)


@pytest.mark.parametrize("same", [True, False])
def test_two_starts_of_one_name_make_one_loop(world, at_once, repeats, same):
    world.flow()
    with world.store.read() as cx:
        flow_row = loop.startable(cx, world.place.arn("flow-definition", "fd"), world.place)
    for turn in range(repeats):
        starts = [
            writing(world, loop.start, flow_row, f"loop-{turn}", text, None, world.now)
            for text in ("{}", "{}" if same else "[]")
        ]
        done = at_once(*starts)
        with world.store.read() as cx:
            found = cx.scalars(select(tables.loop.c.id).where(tables.loop.c.name == f"loop-{turn}")).all()

        assert 1 == len(found)
        assert (0 if same else 1) == sum(isinstance(one, Conflict) for one in done)
        assert 1 == owed(world, "check-render", found[0])


def test_a_stop_against_a_claim_leaves_no_task_without_a_loop(world, at_once, repeats):
    world.flow()
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        taken, _ = at_once(
            taking(world, "alice"), writing(world, loop.stop, f"loop-{turn}", world.place, world.now)
        )
        found = row(world, number)

        assert ("Stopping" if taken else "Stopped") == found.status
        if taken:
            _release(world, "alice", taken)
            assert "Stopped" == row(world, number).status


def test_a_flow_definition_deleted_against_a_start_keeps_no_loop_behind(world, at_once, repeats):
    for turn in range(repeats):
        world.flow(f"fd-{turn}")
        arn = world.place.arn("flow-definition", f"fd-{turn}")
        with world.store.read() as cx:
            flow_row = loop.startable(cx, arn, world.place)
        started, _ = at_once(
            writing(world, loop.start, flow_row, f"loop-{turn}", "{}", None, world.now),
            writing(world, flow.begin_delete, f"fd-{turn}", world.now),
        )
        with world.store.write() as cx:
            finished = flow.finish_delete(cx, flow_row.id)

        assert finished == isinstance(started, Refusal)
        if not finished:
            with world.store.write() as cx:
                loop.stop(cx, f"loop-{turn}", world.place, world.now)
                assert flow.finish_delete(cx, flow_row.id)


def test_two_clocks_claim_each_duty_once(world, at_once, repeats):
    world.flow()
    for turn in range(repeats):
        with world.store.write() as cx:
            cx.execute(tables.duty.delete())
            for number in range(6):
                outbox.owe(cx, "tick", f"{turn}-{number}", {}, due=world.now, now=world.now)

        def claiming(owner):
            return writing(world, outbox.claim, owner, "tick", world.now, LEASE)

        first, second = at_once(claiming("one"), claiming("two"))
        claimed = [one.id for one in (*first, *second)]

        assert len(set(claimed)) == len(claimed)


def _decline(world, who, held):
    with world.store.write() as cx:
        assignment.decline(cx, world.people[who], held, None, world.place, world.now)


def _release(world, who, held):
    with world.store.write() as cx:
        assignment.release(cx, world.people[who], held, world.place, world.now)


def _loop_of(world, person_id):
    with world.store.read() as cx:
        held = select(tables.assignment.c.loop_id).where(
            tables.assignment.c.person_id == person_id, tables.assignment.c.state == "active"
        )
        return cx.scalar(held)


def _end(world, number):
    """Out of the way of the next turn."""
    with world.store.write() as cx:
        cx.execute(
            update(tables.loop)
            .where(tables.loop.c.id == number)
            .values(status="Stopped", closed_at=world.now)
        )
        cx.execute(
            update(tables.assignment).where(tables.assignment.c.loop_id == number).values(state="released")
        )
