"""`secondlook team`: what SageMaker's console does with Cognito."""

from __future__ import annotations

from pathlib import Path

import click

from secondlook.cli import options, service
from secondlook.cli.terminal import faint, table


@click.group
def team() -> None:
    """Make work teams and invite people to them."""


@team.command
@options.data
@click.argument("name")
@click.option("--invite", metavar="EMAIL,…", help="Addresses to invite, separated by commas.")
@click.option("--organization", metavar="TEXT", help="Whom the invitation comes from.")
@click.option("--contact", metavar="EMAIL", help="Where the invited may ask.")
def create(
    data: Path | None, name: str, invite: str | None, organization: str | None, contact: str | None
) -> None:
    """Make the work team NAME unless it is there, and invite people to it.

    Prints the team's ARN on stdout; the invitation links, which work once and for 24 hours, on stderr. Everybody invited
    gets a mail too.
    """
    emails = [one.strip() for one in (invite or "").split(",") if one.strip()]
    given = {"Organization": organization, "Contact": contact, "Invite": emails or None}
    made = service.reach(data).own.create_team(
        TeamName=name, **{key: value for key, value in given.items() if value is not None}
    )
    click.echo(f"Work team {name} {'is made' if made['Created'] else 'was there already'}.", err=True)
    for one in made["Invitations"]:
        click.echo(f"{faint('Invitation for')} {one['Email']}{faint(':')} {one['Url']}", err=True)
    click.echo(made["WorkteamArn"])


@team.command("list")
@options.data
def list_teams(data: Path | None) -> None:
    """List the work teams."""
    server = service.reach(data)
    teams = list(server.every("sagemaker", "list_workteams", "Workteams"))
    if not teams:
        click.echo(
            "There is no work team yet. Make one: secondlook team create NAME --invite EMAIL", err=True
        )
        return
    click.echo(table(["NAME", "ARN"], [(one["WorkteamName"], one["WorkteamArn"]) for one in teams]))


@team.command
@options.data
@click.argument("name")
def members(data: Path | None, name: str) -> None:
    """List the people of the work team NAME."""
    found = service.reach(data).own.list_members(TeamName=name)["Members"]
    if not found:
        click.echo(
            f"Nobody is in {name} yet. Invite somebody: secondlook team create {name} --invite EMAIL",
            err=True,
        )
        return
    click.echo(
        table(["EMAIL", "NAME", "STATE"], [(one["Email"], one.get("Name"), _state(one)) for one in found])
    )


def _state(member: dict[str, object]) -> str:
    if member.get("Disabled"):
        return "switched off"
    return "joined" if member["Joined"] else "invited"


@team.command
@options.data
@click.argument("name")
@click.argument("email")
def remove(data: Path | None, name: str, email: str) -> None:
    """Take EMAIL out of the work team NAME; the account itself stays."""
    service.reach(data).own.remove_member(TeamName=name, Email=email)
    click.echo(f"{email} is no longer in {name}.")
