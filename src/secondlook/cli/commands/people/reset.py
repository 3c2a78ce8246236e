"""`secondlook people reset-password`: also the way back for an admin who has lost theirs, with nothing but the data directory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from secondlook.cli import options
from secondlook.cli.without_server import either
from secondlook.client import client_file
from secondlook.client.service import Service
from secondlook.settings import Settings


@click.command("reset-password")
@options.data
@click.argument("email")
def reset_password(data: Path | None, email: str) -> None:
    """Make a link by which EMAIL chooses another password.

    Prints the link on stdout. While a server runs, EMAIL gets it by mail too; while none runs, the link is made in the data
    directory itself and opens once the server does. The password they have goes on working until then.
    """

    def through(server: Service) -> str:
        return str(server.own.reset_password(Email=email)["Url"])

    link = either(
        data, through, lambda offline, settings: _directly(offline, settings, email), "the link is made"
    )
    click.echo(f"By this link {email} chooses another password; it works once, for 24 hours:", err=True)
    click.echo(link)


def _directly(offline: Any, settings: Settings, email: str) -> str:
    token = offline.reset_password(settings, email)
    return f"{_last_url(settings)}/welcome/{token}"


def _last_url(settings: Settings) -> str:
    """Where the server of this directory was last reached; where it would be, if it has never run."""
    has_run = (settings.data / client_file.NAME).exists()
    return client_file.read(settings.data).url if has_run else settings.url
