"""CreateModelPackage: what a program says of a model becomes a package of its own [hosting.md, Model packages]."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from secondlook.hosting.errors import Conflict, Invalid
from secondlook.hosting.packages import Packages, groups, registered
from secondlook.hosting.packages.package import PENDING
from secondlook.hosting.packages.specifications import check_additional, check_specification
from secondlook.names import Place
from secondlook.store import journal
from secondlook.store.insert import insert_new
from secondlook.store.tables import model_package

_NOT_DEFINITION = frozenset(
    {
        "ModelPackageName",
        "ModelPackageGroupName",
        "ModelApprovalStatus",
        "Tags",
        "ClientToken",
        "CertifyForMarketplace",
    }
)
"""Members that are kept elsewhere than in the definition, or say nothing that lasts."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a package's InferenceSpecification comes from, if not from its own: of whom, and the product that runs it, if any."""

    specification: Mapping[str, Any]
    product: str | None = None


def create(
    cx: Connection,
    packages: Packages,
    place: Place,
    params: Mapping[str, Any],
    now: datetime,
    origin: Origin | None = None,
) -> str:
    """CreateModelPackage from its parameters; answers the ARN. `origin` is what SourceUri names, if that is a model or a package.

    The same ClientToken with the same parameters answers the same ARN again. Raises Invalid: name taken, unknown group or
    source, what is not served; Conflict: another ClientToken's parameters.
    """
    _check(params)
    group, token = params.get("ModelPackageGroupName"), params.get("ClientToken")
    request = hashlib.sha256(_as_text(params).encode()).hexdigest()
    name = groups.lock(cx, place, group).name if group else params["ModelPackageName"]
    if (earlier := _earlier(cx, token)) is not None:
        return _again(earlier, place, request)
    if not group and packages.get(cx, registered.arn(place, name, 0)) is not None:
        return _made_at_once(cx, place, name, token, request)
    origin = origin or _source(cx, packages, params)
    definition = {member: value for member, value in params.items() if member not in _NOT_DEFINITION}
    if origin is not None:
        definition["InferenceSpecification"] = origin.specification
    approval = params.get("ModelApprovalStatus", PENDING) if group else None
    row = insert_new(
        cx,
        model_package,
        name=name,
        version=groups.next_version(cx, name) if group else 0,
        definition=definition,
        product=origin.product if origin else None,
        approval_status=approval,
        client_token=token,
        request_sha256=request,
        created_at=now,
        modified_at=now,
    )
    if row is not None:
        detail = {"approval": approval} if approval else None
        resource = registered.name(row.name, row.version)
        journal.record(cx, "CreateModelPackage", "ModelPackage", resource, now, detail=detail)
        return registered.arn(place, row.name, row.version)
    return _made_at_once(cx, place, name, token, request)


def _made_at_once(cx: Connection, place: Place, name: str, token: str | None, request: str) -> str:
    """The name is taken: by a call with this ClientToken at the same moment, whose ARN this is, or else raise Invalid."""
    if (earlier := _earlier(cx, token)) is not None:
        return _again(earlier, place, request)
    raise Invalid(f"Model Package already exists: {registered.arn(place, name, 0)}")


def _check(params: Mapping[str, Any]) -> None:
    """Raise Invalid for members that contradict each other, or that nothing here could keep."""
    name, group = params.get("ModelPackageName"), params.get("ModelPackageGroupName")
    if name and group:
        raise Invalid(
            "Both ModelPackageName and ModelPackageGroupName are provided in the input. Cannot determine which one to use."
        )
    if not name and not group:
        raise Invalid("Missing ARN. Give ModelPackageName, or ModelPackageGroupName for a versioned package.")
    if group and params.get("Tags"):
        raise Invalid("A versioned model package has the tags of its group: leave Tags out.")
    if params.get("CertifyForMarketplace"):
        raise Invalid("CertifyForMarketplace is not served here: no marketplace lists what is registered.")
    if params.get("ManagedStorageType"):
        raise Invalid("ManagedStorageType is not served here: leave it out, and keep models in buckets.")
    sources = [
        member
        for member in ("InferenceSpecification", "SourceAlgorithmSpecification", "SourceUri")
        if params.get(member)
    ]
    if len(sources) > 1:
        raise Invalid(f"Give one of {' and '.join(sources)}, not {len(sources)}.")
    if name and (not sources or sources == ["SourceUri"]):
        raise Invalid(
            "An unversioned model package needs InferenceSpecification or SourceAlgorithmSpecification."
        )
    if specification := params.get("InferenceSpecification"):
        check_specification(specification, is_versioned=bool(group))
    check_additional(params.get("AdditionalInferenceSpecifications", ()))


def _source(cx: Connection, packages: Packages, params: Mapping[str, Any]) -> Origin | None:
    """What SourceAlgorithmSpecification names, with the model data that it brings. Raises Invalid."""
    if "SourceAlgorithmSpecification" not in params:
        return None
    [algorithm] = params["SourceAlgorithmSpecification"]["SourceAlgorithms"]
    data = {
        member: algorithm[member] for member in ("ModelDataUrl", "ModelDataSource") if member in algorithm
    }
    package = packages.find_usable(cx, algorithm["AlgorithmName"])
    if data and package.offering is not None:
        raise Invalid(f"{package.arn} brings its own model: leave {' and '.join(data)} out.")
    kept = {
        member: value
        for member, value in package.definition().items()
        if not data or member not in _MODEL_DATA
    }
    specification = {**package.described["InferenceSpecification"], "Containers": [{**kept, **data}]}
    return Origin(specification, package.offering)


_MODEL_DATA = frozenset({"ModelDataUrl", "ModelDataSource", "ModelDataETag"})


def _earlier(cx: Connection, token: str | None) -> Row[Any] | None:
    """The package that was made by the call with this ClientToken."""
    if token is None:
        return None
    return cx.execute(select(model_package).where(model_package.c.client_token == token)).one_or_none()


def _again(earlier: Row[Any], place: Place, request: str) -> str:
    arn = registered.arn(place, earlier.name, earlier.version)
    if earlier.request_sha256 != request:
        raise Conflict(f"ClientToken was used with other parameters before, for {arn}: give a new one.")
    return arn


def _as_text(params: Mapping[str, Any]) -> str:
    return json.dumps({**params, "ClientToken": None}, sort_keys=True)
