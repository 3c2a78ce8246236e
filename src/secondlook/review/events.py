"""The log of events, the webhooks that want them, and what became of each delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, case, func, insert, or_, select, update

from secondlook.review.decisions.event import OWN_SOURCE
from secondlook.review.errors import NotFound
from secondlook.store import tables
from secondlook.store.insert import insert_new
from secondlook.store.outbox import owe
from secondlook.store.tables import event, webhook


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one webhook. `secret` is sealed."""

    delivery_id: int
    webhook_id: int
    url: str
    secret: bytes
    event: dict[str, Any]


def announce(cx: Connection, document: dict[str, Any], loop_name: str, flow_name: str, now: datetime) -> None:
    """Owe the publishing of an event, in the transaction of what it tells; those of one loop go out in order."""
    owe(cx, "publish-event", loop_name, {"event": document, "flow": flow_name}, due=now, now=now)


def publish(cx: Connection, document: dict[str, Any], flow: str, now: datetime) -> None:
    """Append the event to the log and owe its delivery to each webhook that wants it; the same event again is nothing."""
    entry = insert_new(cx, event, event_id=document["id"], body=document, created_at=now)
    if entry is None:
        return
    wanted = or_(webhook.c.flow.is_(None), webhook.c.flow == flow)
    if document.get("source") == OWN_SOURCE:
        wanted &= webhook.c.all_events
    for number in cx.scalars(select(webhook.c.id).where(webhook.c.disabled_at.is_(None), wanted)).all():
        delivery_id = cx.execute(
            insert(tables.delivery)
            .values(event=entry.id, webhook=number, state="owed", attempts=0)
            .returning(tables.delivery.c.id)
        ).scalar_one()
        # By webhook, so that one receiver gets one event at a time and a slow one waits only for itself.
        owe(cx, "deliver-webhook", str(number), {"delivery_id": delivery_id}, due=now, now=now)


def delivery(cx: Connection, delivery_id: int) -> Delivery | None:
    """What is still to be delivered; None when it was, or when nobody wants it any more."""
    row = cx.execute(
        select(tables.delivery.c.id, webhook.c.id, webhook.c.url, webhook.c.secret, event.c.body)
        .join_from(tables.delivery, webhook, webhook.c.id == tables.delivery.c.webhook)
        .join(event, event.c.id == tables.delivery.c.event)
        .where(
            tables.delivery.c.id == delivery_id,
            tables.delivery.c.state == "owed",
            webhook.c.disabled_at.is_(None),
        )
    ).one_or_none()
    return row and Delivery(*row)


def delivered(cx: Connection, delivery_id: int, status: int, now: datetime) -> None:
    _tried(cx, delivery_id, now, state="delivered", status=status, error=None)


def refused(cx: Connection, delivery_id: int, status: int | None, error: str, now: datetime) -> None:
    """A try failed; `status` is None when the receiver did not answer."""
    _tried(cx, delivery_id, now, status=status, error=error[:2000])


def give_up(cx: Connection, delivery_id: int) -> None:
    """No further try will be made."""
    cx.execute(update(tables.delivery).where(tables.delivery.c.id == delivery_id).values(state="given-up"))


def add_webhook(
    cx: Connection, url: str, secret: bytes, flow: str | None, now: datetime, *, all_events: bool = False
) -> int:
    """Send events (of one flow definition, or all) to `url` from now on; `secret` is sealed. The webhook's id.

    Without `all_events` it gets those only that A2I has too.
    """
    values = {"url": url, "secret": secret, "flow": flow, "all_events": all_events, "created_at": now}
    number: int = cx.execute(insert(webhook).values(values).returning(webhook.c.id)).scalar_one()
    return number


def webhooks(cx: Connection) -> list[Row[Any]]:
    """id, url, flow, all_events, created_at, disabled_at of every webhook, in the order they were made, and how it gets on.

    `waiting` and `failed` count deliveries that are still owed and that were given up, `last_error` is the latest
    reason among both.
    """
    columns = (
        webhook.c.id,
        webhook.c.url,
        webhook.c.flow,
        webhook.c.all_events,
        webhook.c.created_at,
        webhook.c.disabled_at,
        _of_webhook(func.count(), tables.delivery.c.state == "owed").label("waiting"),
        _of_webhook(func.count(), tables.delivery.c.state == "given-up").label("failed"),
        _last_error().label("last_error"),
    )
    return list(cx.execute(select(*columns).order_by(webhook.c.id)))


def disable_webhook(cx: Connection, webhook_id: int, now: datetime) -> None:
    """Send it nothing more: what is owed to it is given up (`OUTCOME`). Raises NotFound."""
    on = (webhook.c.id == webhook_id) & webhook.c.disabled_at.is_(None)
    changed = cx.execute(update(webhook).where(on).values(disabled_at=now)).rowcount
    if not changed:
        _check_webhook(cx, webhook_id)


def _check_webhook(cx: Connection, webhook_id: int) -> None:
    """Raise NotFound unless there is such a webhook, be it disabled."""
    if cx.scalar(select(webhook.c.id).where(webhook.c.id == webhook_id)) is None:
        raise NotFound(f"There is no webhook {webhook_id}.")


_DROPPED = and_(tables.delivery.c.state == "owed", webhook.c.disabled_at.is_not(None))

OUTCOME = (
    case((_DROPPED, "given-up"), else_=tables.delivery.c.state).label("state"),
    tables.delivery.c.attempts,
    tables.delivery.c.status,
    case((_DROPPED, "the webhook was disabled"), else_=tables.delivery.c.error).label("error"),
)
"""How a delivery stands, beside its webhook. However many are owed to a webhook, disabling it writes one row."""


def every() -> Any:
    """The log: id, event_id, body, created_at; for `paging.page` by `event.c.id`."""
    return select(event)


def deliveries(cx: Connection, webhook_id: int, most: int = 100) -> list[Row[Any]]:
    """event_id, state, attempts, status, error, tried_at of what went to a webhook, the latest first; raises NotFound."""
    _check_webhook(cx, webhook_id)
    return list(
        cx.execute(
            select(
                event.c.event_id,
                *OUTCOME,
                tables.delivery.c.tried_at,
            )
            .join_from(tables.delivery, event, event.c.id == tables.delivery.c.event)
            .join(webhook, webhook.c.id == tables.delivery.c.webhook)
            .where(tables.delivery.c.webhook == webhook_id)
            .order_by(tables.delivery.c.id.desc())
            .limit(most)
        )
    )


def _of_webhook(what: Any, state: Any) -> Any:
    """`what` of the deliveries in a state that go to the webhook of the row around it."""
    return (
        select(what)
        .select_from(tables.delivery)
        .where(tables.delivery.c.webhook == webhook.c.id, state)
        .scalar_subquery()
    )


def _last_error() -> Any:
    unwell = tables.delivery.c.state.in_(("owed", "given-up")) & tables.delivery.c.error.is_not(None)
    return (
        select(tables.delivery.c.error)
        .where(tables.delivery.c.webhook == webhook.c.id, unwell)
        .order_by(tables.delivery.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _tried(cx: Connection, delivery_id: int, now: datetime, **values: Any) -> None:
    cx.execute(
        update(tables.delivery)
        .where(tables.delivery.c.id == delivery_id)
        .values(attempts=tables.delivery.c.attempts + 1, tried_at=now, **values)
    )
