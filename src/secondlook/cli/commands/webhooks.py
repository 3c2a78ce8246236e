"""`secondlook webhooks`."""

from __future__ import annotations

from pathlib import Path

import click

from secondlook.cli import options, service
from secondlook.cli.output import faint, say_warnings
from secondlook.cli.tables import table
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
@click.option(
    "--topic",
    metavar="ARN",
    help="What SageMaker publishes to this SNS topic, as SNS sends it; nothing else.",
)
def add(data: Path | None, url: str, flow: str | None, topic: str | None, *, all_events: bool) -> None:
    """Send every status event to URL from now on; prints the secret that signs them."""
    webhook = service.reach(data).own.create_webhook(
        Url=url,
        AllEvents=all_events,
        **({"FlowDefinitionName": flow} if flow else {}),
        **({"TopicArn": topic} if topic else {}),
    )
    click.echo(
        f"Webhook {webhook['WebhookId']} is on. Its secret, shown this once, signs every delivery:", err=True
    )
    click.echo(webhook["Secret"])
    say_warnings(webhook.get("Warnings", ()))


@webhooks.command("list")
@options.data
def list_webhooks(data: Path | None) -> None:
    """List the webhooks."""
    registered = service.reach(data).own.list_webhooks()["Webhooks"]
    if not registered:
        click.echo("There is no webhook. Add one: secondlook webhooks add URL", err=True)
        return
    rows = [
        (
            str(webhook["WebhookId"]),
            webhook["Url"],
            webhook.get("FlowDefinitionName") or "every one",
            webhook.get("TopicArn") or ("all" if webhook.get("AllEvents") else "status"),
            ago(webhook["CreatedAt"]),
            webhook["Waiting"],
            webhook["Failed"],
            webhook.get("LastError", ""),
            "removed" if webhook.get("DisabledAt") else "on",
        )
        for webhook in registered
    ]
    headings = ["ID", "URL", "FLOW", "EVENTS", "MADE", "WAITING", "FAILED", "LAST ERROR", "STATE"]
    click.echo(table(headings, rows))


@webhooks.command
@options.data
@click.argument("number", metavar="ID", type=int)
def deliveries(data: Path | None, number: int) -> None:
    """Show what went to the webhook ID lately."""
    sent = service.reach(data).own.list_deliveries(WebhookId=number)["Deliveries"]
    if not sent:
        click.echo(faint("Nothing has been sent yet."), err=True)
        return
    rows = [
        (
            delivery["EventId"],
            delivery["State"],
            delivery["Attempts"],
            delivery.get("Error") or delivery.get("Status"),
            ago(delivery.get("TriedAt")),
        )
        for delivery in sent
    ]
    click.echo(table(["EVENT", "STATE", "TRIES", "ANSWER", "LAST TRIED"], rows))


@webhooks.command
@options.data
@click.argument("number", metavar="ID", type=int)
def remove(data: Path | None, number: int) -> None:
    """Send nothing more to the webhook ID."""
    service.reach(data).own.delete_webhook(WebhookId=number)
    click.echo(f"Webhook {number} gets nothing more.")
