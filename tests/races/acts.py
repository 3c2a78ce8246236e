"""What the people of a race do, each in a transaction of their own, and what the rows say afterwards."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select, text, update

from secondlook.review import assignment
from secondlook.review.stories import queue
from secondlook.store import tables
from secondlook.store.document import Document


def writing(world, function, *arguments):
    """A transaction of its own around a function of the workshop."""

    def act():
        with world.store.write() as cx:
            return function(cx, *arguments)

    return act


def taking(world, who, flow_name="fd"):
    return writing(world, queue.take, world.people[who], flow_name, world.now)


def submitting(world, who, held):
    return writing(
        world, assignment.submit, world.people[who], held, Document.of({"by": who}), world.place, world.now
    )


def states(world, number):
    with world.store.read() as cx:
        return Counter(
            cx.scalars(select(tables.assignment.c.state).where(tables.assignment.c.loop_id == number))
        )


def row(world, number):
    with world.store.read() as cx:
        return cx.execute(select(tables.loop).where(tables.loop.c.id == number)).one()


def owed(world, kind, queueing_key):
    with world.store.read() as cx:
        query = select(tables.duty.c.id).where(
            tables.duty.c.kind == kind, tables.duty.c.queueing_key == str(queueing_key)
        )
        return len(cx.execute(query).all())


def decline(world, who, held):
    with world.store.write() as cx:
        assignment.decline(cx, world.people[who], held, None, world.place, world.now)


def release(world, who, held):
    with world.store.write() as cx:
        assignment.release(cx, world.people[who], held, world.place, world.now)


def loop_of(world, person_id):
    with world.store.read() as cx:
        held = select(tables.assignment.c.loop_id).where(
            tables.assignment.c.person_id == person_id, tables.assignment.c.state == "active"
        )
        return cx.scalar(held)


def end(world, number):
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


def waits_for_a_lock(world):
    """Whether somebody in this PostgreSQL database waits for another transaction."""
    query = text(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with world.store.read() as cx:
        return cx.scalar(query) is not None
