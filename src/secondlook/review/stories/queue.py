"""Taking the next task: by priority, then by age, at a cost that does not grow with the queue.

A search starts where the worker's cursors stand (`review.cursor`), and holds them when it locks the loop that it has found.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from secondlook.review import cursor
from secondlook.review.assignment import hold, resume
from secondlook.review.cursor import Start
from secondlook.review.decisions.states import OCCUPYING
from secondlook.review.errors import NotYours
from secondlook.review.stories.offers import (
    flows_of,
    held_by,
    is_dealt_with,
    is_from,
    is_open,
    occupied,
    waits_for,
)
from secondlook.store.tables import assignment, flow, loop


def take(
    cx: Connection, person_id: int, flow_name: str, now: datetime, loop_name: str | None = None
) -> int | None:
    """Hold the next task of a flow definition (or the named loop's), or resume one already begun.

    Returns the assignment's id, or None when nothing waits. Raises NotYours for a flow definition of another team.
    """
    row = cx.execute(flows_of(person_id).where(flow.c.name == flow_name)).one_or_none()
    if row is None:
        raise NotYours(f"No work called {flow_name!r} is offered to your teams.")
    starts = cursor.lock(cx, person_id, row.id)
    for held in cx.execute(held_by(person_id, now).where(loop.c.flow_id == row.id)).all():
        if loop_name in {None, held.name}:
            resume(cx, person_id, held.id, now)
            return int(held.id)
    if row.status != "Active":
        return None
    if loop_name is not None:
        named = _offered(row, person_id, now).where(loop.c.name == loop_name)
        return _hold_first(cx, row, person_id, now, named)
    for start in starts:
        if (assignment_id := _take_from(cx, row, person_id, now, start)) is not None:
            return assignment_id
    return None


def _take_from(cx: Connection, flow_row: Row[Any], person_id: int, now: datetime, start: Start) -> int | None:
    """Hold the oldest loop of one priority, and move the cursor there."""
    of_level = is_from(start.priority, start.loop_id)
    oldest = _offered(flow_row, person_id, now).where(*of_level).order_by(loop.c.id).limit(1)
    assignment_id = _hold_first(cx, flow_row, person_id, now, oldest)
    cursor.advance(cx, person_id, flow_row.id, start, _first_left(flow_row.id, person_id, start))
    return assignment_id


def _hold_first(
    cx: Connection, flow_row: Row[Any], person_id: int, now: datetime, wanted: Select[Any]
) -> int | None:
    """Hold the first loop that is wanted, if there is one; the assignment's id."""
    while (loop_id := _locked(cx, wanted)) is not None:
        # The lock makes the count exact; what others did before it was had shows now.
        row = cx.execute(_offered(flow_row, person_id, now).where(loop.c.id == loop_id)).one_or_none()
        if row is not None:
            slot = _free_slot(cx, loop_id, row.task_count)
            return hold(cx, person_id, loop_id, slot, flow_row.time_limit, now)
    return None


def _locked(cx: Connection, wanted: Select[Any]) -> int | None:
    """The first loop that is wanted, its row locked. Loops that others hold just now are passed over while there are more.

    A crowd would else queue for the oldest loop, and all but three of them for nothing.
    """
    free: int | None = cx.scalar(wanted.with_for_update(of=loop, skip_locked=True))
    if free is not None or cx.dialect.name == "sqlite":  # where nobody else writes meanwhile
        return free
    busy: int | None = cx.scalar(wanted)
    if busy is not None:
        cx.execute(select(loop.c.id).where(loop.c.id == busy).with_for_update())
    return busy


def _offered(flow_row: Row[Any], person_id: int, now: datetime) -> Select[Any]:
    """Id and task_count of the loops of one flow definition that wait for this worker."""
    task_count = func.coalesce(loop.c.own_task_count, flow_row.task_count)
    return select(loop.c.id, task_count.label("task_count")).where(
        *is_open(flow_row.id), *waits_for(person_id, now), occupied() < task_count
    )


def _first_left(flow_id: int, person_id: int, start: Start) -> ColumnElement[int | None]:
    """The oldest open loop that this worker has not dealt with; where they have dealt with all, the place behind the last."""
    loops = select(loop.c.id).where(*is_open(flow_id), *is_from(start.priority, start.loop_id))
    first = loops.where(~is_dealt_with(person_id)).order_by(loop.c.id).limit(1)
    last = loops.with_only_columns(loop.c.id + 1).order_by(loop.c.id.desc()).limit(1)
    return func.coalesce(first.scalar_subquery(), last.scalar_subquery())


def _free_slot(cx: Connection, loop_id: int, task_count: int) -> int:
    taken = set(
        cx.scalars(
            select(assignment.c.slot).where(
                assignment.c.loop_id == loop_id, assignment.c.state.in_(OCCUPYING)
            )
        )
    )
    return next(slot for slot in range(1, task_count + 1) if slot not in taken)
