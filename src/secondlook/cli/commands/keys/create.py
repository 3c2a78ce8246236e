"""`secondlook keys create`: through the server, or directly while no server holds the data directory."""

from __future__ import annotations

import json
from pathlib import Path

import click
from botocore.exceptions import EndpointConnectionError

from secondlook.app import HeldElsewhere, create_key
from secondlook.cli import access, client_file, options, service
from secondlook.cli.progress import Progress
from secondlook.cli.terminal import facts
from secondlook.cli.trouble import explain
from secondlook.settings import SettingError, Settings

explain(SettingError)
explain(HeldElsewhere)


@click.command
@options.data
@click.argument("name")
@click.option(
    "--scope",
    type=click.Choice(["all", "runtime"]),
    default="all",
    show_default=True,
    help="runtime: only InvokeEndpoint, human loops and objects.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def create(data: Path | None, name: str, scope: str, *, as_json: bool) -> None:
    """Make an access key called NAME; its secret is shown this once."""
    key_id, secret = _create(data, name, scope)
    if as_json:
        click.echo(json.dumps({"AccessKeyId": key_id, "SecretAccessKey": secret}))
    else:
        click.echo(facts([("AccessKeyId", key_id), ("SecretAccessKey", secret)]))
        click.echo("Keep the secret: it is not shown again.", err=True)


def _create(data: Path | None, name: str, scope: str) -> tuple[str, str]:
    folder = access.directory(data)
    if folder is not None and not (folder / client_file.NAME).exists():
        return _offline(folder, name, scope)
    try:
        made = service.reach(data).own.create_key(Name=name, Scope=scope)
    except EndpointConnectionError:
        if folder is None:
            raise
        return _offline(folder, name, scope)
    return made["AccessKeyId"], made["SecretAccessKey"]


def _offline(folder: Path, name: str, scope: str) -> tuple[str, str]:
    with Progress(f"No server is running, so the key is made in {folder} itself"):
        made = create_key(Settings.load({"data": folder}), name, scope)
    return made.key_id, made.secret
