"""`secondlook team`: what SageMaker's console does with Cognito."""

from __future__ import annotations

from pathlib import Path

import click

from secondlook.cli import options, service
from secondlook.cli.commands.people.listing import state
from secondlook.cli.errors import CommandError
from secondlook.cli.output import faint, say_warnings
from secondlook.cli.tables import table


@click.group
def team() -> None:
    """Make work teams and invite people to them."""


@team.command
@options.data
@click.argument("name")
@click.option("--invite", cls=options.Several, metavar="EMAIL,…", help="Addresses to invite.")
@click.option("--organization", metavar="TEXT", help="Whom the invitation comes from.")
@click.option("--contact", metavar="EMAIL", help="Where the invited may ask.")
def create(
    data: Path | None,
    name: str,
    invite: tuple[str, ...] | None,
    organization: str | None,
    contact: str | None,
) -> None:
    """Make the work team NAME, or change the one that is there, and let people into it.

    Prints the team's ARN on stdout. Whoever has not joined yet is invited: they get a mail, and their link, which works once and
    for 24 hours, is printed on stderr. Whoever has joined is in the team at once; "secondlook people reset-password" is for
    lost passwords.
    """
    settings = {"Organization": organization, "Contact": contact, "Invite": list(invite or ()) or None}
    response = service.reach(data).own.create_team(
        TeamName=name, **{key: value for key, value in settings.items() if value is not None}
    )
    click.echo(_outcome(name, response["Created"], organization, contact), err=True)
    for invitation in response["Invitations"]:
        label = f"{faint('Invitation for')} {invitation['Email']}{faint(':')}"
        click.echo(f"{label} {invitation['Url']}", err=True)
    for email in response.get("Joined", ()):
        click.echo(f"{email} has joined before and is in the work team now.", err=True)
    click.echo(response["WorkteamArn"])


def _outcome(name: str, created: bool, organization: str | None, contact: str | None) -> str:
    if created:
        return f"Work team {name} is made."
    settings = {"organization": organization, "contact": contact}
    changed = " and ".join(f"its {part} is {value}" for part, value in settings.items() if value is not None)
    return f"Work team {name} was there already{f'; {changed} now' if changed else ''}."


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
    click.echo(table(["NAME", "ARN"], [(team["WorkteamName"], team["WorkteamArn"]) for team in teams]))


@team.command
@options.data
@click.argument("name")
def members(data: Path | None, name: str) -> None:
    """List the people of the work team NAME."""
    answer = service.reach(data).own.list_members(TeamName=name)
    say_warnings(answer.get("Warnings", ()))
    members = answer["Members"]
    if not members:
        click.echo(
            f"Nobody is in {name} yet. Invite somebody: secondlook team create {name} --invite EMAIL",
            err=True,
        )
        return
    click.echo(
        table(
            ["EMAIL", "NAME", "STATE"],
            [(member["Email"], member.get("Name"), state(member)) for member in members],
        )
    )


@team.command
@options.data
@click.argument("name")
@click.argument("email")
def remove(data: Path | None, name: str, email: str) -> None:
    """Take EMAIL out of the work team NAME; the account itself stays."""
    answer = service.reach(data).own.remove_member(TeamName=name, Email=email)
    click.echo(f"{email} is no longer in {name}.")
    say_warnings(answer.get("Warnings", ()))


@team.command
@options.data
@click.option(
    "--allow",
    cls=options.Several,
    metavar="CIDR,…",
    help="From now on, from these networks only (at most ten).",
)
@click.option("--everywhere", is_flag=True, help="From now on, from everywhere.")
def networks(data: Path | None, allow: tuple[str, ...] | None, *, everywhere: bool) -> None:
    """Show from which networks the portal and the console can be used, or change it.

    The limit is the workforce's SourceIpConfig and holds for everybody, admins too. Who has locked themselves out runs this
    with --everywhere on the server's machine: access keys are not limited.
    """
    if everywhere and allow is not None:
        raise click.UsageError("Give either --allow or --everywhere.")
    server = service.reach(data)
    workforce = next(server.every("sagemaker", "list_workforces", "Workforces"), None)
    if workforce is None:
        raise CommandError(
            "There is no workforce yet: make a work team first (`secondlook team create NAME`)."
        )
    if everywhere or allow is not None:
        limit = {"SourceIpConfig": {"Cidrs": list(allow or ())}}
        changed = server.client("sagemaker").update_workforce(
            WorkforceName=workforce["WorkforceName"], **limit
        )
        workforce = changed["Workforce"]
    networks = workforce["SourceIpConfig"]["Cidrs"]
    click.echo("\n".join(networks) or "everywhere")
    if networks and allow is not None:
        click.echo(
            "From other addresses nobody opens the portal or the console now, admins neither; "
            "secondlook team networks --everywhere undoes that.",
            err=True,
        )
