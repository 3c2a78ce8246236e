"""What a worker is offered: their flow definitions, the tasks they hold, and which open loops wait for them. For queries of `queue` and `job_list`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from secondlook.review.decisions.states import DONE_WITH, HOLDING, OCCUPYING
from secondlook.store.tables import assignment, flow, loop, membership, person

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


def flows_of(person_id: int) -> Select[Any]:
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


def held_by(person_id: int, now: datetime) -> Select[Any]:
    """The tasks that a worker has begun: flow_id, id, name of the loop, state and deadline, in the order they were accepted."""
    return (
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


def is_open(flow_id: Any) -> tuple[ColumnElement[bool], ...]:
    """That a loop is one of the open ones of a flow definition."""
    return loop.c.flow_id == flow_id, loop.c.status == "InProgress"


def is_from(priority: Any, loop_id: Any) -> tuple[ColumnElement[bool], ...]:
    """That a loop has a priority, and is no older there than another."""
    return loop.c.priority == priority, loop.c.id >= loop_id


def waits_for(person_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What makes an open loop one that a worker may take, but for its slots."""
    return loop.c.ready, loop.c.closing_at.is_(None), loop.c.expires_at > now, ~is_dealt_with(person_id)


def is_dealt_with(person_id: int) -> ColumnElement[bool]:
    return exists().where(
        assignment.c.loop_id == loop.c.id,
        assignment.c.person_id == person_id,
        assignment.c.state.in_(DONE_WITH),
    )


def occupied() -> ColumnElement[int]:
    """How many slots of the loop of the query around this are taken."""
    return (
        select(func.count())
        .where(assignment.c.loop_id == loop.c.id, assignment.c.state.in_(OCCUPYING))
        .correlate(loop)
        .scalar_subquery()
    )
