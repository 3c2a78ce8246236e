"""`secondlook review results`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import click

from secondlook.cli import options, service
from secondlook.cli.tables import table
from secondlook.cli.times import ago
from secondlook.client.results import Row, rows

LONGEST_ANSWER = 60
"""Characters of an answer in the table; --json has all."""


@click.command
@options.data
@click.option("--flow", required=True, metavar="NAME", help="The flow definition.")
@click.option(
    "--since",
    metavar="TIME",
    type=options.MOMENT,
    help="Only from this day, or moment, on (UTC): 2026-11-27, 2026-11-27T04:30.",
)
@click.option("--limit", type=click.IntRange(1), help="At most this many [all].")
@click.option("--json", "as_json", is_flag=True, help="One JSON document per line.")
def results(
    data: Path | None, flow: str, since: datetime | None, limit: int | None, *, as_json: bool
) -> None:
    """Show what was predicted in a flow definition and what people answered.

    A line is one input, the oldest first: also of those that nobody was asked about. Human loops that were started without a
    prediction come last.
    """
    after = since.replace(tzinfo=UTC) if since else None
    found = islice(rows(service.reach(data), flow, after), limit)
    if as_json:
        for row in found:
            click.echo(json.dumps(row, default=datetime.isoformat))
        return
    lines = [_line(row) for row in found]
    if lines:
        click.echo(table(["WHEN", "INPUT", "DECISION", "WHY", "LOOP", "ANSWER"], lines))
    else:
        click.echo(f"Nothing was predicted or asked in {flow}{' since then' if since else ''}.", err=True)


def _line(row: Row) -> tuple[Any, ...]:
    answer = json.dumps(row["answers"][0], ensure_ascii=False) if row["answers"] else ""
    shown = answer if len(answer) <= LONGEST_ANSWER else f"{answer[:LONGEST_ANSWER]}…"
    return (
        ago(row["created"]),
        row["input_uri"],
        row["decision"],
        row["reasons"][0] if row["reasons"] else None,
        row["loop"],
        shown or row["unanswered"],
    )
