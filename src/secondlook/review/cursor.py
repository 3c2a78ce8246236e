"""Where the searches of a worker start: a cursor for each flow definition and priority. Below it nothing waits for them.

A cursor moves only over loops that are closed or that its worker has dealt with, and it stops short of young ones: a
loop that is being started cannot be seen yet, and may have a lower number than one that can. Whoever starts a loop has a
number as a transaction before the loop has its own (`starting.start_each` locks the flow definition first). So what a
search could see before it had such a number itself is settled once all transactions below that have ended; until then, its
cursor only remembers where it may move (`ahead_id`). Nobody who starts or offers a loop looks at a cursor.

Cursors are locked before loops. The one of priority 0 stands for all that a worker has in a flow definition.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    null,
    select,
    union_all,
    update,
)

from secondlook.store.insert import insert_new, upsert
from secondlook.store.prepared import Prepared, prepared
from secondlook.store.tables import assignment, cursor, loop, queue_level
from secondlook.store.under_way import ended_below, own_number, own_number_so_far

NUMBERED_BELOW = case(
    (own_number_so_far().is_(None), select(func.coalesce(func.max(loop.c.id), 0) + 1).scalar_subquery())
)
"""For a query before `lock`: loops below this were numbered before this transaction. Null where it has its number already."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a search of one priority starts: at `loop_id`, and at `ahead_id` once all transactions below `ahead_of` have ended."""

    priority: int
    version: int
    loop_id: int = 0
    ahead_id: int | None = None
    ahead_of: int | None = None

    def advanced(self, first: int, numbered_below: int | None, ended_below: int, own_number: int) -> Start:
        """The start after a search, by a transaction of this number, that saw nothing left for the worker below the loop `first`."""
        if own_number <= ended_below:  # nobody else writes
            return replace(self, loop_id=max(self.loop_id, first), ahead_id=None, ahead_of=None)
        settled = self.loop_id
        if self.ahead_id is not None and self.ahead_of is not None:
            if self.ahead_of > ended_below:
                return self
            settled = max(settled, min(first, self.ahead_id))
        ahead = min(first, numbered_below or 0)
        if ahead <= settled:
            return replace(self, loop_id=settled, ahead_id=None, ahead_of=None)
        return replace(self, loop_id=settled, ahead_id=ahead, ahead_of=own_number)


def starts(flow_id: Any, person_id: Any) -> Subquery:
    """The columns of `Start` for every priority of a flow definition, which may be one of the query around this."""
    of_zero = select(queue_level.c.version).where(
        queue_level.c.flow_id == flow_id, queue_level.c.priority == 0
    )
    zero = func.coalesce(of_zero.correlate_except(queue_level).scalar_subquery(), 0)
    nonzero = select(queue_level.c.priority, queue_level.c.version).where(
        queue_level.c.flow_id == flow_id, queue_level.c.priority != 0
    )
    levels = union_all(
        select(literal(0, Integer).label("priority"), zero.label("version")),
        nonzero.correlate_except(queue_level),
    ).subquery("level")
    of_level = and_(
        cursor.c.person_id == person_id,
        cursor.c.flow_id == flow_id,
        cursor.c.priority == levels.c.priority,
        cursor.c.version == levels.c.version,
    )
    return (
        select(
            levels.c.priority,
            levels.c.version,
            func.coalesce(cursor.c.loop_id, 0).label("loop_id"),
            cursor.c.ahead_id,
            cursor.c.ahead_of,
        )
        .select_from(levels.outerjoin(cursor, of_level))
        .correlate_except(levels, cursor)
        .subquery("start")
    )


def lock(cx: Connection, person_id: int, flow_id: int) -> list[Start]:
    """Where this worker's search starts, the highest priority first; nobody else moves their cursors until it is over."""
    insert_new(cx, cursor, person_id=person_id, flow_id=flow_id, priority=0, version=0, loop_id=0)
    cx.execute(*_locked(person_id, flow_id))
    return [Start(*row) for row in cx.execute(*_starts(flow_id, person_id))]


def lock_of(cx: Connection, assignment_id: int) -> None:
    """Before the loop is locked, the cursors that `go_back` may move."""
    cx.execute(*_locked_of(assignment_id))


def look(first: ColumnElement[int | None]) -> Select[int | None, int, int]:
    """What `advance` needs: the oldest loop that may still wait for the worker, and which transactions have ended by then."""
    return select(first, ended_below(), own_number())


def advance(
    cx: Connection, person_id: int, flow_id: int, start: Start, numbered_below: int | None, look: Prepared
) -> None:
    """Move a cursor as far as a `look` from where it stands allows."""
    first, ended, own = cx.execute(*look).one()
    if first is None or (moved := start.advanced(first, numbered_below, ended, own)) == start:
        return
    key = {"person_id": person_id, "flow_id": flow_id, "priority": start.priority}
    values = {
        "version": moved.version,
        "loop_id": moved.loop_id,
        "ahead_id": moved.ahead_id,
        "ahead_of": moved.ahead_of,
    }
    upsert(cx, cursor, key, values)


def go_back(cx: Connection, person_id: int, flow_id: int, priority: int, loop_id: int) -> None:
    """The worker may be offered this loop again, so the search starts no later than here."""
    of_level = _of_worker(person_id, flow_id) & (cursor.c.priority == priority)
    cx.execute(update(cursor).where(of_level, cursor.c.loop_id > loop_id).values(loop_id=loop_id))


def start_anew(cx: Connection, flow_id: int, priority: int) -> None:
    """A loop has come to this priority, at any place: the next search of every worker there starts at the oldest loop.

    One row is written, however many workers there are.
    """
    key = {"flow_id": flow_id, "priority": priority}
    of_level = (queue_level.c.flow_id == flow_id) & (queue_level.c.priority == priority)
    if insert_new(cx, queue_level, **key, version=1) is None:
        cx.execute(update(queue_level).where(of_level).values(version=queue_level.c.version + 1))


def follow_deletion(cx: Connection) -> None:
    """Loops were deleted: no cursor may stand above the number of the next one. SQLite gives the numbers of the newest again."""
    if cx.dialect.name != "sqlite":
        return
    coming = select(func.coalesce(func.max(loop.c.id), 0) + 1).scalar_subquery()
    cx.execute(
        update(cursor)
        .where(cursor.c.loop_id > coming)
        .values(loop_id=coming, ahead_id=null(), ahead_of=null())
    )


@prepared
def _locked(person_id: Any, flow_id: Any) -> Select[Any]:
    of_worker = _of_worker(person_id, flow_id) & (cursor.c.priority == 0)
    return select(cursor.c.priority).where(of_worker).with_for_update()


@prepared
def _locked_of(assignment_id: Any) -> Select[Any]:
    of_worker = (
        select(cursor.c.priority)
        .join(assignment, assignment.c.person_id == cursor.c.person_id)
        .join(loop, (loop.c.id == assignment.c.loop_id) & (loop.c.flow_id == cursor.c.flow_id))
        .where(assignment.c.id == assignment_id, cursor.c.priority == 0)
    )
    return of_worker.with_for_update(of=cursor)


@prepared
def _starts(flow_id: Any, person_id: Any) -> Select[Any]:
    start = starts(flow_id, person_id)
    return select(start).order_by(start.c.priority.desc())


def _of_worker(person_id: Any, flow_id: Any) -> ColumnElement[bool]:
    return and_(cursor.c.person_id == person_id, cursor.c.flow_id == flow_id)
