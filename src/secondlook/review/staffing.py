"""Whether the people of a work team are enough for its loops, by who is a member now.

Who was invited and has not joined counts: they may. Who is switched off does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, exists, func, select, tuple_
from sqlalchemy.sql.elements import ColumnElement

from secondlook.review.decisions import shortage
from secondlook.review.decisions.outcome import Tally
from secondlook.review.decisions.states import DONE_WITH, HOLDING
from secondlook.store.outbox import owe
from secondlook.store.tables import assignment, flow, loop, membership, person
from secondlook.store.version import STARTABLE, raise_version

QueuePlace = tuple[int, int]
"""Priority and id of a loop: where it stands among the open ones of its flow definition, as their index has them."""

MOST = 3
"""TaskCount's maximum [model]: more people are never asked for, so counting stops here."""

# Asked whenever somebody leaves a task, so it is built once.
_STATES = (
    select(
        assignment.c.state,
        func.count().label("number"),
        func.count(assignment.c.undoable_until).label("undoable"),
    )
    .where(assignment.c.loop_id == bindparam("loop_id"))
    .group_by(assignment.c.state)
)


def tally(cx: Connection, row: Row[Any], now: datetime) -> Tally:
    """The counts by which a loop's outcome is decided; the caller holds its lock. `row` has its flow definition's columns."""
    groups = cx.execute(_STATES, {"loop_id": row.id}).all()
    states = {group.state: group.number for group in groups}
    declined = states.get("declined", 0)
    return Tally(
        status=row.status,
        task_count=row.task_count,
        answers=states.get("submitted", 0),
        working=sum(states.get(state, 0) for state in HOLDING),
        declined=declined,
        able=_able_for_now(cx, row.workteam, row.id) if declined else MOST,
        expired=row.expires_at <= now,
        undoable=sum(group.undoable for group in groups),
    )


def members() -> ColumnElement[int]:
    """How many people may take tasks of the flow definition of the query around it, up to MOST."""
    return _counted(_enabled(flow.c.workteam).correlate(flow))


def able() -> ColumnElement[int]:
    """How many may still take the loop of the query around it, which has its flow definition too; up to MOST."""
    return _counted(_enabled(flow.c.workteam).where(~_dealt_with(loop.c.id)).correlate(flow, loop))


def shortages(cx: Connection, team: str) -> list[str]:
    """What cannot be finished by a work team as it is: a sentence for each of its flow definitions."""
    rows = cx.execute(
        select(flow.c.name, flow.c.task_count, members().label("members"))
        .where(flow.c.workteam == team, flow.c.status == "Active")
        .order_by(flow.c.name)
    )
    said = ((row.name, shortage.of_flow(team, row.members, row.task_count)) for row in rows)
    return [f"Flow definition {name}: {sentence}" for name, sentence in said if sentence]


def has_shrunk(cx: Connection, teams: Iterable[str], now: datetime) -> None:
    """Somebody left these teams: owe a look at the loops that are certain now never to be finished (`outcome.decide`)."""
    raise_version(cx, STARTABLE)
    rows = cx.execute(
        select(flow.c.id, flow.c.name).where(flow.c.workteam.in_(list(teams)), flow.c.status == "Active")
    )
    for row in rows.all():
        owe(cx, "settle-flow", row.name, {"flow_id": row.id}, due=now, now=now)


def declined_loops(
    cx: Connection, flow_id: int, behind: QueuePlace | None, most: int
) -> tuple[list[int], QueuePlace | None]:
    """Of the next `most` open loops behind a place those that somebody declined, and where to go on, None at the end."""
    somebody = exists().where(assignment.c.loop_id == loop.c.id, assignment.c.state == "declined")
    query = (
        select(loop.c.id, loop.c.priority, somebody.label("declined"))
        .where(loop.c.flow_id == flow_id, loop.c.status == "InProgress")
        .order_by(loop.c.priority, loop.c.id)
        .limit(most)
    )
    if behind is not None:
        query = query.where(tuple_(loop.c.priority, loop.c.id) > tuple_(*behind))
    rows = cx.execute(query).all()
    last = (rows[-1].priority, rows[-1].id) if len(rows) == most else None
    return [row.id for row in rows if row.declined], last


def _enabled(team: Any) -> Select[Any]:
    query = select(membership.c.person_id).join(person, person.c.id == membership.c.person_id)
    return query.where(membership.c.workteam == team, person.c.disabled_at.is_(None)).limit(MOST)


def _dealt_with(loop_id: Any) -> ColumnElement[bool]:
    of_member = (assignment.c.loop_id == loop_id) & (assignment.c.person_id == membership.c.person_id)
    return exists().where(of_member, assignment.c.state.in_(DONE_WITH)).correlate_except(assignment)


def _counted(some: Select[Any]) -> ColumnElement[int]:
    return select(func.count()).select_from(some.subquery()).scalar_subquery()


def _able_for_now(cx: Connection, team: str, loop_id: int) -> int:
    """How many may still take a loop, up to MOST; they stay members until this transaction ends.

    Otherwise one of them could leave unseen: the look that is then owed would not find what is decided here.
    """
    some = _enabled(team).where(~_dealt_with(loop_id))
    return len(cx.execute(some.with_for_update(read=True)).all())
