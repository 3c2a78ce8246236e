"""`secondlook flows`: what a flow definition says beside what AWS knows of one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from secondlook.cli import options, service
from secondlook.cli.output import say_warnings


@click.group
def flows() -> None:
    """Say for how long workers can take an answer back in a flow definition."""


@flows.command
@options.data
@click.argument("name")
def show(data: Path | None, name: str) -> None:
    """Show for how long answers can be taken back in the flow definition NAME, and what is wrong with it."""
    _say(service.reach(data).own.describe_flow(FlowDefinitionName=name)["Flow"])


@flows.command
@options.data
@click.argument("name")
@click.option(
    "--undo-seconds",
    required=True,
    type=click.IntRange(0, 300),
    help="For so long a worker can take an answer back; 0 for not at all.",
)
def update(data: Path | None, name: str, undo_seconds: int) -> None:
    """Say for how long workers can take an answer back in the flow definition NAME.

    A human loop ends only once its answers are final. What is submitted already stays as it is.
    """
    server = service.reach(data)
    _say(server.own.update_flow(FlowDefinitionName=name, UndoSeconds=undo_seconds)["Flow"])


def _say(flow: dict[str, Any]) -> None:
    seconds = flow["UndoSeconds"]
    undo = f"can be taken back for {seconds} s" if seconds else "are final at once"
    click.echo(f"{flow['FlowDefinitionName']}: answers {undo}.")
    say_warnings(flow["Warnings"])
