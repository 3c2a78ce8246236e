"""How far transform jobs are: what DescribeTransformJob has no member for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.hosting.transform import job
from secondlook.hosting.transform.progress import Progress
from secondlook.store import tables


def describe_transform_progress(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        return {"Progress": _shown(job.find(cx, call.params["TransformJobName"]))}


def list_transform_progress(call: Call) -> dict[str, Any]:
    query, columns = job.every(), tables.transform_job.c
    if status := call.params.get("Status"):
        query = query.where(columns.status == status)
    return listed(call, query, "Progress", _shown, created=columns.created_at, name=columns.name)


def _shown(row: Row[Any]) -> dict[str, Any]:
    progress = Progress.from_json(row.progress)
    return {
        "TransformJobName": row.name,
        "TransformJobStatus": row.status,
        "FailureReason": row.failure_reason,
        "ObjectsTotal": progress.total,
        "ObjectsDone": progress.done,
        "ObjectsFailed": progress.failed,
        "RecordsDone": progress.records,
        "Seconds": progress.seconds,
        "Failures": progress.failures,
        "CreationTime": row.created_at,
    }
