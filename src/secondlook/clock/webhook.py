"""Webhooks: the event as JSON, signed, to a URL that somebody chose.

A receiver checks `X-Secondlook-Signature: v1=HEX`, the HMAC-SHA256 of `TIMESTAMP.BODY` under the webhook's
secret, with TIMESTAMP from `X-Secondlook-Timestamp` (seconds since 1970), and may see an event more than once:
`X-Secondlook-Event-Id` tells. 2xx ends a delivery, 410 ends the webhook, anything else is tried again for a day.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from secondlook.clock.handler import Handler, PermanentFailure, Retry, TransientFailure, Write
from secondlook.outbound import Limits, Outbound, OutboundError
from secondlook.review import events
from secondlook.review.events import Delivery
from secondlook.store.disk import outwards
from secondlook.store.outbox import Duty
from secondlook.store.session import Store

log = logging.getLogger(__name__)

LIMITS = Limits(connect=5.0, total=15.0, size=64 * 1024)

DAY = Retry(first=timedelta(seconds=5), longest=timedelta(hours=1), tries=33)
"""Ten pauses that double reach 85 minutes, 22 more of an hour reach a day."""

GONE = 410


def delivery(
    store: Store, outbound: Outbound, unseal: Callable[[bytes], str], now: Callable[[], datetime]
) -> Handler:
    """The handler of `deliver-webhook`: `{"delivery_id": 1}`."""

    def deliver(duty: Duty) -> Write | None:
        number = duty.payload["delivery_id"]
        with store.read() as cx:
            delivery = events.delivery(cx, number)
        if delivery is None:
            return None
        try:
            status = _sent(outbound, delivery, unseal(delivery.secret), now())
        except OutboundError as error:
            raise TransientFailure(str(error), _noted(number, None, str(error))) from error
        except Exception as error:
            # A try that could not even start is a try: it counts, it is shown, and one day it is the last.
            log.exception("delivery %d could not start", number)
            reason = f"the delivery could not start: {outwards(error)}"
            raise TransientFailure(reason, _noted(number, None, reason)) from error
        if 200 <= status < 300:  # noqa: PLR2004  (HTTP's success)
            return lambda cx, at: events.delivered(cx, number, status, at)
        reason = f"{delivery.url} answered {status}"
        if status == GONE:
            raise PermanentFailure(reason, _ended(number, delivery.webhook_id, reason))
        raise TransientFailure(reason, _noted(number, status, reason))

    return Handler(
        deliver, DAY, concurrency=8, on_give_up=lambda duty, _: _given_up(duty.payload["delivery_id"])
    )


def _sent(outbound: Outbound, delivery: Delivery, secret: str, at: datetime) -> int:
    """Send it; the status of the answer."""
    body = encoded(delivery.event)
    headers = {
        "Content-Type": "application/json",
        "X-Secondlook-Event-Id": delivery.event["id"],
        **signature(secret, body, at),
    }
    return outbound.request("POST", delivery.url, headers=headers, body=body, limits=LIMITS).status


def encoded(document: dict[str, Any]) -> bytes:
    """The body, the same for every try."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def signature(secret: str, body: bytes, at: datetime) -> dict[str, str]:
    """The two headers that let a receiver know who sent the body, and when."""
    stamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"X-Secondlook-Timestamp": stamp, "X-Secondlook-Signature": f"v1={digest}"}


def _noted(number: int, status: int | None, reason: str) -> Write:
    return lambda cx, at: events.refused(cx, number, status, reason, at)


def _ended(number: int, webhook_id: int, reason: str) -> Write:
    def write(cx: Connection, at: datetime) -> None:
        events.disable_webhook(cx, webhook_id, at)
        events.refused(cx, number, GONE, reason, at)

    return write


def _given_up(number: int) -> Write:
    return lambda cx, _: events.give_up(cx, number)
