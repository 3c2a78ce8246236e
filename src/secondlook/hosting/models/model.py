"""Models: a package, or an image with model data, made ready to deploy with settings of its own [hosting.md, Models]."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, select

from secondlook.hosting.container import Container
from secondlook.hosting.errors import Invalid, NotFound
from secondlook.hosting.images import check_members
from secondlook.hosting.packages import Package, Packages
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


CHOSEN = "InferenceSpecificationName"
"""The member of a definition that names one of its package's AdditionalInferenceSpecifications."""

CONTAINER = "Container"
"""The member of a model's row with what runs it, where that was brought along: whoever made the model was judged by it."""


def wanted(cx: Connection, packages: Packages, params: Mapping[str, Any]) -> Container:
    """What CreateModel's parameters would run.

    Raises Invalid: not subscribed, unknown package or image, more or less than one container, members that are not served, a
    variable of the environment that no model may set.
    """
    definition = container_definition(params)
    variables = definition.get("Environment") or {}
    if definition.get("ModelPackageName") is None:
        return packages.images.container(definition)
    for member in ("Image", "ModelDataUrl", "ModelDataSource"):
        if definition.get(member):
            raise Invalid(f"Give either ModelPackageName or {member}: a package says itself what it runs.")
    check_members({**definition, CHOSEN: None})
    package = packages.find_usable(cx, definition["ModelPackageName"])
    container = _chosen(package, definition)
    if variables and container.url is not None:
        raise Invalid(
            f"The model package {package.name} is served elsewhere, where no variables can be set: leave Environment out."
        )
    return packages.images.with_environment(container, variables)


def create(
    cx: Connection,
    packages: Packages,
    place: Place,
    params: Mapping[str, Any],
    now: datetime,
    allowed: Container | None = None,
) -> str:
    """CreateModel from its parameters; answers the ARN.

    `allowed` is what the caller was allowed to bring along, as `wanted` said. Raises Invalid as that does, for another container
    than was allowed, and for a name taken.
    """
    container = wanted(cx, packages, params)
    if container.confined and container != allowed:
        raise Invalid("The model package was changed while the model was being made: try again.")
    arn = place.arn("model", params["ModelName"])
    kept = {key: params[key] for key in KEPT if params.get(key) is not None}
    if container.confined:
        kept[CONTAINER] = container.as_json()
    if insert_new(cx, model, name=params["ModelName"], config=kept, created_at=now) is None:
        raise Invalid(f'Cannot create already existing model "{arn}".')
    return arn


def resolve(cx: Connection, packages: Packages, place: Place, name: str) -> tuple[Package | None, Container]:
    """The package that a model was made from, if it was and is still there, and what runs the model.

    Raises NotFound if either is gone that has to be looked up: what was brought along stands in the model's row. Invalid where
    it would bring code or files by now and nobody was allowed that.
    """
    config = find(cx, place, name).config
    definition = container_definition(config)
    package_name = definition.get("ModelPackageName")
    if CONTAINER in config:
        package = packages.get(cx, package_name) if package_name else None
        return package, Container.from_json(config[CONTAINER])
    package = packages.find(cx, package_name) if package_name else None
    container = (
        packages.images.container(definition)
        if package is None
        else packages.images.with_environment(
            _chosen(package, definition), definition.get("Environment") or {}
        )
    )
    if container.confined:
        raise Invalid(
            f"The model {name} ran no code or files of its own when it was made, and would now, as its image or package has changed: "
            "make it again."
        )
    return package, container


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
        **{member: value for member, value in row.config.items() if member != CONTAINER},
    }


def every() -> Select[Any]:
    """All models, for the door to page through."""
    return select(model.c.name, model.c.created_at)


def remove(cx: Connection, place: Place, name: str) -> None:
    """Delete it; endpoints made from it run on."""
    find(cx, place, name)
    cx.execute(delete(model).where(model.c.name == name))


def _chosen(package: Package, definition: Mapping[str, Any]) -> Container:
    """What a definition runs of its package. Raises Invalid where nothing here can."""
    return package.container_of(definition.get(CHOSEN))
