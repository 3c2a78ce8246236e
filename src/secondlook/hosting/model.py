"""Models: a package made ready to deploy, with settings of its own [hosting.md, Models]."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, select

from secondlook.hosting import container
from secondlook.hosting.catalog import Catalog
from secondlook.hosting.errors import Invalid, NotFound
from secondlook.names import Place
from secondlook.store.insert import insert_new
from secondlook.store.tables import model

KEPT = (
    "PrimaryContainer",
    "Containers",
    "InferenceExecutionConfig",
    "ExecutionRoleArn",
    "VpcConfig",
    "EnableNetworkIsolation",
)


def create(cx: Connection, catalog: Catalog, place: Place, params: Mapping[str, Any], now: datetime) -> str:
    """CreateModel from its parameters; answers the ARN.

    Raises Invalid: not subscribed, unknown package, name taken, more or less than one container, a variable of the
    environment that no model may set.
    """
    definition = container_definition(params)
    container.product_of(cx, catalog, place, definition)
    container.check_environment(definition)
    arn = place.arn("model", params["ModelName"])
    kept = {key: params[key] for key in KEPT if params.get(key) is not None}
    if insert_new(cx, model, name=params["ModelName"], config=kept, created_at=now) is None:
        raise Invalid(f'Cannot create already existing model "{arn}".')
    return arn


def container_definition(params: Mapping[str, Any]) -> Mapping[str, Any]:
    """The one container of a model, whichever of the two members holds it."""
    primary, several = params.get("PrimaryContainer"), params.get("Containers") or []
    containers: list[Mapping[str, Any]] = [*([primary] if primary else []), *several]
    if primary and several:
        raise Invalid("Give either PrimaryContainer or Containers, not both.")
    if not containers:
        raise Invalid("A model needs a container: give PrimaryContainer or Containers.")
    if len(containers) > 1:
        raise Invalid(f"Inference pipelines are not served here: give one container, not {len(containers)}.")
    return containers[0]


def find(cx: Connection, place: Place, name: str) -> Row[Any]:
    """The model's row; raises NotFound."""
    row = cx.execute(select(model).where(model.c.name == name)).one_or_none()
    if row is None:
        raise NotFound(f'Could not find model "{place.arn("model", name)}".')
    return row


def describe(cx: Connection, place: Place, name: str) -> dict[str, Any]:
    """DescribeModel."""
    row = find(cx, place, name)
    return {
        "ModelName": row.name,
        "ModelArn": place.arn("model", row.name),
        "CreationTime": row.created_at,
        "EnableNetworkIsolation": False,
        **row.config,
    }


def every() -> Select[Any]:
    """All models, for the door to page through."""
    return select(model.c.name, model.c.created_at)


def remove(cx: Connection, place: Place, name: str) -> None:
    """Delete it; endpoints made from it run on."""
    find(cx, place, name)
    cx.execute(delete(model).where(model.c.name == name))
