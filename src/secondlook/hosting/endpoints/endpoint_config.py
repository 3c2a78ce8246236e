"""Endpoint configs: which models, on how many instances, with which share of the calls [hosting.md]."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, select

from secondlook.hosting.asynchronous import config
from secondlook.hosting.endpoints import serverless
from secondlook.hosting.errors import Invalid, NotFound
from secondlook.hosting.models import model
from secondlook.hosting.packages import Packages
from secondlook.names import Place
from secondlook.store.insert import insert_new
from secondlook.store.tables import endpoint_config

NOT_SERVED = (
    "InstancePools",
    "AcceleratorType",
    "ManagedInstanceScaling",
    "CoreDumpConfig",
)
"""Members of a variant that would change how it runs and are not served."""


def create(cx: Connection, packages: Packages, place: Place, params: Mapping[str, Any], now: datetime) -> str:
    """CreateEndpointConfig from its parameters; answers the ARN.

    Raises NotFound for an unknown model; Invalid for a name taken, an instance type that the package does not list,
    and what is not served here.
    """
    for member in (
        "ShadowProductionVariants",
        "ExplainerConfig",
    ):
        if params.get(member):
            raise Invalid(f"{member} is not served here: leave it out.")
    variants = [_variant(cx, packages, place, variant) for variant in params["ProductionVariants"]]
    names = [variant["VariantName"] for variant in variants]
    if twice := {name for name in names if names.count(name) > 1}:
        raise Invalid(f"Production variant names must be unique; given twice: {', '.join(sorted(twice))}.")
    if "AsyncInferenceConfig" in params:
        config.check(params["AsyncInferenceConfig"], variants)
    kept = {"ProductionVariants": variants}
    kept |= {
        key: params[key]
        for key in (
            "AsyncInferenceConfig",
            "DataCaptureConfig",
            "KmsKeyId",
            "ExecutionRoleArn",
            "EnableNetworkIsolation",
        )
        if key in params
    }
    arn = place.arn("endpoint-config", params["EndpointConfigName"])
    if (
        insert_new(cx, endpoint_config, name=params["EndpointConfigName"], config=kept, created_at=now)
        is None
    ):
        raise Invalid(f'Cannot create already existing endpoint configuration "{arn}".')
    return arn


def find(cx: Connection, place: Place, name: str) -> Row[Any]:
    """The config's row; raises NotFound."""
    row = cx.execute(select(endpoint_config).where(endpoint_config.c.name == name)).one_or_none()
    if row is None:
        raise NotFound(f'Could not find endpoint configuration "{place.arn("endpoint-config", name)}".')
    return row


def describe(cx: Connection, place: Place, name: str) -> dict[str, Any]:
    """DescribeEndpointConfig."""
    row = find(cx, place, name)
    return {
        "EndpointConfigName": row.name,
        "EndpointConfigArn": place.arn("endpoint-config", row.name),
        "CreationTime": row.created_at,
        **row.config,
    }


def every() -> Select[Any]:
    """All configs, for the door to page through."""
    return select(endpoint_config.c.name, endpoint_config.c.created_at)


def remove(cx: Connection, place: Place, name: str) -> None:
    """Delete it, also while an endpoint uses it: the endpoint runs on."""
    find(cx, place, name)
    cx.execute(delete(endpoint_config).where(endpoint_config.c.name == name))


def _variant(cx: Connection, packages: Packages, place: Place, params: Mapping[str, Any]) -> dict[str, Any]:
    """One variant with its defaults filled in."""
    name = params["VariantName"]
    for member in NOT_SERVED:
        if params.get(member):
            raise Invalid(f"{member} of production variant {name} is not served here: leave it out.")
    if "ServerlessConfig" in params:
        serverless.check(params)
    for member in (
        "ModelName",
        *(() if "ServerlessConfig" in params else ("InstanceType", "InitialInstanceCount")),
    ):
        if params.get(member) is None:
            raise Invalid(f"Production variant {name} needs {member}.")
    package, _ = model.resolve(cx, packages, place, params["ModelName"])
    if (
        "ServerlessConfig" not in params
        and package is not None
        and package.instance_types
        and params["InstanceType"] not in package.instance_types
    ):
        raise Invalid(
            f"The instance type {params['InstanceType']} is not supported by the model package "
            f"{package.arn}. Supported instance types: {', '.join(package.instance_types)}."
        )
    return {"InitialVariantWeight": 1.0, **params}
