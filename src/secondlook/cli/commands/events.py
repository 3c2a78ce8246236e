"""`secondlook events`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from secondlook.cli import options, service
from secondlook.cli.terminal import table
from secondlook.cli.times import ago


@click.command
@options.data
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="At most this many."
)
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON document per line, as EventBridge would deliver it."
)
def events(data: Path | None, limit: int, *, as_json: bool) -> None:
    """Show the latest status events, newest first."""
    found = list(service.reach(data).every("secondlook", "list_events", "Events", limit))
    if as_json:
        for one in found:
            click.echo(one["Body"])
    elif found:
        click.echo(table(["WHEN", "LOOP", "STATUS", "EVENT"], [_row(one) for one in found]))
    else:
        click.echo("Nothing has happened yet: events tell when a human loop ends.", err=True)


def _row(event: dict[str, Any]) -> tuple[str, ...]:
    detail = json.loads(event["Body"]).get("detail", {})
    name = detail.get("humanLoopName", "")
    return ago(event["CreatedAt"]), name, detail.get("humanLoopStatus", ""), event["EventId"]
