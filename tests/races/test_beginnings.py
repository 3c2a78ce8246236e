"""Starting, stopping and deleting at once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from secondlook.review import flow, loop, starting
from secondlook.review.errors import Conflict, ReviewError
from secondlook.review.starting import Start
from secondlook.store import tables

from .acts import owed, release, row, taking, writing

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("same", [True, False])
def test_two_starts_of_one_name_make_one_loop(world, at_once, repeats, same):
    world.flow()
    with world.store.read() as cx:
        flow_row = starting.startable(cx, world.place.arn("flow-definition", "fd"), world.place)
    for turn in range(repeats):
        starts = [
            writing(world, starting.start, Start.of(flow_row, f"loop-{turn}", text, world.now))
            for text in ("{}", "{}" if same else "[]")
        ]
        done = at_once(*starts)
        with world.store.read() as cx:
            numbers = cx.scalars(select(tables.loop.c.id).where(tables.loop.c.name == f"loop-{turn}")).all()

        assert 1 == len(numbers)
        assert (0 if same else 1) == sum(isinstance(result, Conflict) for result in done)
        assert 1 == owed(world, "check-render", numbers[0])


def test_a_stop_against_a_claim_leaves_no_task_without_a_loop(world, at_once, repeats):
    world.flow()
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        taken, _ = at_once(
            taking(world, "alice"), writing(world, loop.stop, f"loop-{turn}", world.place, world.now)
        )
        loop_row = row(world, number)

        assert ("Stopping" if taken else "Stopped") == loop_row.status
        if taken:
            release(world, "alice", taken)
            assert "Stopped" == row(world, number).status


def test_a_flow_definition_deleted_against_a_start_keeps_no_loop_behind(world, at_once, repeats):
    for turn in range(repeats):
        world.flow(f"fd-{turn}")
        arn = world.place.arn("flow-definition", f"fd-{turn}")
        with world.store.read() as cx:
            flow_row = starting.startable(cx, arn, world.place)
        started, _ = at_once(
            writing(world, starting.start, Start.of(flow_row, f"loop-{turn}", "{}", world.now)),
            writing(world, flow.begin_delete, f"fd-{turn}", world.now),
        )
        with world.store.write() as cx:
            finished = flow.finish_delete(cx, flow_row.id)

        assert finished == isinstance(started, ReviewError)
        if not finished:
            with world.store.write() as cx:
                loop.stop(cx, f"loop-{turn}", world.place, world.now)
            flow.delete_ended(world.store, flow_row.id, patience=10)
            with world.store.write() as cx:
                assert flow.finish_delete(cx, flow_row.id)
