"""Human loops across flow definitions, with their progress."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.review import flow
from secondlook.review.decisions import output
from secondlook.review.errors import Invalid
from secondlook.review.stories import loop_update, output_file, progress
from secondlook.store import tables


def list_loops(call: Call) -> dict[str, Any]:
    """Of all flow definitions, or of one, and then also what is wrong with that one."""
    name = call.params.get("FlowDefinitionName")
    warnings = []
    if name is not None:
        with call.store.read() as cx:
            flow.find(cx, name)
            warnings = flow.warnings(cx, name)
    page = listed(
        call,
        progress.loops(name, call.params.get("Status")),
        "Loops",
        _shown,
        created=tables.loop.c.created_at,
        name=tables.loop.c.id,
    )
    return {**page, "Warnings": warnings}


def describe_loop(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        row = progress.loop_by_name(cx, call.params["HumanLoopName"])
        holders = progress.holders(cx, row.id)
        reports = progress.reports(cx, row.id)
        content = progress.input_content(cx, row.id)
        warnings = progress.warnings(cx, row)
    return {
        "Loop": {**_shown(row), "Warnings": warnings},
        "Holders": [_holder(holder) for holder in holders],
        "Reports": [_report(report) for report in reports],
        "InputContent": content,
    }


def update_loop(call: Call) -> dict[str, Any]:
    name = call.params["HumanLoopName"]
    priority, task_count = call.params.get("Priority"), call.params.get("TaskCount")
    if priority is None and task_count is None:
        raise Invalid("Give Priority, TaskCount, or both: what is to change.")
    with call.store.write() as cx:
        loop_update.change(cx, name, priority, task_count, call.place, call.now)
    with call.store.read() as cx:
        return {"Loop": _shown(progress.loop_by_name(cx, name))}


def write_output(call: Call) -> dict[str, Any]:
    name, services = call.params["HumanLoopName"], call.services
    output_file.write_again(call.store, services.objects, name, call.place, services.settings.url, call.now)
    with call.store.read() as cx:
        return {"Loop": _shown(progress.loop_by_name(cx, name))}


def _shown(row: Row[Any]) -> dict[str, Any]:
    shortage = progress.shortage_of(row)
    return {
        "HumanLoopName": row.name,
        "HumanLoopStatus": row.status,
        "FlowDefinitionName": row.flow_name,
        "CreationTime": row.created_at,
        "ClosedAt": row.closed_at,
        "Answers": row.answers,
        "TaskCount": row.task_count,
        "Priority": row.priority,
        "Working": row.working,
        "Ready": row.ready,
        "FailureCode": row.failure_code,
        "FailureReason": row.failure_reason,
        "OutputS3Uri": output.uri(row.output_path, row.flow_name, row.created_at, row.name),
        "OutputProblem": row.unwritten,
        "Reports": row.reports,
        "Warnings": [shortage] if shortage else [],
    }


def _holder(row: Row[Any]) -> dict[str, Any]:
    return {
        "Email": row.email,
        "State": row.state,
        "AcceptedAt": row.accepted_at,
        "Deadline": row.deadline,
        "SubmittedAt": row.submitted_at,
        "UndoableUntil": row.undoable_until,
        "Reason": row.reason,
    }


def _report(row: Row[Any]) -> dict[str, Any]:
    return {"Email": row.email, "ReportedAt": row.created_at, "Message": row.message}
