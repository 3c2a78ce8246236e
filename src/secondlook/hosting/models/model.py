"""Models: a package made ready to deploy, with settings of its own [hosting.md, Models]."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, select

from secondlook.hosting.container import Container
from secondlook.hosting.errors import Invalid, NotFound
from secondlook.hosting.packages import Package, Packages
from secondlook.names import Place
from secondlook.store.insert import insert_new
from secondlook.store.tables import model

_LOADS_CODE = re.compile(
    r"SECONDLOOK_.*|LD_.*|DYLD_.*|PYTHON.*|OPENSSL_.*|PATH|HOME|TMPDIR|BASH_ENV|ENV|GCONV_PATH|LOCPATH|NLSPATH|GLIBC_TUNABLES",
    re.DOTALL,
)

KEPT = (
    "PrimaryContainer",
    "Containers",
    "InferenceExecutionConfig",
    "ExecutionRoleArn",
    "VpcConfig",
    "EnableNetworkIsolation",
)


def create(cx: Connection, packages: Packages, place: Place, params: Mapping[str, Any], now: datetime) -> str:
    """CreateModel from its parameters; answers the ARN.

    Raises Invalid: not subscribed, unknown package, name taken, more or less than one container, a variable of the
    environment that no model may set.
    """
    definition = container_definition(params)
    check_environment(packages.find_usable(cx, _package_name(definition)), definition)
    arn = place.arn("model", params["ModelName"])
    kept = {key: params[key] for key in KEPT if params.get(key) is not None}
    if insert_new(cx, model, name=params["ModelName"], config=kept, created_at=now) is None:
        raise Invalid(f'Cannot create already existing model "{arn}".')
    return arn


def resolve(cx: Connection, packages: Packages, place: Place, name: str) -> tuple[Package, Container]:
    """The package that a model was made from, and what runs the model. Raises NotFound if either is gone."""
    definition = container_definition(find(cx, place, name).config)
    package = packages.find(cx, definition["ModelPackageName"])
    environment = {**package.container.environment, **definition.get("Environment", {})}
    return package, replace(package.container, environment=environment)


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


def _package_name(definition: Mapping[str, Any]) -> str:
    name = definition.get("ModelPackageName")
    if name is None:
        raise Invalid(
            "This server runs model packages, not container images: give ModelPackageName instead of Image. "
            "`secondlook catalog list` shows the packages."
        )
    return str(name)


def check_environment(package: Package, definition: Mapping[str, Any]) -> None:
    """Refuse variables that would have a model's process load other code than its package's. Raises Invalid.

    The process runs as the server does, and whoever makes a model need not be an admin.
    """
    variables = definition.get("Environment", {})
    if variables and package.container.url is not None:
        raise Invalid(
            f"The model package {package.name} is served elsewhere, where no variables can be set: leave Environment out."
        )
    for name in variables:
        if _LOADS_CODE.fullmatch(name):
            raise Invalid(
                f"The Environment of a model cannot set {name}: it decides which code or configuration a process loads, "
                "and that is the package's to say."
            )
