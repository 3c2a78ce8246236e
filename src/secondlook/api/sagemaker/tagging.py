"""Tags [api.md §6]."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, exists, select

from secondlook.api.call import Call
from secondlook.api.sagemaker import flow_tag
from secondlook.names import last_part
from secondlook.review import tags
from secondlook.store import tables
from secondlook.wire import errors

_TAGGED: dict[str, Table] = {
    "human-task-ui": tables.task_ui,
    "flow-definition": tables.flow,
    "workteam/private-crowd": tables.workteam,
    "model": tables.model,
    "endpoint-config": tables.endpoint_config,
    "endpoint": tables.endpoint,
    "transform-job": tables.transform_job,
}


def add_tags(call: Call) -> dict[str, Any]:
    arn = call.params["ResourceArn"]
    with call.store.write() as cx:
        _check(cx, call, arn)
        flow_tag.put(cx, call, arn, call.params["Tags"])
        of_resource = tags.of(cx, arn)
    flow_tag.take_effect(call, [pair["Key"] for pair in call.params["Tags"]])
    return {"Tags": of_resource}


def list_tags(call: Call) -> dict[str, Any]:
    """All of them at once: a resource has at most 50, the smallest page AWS allows."""
    with call.store.read() as cx:
        _check(cx, call, call.params["ResourceArn"])
        return {"Tags": tags.of(cx, call.params["ResourceArn"])}


def delete_tags(call: Call) -> dict[str, Any]:
    with call.store.write() as cx:
        _check(cx, call, call.params["ResourceArn"])
        tags.take(cx, call.params["ResourceArn"], call.params["TagKeys"])
        flow_tag.changed(cx, call.params["TagKeys"])
    flow_tag.take_effect(call, call.params["TagKeys"])
    return {}


def _check(cx: Connection, call: Call, arn: str) -> None:
    resource = arn.split(":", 5)[-1].rpartition("/")[0]
    if resource == "model-package":
        call.services.packages.find(cx, arn)
        return
    table, name = _TAGGED.get(resource), last_part(arn)
    if table is None:
        raise errors.validation(f"Invalid resource type: {resource.partition('/')[0]}")
    is_ours = arn == call.place.arn(resource, name)
    if not is_ours or cx.scalar(select(exists().where(table.c.name == name))) is not True:
        raise errors.validation(f"Could not find the resource to tag: {arn}.")
