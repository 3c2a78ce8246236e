"""That an endpoint has come into another status: told by a duty, of which the clock makes an event [events.md]."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Connection, select

from secondlook.store.outbox import owe
from secondlook.store.tables import endpoint

DUTY = "publish-endpoint-event"


def tell(cx: Connection, endpoint_id: int, now: datetime) -> None:
    """Owe it, in the transaction of the change and after it: what is told is the endpoint as it is then. Times are ISO 8601."""
    row = cx.execute(select(endpoint).where(endpoint.c.id == endpoint_id)).one()
    state = {
        "id": str(uuid.uuid4()),
        "time": now.isoformat(),
        "name": row.name,
        "config": row.config_name,
        "status": row.status,
        "reason": row.failure_reason,
        "variants": [
            {"VariantName": each["VariantName"], "DesiredWeight": each["Weight"]}
            | ({} if "Serverless" in each else {"DesiredInstanceCount": each["InstanceCount"]})
            for each in row.variants
        ],
        "created_at": row.created_at.isoformat(),
        "modified_at": row.modified_at.isoformat(),
    }
    owe(cx, DUTY, row.name, state, due=now, now=now)
