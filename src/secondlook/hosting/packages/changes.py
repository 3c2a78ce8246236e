"""UpdateModelPackage and DeleteModelPackage, of packages that programs registered [hosting.md, Model packages]."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, update

from secondlook.hosting.errors import Invalid
from secondlook.hosting.packages import Packages, registered
from secondlook.hosting.packages.registration import Origin
from secondlook.hosting.packages.specifications import check_specification, with_added
from secondlook.names import Place
from secondlook.store import journal
from secondlook.store.tables import model_package

MOST_PROPERTIES = 50
"""CustomerMetadataProperties of one package [model-hosting.md]."""

_REPLACED = (
    "ApprovalDescription",
    "InferenceSpecification",
    "ModelCard",
    "ModelLifeCycle",
    "ModelPackageRegistrationType",
    "SourceUri",
)
"""Members that take the place of what was there before."""


def change(
    cx: Connection,
    packages: Packages,
    place: Place,
    params: Mapping[str, Any],
    now: datetime,
    origin: Origin | None = None,
) -> str:
    """UpdateModelPackage from its parameters; answers the ARN. `origin` as for CreateModelPackage.

    Raises NotFound; Invalid: a product of the catalog, the approval of an unversioned package, the specification of one that a
    product runs; Conflict: a name of an additional inference specification that is taken.
    """
    row = _own(cx, packages, place, params["ModelPackageArn"])
    _check(row, params, origin)
    definition = {**row.definition, **{member: params[member] for member in _REPLACED if member in params}}
    if origin is not None:
        definition["InferenceSpecification"] = origin.specification
    if properties := _properties(row, params):
        definition["CustomerMetadataProperties"] = properties
    else:
        definition.pop("CustomerMetadataProperties", None)
    if added := params.get("AdditionalInferenceSpecificationsToAdd"):
        before = definition.get("AdditionalInferenceSpecifications", [])
        definition["AdditionalInferenceSpecifications"] = with_added(before, added)
    values = {
        "definition": definition,
        "approval_status": params.get("ModelApprovalStatus", row.approval_status),
        "product": origin.product if origin else row.product,
        "modified_at": now,
    }
    cx.execute(update(model_package).where(*_this(row)).values(values))
    changed = sorted(params.keys() - {"ModelPackageArn", "ClientToken"})
    approval = {"approval": params["ModelApprovalStatus"]} if "ModelApprovalStatus" in params else {}
    _record(cx, "UpdateModelPackage", row, now, {"changed": changed, **approval})
    return registered.arn(place, row.name, row.version)


def remove(cx: Connection, packages: Packages, place: Place, name_or_arn: str, now: datetime) -> str:
    """DeleteModelPackage; answers the ARN. Endpoints run on, and the number of a version is not given again.

    Raises NotFound, and Invalid for a product of the catalog.
    """
    row = _own(cx, packages, place, name_or_arn)
    cx.execute(delete(model_package).where(*_this(row)))
    _record(cx, "DeleteModelPackage", row, now, None)
    return registered.arn(place, row.name, row.version)


def _own(cx: Connection, packages: Packages, place: Place, name_or_arn: str) -> Row[Any]:
    """The row, locked."""
    row = registered.row(cx, place, name_or_arn, locked=True)
    package = packages.find(cx, name_or_arn)
    if row is None:
        raise Invalid(f"{package.arn} is a product of the catalog, which is subscribed to and not changed.")
    return row


def _check(row: Row[Any], params: Mapping[str, Any], origin: Origin | None) -> None:
    if not row.version and ("ModelApprovalStatus" in params or "ApprovalDescription" in params):
        raise Invalid(
            "Only versioned model packages are approved: leave ModelApprovalStatus and ApprovalDescription out."
        )
    specification = params.get("InferenceSpecification")
    if specification and params.get("SourceUri"):
        raise Invalid("Give one of InferenceSpecification and SourceUri, not 2.")
    if specification:
        check_specification(specification, is_versioned=row.version > 0)
    if row.product is not None and (specification or origin):
        raise Invalid(
            f"The product {row.product} runs this model package: its InferenceSpecification cannot change."
        )


def _properties(row: Row[Any], params: Mapping[str, Any]) -> dict[str, str]:
    """CustomerMetadataProperties: what is removed goes first, so that a key in both has its new value."""
    properties: dict[str, str] = dict(row.definition.get("CustomerMetadataProperties", {}))
    for key in params.get("CustomerMetadataPropertiesToRemove", ()):
        properties.pop(key, None)
    properties |= params.get("CustomerMetadataProperties", {})
    if len(properties) > MOST_PROPERTIES:
        raise Invalid(
            f"A model package has at most {MOST_PROPERTIES} CustomerMetadataProperties; it would have {len(properties)}."
        )
    return properties


def _record(
    cx: Connection, action: journal.Action, row: Row[Any], now: datetime, detail: dict[str, Any] | None
) -> None:
    resource = registered.name(row.name, row.version)
    journal.record(cx, action, "ModelPackage", resource, now, detail=detail)


def _this(row: Row[Any]) -> tuple[Any, ...]:
    return model_package.c.name == row.name, model_package.c.version == row.version
