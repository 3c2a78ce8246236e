"""Everybody with an account, and their teams, for the people who run the place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from secondlook.review.errors import NotFound
from secondlook.review.people.account import COLUMNS, Person, from_row
from secondlook.store.tables import membership, person


@dataclass(frozen=True, slots=True)
class Entry:
    """A person and where they belong. `has_joined`: they have chosen a password."""

    person: Person
    teams: tuple[str, ...]
    has_joined: bool
    disabled_at: datetime | None
    created_at: datetime


def everyone() -> Select[Any]:
    """Everybody with an account, to be paged by `person.email`; `entries` makes something of the rows."""
    return select(*COLUMNS, person.c.password_hash, person.c.disabled_at, person.c.created_at)


def entries(cx: Connection, rows: Sequence[Row[Any]]) -> list[Entry]:
    """The people of a page of `everyone`."""
    memberships = select(membership.c.workteam, membership.c.person_id).where(
        membership.c.person_id.in_([row.id for row in rows])
    )
    teams: dict[int, list[str]] = {}
    for team, person_id in cx.execute(memberships.order_by(membership.c.workteam)):
        teams.setdefault(person_id, []).append(team)
    return [
        Entry(
            from_row(row),
            tuple(teams.get(row.id, ())),
            row.password_hash is not None,
            row.disabled_at,
            row.created_at,
        )
        for row in rows
    ]


def first(cx: Connection, most: int) -> list[Entry]:
    """Up to `most` people, by address."""
    return entries(cx, cx.execute(everyone().order_by(person.c.email).limit(most)).all())


def person_by_id(cx: Connection, person_id: int) -> Person:
    """The person with this row; raises NotFound."""
    row = cx.execute(select(*COLUMNS).where(person.c.id == person_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no person {person_id} here.")
    return from_row(row)
