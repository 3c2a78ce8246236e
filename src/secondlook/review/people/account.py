"""Accounts: who may sign in, and what the output document may say about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from secondlook import names
from secondlook.review import staffing
from secondlook.review.decisions.identity import OURSELVES
from secondlook.review.errors import NotFound
from secondlook.review.people import email as addresses
from secondlook.review.people.membership import teams_of
from secondlook.store import journal
from secondlook.store.insert import insert_new
from secondlook.store.tables import identity, person


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account. `worker_id` is what output.json calls them [output-data.md]."""

    id: int
    email: str
    name: str | None
    worker_id: str
    is_admin: bool

    @property
    def label(self) -> str:
        """What to call them on a page."""
        return self.name or self.email


@dataclass(frozen=True, slots=True)
class Account:
    """A person with what signing in needs. `password_hash` is None until an invitation is accepted."""

    person: Person
    password_hash: str | None
    disabled_at: datetime | None


COLUMNS = (person.c.id, person.c.email, person.c.name, person.c.worker_id, person.c.is_admin)
"""What a Person is read from, in its order."""


def from_row(row: Sequence[Any]) -> Person:
    """The person in a row that begins with COLUMNS."""
    return Person(*row[: len(COLUMNS)])


def ensure_person(cx: Connection, email: str, now: datetime, *, name: str | None = None) -> Person:
    """The person with this address, made if there is none; raises Invalid where it is no address."""
    address, subject = addresses.normal(email), names.identifier()
    row = insert_new(
        cx,
        person,
        email=address,
        name=name,
        sub=subject,
        worker_id=names.worker_id(),
        is_admin=False,
        created_at=now,
    )
    if row is not None:
        cx.execute(insert(identity).values(person_id=row.id, issuer=OURSELVES, subject=subject))
    return person_by_email(cx, address)


def person_by_email(cx: Connection, email: str) -> Person:
    """The person with this address; raises NotFound."""
    row = cx.execute(select(*COLUMNS).where(person.c.email == email.strip().lower())).one_or_none()
    if row is None:
        raise NotFound(f"Nobody here has the address {email.strip()!r}.")
    return from_row(row)


def account_of(cx: Connection, email: str) -> Account | None:
    """What signing in with this address is checked against."""
    row = cx.execute(
        select(*COLUMNS, person.c.password_hash, person.c.disabled_at).where(
            person.c.email == email.strip().lower()
        )
    ).one_or_none()
    return row and Account(from_row(row), row.password_hash, row.disabled_at)


def has_joined(cx: Connection, person_id: int) -> bool:
    """Whether the person has chosen a password."""
    return cx.scalar(select(person.c.password_hash.is_not(None)).where(person.c.id == person_id)) is True


def set_password(cx: Connection, person_id: int, password_hash: str) -> None:
    """Store a hash made by `password.hashed` before this transaction began."""
    cx.execute(update(person).where(person.c.id == person_id).values(password_hash=password_hash))


def make_admin(cx: Connection, person_id: int, now: datetime) -> None:
    cx.execute(update(person).where(person.c.id == person_id).values(is_admin=True))
    journal.record(cx, "MakeAdmin", "Person", None, now, person_id=person_id)


def admin_exists(cx: Connection) -> bool:
    """Can anybody sign in as an admin? Until then the server stays on loopback and prints a first-admin link."""
    able = person.c.is_admin & person.c.password_hash.is_not(None) & person.c.disabled_at.is_(None)
    return cx.execute(select(person.c.id).where(able).limit(1)).one_or_none() is not None


def disable(cx: Connection, person_id: int, now: datetime) -> None:
    """Keep the person's memberships, but no sign-in and no session works [workforce.md, Cognito]."""
    cx.execute(update(person).where(person.c.id == person_id).values(disabled_at=now))
    journal.record(cx, "DisablePerson", "Person", None, now, person_id=person_id)
    staffing.has_shrunk(cx, teams_of(cx, person_id), now)


def enable(cx: Connection, person_id: int, now: datetime) -> None:
    cx.execute(update(person).where(person.c.id == person_id).values(disabled_at=None))
    journal.record(cx, "EnablePerson", "Person", None, now, person_id=person_id)
