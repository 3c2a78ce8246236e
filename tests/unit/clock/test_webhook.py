"""Webhooks against real receivers: one that is well, one that fails, one that hangs, one that is gone."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Row, select
from standardwebhooks import Webhook

from secondlook import names
from secondlook.clock import delivery
from secondlook.clock.channels.webhook import LONGEST_REST, Webhooks, rest
from secondlook.clock.handler import Handler
from secondlook.outbound import Outbound
from secondlook.review import deliveries as delivered
from secondlook.review import event_targets, events
from secondlook.review.decisions import standard_webhooks
from secondlook.store import outbox
from secondlook.store.session import Store
from secondlook.store.tables import duty, event_target
from secondlook.store.vault import Vault
from tests.neighbours import Receiver

from .conftest import Wind
from .timing import AT_ONCE, happens, until

SECRET = standard_webhooks.new_secret()
DOCUMENT = {"id": "7d0c4a52", "detail": {"humanLoopName": "loop-1", "failureReason": None, "ü": "é"}}


@pytest.fixture
def handler(store: Store, vault: Vault) -> Handler:
    """Deliveries that are repeated without a pause."""
    return handler_with(store, vault, Outbound(["127.0.0.0/8"]))


def handler_with(store: Store, vault: Vault, outbound: Outbound) -> Handler:
    handlers = delivery.handlers(store, {"webhook": Webhooks(outbound, vault.open)}, names.now)
    return dataclasses.replace(handlers["deliver-webhook"], retry=AT_ONCE)


def add(store: Store, vault: Vault, url: str) -> int:
    with store.write() as cx:
        return event_targets.add(cx, "webhook", {"url": url}, vault.seal(SECRET), None, names.now())


def publish(store: Store, number: str = "7d0c4a52") -> None:
    with store.write() as cx:
        events.publish(cx, {**DOCUMENT, "id": number}, "fd-1", names.now())


def deliveries(store: Store, number: int = 1) -> list[Row]:
    with store.read() as cx:
        return delivered.of_target(cx, "webhook", number)


def settled(store: Store) -> bool:
    return all(row.state != "owed" for row in deliveries(store))


def test_the_event_arrives_as_json_signed_and_named(
    store: Store, vault: Vault, receiver: Receiver, wind: Wind, handler: Handler
) -> None:
    add(store, vault, receiver.url)
    wind(store, {"deliver-webhook": handler})
    publish(store)

    assert until(lambda: settled(store))
    (headers, body) = receiver.seen[0]
    assert DOCUMENT == json.loads(body)
    assert "application/json" == headers["Content-Type"]
    assert "7d0c4a52" == headers["webhook-id"]
    assert DOCUMENT == Webhook(SECRET).verify(body, headers)
    assert not [name for name in headers if name.startswith("X-Secondlook")]
    assert [("delivered", 1, 200, None)] == [
        (row.state, row.attempts, row.status, row.error) for row in deliveries(store)
    ]


def test_a_receiver_that_fails_twice_gets_the_same_body_a_third_time(
    store: Store, vault: Vault, receiver: Receiver, wind: Wind, handler: Handler
) -> None:
    receiver.statuses = [500, 503]
    add(store, vault, receiver.url)
    wind(store, {"deliver-webhook": handler})
    publish(store)

    assert until(lambda: settled(store))
    assert 3 == len(receiver.seen)
    assert 1 == len({body for _, body in receiver.seen})
    assert [("delivered", 3, 200)] == [(row.state, row.attempts, row.status) for row in deliveries(store)]


def test_after_the_last_try_the_delivery_is_given_up_and_says_why(
    store: Store, vault: Vault, receiver: Receiver, wind: Wind, handler: Handler
) -> None:
    receiver.statuses = [500] * 3
    add(store, vault, receiver.url)
    wind(store, {"deliver-webhook": handler})
    publish(store)

    assert until(lambda: settled(store))
    assert [("given-up", 3, 500, f"{receiver.url} answered 500")] == [
        (row.state, row.attempts, row.status, row.error) for row in deliveries(store)
    ]
    with store.read() as cx:
        assert [f"{receiver.url} answered 500"] == [duty.error for duty in outbox.failed(cx)]


def test_a_receiver_that_is_gone_gets_nothing_more(
    store: Store, vault: Vault, receiver: Receiver, wind: Wind, handler: Handler
) -> None:
    receiver.statuses = [410]
    add(store, vault, receiver.url)
    wind(store, {"deliver-webhook": handler})
    publish(store)

    assert until(lambda: settled(store))
    assert [("given-up", 410, f"{receiver.url} answered 410")] == [
        (row.state, row.status, row.error) for row in deliveries(store)
    ]
    with store.read() as cx:
        assert cx.scalar(select(event_target.c.disabled_at)) is not None


def test_an_address_that_is_not_allowed_gets_no_request(
    store: Store, vault: Vault, receiver: Receiver, wind: Wind
) -> None:
    add(store, vault, receiver.url)
    wind(store, {"deliver-webhook": handler_with(store, vault, Outbound())})
    publish(store)

    assert until(lambda: settled(store))
    assert [] == receiver.seen
    assert "127.0.0.1" in deliveries(store)[0].error


@pytest.mark.parametrize("url", ["http://①②⑦.0.0.1/hook", "http://a b/hook", "http://[::g]/hook"])
def test_a_try_at_an_address_that_is_none_is_counted_and_shown(
    store: Store, vault: Vault, wind: Wind, handler: Handler, url: str
) -> None:
    add(store, vault, url)
    wind(store, {"deliver-webhook": handler})
    publish(store)

    assert until(lambda: settled(store))
    (row,) = deliveries(store)
    assert ("given-up", 3) == (row.state, row.attempts)
    assert url in row.error


def test_a_try_that_cannot_even_start_is_counted_and_shown(
    store: Store, vault: Vault, receiver: Receiver, wind: Wind, handler: Handler, tmp_path: Path
) -> None:
    """Here the secret was sealed with the key of another data directory."""
    with store.write() as cx:
        sealed = Vault(tmp_path / "other.key").seal(SECRET)
        event_targets.add(cx, "webhook", {"url": receiver.url}, sealed, None, names.now())
    wind(store, {"deliver-webhook": handler})
    publish(store)

    assert until(lambda: settled(store))
    (row,) = deliveries(store)
    assert ("given-up", 3, None) == (row.state, row.attempts, row.status)
    assert "could not start: The database holds secrets that were sealed with another key" in row.error
    assert str(tmp_path) not in row.error
    with store.read() as cx:
        (listed,) = event_targets.of_kind(cx, "webhook")
    assert (0, 1, row.error) == (listed.waiting, listed.failed, listed.last_error)


def test_a_webhook_that_does_well_shows_no_failure(
    store: Store, vault: Vault, receiver: Receiver, wind: Wind, handler: Handler
) -> None:
    receiver.statuses = [500]
    add(store, vault, receiver.url)
    wind(store, {"deliver-webhook": handler})
    publish(store)

    assert until(lambda: settled(store))
    with store.read() as cx:
        (listed,) = event_targets.of_kind(cx, "webhook")
    assert (0, 0, None) == (listed.waiting, listed.failed, listed.last_error)


def test_a_redirect_is_a_failure(
    store: Store, vault: Vault, receiver: Receiver, wind: Wind, handler: Handler
) -> None:
    receiver.statuses = [302]
    add(store, vault, receiver.url)
    wind(store, {"deliver-webhook": handler})
    publish(store)

    assert until(lambda: settled(store))
    assert 2 == len(receiver.seen)


def test_a_receiver_that_hangs_delays_no_other(
    store: Store, vault: Vault, receivers: Callable[[], Receiver], wind: Wind, handler: Handler
) -> None:
    slow, quick = receivers(), receivers()
    slow.hold()
    add(store, vault, slow.url)
    second = add(store, vault, quick.url)
    wind(store, {"deliver-webhook": handler})
    for number in range(12):
        publish(store, str(number))

    assert until(lambda: all(row.state == "delivered" for row in deliveries(store, second)))
    assert happens(slow.reached)
    assert ["owed"] * 12 == [row.state for row in deliveries(store, 1)]
    assert 1 == len(slow.seen)
    slow.release()
    assert until(lambda: all(row.state == "delivered" for row in deliveries(store, 1)))


def test_a_receiver_that_asks_for_rest_gets_it(
    store: Store, vault: Vault, receiver: Receiver, wind: Wind, handler: Handler
) -> None:
    """The pause would be none at all (`AT_ONCE`), and the next try waits for what the receiver says."""
    receiver.statuses = [429]
    receiver.headers = {"Retry-After": "3600"}
    add(store, vault, receiver.url)
    wind(store, {"deliver-webhook": handler})
    began = names.now()
    publish(store)

    assert until(lambda: [1] == [row.attempts for row in deliveries(store)])
    with store.read() as cx:
        assert cx.scalar(select(duty.c.due_at)) >= began + timedelta(hours=1)
    assert 1 == len(receiver.seen)


def test_success_is_success_whatever_the_receiver_says_besides(
    store: Store, vault: Vault, receiver: Receiver, wind: Wind, handler: Handler
) -> None:
    receiver.headers = {"Content-Length": "1000000"}  # and none of it comes
    add(store, vault, receiver.url)
    wind(store, {"deliver-webhook": handler})
    publish(store)

    assert until(lambda: settled(store))
    (row,) = deliveries(store)
    assert ("delivered", 1, 200) == (row.state, row.attempts, row.status)


def test_what_is_owed_to_a_webhook_that_was_disabled_is_counted_as_given_up(
    store: Store, vault: Vault, receiver: Receiver
) -> None:
    number = add(store, vault, receiver.url)
    publish(store)
    with store.write() as cx:
        event_targets.disable(cx, "webhook", number, names.now())
        (listed,) = event_targets.of_kind(cx, "webhook")

    assert (0, 1) == (listed.waiting, listed.failed)


def test_the_error_that_is_shown_is_that_of_the_latest_try(
    store: Store, vault: Vault, receiver: Receiver
) -> None:
    add(store, vault, receiver.url)
    publish(store, "first")
    publish(store, "second")
    now = names.now()
    with store.write() as cx:
        delivered.failed(cx, 2, None, "earlier", now)
        delivered.failed(cx, 1, None, "later", now + timedelta(seconds=1))
        (listed,) = event_targets.of_kind(cx, "webhook")

    assert "later" == listed.last_error


@pytest.mark.parametrize(
    ("text", "pause"),
    [
        ("3600", timedelta(hours=1)),
        ("9" * 20, LONGEST_REST),
        ("9" * 5000, LONGEST_REST),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_REST),
        ("-5", timedelta(0)),
        ("²", timedelta(0)),
        ("soon", timedelta(0)),
        ("", timedelta(0)),
    ],
)
def test_the_rest_that_is_asked_for_is_a_day_at_most(text: str, pause: timedelta) -> None:
    assert pause == rest({"Retry-After": text}, names.now())
