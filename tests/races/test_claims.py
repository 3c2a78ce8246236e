"""Who gets a task when several reach for it, and whether what waits is found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from secondlook.review import assignment, loop, starting
from secondlook.review.starting import Start
from secondlook.review.stories import queue
from secondlook.store.document import Document
from tests.running import eventually
from tests.world import make_world

from .acts import end, loop_of, states, taking, waits_for_a_lock, writing

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("task_count", [1, 2])
def test_two_claims_never_make_more_holders_than_slots_and_never_fewer(world, at_once, repeats, task_count):
    world.flow(task_count=task_count)
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        taken = at_once(taking(world, "alice"), taking(world, "bob"))

        assert task_count == sum(number is not None for number in taken)
        assert {"active": task_count} == states(world, number)
        end(world, number)


def test_three_claims_of_two_slots_fill_both(world, at_once, repeats):
    world.flow(task_count=2)
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        taken = at_once(*(taking(world, who) for who in ("alice", "bob", "carol")))

        assert 2 == sum(number is not None for number in taken)
        end(world, number)


def test_two_claims_of_two_loops_take_one_each(world, at_once, repeats):
    world.flow()
    for turn in range(repeats):
        numbers = [world.loop(f"{name}-{turn}") for name in ("first", "second")]
        taken = at_once(taking(world, "alice"), taking(world, "bob"))

        assert None not in taken
        assert [{"active": 1}, {"active": 1}] == [states(world, number) for number in numbers]
        for number in numbers:
            end(world, number)


def test_a_loop_that_becomes_ready_during_a_search_is_not_lost_to_the_searcher(world, at_once, repeats):
    world.flow(task_count=3)
    for turn in range(repeats):
        early = world.loop(f"early-{turn}", ready=False)
        late = world.loop(f"late-{turn}")
        at_once(taking(world, "alice"), writing(world, loop.rendered, early))
        taken = {loop_of(world, world.people["alice"])}
        world.submit("alice", world.take("alice"))
        second = world.take("alice")
        assert second is not None
        taken |= {loop_of(world, world.people["alice"])}

        assert {early, late} == taken
        for number in (early, late):
            end(world, number)


def test_a_loop_that_becomes_ready_during_a_workers_first_search_is_not_lost_to_them(postgres_store):
    """The order that would lose it, step by step: nobody else sees a first cursor before its transaction ends."""
    world = make_world(postgres_store)
    arn = world.flow(task_count=3)
    store, alice = world.store, world.people["alice"]
    with store.read() as cx:
        flow_row = starting.startable(cx, arn, world.place)
    with store.write() as under_way:
        starting.start(under_way, Start.of(flow_row, "early", "{}", world.now))
        world.loop("late")
        world.loop("later")  # where the cursor would move to
        with store.write() as searching:
            held = queue.take(searching, alice, "fd", world.now)
            under_way.commit()
            with store.write() as cx:
                loop.rendered(cx, world.row("early").id)
    assert world.row("late").id == loop_of(world, alice)
    world.submit("alice", held)
    world.take("alice")

    assert world.row("early").id == loop_of(world, alice)


def test_a_start_under_way_keeps_the_cursor_of_a_later_search_below_its_loop(postgres_store):
    """The same for a later search, whose cursor is there already. Becoming ready waits for no search."""
    world = make_world(postgres_store)
    arn = world.flow(task_count=3)
    store, alice = world.store, world.people["alice"]
    world.loop("first")
    world.submit("alice", world.take("alice"))
    with store.read() as cx:
        flow_row = starting.startable(cx, arn, world.place)
    with store.write() as under_way:
        starting.start(under_way, Start.of(flow_row, "early", "{}", world.now))
        world.loop("late")
        world.loop("later")  # where the cursor would move to
        with store.write() as searching:
            held = queue.take(searching, alice, "fd", world.now)
            under_way.commit()
            with store.write() as cx:
                loop.rendered(cx, world.row("early").id)
    assert world.row("late").id == loop_of(world, alice)
    world.submit("alice", held)
    world.take("alice")

    assert world.row("early").id == loop_of(world, alice)


def test_a_search_passes_over_the_loop_that_another_is_taking(postgres_store):
    """Unless it is the only one: then it waits, since a slot may be left or given up."""
    world = make_world(postgres_store)
    world.flow(task_count=2)
    first, second = world.loop("first"), world.loop("second")
    with world.store.write() as taking_first:
        queue.take(taking_first, world.people["alice"], "fd", world.now)
        held = world.take("bob")
        assert second == loop_of(world, world.people["bob"])
    end(world, first)

    with ThreadPoolExecutor(1) as threads:
        with world.store.write() as submitting_second:
            assignment.submit(
                submitting_second, world.people["bob"], held, Document.of({}), world.place, world.now
            )
            waiting = threads.submit(taking(world, "carol"))
            eventually(lambda: waiting.done() or waits_for_a_lock(world))
        assert waiting.result(10) is not None
    assert second == loop_of(world, world.people["carol"])


def test_two_tabs_of_one_worker_take_one_task(world, at_once, repeats):
    world.flow()
    for turn in range(repeats):
        numbers = [world.loop(f"{name}-{turn}") for name in ("first", "second")]
        taken = at_once(taking(world, "alice"), taking(world, "alice"))

        assert 1 == len(set(taken))
        assert [{"active": 1}, {}] == [states(world, number) for number in numbers]
        for number in numbers:
            end(world, number)


def test_a_release_a_search_and_a_loop_that_becomes_ready_never_wait_for_each_other(world, at_once, repeats):
    world.flow(task_count=2)
    for person in ("alice", "bob"):  # both have searched before
        number = world.loop(f"first-{person}")
        world.submit(person, world.take(person))
        end(world, number)
    for turn in range(repeats):
        early = world.loop(f"early-{turn}", ready=False)
        late = world.loop(f"late-{turn}")
        held = world.take("alice")
        at_once(
            writing(world, assignment.release, world.people["alice"], held, world.place, world.now),
            taking(world, "bob"),
            writing(world, loop.rendered, early),
        )

        assert {"released": 1, "active": 1} == states(world, early) + states(world, late)
        for number in (early, late):
            end(world, number)
