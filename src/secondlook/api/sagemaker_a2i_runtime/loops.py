"""Human loops, as A2I has them [api.md §2]."""

from __future__ import annotations

from typing import Any

from anyio import to_thread

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.names import last_part
from secondlook.review import flow, loop
from secondlook.review.decisions import input_content, output
from secondlook.review.errors import NotFound
from secondlook.review.starting import Start, start_each
from secondlook.store import tables
from secondlook.wire.by_size import run_by_size


async def start_human_loop(call: Call) -> dict[str, Any]:
    """Record the loop and return; the render check follows as a duty."""
    flows, arn = call.services.startable_flows, call.params["FlowDefinitionArn"]
    content = call.params["HumanLoopInput"]["InputContent"]
    await run_by_size(len(content), input_content.check, content)
    flow_row = flows.remembered(arn)
    if flow_row is None:
        flow_row = await to_thread.run_sync(flows.find, arn)
    start = await run_by_size(
        len(content),
        Start.of,
        flow_row,
        call.params["HumanLoopName"],
        content,
        call.now,
        call.params.get("DataAttributes", {}).get("ContentClassifiers"),
        call.caller.buckets,
        call.actor,
    )
    await call.store.add(start_each, start)
    return {"HumanLoopArn": call.place.arn("human-loop", start.name)}


def describe_human_loop(call: Call) -> dict[str, Any]:
    """HumanLoopOutput is there from the start: its key is a pure function of the loop [api.md §2]."""
    with call.store.read() as cx:
        row = loop.find(cx, call.params["HumanLoopName"])
    return {
        "CreationTime": row.created_at,
        "HumanLoopStatus": row.status,
        "HumanLoopName": row.name,
        "HumanLoopArn": call.place.arn("human-loop", row.name),
        "FlowDefinitionArn": call.place.arn("flow-definition", row.flow_name),
        "HumanLoopOutput": {
            "OutputS3Uri": output.uri(row.output_path, row.flow_name, row.created_at, row.name)
        },
        **(
            {"FailureCode": row.failure_code, "FailureReason": row.failure_reason}
            if row.status == "Failed"
            else {}
        ),
    }


def list_human_loops(call: Call) -> dict[str, Any]:
    arn = call.params["FlowDefinitionArn"]
    name = last_part(arn)
    if call.place.arn("flow-definition", name) != arn:
        raise NotFound(f"Could not find flow definition {arn!r}.")
    page = listed(
        call,
        loop.in_flow(name),
        "HumanLoopSummaries",
        lambda row: {
            "HumanLoopName": row.name,
            "HumanLoopStatus": row.status,
            "CreationTime": row.created_at,
            "FlowDefinitionArn": arn,
            "FailureReason": row.failure_reason if row.status == "Failed" else None,
        },
        created=tables.loop.c.created_at,
        name=tables.loop.c.id,
    )
    if not page["HumanLoopSummaries"]:
        with call.store.read() as cx:
            flow.find(cx, name)
    return page


def stop_human_loop(call: Call) -> dict[str, Any]:
    with call.store.write() as cx:
        loop.stop(cx, call.params["HumanLoopName"], call.place, call.now)
    return {}


def delete_human_loop(call: Call) -> dict[str, Any]:
    with call.store.write() as cx:
        loop.remove(cx, call.params["HumanLoopName"], call.now)
    return {}
