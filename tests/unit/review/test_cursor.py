"""Where searches start: never above a loop that is still to come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select

from secondlook.review import assignment
from secondlook.review.cursor import Start
from secondlook.review.stories import queue
from secondlook.store import tables
from tests.statements import statements

ACTS = st.lists(st.sampled_from(["begin", "number", "end", "peek", "lock", "move"]), max_size=80)


class Database:
    """Transactions that start loops: they get a number of their own, then one for their loop, and end in any order."""

    def __init__(self):
        self.next_transaction, self.next_loop, self.newest_seen = 1, 1, 0
        self.running: dict[int, int | None] = {}  # transaction → its loop

    def begin(self):
        self.running[self.next_transaction] = None
        self.next_transaction += 1
        return self.next_transaction - 1

    def number(self, transaction):
        self.running[transaction] = self.next_loop
        self.next_loop += 1

    def end(self, transaction):
        """Its loop, which everybody sees from now on."""
        loop = self.running.pop(transaction)
        self.newest_seen = max(self.newest_seen, loop or 0)
        return loop

    @property
    def ended_below(self):
        return min(self.running, default=self.next_transaction)


@given(ACTS, st.randoms(use_true_random=False))
def test_a_cursor_never_passes_a_loop_that_cannot_be_seen_yet(acts, random):
    """A search peeks, has a number as a transaction, and moves its cursor behind all that it sees; others go on meanwhile."""
    database, start, peeked, own = Database(), Start(0, 0), None, None
    for act in acts:
        starting = [transaction for transaction in database.running if transaction != own]
        unnumbered = [transaction for transaction in starting if database.running[transaction] is None]
        if act == "begin":
            database.begin()
        elif act == "number" and unnumbered:
            database.number(random.choice(unnumbered))
        elif act == "end" and starting:
            loop = database.end(random.choice(starting))
            assert loop is None or start.loop_id <= loop
        elif act == "peek" and own is None:
            peeked = database.newest_seen + 1
        elif act == "lock" and own is None and peeked is not None:
            own = database.begin()
        elif act == "move" and own is not None:
            start = start.advanced(database.newest_seen + 1, peeked, database.ended_below, own)
            database.end(own)
            peeked = own = None


def test_a_cursor_moves_although_somebody_is_always_starting_a_loop():
    start = Start(0, 0)
    for number in range(1, 10):
        start = start.advanced(first=number, numbered_below=number, ended_below=number, own_number=number + 1)

    assert start.loop_id == 8


def test_a_cursor_waits_for_a_transaction_that_takes_long():
    start = Start(0, 0).advanced(first=5, numbered_below=9, ended_below=1, own_number=4)
    start = start.advanced(first=9, numbered_below=12, ended_below=3, own_number=8)

    assert (0, 5) == (start.loop_id, start.ahead_id)
    assert 5 == start.advanced(first=9, numbered_below=12, ended_below=4, own_number=9).loop_id


def test_a_cursor_stays_where_nobody_knows_what_was_numbered_before():
    assert Start(0, 0) == Start(0, 0).advanced(first=5, numbered_below=None, ended_below=3, own_number=4)


def cursors(world, who="alice"):
    with world.store.read() as cx:
        query = select(tables.cursor.c.priority, tables.cursor.c.loop_id)
        return dict(cx.execute(query.where(tables.cursor.c.person_id == world.people[who])).all())


def answer_all(world, who="alice"):
    count = 0
    while (held := world.take(who)) is not None:
        world.submit(who, held)
        count += 1
    return count


def test_who_has_dealt_with_all_starts_behind_the_last(world):
    world.flow(task_count=3)
    numbers = [world.loop(f"loop-{number}") for number in range(3)]
    answer_all(world)
    world.take("alice")  # where transactions number themselves, a look later

    assert {0: numbers[-1] + 1} == cursors(world)


def test_a_cursor_that_starts_anew_moves_while_loops_of_a_higher_priority_are_taken(world):
    """The job list counts from it."""
    world.flow(task_count=3)
    numbers = [world.loop(f"loop-{number}") for number in range(4)]
    for _ in range(2):
        world.submit("alice", world.take("alice"))
    for priority in (5, 0):
        world.update("loop-2", priority=priority)
    world.update("loop-3", priority=5)
    for _ in range(2):  # where transactions number themselves, a look later
        with world.store.write() as cx:
            held = queue.take(cx, world.people["alice"], "fd", world.now)
        with world.store.write() as cx:
            assignment.release(cx, world.people["alice"], held, world.place, world.now)

    assert numbers[2] == cursors(world)[0]


def test_loops_are_offered_after_all_before_them_were_deleted(world):
    """SQLite gives the numbers of the newest rows again."""
    world.flow()
    for batch in ("first", "second"):
        for number in range(4):
            world.loop(f"{batch}-{number}")

        assert 4 == answer_all(world)
        for number in range(4):
            world.write_output(f"{batch}-{number}")
            world.remove(f"{batch}-{number}")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_loops_are_offered_after_another_flow_definition_was_deleted_with_newer_ones(world):
    world.flow("fd", task_count=3)
    world.flow("other")
    world.loop("first")
    newer = [world.loop(f"other-{number}", "other") for number in range(5)]
    last = world.loop("last")
    answer_all(world)
    with world.store.write() as cx:
        cx.execute(delete(tables.loop).where(tables.loop.c.id == last))
        for number in newer:
            cx.execute(
                tables.loop.update()
                .where(tables.loop.c.id == number)
                .values(status="Stopped", closed_at=world.now)
            )
    world.delete_flow("other")

    assert world.loop("again") <= last
    assert world.take("alice") is not None


def test_becoming_ready_looks_at_no_cursor(world):
    world.flow(task_count=3)
    world.loop("first")
    answer_all(world)
    with statements(world.store) as sent:
        world.loop("second")

    assert [] == [statement for statement in sent if "cursor" in statement]
