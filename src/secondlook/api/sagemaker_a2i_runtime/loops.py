"""Human loops, as A2I has them [api.md §2]."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.names import last_part
from secondlook.review import flow, loop
from secondlook.review.decisions import input_content, output, shortage
from secondlook.review.errors import NotFound
from secondlook.store import tables

log = logging.getLogger(__name__)


def start_human_loop(call: Call) -> dict[str, Any]:
    """Record the loop and return; the render check follows as a duty."""
    name, content = call.params["HumanLoopName"], call.params["HumanLoopInput"]["InputContent"]
    input_content.check(content)
    with call.store.read() as cx:
        flow_row = loop.startable(cx, call.params["FlowDefinitionArn"], call.place)
    classifiers = call.params.get("DataAttributes", {}).get("ContentClassifiers")
    with call.store.write() as cx:
        loop.start(cx, flow_row, name, content, classifiers, call.now, call.caller.buckets)
    if sentence := shortage.of_flow(flow_row.workteam, flow_row.members, flow_row.task_count):
        _warn_of(flow_row.name, sentence)
    return {"HumanLoopArn": call.place.arn("human-loop", name)}


@lru_cache(maxsize=1024)
def _warn_of(flow_name: str, sentence: str) -> None:
    """Once for each sentence: a million loops may start in the same flow definition."""
    log.warning("human loops start in flow definition %s, and cannot end: %s", flow_name, sentence)


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
    with call.store.read() as cx:
        definition = flow.find(cx, last_part(arn))
    if call.place.arn("flow-definition", definition.name) != arn:
        raise NotFound(f"Could not find flow definition {arn!r}.")
    return listed(
        call,
        loop.of_flow(definition.id),
        "HumanLoopSummaries",
        lambda row: {
            "HumanLoopName": row.name,
            "HumanLoopStatus": row.status,
            "CreationTime": row.created_at,
            "FlowDefinitionArn": arn,
            **({"FailureReason": row.failure_reason} if row.status == "Failed" else {}),
        },
        created=tables.loop.c.created_at,
        name=tables.loop.c.id,
    )


def stop_human_loop(call: Call) -> dict[str, Any]:
    with call.store.write() as cx:
        loop.stop(cx, call.params["HumanLoopName"], call.place, call.now)
    return {}


def delete_human_loop(call: Call) -> dict[str, Any]:
    with call.store.write() as cx:
        loop.remove(cx, call.params["HumanLoopName"])
    return {}
