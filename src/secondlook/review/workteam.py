"""Work teams: the people who may take the tasks of a flow definition [workforce.md]."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, exists, select, update

from secondlook.names import Place, last_part
from secondlook.review import staffing, workforce
from secondlook.review.errors import InUse, Invalid
from secondlook.store import journal
from secondlook.store.insert import insert_new
from secondlook.store.tables import flow, loop, membership, person, workteam

PUBLIC_ACCOUNT = "394669845002"
"""Owner of the public crowd's fixed ARN [workforce.md]."""


def create(
    cx: Connection,
    name: str,
    description: str,
    config: dict[str, Any],
    now: datetime,
    *,
    of: str | None = None,
    organization: str | None = None,
    contact: str | None = None,
) -> None:
    """Make a team in the workforce `of` (the account's one unless named); raises InUse, Invalid."""
    home = workforce.ensure(cx, of, now)
    row = insert_new(
        cx,
        workteam,
        name=name,
        workforce=home,
        description=description,
        organization=organization,
        contact=contact,
        config=config,
        created_at=now,
        updated_at=now,
    )
    if row is None:
        raise InUse(f"A work team named {name!r} exists already.")
    journal.record(cx, "CreateWorkteam", "Workteam", name, now)


def find(cx: Connection, name: str) -> Row[Any]:
    """The team's row; raises Invalid with a text that begins `The work team` [api.md §5]."""
    row = cx.execute(select(workteam).where(workteam.c.name == name)).one_or_none()
    if row is None:
        raise Invalid(f"The work team {name} does not exist.")
    return row


def usable(cx: Connection, arn: str, place: Place) -> str:
    """The name of the team that a flow definition names by ARN; raises Invalid with AWS's sentence [api.md §4]."""
    if f":{PUBLIC_ACCOUNT}:workteam/public-crowd/" in arn:
        raise Invalid(f"The public workforce ({arn}) is not offered here; name a private work team.")
    name = last_part(arn)
    if arn != place.workteam(name) or cx.scalar(select(exists().where(workteam.c.name == name))) is not True:
        known = (
            ", ".join(cx.scalars(select(workteam.c.name).order_by(workteam.c.name).limit(5))) or "none yet"
        )
        raise Invalid(
            f"The specified Workteam '{arn}' does not exist or you do not have access to it. (Work teams here: {known}.)"
        )
    return name


def every() -> Select[Any]:
    return select(workteam)


def change(cx: Connection, name: str, values: dict[str, Any], now: datetime) -> Row[Any]:
    """Set the given columns."""
    find(cx, name)
    cx.execute(update(workteam).where(workteam.c.name == name).values(**values, updated_at=now))
    journal.record(cx, "UpdateWorkteam", "Workteam", name, now, detail={"changed": sorted(values)})
    return find(cx, name)


def remove(cx: Connection, name: str, now: datetime) -> None:
    """Delete a team; raises InUse while a loop of one of its flow definitions is open (our choice [lifecycle.md])."""
    find(cx, name)
    open_loop = exists().where(
        loop.c.flow_id == flow.c.id, flow.c.workteam == name, loop.c.closed_at.is_(None)
    )
    if cx.scalar(select(open_loop)):
        raise InUse(f"The work team {name} has open human loops; stop them first.")
    cx.execute(delete(workteam).where(workteam.c.name == name))
    journal.record(cx, "DeleteWorkteam", "Workteam", name, now)


def add(cx: Connection, name: str, people: Iterable[int], now: datetime) -> None:
    """Make people members; those who are stay so."""
    for person_id in people:
        if insert_new(cx, membership, workteam=name, person_id=person_id, created_at=now) is not None:
            journal.record(cx, "AddMember", "Workteam", name, now, person_id=person_id)


def expel(cx: Connection, name: str, person_id: int, now: datetime) -> bool:
    """Take somebody out of a team; what they hold runs out by itself. False where they were not in."""
    in_team = (membership.c.workteam == name) & (membership.c.person_id == person_id)
    if cx.execute(delete(membership).where(in_team)).rowcount == 0:
        return False
    journal.record(cx, "RemoveMember", "Workteam", name, now, person_id=person_id)
    staffing.has_shrunk(cx, [name], now)
    return True


def members(cx: Connection, name: str) -> list[Row[Any]]:
    """People of the team: id, email, name, disabled_at, in the order they joined."""
    query = (
        select(person.c.id, person.c.email, person.c.name, person.c.disabled_at, person.c.password_hash)
        .join(membership, membership.c.person_id == person.c.id)
        .where(membership.c.workteam == name)
        .order_by(membership.c.created_at, person.c.id)
    )
    return list(cx.execute(query))


def ensure(cx: Connection, name: str, organization: str | None, contact: str | None, now: datetime) -> bool:
    """Make the team, or give the one that is there what is given; True if it was made."""
    if cx.scalar(select(exists().where(workteam.c.name == name))):
        columns = {"organization": organization, "contact": contact}
        if values := {column: value for column, value in columns.items() if value is not None}:
            change(cx, name, values, now)
        return False
    try:
        create(cx, name, f"Work team {name}", {}, now, organization=organization, contact=contact)
    except InUse:  # somebody made it meanwhile
        return False
    return True
