"""The outbox: duties written in the same transaction as the fact that owes them, claimed under a lease.

A duty is done in three steps: claim (a transaction), do (none open), finish (a transaction, conditional on
the lease). Whoever dies in between loses the lease and the duty is done again, so duties are safe to repeat.
A duty whose last try is over stays as a failed row: visible, and no longer claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, zip_longest
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Select,
    and_,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.sql.base import Executable

from secondlook.store.prepared import prepared
from secondlook.store.session import owed_in
from secondlook.store.tables import duty

SHARES_AT_ONCE = 8
"""Shares that one claim takes from; the others have their turn at the next."""

UNDER_WAY = "under-way"
"""The share of duties that are looks at something under way, and owed again, for a little later, until that has come to its end."""

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""When a duty is due that need not wait: a time that has come by every clock."""


_NEW = insert(duty)


@dataclass(frozen=True, slots=True)
class Duty:
    """One claimed piece of owed work. `attempts` counts this try."""

    id: int
    kind: str
    queueing_key: str
    payload: dict[str, Any]
    attempts: int
    created_at: datetime
    share: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """A duty that was given up, and why."""

    id: int
    kind: str
    queueing_key: str
    attempts: int
    created_at: datetime
    failed_at: datetime
    error: str


def owe(
    cx: Connection,
    kind: str,
    queueing_key: str,
    payload: dict[str, Any],
    *,
    due: datetime,
    now: datetime,
    share: str = "",
) -> None:
    """Record that `kind` is owed for `queueing_key` at `due`, in the caller's transaction.

    Duties of one kind and queueing key are done one after the other (in one server), others side by side. Where `kind`
    is claimed by shares, those of one `share` wait for each other and not for all. `now` is the caller's time and leases
    run by the database's: what is due at once is so by every clock, whatever they show.
    """
    owe_each(cx, [Owed(kind, queueing_key, payload, due, now, share)])


class Owed(NamedTuple):
    """What `owe` records, for more than one."""

    kind: str
    queueing_key: str
    payload: dict[str, Any]
    due: datetime
    now: datetime
    share: str = ""


def owe_each(cx: Connection, duties: Sequence[Owed]) -> None:
    """As `owe`, by one statement."""
    duties = [each._replace(due=AT_ONCE) if each.due <= each.now else each for each in duties]
    rows = [
        {
            "kind": each.kind,
            "queueing_key": each.queueing_key,
            "payload": each.payload,
            "due_at": each.due,
            "created_at": each.now,
            "share": each.share,
        }
        for each in duties
    ]
    cx.execute(_NEW, rows)
    owed_in(cx).extend((each.kind, each.due) for each in duties)


def forget(cx: Connection, kind: str, queueing_key: str) -> None:
    """Take back duties that are no longer owed, e.g. the expiry of a closed loop.

    One that the clock is claiming or finishing at this moment is left, and will find nothing to do: the clock
    locks the duty before the loop, the caller has locked the loop, and waiting would be a deadlock.
    """
    cx.execute(*_forget(kind, queueing_key))


@prepared
def _forget(kind: Any, queueing_key: Any) -> Delete:
    unwanted = select(duty.c.id).where(duty.c.kind == kind, duty.c.queueing_key == queueing_key)
    return delete(duty).where(duty.c.id.in_(unwanted.with_for_update(skip_locked=True)))


def next_due(cx: Connection, kind: str, now: datetime, busy: Collection[str] = ()) -> datetime | None:
    """When the next duty of `kind` that nobody holds is or was due; `busy` queueing keys are passed over."""
    return cx.scalar(
        select(duty.c.due_at).where(_open(kind, now, busy)).order_by(duty.c.due_at, duty.c.id).limit(1)
    )


def earliest(cx: Connection, after: datetime) -> datetime | None:
    """When the next duty of any kind is due that is not due yet, in somebody's hands or not."""
    later = duty.c.failed_at.is_(None), duty.c.due_at > after
    due: datetime | None = cx.scalar(select(func.min(duty.c.due_at)).where(*later))
    return due


def undone(
    cx: Connection, now: datetime, most: int = 10, waits: Callable[[str, str], bool] = lambda *_: False
) -> list[str]:
    """Duties that are due or `UNDER_WAY`, as `kind of key`: those that nobody has done yet, and those that somebody is doing.

    Those are left out of which `waits(kind, share)` says that nobody can do them just now.
    """
    due = select(duty.c.kind, duty.c.queueing_key, duty.c.share)
    due = due.where(duty.c.failed_at.is_(None), or_(duty.c.due_at <= now, duty.c.share == UNDER_WAY))
    due = due.order_by(duty.c.due_at)
    left = (f"{row.kind} of {row.queueing_key}" for row in cx.execute(due) if not waits(row.kind, row.share))
    return list(islice(left, most))


