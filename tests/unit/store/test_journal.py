"""Entries of the journal, on both databases: in the transaction of what they tell, by whoever opened it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, Row, insert, select
from sqlalchemy.exc import IntegrityError

from secondlook.store import journal
from secondlook.store.actor import SERVER, TERMINAL, Actor
from secondlook.store.journal import Entry
from secondlook.store.session import Store
from secondlook.store.tables import journal as table

NOW = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
KEY = Actor("AccessKey", access_key="AKIA1", origin="192.0.2.7")


def entries(store: Store) -> list[Row]:
    with store.read() as cx:
        return list(cx.execute(select(table).order_by(table.c.id)))


def write(store: Store, name: str) -> None:
    with store.write() as cx:
        journal.record(cx, "StopHumanLoop", "HumanLoop", name, NOW)


def record_twice(cx: Connection) -> None:
    """The second is refused by the database."""
    journal.record(cx, "StopHumanLoop", "HumanLoop", "loop-1", NOW)
    cx.execute(insert(table).values(action="StopHumanLoop"))


def test_an_entry_says_who_did_what_when_and_from_where(store: Store) -> None:
    with store.acting(KEY).write() as cx:
        journal.record(cx, "AddMember", "Workteam", "cats", NOW, person_id=7, detail={"a": 1})

    (row,) = entries(store)
    assert ("AccessKey", None, "AKIA1", "192.0.2.7") == (
        row.actor_type,
        row.actor_person_id,
        row.access_key,
        row.origin,
    )
    assert ("AddMember", "Workteam", "cats", NOW, 7, {"a": 1}) == (
        row.action,
        row.resource_type,
        row.resource,
        row.at,
        row.person_id,
        row.detail,
    )


def test_who_acted_before_on_the_same_connection_does_not_act_now(store: Store) -> None:
    write(store.acting(KEY), "by-key")
    write(store, "by-itself")
    write(store.acting(TERMINAL), "at-the-terminal")

    assert ["AccessKey", "Server", "Terminal"] == [row.actor_type for row in entries(store)]


def test_what_is_taken_back_is_not_in_the_journal(store: Store) -> None:
    with pytest.raises(IntegrityError), store.write() as cx:
        record_twice(cx)

    assert [] == entries(store)


def test_several_who_share_a_transaction_have_an_entry_each(store: Store) -> None:
    other = Actor("Person", person_id=3)
    with store.write() as cx:
        journal.record_each(
            cx,
            [
                (KEY, Entry("StartHumanLoop", "HumanLoop", "loop-1", NOW)),
                (other, Entry("StartHumanLoop", "HumanLoop", "loop-2", NOW)),
            ],
        )
        journal.done_by(cx, other, lambda cx: journal.record(cx, "StopHumanLoop", "HumanLoop", "loop-2", NOW))
        assert SERVER == journal.actor_of(cx)

    assert [("AKIA1", None), (None, 3), (None, 3)] == [
        (row.access_key, row.actor_person_id) for row in entries(store)
    ]


def test_who_shares_a_transaction_of_the_writer_acts_for_themselves(store: Store) -> None:
    for actor in (KEY, SERVER, TERMINAL):
        store.acting(actor).do(lambda cx: journal.record(cx, "StopHumanLoop", "HumanLoop", "loop-1", NOW))

    assert ["AccessKey", "Server", "Terminal"] == [row.actor_type for row in entries(store)]


def test_a_visitor_who_has_shown_who_they_are_is_that_person(store: Store) -> None:
    with store.acting(Actor("Visitor", origin="192.0.2.9")).write() as cx:
        assert Actor("Person", person_id=4, origin="192.0.2.9") == journal.as_person(cx, 4)
    with store.acting(KEY).write() as cx:
        assert KEY == journal.as_person(cx, 4)
