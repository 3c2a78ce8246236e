"""What an endpoint runs, written out of an endpoint config: nothing of it has to be looked up again.

An endpoint outlives its config, models and packages, so CreateEndpoint and UpdateEndpoint put all of it into the endpoint's row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from secondlook.hosting import contract
from secondlook.hosting.container import Container
from secondlook.hosting.endpoints import endpoint_config
from secondlook.hosting.errors import Invalid
from secondlook.hosting.files.pinning import NO_PINS, Pins, pinned
from secondlook.hosting.models import model
from secondlook.hosting.packages import Packages
from secondlook.hosting.variant import VariantSettings
from secondlook.names import Place, identifier

MOST_INSTANCES = 16
"""Instances of one variant on one machine; each is a process with a model of its own."""


def containers(cx: Connection, packages: Packages, place: Place, config_name: str) -> list[Container]:
    """What the variants run, for the versions of their model data to be looked up before `resolved`. Raises NotFound as that does."""
    variants = endpoint_config.find(cx, place, config_name).config["ProductionVariants"]
    return [model.resolve(cx, packages, place, variant["ModelName"])[1] for variant in variants]


def resolved(
    cx: Connection, packages: Packages, place: Place, config_name: str, pins: Pins = NO_PINS
) -> dict[str, Any]:
    """Columns of the endpoint's row: config_name, variants, capture (DataCaptureConfig) and asynchronous (AsyncInferenceConfig).

    `pins` are the versions of the model data of its `containers`.

    Raises NotFound for an unknown config or a model deleted since; Invalid for more instances than run here.
    """
    config = endpoint_config.find(cx, place, config_name).config
    return {
        "config_name": config_name,
        "variants": [
            _variant(cx, packages, place, variant, pins, asynchronous="AsyncInferenceConfig" in config)
            for variant in config["ProductionVariants"]
        ],
        "capture": config.get("DataCaptureConfig"),
        "asynchronous": config.get("AsyncInferenceConfig"),
    }


def _variant(
    cx: Connection,
    packages: Packages,
    place: Place,
    variant: Mapping[str, Any],
    pins: Pins,
    *,
    asynchronous: bool,
) -> dict[str, Any]:
    _, container = model.resolve(cx, packages, place, variant["ModelName"])
    if asynchronous:
        limit = {contract.MAX_REQUEST_SIZE: str(contract.ASYNC_MEBIBYTES)}
        container = replace(container, environment={**limit, **container.environment})
    settings = VariantSettings(
        name=variant["VariantName"],
        weight=variant["InitialVariantWeight"],
        count=variant.get("InitialInstanceCount", 1),  # a serverless one has none
        startup=variant.get("ContainerStartupHealthCheckTimeoutInSeconds"),
        download=variant.get("ModelDataDownloadTimeoutInSeconds"),
        container=replace(pinned(container, pins), copy=identifier()),
        serverless=variant.get("ServerlessConfig"),
    )
    require_room(settings)
    return settings.as_json()


def require_room(variant: VariantSettings) -> None:
    """Raise Invalid where a variant asks for more instances than one machine runs."""
    if variant.container.runs_here and variant.count > MOST_INSTANCES:
        raise Invalid(
            f"Production variant {variant.name} asks for {variant.count} instances; "
            f"at most {MOST_INSTANCES} run here."
        )
