"""`secondlook work`: a reviewer that is a script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from secondlook import reviewer
from secondlook.cli import options, service
from secondlook.cli.errors import CommandError
from secondlook.cli.output import good
from secondlook.cli.reviewing import portal_of
from secondlook.client.service import Service
from secondlook.names import last_part
from secondlook.reviewer import Portal


@click.command
@options.data
@click.option("--as", "email", required=True, metavar="EMAIL", help="The worker to be.")
@click.option("--team", metavar="NAME", help="Only tasks for this work team.")
@click.option("--loop", metavar="NAME", help="Only the task of this human loop.")
@click.option(
    "--answer", type=click.File("rb"), metavar="FILE", help="Submit this JSON object ('-' reads stdin)."
)
@click.option("--accept", is_flag=True, help="Submit what the page says untouched: the prediction as it is.")
@click.option(
    "--count", default=1, show_default=True, type=click.IntRange(1), help="At most this many tasks."
)
def work(
    data: Path | None,
    email: str,
    team: str | None,
    loop: str | None,
    answer: Any,
    count: int,
    *,
    accept: bool,
) -> None:
    """Take and answer tasks as a scripted reviewer, to try a review flow.

    Goes through the portal's own pages with a session issued for EMAIL, so the queue, the deadlines and the answer are
    those of a person. EMAIL must have been invited to a work team.
    """
    if accept == (answer is not None):
        raise click.UsageError("Say how to answer: either --answer FILE or --accept.")
    content = _answer(answer) if answer else None
    server = service.reach(data)
    if team is not None:
        _check_member(server, email, team)
    portal = portal_of(server, email)
    done = 0
    for number in _tasks(server, portal, team, loop):
        task = reviewer.answer(portal, number, content, warn=lambda text: click.echo(text, err=True))
        done += 1
        click.echo(f"{good('answered')}  {task.loop}  ({task.flow})")
        if done == count:
            break
    if not done:
        raise CommandError(_nothing(portal, email, team, loop))


def _check_member(server: Service, email: str, team: str) -> None:
    """Nothing will ever wait for somebody in a work team that is not theirs, or not there."""
    members = server.own.list_members(TeamName=team)["Members"]
    if email.lower() not in [member["Email"] for member in members]:
        raise CommandError(
            f"{email} is not in the work team {team}: secondlook team create {team} --invite {email}"
        )


def _nothing(portal: Portal, email: str, team: str | None, loop: str | None) -> str:
    """Why there was nothing to do. What somebody has begun in a browser is left alone unless it is asked for."""
    if loop is not None:
        return f"The task of {loop} is not to be had for {email}: it is answered, ended, or somebody else has it."
    begun = len(portal.held())
    hint = f" {begun} begun already; --loop NAME takes one up again." if begun else ""
    return f"Nothing is waiting for {email}{f' in {team}' if team else ''}.{hint}"


def _answer(file: Any) -> dict[str, Any]:
    try:
        content = json.load(file)
    except ValueError as error:
        raise CommandError(f"{file.name} holds no JSON: {error}.") from None
    if not isinstance(content, dict):
        raise CommandError(f"{file.name} must hold a JSON object with one property per element of the page.")
    return content


def _tasks(server: Service, portal: Portal, team: str | None, loop: str | None) -> Iterator[int]:
    """The tasks to do, each taken when it is asked for."""
    if loop is not None:
        flow = server.own.describe_loop(HumanLoopName=loop)["Loop"]["FlowDefinitionName"]
        if (taken := portal.take(flow, loop)) is not None:
            yield taken
        return
    for flow in [flow for flow in portal.flows() if team is None or _team_of(server, flow) == team]:
        while (taken := portal.take(flow)) is not None:
            yield taken


def _team_of(server: Service, flow: str) -> str:
    """The work team of a flow definition."""
    response = server.client("sagemaker").describe_flow_definition(FlowDefinitionName=flow)
    return last_part(response["HumanLoopConfig"]["WorkteamArn"])
