"""Taking the next task: by priority, then by age, at a cost that does not grow with the queue.

A search starts where the worker's cursors stand (`review.cursor`), and holds them when it locks the loop that it has found.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Integer, Select, cast, func, select

from secondlook.review import cursor
from secondlook.review.assignment import hold, resume
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
from secondlook.store.prepared import Prepared, prepared
from secondlook.store.tables import assignment, flow, loop


def take(
    cx: Connection, person_id: int, flow_name: str, now: datetime, loop_name: str | None = None
) -> int | None:
    """Hold the next task of a flow definition (or the named loop's), or resume one already begun.

    Returns the assignment's id, or None when nothing waits. Raises NotYours for a flow definition of another team.
    """
    row = cx.execute(*_flow_of(person_id, flow_name)).one_or_none()
    if row is None:
        raise NotYours(f"No work called {flow_name!r} is offered to your teams.")
    starts = cursor.lock(cx, person_id, row.id)
    for held in cx.execute(*_held_in(person_id, now, row.id)).all():
        if loop_name in {None, held.name}:
            resume(cx, person_id, held.id, now)
            return int(held.id)
    if row.status != "Active":
        return None
    search = (row.id, row.task_count, person_id, now)
    if loop_name is not None:
        return _hold_first(cx, search, row.time_limit, _named(*search, loop_name))
    assignment_id = None
    for start in starts:
        if assignment_id is None:
            oldest = _oldest(*search, start.priority, start.loop_id)
            assignment_id = _hold_first(cx, search, row.time_limit, oldest)
        elif start.loop_id:
            continue  # Only a cursor that starts anew moves without a search: the job list counts from there.
        look = _look(row.id, person_id, start.priority, start.loop_id)
        cursor.advance(cx, person_id, row.id, start, row.numbered_below, look)
    return assignment_id


Search = tuple[int, int, int, datetime]
"""The first arguments of `_offered`."""


def _hold_first(cx: Connection, search: Search, time_limit: int, wanted: Prepared) -> int | None:
    """Hold the first loop that is wanted, if there is one; the assignment's id."""
    _flow_id, _task_count, person_id, now = search
    while (loop_id := _locked(cx, *wanted)) is not None:
        # The lock makes the count exact; what others did before it was had shows now.
        row = cx.execute(*_offered_still(*search, loop_id)).one_or_none()
        if row is not None:
            slot = _free_slot(cx, loop_id, row.task_count)
            return hold(cx, person_id, row, slot, time_limit, now)
    return None


def _locked(cx: Connection, wanted: Select[Any], arguments: dict[str, Any]) -> int | None:
    """The first loop that is wanted, its row locked. Loops that others hold just now are passed over while there are more.

    A crowd would else queue for the oldest loop, and all but three of them for nothing.
    """
    free: int | None = cx.scalar(_passing_over(wanted), arguments)
    if free is not None or cx.dialect.name == "sqlite":  # where nobody else writes meanwhile
        return free
    busy: int | None = cx.scalar(wanted, arguments)
    if busy is not None:
        cx.execute(select(loop.c.id).where(loop.c.id == busy).with_for_update())
    return busy


@cache
def _passing_over(wanted: Select[Any]) -> Select[Any]:
    return wanted.with_for_update(of=loop, skip_locked=True)


@prepared
def _flow_of(person_id: Any, name: Any) -> Select[Any]:
    named = flows_of(person_id).where(flow.c.name == name)
    return named.add_columns(cursor.NUMBERED_BELOW.label("numbered_below"))


@prepared
def _held_in(person_id: Any, now: Any, flow_id: Any) -> Select[Any]:
    return held_by(person_id, now).where(loop.c.flow_id == flow_id)


def _offered(flow_id: Any, task_count: Any, person_id: Any, now: Any) -> Select[Any]:
    """Id, name and task_count of the loops of one flow definition that wait for this worker."""
    of_loop = func.coalesce(loop.c.own_task_count, cast(task_count, Integer))
    return select(loop.c.id, loop.c.name, of_loop.label("task_count")).where(
        *is_open(flow_id), *waits_for(person_id, now), occupied() < of_loop
    )


@prepared
def _oldest(
    flow_id: Any, task_count: Any, person_id: Any, now: Any, priority: Any, loop_id: Any
) -> Select[Any]:
    offered = _offered(flow_id, task_count, person_id, now)
    return offered.where(*is_from(priority, loop_id)).order_by(loop.c.id).limit(1)


@prepared
def _named(flow_id: Any, task_count: Any, person_id: Any, now: Any, name: Any) -> Select[Any]:
    return _offered(flow_id, task_count, person_id, now).where(loop.c.name == name)


@prepared
def _offered_still(flow_id: Any, task_count: Any, person_id: Any, now: Any, loop_id: Any) -> Select[Any]:
    return _offered(flow_id, task_count, person_id, now).where(loop.c.id == loop_id)


@prepared
def _look(flow_id: Any, person_id: Any, priority: Any, loop_id: Any) -> Select[int | None, int, int]:
    """The oldest open loop that this worker has not dealt with; where they have dealt with all, the place behind the last."""
    loops = select(loop.c.id).where(*is_open(flow_id), *is_from(priority, loop_id))
    first = loops.where(~is_dealt_with(person_id)).order_by(loop.c.id).limit(1)
    last = loops.with_only_columns(loop.c.id + 1).order_by(loop.c.id.desc()).limit(1)
    return cursor.look(func.coalesce(first.scalar_subquery(), last.scalar_subquery()))


def _free_slot(cx: Connection, loop_id: int, task_count: int) -> int:
    slots = set(cx.scalars(*_slots_taken(loop_id)))
    return next(slot for slot in range(1, task_count + 1) if slot not in slots)


@prepared
def _slots_taken(loop_id: Any) -> Select[Any]:
    taken = (assignment.c.loop_id == loop_id) & assignment.c.state.in_(OCCUPYING)
    return select(assignment.c.slot).where(taken)
