"""`secondlook keys list` and `revoke`."""

from __future__ import annotations

from pathlib import Path

import click

from secondlook.cli import options, service
from secondlook.cli.terminal import table
from secondlook.cli.times import ago


@click.command("list")
@options.data
def list_keys(data: Path | None) -> None:
    """List the access keys."""
    rows = [
        (
            one["AccessKeyId"],
            one["Name"],
            one["Scope"],
            ago(one["CreatedAt"]),
            f"revoked {ago(one['RevokedAt'])}" if "RevokedAt" in one else "in use",
        )
        for one in service.reach(data).own.list_keys()["Keys"]
    ]
    click.echo(table(["KEY", "NAME", "SCOPE", "MADE", "STATE"], rows))


@click.command
@options.data
@click.argument("key_id", metavar="KEY")
def revoke(data: Path | None, key_id: str) -> None:
    """End the access key KEY at once, for good."""
    service.reach(data).own.revoke_key(AccessKeyId=key_id)
    click.echo(f"{key_id} is revoked.")
