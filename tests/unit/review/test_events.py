"""The log of events and what is owed to webhooks, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from secondlook.review import events
from secondlook.review.errors import NotFound
from secondlook.store.session import Store
from secondlook.store.tables import duty, event

NOW = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
DOCUMENT = {"id": "one", "detail": {"humanLoopStatus": "Completed", "failureCode": None}}


def owed(store: Store) -> list[tuple[str, str]]:
    with store.read() as cx:
        return [
            tuple(row) for row in cx.execute(select(duty.c.kind, duty.c.queueing_key).order_by(duty.c.id))
        ]


def test_an_event_is_logged_once_however_often_it_is_published(store: Store) -> None:
    with store.write() as cx:
        events.add_webhook(cx, "http://a.example", b"sealed", None, NOW)
    for _ in range(3):
        with store.write() as cx:
            events.publish(cx, DOCUMENT, "fd-1", NOW)

    with store.read() as cx:
        assert [DOCUMENT] == cx.scalars(select(event.c.body)).all()
    assert [("deliver-webhook", "1")] == owed(store)


def test_events_of_our_own_go_to_webhooks_that_ask_for_them_only(store: Store) -> None:
    ours = {"id": "two", "source": "secondlook", "detail-type": "x", "detail": {}}
    with store.write() as cx:
        events.add_webhook(cx, "http://a.example", b"sealed", None, NOW)
        subscribed = events.add_webhook(cx, "http://b.example", b"sealed", None, NOW, all_events=True)
        events.add_webhook(cx, "http://c.example", b"sealed", "other", NOW, all_events=True)
        events.publish(cx, ours, "fd-1", NOW)

    assert [("deliver-webhook", str(subscribed))] == owed(store)


def test_a_webhook_of_one_flow_definition_hears_of_no_other(store: Store) -> None:
    with store.write() as cx:
        mine = events.add_webhook(cx, "http://a.example", b"sealed", "fd-1", NOW)
        events.add_webhook(cx, "http://b.example", b"sealed", "fd-2", NOW)
        everything = events.add_webhook(cx, "http://c.example", b"sealed", None, NOW)
        events.publish(cx, DOCUMENT, "fd-1", NOW)

    assert [("deliver-webhook", str(mine)), ("deliver-webhook", str(everything))] == owed(store)


def test_a_disabled_webhook_gets_nothing_more(store: Store) -> None:
    with store.write() as cx:
        number = events.add_webhook(cx, "http://a.example", b"sealed", None, NOW)
        events.publish(cx, DOCUMENT, "fd-1", NOW)
        events.disable_webhook(cx, number, NOW)
        events.publish(cx, {**DOCUMENT, "id": "two"}, "fd-1", NOW)

    with store.read() as cx:
        assert [("one", "given-up", "the webhook was disabled")] == [
            (row.event_id, row.state, row.error) for row in events.deliveries(cx, number)
        ]
        assert events.delivery(cx, 1) is None


def test_disabling_twice_is_no_error_and_an_unknown_webhook_is_named(store: Store) -> None:
    with store.write() as cx:
        number = events.add_webhook(cx, "http://a.example", b"sealed", None, NOW)
        events.disable_webhook(cx, number, NOW)
        events.disable_webhook(cx, number, NOW)

        with pytest.raises(NotFound, match="no webhook 77"):
            events.disable_webhook(cx, 77, NOW)
