"""`secondlook journal`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from secondlook.cli import options, service
from secondlook.cli.tables import table


@click.command
@options.data
@click.option("--loop", metavar="NAME", help="Only of this human loop.")
@click.option("--flow", metavar="NAME", help="Only of this flow definition.")
@click.option("--person", metavar="EMAIL", help="Only what this person did, or what concerns them.")
@click.option("--key", metavar="ID", help="Only what was done with this access key, or to it.")
@click.option("--action", metavar="NAME", help="Only this action, such as SubmitAssignment.")
@click.option(
    "--since",
    metavar="TIME",
    type=options.MOMENT,
    help="Only from this day, or moment, on (UTC): 2026-11-27, 2026-11-27T04:30.",
)
@click.option("--until", metavar="TIME", type=options.MOMENT, help="Only before this day, or moment (UTC).")
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(1, 100_000), help="At most this many."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document per line.")
def journal(data: Path | None, limit: int, *, as_json: bool, **filters: Any) -> None:
    """Show who did what to which loop, person or key, when and from where, newest first."""
    entries = list(
        service.reach(data).every("secondlook", "list_journal", "Entries", limit, **_request(**filters))
    )
    if as_json:
        for entry in entries:
            click.echo(json.dumps(_document(entry)))
    elif entries:
        headings = ["WHEN (UTC)", "WHO", "FROM", "DID", "TO", "CONCERNS", "DETAIL"]
        click.echo(table(headings, [_row(entry) for entry in entries]))
    else:
        click.echo("The journal has no such entry.", err=True)


def _request(
    loop: str | None,
    flow: str | None,
    person: str | None,
    key: str | None,
    action: str | None,
    since: datetime | None,
    until: datetime | None,
) -> dict[str, Any]:
    if loop and flow:
        raise click.UsageError("Give --loop or --flow, not both.")
    resource_type = "HumanLoop" if loop else "FlowDefinition" if flow else None
    request = {
        "ResourceType": resource_type,
        "ResourceName": loop or flow,
        "Email": person,
        "AccessKeyId": key,
        "Action": action,
        "CreationTimeAfter": since and since.replace(tzinfo=UTC),
        "CreationTimeBefore": until and until.replace(tzinfo=UTC),
    }
    return {name: value for name, value in request.items() if value is not None}


def _document(entry: dict[str, Any]) -> dict[str, Any]:
    detail = {"Detail": json.loads(entry["Detail"])} if entry.get("Detail") else {}
    return {**entry, **detail, "Time": entry["Time"].astimezone(UTC).isoformat()}


def _row(entry: dict[str, Any]) -> tuple[str, ...]:
    who = entry.get("ActorEmail") or entry.get("AccessKeyId") or entry["ActorType"].lower()
    resource = entry.get("ResourceName")
    return (
        f"{entry['Time'].astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        who,
        entry.get("SourceIpAddress", ""),
        entry["Action"],
        resource or "",
        entry.get("Email", ""),
        _words(json.loads(entry.get("Detail", "{}"))),
    )


def _words(detail: dict[str, Any]) -> str:
    filled = {name: value for name, value in detail.items() if value not in (None, False, [], "")}
    return ", ".join(f"{name} {value}" for name, value in filled.items())
