"""Model packages: the products of the catalog, and what programs register [hosting.md, marketplace.md]."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.hosting.errors import Invalid
from secondlook.hosting.models import source
from secondlook.hosting.packages import Package, changes, groups, registered, registration
from secondlook.review import tags
from secondlook.store import tables
from secondlook.store.paging import Place

_PACKAGES = tables.model_package.c


def create_model_package(call: Call) -> dict[str, Any]:
    """Completed at once: nothing is validated or scanned here."""
    params, packages = call.params, call.services.packages
    with call.store.write() as cx:
        origin = source.origin(cx, packages, call.place, params.get("SourceUri"))
        arn = registration.create(cx, packages, call.place, params, call.now, origin)
        tags.put(cx, arn, params.get("Tags", ()))
    return {"ModelPackageArn": arn}


def describe_model_package(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        described = call.services.packages.find(cx, call.params["ModelPackageName"]).describe()
    if call.params.get("IncludedData") == "MetadataOnly":
        described.pop("ModelCard", None)
    return described


def batch_describe_model_package(call: Call) -> dict[str, Any]:
    summaries: dict[str, Any] = {}
    refused: dict[str, Any] = {}
    with call.store.read() as cx:
        for arn in call.params["ModelPackageArnList"]:
            try:
                described = call.services.packages.find(cx, arn).describe()
            except Invalid as error:
                refused[arn] = {"ErrorCode": "ValidationException", "ErrorResponse": str(error)}
            else:
                summaries[arn] = described
    return {"ModelPackageSummaries": summaries, "BatchDescribeModelPackageErrorMap": refused}


def list_model_packages(call: Call) -> dict[str, Any]:
    """Those that were registered and those that were subscribed to, newest first (our choice [hosting.md])."""
    return listed(
        call,
        _wanted(call),
        "ModelPackageSummaryList",
        lambda item: item.summary() if isinstance(item, Package) else registered.summary(item, call.place),
        created=_PACKAGES.created_at,
        name=_PACKAGES.name,
        within=[_PACKAGES.version],
        besides=lambda cx: _subscribed(cx, call),
    )


def update_model_package(call: Call) -> dict[str, Any]:
    params, packages = call.params, call.services.packages
    with call.store.write() as cx:
        origin = source.origin(cx, packages, call.place, params.get("SourceUri"))
        arn = changes.change(cx, packages, call.place, params, call.now, origin)
    return {"ModelPackageArn": arn}


def delete_model_package(call: Call) -> dict[str, Any]:
    """Endpoints that were made from it run on."""
    with call.store.write() as cx:
        arn = changes.remove(
            cx, call.services.packages, call.place, call.params["ModelPackageName"], call.now
        )
        tags.drop(cx, arn)
    return {}


def _wanted(call: Call) -> Select[Any]:
    """Rows that the filters let through; without ModelPackageType those of the group, else unversioned ones, as on AWS."""
    params, query = call.params, registered.every()
    kind = _kind(params)
    if kind == "Versioned":
        query = query.where(_PACKAGES.version > 0)
    elif kind == "Unversioned":
        query = query.where(_PACKAGES.version == 0)
    if group := params.get("ModelPackageGroupName"):
        query = query.where(_PACKAGES.name == groups.own_name(call.place, group), _PACKAGES.version > 0)
    if status := params.get("ModelApprovalStatus"):
        query = query.where(_PACKAGES.approval_status == status)
    return query


def _kind(params: dict[str, Any]) -> str:
    of_versioned = "ModelPackageGroupName" in params or "ModelApprovalStatus" in params
    kind: str = params.get("ModelPackageType", "Versioned" if of_versioned else "Unversioned")
    return kind


def _subscribed(cx: Connection, call: Call) -> Iterator[tuple[Place, Package]]:
    """Products that the filters let through, which are few, each with its place in the list."""
    params = call.params
    after, before = params.get("CreationTimeAfter"), params.get("CreationTimeBefore")
    if _kind(params) == "Versioned" or "ModelPackageGroupName" in params or "ModelApprovalStatus" in params:
        return
    for package in call.services.packages.usable(cx):
        created, name = package.described["CreationTime"], package.name
        if (
            params.get("NameContains", "") in name
            and (after is None or created > after)
            and (before is None or created < before)
        ):
            yield ((name, 0) if params.get("SortBy") == "Name" else (created, name, 0)), package
