"""Webhooks: the event as JSON, signed (`review.decisions.standard_webhooks`), in a POST to a URL that somebody chose.

2xx is success, 410 ends the webhook, anything else, a redirect included, is tried again, and not before the time that
`Retry-After` names. A target that is subscribed to an SNS topic gets SNS's envelope (`notification`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from secondlook.clock.channel import TargetGone, Undelivered
from secondlook.outbound import Limits, Outbound, OutboundError
from secondlook.review.decisions import standard_webhooks
from secondlook.review.decisions.notification import notification
from secondlook.review.deliveries import Delivery

LIMITS = Limits(connect=5.0, total=15.0)

GONE = 410

LONGEST_REST = timedelta(days=1)
"""No `Retry-After` holds up a delivery for longer."""


_SECONDS = re.compile("[0-9]+")
_MOST_DIGITS = 9


class Webhooks:
    """Settings of a target: `{"url": …}`."""

    def __init__(self, outbound: Outbound, unseal: Callable[[bytes], str]) -> None:
        self._outbound = outbound
        self._unseal = unseal

    def send(self, delivery: Delivery, now: datetime) -> int:
        url = delivery.settings["url"]
        document, more = (
            (delivery.event, {}) if delivery.topic is None else notification(delivery.event, delivery.topic)
        )
        body = encoded(document)
        assert delivery.secret is not None, "every webhook has one"
        headers = standard_webhooks.headers(self._unseal(delivery.secret), delivery.event["id"], body, now)
        try:
            # What the receiver says beside the status is nobody's business, however long it is.
            with self._outbound.stream(
                "POST",
                url,
                headers={"Content-Type": "application/json", **more, **headers},
                body=body,
                limits=LIMITS,
            ) as answer:
                status, answer_headers = answer.status, answer.headers
        except OutboundError as error:
            raise Undelivered(str(error)) from error
        if 200 <= status < 300:  # noqa: PLR2004  (HTTP's success)
            return status
        reason = f"{url} answered {status}"
        if status == GONE:
            raise TargetGone(reason, status)
        raise Undelivered(reason, status, rest(answer_headers, now))


def encoded(document: dict[str, Any]) -> bytes:
    """The body, the same for every try."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def rest(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How long a receiver asks to be left alone: seconds or a date; nothing where it does not say, or what is neither."""
    text = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(text):
        # More digits than that are more than a day, whatever they are, and may be more than Python counts.
        return LONGEST_REST if len(text) > _MOST_DIGITS else min(timedelta(seconds=int(text)), LONGEST_REST)
    try:
        pause = _date(text) - now
    except (ValueError, OverflowError):
        return timedelta(0)
    return min(max(pause, timedelta(0)), LONGEST_REST)


def _date(text: str) -> datetime:
    date = parsedate_to_datetime(text)
    return date if date.tzinfo else date.replace(tzinfo=UTC)
