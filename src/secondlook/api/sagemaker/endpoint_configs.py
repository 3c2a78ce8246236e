"""Endpoint configurations [hosting.md, Endpoint configs and endpoints]."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.api.sagemaker import destinations, flow_tag
from secondlook.hosting.endpoints import endpoint_config
from secondlook.review import tags
from secondlook.store import tables


def create_endpoint_config(call: Call) -> dict[str, Any]:
    """The caller's key must be good for the buckets that answers and captures are written to."""
    destinations.check(call, call.params)
    with call.store.write() as cx:
        arn = endpoint_config.create(cx, call.services.packages, call.place, call.params, call.now)
        flow_tag.put(cx, call, arn, call.params.get("Tags", ()))
    return {"EndpointConfigArn": arn}


def describe_endpoint_config(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        return endpoint_config.describe(cx, call.place, call.params["EndpointConfigName"])


def list_endpoint_configs(call: Call) -> dict[str, Any]:
    return listed(
        call,
        endpoint_config.every(),
        "EndpointConfigs",
        lambda row: {
            "EndpointConfigName": row.name,
            "EndpointConfigArn": call.place.arn("endpoint-config", row.name),
            "CreationTime": row.created_at,
        },
        created=tables.endpoint_config.c.created_at,
        name=tables.endpoint_config.c.name,
    )


def delete_endpoint_config(call: Call) -> dict[str, Any]:
    with call.store.write() as cx:
        endpoint_config.remove(cx, call.place, call.params["EndpointConfigName"])
        tags.drop(cx, call.place.arn("endpoint-config", call.params["EndpointConfigName"]))
    return {}
