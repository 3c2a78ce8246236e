"""Model package groups [hosting.md, Model packages]."""

from __future__ import annotations

from typing import Any

from sqlalchemy import false

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.hosting.packages import groups
from secondlook.review import tags
from secondlook.store import tables
from secondlook.wire import errors


def create_model_package_group(call: Call) -> dict[str, Any]:
    with call.store.write() as cx:
        arn = groups.create(cx, call.place, call.params, call.now)
        tags.put(cx, arn, call.params.get("Tags", ()))
    return {"ModelPackageGroupArn": arn}


def describe_model_package_group(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        return groups.describe(cx, call.place, call.params["ModelPackageGroupName"])


def list_model_package_groups(call: Call) -> dict[str, Any]:
    query, columns = groups.every(), tables.model_package_group.c
    if call.params.get("CrossAccountFilterOption") == "CrossAccount":  # there is one account
        query = query.where(false())
    return listed(
        call,
        query,
        "ModelPackageGroupSummaryList",
        lambda row: groups.summary(row, call.place),
        created=columns.created_at,
        name=columns.name,
    )


def delete_model_package_group(call: Call) -> dict[str, Any]:
    """Refused while it has model packages."""
    with call.store.write() as cx:
        tags.drop(cx, groups.remove(cx, call.place, call.params["ModelPackageGroupName"], call.now))
    return {}


def get_model_package_group_policy(call: Call) -> dict[str, Any]:
    """There is none: access keys decide."""
    raise _no_policy(call)


def delete_model_package_group_policy(call: Call) -> dict[str, Any]:
    """There is none."""
    raise _no_policy(call)


def _no_policy(call: Call) -> errors.AwsError:
    """As AWS answers for a group without one."""
    with call.store.read() as cx:
        row = groups.find(cx, call.place, call.params["ModelPackageGroupName"])
    return errors.validation(f"Cannot find resource policy for: {call.place.arn(groups.RESOURCE, row.name)}")