def claim(
    cx: Connection,
    owner: str,
    kind: str,
    now: datetime,
    lease: timedelta,
    *,
    most: int = 8,
    busy: Collection[str] = (),
) -> list[Duty]:
    """Take up to `most` due duties of `kind` that nobody holds, oldest first, one per queueing key.

    `now` is the database's time (`Store.now`), as all that leases are compared with.
    """
    oldest = _oldest(_open(kind, now, busy), now, most)
    return _take(cx, owner, cx.execute(oldest).all(), now, lease)


def claim_by_shares(
    cx: Connection,
    owner: str,
    kind: str,
    now: datetime,
    lease: timedelta,
    *,
    most: int = 8,
    busy: Collection[str] = (),
    after: str = "",
    room: Callable[[str], int] | None = None,
) -> tuple[list[Duty], str]:
    """As `claim`, an equal part from each share in turn; and what to hand in as `after` the next time.

    The turn begins behind the share `after`. Of a share no more is claimed than `room` answers; those without room are passed over.
    What is answered is mixed, one of each share and so on, so that a share with long work does not come wholly before another.
    """
    in_turn = min(most, SHARES_AT_ONCE)
    turn = _turn(cx, kind, after, in_turn, room or (lambda _: most))
    if not turn:  # what has no share comes when nothing else waits
        return ([], "") if room else (claim(cx, owner, kind, now, lease, most=most, busy=busy), "")
    part = -(-most // len(turn))
    waiting = [
        cx.execute(*_oldest_of(kind, share, now, list(busy), min(part, space))).all()
        for share, space in turn.items()
    ]
    mixed = [row for rows in zip_longest(*waiting) for row in rows if row is not None]
    last = list(turn)[-1] if len(turn) == in_turn else ""
    return _take(cx, owner, mixed[:most], now, lease), last


def _turn(cx: Connection, kind: str, after: str, most: int, room: Callable[[str], int]) -> dict[str, int]:
    """The next shares with duties and with room, from behind `after` and then from the beginning; and how much room each has."""
    turn: dict[str, int] = {}
    behind, is_second_round = after, not after
    while len(turn) < most:
        shares = list(cx.scalars(*_shares(kind, behind, most)))
        for share in shares:
            if is_second_round and after and share > after:
                return turn
            space = room(share)
            if space > 0 and len(turn) < most:
                turn[share] = space
        if len(shares) == most:
            behind = shares[-1]
        elif is_second_round:
            break
        else:
            behind, is_second_round = "", True
    return turn


_SHARED = duty.c.share != literal_column("''")
"""As the index says it, so that both databases see that it serves."""


def _oldest(wanted: ColumnElement[bool], now: Any, most: Any) -> Select[Any]:
    return (
        select(duty.c.id, duty.c.queueing_key)
        .where(wanted, duty.c.due_at <= now)
        .order_by(duty.c.due_at, duty.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )


@prepared
def _oldest_of(kind: Any, share: Any, now: Any, busy: Any, most: Any) -> Select[Any]:
    of_share = and_(_SHARED, duty.c.share == share, duty.c.queueing_key.not_in(busy))
    return _oldest(and_(_unheld(kind, now), of_share), now, most)


@prepared
def _shares(kind: Any, after: Any, most: Any) -> Select[Any]:
    """The first `most` shares behind `after` with duties of `kind`, each found by one step through the index."""
    wanted = and_(duty.c.kind == kind, duty.c.failed_at.is_(None), _SHARED, duty.c.share > after)
    step = select(func.min(duty.c.share).label("share")).where(wanted).cte("step", recursive=True)
    following = select(func.min(duty.c.share)).where(wanted, duty.c.share > step.c.share).scalar_subquery()
    step = step.union_all(select(following).where(step.c.share.is_not(None)))
    return select(step.c.share).where(step.c.share.is_not(None)).limit(most)


def _take(
    cx: Connection, owner: str, waiting: Sequence[tuple[int, str]], now: datetime, lease: timedelta
) -> list[Duty]:
    """Lease these to `owner`, in their order, one per queueing key."""
    first = {queueing_key: number for number, queueing_key in reversed(waiting)}
    if not first:
        return []
    rows = cx.execute(*_leased(list(first.values()), owner, now + lease))
    duties = {row.id: Duty(*row) for row in rows}
    return [duties[number] for number, _ in waiting if number in duties]


@prepared
def _leased(numbers: Any, owner: Any, until: Any) -> Executable:
    return (
        update(duty)
        .where(duty.c.id.in_(numbers))
        .values(lease_owner=owner, lease_until=until, attempts=duty.c.attempts + 1)
        .returning(
            duty.c.id,
            duty.c.kind,
            duty.c.queueing_key,
            duty.c.payload,
            duty.c.attempts,
            duty.c.created_at,
            duty.c.share,
        )
    )


def renew(cx: Connection, owner: str, held: Collection[int], until: datetime) -> frozenset[int]:
    """Prolong the leases of long work; answers the ids of those still held."""
    return frozenset(
        cx.scalars(
            update(duty)
            .where(duty.c.id.in_(held), duty.c.lease_owner == owner)
            .values(lease_until=until)
            .returning(duty.c.id)
        )
    )


def finish(cx: Connection, owner: str, done: Duty) -> bool:
    """Strike the duty off; False if the lease was lost and somebody else has it now."""
    return cx.execute(delete(duty).where(_held(owner, done))).rowcount == 1


def lock(cx: Connection, owner: str, claimed: Iterable[Duty]) -> frozenset[int]:
    """The ids of those still held, locked to be struck off together; what somebody else locks just now is left out."""
    tries = {each.id: each.attempts for each in claimed}
    rows = cx.execute(*_held_by(owner, list(tries)))
    return frozenset(number for number, attempts in rows if attempts == tries[number])


@prepared
def _held_by(owner: Any, numbers: Any) -> Select[Any]:
    held = (duty.c.id.in_(numbers), duty.c.lease_owner == owner)
    return select(duty.c.id, duty.c.attempts).where(*held).with_for_update(skip_locked=True)


def strike_off(cx: Connection, locked: Collection[int]) -> None:
    """Strike off what `lock` has locked in this transaction."""
    cx.execute(*_without(list(locked)))


@prepared
def _without(numbers: Any) -> Delete:
    return delete(duty).where(duty.c.id.in_(numbers))


def release(cx: Connection, owner: str, unbegun: Collection[Duty]) -> None:
    """Give back duties that were claimed and not begun: this was no try."""
    held = (duty.c.id.in_([claimed.id for claimed in unbegun]), duty.c.lease_owner == owner)
    values = {"lease_owner": None, "lease_until": None, "attempts": duty.c.attempts - 1}
    cx.execute(update(duty).where(*held).values(values))
    owed_in(cx).extend({(claimed.kind, AT_ONCE) for claimed in unbegun})


def postpone(cx: Connection, owner: str, claimed: Duty, until: datetime, error: str) -> bool:
    """Give the duty back, to be tried again at `until`; False if the lease was lost."""
    values = {"due_at": until, "lease_owner": None, "lease_until": None, "last_error": error[:2000]}
    if cx.execute(update(duty).where(_held(owner, claimed)).values(values)).rowcount != 1:
        return False
    owed_in(cx).append((claimed.kind, until))
    return True


def give_up(cx: Connection, owner: str, claimed: Duty, error: str, now: datetime) -> bool:
    """Keep the duty as failed; False if the lease was lost."""
    values = {"failed_at": now, "lease_owner": None, "lease_until": None, "last_error": error[:2000]}
    return cx.execute(update(duty).where(_held(owner, claimed)).values(values)).rowcount == 1


def failed(cx: Connection, most: int = 100) -> list[Failed]:
    """Duties that were given up, the latest first."""
    columns = (
        duty.c.id,
        duty.c.kind,
        duty.c.queueing_key,
        duty.c.attempts,
        duty.c.created_at,
        duty.c.failed_at,
    )
    rows = cx.execute(
        select(*columns, duty.c.last_error)
        .where(duty.c.failed_at.is_not(None))
        .order_by(duty.c.failed_at.desc())
        .limit(most)
    )
    return [Failed(*row) for row in rows]


def is_held(cx: Connection, kind: str, queueing_key: str, now: datetime) -> bool:
    """Whether somebody is doing it just now, under a lease that has not run out."""
    held = (duty.c.kind == kind, duty.c.queueing_key == queueing_key, duty.c.lease_until > now)
    return cx.scalar(select(duty.c.id).where(*held).limit(1)) is not None


def last_error(cx: Connection, kinds: Collection[str], queueing_key: str) -> str | None:
    """Why the last try failed of a duty that is still to be done; None where there was no such try."""
    waiting = (duty.c.kind.in_(kinds), duty.c.queueing_key == queueing_key, duty.c.failed_at.is_(None))
    return cx.scalar(select(duty.c.last_error).where(*waiting).order_by(duty.c.id.desc()).limit(1))


def release_all(cx: Connection, owner: str, but: Collection[int] = ()) -> int:
    """Give back every lease of `owner` but those of the duties that it has in hand; how many."""
    leases = update(duty).where(duty.c.lease_owner == owner, duty.c.id.not_in(but))
    return cx.execute(leases.values(lease_owner=None, lease_until=None)).rowcount


def _held(owner: str, claimed: Duty) -> ColumnElement[bool]:
    # The count of tries tells this claim from a later one of the same server.
    return and_(duty.c.id == claimed.id, duty.c.lease_owner == owner, duty.c.attempts == claimed.attempts)


def _open(kind: str, now: datetime, busy: Collection[str]) -> ColumnElement[bool]:
    wanted = _unheld(kind, now)
    return and_(wanted, duty.c.queueing_key.not_in(busy)) if busy else wanted


def _unheld(kind: Any, now: Any) -> ColumnElement[bool]:
    free = or_(duty.c.lease_until.is_(None), duty.c.lease_until <= now)
    return and_(duty.c.kind == kind, duty.c.failed_at.is_(None), free)
