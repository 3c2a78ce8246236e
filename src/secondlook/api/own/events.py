"""Status events: the log, the webhooks that get them, and what became of each delivery [events.md]."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.names import token
from secondlook.review import events, flow
from secondlook.review.errors import Invalid
from secondlook.store import tables


def create_webhook(call: Call) -> dict[str, Any]:
    url, name, secret = call.params["Url"], call.params.get("FlowDefinitionName"), token()
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise Invalid(f"Url must be an http or https address, not {url!r}.")
    with call.store.write() as cx:
        if name is not None:
            flow.find(cx, name)
        number = events.add_webhook(cx, url, call.house.vault.seal(secret), name, call.now)
    return {"WebhookId": number, "Secret": secret}


def list_webhooks(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        rows = events.webhooks(cx)
    return {
        "Webhooks": [
            {
                "WebhookId": row.id,
                "Url": row.url,
                "FlowDefinitionName": row.flow,
                "CreatedAt": row.created_at,
                "DisabledAt": row.disabled_at,
            }
            for row in rows
        ]
    }


def delete_webhook(call: Call) -> dict[str, Any]:
    with call.store.write() as cx:
        events.disable_webhook(cx, call.params["WebhookId"], call.now)
    return {}


def list_events(call: Call) -> dict[str, Any]:
    return listed(
        call,
        events.every(),
        "Events",
        lambda row: {"EventId": row.event_id, "Body": json.dumps(row.body), "CreatedAt": row.created_at},
        created=tables.event.c.created_at,
        name=tables.event.c.id,
    )


def list_deliveries(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        rows = events.deliveries(cx, call.params["WebhookId"])
    return {
        "Deliveries": [
            {
                "EventId": row.event_id,
                "State": row.state,
                "Attempts": row.attempts,
                "Status": row.status,
                "Error": row.error,
                "TriedAt": row.tried_at,
            }
            for row in rows
        ]
    }
