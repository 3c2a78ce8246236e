"""Events on their way: each delivery is tried through the channel of its target, and what became of it is written down."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection

from secondlook.clock.channel import Channel, TargetGone, Undelivered
from secondlook.clock.handler import Handler, PermanentFailure, Retry, TransientFailure, Write
from secondlook.review import deliveries, event_targets
from secondlook.review.deliveries import Delivery
from secondlook.store.disk import outwards
from secondlook.store.outbox import Duty
from secondlook.store.session import Store

log = logging.getLogger(__name__)

THREE_DAYS = Retry(first=timedelta(seconds=5), longest=timedelta(hours=1), tries=82)
"""Ten pauses that double reach 85 minutes, 71 more of an hour reach three days."""


def handlers(
    store: Store, channels: Mapping[str, Channel], now: Callable[[], datetime]
) -> dict[str, Handler]:
    """The handlers of `deliver-KIND` for each kind of target: `{"delivery_id": 1}`."""
    return {f"deliver-{kind}": _handler(store, channel, now) for kind, channel in channels.items()}


def _handler(store: Store, channel: Channel, now: Callable[[], datetime]) -> Handler:
    def deliver(duty: Duty) -> Write | None:
        with store.read() as cx:
            delivery = deliveries.owed(cx, duty.payload["delivery_id"])
        return None if delivery is None else _try(channel, delivery, now())

    return Handler(
        deliver, THREE_DAYS, concurrency=8, on_give_up=lambda duty, _: _given_up(duty.payload["delivery_id"])
    )


def _try(channel: Channel, delivery: Delivery, now: datetime) -> Write:
    try:
        status = channel.send(delivery, now)
    except Undelivered as error:
        reason = str(error)
        raise TransientFailure(
            reason, _failed(delivery, error.status, reason), not_before=error.retry_after
        ) from error
    except TargetGone as error:
        raise PermanentFailure(str(error), _ended(delivery, error.status, str(error))) from error
    except Exception as error:
        # A try that could not even start is a try: it counts, it is shown, and some day it is the last.
        log.exception("delivery %d could not start", delivery.delivery_id)
        reason = f"the delivery could not start: {outwards(error)}"
        raise TransientFailure(reason, _failed(delivery, None, reason)) from error
    return lambda cx, at: deliveries.succeeded(cx, delivery.delivery_id, status, at)


def _failed(delivery: Delivery, status: int | None, reason: str) -> Write:
    return lambda cx, at: deliveries.failed(cx, delivery.delivery_id, status, reason, at)


def _ended(delivery: Delivery, status: int | None, reason: str) -> Write:
    def write(cx: Connection, at: datetime) -> None:
        event_targets.disable(cx, delivery.kind, delivery.target_id, at)
        deliveries.failed(cx, delivery.delivery_id, status, reason, at)

    return write


def _given_up(delivery_id: int) -> Write:
    return lambda cx, _: deliveries.give_up(cx, delivery_id)
