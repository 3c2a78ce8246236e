"""Model package groups: names under which versions of a model are registered [hosting.md, Model packages]."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, exists, select, update

from secondlook.hosting.errors import Conflict, Invalid, NotFound
from secondlook.names import Place, last_part
from secondlook.store import journal
from secondlook.store.insert import insert_new
from secondlook.store.tables import model_package, model_package_group

RESOURCE = "model-package-group"


def create(cx: Connection, place: Place, params: Mapping[str, Any], now: datetime) -> str:
    """CreateModelPackageGroup from its parameters; answers the ARN. Raises Invalid: name taken, managed storage."""
    if params.get("ManagedConfiguration"):
        raise Invalid("ManagedConfiguration is not served here: leave it out, and keep models in buckets.")
    name = params["ModelPackageGroupName"]
    arn = place.arn(RESOURCE, name)
    description = params.get("ModelPackageGroupDescription")
    row = insert_new(
        cx, model_package_group, name=name, description=description, last_version=0, created_at=now
    )
    if row is None:
        raise Invalid(f"Model Package Group already exists: {arn}")
    journal.record(cx, "CreateModelPackageGroup", "ModelPackageGroup", name, now)
    return arn


def find(cx: Connection, place: Place, name_or_arn: str) -> Row[Any]:
    """The group's row; raises NotFound."""
    return _found(cx, place, name_or_arn, select(model_package_group))


def next_version(cx: Connection, name: str) -> int:
    """The number of the next version of a group whose row is locked."""
    counting = update(model_package_group).values(last_version=model_package_group.c.last_version + 1)
    named = counting.where(model_package_group.c.name == name)
    version: int = cx.execute(named.returning(model_package_group.c.last_version)).scalar_one()
    return version


def lock(cx: Connection, place: Place, name_or_arn: str) -> Row[Any]:
    """The group's row, until the end of the transaction nobody else's: versions come one after the other. Raises NotFound."""
    return _found(cx, place, name_or_arn, select(model_package_group).with_for_update())


def describe(cx: Connection, place: Place, name_or_arn: str) -> dict[str, Any]:
    """DescribeModelPackageGroup."""
    return {**summary(find(cx, place, name_or_arn), place), "CreatedBy": {}}


def summary(row: Row[Any], place: Place) -> dict[str, Any]:
    """One entry of ListModelPackageGroups."""
    description = {"ModelPackageGroupDescription": row.description} if row.description is not None else {}
    return {
        "ModelPackageGroupName": row.name,
        "ModelPackageGroupArn": place.arn(RESOURCE, row.name),
        **description,
        "CreationTime": row.created_at,
        "ModelPackageGroupStatus": "Completed",
    }


def every() -> Select[Any]:
    """All groups, for the door to page through."""
    return select(model_package_group)


def remove(cx: Connection, place: Place, name_or_arn: str, now: datetime) -> str:
    """DeleteModelPackageGroup; answers the ARN. Raises NotFound, and Conflict while it has packages."""
    row = lock(cx, place, name_or_arn)
    arn = place.arn(RESOURCE, row.name)
    versions = (model_package.c.name == row.name) & (model_package.c.version > 0)
    if cx.scalar(select(exists().where(versions))):
        raise Conflict(f"The model package group {arn} has model packages: delete them first.")
    cx.execute(delete(model_package_group).where(model_package_group.c.name == row.name))
    journal.record(cx, "DeleteModelPackageGroup", "ModelPackageGroup", row.name, now)
    return arn


def own_name(place: Place, name_or_arn: str) -> str | None:
    """The name of a group by its name or ARN; None for the ARN of another account or Region."""
    name = last_part(name_or_arn)
    return name if name_or_arn in {name, place.arn(RESOURCE, name)} else None


def _found(cx: Connection, place: Place, name_or_arn: str, query: Select[Any]) -> Row[Any]:
    name = own_name(place, name_or_arn)
    row = cx.execute(query.where(model_package_group.c.name == name)).one_or_none()
    if row is None:
        is_arn = name_or_arn.startswith("arn:")
        arn = name_or_arn if is_arn else place.arn(RESOURCE, name_or_arn)
        raise NotFound(f"ModelPackageGroup {arn} does not exist.")
    return row
