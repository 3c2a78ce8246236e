"""The log of events and what is owed to webhooks, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, select

from secondlook.names import Place
from secondlook.review import deliveries, event_targets, events
from secondlook.review.decisions.event import about, endpoint_state_change, happened, inference_result
from secondlook.review.errors import NotFound
from secondlook.store.session import Store
from secondlook.store.tables import duty, event

PLACE = Place("us-east-1", "123456789012")
NOW = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
DOCUMENT = {"id": "one", "detail": {"humanLoopStatus": "Completed", "failureCode": None}}


def webhook(cx: Connection, url: str, flow: str | None = None, **options: Any) -> int:
    return event_targets.add(cx, "webhook", {"url": url}, b"sealed", flow, NOW, **options)


def owed(store: Store) -> list[tuple[str, str]]:
    with store.read() as cx:
        return [
            tuple(row) for row in cx.execute(select(duty.c.kind, duty.c.queueing_key).order_by(duty.c.id))
        ]


def test_an_event_is_logged_once_however_often_it_is_published(store: Store) -> None:
    with store.write() as cx:
        webhook(cx, "http://a.example")
    for _ in range(3):
        with store.write() as cx:
            events.publish(cx, DOCUMENT, "fd-1", NOW)

    with store.read() as cx:
        assert [DOCUMENT] == cx.scalars(select(event.c.body)).all()
    assert [("deliver-webhook", "1")] == owed(store)


def test_events_of_our_own_go_to_webhooks_that_ask_for_them_only(store: Store) -> None:
    ours = {"id": "two", "source": "secondlook", "detail-type": "x", "detail": {}}
    with store.write() as cx:
        webhook(cx, "http://a.example")
        subscribed = webhook(cx, "http://b.example", all_events=True)
        webhook(cx, "http://c.example", "other", all_events=True)
        events.publish(cx, ours, "fd-1", NOW)

    assert [("deliver-webhook", str(subscribed))] == owed(store)


def test_an_endpoint_in_another_status_is_told_in_its_own_words(store: Store) -> None:
    told = {
        "id": "three",
        "time": "2026-03-02T09:15:11.250000+00:00",
        "name": "detector",
        "config": "config-2",
        "status": "UpdateRollbackFailed",
        "reason": "It could not be rolled back.",
        "variants": [{"VariantName": "AllTraffic", "DesiredWeight": 1.0, "DesiredInstanceCount": 2}],
        "created_at": "2026-03-02T09:13:40.204000+00:00",
        "modified_at": "2026-03-02T09:15:11.250000+00:00",
    }
    document = endpoint_state_change(Place("us-east-1", "444455556666"), told, {"team": "vision"})
    arn = "arn:aws:sagemaker:us-east-1:444455556666:endpoint/detector"

    assert document == {
        "version": "0",
        "id": "three",
        "detail-type": "SageMaker Endpoint State Change",
        "source": "aws.sagemaker",
        "account": "444455556666",
        "time": "2026-03-02T09:15:11Z",
        "region": "us-east-1",
        "resources": [arn],
        "detail": {
            "EndpointName": "detector",
            "EndpointArn": arn,
            "EndpointConfigName": "config-2",
            "ProductionVariants": told["variants"],
            "EndpointStatus": "UPDATE_ROLLBACK_FAILED",
            "FailureReason": "It could not be rolled back.",
            "CreationTime": 1772442820204.0,
            "LastModifiedTime": 1772442911250.0,
            "Tags": {"team": "vision"},
        },
    }
    assert ("detector", "Endpoint UPDATE_ROLLBACK_FAILED") == (about(document), happened(document))
    with store.write() as cx:
        webhook(cx, "http://a.example")
        subscribed = webhook(cx, "http://b.example", all_events=True)
        events.publish(cx, document, "", NOW)
    assert [("deliver-webhook", str(subscribed))] == owed(store)


def test_a_webhook_of_one_flow_definition_hears_of_no_other(store: Store) -> None:
    with store.write() as cx:
        mine = webhook(cx, "http://a.example", "fd-1")
        webhook(cx, "http://b.example", "fd-2")
        everything = webhook(cx, "http://c.example")
        events.publish(cx, DOCUMENT, "fd-1", NOW)

    assert [("deliver-webhook", str(mine)), ("deliver-webhook", str(everything))] == owed(store)


def test_a_disabled_webhook_gets_nothing_more(store: Store) -> None:
    with store.write() as cx:
        number = webhook(cx, "http://a.example")
        events.publish(cx, DOCUMENT, "fd-1", NOW)
        event_targets.disable(cx, "webhook", number, NOW)
        events.publish(cx, {**DOCUMENT, "id": "two"}, "fd-1", NOW)

    with store.read() as cx:
        assert [("one", "given-up", "the webhook was disabled")] == [
            (row.event_id, row.state, row.error) for row in deliveries.of_target(cx, "webhook", number)
        ]
        assert deliveries.owed(cx, 1) is None


def test_disabling_twice_is_no_error_and_an_unknown_webhook_is_named(store: Store) -> None:
    with store.write() as cx:
        number = webhook(cx, "http://a.example")
        event_targets.disable(cx, "webhook", number, NOW)
        event_targets.disable(cx, "webhook", number, NOW)

        with pytest.raises(NotFound, match="no webhook 77"):
            event_targets.disable(cx, "webhook", 77, NOW)


def test_what_is_published_to_a_topic_goes_to_its_subscribers_and_to_those_who_want_all(store: Store) -> None:
    topic = "arn:aws:sns:us-east-1:123456789012:done"
    result = inference_result(PLACE, {}, endpoint="e", topic=topic, call_id="1", now=NOW)
    with store.write() as cx:
        webhook(cx, "http://a.example")
        everything = webhook(cx, "http://b.example", all_events=True)
        subscribed = webhook(cx, "http://c.example", topic_arn=topic)
        webhook(cx, "http://d.example", topic_arn=f"{topic}-not")
        events.publish(cx, DOCUMENT, "fd-1", NOW)
        events.publish(cx, result, "", NOW)

    wanted = [("deliver-webhook", str(number)) for number in (1, everything, everything, subscribed)]
    assert wanted == owed(store)
