"""Endpoints: models in service under a name. Creating and deleting are facts with duties; the fleet does the work.

Creating → InService | Failed; Deleting → gone [hosting.md, Endpoint configs and endpoints]. How they are updated says `update`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, literal, select, update

from secondlook.hosting.endpoints import traffic
from secondlook.hosting.endpoints.described import pending, variants
from secondlook.hosting.endpoints.resolution import resolved
from secondlook.hosting.endpoints.telling import tell
from secondlook.hosting.errors import Invalid, NotFound
from secondlook.hosting.files.pinning import NO_PINS, Pins
from secondlook.hosting.invocation import capture
from secondlook.hosting.packages import Packages
from secondlook.names import Place
from secondlook.store import journal
from secondlook.store.insert import insert_new
from secondlook.store.outbox import owe
from secondlook.store.tables import endpoint, tag
from secondlook.store.version import raise_version

NONE: Mapping[str, int] = MappingProxyType({})

ROUTES = "routes"
"""The version row that rises whenever calls may have to go elsewhere."""

FLOW_TAG = "secondlook:flow-definition-arn"
"""The tag by which an endpoint has every prediction judged by the conditions of a flow definition. CreateEndpoint takes it from
the endpoint config, unless the endpoint has its own.
"""


def create(
    cx: Connection,
    packages: Packages,
    place: Place,
    name: str,
    config_name: str,
    now: datetime,
    deployment: Mapping[str, Any] | None = None,
    pins: Pins = NO_PINS,
) -> str:
    """CreateEndpoint: status Creating, and the duty to deploy it. `deployment` is its DeploymentConfig. Answers the ARN.

    `pins` are the versions of the model data that the models name (`resolution.containers`).

    Raises NotFound for an unknown config or a model deleted since; Invalid for a name taken, and for a DeploymentConfig that
    contradicts itself.
    """
    arn = place.arn("endpoint", name)
    columns = resolved(cx, packages, place, config_name, pins)
    traffic.steps(deployment, sum(variant["InstanceCount"] for variant in columns["variants"]))
    row = insert_new(
        cx,
        endpoint,
        name=name,
        **columns,
        deployment=deployment,
        status="Creating",
        created_at=now,
        modified_at=now,
    )
    if row is None:
        raise Invalid(f'Cannot create already existing endpoint "{arn}".')
    journal.record(cx, "CreateEndpoint", "Endpoint", name, now, detail={"config": config_name})
    tell(cx, row.id, now)
    owe(cx, "deploy-endpoint", name, {"endpoint_id": row.id}, due=now, now=now)
    return arn


def find(cx: Connection, place: Place, name: str) -> Row[Any]:
    """The endpoint's row; raises NotFound."""
    row = cx.execute(select(endpoint).where(endpoint.c.name == name)).one_or_none()
    if row is None:
        raise NotFound(f'Could not find endpoint "{place.arn("endpoint", name)}".')
    return row


def describe(
    cx: Connection,
    place: Place,
    name: str,
    answering: Mapping[str, int],
    arriving: Mapping[str, int] = NONE,
    *,
    is_losing: bool = False,
) -> dict[str, Any]:
    """DescribeEndpoint. `answering` says how many instances of each variant answer this server just now, `arriving` those of an update,
    `is_losing` that what is to be captured of its calls cannot be kept.
    """
    row = find(cx, place, name)
    description = {
        "EndpointName": row.name,
        "EndpointArn": place.arn("endpoint", row.name),
        "EndpointConfigName": row.config_name,
        "ProductionVariants": variants(row, answering),
        "EndpointStatus": row.status,
        "CreationTime": row.created_at,
        "LastModifiedTime": row.modified_at,
        "FailureReason": row.failure_reason,
        "LastDeploymentConfig": row.deployment,
        "PendingDeploymentSummary": pending(row, arriving),
        "AsyncInferenceConfig": row.asynchronous,
    }
    if row.capture is not None:
        description["DataCaptureConfig"] = capture.described(row.capture, is_losing=is_losing)
    return {member: value for member, value in description.items() if value is not None}


def every() -> Select[Any]:
    """All endpoints, for the door to page through."""
    return select(endpoint.c.name, endpoint.c.status, endpoint.c.created_at, endpoint.c.modified_at)


def with_flow(place: Place) -> Select[Any]:
    """All endpoints' rows, with the ARN of the `flow` definition that they name (`FLOW_TAG`)."""
    arn = literal(place.arn("endpoint", "")) + endpoint.c.name
    named = and_(tag.c.arn == arn, tag.c.key == FLOW_TAG)
    return select(endpoint, tag.c.value.label("flow")).outerjoin(tag, named)


def remove(cx: Connection, place: Place, name: str, now: datetime) -> None:
    """DeleteEndpoint: status Deleting, and the duty to take it down."""
    row = find(cx, place, name)
    set_status(cx, row.id, "Deleting", now)
    journal.record(cx, "DeleteEndpoint", "Endpoint", name, now)
    owe(cx, "delete-endpoint", name, {"endpoint_id": row.id}, due=now, now=now)


def set_status(
    cx: Connection,
    endpoint_id: int,
    status: str,
    now: datetime,
    *,
    reason: str | None = None,
    was: str | None = None,
) -> bool:
    """Move an endpoint to another status; with `was`, only from that one. False if it was not moved."""
    moving = update(endpoint).where(endpoint.c.id == endpoint_id)
    if was is not None:
        moving = moving.where(endpoint.c.status == was)
    values = {"status": status, "failure_reason": reason[:1024] if reason else None, "modified_at": now}
    moved = cx.execute(moving.values(values)).rowcount == 1
    if moved:
        raise_version(cx, ROUTES)
        tell(cx, endpoint_id, now)
    return moved
