"""How the work of the whole installation stands, for the people who run it. Counted when asked, and only so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from secondlook.review import deliveries
from secondlook.review import flow as flow_definitions
from secondlook.review.decisions.event import about, happened
from secondlook.review.stories import progress
from secondlook.store.tables import assignment, delivery, event, event_target, flow, loop

COUNT_UP_TO = 1000
"""Counts shown to people stop here ("1,000+")."""

MOST_FLOWS = 200


@dataclass(frozen=True, slots=True)
class FlowProgress:
    """One flow definition: how many of its loops are open and failed, how many workers hold one; each up to 1,000.

    `warnings` say what keeps its loops from being Completed as things are.
    """

    name: str
    title: str
    workteam: str
    status: str
    open: int
    working: int
    failed: int
    created_at: datetime
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one event at one webhook."""

    url: str
    state: str  # owed | delivered | given-up
    attempts: int
    status: int | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Announced:
    """One event of the log and its deliveries.

    `happened` is the status a loop has ended with, or what else the event tells; `text` are the words in it, if any.
    """

    loop: str | None  # None: it is no loop that the event tells of
    about: str
    happened: str
    text: str | None
    created_at: datetime
    deliveries: tuple[Delivery, ...]


def flows(cx: Connection) -> list[FlowProgress]:
    """The latest flow definitions first."""
    rows = cx.execute(select(flow).order_by(flow.c.id.desc()).limit(MOST_FLOWS)).all()
    return [_progress(cx, row) for row in rows]


def loops(cx: Connection, flow_name: str | None, status: str | None, most: int) -> list[Row[Any]]:
    """The latest loops, as `progress.loops` describes them."""
    latest = progress.loops(flow_name, status).order_by(loop.c.created_at.desc(), loop.c.id.desc())
    return list(cx.execute(latest.limit(most)))


def announced(cx: Connection, most: int) -> list[Announced]:
    """The latest events with what became of them."""
    latest = cx.execute(select(event).order_by(event.c.id.desc()).limit(most)).all()
    sent: dict[int, list[Delivery]] = {row.id: [] for row in latest}
    for number, *rest in cx.execute(
        select(
            delivery.c.event,
            event_target.c.settings["url"].as_string(),
            *deliveries.OUTCOME,
        )
        .join(event_target, event_target.c.id == delivery.c.target)
        .where(delivery.c.event.in_(sent))
        .order_by(delivery.c.id)
    ):
        sent[number].append(Delivery(*rest))
    return [_announced(row, sent[row.id]) for row in latest]


def _progress(cx: Connection, row: Row[Any]) -> FlowProgress:
    of_flow = select(loop.c.id).where(loop.c.flow_id == row.id)
    held = (
        select(assignment.c.id)
        .join(loop, loop.c.id == assignment.c.loop_id)
        .where(loop.c.flow_id == row.id, assignment.c.state.in_(("active", "paused")))
    )
    return FlowProgress(
        name=row.name,
        title=row.title,
        workteam=row.workteam,
        status=row.status,
        open=_count(cx, of_flow.where(loop.c.status == "InProgress")),
        working=_count(cx, held),
        failed=_count(cx, of_flow.where(loop.c.status == "Failed")),
        created_at=row.created_at,
        warnings=tuple(flow_definitions.warnings(cx, row.name)) if row.status == "Active" else (),
    )


def _count(cx: Connection, query: Select[Any]) -> int:
    return cx.scalar(select(func.count()).select_from(query.limit(COUNT_UP_TO).subquery())) or 0


def _announced(row: Row[Any], sent: list[Delivery]) -> Announced:
    detail = row.body["detail"]
    return Announced(
        loop=detail.get("humanLoopName"),
        about=about(row.body),
        happened=happened(row.body),
        text=detail.get("failureReason")
        or detail.get("FailureReason")
        or detail.get("reason")
        or detail.get("message"),
        created_at=row.created_at,
        deliveries=tuple(sent),
    )
