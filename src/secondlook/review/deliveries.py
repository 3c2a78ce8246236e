"""Deliveries: one event on its way to one event target, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, case, literal, select, update

from secondlook.review import event_targets
from secondlook.store.tables import delivery, event, event_target


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one target. `secret` is sealed; None where the channel needs none.

    `topic` is the SNS topic that the target is subscribed to, if it is.
    """

    delivery_id: int
    target_id: int
    kind: str
    settings: dict[str, Any]
    secret: bytes | None
    event: dict[str, Any]
    topic: str | None = None


def owed(cx: Connection, delivery_id: int) -> Delivery | None:
    """What is still to be delivered; None when it was, or when nobody wants it any more."""
    row = cx.execute(
        select(
            delivery.c.id,
            event_target.c.id,
            event_target.c.kind,
            event_target.c.settings,
            event_target.c.secret,
            event.c.body,
            event_target.c.topic,
        )
        .join_from(delivery, event_target, event_target.c.id == delivery.c.target)
        .join(event, event.c.id == delivery.c.event)
        .where(delivery.c.id == delivery_id, delivery.c.state == "owed", event_target.c.disabled_at.is_(None))
    ).one_or_none()
    return row and Delivery(*row)


def succeeded(cx: Connection, delivery_id: int, status: int | None, now: datetime) -> None:
    _tried(cx, delivery_id, now, state="delivered", status=status, error=None)


def failed(cx: Connection, delivery_id: int, status: int | None, error: str, now: datetime) -> None:
    """A try failed; `status` is None when the receiver did not answer."""
    _tried(cx, delivery_id, now, status=status, error=error[:2000])


def give_up(cx: Connection, delivery_id: int) -> None:
    """No further try will be made."""
    cx.execute(update(delivery).where(delivery.c.id == delivery_id).values(state="given-up"))


_DROPPED = and_(delivery.c.state == "owed", event_target.c.disabled_at.is_not(None))

OUTCOME = (
    case((_DROPPED, "given-up"), else_=delivery.c.state).label("state"),
    delivery.c.attempts,
    delivery.c.status,
    case(
        (_DROPPED, literal("the ") + event_target.c.kind + literal(" was disabled")), else_=delivery.c.error
    ).label("error"),
)
"""How a delivery stands, beside its target. However many are owed to a target, disabling it writes one row."""


def of_target(cx: Connection, kind: str, target_id: int, most: int = 100) -> list[Row[Any]]:
    """event_id, state, attempts, status, error, tried_at of what went to a target, the latest first; raises NotFound."""
    event_targets.check(cx, kind, target_id)
    return list(
        cx.execute(
            select(event.c.event_id, *OUTCOME, delivery.c.tried_at)
            .join_from(delivery, event, event.c.id == delivery.c.event)
            .join(event_target, event_target.c.id == delivery.c.target)
            .where(delivery.c.target == target_id)
            .order_by(delivery.c.id.desc())
            .limit(most)
        )
    )


def _tried(cx: Connection, delivery_id: int, now: datetime, **values: Any) -> None:
    cx.execute(
        update(delivery)
        .where(delivery.c.id == delivery_id)
        .values(attempts=delivery.c.attempts + 1, tried_at=now, **values)
    )
