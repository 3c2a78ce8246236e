"""What may be changed of an open loop: how soon it is offered, and how many answers are asked of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, update

from secondlook.names import Place
from secondlook.review import cursor, loop, staffing
from secondlook.review.decisions import outcome
from secondlook.review.decisions.outcome import Tally
from secondlook.review.decisions.shortage import count
from secondlook.review.errors import Invalid
from secondlook.store import journal, tables


def change(
    cx: Connection, name: str, priority: int | None, task_count: int | None, place: Place, now: datetime
) -> None:
    """Give an open loop another priority, or ask it for another number of answers; None leaves either as it is.

    With as many answers as there are, the loop is over. Raises NotFound, and Invalid where the loop is not open, nobody
    could give the answers, or more than these are given or being given.
    """
    row = loop.locked_by_name(cx, name)
    _check_open(name, row)
    if priority is not None and priority != row.priority:
        cx.execute(update(tables.loop).where(tables.loop.c.id == row.id).values(priority=priority))
        cursor.start_anew(cx, row.flow_id, priority)
    if task_count is not None:
        _check_count(name, replace(staffing.tally(cx, row, now), task_count=task_count))
        cx.execute(update(tables.loop).where(tables.loop.c.id == row.id).values(own_task_count=task_count))
    changes = {"priority": priority, "taskCount": task_count}
    detail = {member: value for member, value in changes.items() if value is not None}
    journal.record(cx, "UpdateLoop", "HumanLoop", name, now, detail=detail)
    loop.settle(cx, row.id, place, now)


def _check_open(name: str, row: Row[Any]) -> None:
    if row.status == "InProgress" and row.closing_at is None:
        return
    state = row.status if row.status != "InProgress" else "being closed: its answers are complete"
    raise Invalid(
        f"Human loop {name!r} is {state}; its priority and the number of its answers can be changed only while it is open. "
        "For another opinion on it, start a new human loop with the same input."
    )


def _check_count(name: str, tally: Tally) -> None:
    least = tally.answers + tally.working
    if tally.task_count < least:
        raise Invalid(
            f"Human loop {name!r} has {count(tally.answers, 'answer')}, and {count(tally.working, 'worker')} at work on it: "
            f"ask for at least {count(least, 'answer')}, or stop it."
        )
    ending = outcome.decide(tally)
    if ending is not None and ending.status == "Failed":
        raise Invalid(
            f"Human loop {name!r} could not be given {count(tally.task_count, 'answer')}: {ending.failure_reason}"
        )
