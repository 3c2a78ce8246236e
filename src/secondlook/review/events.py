"""The log of events, and what is owed because of each: its delivery to every event target that wants it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from secondlook.review import event_targets
from secondlook.store import tables
from secondlook.store.insert import insert_new
from secondlook.store.outbox import owe
from secondlook.store.tables import event


def announce(cx: Connection, document: dict[str, Any], loop_name: str, flow_name: str, now: datetime) -> None:
    """Owe the publishing of an event, in the transaction of what it tells; those of one loop go out in order."""
    owe(cx, "publish-event", loop_name, {"event": document, "flow": flow_name}, due=now, now=now)


def publish(cx: Connection, document: dict[str, Any], flow: str, now: datetime) -> None:
    """Append the event to the log and owe its delivery to each target that wants it; the same event again is nothing."""
    entry = insert_new(cx, event, event_id=document["id"], body=document, created_at=now)
    if entry is None:
        return
    for target in event_targets.wanting(cx, document, flow):
        delivery_id = cx.execute(
            insert(tables.delivery)
            .values(event=entry.id, target=target.id, state="owed", attempts=0)
            .returning(tables.delivery.c.id)
        ).scalar_one()
        # A kind of duty for each channel, so that none waits for the threads of another; queued by target, so that
        # one receiver gets one event at a time and a slow one waits only for itself.
        owe(cx, f"deliver-{target.kind}", str(target.id), {"delivery_id": delivery_id}, due=now, now=now)


def every() -> Any:
    """The log: id, event_id, body, created_at; for `paging.page` by `event.c.id`."""
    return select(event)
