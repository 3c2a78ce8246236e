"""A task that is held: an assignment as its worker sees it, and whether they may still work on it [lifecycle.md, Assignment]."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, select

from secondlook.review.errors import Gone, NotYours
from secondlook.store.prepared import prepared
from secondlook.store.tables import assignment, flow, loop, loop_input, membership, person, template

GRACE = timedelta(seconds=10)
"""A submit that was sent just before the deadline may arrive just after it."""


@dataclass(frozen=True, slots=True)
class HeldTask:
    """A task that a worker holds, without what may be large: its page (`material`) and its draft."""

    assignment_id: int
    loop: str
    flow: str
    workteam: str
    title: str
    description: str
    state: str  # active | paused
    accepted_at: datetime
    deadline: datetime


@dataclass(frozen=True, slots=True)
class Material:
    """What a task's page is rendered from.

    `input_content` is the JSON text given to StartHumanLoop, `buckets` are those that its starter may read (`grantor`).
    """

    template: str
    input_content: str
    buckets: list[str] | None


def find(cx: Connection, person_id: int, assignment_id: int, now: datetime) -> HeldTask:
    """The task, if this worker still holds it; raises Gone with the reason, NotYours."""
    row = of_worker(cx, person_id, assignment_id)
    check_held(row, now)
    return HeldTask(
        assignment_id=row.id,
        loop=row.loop_name,
        flow=row.flow_name,
        workteam=row.workteam,
        title=row.title,
        description=row.description,
        state=row.state,
        accepted_at=row.accepted_at,
        deadline=row.deadline,
    )


def material(cx: Connection, assignment_id: int) -> Material:
    """What the page of a task that is held is rendered from."""
    row = cx.execute(
        select(template.c.content, loop_input.c.content, loop.c.buckets)
        .select_from(assignment)
        .join(loop, loop.c.id == assignment.c.loop_id)
        .join(template, template.c.sha256 == loop.c.template)
        .join(loop_input, loop_input.c.loop_id == loop.c.id)
        .where(assignment.c.id == assignment_id)
    ).one()
    return Material(*row)


_ASSIGNMENT = (
    assignment.c.id,
    assignment.c.loop_id,
    assignment.c.person_id,
    assignment.c.state,
    assignment.c.accepted_at,
    assignment.c.deadline,
    assignment.c.paused_at,
    assignment.c.paused_for,
    assignment.c.submitted_at,
    assignment.c.undoable_until,
)
"""What is read of an assignment under its loop's lock; its answer may have megabytes and is not."""


def rows() -> Select[Any]:
    """Assignments, with what is asked of their loops and flow definitions."""
    return (
        select(
            *_ASSIGNMENT,
            loop.c.name.label("loop_name"),
            loop.c.flow_id,
            loop.c.priority,
            loop.c.status,
            loop.c.closing_at,
            loop.c.created_at,
            flow.c.name.label("flow_name"),
            flow.c.workteam,
            flow.c.title,
            flow.c.description,
            flow.c.time_limit,
            flow.c.undo_seconds,
            _is_member().label("is_member"),
        )
        .join(loop, loop.c.id == assignment.c.loop_id)
        .join(flow, flow.c.id == loop.c.flow_id)
    )


def _is_member() -> ColumnElement[bool]:
    """Whether the worker of an assignment still belongs to the team of its flow definition."""
    return exists().where(
        membership.c.workteam == flow.c.workteam,
        membership.c.person_id == assignment.c.person_id,
        person.c.id == assignment.c.person_id,
        person.c.disabled_at.is_(None),
    )


@prepared
def _of(assignment_id: Any) -> Select[Any]:
    return rows().where(assignment.c.id == assignment_id)


@prepared
def _lock(assignment_id: Any) -> Select[Any]:
    return (
        select(loop.c.id)
        .join(assignment, assignment.c.loop_id == loop.c.id)
        .where(assignment.c.id == assignment_id)
        .with_for_update(of=loop)
    )


def of_worker(cx: Connection, person_id: int, assignment_id: int) -> Row[Any]:
    """One of `rows`; raises Gone where there is none, NotYours where it is another worker's."""
    row: Row[Any] | None = cx.execute(*_of(assignment_id)).one_or_none()
    if row is None:
        raise Gone("This task is no longer there.")
    if row.person_id != person_id:
        raise NotYours("This is a task of somebody else.")
    return row


def locked(cx: Connection, person_id: int, assignment_id: int) -> Row[Any]:
    """One of `rows`, read after its loop was locked; raises Gone where there is none, NotYours."""
    cx.execute(*_lock(assignment_id))
    return of_worker(cx, person_id, assignment_id)


_ENDED = {
    "submitted": "You have submitted this task already.",
    "released": "You have released this task.",
    "declined": "You have declined this task.",
}


def check_held(row: Row[Any], now: datetime) -> None:
    """Raises Gone or NotYours unless the worker holds the task."""
    check_keeps_drafts(row)
    if row.state == "expired" or row.deadline + GRACE <= now:
        raise Gone("The time for this task has run out; your draft is kept in case you take it again.")


def check_keeps_drafts(row: Row[Any]) -> None:
    """Raises Gone or NotYours unless what the worker has begun may be kept, which outlives the time limit."""
    check_member(row)
    if row.state in _ENDED:
        raise Gone(_ENDED[row.state])
    if row.closing_at is not None:
        raise Gone("This task was closed meanwhile.")


def check_member(row: Row[Any]) -> None:
    """Raises NotYours unless the worker of a task still belongs to the team of its flow definition."""
    if not row.is_member:
        raise NotYours(f"You are not a member of the work team {row.workteam!r} any more.")
