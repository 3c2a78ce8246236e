"""Sessions: rows that can be revoked, found by the hash of what the cookie holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, insert, select, update

from secondlook import names
from secondlook.review import workforce
from secondlook.review.people.account import COLUMNS, Person, from_row
from secondlook.review.people.secret import hash_of
from secondlook.store import journal
from secondlook.store.prepared import prepared
from secondlook.store.tables import person, session

LIFE = timedelta(days=14)
"""However busy, a session ends then."""

IDLE = timedelta(hours=24)
"""Unused for this long, it ends earlier."""

SEEN_EVERY = timedelta(minutes=10)
"""`seen_at` is this coarse, so that looking at a page is a read and not a write."""

LONGEST_AGENT = 200


@dataclass(frozen=True, slots=True)
class Session:
    """A session that still holds. `csrf` proves that a form came from our own page."""

    person: Person
    csrf: str
    is_unseen: bool  # for so long that `touch` should be called
    networks: tuple[str, ...]  # CIDRs from which alone it may be used; none is everywhere


def open_session(cx: Connection, person_id: int, now: datetime, user_agent: str | None = None) -> str:
    """A new session; the token is the cookie's value and nowhere stored."""
    token = names.token()
    cx.execute(
        insert(session).values(
            token_hash=hash_of(token),
            person_id=person_id,
            csrf=names.token(),
            user_agent=user_agent and user_agent[:LONGEST_AGENT],
            created_at=now,
            seen_at=now,
            expires_at=now + LIFE,
        )
    )
    by = journal.as_person(cx, person_id)
    journal.record(cx, "SignIn", "Person", None, now, person_id=person_id, by=by)
    return token


def person_of_session(cx: Connection, token: str, now: datetime) -> Session | None:
    """Whose session it is, or None where it has ended."""
    row = cx.execute(*_holding(hash_of(token), now, now - IDLE)).one_or_none()
    if row is None:
        return None
    is_unseen = row.seen_at <= now - SEEN_EVERY
    return Session(from_row(row), row.csrf, is_unseen, workforce.networks(row.workforce))


@prepared
def _holding(token_hash: Any, now: Any, seen_after: Any) -> Select[Any]:
    return (
        select(*COLUMNS, session.c.csrf, session.c.seen_at, workforce.CONFIG.label("workforce"))
        .join_from(session, person, session.c.person_id == person.c.id)
        .where(
            session.c.token_hash == token_hash,
            session.c.revoked_at.is_(None),
            session.c.expires_at > now,
            session.c.seen_at > seen_after,
            person.c.disabled_at.is_(None),
        )
    )


def touch(cx: Connection, token: str, now: datetime) -> None:
    """The session is in use."""
    cx.execute(update(session).where(session.c.token_hash == hash_of(token)).values(seen_at=now))


def revoke_session(cx: Connection, token: str, now: datetime) -> None:
    _revoke(cx, session.c.token_hash == hash_of(token), now)


def revoke_sessions(cx: Connection, person_id: int, now: datetime) -> None:
    """Sign the person out everywhere."""
    _revoke(cx, session.c.person_id == person_id, now)


def _revoke(cx: Connection, which: ColumnElement[bool], now: datetime) -> None:
    cx.execute(update(session).where(which, session.c.revoked_at.is_(None)).values(revoked_at=now))
