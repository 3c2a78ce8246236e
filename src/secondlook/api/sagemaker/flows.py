"""Flow definitions (human review workflows) [api.md §4]."""

from __future__ import annotations

import logging
from typing import Any

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.review import flow, tags
from secondlook.store import tables

log = logging.getLogger(__name__)


def create_flow_definition(call: Call) -> dict[str, Any]:
    """Makes it although its work team is too small, as AWS does: people may join. The log says so."""
    name = call.params["FlowDefinitionName"]
    arn = call.place.arn("flow-definition", name)
    flow.check_conditions(call.params)
    with call.store.write() as cx:
        flow.create(cx, call.params, call.place, call.now, call.caller.buckets)
        tags.put(cx, arn, call.params.get("Tags", ()))
    with call.store.read() as cx:
        warnings = flow.warnings(cx, name)
    for sentence in warnings:
        log.warning("flow definition %s: %s", name, sentence)
    return {"FlowDefinitionArn": arn}


def describe_flow_definition(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        row = flow.find(cx, call.params["FlowDefinitionName"])
    return {
        **row.config,
        "FlowDefinitionArn": call.place.arn("flow-definition", row.name),
        "FlowDefinitionName": row.name,
        "FlowDefinitionStatus": row.status,
        "CreationTime": row.created_at,
        **({"FailureReason": row.failure_reason} if row.failure_reason else {}),
    }


def list_flow_definitions(call: Call) -> dict[str, Any]:
    return listed(
        call,
        flow.every(),
        "FlowDefinitionSummaries",
        lambda row: {
            "FlowDefinitionName": row.name,
            "FlowDefinitionArn": call.place.arn("flow-definition", row.name),
            "FlowDefinitionStatus": row.status,
            "CreationTime": row.created_at,
            **({"FailureReason": row.failure_reason} if row.failure_reason else {}),
        },
        created=tables.flow.c.created_at,
        name=tables.flow.c.name,
    )


def delete_flow_definition(call: Call) -> dict[str, Any]:
    name = call.params["FlowDefinitionName"]
    with call.store.write() as cx:
        flow.begin_delete(cx, name, call.now)
        tags.drop(cx, call.place.arn("flow-definition", name))
    return {}
