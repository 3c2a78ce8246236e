"""Cursors while loops are started, offered and moved: none is passed over, and nobody's cursor is in the way."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, text

from secondlook.review import people, starting, workteam
from secondlook.review.errors import Invalid
from secondlook.review.starting import Start
from secondlook.review.stories import loop_update
from secondlook.store import tables
from tests.world import make_world

from .acts import end, owed, row, submitting, taking, writing

pytestmark = pytest.mark.slow

LOOPS = 30
STRETCHES = 6
CROWDS = (1, 100, 1000)


def cursor_of(world, who):
    with world.store.read() as cx:
        return cx.scalar(
            select(tables.cursor.c.loop_id).where(tables.cursor.c.person_id == world.people[who])
        )


def loop_of_assignment(world, assignment_id):
    with world.store.read() as cx:
        return cx.scalar(select(tables.assignment.c.loop_id).where(tables.assignment.c.id == assignment_id))


def test_cursors_move_although_somebody_is_always_starting_a_loop(postgres_store):
    world = make_world(postgres_store)
    arn = world.flow(task_count=3)
    numbers = [world.loop(f"loop-{number}") for number in range(6)]
    with world.store.read() as cx:
        flow_row = starting.startable(cx, arn, world.place)

    def under_way_of(number):
        cx = world.store.engine.connect()
        starting.start(cx, Start.of(flow_row, f"young-{number}", "{}", world.now))
        return cx

    under_way = under_way_of(0)
    for turn in range(1, 5):
        world.submit("alice", world.take("alice"))
        with under_way:
            under_way.commit()
            under_way = under_way_of(turn)
    with under_way:
        under_way.rollback()

    assert numbers[2] <= cursor_of(world, "alice") <= numbers[4]


def test_a_loop_that_is_moved_during_a_search_is_not_lost_to_the_searcher(postgres_store):
    """It comes to loops of another priority that the searcher is past."""
    world = make_world(postgres_store)
    world.flow(task_count=3)
    for name in ("moved", "past", "behind", "last"):
        world.loop(name)
    for name in ("past", "behind"):
        world.update(name, priority=5)
    for _ in range(2):
        world.submit("alice", world.take("alice"))
    with world.store.write() as moving:
        loop_update.change(moving, "moved", 5, None, world.place, world.now)
        world.submit("alice", world.take("alice"))

    assert world.row("moved").id == loop_of_assignment(world, world.take("alice"))


def test_searches_and_moves_at_the_same_moment_lose_no_loop(world, at_once, repeats):
    world.flow(task_count=2)
    for turn in range(repeats):
        numbers = [world.loop(f"loop-{turn}-{number}") for number in range(3)]
        at_once(
            writing(world, loop_update.change, f"loop-{turn}-1", 5, None, world.place, world.now),
            taking(world, "alice"),
            writing(world, loop_update.change, f"loop-{turn}-0", 5, None, world.place, world.now),
        )
        taken = []
        while (held := world.take("alice")) is not None:
            taken.append(loop_of_assignment(world, held))
            world.submit("alice", held)

        assert set(numbers) == set(taken)
        for number in numbers:
            end(world, number)


def test_more_answers_asked_for_against_the_last_one(world, at_once, repeats):
    """Either the loop is over and the asker hears so, or it waits for one more."""
    world.flow()
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        held = world.take("alice")
        _, error = at_once(
            submitting(world, "alice", held),
            writing(world, loop_update.change, f"loop-{turn}", None, 2, world.place, world.now),
        )

        assert isinstance(error, Invalid) == (row(world, number).closing_at is not None)
        assert owed(world, "close-loop", number) == isinstance(error, Invalid)
        end(world, number)


def test_what_a_loop_writes_does_not_grow_with_the_workers(postgres_store):
    """PostgreSQL's log per loop, from its start to its being offered."""
    world = make_world(postgres_store)
    world.flow(task_count=3)
    number = world.loop("first")
    written = []
    for crowd in CROWDS:
        _search(world, crowd, number)
        written.append(_log_of_loops(world, f"among-{crowd}"))

    assert max(written) < 1.5 * min(written)


def _search(world, crowd, loop_id):
    """As many workers of the team as `crowd`, each with a cursor in the flow definition."""
    with world.store.write() as cx:
        cx.execute(tables.cursor.delete())
        persons = [
            people.ensure_person(cx, f"worker-{number}@example.org", world.now).id for number in range(crowd)
        ]
        workteam.add(cx, "team", persons, world.now)
        flow_id = cx.scalar(select(tables.flow.c.id))
        cursor = {"flow_id": flow_id, "priority": 0, "version": 0, "loop_id": loop_id}
        cx.execute(insert(tables.cursor), [{"person_id": person, **cursor} for person in persons])


def _log_of_loops(world, prefix):
    """Bytes that the shortest of some stretches adds to the log: autovacuum and checkpoints add to others."""
    return min(_log_of_stretch(world, f"{prefix}-{stretch}") for stretch in range(STRETCHES))


def _log_of_stretch(world, prefix):
    with world.store.read() as cx:
        before = cx.scalar(text("SELECT CAST(pg_current_wal_insert_lsn() AS text)"))
    for number in range(LOOPS):
        world.loop(f"{prefix}-{number}")
    with world.store.read() as cx:
        added = text("SELECT pg_current_wal_insert_lsn() - CAST(:before AS pg_lsn)")
        return int(cx.scalar(added, {"before": before}))
