"""The task that a worker has submitted last: to be looked at once more, and to be taken back while it may [portal.md]."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Text, cast, select

from secondlook.review.errors import Gone
from secondlook.review.held_task import check_member, of_worker, rows
from secondlook.store.prepared import prepared
from secondlook.store.tables import assignment


@dataclass(frozen=True, slots=True)
class SubmittedTask:
    """A task that its worker has submitted. `undoable_until` is None once the answer is final."""

    assignment_id: int
    loop: str
    flow: str
    title: str
    description: str
    submitted_at: datetime
    undoable_until: datetime | None


def latest(cx: Connection, person_id: int) -> SubmittedTask | None:
    """What the worker has submitted last, if they still belong to its work team."""
    newest = latest_of(cx, person_id)
    row = None if newest is None else cx.execute(*_of(newest.id)).one()
    return _task(row) if row is not None and row.is_member else None


def find(cx: Connection, person_id: int, assignment_id: int) -> SubmittedTask:
    """One that this worker has submitted; raises Gone where it is not, NotYours where it is another's."""
    row = of_worker(cx, person_id, assignment_id)
    check_member(row)
    if row.state != "submitted":
        raise Gone("This task is not submitted.")
    return _task(row)


def answer(cx: Connection, assignment_id: int) -> str:
    """What was submitted, as JSON."""
    return cx.execute(
        select(cast(assignment.c.answer, Text)).where(assignment.c.id == assignment_id)
    ).scalar_one()


def latest_of(cx: Connection, person_id: int, but: int = 0) -> Row[Any] | None:
    """`id` and `undoable_until` of what a worker has submitted last, leaving out the assignment `but`."""
    return cx.execute(*_latest(person_id, but)).one_or_none()


@prepared
def _latest(person_id: Any, but: Any) -> Select[Any]:
    # An answer lies beside these columns and may have megabytes.
    return (
        select(assignment.c.id, assignment.c.undoable_until)
        .where(assignment.c.person_id == person_id, assignment.c.state == "submitted", assignment.c.id != but)
        .order_by(assignment.c.submitted_at.desc())
        .limit(1)
    )


@prepared
def _of(assignment_id: Any) -> Select[Any]:
    return rows().where(assignment.c.id == assignment_id)


def _task(row: Row[Any]) -> SubmittedTask:
    return SubmittedTask(
        assignment_id=row.id,
        loop=row.loop_name,
        flow=row.flow_name,
        title=row.title,
        description=row.description,
        submitted_at=row.submitted_at,
        undoable_until=row.undoable_until,
    )
