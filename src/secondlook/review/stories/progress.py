"""How far human loops have come, across flow definitions: what DescribeHumanLoop does not say [gaps.md]."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Select, Text, case, cast, func, select

from secondlook.review import staffing
from secondlook.review.decisions import shortage
from secondlook.review.decisions.states import HOLDING
from secondlook.review.errors import NotFound
from secondlook.review.flow import output_warning
from secondlook.review.loop import TASK_COUNT
from secondlook.store import outbox
from secondlook.store.tables import assignment, flow, loop, loop_input, person, report

_OPEN = (loop.c.status == "InProgress") & loop.c.closing_at.is_(None)


def loops(flow_name: str | None, status: str | None) -> Select[Any]:
    """Loops with counted `answers`, `working` and `reports`, to be paged by (created_at, id).

    Of those that are open `able` counts the members of the work team who may still take them, as far as matters.
    """
    query = select(
        loop,
        flow.c.name.label("flow_name"),
        TASK_COUNT.label("task_count"),
        flow.c.output_path,
        flow.c.workteam,
        _counted("submitted").label("answers"),
        _counted(*HOLDING).label("working"),
        _reported().label("reports"),
        case((_OPEN, staffing.able())).label("able"),
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


def shortage_of(row: Row[Any]) -> str | None:
    """Why an open loop, as `loops` tells of it, cannot be finished by the people there are."""
    if row.able is None:
        return None
    return shortage.of_loop(row.workteam, row.task_count, row.answers, row.working, row.able)


def warnings(cx: Connection, row: Row[Any]) -> list[str]:
    """What keeps a loop that has not ended from being Completed as things are."""
    if row.closed_at is not None:
        return []
    sentences = (shortage_of(row), output_warning(cx, row.output_path), _tried_again(cx, row))
    return [sentence for sentence in sentences if sentence]


def _tried_again(cx: Connection, row: Row[Any]) -> str | None:
    """What has failed, and will be tried again by itself until it works or is given up."""
    kinds = ("close-loop",) if row.closing_at is not None else ("check-render", "check-render-slow")
    error = outbox.last_error(cx, kinds, str(row.id))
    return f"Being tried again: {error}" if error else None


def reports(cx: Connection, loop_id: int) -> list[Row[Any]]:
    """Email (None: the server itself), created_at, message of what went wrong in a loop's pages, in order."""
    query = (
        select(person.c.email, report.c.created_at, report.c.message)
        .outerjoin_from(report, person, person.c.id == report.c.person_id)
        .where(report.c.loop_id == loop_id)
        .order_by(report.c.id)
    )
    return list(cx.execute(query))


def holders(cx: Connection, loop_id: int) -> list[Row[Any]]:
    """Who holds, answered or declined a loop, in the order they accepted it."""
    query = (
        select(
            person.c.email,
            assignment.c.state,
            assignment.c.accepted_at,
            assignment.c.deadline,
            assignment.c.submitted_at,
            assignment.c.undoable_until,
            assignment.c.reason,
        )
        .join(person, person.c.id == assignment.c.person_id)
        .where(assignment.c.loop_id == loop_id)
        .order_by(assignment.c.accepted_at, assignment.c.id)
    )
    return list(cx.execute(query))


def answers(cx: Connection, loop_id: int, most: int) -> list[Row[Any]]:
    """email, submitted_at and the first `most` characters of the `content` of each answer, in order of submission."""
    query = (
        select(
            person.c.email,
            assignment.c.submitted_at,
            func.substr(cast(assignment.c.answer, Text), 1, most).label("content"),
        )
        .join(person, person.c.id == assignment.c.person_id)
        .where(assignment.c.loop_id == loop_id, assignment.c.state == "submitted")
        .order_by(assignment.c.submitted_at, assignment.c.id)
    )
    return list(cx.execute(query))


def input_content(cx: Connection, loop_id: int, most: int | None = None) -> str:
    """The JSON text given to StartHumanLoop, or its first `most` characters."""
    content = loop_input.c.content if most is None else func.substr(loop_input.c.content, 1, most)
    return cx.scalar(select(content).where(loop_input.c.loop_id == loop_id)) or "null"


def _reported() -> Any:
    return select(func.count()).where(report.c.loop_id == loop.c.id).correlate(loop).scalar_subquery()


def _counted(*states: str) -> Any:
    return (
        select(func.count())
        .where(assignment.c.loop_id == loop.c.id, assignment.c.state.in_(states))
        .correlate(loop)
        .scalar_subquery()
    )
