"""Human loops across flow definitions, with their progress."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.review import output, progress
from secondlook.store import tables


def list_loops(call: Call) -> dict[str, Any]:
    return listed(
        call,
        progress.loops(call.params.get("FlowDefinitionName"), call.params.get("Status")),
        "Loops",
        _shown,
        created=tables.loop.c.created_at,
        name=tables.loop.c.id,
    )


def describe_loop(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        row = progress.loop_by_name(cx, call.params["HumanLoopName"])
        holders = progress.holders(cx, row.id)
        content = progress.input_content(cx, row.id)
    return {"Loop": _shown(row), "Holders": [_holder(one) for one in holders], "InputContent": content}


def _shown(row: Row[Any]) -> dict[str, Any]:
    return {
        "HumanLoopName": row.name,
        "HumanLoopStatus": row.status,
        "FlowDefinitionName": row.flow_name,
        "CreationTime": row.created_at,
        "ClosedAt": row.closed_at,
        "Answers": row.answers,
        "TaskCount": row.task_count,
        "Working": row.working,
        "Ready": row.ready,
        "FailureCode": row.failure_code,
        "FailureReason": row.failure_reason,
        "OutputS3Uri": output.uri(row.output_path, row.flow_name, row.created_at, row.name),
    }


def _holder(row: Row[Any]) -> dict[str, Any]:
    return {
        "Email": row.email,
        "State": row.state,
        "AcceptedAt": row.accepted_at,
        "Deadline": row.deadline,
        "SubmittedAt": row.submitted_at,
        "Reason": row.reason,
    }
