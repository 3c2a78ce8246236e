"""Endpoints [hosting.md, Endpoint configs and endpoints]."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.api.sagemaker import destinations, flow_tag
from secondlook.api.sagemaker.bringing import pins_of
from secondlook.hosting.endpoints import endpoint
from secondlook.review import tags
from secondlook.store import tables


def create_endpoint(call: Call) -> dict[str, Any]:
    params = call.params
    destinations.check_config(call, params["EndpointConfigName"])
    pins = pins_of(call, params["EndpointConfigName"])
    with call.store.write() as cx:
        arn = endpoint.create(
            cx,
            call.services.packages,
            call.place,
            params["EndpointName"],
            params["EndpointConfigName"],
            call.now,
            params.get("DeploymentConfig"),
            pins,
        )
        given = flow_tag.inherited(cx, call, params["EndpointConfigName"], params.get("Tags", ()))
        flow_tag.put(cx, call, arn, given)
    return {"EndpointArn": arn}


def describe_endpoint(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        name, routes = call.params["EndpointName"], call.services.fleet.routes
        return endpoint.describe(
            cx,
            call.place,
            name,
            routes.answering(name),
            routes.arriving(name),
            is_losing=call.services.captures.is_losing(name),
        )


def list_endpoints(call: Call) -> dict[str, Any]:
    query = endpoint.every()
    if status := call.params.get("StatusEquals"):
        query = query.where(tables.endpoint.c.status == status)
    return listed(
        call,
        query,
        "Endpoints",
        lambda row: {
            "EndpointName": row.name,
            "EndpointArn": call.place.arn("endpoint", row.name),
            "CreationTime": row.created_at,
            "LastModifiedTime": row.modified_at,
            "EndpointStatus": row.status,
        },
        created=tables.endpoint.c.created_at,
        modified=tables.endpoint.c.modified_at,
        name=tables.endpoint.c.name,
    )


def delete_endpoint(call: Call) -> dict[str, Any]:
    with call.store.write() as cx:
        endpoint.remove(cx, call.place, call.params["EndpointName"], call.now)
        tags.drop(cx, call.place.arn("endpoint", call.params["EndpointName"]))
    return {}
