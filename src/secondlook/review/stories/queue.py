"""What waits for a worker, and taking the next task: oldest first, at a cost that does not grow with the queue.

Each worker has a cursor per flow definition: below it nothing waits for them. The cursor moves up only over loops
that are closed or that this worker has dealt with, never while a start is under way whose loop nobody sees yet, and
back when a slot is released. Everywhere cursors are locked before loops: a search holds its cursor when it locks the loop
that it has found.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, or_, select, update

from secondlook.review.assignment import hold, resume
from secondlook.review.decisions.states import DONE_WITH, HOLDING, OCCUPYING
from secondlook.review.errors import NotYours
from secondlook.store.insert import insert_new
from secondlook.store.tables import assignment, cursor, flow, loop, membership, person

COUNT_UP_TO = 1000
"""Counts shown to people stop here ("1,000+")."""

_FLOW = (
    flow.c.id,
    flow.c.name,
    flow.c.title,
    flow.c.description,
    flow.c.workteam,
    flow.c.status,
    flow.c.task_count,
    flow.c.time_limit,
    flow.c.availability,
)
"""What the queue needs of a flow definition; its request, which may be large, stays where it is."""


@dataclass(frozen=True, slots=True)
class HeldSummary:
    """A task the worker has begun."""

    assignment_id: int
    loop: str
    state: str  # active | paused
    deadline: datetime


@dataclass(frozen=True, slots=True)
class Job:
    """One row of the job list. `waiting` of 1,000 means 1,000 or more; `oldest` is when the next task was started."""

    flow: str
    title: str
    description: str
    workteam: str
    waiting: int
    oldest: datetime | None
    next_expiry: datetime | None
    held: tuple[HeldSummary, ...]


def jobs(cx: Connection, person_id: int, now: datetime) -> list[Job]:
    """The job list of a worker: one row per flow definition of their teams, what can be worked on first."""
    rows = cx.execute(_counted(_my_flows(person_id), person_id, now)).all()
    holding = _holding(cx, person_id, now)
    listed = [
        _job(row, holding.get(row.id, ())) for row in rows if row.status == "Active" or row.id in holding
    ]
    return sorted(listed, key=_what_can_be_done_first)


def waiting(cx: Connection, person_id: int, flow_name: str, now: datetime) -> int:
    """How many tasks of one flow definition wait for a worker, counted up to COUNT_UP_TO; the other queues cost nothing."""
    row = cx.execute(
        _counted(_my_flows(person_id).where(flow.c.name == flow_name), person_id, now)
    ).one_or_none()
    return row.waiting if row is not None else 0


def take(
    cx: Connection, person_id: int, flow_name: str, now: datetime, loop_name: str | None = None
) -> int | None:
    """Hold the next task of a flow definition (or the named loop's), or resume one already begun.

    Returns the assignment's id, or None when nothing waits. Raises NotYours for a flow definition of another team.
    """
    row = cx.execute(_my_flows(person_id).where(flow.c.name == flow_name)).one_or_none()
    if row is None:
        raise NotYours(f"No work called {flow_name!r} is offered to your teams.")
    start = _locked_mark(cx, person_id, row.id)
    for mine in _holding(cx, person_id, now).get(row.id, ()):
        if loop_name in {None, mine.loop}:
            resume(cx, person_id, mine.assignment_id, now)
            return mine.assignment_id
    if row.status != "Active":
        return None
    while True:
        wanted = _offered(row, person_id, now, start).order_by(loop.c.id).limit(1)
        if loop_name is not None:
            wanted = _offered(row, person_id, now, 0).where(loop.c.name == loop_name)
        found = _locked(cx, wanted)
        if found is None:
            return None
        # The lock makes the count exact; what others did before it was had shows now.
        if cx.scalar(_offered(row, person_id, now, found).where(loop.c.id == found)) is None:
            continue
        made = hold(cx, person_id, found, _free_slot(cx, found, row.task_count), row.time_limit, now)
        if loop_name is None:
            _move_mark(cx, person_id, row.id, start)
        return made


def _locked(cx: Connection, wanted: Select[Any]) -> int | None:
    """The first loop that is wanted, its row locked. Loops that others hold just now are passed over while there are more.

    A crowd would else queue for the oldest loop, and all but three of them for nothing.
    """
    free: int | None = cx.scalar(wanted.with_for_update(of=loop, skip_locked=True))
    if free is not None or cx.dialect.name == "sqlite":  # where nobody else writes meanwhile
        return free
    held: int | None = cx.scalar(wanted)
    if held is not None:
        cx.execute(select(loop.c.id).where(loop.c.id == held).with_for_update())
    return held


def _what_can_be_done_first(job: Job) -> tuple[bool, str, str]:
    return not (job.held or job.waiting), job.title, job.flow


def _offered(flow_row: Row[Any], person_id: int, now: datetime, start: int) -> Select[Any]:
    """Ids of the loops of one flow definition that wait for this worker, from `start` on."""
    return select(loop.c.id).where(
        *_open(flow_row.id, start), *_waits(person_id, now), _occupied() < flow_row.task_count
    )


def _waits(person_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What makes an open loop one that this worker may take, but for its slots."""
    return loop.c.ready, loop.c.closing_at.is_(None), loop.c.expires_at > now, ~_dealt_with(person_id)


def _open(flow_id: Any, start: Any) -> tuple[ColumnElement[bool], ...]:
    return loop.c.flow_id == flow_id, loop.c.status == "InProgress", loop.c.id >= start


def _dealt_with(person_id: int) -> ColumnElement[bool]:
    return exists().where(
        assignment.c.loop_id == loop.c.id,
        assignment.c.person_id == person_id,
        assignment.c.state.in_(DONE_WITH),
    )


def _occupied() -> Any:
    return (
        select(func.count())
        .where(assignment.c.loop_id == loop.c.id, assignment.c.state.in_(OCCUPYING))
        .correlate(loop)
        .scalar_subquery()
    )


def _free_slot(cx: Connection, loop_id: int, task_count: int) -> int:
    taken = set(
        cx.scalars(
            select(assignment.c.slot).where(
                assignment.c.loop_id == loop_id, assignment.c.state.in_(OCCUPYING)
            )
        )
    )
    return next(slot for slot in range(1, task_count + 1) if slot not in taken)


def _locked_mark(cx: Connection, person_id: int, flow_id: int) -> int:
    """Where this worker's search starts; the row stays locked until the search is over, also for their other tabs."""
    insert_new(cx, cursor, person_id=person_id, flow_id=flow_id, loop_id=0)
    mine = select(cursor.c.loop_id).where(cursor.c.person_id == person_id, cursor.c.flow_id == flow_id)
    start: int = cx.execute(mine.with_for_update()).scalar_one()
    return start


def _move_mark(cx: Connection, person_id: int, flow_id: int, start: int) -> None:
    """Up to the first open loop that this worker has not dealt with, if all there are can be seen; else another time."""
    if not _no_start_is_under_way(cx, flow_id):
        return
    left = select(loop.c.id).where(*_open(flow_id, start), ~_dealt_with(person_id))
    first = cx.scalar(left.order_by(loop.c.id).limit(1))
    if first is not None and first > start:
        where = and_(cursor.c.person_id == person_id, cursor.c.flow_id == flow_id)
        cx.execute(update(cursor).where(where).values(loop_id=first))


def _no_start_is_under_way(cx: Connection, flow_id: int) -> bool:
    """Starts share the lock of their flow definition's row (`starting.start_each`): who has it alone sees every loop below the next.

    They commit in any order, so while one is under way a loop may come that is older than those that can be seen.
    """
    alone = select(flow.c.id).where(flow.c.id == flow_id).with_for_update(key_share=True, skip_locked=True)
    return cx.scalar(alone) is not None


def _my_flows(person_id: int) -> Select[Any]:
    return (
        select(*_FLOW)
        .join(membership, membership.c.workteam == flow.c.workteam)
        .join(person, person.c.id == membership.c.person_id)
        .where(
            person.c.id == person_id,
            person.c.disabled_at.is_(None),
            or_(flow.c.status == "Active", flow.c.status == "Deleting"),
        )
    )


def _holding(cx: Connection, person_id: int, now: datetime) -> dict[int, tuple[HeldSummary, ...]]:
    query = (
        select(loop.c.flow_id, assignment.c.id, loop.c.name, assignment.c.state, assignment.c.deadline)
        .join(loop, loop.c.id == assignment.c.loop_id)
        .where(
            assignment.c.person_id == person_id,
            assignment.c.state.in_(HOLDING),
            assignment.c.deadline > now,
            loop.c.closing_at.is_(None),
        )
        .order_by(assignment.c.accepted_at)
    )
    found: dict[int, tuple[HeldSummary, ...]] = {}
    for row in cx.execute(query):
        found[row.flow_id] = (
            *found.get(row.flow_id, ()),
            HeldSummary(row.id, row.name, row.state, row.deadline),
        )
    return found


def _counted(flows: Select[Any], person_id: int, now: datetime) -> Select[Any]:
    """`flows` with `waiting` and `oldest` for this worker, in one statement however many flow definitions there are."""
    mine = (cursor.c.person_id == person_id) & (cursor.c.flow_id == flow.c.id)
    offered = (
        select(loop.c.id, loop.c.created_at)
        .where(
            *_open(flow.c.id, func.coalesce(cursor.c.loop_id, 0)),
            *_waits(person_id, now),
            _occupied() < flow.c.task_count,
            flow.c.status == "Active",
        )
        .correlate(flow, cursor)
        .order_by(loop.c.id)
    )
    some = offered.limit(COUNT_UP_TO).subquery()
    count = select(func.count()).select_from(some).scalar_subquery()
    oldest = offered.with_only_columns(loop.c.created_at).limit(1).scalar_subquery()
    return flows.outerjoin(cursor, mine).add_columns(count.label("waiting"), oldest.label("oldest"))


def _job(row: Row[Any], holding: tuple[HeldSummary, ...]) -> Job:
    # Every loop of a flow definition waits equally long, so the oldest is the first to go.
    expiry = row.oldest and row.oldest + timedelta(seconds=row.availability)
    return Job(row.name, row.title, row.description, row.workteam, row.waiting, row.oldest, expiry, holding)
