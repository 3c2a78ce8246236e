"""Events about endpoints: published in the order in which each came into its statuses."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from secondlook.clock.handler import Handler, Write
from secondlook.hosting.endpoints import telling
from secondlook.names import Place
from secondlook.review import events
from secondlook.review.decisions.event import endpoint_state_change
from secondlook.store.outbox import Duty
from secondlook.store.tables import tag

BATCH = 16


def handlers(place: Place) -> dict[str, Handler]:
    """By kind of duty."""

    def publish(duty: Duty) -> Write:
        arn = place.arn("endpoint", duty.payload["name"])

        def write(cx: Connection, at: datetime) -> None:
            tags = {row.key: row.value for row in cx.execute(select(tag).where(tag.c.arn == arn))}
            events.publish(cx, endpoint_state_change(place, duty.payload, tags), "", at)

        return write

    return {telling.DUTY: Handler(publish, concurrency=1, batch=BATCH)}
