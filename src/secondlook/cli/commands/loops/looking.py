"""`secondlook loops list`, `show` and `watch`: how far human loops are, and who is at work on them."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from secondlook.cli import options, service, watching
from secondlook.cli.errors import CommandError
from secondlook.cli.output import details, plain, say_warnings, status, strong
from secondlook.cli.step import Step
from secondlook.cli.tables import table
from secondlook.cli.times import ago
from secondlook.client.looking import FINAL

STATUSES = ["InProgress", "Completed", "Failed", "Stopping", "Stopped"]

NAMED = 3
"""Loops that a warning about several names."""

REWRITE = "the answers are kept; once the cause is mended: secondlook loops write-output {}"

REPORTED = "pages have reported problems: secondlook loops show NAME"

LOOKED_AT_EVERY = 1.0
"""Seconds between two looks at all loops."""


@click.command("list")
@options.data
@click.option("--flow", metavar="NAME", help="Only those of this flow definition.")
@click.option("--status", "state", type=click.Choice(STATUSES, case_sensitive=False), help="Only those.")
@click.option(
    "--limit", default=30, show_default=True, type=click.IntRange(1, 10000), help="At most this many."
)
def list_loops(data: Path | None, flow: str | None, state: str | None, limit: int) -> None:
    """List human loops, newest first."""
    server = service.reach(data)
    if flow is not None:
        say_warnings(server.own.list_loops(FlowDefinitionName=flow, MaxResults=1)["Warnings"])
    filters = {"FlowDefinitionName": flow, "Status": state}
    wanted = {name: value for name, value in filters.items() if value}
    found = list(server.every("secondlook", "list_loops", "Loops", limit + 1, **wanted))
    loops = found[:limit]
    if not loops:
        click.echo(_none(flow, state), err=True)
        return
    rows = [
        (
            loop["HumanLoopName"],
            loop["FlowDefinitionName"],
            loop["HumanLoopStatus"],
            f"{loop['Answers']} of {loop['TaskCount']}",
            loop.get("Working", 0),
            ago(loop["CreationTime"]),
        )
        for loop in loops
    ]
    click.echo(table(["LOOP", "FLOW", "STATUS", "ANSWERS", "WORKING", "STARTED"], rows))
    if len(found) > limit:
        click.echo(f"There are more than these {limit:,}; --limit shows as many as it says.", err=True)
    say_warnings(_grouped(loops))


def _none(flow: str | None, state: str | None) -> str:
    if flow is None and state is None:
        return "No human loop has been started yet."
    return (
        f"No human loop{f' of {flow}' if flow else ''} {f'is {state}' if state else 'has been started yet'}."
    )


def _grouped(loops: list[dict[str, Any]]) -> list[str]:
    """Each warning once, with the loops that it is about."""
    names: dict[str, list[str]] = {}
    for loop in loops:
        reported = [REPORTED] if loop.get("Reports") else []
        for sentence in [*loop.get("Warnings", ()), *reported]:
            names.setdefault(sentence, []).append(loop["HumanLoopName"])
    return [f"{_some(about)}: {sentence}" for sentence, about in names.items()]


def _some(names: list[str]) -> str:
    """`loop-1, loop-2, loop-3 and 7 more`."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more}"


@click.command
@options.data
@click.argument("name")
@click.option("--input", "with_input", is_flag=True, help="Print the input content too.")
def show(data: Path | None, name: str, *, with_input: bool) -> None:
    """Show the human loop NAME: its progress, its workers, what went wrong."""
    response = service.reach(data).own.describe_loop(HumanLoopName=name)
    click.echo(description(response))
    if with_input:
        content = json.dumps(json.loads(response["InputContent"]), indent=2, ensure_ascii=False)
        click.echo(f"\n{strong('Input')}\n{plain(content)}")


def description(response: dict[str, Any]) -> str:
    """What DescribeLoop answered, for reading."""
    loop = response["Loop"]
    is_written = loop["HumanLoopStatus"] in FINAL and not loop.get("OutputProblem")
    text = details(
        [
            ("Loop", loop["HumanLoopName"]),
            ("Flow", loop["FlowDefinitionName"]),
            ("Status", loop["HumanLoopStatus"]),
            ("Answers", f"{loop['Answers']} of {loop['TaskCount']}"),
            ("Priority", loop.get("Priority") or None),
            ("Started", ago(loop["CreationTime"])),
            ("Ended", ago(loop.get("ClosedAt"))),
            ("Failure", ": ".join(filter(None, (loop.get("FailureCode"), loop.get("FailureReason"))))),
            ("Output", loop.get("OutputS3Uri") if is_written else None),
            ("Unwritten", REWRITE.format(loop["HumanLoopName"]) if loop.get("OutputProblem") else None),
            *(("Warning", sentence) for sentence in loop.get("Warnings", ())),
        ]
    )
    return "\n\n".join([text, *_tables(response)])


def _tables(response: dict[str, Any]) -> Iterator[str]:
    """Who is or was at work, and what their pages reported."""
    workers = [
        (
            holder["Email"],
            holder["State"],
            ago(holder.get("AcceptedAt")),
            ago(holder.get("SubmittedAt")),
            holder.get("Reason"),
        )
        for holder in response["Holders"]
    ]
    if workers:
        yield table(["WORKER", "STATE", "TAKEN", "SUBMITTED", "REASON"], workers)
    reports = [
        (ago(report["ReportedAt"]), report.get("Email", "the server"), report["Message"])
        for report in response.get("Reports", ())
    ]
    if reports:
        yield table(["REPORTED", "BY THE PAGE OF", "PROBLEM"], reports)


@click.command
@options.data
@click.argument("name", required=False)
def watch(data: Path | None, name: str | None) -> None:
    """Watch the human loop NAME until it has ended, or all until Ctrl-C.

    With NAME the exit code is 0 once it is Completed, and 1 if it Failed or was Stopped.
    """
    own = service.reach(data).own
    if name is None:
        _watch_all(own)
        return
    with Step(f"Waiting for {name}") as step:
        response = watching.until_final(own, name, step.now)
    click.echo(description(response))
    if response["Loop"]["HumanLoopStatus"] != "Completed":
        raise CommandError(f"{name} has ended without the answers it asked for.")


def _watch_all(own: Any) -> None:
    click.echo("Watching all human loops; stop with Ctrl-C.", err=True)
    known: dict[str, str] = {}
    for loop in _looks(own):
        name, line = loop["HumanLoopName"], _line(loop)
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
