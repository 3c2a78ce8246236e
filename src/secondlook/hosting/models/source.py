"""SourceUri of a model package: what a package gets that is registered from a model, or from another package."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
        return _of_package(cx, packages, {"ModelPackageName": source_uri})
    name = last_part(source_uri)
    if source_uri != place.arn("model", name):
        return None
    definition = model.container_definition(model.find(cx, place, name).config)
    if "ModelPackageName" in definition:
        return _of_package(cx, packages, definition)
    return Origin({"Containers": [{key: definition[key] for key in _CONTAINER if key in definition}]})


def _of_package(cx: Connection, packages: Packages, definition: Mapping[str, Any]) -> Origin:
    """What a definition runs of the package that it names, with its own variables over the package's."""
    package = packages.find(cx, definition["ModelPackageName"])
    container = dict(package.definition(definition.get(model.CHOSEN)))
    if variables := definition.get("Environment"):
        container["Environment"] = {**container.get("Environment", {}), **variables}
    specification = {**package.described.get("InferenceSpecification", {}), "Containers": [container]}
    return Origin(specification, package.offering)
