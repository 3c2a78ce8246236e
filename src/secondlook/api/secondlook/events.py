"""Events: the log, the webhooks that get them, and what became of each delivery [events.md]."""

from __future__ import annotations

import json
import logging
from typing import Any

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.outbound import NotAllowed
from secondlook.review import deliveries, event_targets, events, flow
from secondlook.review.decisions import standard_webhooks
from secondlook.review.errors import Invalid
from secondlook.store import tables

log = logging.getLogger(__name__)

WEBHOOK = "webhook"
"""The kind of event target that these operations are about."""


def create_webhook(call: Call) -> dict[str, Any]:
    """Refuses now what every delivery would be refused for, and warns where the host's name leads nowhere as things are."""
    url, name = call.params["Url"], call.params.get("FlowDefinitionName")
    topic = call.params.get("TopicArn")
    if topic is not None and (name is not None or call.params.get("AllEvents")):
        raise Invalid(
            "A webhook with TopicArn gets what is published to that topic, and nothing else: leave out the other."
        )
    secret = standard_webhooks.new_secret()
    try:
        obstacle = call.services.outbound.obstacle(url)
    except NotAllowed as error:
        raise Invalid(f"{error}.") from None
    with call.store.write() as cx:
        if name is not None:
            flow.find(cx, name)
        number = event_targets.add(
            cx,
            WEBHOOK,
            {"url": url},
            call.services.vault.seal(secret),
            name,
            call.now,
            all_events=call.params.get("AllEvents", False),
            topic_arn=topic,
        )
    warnings = [] if obstacle is None else [f"No delivery would arrive as things are: {obstacle}."]
    for warning in warnings:
        log.warning("webhook %d: %s", number, warning)
    return {"WebhookId": number, "Secret": secret, "Warnings": warnings}


def list_webhooks(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        rows = event_targets.of_kind(cx, WEBHOOK)
    return {
        "Webhooks": [
            {
                "WebhookId": row.id,
                "Url": row.settings["url"],
                "FlowDefinitionName": row.flow,
                "TopicArn": row.topic,
                "AllEvents": row.all_events,
                "CreatedAt": row.created_at,
                "DisabledAt": row.disabled_at,
                "Waiting": row.waiting,
                "Failed": row.failed,
                "LastError": row.last_error,
            }
            for row in rows
        ]
    }


def delete_webhook(call: Call) -> dict[str, Any]:
    with call.store.write() as cx:
        event_targets.disable(cx, WEBHOOK, call.params["WebhookId"], call.now)
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
        rows = deliveries.of_target(cx, WEBHOOK, call.params["WebhookId"])
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
