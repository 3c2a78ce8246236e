"""`secondlook migrate`."""

from __future__ import annotations

from typing import Any

import click

from secondlook.app import HeldElsewhere
from secondlook.app import migrate as run
from secondlook.cli import options
from secondlook.cli.progress import Progress
from secondlook.cli.trouble import explain
from secondlook.settings import SettingError, Settings
from secondlook.store.availability import Unavailable

explain(SettingError)
explain(HeldElsewhere)
explain(Unavailable, lambda error: error.detail)


@click.command
@options.data
@click.option("--database", metavar="URL", help="The database, as given to serve [$SECONDLOOK_DATABASE].")
def migrate(**given: Any) -> None:
    """Bring the database to this version's schema, offline.

    "secondlook serve" does so by itself when it starts; this is for doing it beforehand, while no server is running.
    """
    settings = Settings.load(given)
    with Progress(f"Migrating {settings.database_url.partition('@')[2] or settings.database_url}"):
        run(settings)
    click.echo("The database has this version's schema.")
