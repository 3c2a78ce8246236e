"""The database goes away and comes back: what was in hand is done again then, not when its lease ends."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import make_url, select

from secondlook.store import outbox
from secondlook.store.outbox import Duty
from secondlook.store.session import Store
from secondlook.store.tables import duty
from tests.databases import Postgres

from .conftest import Wind, owe
from .timing import LONG, until

PATIENT = {"lease": timedelta(hours=1), "poll": timedelta(milliseconds=50)}
"""A clock that finds by polling, and leases that no test outlives."""


def now() -> datetime:
    return datetime.now(UTC)


def test_what_could_not_be_struck_off_is_done_again(
    postgres: Postgres, postgres_store: Store, wind: Wind, caplog: pytest.LogCaptureFixture
) -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()

    def do(_: Duty) -> None:
        begun.release()
        assert go_on.wait(LONG)

    wind(postgres_store, {"ring": do}, **PATIENT)
    owe(postgres_store, "ring", "a", now())
    assert begun.acquire(timeout=LONG)
    with postgres.refusing(make_url(postgres_store.url).database):
        go_on.set()
        until(lambda: "is done again once the database answers" in caplog.text)

    assert begun.acquire(timeout=LONG)
    until(lambda: _nothing_is_owed(postgres_store))


def test_a_claim_whose_answer_was_lost_is_given_back(
    postgres: Postgres, postgres_store: Store, wind: Wind, caplog: pytest.LogCaptureFixture
) -> None:
    """So its rows are this server's, and no hand has them."""
    rang = threading.Event()
    wind(postgres_store, {"ring": lambda _: rang.set()}, **PATIENT)
    with postgres_store.write() as cx:
        outbox.owe(cx, "ring", "a", {}, due=now(), now=now())
        outbox.claim(cx, "server-1", "ring", now(), timedelta(hours=1))
    with postgres.refusing(make_url(postgres_store.url).database):
        until(lambda: "could not look for duties" in caplog.text)

    assert rang.wait(LONG)


def _nothing_is_owed(store: Store) -> bool:
    with store.read() as cx:
        return cx.execute(select(duty.c.id)).first() is None
