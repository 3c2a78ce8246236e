"""How far human loops have come, across flow definitions: what DescribeHumanLoop does not say [gaps.md]."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from secondlook.review.errors import NotFound
from secondlook.store.tables import assignment, flow, loop, loop_input, person


def loops(flow_name: str | None, status: str | None) -> Select[Any]:
    """Loops with counted `answers` and `working`, to be paged by (created_at, id)."""
    query = select(
        loop,
        flow.c.name.label("flow_name"),
        flow.c.task_count,
        flow.c.output_path,
        _counted("submitted").label("answers"),
        _counted("active", "paused").label("working"),
    ).join(flow, flow.c.id == loop.c.flow_id)
    if flow_name is not None:
        query = query.where(flow.c.name == flow_name)
    return query.where(loop.c.status == status) if status is not None else query


def loop_by_name(cx: Connection, name: str) -> Row[Any]:
    """One loop with its counts; raises NotFound."""
    row = cx.execute(loops(None, None).where(loop.c.name == name)).one_or_none()
    if row is None:
        raise NotFound(f"Could not find human loop {name!r}.")
    return row


def holders(cx: Connection, loop_id: int) -> list[Row[Any]]:
    """Who holds, answered or declined a loop, in the order they accepted it."""
    query = (
        select(
            person.c.email,
            assignment.c.state,
            assignment.c.accepted_at,
            assignment.c.deadline,
            assignment.c.submitted_at,
            assignment.c.reason,
        )
        .join(person, person.c.id == assignment.c.person_id)
        .where(assignment.c.loop_id == loop_id)
        .order_by(assignment.c.accepted_at, assignment.c.id)
    )
    return list(cx.execute(query))


def input_content(cx: Connection, loop_id: int) -> str:
    return cx.scalar(select(loop_input.c.content).where(loop_input.c.loop_id == loop_id)) or "null"


def _counted(*states: str) -> Any:
    return (
        select(func.count())
        .where(assignment.c.loop_id == loop.c.id, assignment.c.state.in_(states))
        .correlate(loop)
        .scalar_subquery()
    )
