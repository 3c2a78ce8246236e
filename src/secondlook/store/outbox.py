"""The outbox: duties written in the same transaction as the fact that owes them, claimed under a lease.

A duty is done in three steps: claim (a transaction), do (none open), finish (a transaction, conditional on
the lease). Whoever dies in between loses the lease and the duty is done again, so duties are safe to repeat.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, ColumnElement, and_, delete, func, insert, or_, select, update

from secondlook.store.tables import duty


@dataclass(frozen=True, slots=True)
class Duty:
    """One claimed piece of owed work. `attempts` counts this try."""

    id: int
    kind: str
    subject: str
    payload: dict[str, Any]
    attempts: int
    created_at: datetime


def owe(
    cx: Connection, kind: str, subject: str, payload: dict[str, Any], *, due: datetime, now: datetime
) -> None:
    """Record that `kind` is owed for `subject` at `due`, in the caller's transaction."""
    cx.execute(insert(duty).values(kind=kind, subject=subject, payload=payload, due_at=due, created_at=now))


def forget(cx: Connection, kind: str, subject: str) -> None:
    """Take back duties that are no longer owed, e.g. the expiry of a closed loop."""
    cx.execute(delete(duty).where(duty.c.kind == kind, duty.c.subject == subject))


def claim(
    cx: Connection,
    owner: str,
    now: datetime,
    lease: timedelta,
    kinds: frozenset[str] | None = None,
    most: int = 8,
) -> list[Duty]:
    """Take up to `most` due duties that nobody holds, oldest first."""
    wanted = and_(duty.c.due_at <= now, _free(now))
    if kinds is not None:
        wanted = and_(wanted, duty.c.kind.in_(kinds))
    ids = cx.scalars(
        select(duty.c.id)
        .where(wanted)
        .order_by(duty.c.due_at, duty.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    if not ids:
        return []
    rows = cx.execute(
        update(duty)
        .where(duty.c.id.in_(ids), _free(now))
        .values(lease_owner=owner, lease_until=now + lease, attempts=duty.c.attempts + 1)
        .returning(duty.c.id, duty.c.kind, duty.c.subject, duty.c.payload, duty.c.attempts, duty.c.created_at)
    ).all()
    return sorted((Duty(*row) for row in rows), key=lambda one: one.id)


def finish(cx: Connection, owner: str, done: Duty) -> bool:
    """Strike the duty off; False if the lease was lost and somebody else has it now."""
    return cx.execute(delete(duty).where(duty.c.id == done.id, duty.c.lease_owner == owner)).rowcount == 1


def postpone(cx: Connection, owner: str, undone: Duty, until: datetime, error: str) -> bool:
    """Give the duty back, to be tried again at `until`."""
    values = {"due_at": until, "lease_owner": None, "lease_until": None, "last_error": error[:2000]}
    return (
        cx.execute(
            update(duty).where(duty.c.id == undone.id, duty.c.lease_owner == owner).values(values)
        ).rowcount
        == 1
    )


def release_all(cx: Connection, owner: str) -> int:
    """Give back every lease of `owner`: its previous run is over."""
    return cx.execute(
        update(duty).where(duty.c.lease_owner == owner).values(lease_owner=None, lease_until=None)
    ).rowcount


def next_due(cx: Connection) -> datetime | None:
    """When the next duty that nobody holds is due, or a lease runs out."""
    return cx.scalar(select(func.min(func.coalesce(duty.c.lease_until, duty.c.due_at))))


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(duty.c.lease_until.is_(None), duty.c.lease_until <= now)
