"""`secondlook loops stop`, `update`, `delete` and `write-output`: several at once, each with a line of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from botocore.exceptions import ClientError

from secondlook.cli import options, service
from secondlook.cli.errors import CommandError, explained
from secondlook.cli.output import is_interactive, say_warnings
from secondlook.client.looking import FINAL
from secondlook.client.service import Service

Loop = dict[str, Any]

OPEN = ("InProgress",)
ENDED = tuple(sorted(FINAL))


def chosen(command: Callable[..., None]) -> Callable[..., None]:
    """The arguments that say which loops: names, or `--flow NAME --all`, which asks first unless `--yes`."""
    for option in (
        click.option("--yes", is_flag=True, help="Ask nothing."),
        click.option("--all", "everything", is_flag=True, help="All of --flow; asks first."),
        click.option("--flow", metavar="NAME", help="The flow definition whose loops --all means."),
        click.argument("names", metavar="[NAME]...", nargs=-1),
    ):
        command = option(command)
    return command


@click.command
@options.data
@chosen
def stop(data: Path | None, names: tuple[str, ...], flow: str | None, *, everything: bool, yes: bool) -> None:
    """Stop the human loops NAME…, or all open ones of a flow definition.

    One that nobody works on is Stopped at once. Whoever is at work on one may finish, and the answer is written; until
    then it is Stopping.
    """
    server = service.reach(data)
    if loops := _all_of(server, names, flow, OPEN, everything=everything):
        names = tuple(loop["HumanLoopName"] for loop in loops)
        _make_sure(f"Stop {_loops(names)} of {flow}?", yes=yes)

    def act(name: str) -> str:
        server.client("sagemaker-a2i-runtime").stop_human_loop(HumanLoopName=name)
        now = server.own.describe_loop(HumanLoopName=name)["Loop"]["HumanLoopStatus"]
        return f"{name} is {now}{'; whoever is at work on it may finish' if now == 'Stopping' else ''}."

    _each(names, act, "stopped")


@click.command
@options.data
@chosen
@click.option(
    "--priority",
    type=click.IntRange(-10, 10),
    help="Those of a higher one are offered first; all start with 0.",
)
@click.option("--task-count", type=click.IntRange(1, 3), help="How many workers answer each.")
def update(
    data: Path | None,
    names: tuple[str, ...],
    flow: str | None,
    priority: int | None,
    task_count: int | None,
    *,
    everything: bool,
    yes: bool,
) -> None:
    """Offer the open human loops NAME…, or all of a flow definition, sooner or later, or ask more or fewer answers of them.

    A loop that has as many answers as are asked of it is over. Of one that is over no further answer can be asked.
    """
    changes = {"Priority": priority, "TaskCount": task_count}
    changes = {member: value for member, value in changes.items() if value is not None}
    if not changes:
        raise click.UsageError("Give --priority, --task-count, or both.")
    server = service.reach(data)
    if loops := _all_of(server, names, flow, OPEN, everything=everything):
        names = tuple(loop["HumanLoopName"] for loop in loops)
        _make_sure(f"Update {_loops(names)} of {flow}?", yes=yes)

    def act(name: str) -> str:
        loop = server.own.update_loop(HumanLoopName=name, **changes)["Loop"]
        say_warnings([f"{name}: {sentence}" for sentence in loop["Warnings"]])
        return f"{name} has priority {loop['Priority']} and {loop['Answers']} of {loop['TaskCount']} answers."

    _each(names, act, "updated")


@click.command
@options.data
@chosen
def delete(
    data: Path | None, names: tuple[str, ...], flow: str | None, *, everything: bool, yes: bool
) -> None:
    """Delete the human loops NAME…, or all of a flow definition that have ended.

    What was written to S3 stays there. A loop that is open has to be stopped first; one whose answers could not be written
    is deleted only after a question, because they are nowhere else.
    """
    server = service.reach(data)
    if loops := _all_of(server, names, flow, ENDED, everything=everything):
        names = tuple(loop["HumanLoopName"] for loop in loops)
        lost = [loop["HumanLoopName"] for loop in loops if loop.get("OutputProblem")]
        losing = f" The answers of {_loops(lost)} were never written and are lost then." if lost else ""
        _make_sure(f"Delete {_loops(names)} of {flow}, for good?{losing}", yes=yes)
        yes = True

    def act(name: str) -> str:
        if not yes and server.own.describe_loop(HumanLoopName=name)["Loop"].get("OutputProblem"):
            _make_sure(f"The answers of {name} were never written. Delete them, for good?", yes=False)
        server.client("sagemaker-a2i-runtime").delete_human_loop(HumanLoopName=name)
        return f"{name} is deleted."

    _each(names, act, "deleted")


@click.command("write-output")
@options.data
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--all-failed", is_flag=True, help="All whose output could not be written.")
@click.option("--flow", metavar="NAME", help="With --all-failed: only those of this flow definition.")
def write_output(data: Path | None, names: tuple[str, ...], flow: str | None, *, all_failed: bool) -> None:
    """Write the answers of the human loops NAME… whose output could not be written.

    To be run once the cause is mended, such as a bucket that was deleted. A loop then shows how it would have ended.
    """
    if bool(names) == all_failed:
        raise click.UsageError("Name human loops, or give --all-failed.")
    server = service.reach(data)
    if all_failed:
        names = tuple(
            loop["HumanLoopName"]
            for loop in _with_status(server, flow, ("Failed",))
            if loop.get("OutputProblem")
        )
        if not names:
            click.echo("There is no human loop whose output could not be written.", err=True)

    def act(name: str) -> str:
        loop = server.own.write_output(HumanLoopName=name)["Loop"]
        return f"{name} is {loop['HumanLoopStatus']}: {loop['OutputS3Uri']}"

    _each(names, act, "written")


def _all_of(
    server: Service, names: Sequence[str], flow: str | None, statuses: Sequence[str], *, everything: bool
) -> list[Loop]:
    """The loops that `--flow NAME --all` means, with at least one; none where names are given instead."""
    if names and (everything or flow):
        raise click.UsageError("Give either names, or --flow NAME --all.")
    if not names and not (everything and flow):
        raise click.UsageError("Name human loops, or give --flow NAME --all.")
    if names:
        return []
    loops = _with_status(server, flow, statuses)
    if not loops:
        raise CommandError(f"No human loop of {flow} is {' or '.join(statuses)}.")
    return loops


def _with_status(server: Service, flow: str | None, statuses: Sequence[str]) -> list[Loop]:
    of: dict[str, Any] = {"FlowDefinitionName": flow} if flow else {}
    return [
        loop
        for status in statuses
        for loop in server.every("secondlook", "list_loops", "Loops", Status=status, **of)
    ]


def _make_sure(question: str, *, yes: bool) -> None:
    if yes:
        return
    if not is_interactive():
        raise CommandError(f"{question} Nobody is here to answer: say --yes.")
    click.confirm(question, abort=True, err=True)


def _each(names: Sequence[str], act: Callable[[str], str], done: str) -> None:
    """Act on each, whatever becomes of the others; raises CommandError where one was refused."""
    failures = 0
    for name in names:
        try:
            click.echo(act(name))
        except ClientError as error:
            failures += 1
            click.echo(f"{name}: {explained(error)}", err=True)
    if failures:
        raise CommandError(f"{failures} of {_loops(names)} could not be {done}.")


def _loops(names: Sequence[str]) -> str:
    return "1 human loop" if len(names) == 1 else f"{len(names)} human loops"
