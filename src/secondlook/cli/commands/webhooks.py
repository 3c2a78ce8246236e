"""`secondlook webhooks`."""

from __future__ import annotations

from pathlib import Path

import click

from secondlook.cli import options, service
from secondlook.cli.terminal import faint, say_warnings, table
from secondlook.cli.times import ago


@click.group
def webhooks() -> None:
    """Send status events to URLs of yours."""


@webhooks.command
@options.data
@click.argument("url")
@click.option("--flow", metavar="NAME", help="Only events of this flow definition.")
@click.option(
    "--all-events", is_flag=True, help="Declined tasks and what pages report too, not only ends of loops."
)
def add(data: Path | None, url: str, flow: str | None, *, all_events: bool) -> None:
    """Send every status event to URL from now on; prints the secret that signs them."""
    made = service.reach(data).own.create_webhook(
        Url=url, AllEvents=all_events, **({"FlowDefinitionName": flow} if flow else {})
    )
    click.echo(
        f"Webhook {made['WebhookId']} is on. Its secret, shown this once, signs every delivery:", err=True
    )
    click.echo(made["Secret"])
    say_warnings(made.get("Warnings", ()))


@webhooks.command("list")
@options.data
def list_webhooks(data: Path | None) -> None:
    """List the webhooks."""
    found = service.reach(data).own.list_webhooks()["Webhooks"]
    if not found:
        click.echo("There is no webhook. Add one: secondlook webhooks add URL", err=True)
        return
    rows = [
        (
            str(one["WebhookId"]),
            one["Url"],
            one.get("FlowDefinitionName") or "every one",
            "all" if one.get("AllEvents") else "status",
            ago(one["CreatedAt"]),
            one["Waiting"],
            one["Failed"],
            one.get("LastError", ""),
            "removed" if one.get("DisabledAt") else "on",
        )
        for one in found
    ]
    headings = ["ID", "URL", "FLOW", "EVENTS", "MADE", "WAITING", "FAILED", "LAST ERROR", "STATE"]
    click.echo(table(headings, rows))


@webhooks.command
@options.data
@click.argument("number", metavar="ID", type=int)
def deliveries(data: Path | None, number: int) -> None:
    """Show what went to the webhook ID lately."""
    found = service.reach(data).own.list_deliveries(WebhookId=number)["Deliveries"]
    if not found:
        click.echo(faint("Nothing has been sent yet."), err=True)
        return
    rows = [
        (
            one["EventId"],
            one["State"],
            one["Attempts"],
            one.get("Error") or one.get("Status"),
            ago(one.get("TriedAt")),
        )
        for one in found
    ]
    click.echo(table(["EVENT", "STATE", "TRIES", "ANSWER", "LAST TRIED"], rows))


@webhooks.command
@options.data
@click.argument("number", metavar="ID", type=int)
def remove(data: Path | None, number: int) -> None:
    """Send nothing more to the webhook ID."""
    service.reach(data).own.delete_webhook(WebhookId=number)
    click.echo(f"Webhook {number} gets nothing more.")
