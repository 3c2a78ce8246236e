"""Where searches start: never above a loop that is still to come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select

from secondlook.review.cursor import Start
from secondlook.store import tables
from tests.statements import statements

ACTS = st.lists(st.sampled_from(["begin", "number", "end", "look"]), max_size=60)


@given(ACTS, st.randoms(use_true_random=False))
def test_a_cursor_never_passes_a_loop_that_cannot_be_seen_yet(acts, random):
    """Transactions get a number of their own, then one for their loop, and end in any order; a worker deals with all they see."""
    start, next_transaction, next_loop = Start(0, 0), 1, 1
    running: dict[int, int | None] = {}  # transaction → its loop
    for act in acts:
        unnumbered = [transaction for transaction, loop in running.items() if loop is None]
        if act == "begin":
            running[next_transaction] = None
            next_transaction += 1
        elif act == "number" and unnumbered:
            running[random.choice(unnumbered)] = next_loop
            next_loop += 1
        elif act == "end" and running:
            loop = running.pop(random.choice(sorted(running)))
            assert loop is None or start.loop_id <= loop
        elif act == "look":
            start = start.advanced(next_loop, min(running, default=next_transaction), next_transaction)


def test_a_cursor_moves_although_somebody_is_always_starting_a_loop():
    start = Start(0, 0)
    for number in range(1, 10):
        start = start.advanced(first=number, ended_below=number, begun_below=number + 1)

    assert start.loop_id == 8


def test_a_cursor_waits_for_a_transaction_that_takes_long():
    start = Start(0, 0).advanced(first=5, ended_below=1, begun_below=4)
    start = start.advanced(first=9, ended_below=3, begun_below=8)

    assert (0, 5) == (start.loop_id, start.ahead_id)
    assert 5 == start.advanced(first=9, ended_below=4, begun_below=9).loop_id


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
