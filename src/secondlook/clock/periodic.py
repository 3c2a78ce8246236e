"""What is owed every day, by duties that owe themselves again.

A daily duty is one row like any other, so of several servers one does it, and a restart forgets none.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from secondlook.clock.handler import Handler, Write
from secondlook.review import record
from secondlook.store import tables
from secondlook.store.objects import COMPLETED_KEPT, Objects
from secondlook.store.outbox import Duty, forget, owe
from secondlook.store.session import Store
from secondlook.store.steps import delete_in_steps

log = logging.getLogger(__name__)

DAY = timedelta(days=1)
DAILY = "daily"
"""The queueing key of duties that are owed every day."""

SOON = timedelta(minutes=10)
"""When the first of a fresh database is due: not while everything else is starting."""

GRACE = DAY
"""Age of a body that no object points to before it is taken away: longer than any upload."""

KEPT = timedelta(days=30)
"""How long ended sessions, links, and duties that were given up stay visible."""


def sweeping(objects: Objects, now: Callable[[], datetime]) -> Handler:
    """The handler of `sweep-blobs`."""

    def sweep(duty: Duty) -> Write:
        swept = objects.sweep(now(), GRACE.total_seconds())
        log.info("swept %d bodies that nothing pointed to", swept)
        return again(duty)

    return Handler(sweep, concurrency=1, on_give_up=lambda duty, _: again(duty))


def tidying(
    store: Store,
    now: Callable[[], datetime],
    journal_days: int | None = None,
    prediction_days: int | None = None,
) -> Handler:
    """The handler of `tidy`; journal and predictions are kept for ever unless days are given."""

    def tidy(duty: Duty) -> Write:
        forget_ended(store, now())
        if journal_days is not None:
            delete_in_steps(store, tables.journal, tables.journal.c.at < now() - timedelta(days=journal_days))
        if prediction_days is not None:
            record.forget(store, prediction_days, now())
        return again(duty)

    return Handler(tidy, concurrency=1, on_give_up=lambda duty, _: again(duty))


def daily(do: Callable[[], None]) -> Handler:
    """The handler of a duty that needs to know nothing, and writes nothing."""

    def done(duty: Duty) -> Write:
        do()
        return again(duty)

    return Handler(done, concurrency=1, on_give_up=lambda duty, _: again(duty))


def again(duty: Duty) -> Write:
    """Owe the same tomorrow, once."""

    def write(cx: Connection, now: datetime) -> None:
        forget(cx, duty.kind, DAILY)
        owe(cx, duty.kind, DAILY, {}, due=now + DAY, now=now)

    return write


def owe_daily(cx: Connection, kinds: Iterable[str], now: datetime) -> None:
    """At start: owe those that nothing owes yet."""
    for kind in kinds:
        waiting = (
            tables.duty.c.kind == kind,
            tables.duty.c.queueing_key == DAILY,
            tables.duty.c.failed_at.is_(None),
        )
        if cx.scalar(select(tables.duty.c.id).where(*waiting).limit(1)) is None:
            owe(cx, kind, DAILY, {}, due=now + SOON, now=now)


def forget_ended(store: Store, now: datetime) -> None:
    """Remove what ended so long ago that nobody asks for it."""
    for table, ended, kept in (
        (tables.session, tables.session.c.expires_at, KEPT),
        (tables.invitation, tables.invitation.c.expires_at, KEPT),
        (tables.duty, tables.duty.c.failed_at, KEPT),
        (tables.server, tables.server.c.heartbeat_at, KEPT),
        (tables.upload, tables.upload.c.completed_at, COMPLETED_KEPT),
    ):
        delete_in_steps(store, table, ended < now - kept)
