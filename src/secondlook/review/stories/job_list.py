"""The job list of a worker: what waits for them and what they hold, counted as far as people care."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select

from secondlook.review import cursor
from secondlook.review.loop import TASK_COUNT
from secondlook.review.stories.offers import flows_of, held_by, is_from, is_open, occupied, waits_for
from secondlook.store.prepared import prepared
from secondlook.store.tables import flow, loop

COUNT_UP_TO = 1000
"""Counts shown to people stop here ("1,000+")."""


@dataclass(frozen=True, slots=True)
class HeldSummary:
    """A task the worker has begun."""

    assignment_id: int
    loop: str
    state: str  # active | paused
    deadline: datetime


@dataclass(frozen=True, slots=True)
class Job:
    """One row of the job list. `waiting` of 1,000 means 1,000 or more; `oldest` is when the one that waits longest was started."""

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
    rows = cx.execute(_counted(flows_of(person_id), person_id, now)).all()
    holding = _holding(cx, person_id, now)
    listed = [
        _job(row, holding.get(row.id, ())) for row in rows if row.status == "Active" or row.id in holding
    ]
    return sorted(listed, key=_what_can_be_done_first)


def waiting(cx: Connection, person_id: int, flow_name: str, now: datetime) -> int:
    """How many tasks of one flow definition wait for a worker, counted up to COUNT_UP_TO; the other queues cost nothing."""
    return cx.scalar(*_waiting(person_id, flow_name, now)) or 0


@prepared
def _waiting(person_id: Any, flow_name: Any, now: Any) -> Select[Any]:
    counted = _counted(flows_of(person_id).where(flow.c.name == flow_name), person_id, now)
    return counted.with_only_columns(counted.selected_columns.waiting, maintain_column_froms=True)


def _what_can_be_done_first(job: Job) -> tuple[bool, str, str]:
    return not (job.held or job.waiting), job.title, job.flow


def _holding(cx: Connection, person_id: int, now: datetime) -> dict[int, tuple[HeldSummary, ...]]:
    """What the worker has begun, by the id of its flow definition."""
    tasks: dict[int, tuple[HeldSummary, ...]] = {}
    for row in cx.execute(held_by(person_id, now)):
        summary = HeldSummary(row.id, row.name, row.state, row.deadline)
        tasks[row.flow_id] = (*tasks.get(row.flow_id, ()), summary)
    return tasks


def _counted(flows: Select[Any], person_id: int, now: datetime) -> Select[Any]:
    """`flows` with `waiting` and `oldest` for this worker, in one statement however many flow definitions there are."""
    start = cursor.starts(flow.c.id, person_id)
    offered = (
        *is_open(flow.c.id),
        *is_from(start.c.priority, start.c.loop_id),
        *waits_for(person_id, now),
        occupied() < TASK_COUNT,
        flow.c.status == "Active",
    )
    some = select(loop.c.id).select_from(start).join(loop, and_(*offered)).correlate(flow).limit(COUNT_UP_TO)
    first = select(loop.c.created_at).where(*offered).correlate(flow, start).order_by(loop.c.id).limit(1)
    oldest = select(func.min(first.scalar_subquery())).select_from(start).correlate(flow)
    return flows.add_columns(
        select(func.count()).select_from(some.subquery()).scalar_subquery().label("waiting"),
        oldest.scalar_subquery().label("oldest"),
    )


def _job(row: Row[Any], holding: tuple[HeldSummary, ...]) -> Job:
    # Every loop of a flow definition waits equally long, so the oldest is the first to go.
    expiry = row.oldest and row.oldest + timedelta(seconds=row.availability)
    return Job(row.name, row.title, row.description, row.workteam, row.waiting, row.oldest, expiry, holding)
