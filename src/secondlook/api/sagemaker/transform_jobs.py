"""Batch transform jobs [hosting.md; API reference, CreateTransformJob and its kin]."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.api.sagemaker import flow_tag
from secondlook.api.sagemaker.bringing import pins_of_model
from secondlook.hosting.endpoints.endpoint import FLOW_TAG
from secondlook.hosting.errors import Invalid
from secondlook.hosting.transform import definition, job
from secondlook.store import tables


def create_transform_job(call: Call) -> dict[str, Any]:
    """The caller's key must be good for the buckets of input and output; what a manifest names is checked when it is read."""
    params = call.params
    definition.check(params)
    _check_judged(params)
    call.caller.check_bucket(definition.source_of(params).bucket)
    call.caller.check_bucket(definition.target_of(params).bucket)
    pins = pins_of_model(call, params["ModelName"])
    with call.store.write() as cx:
        arn = job.create(
            cx,
            call.services.packages,
            call.place,
            params,
            call.caller.buckets,
            call.actor.access_key,
            call.now,
            pins,
        )
        flow_tag.put(cx, call, arn, params.get("Tags", ()))
    return {"TransformJobArn": arn}


def describe_transform_job(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        return job.describe(cx, call.place, call.params["TransformJobName"])


def list_transform_jobs(call: Call) -> dict[str, Any]:
    query, columns = job.every(), tables.transform_job.c
    if status := call.params.get("StatusEquals"):
        query = query.where(columns.status == status)
    return listed(
        call,
        query,
        "TransformJobSummaries",
        lambda row: _summary(call, row),
        created=columns.created_at,
        name=columns.name,
        modified=columns.modified_at,
        first=columns.status if call.params.get("SortBy") == "Status" else None,
    )


def stop_transform_job(call: Call) -> dict[str, Any]:
    with call.store.write() as cx:
        job.stop(cx, call.params["TransformJobName"], call.now)
    return {}


def _check_judged(params: dict[str, Any]) -> None:
    """People look at one record at a time, so the model is asked about one. Raises Invalid."""
    is_judged = any(pair["Key"] == FLOW_TAG for pair in params.get("Tags", ()))
    is_split = params["TransformInput"].get("SplitType") == "Line"
    if is_judged and is_split and params.get("BatchStrategy") != "SingleRecord":
        raise Invalid(
            f"The predictions of a job with the tag {FLOW_TAG} are judged one by one: give it the BatchStrategy SingleRecord."
        )


def _summary(call: Call, row: Any) -> dict[str, Any]:
    told = {"TransformEndTime": row.ended_at, "FailureReason": row.failure_reason}
    return {
        "TransformJobName": row.name,
        "TransformJobArn": call.place.arn("transform-job", row.name),
        "CreationTime": row.created_at,
        "LastModifiedTime": row.modified_at,
        "TransformJobStatus": row.status,
        **{member: value for member, value in told.items() if value is not None},
    }
