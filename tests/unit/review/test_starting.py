"""Loops that start together, and the flow definitions in memory in which they start. Both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import Text, cast, func, select

from secondlook.review import flow, starting, task_ui, workteam
from secondlook.review.errors import Conflict, Invalid
from secondlook.review.starting import Start, StartableFlows
from secondlook.store import tables
from tests.statements import statements


def new(world, arn, name, content="{}"):
    with world.store.read() as cx:
        return Start.of(starting.startable(cx, arn, world.place), name, content, world.now)


def start_each(world, *starts):
    with world.store.write() as cx:
        return starting.start_each(cx, starts)


def loops(world):
    with world.store.read() as cx:
        return list(cx.scalars(select(tables.loop.c.name).order_by(tables.loop.c.name)))


def test_each_has_its_rows_and_owes_its_duties(world):
    first, second = world.flow("fd-1"), world.flow("fd-2")
    starts = [new(world, first, f"loop-{number}", f'{{"n": {number}}}') for number in range(3)]
    starts.append(new(world, second, "other"))

    assert [None] * 4 == start_each(world, *starts)
    with world.store.read() as cx:
        rows = cx.execute(
            select(tables.loop.c.name, tables.loop_input.c.content, func.count())
            .join(tables.loop_input, tables.loop_input.c.loop_id == tables.loop.c.id)
            .join(
                tables.duty,
                tables.duty.c.queueing_key == cast(tables.loop.c.id, Text),
            )
            .group_by(tables.loop.c.id, tables.loop_input.c.content)
        ).all()
    assert {
        ("loop-0", '{"n": 0}', 2),
        ("loop-1", '{"n": 1}', 2),
        ("loop-2", '{"n": 2}', 2),
        ("other", "{}", 2),
    } == {tuple(row) for row in rows}


def test_many_cost_no_more_statements_than_one(world):
    arn = world.flow()
    alone = [new(world, arn, "alone")]
    together = [new(world, arn, f"loop-{number}") for number in range(20)]
    with statements(world.store) as few:
        start_each(world, *alone)
    with statements(world.store) as many:
        start_each(world, *together)

    assert len(few) == len(many)


def test_what_stands_against_one_keeps_no_other(world):
    arn, leaving = world.flow("fd-1"), world.flow("fd-2")
    world.loop("taken", flow_name="fd-1")
    late = new(world, leaving, "late")
    with world.store.write() as cx:
        flow.begin_delete(cx, "fd-2", world.now)
    taken, deleted, fine = start_each(world, new(world, arn, "taken", "[]"), late, new(world, arn, "fine"))

    assert isinstance(taken, Conflict)
    assert isinstance(deleted, Invalid)
    assert fine is None
    assert ["fine", "taken"] == loops(world)


def test_two_of_one_name_are_one_loop_or_a_conflict(world):
    arn = world.flow()
    once, again, differently = start_each(
        world, new(world, arn, "twice"), new(world, arn, "twice"), new(world, arn, "twice", "[]")
    )

    assert (once, again) == (None, None)
    assert isinstance(differently, Conflict)
    assert ["twice"] == loops(world)


@pytest.fixture
def flows(world):
    return StartableFlows(world.store, world.place)


def test_a_flow_definition_is_read_once(world, flows):
    arn = world.flow()
    row = flows.find(arn)
    with statements(world.store) as sent:
        assert row == flows.find(arn) == flows.remembered(arn)

    assert [] == sent


def test_one_that_is_being_deleted_is_not_remembered(world, flows):
    arn = world.flow()
    flows.find(arn)
    with world.store.write() as cx:
        flow.begin_delete(cx, "fd", world.now)

    assert flows.remembered(arn) is None
    with pytest.raises(Invalid, match="Deleting"):
        flows.find(arn)


def test_one_whose_task_ui_was_deleted_is_not_remembered(world, flows):
    arn = world.flow()
    name = flows.find(arn).task_ui
    with world.store.write() as cx:
        task_ui.remove(cx, name, world.now)

    with pytest.raises(Invalid, match="was deleted"):
        flows.find(arn)


def test_one_whose_people_have_left_is_read_again(world, flows):
    arn = world.flow()
    before = flows.find(arn).members
    with world.store.write() as cx:
        workteam.expel(cx, flows.find(arn).workteam, world.people["alice"], world.now)

    assert before - 1 == flows.find(arn).members
