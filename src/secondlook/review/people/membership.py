"""Which people belong to which work teams."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from secondlook.review.errors import NotFound
from secondlook.review.people.account import COLUMNS, Person, from_row
from secondlook.store.insert import insert_new
from secondlook.store.tables import membership, person, workteam


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a team. `joined` says whether they have accepted an invitation (or signed in by a link)."""

    person: Person
    joined: bool
    disabled_at: datetime | None


def add_member(cx: Connection, team: str, person_id: int, now: datetime) -> None:
    """Make the person a member, if they are none yet; raises NotFound where there is no such team."""
    if cx.scalar(select(workteam.c.name).where(workteam.c.name == team)) is None:
        raise NotFound(f"There is no work team named {team!r}")
    insert_new(cx, membership, workteam=team, person_id=person_id, created_at=now)


def remove_member(cx: Connection, team: str, person_id: int) -> None:
    """End the membership; tasks in hand stay theirs until done or out of time."""
    cx.execute(delete(membership).where(membership.c.workteam == team, membership.c.person_id == person_id))


def members(cx: Connection, team: str) -> list[Member]:
    """Who is in the team, by address."""
    rows = cx.execute(
        select(*COLUMNS, person.c.password_hash, person.c.disabled_at)
        .join_from(membership, person, membership.c.person_id == person.c.id)
        .where(membership.c.workteam == team)
        .order_by(person.c.email)
    )
    return [Member(from_row(row), row.password_hash is not None, row.disabled_at) for row in rows]


def teams_of(cx: Connection, person_id: int) -> list[str]:
    """Names of the person's teams, in order."""
    mine = (
        select(membership.c.workteam)
        .where(membership.c.person_id == person_id)
        .order_by(membership.c.workteam)
    )
    return list(cx.scalars(mine))
