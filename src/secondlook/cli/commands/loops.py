"""`secondlook loops`: human loops across flow definitions, with who is at work on them."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from secondlook.cli import options, service, watching
from secondlook.cli.progress import Progress
from secondlook.cli.terminal import facts, status, strong, table
from secondlook.cli.times import ago
from secondlook.cli.trouble import Trouble

STATUSES = ["InProgress", "Completed", "Failed", "Stopping", "Stopped"]

LOOKED_AT_EVERY = 1.0
"""Seconds between two looks at all loops."""


@click.group
def loops() -> None:
    """List, show and watch human loops."""


@loops.command("list")
@options.data
@click.option("--flow", metavar="NAME", help="Only those of this flow definition.")
@click.option("--status", "state", type=click.Choice(STATUSES, case_sensitive=False), help="Only those.")
@click.option(
    "--limit", default=30, show_default=True, type=click.IntRange(1, 10000), help="At most this many."
)
def list_loops(data: Path | None, flow: str | None, state: str | None, limit: int) -> None:
    """List human loops, newest first."""
    given = {"FlowDefinitionName": flow, "Status": state}
    wanted = {name: value for name, value in given.items() if value}
    found = list(service.reach(data).every("secondlook", "list_loops", "Loops", limit, **wanted))
    if not found:
        click.echo(
            "There is no such human loop." if wanted else "No human loop has been started yet.", err=True
        )
        return
    rows = [
        (
            one["HumanLoopName"],
            one["FlowDefinitionName"],
            one["HumanLoopStatus"],
            f"{one['Answers']} of {one['TaskCount']}",
            one.get("Working", 0),
            ago(one["CreationTime"]),
        )
        for one in found
    ]
    click.echo(table(["LOOP", "FLOW", "STATUS", "ANSWERS", "WORKING", "STARTED"], rows))


@loops.command
@options.data
@click.argument("name")
@click.option("--input", "with_input", is_flag=True, help="Print the input content too.")
def show(data: Path | None, name: str, *, with_input: bool) -> None:
    """Show the human loop NAME: its progress, and who holds or has answered it."""
    told = service.reach(data).own.describe_loop(HumanLoopName=name)
    click.echo(description(told))
    if with_input:
        click.echo(
            f"\n{strong('Input')}\n{json.dumps(json.loads(told['InputContent']), indent=2, ensure_ascii=False)}"
        )


def description(told: dict[str, Any]) -> str:
    """What DescribeLoop answered, for reading."""
    loop = told["Loop"]
    text = facts(
        [
            ("Loop", loop["HumanLoopName"]),
            ("Flow", loop["FlowDefinitionName"]),
            ("Status", loop["HumanLoopStatus"]),
            ("Answers", f"{loop['Answers']} of {loop['TaskCount']}"),
            ("Started", ago(loop["CreationTime"])),
            ("Ended", ago(loop.get("ClosedAt"))),
            ("Failure", ": ".join(filter(None, (loop.get("FailureCode"), loop.get("FailureReason"))))),
            ("Output", loop.get("OutputS3Uri") if loop["HumanLoopStatus"] in watching.FINAL else None),
        ]
    )
    if not told["Holders"]:
        return text
    rows = [
        (
            one["Email"],
            one["State"],
            ago(one.get("AcceptedAt")),
            ago(one.get("SubmittedAt")),
            one.get("Reason"),
        )
        for one in told["Holders"]
    ]
    return f"{text}\n\n{table(['WORKER', 'STATE', 'TAKEN', 'SUBMITTED', 'REASON'], rows)}"


@loops.command
@options.data
@click.argument("name", required=False)
def watch(data: Path | None, name: str | None) -> None:
    """Watch the human loop NAME until it has ended, or all of them until Ctrl-C.

    With NAME the exit code is 0 once it is Completed, and 1 if it Failed or was Stopped.
    """
    own = service.reach(data).own
    if name is None:
        _watch_all(own)
        return
    with Progress(f"Waiting for {name}") as step:
        told = watching.until_final(own, name, step.now)
    click.echo(description(told))
    if told["Loop"]["HumanLoopStatus"] != "Completed":
        raise Trouble(f"{name} has ended without the answers it asked for.")


def _watch_all(own: Any) -> None:
    click.echo("Watching all human loops; stop with Ctrl-C.", err=True)
    known: dict[str, str] = {}
    for one in _looks(own):
        name, line = one["HumanLoopName"], _line(one)
        if known.get(name) != line:
            known[name] = line
            click.echo(f"{time.strftime('%H:%M:%S')}  {line}")


def _looks(own: Any) -> Iterator[dict[str, Any]]:
    """The newest loops, the oldest of them first, again and again."""
    while True:
        yield from reversed(own.list_loops(MaxResults=100)["Loops"])
        time.sleep(LOOKED_AT_EVERY)


def _line(loop: dict[str, Any]) -> str:
    return f"{loop['HumanLoopName']}  {status(loop['HumanLoopStatus'])}  {watching.progress(loop)}"
