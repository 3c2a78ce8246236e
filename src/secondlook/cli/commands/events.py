"""`secondlook events`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from secondlook.cli import options, service
from secondlook.cli.tables import table
from secondlook.cli.times import ago

OWN = "secondlook HumanLoop "
"""What the types of our own events begin with."""


@click.command
@options.data
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="At most this many."
)
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON document per line, as EventBridge would deliver it."
)
def events(data: Path | None, limit: int, *, as_json: bool) -> None:
    """Show the latest events, newest first: of loops, asynchronous inferences, declined tasks, page problems, endpoints."""
    latest = list(service.reach(data).every("secondlook", "list_events", "Events", limit))
    if as_json:
        for event in latest:
            click.echo(event["Body"])
    elif latest:
        click.echo(table(["WHEN", "OF", "WHAT", "EVENT", "IN WORDS"], [_row(event) for event in latest]))
    else:
        click.echo(
            "Nothing has happened yet: events tell when a human loop ends, a task is declined or a page has a problem.",
            err=True,
        )


def _row(event: dict[str, Any]) -> tuple[str, ...]:
    document = json.loads(event["Body"])
    detail = document["detail"]
    words = (
        detail.get("failureReason")
        or detail.get("FailureReason")
        or detail.get("reason")
        or detail.get("message")
        or ""
    )
    what = detail.get("humanLoopStatus") or document["detail-type"].removeprefix(OWN)
    if "invocationStatus" in detail:
        what = f"Inference {detail['invocationStatus']}"
    if "EndpointStatus" in detail:
        what = f"Endpoint {detail['EndpointStatus']}"
    about = detail.get("humanLoopName") or detail.get("EndpointName") or detail.get("inferenceId") or ""
    return ago(event["CreatedAt"]), about, what, event["EventId"], words
