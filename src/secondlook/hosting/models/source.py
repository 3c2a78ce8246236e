"""SourceUri of a model package: what a package gets that is registered from a model, or from another package."""

from __future__ import annotations

from sqlalchemy import Connection

from secondlook.hosting.models import model
from secondlook.hosting.packages import Packages
from secondlook.hosting.packages.registration import Origin
from secondlook.names import Place, last_part

_CONTAINER = ("Image", "ModelDataUrl", "ModelDataSource", "Environment", "ContainerHostname")
"""Members that containers of models and of packages share."""


def origin(cx: Connection, packages: Packages, place: Place, source_uri: str | None) -> Origin | None:
    """What the ARN of a model or of a model package stands for; None for any other SourceUri, which is only kept.

    Raises NotFound, and Invalid for a package that has no InferenceSpecification.
    """
    if source_uri is None or not source_uri.startswith("arn:"):
        return None
    if ":model-package/" in source_uri:
        return _of_package(cx, packages, source_uri, {})
    name = last_part(source_uri)
    if source_uri != place.arn("model", name):
        return None
    definition = model.container_definition(model.find(cx, place, name).config)
    if package := definition.get("ModelPackageName"):
        return _of_package(cx, packages, package, definition.get("Environment", {}))
    return Origin({"Containers": [{key: definition[key] for key in _CONTAINER if key in definition}]})


def _of_package(cx: Connection, packages: Packages, name: str, variables: dict[str, str]) -> Origin:
    package = packages.find(cx, name)
    definition = package.definition()
    overlaid = {"Environment": {**definition.get("Environment", {}), **variables}} if variables else {}
    specification = {
        **package.described["InferenceSpecification"],
        "Containers": [{**definition, **overlaid}],
    }
    return Origin(specification, package.offering)
