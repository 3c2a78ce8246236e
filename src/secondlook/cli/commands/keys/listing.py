"""`secondlook keys list` and `revoke`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from secondlook.cli import options, service
from secondlook.cli.tables import table
from secondlook.cli.times import ago, last_moment

HEADINGS = ["KEY", "NAME", "SCOPE", "BUCKETS", "CODE", "MADE", "EXPIRES", "LAST USED", "STATE"]


@click.command("list")
@options.data
def list_keys(data: Path | None) -> None:
    """List the access keys."""
    keys = service.reach(data).own.list_keys()["Keys"]
    click.echo(table(HEADINGS, [_row(key, datetime.now(UTC)) for key in keys]))


@click.command
@options.data
@click.argument("key_id", metavar="KEY")
def revoke(data: Path | None, key_id: str) -> None:
    """End the access key KEY at once, for good."""
    service.reach(data).own.revoke_key(AccessKeyId=key_id)
    click.echo(f"{key_id} is revoked.")


def _row(key: Mapping[str, Any], now: datetime) -> tuple[str, ...]:
    expires_at = key.get("ExpiresAt")
    return (
        key["AccessKeyId"],
        key["Name"],
        key["Scope"],
        "every one" if "Buckets" not in key else ", ".join(key["Buckets"]) or "none",
        "brings its own" if key.get("BringsCode") else "none",
        ago(key["CreatedAt"]),
        last_moment(expires_at) if expires_at else "never",
        f"{ago(key['LastUsedAt'])} from {key['LastUsedFrom']}" if "LastUsedAt" in key else "never",
        _state(key, now),
    )


def _state(key: Mapping[str, Any], now: datetime) -> str:
    if "RevokedAt" in key:
        return f"revoked {ago(key['RevokedAt'])}"
    return "expired" if "ExpiresAt" in key and key["ExpiresAt"] <= now else "in use"
