"""Tags [api.md §6]."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, Table, exists, select

from secondlook.api.call import Call
from secondlook.api.sagemaker import flow_tag
from secondlook.review import tags
from secondlook.store import tables
from secondlook.wire import errors

_TAGGED: dict[str, Table] = {
    "human-task-ui": tables.task_ui,
    "flow-definition": tables.flow,
    "workteam/private-crowd": tables.workteam,
    "model-package-group": tables.model_package_group,
    "model": tables.model,
    "endpoint-config": tables.endpoint_config,
    "endpoint": tables.endpoint,
    "transform-job": tables.transform_job,
}


_VERSION = re.compile(r"(.+:model-package)/([^/]+)/[0-9]+")


def add_tags(call: Call) -> dict[str, Any]:
    arn = call.params["ResourceArn"]
    with call.store.write() as cx:
        _check(cx, call, arn)
        _check_changeable(arn)
        flow_tag.put(cx, call, arn, call.params["Tags"])
        of_resource = tags.of(cx, arn)
    flow_tag.take_effect(call, [pair["Key"] for pair in call.params["Tags"]])
    return {"Tags": of_resource}


def list_tags(call: Call) -> dict[str, Any]:
    """All of them at once: a resource has at most 50, the smallest page AWS allows."""
    arn = call.params["ResourceArn"]
    with call.store.read() as cx:
        _check(cx, call, arn)
        return {"Tags": tags.of(cx, _VERSION.sub(r"\1-group/\2", arn))}


def delete_tags(call: Call) -> dict[str, Any]:
    arn = call.params["ResourceArn"]
    with call.store.write() as cx:
        _check(cx, call, arn)
        _check_changeable(arn)
        tags.take(cx, arn, call.params["TagKeys"])
        flow_tag.changed(cx, call.params["TagKeys"])
    flow_tag.take_effect(call, call.params["TagKeys"])
    return {}


def _check_changeable(arn: str) -> None:
    """A versioned model package has the tags of its group, and none of its own [our choice, as AWS's guide has it]."""
    if _VERSION.fullmatch(arn):
        group = _VERSION.sub(r"\1-group/\2", arn)
        raise errors.validation(
            f"A versioned model package has the tags of its group: change those of {group}."
        )


def _check(cx: Connection, call: Call, arn: str) -> None:
    resource, _, name = arn.split(":", 5)[-1].rpartition("/")
    if resource.partition("/")[0] == "model-package":
        call.services.packages.find(cx, arn)
        return
    table = _TAGGED.get(resource)
    if table is None:
        raise errors.validation(f"Invalid resource type: {resource.partition('/')[0]}")
    is_ours = arn == call.place.arn(resource, name)
    if not is_ours or cx.scalar(select(exists().where(table.c.name == name))) is not True:
        raise errors.validation(f"Could not find the resource to tag: {arn}.")
